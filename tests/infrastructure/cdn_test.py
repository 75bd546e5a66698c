#!/usr/bin/env python3
"""The CDN's functions, manifests and publishing (cdn/tests), without AWS: CloudFront's functions run as they are, S3 is a map in memory. The
same against a real S3 server is delivery_test.py."""
import shutil

from support import ROOT, run, skip

if shutil.which('node') is None:
    skip('node is not installed')
done = run('node', '--test', ROOT / 'cdn/tests/', cwd=ROOT / 'cdn')
print('\n'.join(line for line in done.stdout.splitlines() if line.startswith('# ')))
