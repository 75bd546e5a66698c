"""The API as clients use it, against the real program. usage: api_test.py BUILD_DIR"""
import base64
import gzip
import hashlib
import hmac
import http.server
import io
import json
import sys
import threading
import time
import unittest
import zipfile

from host import SAMPLE, Host, form

BUILD = sys.argv.pop(1)


class Api(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(BUILD).__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.host.__exit__()

    def test_every_target_gives_its_kind_of_file(self):
        starts = {'html': b'<!', 'png': b'PK\x03\x04', 'jpeg': b'PK\x03\x04', 'webp': b'PK\x03\x04', 'svg': b'PK\x03\x04', 'text': b'ODE',
                  'json': b'{', 'markdown': b'', 'hocr': b'<', 'info': b'{'}
        for target, start in starts.items():
            with self.subTest(target):
                answer = self.host.convert(target)
                self.assertEqual(answer.status, 200, answer.body[:300])
                self.assertTrue(answer.body.lstrip().startswith(start), answer.body[:40])
        one = {'png': b'\x89PNG', 'jpeg': b'\xff\xd8', 'webp': b'RIFF', 'svg': b'<'}
        for target, start in one.items():
            with self.subTest(target + ', one page'):
                answer = self.host.convert(target, query='&pages=2')
                self.assertEqual(answer.status, 200, answer.body[:300])
                self.assertTrue(answer.body.startswith(start), answer.body[:40])

    def test_archives_hold_every_page(self):
        with zipfile.ZipFile(io.BytesIO(self.host.convert('png', query='&dpi=36').body)) as archive:
            self.assertIsNone(archive.testzip())
            self.assertEqual(archive.namelist(), ['page-001.png', 'page-002.png'])
        with zipfile.ZipFile(io.BytesIO(self.host.convert('html', query='&split=true').body)) as archive:
            self.assertIsNone(archive.testzip())
            self.assertIn('index.html', archive.namelist())

    def test_a_form_says_the_same_as_a_query(self):
        body, headers = form({'to': 'text', 'pages': '1'}, filename='d:\\files\\my <paper>.pdf')
        answer = self.host.post('/v1/convert', body, {**headers, 'Prefer': 'wait=60'})
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.body, self.host.convert('text', query='&pages=1').body)
        self.assertIn("filename*=UTF-8''my%20%3Cpaper%3E.txt", answer.headers['Content-Disposition'])

    def test_without_waiting_there_is_a_job(self):
        answer = self.host.post('/v1/convert?to=text&metadata=%7B%22order%22%3A7%7D')
        self.assertEqual(answer.status, 202)
        job = answer.json
        self.assertEqual(answer.headers['Location'], '/v1/jobs/' + job['id'])
        ended = self.host.wait_for(job['id'])
        self.assertEqual((ended['state'], ended['metadata']), ('done', {'order': 7}))
        self.assertIn(job['id'], [each['id'] for each in self.host.get('/v1/jobs?state=done&limit=200').json['jobs']])
        result = self.host.get(ended['result']['href'])
        self.assertEqual(len(result.body), ended['result']['bytes'])

    def test_results_have_validators_and_ranges(self):
        job = self.host.post('/v1/jobs?to=html').json['id']
        self.host.wait_for(job)
        path = f'/v1/jobs/{job}/result'
        whole = self.host.get(path)
        tag = whole.headers['ETag']
        self.assertIn('private', whole.headers['Cache-Control'])
        self.assertIn('sandbox', whole.headers['Content-Security-Policy'])
        self.assertEqual(self.host.get(path, {'If-None-Match': tag}).status, 304)
        part = self.host.get(path, {'Range': 'bytes=10-19'})
        self.assertEqual((part.status, part.body), (206, whole.body[10:20]))
        self.assertEqual(part.headers['Content-Range'], f'bytes 10-19/{len(whole.body)}')
        self.assertEqual(self.host.get(path, {'Range': 'bytes=-5'}).body, whole.body[-5:])
        self.assertEqual(self.host.get(path, {'Range': f'bytes={len(whole.body)}-'}).status, 416)
        self.assertEqual(self.host.get(path, {'Range': 'bytes=0-9', 'If-Range': '"another"'}).status, 200)
        self.assertEqual(self.host.request('HEAD', path).headers['Content-Length'], str(len(whole.body)))

    def test_the_same_again_comes_from_the_cache(self):
        document = SAMPLE + b'% of its own\n'
        first = self.host.convert('json', document)
        before = self.host.metrics()['ode_cache_hits_total'] if 'ode_cache_hits_total' in self.host.metrics() else 0
        second = self.host.convert('json', document)
        self.assertEqual(first.body, second.body)
        self.assertEqual(self.host.metrics()['ode_cache_hits_total'], before + 1)
        self.host.convert('json', document, '&pages=1')
        self.assertEqual(self.host.metrics()['ode_cache_hits_total'], before + 1)

    def test_an_idempotency_key_makes_one_job(self):
        headers = {'Idempotency-Key': 'order 17'}
        first = self.host.post('/v1/jobs?to=text', headers=headers)
        again = self.host.post('/v1/jobs?to=text', headers=headers)
        self.assertEqual((again.status, again.json['id']), (202, first.json['id']))
        other = self.host.post('/v1/jobs?to=html', headers=headers)
        self.assertEqual((other.status, other.json['type']), (422, 'urn:ode:problem:idempotency_mismatch'))

    def test_an_idempotency_key_holds_when_many_come_at_once(self):
        ids = []
        def create():
            ids.append(self.host.post('/v1/jobs?to=text', headers={'Idempotency-Key': 'all together'}).json['id'])
        threads = [threading.Thread(target=create) for _ in range(8)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        self.assertEqual(len(ids), 8)
        self.assertEqual(len(set(ids)), 1)

    def test_events_tell_progress_and_end(self):
        job = self.host.post('/v1/jobs?to=png&dpi=200', SAMPLE + b'% events\n').json['id']
        answer = self.host.get(f'/v1/jobs/{job}/events')
        self.assertEqual(answer.headers['Content-Type'], 'text/event-stream')
        events = [dict(line.split(': ', 1) for line in block.splitlines() if not line.startswith(':')) for block in answer.body.decode().split('\n\n') if block]
        self.assertEqual(events[-1]['event'], 'end')
        last = json.loads(events[-1]['data'])
        self.assertEqual((last['state'], last['progress']), ('done', {'pages_done': 2, 'pages_total': 2}))
        self.assertEqual([int(event['id']) for event in events], list(range(1, len(events) + 1)))

    def test_search_answers_at_once(self):
        answer = self.host.post('/v1/search?q=display%20list')
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.json['count'], len(answer.json['hits']))
        self.assertEqual(self.host.post('/v1/search?q=--regex').status, 200)
        self.assertEqual(self.host.post('/v1/search').status, 400)
        self.assertEqual(self.host.post('/v1/search?q=(&regex=true').status, 400)

    def test_what_cannot_be_done_says_so(self):
        for path, body, status, kind in [
                ('/v1/convert?to=docx', SAMPLE, 400, 'bad_request'),
                ('/v1/convert?to=text&dpi=100', SAMPLE, 400, 'bad_request'),
                ('/v1/convert?to=png&dpi=-5', SAMPLE, 400, 'bad_request'),
                ('/v1/convert?to=png&dip=5', SAMPLE, 400, 'bad_request'),
                ('/v1/convert?to=text&priority=urgent', SAMPLE, 400, 'bad_request'),
                ('/v1/convert?to=text&metadata=7', SAMPLE, 400, 'bad_request'),
                ('/v1/convert?to=text&webhook=http://x/', SAMPLE, 400, 'bad_request'),
                ('/v1/convert?to=text', b'', 400, 'bad_request'),
                ('/v1/convert?to=text', b'this is no PDF', 422, 'job_failed'),
                ('/v1/convert?to=text&pages=99', SAMPLE, 422, 'job_failed')]:
            with self.subTest(path):
                answer = self.host.post(path, body, {'Prefer': 'wait=60'})
                self.assertEqual((answer.status, answer.json['type']), (status, 'urn:ode:problem:' + kind), answer.body)
                self.assertEqual(answer.headers['Content-Type'], 'application/problem+json')
                self.assertEqual(answer.json['request_id'], answer.headers['X-Request-Id'])
        self.assertEqual(self.host.get('/v1/jobs/unknown').status, 404)
        self.assertEqual(self.host.get('/v1/nothing').status, 404)
        wrong = self.host.request('PUT', '/v1/jobs')
        self.assertEqual((wrong.status, wrong.headers['Allow']), (405, 'POST, GET, HEAD'))

    def test_a_request_id_of_the_client_is_kept(self):
        self.assertEqual(self.host.get('/version', {'X-Request-Id': 'trace-me-12345'}).headers['X-Request-Id'], 'trace-me-12345')
        self.assertNotEqual(self.host.get('/version', {'X-Request-Id': 'no'}).headers['X-Request-Id'], 'no')

    def test_pages_and_assets_are_negotiated(self):
        page = self.host.get('/')
        self.assertIn("script-src 'self'", page.headers['Content-Security-Policy'])
        self.assertNotIn(b'<script>', page.body)
        self.assertNotIn(b'style=', page.body)
        self.assertEqual(page.headers['Cache-Control'], 'no-cache')
        packed = self.host.get('/', {'Accept-Encoding': 'gzip;q=0.5'})
        self.assertEqual((packed.headers['Content-Encoding'], gzip.decompress(packed.body)), ('gzip', page.body))
        self.assertEqual(self.host.get('/', {'Accept-Encoding': 'gzip, br'}).headers['Content-Encoding'], 'br')
        self.assertIsNone(self.host.get('/', {'Accept-Encoding': 'br;q=0, gzip;q=0'}).headers['Content-Encoding'])
        self.assertEqual(self.host.get('/', {'If-None-Match': page.headers['ETag']}).status, 304)
        self.assertEqual(self.host.get('/assets/convert.js', {'Range': 'bytes=0-1'}).body, b'//')
        self.assertEqual(self.host.get('/assets/nothing.js').status, 404)

    def test_probes_and_numbers(self):
        self.assertEqual(self.host.get('/healthz').body, b'ok\n')
        for path in ('/readyz', '/readiness'):
            self.assertTrue(self.host.get(path).json['ready'])
        self.assertEqual(self.host.get('/health', port=self.host.metrics_port).status, 200)
        self.assertEqual(self.host.get('/metrics').status, 404)
        self.host.convert('text')
        self.assertIn('ode_jobs{state="running"}', self.host.metrics())

    def test_the_description_names_exactly_the_routes(self):
        described = {(method.upper(), path) for path, methods in self.host.get('/openapi.json').json['paths'].items() for method in methods}
        for method, path in described:
            concrete = path.replace('{id}', 'x').replace('{path}', 'convert.js')
            answer = self.host.request(method, concrete, b'' if method == 'POST' else None)
            self.assertNotEqual(answer.status, 405, (method, path))
            self.assertFalse(answer.status == 404 and b'no such path' in answer.body, (method, path))
        # And the other way: what one path allows is described.
        for path in {path for _, path in described}:
            allowed = self.host.request('PATCH', path.replace('{id}', 'x').replace('{path}', 'convert.js')).headers['Allow'].split(', ')
            self.assertEqual({method for method in allowed if method != 'HEAD'}, {method for method, each in described if each == path}, path)


