#!/usr/bin/env python3
"""What the rendered manifests of every environment promise: safe pods, numbers as agreed, selectors that match, needed flows and no
others, one autoscaler for each target, a controller for each custom resource, no secrets."""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import yaml

from manifests import ARGOCD, ENVIRONMENTS, OVERLAYS, TABLE, Manifests, matches, memory, render
from support import ROOT

NAMESPACE = 'ode'


def each():
    return OVERLAYS.items()


class Pods(unittest.TestCase):
    def ours(self, manifests):
        return [(d, labels, pod) for d, labels, pod in manifests.pods() if d['metadata']['namespace'] == NAMESPACE]

    def test_are_confined(self):
        for environment, manifests in each():
            for d, _, pod in self.ours(manifests):
                with self.subTest(environment=environment, pod=d['metadata']['name']):
                    context = pod['securityContext']
                    self.assertTrue(context['runAsNonRoot'])
                    self.assertGreaterEqual(context['runAsUser'], 10000)
                    self.assertEqual(context['seccompProfile'], {'type': 'RuntimeDefault'})
                    self.assertFalse(pod['automountServiceAccountToken'])
                    self.assertFalse(pod['enableServiceLinks'])
                    for key in ('hostNetwork', 'hostPID', 'hostIPC'):
                        self.assertNotIn(key, pod)
                    for volume in pod.get('volumes', []):
                        self.assertNotIn('hostPath', volume)
                    for c in pod['containers'] + pod.get('initContainers', []):
                        self.assertEqual(c['securityContext'], {'allowPrivilegeEscalation': False, 'readOnlyRootFilesystem': True, 'capabilities': {'drop': ['ALL']}})

    def test_state_what_they_need(self):
        for environment, manifests in each():
            for d, _, pod in manifests.pods():
                for c in pod['containers']:
                    with self.subTest(environment=environment, container=c['name']):
                        for kind in ('requests', 'limits'):
                            self.assertEqual(set(c['resources'][kind]), {'cpu', 'memory'})
                        self.assertLessEqual(memory(c['resources']['requests']['memory']), memory(c['resources']['limits']['memory']))

    def test_limits_are_the_agreed_ones(self):
        for environment, manifests in each():
            for name, limits in (('ode-api', {'cpu': '500m', 'memory': '512Mi'}), ('ode-worker', {'cpu': '2000m', 'memory': '2Gi'})):
                pod = manifests.one('Deployment', name)['spec']['template']['spec']
                self.assertEqual(pod['containers'][0]['resources']['limits'], limits, environment)

    def test_are_probed(self):
        for environment, manifests in each():
            for d in manifests.all('Deployment'):
                if d['metadata']['name'] == 'headroom':
                    continue
                for c in d['spec']['template']['spec']['containers']:
                    with self.subTest(environment=environment, container=c['name']):
                        ports = {p['name'] for p in c['ports']}
                        for probe, period in (('startupProbe', 2), ('livenessProbe', 10), ('readinessProbe', 5)):
                            target = c[probe].get('httpGet') or c[probe]['tcpSocket']
                            self.assertIn(target['port'], ports)
                            self.assertEqual(c[probe]['periodSeconds'], period)
                        if 'httpGet' in c['livenessProbe']:
                            # Liveness asks the process alone; readiness asks what it depends on too.
                            self.assertEqual(c['livenessProbe']['httpGet']['path'], '/healthz')
                            self.assertEqual(c['readinessProbe']['httpGet']['path'], '/readyz')

    def test_end_within_their_grace(self):
        """preStop and the server's own grace end before the kill; a document's last seconds are spent handing back."""
        for environment, manifests in each():
            for name, total in (('ode-api', 60), ('ode-worker', 120), ('ode-viewer', 60)):
                pod = manifests.one('Deployment', name)['spec']['template']['spec']
                c = pod['containers'][0]
                env = {e['name']: e['value'] for e in c['env']}
                self.assertEqual(pod['terminationGracePeriodSeconds'], total)
                spent = c['lifecycle']['preStop']['sleep']['seconds'] + int(env['ODE_GRACE_SECONDS'])
                self.assertLessEqual(spent, total - 10, (environment, name))
                self.assertLess(int(env.get('ODE_DRAIN_DELAY_SECONDS', 0)), int(env['ODE_GRACE_SECONDS']))

    def test_children_fit_their_worker(self):
        for environment, manifests in each():
            c = manifests.one('Deployment', 'ode-worker')['spec']['template']['spec']['containers'][0]
            env = {e['name']: e['value'] for e in c['env']}
            self.assertLessEqual(int(env['ODE_WORKERS']) * int(env['ODE_CHILD_MEMORY_MB']), memory(c['resources']['limits']['memory']) - 128, environment)

    def test_roll_without_gap(self):
        for environment, manifests in each():
            for name in ('ode-api', 'ode-worker', 'ode-viewer', 'pgbouncer'):
                d = manifests.one('Deployment', name)['spec']
                self.assertEqual(d['strategy']['rollingUpdate'], {'maxSurge': 1, 'maxUnavailable': 0}, (environment, name))
                spread = d['template']['spec']['topologySpreadConstraints'][0]
                self.assertEqual(spread['topologyKey'], 'topology.kubernetes.io/zone')
                self.assertIn('podAntiAffinity', d['template']['spec']['affinity'])

    def test_images_are_digests(self):
        for environment, manifests in each():
            for d, _, pod in manifests.pods():
                for c in pod['containers']:
                    if d['metadata']['namespace'] == NAMESPACE:
                        self.assertRegex(c['image'], r'@sha256:[0-9a-f]{64}$', environment)
                    self.assertNotIn(':latest', c['image'])
                    self.assertRegex(c['image'], r'(:v?[0-9][0-9.]+$|@sha256:)')


