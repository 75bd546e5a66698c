#!/usr/bin/env bash
# Role: writes what Terraform knows of an account into the manifests: cluster.env of the overlay and of Argo CD, the registry's name in images.
# usage: configure.sh ENV [OUTPUT.json] ; OUTPUT.json is `terraform output -json` of the environment, asked for where it is not given.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
[ $# -ge 1 ] || die "usage: configure.sh ENV [OUTPUT.json]"
env=$1
environment "$env"
output=${2:-}
if [ -z "$output" ]; then
  output=$(mktemp)
  trap 'rm -f "$output"' EXIT
  terraform -chdir="$repository/infrastructure/terraform/environments/$env" output -json >"$output"
fi
python3 - "$repository" "$env" "$output" <<'PYTHON'
import json, pathlib, re, sys
root, env, output = pathlib.Path(sys.argv[1]), sys.argv[2], json.load(open(sys.argv[3]))
settings = output['cluster_settings']['value']

def rewrite(path, values):
    """Replaces the values of KEY=value lines. A key that Terraform does not know ends everything: half a configuration is none."""
    lines, seen = [], set()
    for line in path.read_text().splitlines():
        key, equals, _ = line.partition('=')
        if equals and not line.startswith('#'):
            if key not in values:
                sys.exit(f'configure.sh: {path}: Terraform has no {key}')
            line = f'{key}={values[key]}'
            seen.add(key)
        lines.append(line)
    path.write_text('\n'.join(lines) + '\n')
    return seen

overlay = root / 'k8s/overlays' / env
rewrite(overlay / 'settings/cluster.env', settings)
argocd = {**settings, 'INTERRUPTION_QUEUE': settings['CLUSTER_NAME'] + '-karpenter', 'REDIS_ADDRESS': 'rediss://' + output['redis_endpoint']['value']}
rewrite(root / 'k8s/argocd/environments' / env / 'cluster.env', argocd)
images = overlay / 'images/kustomization.yaml'
images.write_text(re.sub(r'newName: \d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com/', f'newName: {settings["ACCOUNT_ID"]}.dkr.ecr.{settings["REGION"]}.amazonaws.com/', images.read_text()))
PYTHON
echo "configure.sh: look at the difference, and commit it: git diff k8s/"
