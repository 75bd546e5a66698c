#!/usr/bin/env bash
# Role: deploys images by digest: writes them into the overlay and pushes the commit, which Argo CD follows. usage:
#   deploy.sh ENV DIGESTS_FILE [--break-glass]      DIGESTS_FILE: "target digest" a line, as images.sh writes it
# --break-glass, when Argo CD or git cannot be waited for: pauses its sync, sets the images in the cluster at once, commits all the same, and
# resumes the sync; whatever fails between, the sync is resumed.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
[ $# -ge 2 ] || die "usage: deploy.sh ENV DIGESTS_FILE [--break-glass]"
env=$1 digests=$2 glass=${3:-}
environment "$env"
[ -f "$digests" ] || die "$digests is not there"
file=$(images_file "$env")

write_digests() {
  local target digest
  while read -r target digest; do
    [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] || die "$target: \"$digest\" is no digest"
    [[ $digest =~ ^sha256:0{64}$ ]] && die "$target: zeros are no image"
    # ode-core is no workload.
    grep -q "name: $target\$" "$repository/$file" || continue
    awk -v target="$target" -v digest="$digest" '$2 == "name:" { mine = ($3 == target) } $1 == "digest:" && mine { sub(/sha256:[0-9a-f]+/, digest) } { print }' \
      "$repository/$file" >"$repository/$file.new"
    mv "$repository/$file.new" "$repository/$file"
  done <"$digests"
}

set_images() {
  local container
  for container in api:ode-api worker:ode-worker viewer:ode-api; do
    local image digest
    image=$(awk -v n="${container#*:}" '$2 == "name:" { mine = ($3 == n) } $1 == "newName:" && mine { print $2 }' "$repository/$file")
    digest=$(awk -v n="${container#*:}" '$2 == "name:" { mine = ($3 == n) } $1 == "digest:" && mine { print $2 }' "$repository/$file")
    "${KUBECTL:-kubectl}" -n ode set image "deployment/ode-${container%%:*}" "${container%%:*}=$image@$digest"
  done
}

grep -q 'newName: 123456789012\.' "$repository/$file" && [ -z "${ODE_EXAMPLE_ACCOUNT:-}" ] && die "$file still names the example account: run configure.sh $env"
write_digests
if [ "$glass" = --break-glass ]; then
  trap 'auto_sync "$env" on' EXIT
  auto_sync "$env" off
  set_images
fi
commit_push "deploy: $env runs $(awk '$1 == "ode-api" { print substr($2, 8, 12) }' "$digests")" "$file"