class Numbers(unittest.TestCase):
    def test_replicas_follow_the_table(self):
        for environment, manifests in each():
            wanted = TABLE[environment]['replicas']
            for name in ('api', 'worker'):
                scaler = manifests.one('ScaledObject', f'ode-{name}')['spec']
                self.assertEqual({'min': scaler['minReplicaCount'], 'max': scaler['maxReplicaCount']}, wanted[name], environment)
                self.assertLessEqual(scaler['fallback']['replicas'], wanted[name]['max'])
            self.assertEqual(manifests.one('Deployment', 'ode-viewer')['spec']['replicas'], wanted['viewer'], environment)

    def test_networks_follow_the_table(self):
        for environment, manifests in each():
            self.assertEqual(manifests.one('ConfigMap', 'cluster-settings')['data']['VPC_CIDR'], TABLE[environment]['cidr'])

    def test_workers_follow_the_queue(self):
        for environment, manifests in each():
            spec = manifests.one('ScaledObject', 'ode-worker')['spec']
            self.assertEqual(spec['pollingInterval'], 5)
            self.assertEqual([t['type'] for t in spec['triggers']], ['metrics-api'], environment)
            self.assertEqual(spec['triggers'][0]['metadata']['valueLocation'], 'ode_queue_depth')
            self.assertEqual(spec['triggers'][0]['metadata']['targetValue'], '50')
            behavior = spec['advanced']['horizontalPodAutoscalerConfig']['behavior']
            self.assertEqual(behavior['scaleUp']['policies'], [{'type': 'Percent', 'value': 100, 'periodSeconds': 30}, {'type': 'Pods', 'value': 4, 'periodSeconds': 30}])
            self.assertEqual(behavior['scaleDown']['policies'], [{'type': 'Percent', 'value': 50, 'periodSeconds': 60}, {'type': 'Pods', 'value': 2, 'periodSeconds': 60}])
            self.assertEqual(behavior['scaleDown']['stabilizationWindowSeconds'], 600)

    def test_the_api_follows_its_load(self):
        for environment, manifests in each():
            spec = manifests.one('ScaledObject', 'ode-api')['spec']
            triggers = {t['type']: t['metadata'] for t in spec['triggers']}
            self.assertEqual((triggers['cpu']['value'], triggers['memory']['value'], triggers['prometheus']['threshold']), ('70', '80', '500'), environment)
            behavior = spec['advanced']['horizontalPodAutoscalerConfig']['behavior']
            self.assertEqual(behavior['scaleUp']['policies'], [{'type': 'Percent', 'value': 100, 'periodSeconds': 60}, {'type': 'Pods', 'value': 4, 'periodSeconds': 60}])
            self.assertEqual(behavior['scaleDown']['policies'], [{'type': 'Percent', 'value': 50, 'periodSeconds': 60}, {'type': 'Pods', 'value': 1, 'periodSeconds': 60}])
            self.assertEqual(behavior['scaleDown']['stabilizationWindowSeconds'], 300)

    def test_one_autoscaler_for_each_target(self):
        adapter = Manifests(render_with('production', 'adapter'))
        for environment, manifests in [*each(), ('adapter', adapter)]:
            targets = [(d['metadata']['namespace'], d['spec']['scaleTargetRef']['kind'], d['spec']['scaleTargetRef']['name']) for d in manifests.all('ScaledObject', 'HorizontalPodAutoscaler')]
            self.assertEqual(len(targets), len(set(targets)), environment)
            self.assertEqual(len(targets), 2, environment)
            for namespace, kind, name in targets:
                manifests.one(kind, name)