class Cancelling(unittest.TestCase):
    def test_a_waiting_job_and_a_running_one(self):
        with Host(BUILD, workers=1) as host:
            running = host.post('/v1/jobs?to=png&dpi=1200', SAMPLE).json['id']
            waiting = host.post('/v1/jobs?to=png&dpi=1190', SAMPLE).json['id']
            self.assertEqual(host.request('DELETE', f'/v1/jobs/{waiting}').json['state'], 'cancelled')
            until = time.time() + 60
            while host.get(f'/v1/jobs/{running}').json['state'] == 'queued' and time.time() < until:
                time.sleep(0.01)
            host.request('DELETE', f'/v1/jobs/{running}')
            self.assertIn(host.wait_for(running)['state'], ('cancelled', 'done'))
            self.assertEqual(host.get(f'/v1/jobs/{waiting}/result').status, 409)


class Keys(unittest.TestCase):
    def test_tenants_see_their_own_jobs(self):
        with Host(BUILD, auth='keys', environment={'ODE_BOOTSTRAP_KEY': 'operator-key-of-this-test'}) as host:
            self.assertEqual(host.post('/v1/jobs?to=text').status, 401)
            self.assertEqual(host.post('/v1/jobs?to=text', headers={'Authorization': 'Bearer ode_wrong'}).status, 401)
            keys = [json.loads(admin(host, 'new-key', name)) for name in ('one', 'two')]
            one, two = ({'Authorization': 'Bearer ' + key['key']} for key in keys)
            job = host.post('/v1/jobs?to=text', headers=one).json['id']
            self.assertEqual(host.wait_for(job, headers=one)['state'], 'done')
            self.assertEqual(host.get(f'/v1/jobs/{job}', two).status, 404)
            self.assertEqual(host.get(f'/v1/jobs/{job}/result', two).status, 404)
            self.assertEqual(host.get('/v1/jobs', two).json['jobs'], [])
            self.assertEqual(host.get('/v1/dead', one).status, 404)
            self.assertEqual(host.get('/v1/dead', {'X-Api-Key': 'operator-key-of-this-test'}).json, {'jobs': []})
            self.assertNotIn(keys[0]['key'].encode(), (host.data / 'ode.sqlite').read_bytes() + (host.data / 'ode.sqlite-wal').read_bytes())
            admin(host, 'revoke-key', keys[1]['id'])
            until = time.time() + 30
            while host.get('/v1/jobs', two).status != 401 and time.time() < until:
                time.sleep(0.5)
            self.assertEqual(host.get('/v1/jobs', two).status, 401)


