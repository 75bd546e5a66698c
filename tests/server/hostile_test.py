"""Clients and documents that mean harm, against the real program. usage: hostile_test.py BUILD_DIR"""
import socket
import sys
import threading
import time
import unittest
import zlib

from host import ROOT, SAMPLE, Host, form

BUILD = sys.argv.pop(1)


def bomb():
    """A page whose contents are 400 MB of operators in 400 KB of deflate."""
    stream = zlib.compress(b'0 0 m 9 9 l S\n' * 30_000_000, 9)
    objects = [b'<< /Type /Catalog /Pages 2 0 R >>', b'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
               b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R >>',
               b'<< /Length %d /Filter /FlateDecode >>\nstream\n' % len(stream) + stream + b'\nendstream']
    out, offsets = b'%PDF-1.4\n', []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b'%d 0 obj\n' % number + body + b'\nendobj\n'
    xref = len(out)
    out += b'xref\n0 5\n0000000000 65535 f \n' + b''.join(b'%010d 00000 n \n' % offset for offset in offsets)
    return out + b'trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n' % xref


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(BUILD, upload_mb=2, request_seconds=4, http_threads=16, child_wall_seconds=20, child_cpu_seconds=20).__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.host.__exit__()

    def tearDown(self):
        # Whatever was tried: the server is alive and works.
        self.assertIsNone(self.host.process.poll())
        self.assertEqual(self.host.get('/healthz').status, 200)
        self.assertEqual(self.host.convert('text').status, 200)

    def raw(self, data, pause=0, seconds=30):
        """Sends bytes as they are; gives what comes back until the connection closes."""
        with socket.create_connection(('127.0.0.1', self.host.port), timeout=seconds) as connection:
            try:
                if pause:
                    for byte in data:
                        connection.sendall(bytes([byte]))
                        time.sleep(pause)
                else:
                    connection.sendall(data)
                answer = b''
                while chunk := connection.recv(65536):
                    answer += chunk
                    if b'\r\n\r\n' in answer and b'Connection: close' not in answer:
                        break
                return answer
            except (ConnectionResetError, BrokenPipeError):
                return b'reset'

    def test_a_byte_a_second_is_not_waited_for(self):
        start = time.time()
        head = b'POST /v1/jobs?to=text HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n'
        answers = []
        def trickle():
            with socket.create_connection(('127.0.0.1', self.host.port), timeout=60) as connection:
                connection.sendall(head)
                try:
                    while True:
                        connection.sendall(b'%')
                        time.sleep(0.5)
                        connection.settimeout(0.01)
                        try:
                            answers.append(connection.recv(1000))
                            return
                        except TimeoutError:
                            connection.settimeout(60)
                except OSError:
                    answers.append(b'closed')
        clients = [threading.Thread(target=trickle) for _ in range(8)]
        for client in clients: client.start()
        # Meanwhile the server answers others.
        self.assertEqual(self.host.get('/healthz').status, 200)
        for client in clients: client.join(60)
        self.assertEqual(len(answers), 8)
        for answer in answers: self.assertTrue(answer == b'closed' or answer == b'' or b' 408 ' in answer.split(b'\r\n')[0], answer)

    def test_headers_have_a_limit(self):
        self.assertEqual(self.raw(b'GET / HTTP/1.1\r\nX: ' + b'a' * 100_000 + b'\r\n\r\n').split(b' ')[1][:1], b'4')
        self.assertEqual(self.raw(b'GET /' + b'a' * 60_000 + b' HTTP/1.1\r\n\r\n').split(b' ')[1][:1], b'4')
        many = b''.join(b'X-%d: 1\r\n' % i for i in range(500))
        self.assertEqual(self.raw(b'GET / HTTP/1.1\r\n' + many + b'\r\n').split(b' ')[1][:1], b'4')
        self.assertEqual(self.host.get('/version?' + 'a' * 6000).status, 400)

    def test_bodies_have_a_limit(self):
        answer = self.host.post('/v1/jobs?to=text', b'%PDF' + b'a' * (2 << 20))
        self.assertEqual((answer.status, answer.json['type']), (413, 'urn:ode:problem:too_large'))
        self.assertIn(b' 413 ', self.raw(b'POST /v1/jobs HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n'))
        chunks = b''.join(b'10000\r\n' + b'a' * 65536 + b'\r\n' for _ in range(40))
        answer = self.raw(b'POST /v1/jobs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n' + chunks + b'0\r\n\r\n')
        self.assertTrue(answer == b'reset' or b' 413 ' in answer, answer[:200])
        body, headers = form({}, b'a' * (3 << 20))
        self.assertEqual(self.host.post('/v1/jobs', body, headers).status, 413)

    def test_chunked_bodies_are_read(self):
        chunk = b'%x\r\n' % len(SAMPLE) + SAMPLE + b'\r\n0\r\n\r\n'
        answer = self.raw(b'POST /v1/convert?to=text HTTP/1.1\r\nHost: x\r\nPrefer: wait=30\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n' + chunk)
        self.assertIn(b'HTTP/1.1 200 ', answer)

    def test_framing_that_two_servers_would_read_differently_is_refused(self):
        for lines in (b'Content-Length: 5\r\nTransfer-Encoding: chunked', b'Transfer-Encoding: gzip, chunked\r\nContent-Length: 3', b'Content-Length: -5', b'Content-Length: 5x'):
            answer = self.raw(b'POST /v1/jobs HTTP/1.1\r\nHost: x\r\n' + lines + b'\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n')
            self.assertRegex(answer.split(b'\r\n')[0], b' 4\\d\\d ', lines)
            self.assertEqual(answer.count(b'HTTP/1.1 '), 1, lines)

    def test_broken_bodies_are_errors(self):
        with socket.create_connection(('127.0.0.1', self.host.port)) as connection:
            connection.sendall(b'POST /v1/jobs?to=text HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n%PDF')
        for chunk in (b'zz\r\n', b'5\r\nab\r\n0\r\n\r\n', b'ffffffffffffffffff\r\n'):
            answer = self.raw(b'POST /v1/jobs?to=text HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n' + chunk)
            self.assertTrue(answer in (b'', b'reset') or b' 4' in answer.split(b'\r\n')[0], answer)
        time.sleep(0.2)
        self.assertEqual([job for job in self.host.get('/v1/jobs').json['jobs'] if job['document_bytes'] == 4], [])

    def test_broken_forms_are_errors(self):
        body, headers = form({'to': 'text'})
        for broken in (body[:-10], body.replace(b'form-data', b'mixed'), b'', b'--a-boundary--\r\n', body.replace(b'name="file"', b'"'), body + body):
            answer = self.host.post('/v1/jobs', broken, headers)
            self.assertIn(answer.status, (202, 400), broken[:60])
        for kind in ('multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary="' + 'a' * 500 + '"'):
            self.assertIn(self.host.post('/v1/convert?to=text', body, {'Content-Type': kind, 'Prefer': 'wait=30'}).status, (400, 422))

    def test_paths_lead_nowhere_else(self):
        for path in ('/../../etc/passwd', '/assets/../../../etc/passwd', '/assets/%2e%2e/%2e%2e/etc/passwd', '/assets//etc/passwd', '/assets/%00', '/assets/..%2f..%2fetc%2fpasswd',
                     '/v1/jobs/..%2f..%2fx/result', '//etc/passwd', '/assets/\\..\\..\\', '/%'):
            answer = self.raw(b'GET ' + path.encode() + b' HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
            self.assertRegex(answer.split(b'\r\n')[0], b' (400|404) ', path)
            self.assertNotIn(b'root:', answer)

    def test_names_with_markup_stay_names(self):
        body, headers = form({'to': 'text', 'filename': '<img src=x onerror=alert(1)>"\r\nSet-Cookie: a=b\r\n.pdf'}, filename='x.pdf')
        answer = self.host.post('/v1/convert', body, {**headers, 'Prefer': 'wait=30'})
        self.assertEqual(answer.status, 200)
        self.assertIsNone(answer.headers['Set-Cookie'])
        self.assertEqual(answer.headers['X-Content-Type-Options'], 'nosniff')

    def test_deep_json_is_no_way_in(self):
        self.assertIn(self.host.post('/v1/jobs?to=text&metadata=' + '[' * 3000).status, (400,))
        deep = '{"a":' * 600 + '1' + '}' * 600
        body, headers = form({'to': 'text', 'metadata': deep})
        self.assertEqual(self.host.wait_for(self.host.post('/v1/jobs', body, headers).json['id'])['state'], 'done')

    def test_the_directory_redirect_of_civetweb_is_not_reached(self):
        # CVE-2025-55763: a long path that names a directory without its slash overflows a buffer in the redirect.
        for path in (b'/' + b'%2f' * 3000, b'/assets' + b'/' * 8000, b'/.' * 4000, b'/' + b'\xc3\xa9' * 3000):
            answer = self.raw(b'GET ' + path + b' HTTP/1.1\r\nHost: ' + b'h' * 4000 + b'\r\nConnection: close\r\n\r\n')
            self.assertRegex(answer.split(b'\r\n')[0], b' 4\\d\\d ')
            self.assertNotIn(b'Location:', answer)

    def test_the_form_parser_of_civetweb_is_not_reached(self):
        # CVE-2025-9648: mg_handle_form_request never returns for a form whose body ends within a field's name.
        for kind, body in (('application/x-www-form-urlencoded', b'a' * 3000), ('application/x-www-form-urlencoded', b'a=b&' * 700 + b'c'), ('multipart/form-data; boundary=x', b'--x\r\n' + b'a' * 2000)):
            self.assertIn(self.host.post('/v1/convert?to=text', body, {'Content-Type': kind, 'Prefer': 'wait=30'}).status, (400, 422))
        with open(self.host.build / 'bin/ode-server', 'rb') as program:
            self.assertNotIn(b'mg_handle_form_request', program.read())

    def test_bombs_and_damage_cost_one_child_each(self):
        documents = [bomb(), SAMPLE[:3000], SAMPLE[:-2000], SAMPLE.replace(b'/Count', b'/Kount'), b'%PDF-1.7\n' + b'[' * 500_000, SAMPLE * 20]
        if (ROOT.parent / 'shared/cases').is_dir():
            documents += [path.read_bytes() for path in sorted((ROOT.parent / 'shared/cases').glob('*.pdf'))[:20]]
        for document in documents:
            if len(document) > 2 << 20: continue
            for target in ('text', 'png'):
                answer = self.host.convert(target, document)
                self.assertIn(answer.status, (200, 422), answer.body[:300])
                if answer.status == 422: self.assertTrue(answer.json['code'])


if __name__ == '__main__':
    unittest.main()
