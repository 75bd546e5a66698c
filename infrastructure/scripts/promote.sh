#!/usr/bin/env bash
# Role: copies images by digest from one registry to another: promote.sh DIGESTS FROM TO. The digests stay the same, and so do the signatures.
set -euo pipefail
[ $# = 3 ] || { echo "usage: promote.sh DIGESTS FROM TO" >&2; exit 2; }
digests=$1 from=$2 to=$3
for registry in "$from" "$to"; do
  aws ecr get-login-password --region "$(cut -d. -f4 <<<"$registry")" | skopeo login --username AWS --password-stdin "$registry"
done
while read -r target digest; do
  skopeo copy --all --preserve-digests "docker://$from/$target@$digest" "docker://$to/$target:${digest#sha256:}"
  cosign copy --only=sig,att "$from/$target@$digest" "$to/$target"
done <"$digests"
