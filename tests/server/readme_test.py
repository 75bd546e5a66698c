"""The curl lines of README and docs/http_api.md work as they stand. usage: readme_test.py BUILD_DIR"""
import os
import re
import subprocess
import sys
import tempfile

from host import ROOT, Host

BUILD = sys.argv[1]


def main():
    lines = [line.strip() for page in ('README.md', 'docs/http_api.md') for line in (ROOT / page).read_text().splitlines() if line.startswith('    curl ')]
    if len(lines) < 5:
        sys.exit('readme: the curl lines are gone')
    with Host(BUILD) as host, tempfile.TemporaryDirectory() as directory:
        os.symlink(ROOT / 'docs', os.path.join(directory, 'docs'))
        job = ''
        for line in lines:
            command = re.sub(r'\bcurl\b', 'curl -sS --fail-with-body', line.replace('127.0.0.1:8080', f'127.0.0.1:{host.port}').replace('JOB', job))
            ran = subprocess.run(['sh', '-c', command], cwd=directory, capture_output=True, text=True, timeout=120)
            print(f'readme: {line}')
            if ran.returncode != 0:
                sys.exit(f'failed: {ran.stdout}{ran.stderr}')
            found = re.search(r'"id":"([0-9a-f]+)"', ran.stdout)
            job = found.group(1) if found else job
        for name in os.listdir(directory):
            if name != 'docs' and os.path.getsize(os.path.join(directory, name)) < 1000:
                sys.exit(f'{name} is too small to be a result')


if __name__ == '__main__':
    main()
