#!/usr/bin/env python3
"""The images, built and run: small, without shell or compiler or setuid, with packages on record; the API from its image's root file system,
read-only and as a user, answers, converts a document, and ends with 0 on SIGTERM. Needs root, buildah and a build (ODE_BUILD, by default
build/native or build/release)."""
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

from support import ROOT, skip

BUILD = next((p for p in (pathlib.Path(os.environ.get('ODE_BUILD', '')), ROOT / 'build/native', ROOT / 'build/release') if (p / 'bin/ode-server').exists()), None)
MB = 1_000_000
GRACE_SECONDS = 45


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def confined(root, command, environment, writable=()):
    """Runs a command with `root` as its root file system: read-only but for `writable`, user 10001, no capability, no new privileges."""
    mounts = ''.join(f'mount -t tmpfs -o mode=1777,size=256m tmpfs {root}{folder}; ' for folder in writable)
    script = (f'set -e; mount --make-rprivate /; mount --bind {root} {root}; mkdir -p {root}/proc {root}/dev; mount -t proc proc {root}/proc; '
              f'{mounts} mount --bind /dev {root}/dev; mount -o remount,ro,bind {root}; cd {root}; '
              'exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs '
              f'chroot --userspec=10001:10001 {root} ' + ' '.join(command))
    # chroot itself needs its capability: it is dropped by becoming the user, and the bounding set by --no-new-privs afterwards.
    script = script.replace('setpriv --bounding-set=-all --inh-caps=-all --no-new-privs ', 'setpriv --no-new-privs ')
    return subprocess.Popen(['unshare', '--mount', '--pid', '--fork', '--kill-child=SIGTERM', 'sh', '-c', script], env={'PATH': os.environ['PATH'], **environment},
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


class Images(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = pathlib.Path(tempfile.mkdtemp(prefix='ode-images-'))
        storage = cls.home / 'storage.conf'
        storage.write_text(f'[storage]\ndriver = "vfs"\ngraphroot = "{cls.home}/store"\nrunroot = "{cls.home}/run"\n')
        cls.env = {**os.environ, 'CONTAINERS_STORAGE_CONF': str(storage), 'STORAGE_DRIVER': 'vfs', 'BUILDAH_ISOLATION': 'chroot'}
        subprocess.run([ROOT / 'infrastructure/docker/collect.sh', BUILD, cls.home / 'artifacts/out'], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([ROOT / 'infrastructure/scripts/images.sh', 'build', cls.home / 'out', '--artifacts', cls.home / 'artifacts'], check=True, env=cls.env, stdout=subprocess.DEVNULL)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.home, ignore_errors=True)

    def config(self, target):
        layout = self.home / 'out/oci' / target
        manifest = json.loads((layout / 'blobs/sha256' / json.loads((layout / 'index.json').read_text())['manifests'][0]['digest'].partition(':')[2]).read_text())
        return manifest, json.loads((layout / 'blobs/sha256' / manifest['config']['digest'].partition(':')[2]).read_text())['config']

    def test_are_small(self):
        for target in ('ode-api', 'ode-worker', 'ode-core', 'ode-pgbouncer'):
            manifest, _ = self.config(target)
            size = sum(layer['size'] for layer in manifest['layers'])
            print(f'{target}: {size / MB:.1f} MB compressed')
            self.assertLess(size, 60 * MB, target)

    def test_say_how_they_run(self):
        for target, port in (('ode-api', '8080'), ('ode-worker', '9090'), ('ode-pgbouncer', '5432')):
            _, config = self.config(target)
            self.assertEqual(config['User'], '10001:10001')
            self.assertEqual(config['StopSignal'], 'SIGINT' if target == 'ode-pgbouncer' else 'SIGTERM')
            inspected = json.loads(subprocess.run(['buildah', 'inspect', '--type', 'image', f'{target}:build'], env=self.env, check=True, capture_output=True, text=True).stdout)
            self.assertEqual(inspected['Docker']['config']['Healthcheck']['Test'][:3], ['CMD', '/usr/bin/probe', port])

    def test_hold_nothing_that_helps_an_intruder(self):
        for kind in ('server', 'core', 'pgbouncer'):
            root = self.home / 'artifacts/out' / kind
            for path in root.rglob('*'):
                if path.is_file() and not path.is_symlink():
                    self.assertEqual(path.stat().st_mode & 0o6000, 0, path)
                    self.assertNotIn(path.name, {'sh', 'bash', 'dash', 'busybox', 'gcc', 'cc', 'ld', 'python3', 'perl', 'apt', 'dpkg', 'curl', 'wget', 'su', 'mount'})

    def test_record_their_packages(self):
        for kind, wanted in (('server', 'libpoppler-private-dev'), ('core', 'libpoppler-private-dev'), ('pgbouncer', 'pgbouncer')):
            record = (self.home / 'artifacts/out' / kind / 'var/lib/dpkg/status.d' / wanted).read_text()
            self.assertIn('Version: ', record)

    def test_the_api_serves_and_converts_read_only(self):
        port, metrics = free_port(), free_port()
        environment = {'ODE_LISTEN': f'127.0.0.1:{port}', 'ODE_METRICS_LISTEN': f'127.0.0.1:{metrics}', 'ODE_DATA': '/var/lib/ode', 'ODE_GRACE_SECONDS': str(GRACE_SECONDS), 'ODE_WORKERS': '1'}
        root = self.home / 'root'
        if not root.exists():
            shutil.copytree(self.home / 'artifacts/out/server', root, symlinks=True)
        process = confined(root, ['/usr/bin/ode-server', 'serve'], environment, writable=('/var/lib/ode', '/tmp'))
        try:
            self.wait(f'http://127.0.0.1:{port}/healthz', process)
            request = urllib.request.Request(f'http://127.0.0.1:{port}/v1/convert?to=text', data=(ROOT / 'docs/sample.pdf').read_bytes(), headers={'Content-Type': 'application/pdf', 'Prefer': 'wait=60'})
            with urllib.request.urlopen(request, timeout=90) as answer:
                self.assertEqual(answer.status, 200)
                self.assertGreater(len(answer.read().strip()), 20)
            probe = subprocess.run([root / 'usr/bin/probe', str(port), '/healthz'])
            self.assertEqual(probe.returncode, 0)
            self.assertEqual(subprocess.run([root / 'usr/bin/probe', str(port), '/nothing-here']).returncode, 1)
            server = self.child_of(process.pid)
            os.kill(server, signal.SIGTERM)
            self.assertEqual(process.wait(timeout=GRACE_SECONDS + 15), 0, process.stdout.read())
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()

    def test_core_answers(self):
        done = confined(self.home / 'artifacts/out/core', ['/usr/bin/ode', '--version'], {})
        output, _ = done.communicate(timeout=30)
        self.assertEqual(done.returncode, 0, output)

    @staticmethod
    def child_of(pid):
        """unshare --fork waits for its child, which became the server."""
        return int(pathlib.Path(f'/proc/{pid}/task/{pid}/children').read_text().split()[0])

    def wait(self, url, process):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(url, timeout=2):
                    return
            except OSError:
                self.assertIsNone(process.poll(), process.stdout.read() if process.poll() is not None else '')
                time.sleep(0.1)
        self.fail(f'{url} did not answer')


if __name__ == '__main__':
    if os.geteuid() != 0:
        skip('building and mounting images needs root')
    if shutil.which('buildah') is None:
        skip('buildah is not installed')
    if BUILD is None:
        skip('no ode-server is built: ./dev build native')
    unittest.main(argv=[sys.argv[0], '-v', *sys.argv[1:]])
