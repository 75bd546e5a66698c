"""An ode-server of its own for a test: started on a free port of loopback, stopped at the end."""
import http.client
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = (ROOT / 'docs/sample.pdf').read_bytes()


class Answer:
    def __init__(self, response, body):
        self.status, self.headers, self.body = response.status, response.headers, body

    @property
    def json(self):
        return json.loads(self.body)


class Host:
    """build: the build directory. flags: settings without their dashes, data=… and so on."""

    def __init__(self, build, command='serve', data=None, environment=None, **flags):
        self.build, self.command = pathlib.Path(build), command
        self.temporary = None if data else tempfile.TemporaryDirectory(prefix='ode-host-')
        self.data = pathlib.Path(data or self.temporary.name)
        self.environment = environment or {}
        self.flags = {'listen': '127.0.0.1:0', 'metrics-listen': '127.0.0.1:0', 'data': str(self.data), 'log-level': 'debug'}
        # Sanitizers reserve terabytes of address space.
        if (self.build / 'sanitized').exists():
            self.flags['child-memory-mb'] = '0'
        self.flags.update({name.replace('_', '-'): str(value) for name, value in flags.items()})
        self.process = None
        self.log_path = pathlib.Path(tempfile.mkstemp(prefix='ode-host-', suffix='.log')[1])
        self.start()

    def start(self):
        words = [str(self.build / 'bin/ode-server'), self.command]
        for name, value in self.flags.items():
            words += ['--' + name, value]
        self.log_start = self.log_path.stat().st_size if self.log_path.exists() else 0
        with open(self.log_path, 'ab') as log:
            self.process = subprocess.Popen(words, stderr=log, env={**os.environ, **self.environment})
        until = time.time() + 60
        while time.time() < until:
            line = next((e for e in self.log() if e.get('event') == 'listening'), None)
            if line:
                self.port, self.metrics_port = line['port'], line['metrics_port']
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise RuntimeError('ode-server did not start: ' + self.log_path.read_text()[self.log_start:])

    def log(self):
        """The lines of this run that are whole."""
        with open(self.log_path, 'rb') as log:
            log.seek(self.log_start)
            for line in log.read().splitlines(keepends=True):
                if line.startswith(b'{') and line.endswith(b'\n'):
                    yield json.loads(line)

    def request(self, method, path, body=None, headers=None, port=None, timeout=120):
        connection = http.client.HTTPConnection('127.0.0.1', port or self.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return Answer(response, response.read())
        finally:
            connection.close()

    def get(self, path, headers=None, **more):
        return self.request('GET', path, None, headers, **more)

    def post(self, path, body=SAMPLE, headers=None, **more):
        return self.request('POST', path, body, headers, **more)

    def convert(self, target, body=SAMPLE, query='', wait=60, headers=None):
        return self.post(f'/v1/convert?to={target}{query}', body, {'Prefer': f'wait={wait}', **(headers or {})})

    def metrics(self):
        values = {}
        for line in self.get('/metrics', port=self.metrics_port).body.decode().splitlines():
            if not line.startswith('#'):
                name, value = line.rsplit(' ', 1)
                values[name] = float(value)
        return values

    def wait_for(self, job, seconds=120, headers=None):
        until = time.time() + seconds
        while time.time() < until:
            state = self.get(f'/v1/jobs/{job}', headers).json
            if state['state'] not in ('queued', 'running'):
                return state
            time.sleep(0.05)
        raise AssertionError(f'job {job} did not end: {state}')

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self, seconds=60):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill()
        if self.log_path.exists():
            self.log_path.unlink()
        if self.temporary:
            self.temporary.cleanup()


def form(fields, document=SAMPLE, filename='paper.pdf', boundary='a-boundary'):
    """Body and headers of a multipart form."""
    body = b''
    for name, value in fields.items():
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    if document is not None:
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\nContent-Type: application/pdf\r\n\r\n'.encode()
        body += document + b'\r\n'
    body += f'--{boundary}--\r\n'.encode()
    return body, {'Content-Type': f'multipart/form-data; boundary={boundary}'}
