#!/usr/bin/env python3
"""The rendered scaling policy, driven by a burst of 1000 jobs: from one worker to ten ready within 120 s where headroom is warm, and not where a
node must start first. The policy is read from the manifests; the times are stated here (docs of KEDA, the HPA, EKS; measured starts)."""
import math
import unittest

from manifests import OVERLAYS, TABLE

POLL_SECONDS = 5        # checked against the manifest below
SYNC_SECONDS = 15       # the HPA controller's period on EKS
POD_SECONDS = 12        # schedule over headroom, pull 26 MB, start, first readiness
NODE_SECONDS = 95       # Karpenter decides, EC2 starts, the node joins and pulls
JOBS_PER_SECOND = 0.25  # one pod: two children, eight seconds a document


class Policy:
    """The HPA's scale-up: of several policies the one that allows most; each counts what was added within its period."""

    def __init__(self, scaler):
        config = scaler['spec']['advanced']['horizontalPodAutoscalerConfig']['behavior']['scaleUp']
        self.policies, self.target = config['policies'], float(scaler['spec']['triggers'][0]['metadata']['targetValue'])
        self.least, self.most = scaler['spec']['minReplicaCount'], scaler['spec']['maxReplicaCount']
        self.added = []  # (time, pods)

    def allowed(self, now, replicas):
        limits = []
        for policy in self.policies:
            recent = sum(pods for time, pods in self.added if time > now - policy['periodSeconds'])
            start = replicas - recent
            limits.append(start + policy['value'] if policy['type'] == 'Pods' else math.ceil(start * (1 + policy['value'] / 100)))
        return max(limits)

    def next(self, now, replicas, depth):
        wanted = max(self.least, min(self.most, math.ceil(depth / self.target)))
        wanted = max(replicas, min(wanted, self.allowed(now, replicas)))
        if wanted > replicas:
            self.added.append((now, wanted - replicas))
        return wanted


def seconds_to(count, policy, *, warm, jobs=1000.0, start=1):
    """When `count` workers are ready, or infinity in ten minutes. `warm`: how many new pods find room at once."""
    depth, known, replicas = jobs, 0.0, start
    ready = [0.0] * start
    for now in range(600):
        running = sum(1 for time in ready if time <= now)
        depth = max(0.0, depth - running * JOBS_PER_SECOND)
        if now % POLL_SECONDS == 0:
            known = depth
        if now % SYNC_SECONDS == 0 and now > 0:
            wanted = policy.next(now, replicas, known)
            for index in range(replicas, wanted):
                ready.append(now + POD_SECONDS + (0 if index - start < warm else NODE_SECONDS))
            replicas = wanted
        if sum(1 for time in ready if time <= now) >= count:
            return now
    return math.inf


class Scaling(unittest.TestCase):
    def setUp(self):
        self.manifests = OVERLAYS['production']
        self.scaler = self.manifests.one('ScaledObject', 'ode-worker')

    def test_the_times_are_the_manifests(self):
        self.assertEqual(self.scaler['spec']['pollingInterval'], POLL_SECONDS)

    def headroom(self):
        return self.manifests.one('Deployment', 'headroom')['spec']['replicas']

    def test_a_burst_finds_ten_workers_in_two_minutes(self):
        # One to ten: nine new ones. Seven find headroom; the baseline's three nodes hold two workers each, so two more fit there.
        spare = TABLE['production']['worker_nodes']['desired'] * 2 - TABLE['production']['replicas']['worker']['min'] - 2
        self.assertGreaterEqual(self.headroom() + spare, 9)
        self.assertLessEqual(seconds_to(10, Policy(self.scaler), warm=self.headroom() + spare), 120)

    def test_without_headroom_it_would_not(self):
        self.assertGreater(seconds_to(10, Policy(self.scaler), warm=0), 120)

    def test_a_slower_policy_would_not(self):
        policy = Policy(self.scaler)
        policy.policies = [{'type': 'Pods', 'value': 1, 'periodSeconds': 30}]
        self.assertGreater(seconds_to(10, policy, warm=20), 120)

    def test_headroom_has_a_workers_size_and_gives_way(self):
        headroom = self.manifests.one('Deployment', 'headroom')['spec']['template']['spec']
        worker = self.manifests.one('Deployment', 'ode-worker')['spec']['template']['spec']
        self.assertEqual(headroom['containers'][0]['resources']['requests'], worker['containers'][0]['resources']['requests'])
        value = {d['metadata']['name']: d['value'] for d in self.manifests.all('PriorityClass')}
        self.assertLess(value[headroom['priorityClassName']], 0)
        self.assertLess(value[headroom['priorityClassName']], value[worker['priorityClassName']])
        self.assertLess(value[worker['priorityClassName']], value[self.manifests.one('Deployment', 'ode-api')['spec']['template']['spec']['priorityClassName']])


if __name__ == '__main__':
    unittest.main()