def render_with(environment, component):
    """An overlay with one more component, as an operator would add it."""
    with tempfile.TemporaryDirectory(dir=ROOT / 'k8s/overlays') as folder:
        pathlib.Path(folder, 'kustomization.yaml').write_text(f'resources: [../{environment}]\ncomponents: [../../components/{component}]\n')
        return render(folder)


class Selectors(unittest.TestCase):
    def test_find_pods(self):
        for environment, manifests in each():
            labels = [l for _, l, _ in manifests.pods()]
            ports = {}
            for _, l, pod in manifests.pods():
                ports.setdefault(l.get('app.kubernetes.io/name'), set()).update(p['name'] for c in pod['containers'] for p in c.get('ports', []))
            for d in manifests.all('Service'):
                found = [l for l in labels if matches({'matchLabels': d['spec']['selector']}, l)]
                self.assertTrue(found, (environment, d['metadata']['name']))
                for port in d['spec']['ports']:
                    self.assertIn(port['targetPort'], ports[found[0]['app.kubernetes.io/name']])
            for d in manifests.all('PodDisruptionBudget'):
                self.assertTrue([l for l in labels if matches(d['spec']['selector'], l)], d['metadata']['name'])
            for d in manifests.all('NetworkPolicy'):
                self.assertTrue([l for l in labels if matches(d['spec']['podSelector'], l)], d['metadata']['name'])
            for d in manifests.all('Deployment'):
                self.assertTrue(matches(d['spec']['selector'], d['spec']['template']['metadata']['labels']))

    def test_services_are_scraped(self):
        for environment, manifests in each():
            monitor = manifests.one('ServiceMonitor', 'ode')
            scraped = {d['metadata']['name'] for d in manifests.all('Service') if matches(monitor['spec']['selector'], d['metadata']['labels'])}
            self.assertEqual(scraped, {'ode-api', 'ode-worker', 'ode-viewer'}, environment)

    def test_every_workload_survives_a_drain(self):
        for environment, manifests in each():
            budgets = manifests.all('PodDisruptionBudget')
            for name in ('ode-api', 'ode-worker', 'ode-viewer', 'pgbouncer'):
                labels = manifests.one('Deployment', name)['spec']['template']['metadata']['labels']
                self.assertEqual(len([b for b in budgets if matches(b['spec']['selector'], labels)]), 1, (environment, name))

    def test_the_ingress_reaches_services(self):
        for environment, manifests in each():
            for rule in manifests.one('Ingress', 'ode')['spec']['rules']:
                for path in rule['http']['paths']:
                    service = manifests.one('Service', path['backend']['service']['name'])
                    self.assertIn(path['backend']['service']['port']['name'], {p['name'] for p in service['spec']['ports']})

    def test_accounts_exist(self):
        for environment, manifests in each():
            accounts = {d['metadata']['name'] for d in manifests.all('ServiceAccount')}
            for d, _, pod in manifests.pods():
                if d['metadata']['namespace'] == NAMESPACE:
                    self.assertIn(pod['serviceAccountName'], accounts)