class Limits(unittest.TestCase):
    def test_a_rate_and_a_full_queue(self):
        with Host(BUILD, rate_per_minute=3) as host:
            answers = [host.post('/v1/jobs?to=text') for _ in range(5)]
            self.assertEqual([answer.status for answer in answers], [202, 202, 202, 429, 429])
            self.assertGreater(int(answers[-1].headers['Retry-After']), 0)
        with Host(BUILD, workers_here='false', queue_max=3) as host:  # nothing leaves the queue
            # Jobs are counted from time to time, so some more than three get in.
            statuses, until = [], time.time() + 60
            while 503 not in statuses and time.time() < until:
                answer = host.post(f'/v1/jobs?to=png&dpi={70 + len(statuses)}')
                statuses.append(answer.status)
                time.sleep(0.2)
            self.assertEqual(statuses[:3], [202, 202, 202])
            self.assertEqual(set(statuses), {202, 503})
            self.assertEqual(answer.headers['Retry-After'], '5')


class Receiver(http.server.BaseHTTPRequestHandler):
    """Gives documents, and takes webhooks; the first of each is refused."""
    taken, refused = [], set()

    def do_GET(self):
        if self.path.startswith('/to/'):
            self.send_response(302)
            self.send_header('Location', 'http://' + self.path[4:])
            self.end_headers()
            return
        self.send_response(200 if self.path == '/a%20paper.pdf' else 404)
        self.end_headers()
        self.wfile.write(SAMPLE)

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        name = self.headers['webhook-id']
        first = name not in self.refused
        self.refused.add(name)
        if not first: self.taken.append((name, self.headers['webhook-timestamp'], self.headers['webhook-signature'], body))
        self.send_response(500 if first else 204)
        self.end_headers()

    def log_message(self, *_): pass


