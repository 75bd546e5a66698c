#!/usr/bin/env python3
"""The policies against fixtures: good.json breaks none, each change of broken.json breaks its policy, and every policy is broken once."""
import copy
import json
import pathlib
import unittest

import check

FIXTURES = pathlib.Path(__file__).parent / 'fixtures'


def changed(document, change):
    document = copy.deepcopy(document)
    if 'configuration' in change:
        document['configuration'] = change['configuration']
        return document
    module = document['planned_values']['root_module']
    found = [r for r in module['resources'] if r['address'] == change['address']]
    assert len(found) == 1, f'{change["address"]} is not in good.json'
    if change.get('remove'):
        module['resources'].remove(found[0])
    else:
        found[0]['values'].update(change['set'])
    return document


class Policies(unittest.TestCase):
    def setUp(self):
        self.good = json.loads((FIXTURES / 'good.json').read_text())
        self.broken = json.loads((FIXTURES / 'broken.json').read_text())

    def test_good_breaks_none(self):
        self.assertEqual(check.check(self.good)[0], [])

    def test_each_change_breaks_its_policy_alone(self):
        for change in self.broken:
            with self.subTest(change=change):
                findings = check.check(changed(self.good, change))[0]
                self.assertEqual({policy for policy, _ in findings}, {change['policy']})

    def test_every_policy_is_broken_once(self):
        self.assertEqual({policy.__name__ for policy in check.POLICIES}, {change['policy'] for change in self.broken})

    def test_what_a_plan_does_not_know_is_counted(self):
        change = {'address': 'aws_iam_role_policy.this', 'set': {'policy': None}}
        findings, unknown = check.check(changed(self.good, change))
        self.assertEqual((findings, unknown), ([], 1))


if __name__ == '__main__':
    unittest.main()
