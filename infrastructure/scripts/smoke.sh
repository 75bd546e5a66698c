#!/usr/bin/env bash
# Role: asks a running ODE whether it is well: smoke.sh URL [--pages URL] [--key FILE] [--document FILE]. It looks at health, readiness and version,
# converts a document, and follows a job to its end. Exit 0: all well.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
url='' key='' document=$root/docs/sample.pdf
while [ $# -gt 0 ]; do
  case $1 in
    --key) key=$2; shift 2 ;;
    --document) document=$2; shift 2 ;;
    -*) echo "smoke.sh: $1: not understood" >&2; exit 2 ;;
    *) url=${1%/}; shift ;;
  esac
done
[ -n "$url" ] || { echo "usage: smoke.sh URL [--key FILE] [--document FILE]" >&2; exit 2; }
body=$(mktemp)
trap 'rm -f "$body"' EXIT
auth=()
[ -z "$key" ] || auth=(-H "Authorization: Bearer $(cat "$key")")

# ask STATUS NAME CURL_ARGS…
ask() {
  local wanted=$1 name=$2 status
  shift 2
  status=$(curl -sS -o "$body" -w '%{http_code}' --max-time 90 "${auth[@]}" "$@") || { echo "smoke: $name: no answer" >&2; exit 1; }
  if [ "$status" != "$wanted" ]; then
    echo "smoke: $name: $status instead of $wanted: $(head -c 300 "$body")" >&2
    exit 1
  fi
  echo "smoke: $name: $status"
}

ask 200 health "$url/healthz"
ask 200 readiness "$url/readyz"
ask 200 version "$url/version"
ask 200 'conversion at once' -X POST -H 'Content-Type: application/pdf' -H 'Prefer: wait=60' --data-binary "@$document" "$url/v1/convert?to=text"
[ -s "$body" ] || { echo "smoke: the conversion is empty" >&2; exit 1; }
ask 202 'conversion as a job' -X POST -H 'Content-Type: application/pdf' --data-binary "@$document" "$url/v1/convert?to=svg"
job=$(sed -n 's/.*"id": *"\([^"]*\)".*/\1/p' "$body" | head -n 1)
[ -n "$job" ] || { echo "smoke: the job has no id" >&2; exit 1; }
for _ in $(seq 60); do
  ask 200 "job $job" "$url/v1/jobs/$job"
  case $(sed -n 's/.*"state": *"\([^"]*\)".*/\1/p' "$body" | head -n 1) in
    done) echo "smoke: all well"; exit 0 ;;
    failed | dead | cancelled) echo "smoke: the job did not end well: $(head -c 300 "$body")" >&2; exit 1 ;;
  esac
  sleep 1
done
echo "smoke: the job did not end in a minute" >&2
exit 1