class Outbound(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Receiver)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.address = f'127.0.0.1:{cls.server.server_port}'

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()

    def fetch(self, host, url):
        return host.post('/v1/convert', json.dumps({'url': url, 'to': 'text', 'pages': 1}).encode(), {'Content-Type': 'application/json', 'Prefer': 'wait=60'})

    def test_a_document_by_url(self):
        with Host(BUILD, private_addresses='127.0.0.1') as host:
            answer = self.fetch(host, f'http://{self.address}/a%20paper.pdf')
            self.assertEqual((answer.status, answer.body), (200, host.convert('text', query='&pages=1').body))
            self.assertIn("''a%20paper.txt", answer.headers['Content-Disposition'])
            self.assertEqual(self.fetch(host, f'http://{self.address}/to/{self.address}/a%20paper.pdf').status, 200)
            self.assertIn('answered 404', self.fetch(host, f'http://{self.address}/other').json['detail'])
            for inside in ('127.0.0.2:80/', '[::1]:80/', '169.254.169.254/latest/meta-data/'):
                answer = self.fetch(host, f'http://{self.address}/to/{inside}')
                self.assertEqual((answer.status, answer.json['detail']), (400, '"url": the host is not on the public Internet'), inside)
            self.assertEqual(self.fetch(host, f'http://{self.address}/to/{self.address}/to/{self.address}/to/{self.address}/to/{self.address}/x').status, 400)

    def test_nothing_inside_is_reached(self):
        with Host(BUILD) as host:
            for name in (self.address, 'localhost:' + self.address.split(':')[1], '2130706433', '0x7f.1', '017700000001', '[::ffff:127.0.0.1]', '10.0.0.1', '100.64.0.1', '169.254.169.254',
                         '[fe80::1]', '[64:ff9b::a00:1]', '0.0.0.0', 'user@127.0.0.1'):
                answer = self.fetch(host, f'http://{name}/a.pdf')
                self.assertEqual((answer.status, answer.json['type']), (400, 'urn:ode:problem:bad_request'), name)
            for url in ('file:///etc/passwd', 'gopher://127.0.0.1/', 'ftp://127.0.0.1/', ''):
                self.assertEqual(self.fetch(host, url).status, 400, url)

    def test_webhooks_are_signed_and_sent_until_they_are_taken(self):
        secret = 'whsec_' + base64.b64encode(b'a secret of twenty-four b').decode()
        with Host(BUILD, private_addresses='127.0.0.1', environment={'ODE_WEBHOOK_SECRET': secret}) as host:
            job = host.post(f'/v1/jobs?to=text&webhook=http://{self.address}/hook').json['id']
            until = time.time() + 60
            while not any(job in name for name, *_ in Receiver.taken) and time.time() < until:
                time.sleep(0.1)
            taken = [each for each in Receiver.taken if job in each[0]]
            self.assertEqual(len(taken), 1)
            name, stamp, signature, body = taken[0]
            signed = hmac.new(b'a secret of twenty-four b', f'{name}.{stamp}.'.encode() + body, hashlib.sha256).digest()
            self.assertEqual(signature, 'v1,' + base64.b64encode(signed).decode())
            self.assertEqual((json.loads(body)['type'], json.loads(body)['data']['id']), ('job.done', job))


