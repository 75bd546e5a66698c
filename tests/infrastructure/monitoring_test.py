#!/usr/bin/env python3
"""Alerts fire, stay quiet and recover (promtool); routes reach their receivers (amtool); each alert has its section in the runbook; every
metric of a rule, dashboard, scaler or analysis is exported by our server or by a named exporter."""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import yaml

from support import ROOT, skip

MONITORING = ROOT / 'infrastructure/monitoring'
RULES = {p.stem: yaml.safe_load(p.read_text())['spec'] for p in sorted((MONITORING / 'rules').glob('*.yaml'))}
CASES = yaml.safe_load((MONITORING / 'tests/alerts.yaml').read_text())
ALERTS = {rule['alert']: rule for spec in RULES.values() for group in spec['groups'] for rule in group['rules']}
FUNCTIONS = re.compile(r'\b(?:sum|max|min|avg|count|rate|increase|histogram_quantile|absent|vector|time|by|or|and|unless|on|offset|bool|without|le)\b')


def tool(name):
    if shutil.which(name) is None:
        skip(f'{name} is not installed (Debian: {"prometheus" if name == "promtool" else "prometheus-alertmanager"})')
    return name


def metrics(expression):
    """Names of metrics in a PromQL expression: words outside of braces, brackets, strings and by(...) lists that are no functions."""
    bare = re.sub(r'"[^"]*"', '', expression)
    bare = re.sub(r'\{[^}]*\}|\[[^\]]*\]|\b(?:by|on|without|ignoring)\s*\([^)]*\)|offset \w+', ' ', bare)
    return {w for w in re.findall(r'[a-zA-Z_:][a-zA-Z0-9_:]*', FUNCTIONS.sub(' ', bare)) if not re.fullmatch(r'e\d*', w)}


def expressions():
    """(where, expression) of everything that is asked of Prometheus."""
    for alert, rule in ALERTS.items():
        yield f'alert {alert}', rule['expr']
    for path in sorted((MONITORING / 'dashboards').glob('*.json')):
        for panel in json.loads(path.read_text())['panels']:
            for target in panel['targets']:
                yield f'dashboard {path.stem}: {panel["title"]}', target['expr']
    scaler = yaml.safe_load((ROOT / 'k8s/base/autoscaling/api.yaml').read_text())
    yield 'scaler ode-api', next(t['metadata']['query'] for t in scaler['spec']['triggers'] if t['type'] == 'prometheus')
    analysis = yaml.safe_load((ROOT / 'k8s/components/canary/analysis.yaml').read_text())
    for metric in analysis['spec']['metrics']:
        yield f'analysis {metric["name"]}', metric['provider']['prometheus']['query']