class Flows(unittest.TestCase):
    """The flows that policies allow, computed, against the flows that are needed."""
    NEEDED = {
        ('network', 'ode-api', 8080), ('network', 'ode-viewer', 8080),
        ('monitoring', 'ode-api', 9090), ('monitoring', 'ode-worker', 9090), ('monitoring', 'ode-viewer', 9090), ('keda', 'ode-api', 9090),
        ('ode-api', 'pgbouncer', 5432), ('ode-worker', 'pgbouncer', 5432),
        ('pgbouncer', 'network', 5432), ('ode-migrate', 'network', 5432), ('ode-api', 'network', 6379), ('ode-worker', 'network', 6379),
        ('ode-api', 'internet', 443), ('ode-api', 'internet', 80), ('ode-worker', 'internet', 443),
        ('ode-api', 'pod-identity', 80), ('ode-worker', 'pod-identity', 80), ('ode-api', 'monitoring', 4318), ('ode-worker', 'monitoring', 4318),
    }

    def name(self, peer, cidr):
        if 'ipBlock' in peer:
            block = peer['ipBlock']
            if block['cidr'] == cidr:
                return 'network'
            if block['cidr'] == '169.254.170.23/32':
                return 'pod-identity'
            self.assertEqual(block['cidr'], '0.0.0.0/0')
            self.assertTrue({'10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '100.64.0.0/10'} <= set(block['except']))
            return 'internet'
        if 'namespaceSelector' in peer:
            return peer['namespaceSelector']['matchLabels']['kubernetes.io/metadata.name']
        return peer['podSelector']['matchLabels']['app.kubernetes.io/name']

    def test_are_the_needed_ones(self):
        for environment, manifests in each():
            into, out = set(), set()
            cidr = TABLE[environment]['cidr']
            for d in manifests.all('NetworkPolicy'):
                if d['metadata']['name'] in ('default-deny', 'dns'):
                    continue
                own = d['spec']['podSelector']['matchLabels']['app.kubernetes.io/name']
                for rule in d['spec'].get('ingress', []):
                    into |= {(self.name(peer, cidr), own, port['port']) for peer in rule['from'] for port in rule['ports']}
                for rule in d['spec'].get('egress', []):
                    out |= {(own, self.name(peer, cidr), port['port']) for peer in rule['to'] for port in rule['ports']}
            pods = {l['app.kubernetes.io/name'] for d, l, _ in manifests.pods() if d['metadata']['namespace'] == NAMESPACE}
            # Between two of our pods both ends must allow it; with the world outside there is one policy only.
            allowed = {f for f in into | out if not (f[0] in pods and f[1] in pods) or (f in into and f in out)}
            self.assertEqual(allowed, self.NEEDED, environment)

    def test_the_rest_is_denied(self):
        for environment, manifests in each():
            spec = manifests.one('NetworkPolicy', 'default-deny')['spec']
            self.assertEqual(spec, {'podSelector': {}, 'policyTypes': ['Ingress', 'Egress']}, environment)


class Secrets(unittest.TestCase):
    def test_none_is_in_a_manifest(self):
        for environment, manifests in [*each(), *ARGOCD.items()]:
            self.assertEqual(manifests.all('Secret'), [], environment)
            text = json.dumps(manifests.documents)
            for pattern in (r'AKIA[0-9A-Z]{16}', r'-----BEGIN', r'postgresql://[a-z]+:[a-z0-9]+@', r'xox[bp]-'):
                self.assertIsNone(re.search(pattern, text), (environment, pattern))

    def test_what_pods_mount_is_made(self):
        for environment, manifests in each():
            made = {d['spec']['target']['name']: d['spec']['target']['template']['data'] for d in manifests.all('ExternalSecret')}
            for d, _, pod in manifests.pods():
                for volume in pod.get('volumes', []):
                    if 'secret' in volume:
                        self.assertIn(volume['secret']['secretName'], made, environment)
                env = self.environment(manifests, pod)
                for name, value in env.items():
                    if not name.endswith('_FILE'):
                        continue
                    folder, key = value.rsplit('/', 1)
                    mounts = {m['mountPath']: m['name'] for m in pod['containers'][0]['volumeMounts']}
                    secret = next(v['secret']['secretName'] for v in pod['volumes'] if v['name'] == mounts[folder])
                    self.assertIn(key, made[secret], (environment, d['metadata']['name'], name))

    @staticmethod
    def environment(manifests, pod):
        env = {}
        for c in pod['containers']:
            for source in c.get('envFrom', []):
                env.update(manifests.one('ConfigMap', source['configMapRef']['name'])['data'])
            env.update({e['name']: e['value'] for e in c.get('env', [])})
        return env

    def test_what_they_read_is_made_by_terraform(self):
        text = (ROOT / 'infrastructure/terraform/modules/platform/main.tf').read_text() + (ROOT / 'infrastructure/terraform/modules/redis/main.tf').read_text()
        generated = set(re.findall(r'^    (\w+)\s+= "', re.search(r'generated = \{(.*?)\}', text, re.S).group(1), re.M))
        provided = set(re.findall(r'^    (\w+)\s+= "', re.search(r'provided = \{(.*?)\}', text, re.S).group(1), re.M))
        direct = {n for n in re.findall(r'name\s+= "\$\{(?:local|var)\.name\}/(\w+)"', text)}
        for environment in ENVIRONMENTS:
            wanted = set()
            for d in OVERLAYS[environment].all('ExternalSecret') + ARGOCD[environment].all('ExternalSecret'):
                for item in d['spec']['data']:
                    key = item['remoteRef']['key']
                    if key.startswith('arn:'):
                        self.assertIn(':secret:rds!', key)
                    else:
                        prefix, name = key.split('/')
                        self.assertEqual(prefix, f'ode-{environment}')
                        wanted.add(name)
            self.assertEqual(wanted, generated | provided | direct, environment)


class Server(unittest.TestCase):
    """Variables, commands and ports against the server's own table."""

    @staticmethod
    def table():
        source = ROOT / 'server/config/config.cpp'
        if not source.exists():
            return None
        names = re.findall(r'^\s+\{"([a-z0-9-]+)",\s*"', source.read_text(), re.M)
        secret = set(re.findall(r'^\s+\{"([a-z0-9-]+)",\s*"[^"]*",\s*"(?:[^"\\]|\\.)*",\s*true', source.read_text(), re.M))
        variable = lambda name: 'ODE_' + name.upper().replace('-', '_')  # noqa: E731
        return {variable(n) for n in names} | {variable(n) + '_FILE' for n in secret}

    def test_has_every_variable(self):
        table = self.table()
        if table is None:
            print('SKIPPED: server variables: server/ is not in this tree yet')
            return
        for environment, manifests in each():
            for d, _, pod in manifests.pods():
                if not pod['containers'][0]['image'].partition('@')[0].endswith(('ode-api', 'ode-worker')):
                    continue
                unknown = set(Secrets.environment(manifests, pod)) - table
                self.assertEqual(unknown, set(), (environment, d['metadata']['name']))

    def test_has_every_command(self):
        source = ROOT / 'server/program/main.cpp'
        if not source.exists():
            print('SKIPPED: server commands: server/ is not in this tree yet')
            return
        for environment, manifests in each():
            for d, _, pod in manifests.pods():
                c = pod['containers'][0]
                if c['image'].partition('@')[0].endswith(('ode-api', 'ode-worker')):
                    self.assertIn(f'"{c["args"][0]}"', source.read_text(), environment)


class Controllers(unittest.TestCase):
    BUILT_IN = {'v1', 'apps/v1', 'batch/v1', 'policy/v1', 'networking.k8s.io/v1', 'rbac.authorization.k8s.io/v1', 'scheduling.k8s.io/v1', 'storage.k8s.io/v1', 'autoscaling/v2'}

    def test_come_before_what_they_control(self):
        for environment, manifests in each():
            addons = ARGOCD[environment]
            wave = lambda d: int(d['metadata'].get('annotations', {}).get('argocd.argoproj.io/sync-wave', 0))  # noqa: E731
            ode = wave(addons.one('Application', 'ode'))
            served = {}
            for d in addons.all('Application'):
                for group in d['metadata']['annotations'].get('ode.io/serves', '').split():
                    served[group] = wave(d)
            for d in manifests.documents:
                if d['apiVersion'] in self.BUILT_IN:
                    continue
                group = d['apiVersion'].split('/')[0]
                self.assertIn(group, served, (environment, d['kind']))
                self.assertLess(served[group], ode)

    def test_are_pinned(self):
        for environment, addons in ARGOCD.items():
            for d in addons.all('Application'):
                for source in d['spec'].get('sources', []):
                    if 'chart' in source:
                        self.assertRegex(source['targetRevision'], r'^v?\d+\.\d+\.\d+$', d['metadata']['name'])
                        values = source['helm']['valueFiles'][0].replace('$ode/', '')
                        self.assertIsInstance(yaml.safe_load((ROOT / values).read_text()), dict)

    def test_have_their_namespace(self):
        for environment, addons in ARGOCD.items():
            named = {d['metadata']['name'] for d in addons.all('Namespace')} | {'kube-system', 'ode'}
            for d in addons.all('Application'):
                self.assertIn(d['spec']['destination']['namespace'], named, d['metadata']['name'])

    def test_service_accounts_are_terraforms(self):
        """A controller with AWS rights runs under the very account that Terraform gave them to."""
        text = (ROOT / 'infrastructure/terraform/modules/platform/workloads.tf').read_text()
        rights = set(re.findall(r'namespace = "([\w-]+)", service_account = "([\w-]+)"', text))
        used = {(d['metadata']['namespace'], d['metadata']['name']) for d in OVERLAYS['production'].all('ServiceAccount')}
        for d in ARGOCD['production'].all('Application'):
            for source in d['spec'].get('sources', []):
                if 'chart' in source:
                    for name in re.findall(r'\bname: ([\w-]+)', (ROOT / source['helm']['valueFiles'][0].replace('$ode/', '')).read_text()):
                        used.add((d['spec']['destination']['namespace'], name))
        self.assertEqual(rights - used, set())


class Strict(unittest.TestCase):
    # The checker at hand has no schema for these; their keys are few.
    SIMPLE = {'ConfigMap': {'data', 'binaryData', 'immutable'}, 'ServiceAccount': {'automountServiceAccountToken', 'imagePullSecrets', 'secrets'},
              'PriorityClass': {'value', 'description', 'globalDefault', 'preemptionPolicy'}, 'StorageClass': {'provisioner', 'parameters', 'reclaimPolicy', 'allowVolumeExpansion', 'volumeBindingMode', 'mountOptions', 'allowedTopologies'}}

    def test_manifests_have_no_unknown_field(self):
        folder = os.environ.get('ODE_K8S_CHECK')
        if not folder:
            print('SKIPPED: strict schemas: set ODE_K8S_CHECK to a folder with check.mjs')
            return
        rest = []
        for manifests in [*OVERLAYS.values(), *ARGOCD.values()]:
            for d in manifests.documents:
                if d['kind'] in self.SIMPLE:
                    self.assertLessEqual(set(d) - {'apiVersion', 'kind', 'metadata'}, self.SIMPLE[d['kind']], d['metadata']['name'])
                else:
                    rest.append(d)
        with tempfile.NamedTemporaryFile('w', suffix='.yaml') as file:
            yaml.safe_dump_all(rest, file)
            file.flush()
            done = subprocess.run(['node', f'{folder}/check.mjs', file.name], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout)


if __name__ == '__main__':
    unittest.main()