class Draining(unittest.TestCase):
    def test_sigterm_ends_what_was_begun(self):
        with Host(BUILD, workers=1) as host:
            answers = []
            waiting = [threading.Thread(target=lambda dpi=dpi: answers.append(host.convert('png', query=f'&dpi={dpi}'))) for dpi in (150, 160)]
            for thread in waiting: thread.start()
            while not [entry for entry in host.log() if entry['event'] == 'job_created']:
                time.sleep(0.01)
            self.assertEqual(host.stop(), 0)
            for thread in waiting: thread.join()
            self.assertTrue(all(answer.status in (200, 202, 503) for answer in answers), [answer.status for answer in answers])
            ids = [entry['job'] for entry in host.log() if entry['event'] == 'job_created']
            host.start()
            self.assertEqual({host.wait_for(job)['state'] for job in ids}, {'done'})

    def test_what_takes_too_long_is_handed_back(self):
        with Host(BUILD, workers=1, grace_seconds=3) as host:
            job = host.post('/v1/jobs?to=png&dpi=2400').json['id']
            while host.get(f'/v1/jobs/{job}').json['state'] == 'queued':
                time.sleep(0.01)
            self.assertEqual(host.stop(), 0)
            host.start()
            state = host.get(f'/v1/jobs/{job}').json
            self.assertIn(state['state'], ('queued', 'running', 'done'))
            self.assertEqual(state['attempt'] if state['state'] != 'queued' else 1, 1)


def admin(host, *words):
    import subprocess
    return subprocess.run([str(host.build / 'bin/ode-server'), 'admin', *words, '--data', str(host.data)], check=True, capture_output=True, text=True).stdout


if __name__ == '__main__':
    unittest.main()