class Alerts(unittest.TestCase):
    def test_fire_stay_quiet_and_recover(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, spec in RULES.items():
                pathlib.Path(folder, f'{name}.yaml').write_text(yaml.safe_dump(spec))
            tests = []
            for case in CASES:
                expected = [(case[when], fires) for when, fires in (('quiet', False), ('firing', True), ('recovered', False)) if when in case]
                tests.append({
                    'interval': '1m', 'name': case['alert'],
                    'input_series': [{'series': s, 'values': v} for s, v in case['series'].items()],
                    'promql_expr_test': [{
                        'expr': f'count(ALERTS{{alertname="{case["alert"]}",alertstate="firing"}})', 'eval_time': time,
                        'exp_samples': [{'labels': '{}', 'value': 1}] if fires else [],
                    } for time, fires in expected],
                })
            path = pathlib.Path(folder, 'tests.yaml')
            path.write_text(yaml.safe_dump({'rule_files': [f'{name}.yaml' for name in RULES], 'evaluation_interval': '1m', 'tests': tests}))
            for words in (['check', 'rules', *(str(pathlib.Path(folder, f'{name}.yaml')) for name in RULES)], ['test', 'rules', str(path)]):
                done = subprocess.run([tool('promtool'), *words], capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_are_all_tested(self):
        self.assertEqual(sorted(case['alert'] for case in CASES), sorted(ALERTS))
        for case in CASES:
            self.assertIn('firing', case)
            if case['alert'] != 'Heartbeat':
                self.assertTrue({'quiet', 'recovered'} <= set(case), case['alert'])

    def test_have_a_runbook(self):
        text = (ROOT / 'docs/runbook.md').read_text()
        sections = {re.sub(r'[^\w -]', '', t.lower()).replace(' ', '-') for t in re.findall(r'^#+ (.*)$', text, re.M)}
        for alert, rule in ALERTS.items():
            self.assertIn(rule['annotations']['runbook_url'].partition('#')[2], sections, alert)
            self.assertIn(rule['labels']['severity'], ('critical', 'warning', 'none'))


class Routes(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        config = yaml.safe_load((MONITORING / 'alertmanager/values.yaml').read_text())['alertmanager']['config']
        # Debian's amtool is older than url_file of webhooks.
        for receiver in config['receivers']:
            for webhook in receiver.get('webhook_configs', []):
                webhook['url'] = 'http://127.0.0.1:1/' if webhook.pop('url_file') else None
        self.path = pathlib.Path(self.folder.name, 'alertmanager.yaml')
        self.path.write_text(yaml.safe_dump(config))

    def test_are_understood(self):
        done = subprocess.run([tool('amtool'), 'check-config', self.path], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_reach_their_receivers(self):
        for labels, receivers in (
                (['alertname=Heartbeat', 'severity=none'], 'heartbeat'),
                (['alertname=OdeApiDown', 'severity=critical'], 'pagerduty,slack'),
                (['alertname=OdeQueueDeep', 'severity=warning'], 'slack,email'),
                (['alertname=InfoInhibitor', 'severity=info'], 'nobody'),
                (['alertname=Else'], 'slack')):
            done = subprocess.run([tool('amtool'), 'config', 'routes', 'test', f'--config.file={self.path}', *labels], capture_output=True, text=True)
            self.assertEqual(done.stdout.strip(), receivers, labels)

    def test_every_inhibition_names_alerts(self):
        config = yaml.safe_load(self.path.read_text())
        for rule in config['inhibit_rules']:
            for matcher in rule['source_matchers'] + rule['target_matchers']:
                for name in re.search(r'"(.*)"', matcher).group(1).split('|'):
                    self.assertIn(name, ALERTS)


class Names(unittest.TestCase):
    def test_belong_to_an_exporter(self):
        table = yaml.safe_load((MONITORING / 'exporters.yaml').read_text())
        used = set()
        for where, expression in expressions():
            found = metrics(expression)
            self.assertTrue(found or expression == 'vector(1)', where)
            for name in found:
                prefix = next((p for p in table['prefixes'] if name.startswith(p)), None)
                self.assertIsNotNone(prefix, f'{where}: {name} belongs to no exporter')
                if table['prefixes'][prefix]['asked'] == 'list':
                    self.assertIn(name, table['list'], where)
                    used.add(name)
        print(f'names held to a list, not asked of a running exporter: {len(used)}')

    def test_of_our_server_are_described_by_it(self):
        source = ROOT / 'server/metrics/metrics.cpp'
        if not source.exists():
            print('SKIPPED: metric names: server/ is not in this tree yet')
            return
        described = dict(re.findall(r'describe_(?:counter|gauge|(histogram))\("(ode_\w+)"', source.read_text()) and
                         [(name, kind) for kind, name in re.findall(r'describe_(counter|gauge|histogram)\("(ode_\w+)"', source.read_text())])
        known = set(described) | {f'{n}_{s}' for n, k in described.items() if k == 'histogram' for s in ('bucket', 'count', 'sum')}
        for where, expression in expressions():
            for name in metrics(expression):
                if name.startswith('ode_'):
                    self.assertIn(name, known, where)

    def test_dashboards_are_fresh(self):
        subprocess.run([sys.executable, MONITORING / 'dashboards/make.py', '--check'], check=True)
        self.assertEqual({p.stem for p in (MONITORING / 'dashboards').glob('*.json')}, {'service', 'database', 'api', 'jobs', 'resources'})


if __name__ == '__main__':
    unittest.main()
