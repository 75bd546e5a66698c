#!/usr/bin/env python3
"""Policies over a Terraform plan or state as JSON. usage: check.py FILE.json… ; `terraform show -json plan.bin > FILE.json` makes one.

Each policy is a function that yields what breaks it. Values that a plan does not know yet cannot be judged: they are counted and said;
a state knows all of them. Exit 1 when anything is found. fixtures/ has, for each policy, the change that must break it.
"""
import json
import pathlib
import sys

LOGS = {'api', 'audit', 'authenticator', 'controllerManager', 'scheduler'}
TAGS = {'Project', 'Environment', 'ManagedBy'}
INTERNET = {'0.0.0.0/0', '::/0'}


class Infrastructure:
    """Resources of a plan or state: type -> [(address, values)], and the provider's configuration where there is one."""

    def __init__(self, document):
        self.resources = {}
        self.unknown = 0
        root = document.get('planned_values', document.get('values', {})).get('root_module', {})
        self._collect(root)
        self.provider = document.get('configuration', {}).get('provider_config', {}).get('aws')

    def _collect(self, module):
        for resource in module.get('resources', []):
            if resource['mode'] == 'managed':
                self.resources.setdefault(resource['type'], []).append((resource['address'], resource.get('values', {})))
        for child in module.get('child_modules', []):
            self._collect(child)

    def all(self, *types):
        return [entry for kind in types for entry in self.resources.get(kind, [])]

    def known(self, values, name):
        """The value, or None (counted) where the plan does not know it."""
        value = values.get(name)
        if value is None:
            self.unknown += 1
        return value


