#!/usr/bin/env python3
"""Terraform: formatted; every module valid and true to its tests; every environment planned, applied, judged by the policies, and
destroyed. usage: terraform_test.py [MODULE|ENVIRONMENT …]. See support.Terraform for where the provider comes from."""
import json
import sys

from support import ROOT, Terraform, run

sys.path.insert(0, str(ROOT / 'infrastructure/terraform/policies'))
import check  # noqa: E402  (beside the policies it tests)

ENVIRONMENTS = ('dev', 'staging', 'production')


def formatted():
    run('terraform', 'fmt', '-check', '-diff', '-recursive', ROOT / 'infrastructure/terraform', env={'TF_CLI_CONFIG_FILE': '/dev/null'})


def test_module(terraform, name):
    folder = terraform.folder(name)
    terraform.init(name)
    terraform(name, 'validate')
    if not list(folder.glob('tests/*.tftest.hcl')):
        return ['valid']
    done = terraform(name, 'test', '-no-color', check=False)
    if done.returncode != 0:
        print(f'{name}:\n{done.stdout}\n{done.stderr}')
        sys.exit(1)
    return [line for line in done.stdout.splitlines() if line.startswith('Success')]


def judge(name, kind, text, *, unknown_allowed):
    findings, unknown = check.check(json.loads(text))
    for policy, finding in findings:
        print(f'{name}: {kind}: {policy}: {finding}')
    if findings or (unknown and not unknown_allowed):
        sys.exit(1)


def test_environment(terraform, environment):
    """From nothing to everything and back. The backend is the disk; nothing else differs from what an operator runs."""
    name = f'environments/{environment}'
    folder = terraform.folder(name)
    (folder / 'backend_override.tf').write_text('terraform {\n  backend "local" {}\n}\n')
    (folder / 'terraform.tfvars').write_text((folder / 'terraform.tfvars.example').read_text())
    terraform.init(name)
    terraform(name, 'validate')
    terraform(name, 'plan', '-input=false', '-no-color', '-out=plan.bin')
    judge(name, 'plan', terraform(name, 'show', '-json', 'plan.bin').stdout, unknown_allowed=True)
    if terraform.server is None:
        return  # only the stand-in is applied to
    terraform(name, 'apply', '-input=false', '-no-color', 'plan.bin')
    state = terraform(name, 'show', '-json').stdout
    judge(name, 'state', state, unknown_allowed=False)
    outputs = json.loads(state)['values']['outputs']
    missing = {'cluster_arn', 'db_endpoint', 'redis_endpoint', 'buckets', 'cdn_domain'} - set(outputs)
    if missing:
        sys.exit(f'{name}: no output {", ".join(sorted(missing))}')
    secrets(name, state)
    destroy(terraform, name, environment)


def secrets(name, state):
    """No secret value rests in the state: what Terraform makes is write-only, what RDS makes stays with RDS."""
    for word in ('fake-random-password', '"secret_string_wo":"', '"auth_token_wo":"'):
        if word in state:
            sys.exit(f'{name}: the state holds a secret ({word})')


def destroy(terraform, name, environment):
    terraform(name, 'destroy', '-auto-approve', '-input=false', '-no-color')
    left = json.loads(terraform(name, 'show', '-json').stdout).get('values', {})
    if left.get('root_module', {}).get('child_modules'):
        sys.exit(f'{name}: destroy left something behind in {environment}')


def main():
    formatted()
    terraform = Terraform()
    try:
        modules = sorted(f'modules/{p.name}' for p in terraform.folder('modules').iterdir()) + ['bootstrap']
        wanted = sys.argv[1:]
        for name in modules:
            if not wanted or name.rpartition('/')[2] in wanted:
                print(name, *test_module(terraform, name), flush=True)
        for environment in ENVIRONMENTS:
            if not wanted or environment in wanted:
                test_environment(terraform, environment)
                print(f'environments/{environment} planned, applied, judged, destroyed', flush=True)
    finally:
        terraform.close()


if __name__ == '__main__':
    main()
