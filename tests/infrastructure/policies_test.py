#!/usr/bin/env python3
"""The Terraform policies against their fixtures, and the modules' READMEs against the modules. Needs nothing but Python."""
import sys
import unittest

from support import ROOT, run

sys.path.insert(0, str(ROOT / 'infrastructure/terraform/policies'))
from check_test import Policies  # noqa: E402,F401


class Readmes(unittest.TestCase):
    def test_are_fresh(self):
        run(sys.executable, ROOT / 'infrastructure/terraform/modules/readme.py', '--check')


if __name__ == '__main__':
    unittest.main()
