"""Nothing is lost, and everything is done once, while processes are killed with kill -9 at random.

usage: chaos.py BUILD_DIR --mode embedded|cluster [--jobs N] [--seed S]

embedded: one process on SQLite. cluster: two API processes and two workers on PostgreSQL, Redis and a shared directory; Redis is
also flushed, PostgreSQL killed too. Every job is posted with an idempotency key until it is accepted; at the end each accepted job
must have ended exactly once, with a result whose digest is right, and there must be as many jobs as keys.
"""
import argparse
import hashlib
import random
import subprocess
import sys
import threading
import time

from host import SAMPLE, Host
from services import Postgres, Redis, free_port


class Chaos(threading.Thread):
    """Calls one of `deeds` every now and then, until it is told to stop."""

    def __init__(self, chance, deeds):
        super().__init__()
        self.chance, self.deeds, self.ended, self.done = chance, deeds, threading.Event(), []
        self.failure = None

    def run(self):
        while not self.ended.wait(self.chance.uniform(0.2, 1.2)):
            deed = self.chance.choice(self.deeds)
            try:
                deed()
            except Exception as error:  # told by join_checked
                self.failure = error
                return
            self.done.append(deed.__name__)

    def join_checked(self):
        self.ended.set()
        self.join()
        if self.failure:
            raise self.failure


def post_until_accepted(hosts, chance, key, target):
    """The job's id. Any failure is tried again: the key makes that harmless."""
    until = time.time() + 300
    while time.time() < until:
        try:
            answer = chance.choice(hosts).post(f'/v1/jobs?to={target}', SAMPLE + f'% {key}\n'.encode(), {'Idempotency-Key': key}, timeout=20)
            if answer.status == 202:
                return answer.json['id']
            if answer.status not in (503, 408):
                raise AssertionError(f'{key}: {answer.status} {answer.body}')
        except (OSError, EOFError) as error:
            if isinstance(error, AssertionError): raise
        except Exception as error:
            if type(error).__module__ != 'http.client': raise
        time.sleep(0.05)
    raise AssertionError(f'{key} was never accepted')


def post_all(hosts, jobs, seed):
    accepted, failures = {}, []
    def client(number):
        chance = random.Random(f'{seed} client {number}')
        try:
            for i in range(number, jobs, 4):
                time.sleep(chance.uniform(0, 0.3))
                accepted[f'job {i}'] = post_until_accepted(hosts, chance, f'job {i}', chance.choice(['text', 'json', 'markdown', 'info', 'html']))
        except Exception as error:
            failures.append(error)
    clients = [threading.Thread(target=client, args=(number,)) for number in range(4)]
    for each in clients: each.start()
    for each in clients: each.join()
    if failures: raise failures[0]
    return accepted


def wait_for_all(host, accepted, seconds):
    states, until = {}, time.time() + seconds
    while len(states) < len(accepted):
        for job in set(accepted.values()) - states.keys():
            state = host.get(f'/v1/jobs/{job}').json
            if state['state'] == 'dead':
                # Struck by chance three times: an operator tries again.
                host.post(f'/v1/dead/{job}/requeue', b'')
            elif state['state'] not in ('queued', 'running'):
                states[job] = state
        if time.time() > until:
            stuck = set(accepted.values()) - states.keys()
            raise AssertionError(f'{len(stuck)} jobs are stuck, such as {host.get("/v1/jobs/" + stuck.pop()).body}')
        time.sleep(0.2)
    return states


def check(host, accepted, states):
    assert len(set(accepted.values())) == len(accepted), 'two keys made one job'
    total = 0
    before = ''
    while True:
        page = host.get(f'/v1/jobs?limit=200&before={before}').json
        total += len(page['jobs'])
        before = page.get('next', '')
        if not before: break
    assert total == len(accepted), f'{total} jobs for {len(accepted)} keys'
    for job, state in states.items():
        assert state['state'] == 'done', state
        ends = [line for line in state['log'] if line['event'] in ('done', 'failed', 'cancelled')]
        assert len(ends) == 1, f'{job} ended {len(ends)} times: {state["log"]}'
        body = host.get(state['result']['href']).body
        assert hashlib.sha256(body).hexdigest() == state['result']['sha256'], f'{job}: its result is another'


def restarted(host):
    def deed():
        host.kill()
        host.start()
    return deed


def embedded(build, jobs, seed):
    with Host(build, listen=f'127.0.0.1:{free_port()}', lease_seconds=3, log_level='info') as host:
        kill_server = restarted(host)
        kill_server.__name__ = 'kill_server'
        chaos = Chaos(random.Random(seed), [kill_server])
        chaos.start()
        accepted = post_all([host], jobs, seed)
        chaos.join_checked()
        check(host, accepted, wait_for_all(host, accepted, 300))
        return chaos.done


def cluster(build, jobs, seed):
    with Postgres() as postgres, Redis() as redis:
        environment = {'ODE_DATABASE_URL': postgres.url, 'ODE_QUEUE_URL': redis.url}
        subprocess.run([f'{build}/bin/ode-server', 'migrate'], check=True, env=environment)
        with Host(build, environment=environment, listen=f'127.0.0.1:{free_port()}', workers_here='false', lease_seconds=3) as first:
            more = {'environment': environment, 'lease_seconds': 3}
            hosts = [first] + [Host(build, data=first.data, listen=f'127.0.0.1:{free_port()}', workers_here='false', **more)]
            workers = [Host(build, command='worker', data=first.data, workers=2, **more) for _ in range(2)]
            try:
                return under_fire(hosts, workers, postgres, redis, jobs, seed)
            finally:
                for each in hosts[1:] + workers:
                    each.kill()


def under_fire(hosts, workers, postgres, redis, jobs, seed):
    chance = random.Random(seed)

    def kill_worker():
        restarted(chance.choice(workers))()

    def kill_api():
        restarted(chance.choice(hosts))()

    def kill_redis():
        redis.kill()
        redis.start()

    def flush_redis():
        redis.command('FLUSHALL')

    def kill_postgres():
        postgres.kill()
        postgres.start()
    chaos = Chaos(chance, [kill_worker, kill_worker, kill_api, kill_redis, flush_redis, kill_postgres])
    chaos.start()
    accepted = post_all(hosts, jobs, seed)
    time.sleep(2)
    chaos.join_checked()
    check(hosts[0], accepted, wait_for_all(hosts[0], accepted, 300))
    return chaos.done


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('build')
    parser.add_argument('--mode', choices=['embedded', 'cluster'], required=True)
    parser.add_argument('--jobs', type=int, default=100)
    parser.add_argument('--seed', default=str(random.randrange(1 << 30)))
    options = parser.parse_args()
    print(f'chaos: {options.mode}, {options.jobs} jobs, seed {options.seed}', flush=True)
    start = time.time()
    deeds = (embedded if options.mode == 'embedded' else cluster)(options.build, options.jobs, options.seed)
    counts = ', '.join(f'{deeds.count(name)} × {name}' for name in sorted(set(deeds)))
    print(f'chaos: every job ended once; {time.time() - start:.0f} s, {counts}')
    if not deeds:
        sys.exit('chaos: nothing was killed, so nothing was shown')


if __name__ == '__main__':
    main()
