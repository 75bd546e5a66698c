#!/usr/bin/env bash
# Role: after a deployment: waits until the new images run, asks whether all is well, and takes the former images back where not. usage:
#   verify.sh ENV URL [--key FILE] [--wait SECONDS]
# Exit 0: all well. Exit 1: it was not, and the former images are committed again.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/lib.sh"
[ $# -ge 2 ] || die "usage: verify.sh ENV URL [--key FILE] [--wait SECONDS]"
env=$1 url=$2
shift 2
environment "$env"
patience=900
key=()
while [ $# -gt 0 ]; do
  case $1 in
    --key) [ -s "$2" ] && key=(--key "$2"); shift 2 ;;
    --wait) patience=$2; shift 2 ;;
    *) die "$1: not understood" ;;
  esac
done
# The version that answers is the one this tree was built from; until then the old one does, or two do in turn.
wanted=${ODE_VERSION_WANTED:-}
until=$((SECONDS + patience))
while [ -n "$wanted" ] && ! curl -fsS --max-time 5 "$url/version" 2>/dev/null | grep -q "$wanted"; do
  [ $SECONDS -lt $until ] || break
  sleep 5
done
if "$here/smoke.sh" "$url" "${key[@]}"; then
  echo "verify.sh: $env is well"
  exit 0
fi
echo "verify.sh: $env is not well: going back" >&2
"$here/rollback.sh" "$env"
exit 1
