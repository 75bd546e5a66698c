#!/usr/bin/env bash
# Role: takes an environment back to the images before the present ones: reverts the overlay's digests to those of the last commit that had
# others. usage:
#   rollback.sh ENV [--to COMMIT] [--break-glass]
#   rollback.sh ENV --helm RELEASE [REVISION]       for clusters installed from k8s/charts/ode: wraps helm rollback
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
. "$here/lib.sh"
[ $# -ge 1 ] || die "usage: rollback.sh ENV [--to COMMIT] [--break-glass] | ENV --helm RELEASE [REVISION]"
env=$1
shift
environment "$env"
file=$(images_file "$env")
to='' glass=''
while [ $# -gt 0 ]; do
  case $1 in
    --to) to=${2:?--to COMMIT}; shift 2 ;;
    --break-glass) glass=--break-glass; shift ;;
    --helm) exec "${HELM:-helm}" -n ode rollback "${2:?RELEASE}" ${3:+"$3"} --wait --timeout 10m ;;
    *) die "$1: not understood" ;;
  esac
done

digests_at() { git -C "$repository" show "$1:$file" | awk '$2 == "name:" { n = $3 } $1 == "digest:" { print n, $2 }'; }

if [ -z "$to" ]; then
  now=$(digests_at HEAD)
  for commit in $(git -C "$repository" log --format=%H -- "$file"); do
    then=$(digests_at "$commit" 2>/dev/null) || continue
    if [ "$then" != "$now" ] && ! grep -q 'sha256:0000000000000000' <<<"$then"; then to=$commit; break; fi
  done
  [ -n "$to" ] || die "no earlier images of $env are in the history of $file"
fi
list=$(mktemp)
trap 'rm -f "$list"' EXIT
digests_at "$to" >"$list"
echo "rollback.sh: $env goes back to the images of $(git -C "$repository" log -1 --format='%h %s' "$to")"
"$here/deploy.sh" "$env" "$list" $glass
