"""The manifests as a cluster would get them: kustomize renders, this reads and finds things in them."""
import subprocess

import yaml

from support import ROOT, kubectl

ENVIRONMENTS = ('dev', 'staging', 'production')
TABLE = yaml.safe_load((ROOT / 'infrastructure/environments.yaml').read_text())


def render(folder):
    done = subprocess.run([kubectl(), 'kustomize', folder], capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f'{folder}: {done.stderr}')
    return [d for d in yaml.safe_load_all(done.stdout) if d]


class Manifests:
    def __init__(self, documents):
        self.documents = documents

    def all(self, *kinds):
        return [d for d in self.documents if d['kind'] in kinds]

    def one(self, kind, name):
        found = [d for d in self.all(kind) if d['metadata']['name'] == name]
        assert len(found) == 1, f'{len(found)} {kind}/{name}'
        return found[0]

    def pods(self):
        """(owner, pod labels, pod spec) of everything that makes pods in our namespaces."""
        for d in self.documents:
            template = {'Deployment': lambda s: s['template'], 'Job': lambda s: s['template'], 'CronJob': lambda s: s['jobTemplate']['spec']['template']}.get(d['kind'])
            if template:
                pod = template(d['spec'])
                yield d, pod['metadata'].get('labels', {}), pod['spec']


def matches(selector, labels):
    """Kubernetes' label selectors: matchLabels and matchExpressions."""
    if any(labels.get(k) != v for k, v in selector.get('matchLabels', {}).items()):
        return False
    for e in selector.get('matchExpressions', []):
        value = labels.get(e['key'])
        if e['operator'] == 'In' and value not in e['values'] or e['operator'] == 'NotIn' and value in e['values']:
            return False
        if e['operator'] == 'Exists' and value is None or e['operator'] == 'DoesNotExist' and value is not None:
            return False
    return True


def cpu(text):
    """Processors of a quantity: 500m is a half."""
    text = str(text)
    return float(text[:-1]) / 1000 if text.endswith('m') else float(text)


def memory(text):
    """MiB of a quantity."""
    text = str(text)
    for suffix, factor in (('Gi', 1024), ('Mi', 1), ('Ki', 1 / 1024)):
        if text.endswith(suffix):
            return float(text[:-2]) * factor
    return float(text) / 1048576


OVERLAYS = {name: Manifests(render(ROOT / 'k8s/overlays' / name)) for name in ENVIRONMENTS}
ARGOCD = {name: Manifests(render(ROOT / 'k8s/argocd/environments' / name)) for name in ENVIRONMENTS}