def listed(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def statements(text):
    return listed(json.loads(text).get('Statement'))


def key_of(address):
    """The instance's part of an address, which pairs a bucket with its settings: …this["documents"] of …this["documents"]."""
    return address.partition('[')[0].rpartition('.')[2], address.partition('[')[2] and address[address.rindex('['):]


def no_public_database(infra):
    for address, values in infra.all('aws_db_instance'):
        if values.get('publicly_accessible') is not False:
            yield f'{address} has a public address'
    for address, values in infra.all('aws_elasticache_replication_group'):
        if not values.get('subnet_group_name'):
            yield f'{address} is in no subnet group'


def no_open_ports(infra):
    for address, values in infra.all('aws_vpc_security_group_ingress_rule'):
        if {values.get('cidr_ipv4'), values.get('cidr_ipv6')} & INTERNET:
            yield f'{address} admits the whole internet'
    for address, values in infra.all('aws_security_group', 'aws_default_security_group'):
        for rule in listed(values.get('ingress')):
            if set(listed(rule.get('cidr_blocks')) + listed(rule.get('ipv6_cidr_blocks'))) & INTERNET:
                yield f'{address} admits the whole internet'


def encryption(infra):
    wanted = {
        'aws_db_instance': lambda v: v.get('storage_encrypted') is True,
        'aws_elasticache_replication_group': lambda v: str(v.get('at_rest_encryption_enabled')).lower() == 'true' and v.get('transit_encryption_enabled') is True,
        'aws_ecr_repository': lambda v: any(e.get('encryption_type') == 'KMS' for e in listed(v.get('encryption_configuration'))),
        'aws_sqs_queue': lambda v: v.get('sqs_managed_sse_enabled') is True or v.get('kms_master_key_id'),
        'aws_eks_cluster': lambda v: any('secrets' in listed(e.get('resources')) for e in listed(v.get('encryption_config'))),
        'aws_launch_template': lambda v: v.get('block_device_mappings') and all(str(e.get('encrypted')).lower() == 'true' for m in v['block_device_mappings'] for e in listed(m.get('ebs'))),
    }
    for kind, holds in wanted.items():
        for address, values in infra.all(kind):
            if not holds(values):
                yield f'{address} is not encrypted'
    for address, values in infra.all('aws_kms_key'):
        if values.get('enable_key_rotation') is not True:
            yield f'{address} does not rotate'
    configured = {key_of(address) for address, _ in infra.all('aws_s3_bucket_server_side_encryption_configuration')}
    # One configuration may serve a named instance: keyed["documents"] encrypts this["documents"]; `logs` encrypts this["logs"].
    names = {instance for _, instance in configured} | {f'["{name}"]' for name, instance in configured if not instance}
    for address, _ in infra.all('aws_s3_bucket'):
        name, instance = key_of(address)
        if (instance or f'["{name}"]') not in names:
            yield f'{address} has no encryption of its own'


def encryption_by_our_key(infra):
    for kind, argument in (('aws_cloudwatch_log_group', 'kms_key_id'), ('aws_sns_topic', 'kms_master_key_id'), ('aws_secretsmanager_secret', 'kms_key_id'),
                           ('aws_backup_vault', 'kms_key_arn'), ('aws_cloudtrail', 'kms_key_id'), ('aws_db_instance', 'kms_key_id')):
        for address, values in infra.all(kind):
            # A plan leaves out what it will know later; null that stays null is written in the state as null.
            if values.get(argument) == '' or (argument in values and values[argument] is None):
                yield f'{address} has no {argument}'


def control_plane(infra):
    for address, values in infra.all('aws_eks_cluster'):
        if set(listed(values.get('enabled_cluster_log_types'))) != LOGS:
            yield f'{address} does not keep every control-plane log'
        for network in listed(values.get('vpc_config')):
            if network.get('endpoint_private_access') is not True:
                yield f'{address} has no private endpoint'
            if network.get('endpoint_public_access') and set(listed(network.get('public_access_cidrs'))) & INTERNET:
                yield f'{address} is open to the whole internet'


def log_retention(infra):
    for address, values in infra.all('aws_cloudwatch_log_group'):
        if not values.get('retention_in_days'):
            yield f'{address} is kept for ever'


def no_wildcards(infra):
    for address, values in infra.all('aws_iam_role_policy', 'aws_iam_policy'):
        text = infra.known(values, 'policy')
        for statement in statements(text) if text else []:
            if statement['Effect'] != 'Allow' or '*' not in listed(statement.get('Resource')):
                continue
            for action in listed(statement.get('Action')):
                if '*' in action and not action.split(':')[-1].startswith(('Describe', 'List', 'Get')):
                    yield f'{address} allows {action} on everything'


def imdsv2(infra):
    for address, values in infra.all('aws_launch_template', 'aws_instance'):
        options = listed(values.get('metadata_options'))
        if not any(o.get('http_tokens') == 'required' and o.get('http_put_response_hop_limit') == 1 for o in options):
            yield f'{address} does not demand IMDSv2 with one hop'


def private_buckets(infra):
    blocked = {key_of(address) for address, v in infra.all('aws_s3_bucket_public_access_block')
               if all(v.get(name) is True for name in ('block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'))}
    for address, _ in infra.all('aws_s3_bucket'):
        if key_of(address) not in blocked:
            yield f'{address} does not block public access'


def tls_only_buckets(infra):
    refusing = set()
    for address, values in infra.all('aws_s3_bucket_policy'):
        text = infra.known(values, 'policy')
        if text is None or any(s['Effect'] == 'Deny' and s.get('Principal') == '*' and s.get('Action') == 's3:*'
                               and s.get('Condition', {}).get('Bool', {}).get('aws:SecureTransport') == 'false' for s in statements(text)):
            refusing.add(key_of(address))
    for address, _ in infra.all('aws_s3_bucket'):
        if key_of(address) not in refusing:
            yield f'{address} does not refuse plain HTTP'


def nat_in_each_zone(infra):
    """Production: as many gateways as zones. Told by the tag that the provider gives everything."""
    if environment(infra) != 'production':
        return
    zones = {v.get('availability_zone') for _, v in infra.all('aws_subnet') if (v.get('tags') or {}).get('Tier') == 'public'}
    gateways = infra.all('aws_nat_gateway')
    if len(gateways) != len(zones):
        yield f'{len(gateways)} NAT gateways in {len(zones)} zones'


def isolated_subnets(infra):
    isolated = {v.get('id') for _, v in infra.all('aws_route_table') if (v.get('tags') or {}).get('Tier') == 'isolated'} - {None}
    tables = [a for a, v in infra.all('aws_route_table') if (v.get('tags') or {}).get('Tier') == 'isolated']
    if infra.all('aws_db_instance') and not tables:
        yield 'there is a database and no isolated route table'
    for address, values in infra.all('aws_route_table'):
        if address in tables and any({r.get('cidr_block'), r.get('ipv6_cidr_block')} & INTERNET for r in listed(values.get('route'))):
            yield f'{address} has a route to the internet'
    for address, values in infra.all('aws_route'):
        if values.get('route_table_id') in isolated or 'isolated' in address:
            yield f'{address} leads out of the isolated subnets'


def oidc_trust(infra):
    for address, values in infra.all('aws_iam_role'):
        text = infra.known(values, 'assume_role_policy')
        for statement in statements(text) if text else []:
            if 'sts:AssumeRoleWithWebIdentity' not in listed(statement.get('Action')):
                continue
            equal = statement.get('Condition', {}).get('StringEquals', {})
            subject = str(equal.get('token.actions.githubusercontent.com:sub', ''))
            if not subject.startswith('repo:') or ':environment:' not in subject or '*' in subject or 'StringLike' in statement['Condition']:
                yield f'{address} trusts more than one repository and environment'
            if equal.get('token.actions.githubusercontent.com:aud') != 'sts.amazonaws.com':
                yield f'{address} does not ask for the audience'


def environment(infra):
    for _, values in infra.all('aws_vpc'):
        return (values.get('tags') or {}).get('Name', '').rpartition('-')[2]
    return ''


def tags(infra):
    if infra.provider is None:  # a state has no configuration
        return
    given = set()
    for block in listed(infra.provider.get('expressions', {}).get('default_tags')):
        expression = block.get('tags', {})
        given |= set((expression.get('constant_value') or {}).keys())
        if 'references' in expression:  # a map with one computed value is shown by its references only
            given |= TAGS
    if not TAGS <= given:
        yield f'the provider does not tag everything with {", ".join(sorted(TAGS - given))}'


def protected_production(infra):
    if environment(infra) != 'production':
        return
    for address, values in infra.all('aws_db_instance', 'aws_eks_cluster'):
        if values.get('deletion_protection') is not True:
            yield f'{address} may be deleted'
    for address, values in infra.all('aws_db_instance'):
        if values.get('multi_az') is not True:
            yield f'{address} has no standby'


POLICIES = [no_public_database, no_open_ports, encryption, encryption_by_our_key, control_plane, log_retention, no_wildcards, imdsv2, private_buckets,
            tls_only_buckets, nat_in_each_zone, isolated_subnets, oidc_trust, tags, protected_production]


def check(document):
    """[(policy, finding)] and the count of values that could not be judged."""
    infra = Infrastructure(document)
    return [(policy.__name__, finding) for policy in POLICIES for finding in policy(infra)], infra.unknown


def main():
    failed = False
    for name in sys.argv[1:]:
        document = json.loads(pathlib.Path(name).read_text())
        findings, unknown = check(document)
        for policy, finding in findings:
            print(f'{name}: {policy}: {finding}')
        count = sum(len(entries) for entries in Infrastructure(document).resources.values())
        print(f'{name}: {count} resources, {len(POLICIES)} policies, {len(findings)} findings, {unknown} values known only after apply')
        failed |= bool(findings) or count == 0
    sys.exit(1 if failed or len(sys.argv) < 2 else 0)


if __name__ == '__main__':
    main()
