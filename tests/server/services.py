"""PostgreSQL and Redis of a test's own, on loopback. As root they run under Debian's accounts."""
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class Service:
    """start() may be called again after kill(): the data stays."""

    def __init__(self, account):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix='ode-' + account + '-'))
        self.port = free_port()
        self.account = account if os.getuid() == 0 else None
        if self.account:
            owner = pwd.getpwnam(account)
            os.chown(self.directory, owner.pw_uid, owner.pw_gid)
        self.process = None

    def spawn(self, words):
        with open(self.directory.parent / (self.directory.name + '.log'), 'ab') as log:
            self.process = subprocess.Popen(words, stdout=log, stderr=log, user=self.account, cwd='/', start_new_session=True)
        until = time.time() + 60
        while not self.answers():
            if time.time() > until or self.process.poll() is not None:
                raise RuntimeError(f'{words[0]} did not start')
            time.sleep(0.05)

    def kill(self):
        """kill -9 of it and of all that it has started."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.directory, ignore_errors=True)
        (self.directory.parent / (self.directory.name + '.log')).unlink(missing_ok=True)


class Postgres(Service):
    def __init__(self):
        super().__init__('postgres')
        self.programs = sorted(pathlib.Path('/usr/lib/postgresql').glob('*/bin'))[-1]
        self.url = f'postgresql://ode@127.0.0.1:{self.port}/postgres'
        subprocess.run([self.programs / 'initdb', '-D', self.directory / 'db', '-U', 'ode', '-A', 'trust', '--no-sync'], check=True, stdout=subprocess.DEVNULL,
                       user=self.account, cwd='/')

    def start(self):
        (self.directory / 'db/postmaster.pid').unlink(missing_ok=True)
        # Killed processes leave no shared memory behind that a new one would mind: they are in one session, killed together.
        self.spawn([self.programs / 'postgres', '-D', self.directory / 'db', '-p', str(self.port), '-c', 'listen_addresses=127.0.0.1',
                    '-c', f'unix_socket_directories={self.directory}', '-c', 'shared_buffers=16MB', '-c', 'max_connections=100'])

    def answers(self):
        return subprocess.run([self.programs / 'pg_isready', '-q', '-h', '127.0.0.1', '-p', str(self.port)]).returncode == 0

    def query(self, sql):
        words = [self.programs / 'psql', '-h', '127.0.0.1', '-p', str(self.port), '-U', 'ode', '-d', 'postgres', '-At', '-c', sql]
        return subprocess.run(words, check=True, capture_output=True, text=True).stdout.split('\n')[:-1]

    def kill(self):
        # Its children are sessions of their own to the kernel only in name; the group holds them all.
        subprocess.run(['pkill', '-KILL', '-P', str(self.process.pid)])
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        until = time.time() + 10
        while self.answers() and time.time() < until:
            time.sleep(0.05)


class Redis(Service):
    def __init__(self):
        super().__init__('redis')
        self.url = f'redis://:secret-of-the-test@127.0.0.1:{self.port}/0'

    def start(self):
        self.spawn(['redis-server', '--port', str(self.port), '--bind', '127.0.0.1', '--dir', str(self.directory), '--requirepass', 'secret-of-the-test',
                    '--appendonly', 'yes', '--appendfsync', 'everysec', '--save', '', '--maxmemory-policy', 'noeviction'])

    def command(self, *words, port=None):
        request = f'*{len(words)}\r\n'.encode() + b''.join(b'$%d\r\n%s\r\n' % (len(word.encode()), word.encode()) for word in words)
        with socket.create_connection(('127.0.0.1', port or self.port), timeout=5) as connection:
            connection.sendall(b'*2\r\n$4\r\nAUTH\r\n$18\r\nsecret-of-the-test\r\n' + request)
            answer = b''
            while answer.count(b'\r\n') < 2:
                part = connection.recv(65536)
                if not part: break
                answer += part
            return answer.split(b'\r\n', 1)[1]

    def answers(self):
        try:
            return self.command('PING').startswith(b'+PONG')
        except OSError:
            return False
