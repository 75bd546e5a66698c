#!/usr/bin/env bash
# Role: builds, checks, signs and pushes ODE's images. The pipeline and an operator run the same commands.
#   images.sh fetch-ca                                 Amazon's authorities for RDS, into infrastructure/docker/rds.pem
#   images.sh build OUT [--artifacts DIR]              all targets as OCI archives OUT/<target>.tar, and OUT/digests (one "target digest" a line)
#                                                      --artifacts: what collect.sh made, in place of building in a container
#   images.sh size OUT                                 compressed sizes; fails above 200 MB, warns above 60 MB
#   images.sh scan OUT                                 trivy: fails on critical or high findings that have a fix; and writes OUT/<target>.spdx.json
#   images.sh push OUT REGISTRY TAG                    pushes as TAG and latest; OUT/digests gets the registry's digests
#   images.sh sign OUT REGISTRY                        cosign, keyless, by digest, with the SBOM attested
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
targets=(ode-api ode-worker ode-core ode-pgbouncer)
export BUILDAH_ISOLATION=${BUILDAH_ISOLATION:-chroot} STORAGE_DRIVER=${STORAGE_DRIVER:-vfs}
trivy=${TRIVY:-trivy}

die() { echo "images.sh: $*" >&2; exit 1; }

fetch_ca() {
  curl -fsS --proto '=https' https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem -o "$root/infrastructure/docker/rds.pem"
  openssl x509 -in "$root/infrastructure/docker/rds.pem" -noout -subject | grep -q Amazon || die "that is no certificate of Amazon's"
}

build() {
  local out=$1 context=() target
  shift
  if [ "${1:-}" = --artifacts ]; then
    # The stage `build` is this folder then; its out/ is where the stage would have it.
    context=(--build-context "build=$2" --pull-never)
  fi
  mkdir -p "$out/oci"
  : >"$out/digests"
  for target in "${targets[@]}"; do
    # Docker's own image format: OCI's has no HEALTHCHECK.
    buildah bud --format docker --layers=false "${context[@]}" ${BASE_IMAGE:+--build-arg "BASE_IMAGE=$BASE_IMAGE"} \
      --target "$target" -t "$target:build" -f "$root/infrastructure/docker/Dockerfile" "$root" >"$out/$target.log" 2>&1 || { tail -n 20 "$out/$target.log" >&2; die "$target did not build"; }
    rm -rf "$out/$target.tar"
    buildah push --format v2s2 --digestfile "$out/$target.digest" "$target:build" "docker-archive:$out/$target.tar:$target:build" >>"$out/$target.log" 2>&1
    buildah push --format oci --digestfile "$out/$target.digest" "$target:build" "oci:$out/oci/$target:build" >>"$out/$target.log" 2>&1
    echo "$target $(cat "$out/$target.digest")" >>"$out/digests"
    rm "$out/$target.digest"
  done
  cat "$out/digests"
}

size() {
  local target bytes failed=0
  for target in "${targets[@]}"; do
    bytes=$(cat "$1/oci/$target"/blobs/sha256/* | wc -c)
    echo "$target $((bytes / 1000000)) MB compressed"
    [ "$bytes" -le 200000000 ] || { echo "images.sh: $target is over 200 MB" >&2; failed=1; }
    [ "$bytes" -le 60000000 ] || echo "images.sh: $target is over the goal of 60 MB" >&2
  done
  return $failed
}

scan() {
  local target
  for target in "${targets[@]}"; do
    "$trivy" image --quiet --input "$1/$target.tar" --format spdx-json --output "$1/$target.spdx.json"
    "$trivy" image --quiet --input "$1/$target.tar" --severity HIGH,CRITICAL --ignore-unfixed --exit-code 1
  done
}

push() {
  local out=$1 registry=$2 tag=$3 target name
  : >"$out/digests"
  for target in "${targets[@]}"; do
    for name in "$tag" latest; do
      buildah push --format v2s2 --digestfile "$out/digest" "$target:build" "${ODE_TRANSPORT:-docker://}$registry/$target:$name"
    done
    echo "$target $(cat "$out/digest")" >>"$out/digests"
  done
  rm -f "$out/digest"
  cat "$out/digests"
}

sign() {
  local out=$1 registry=$2 target digest
  while read -r target digest; do
    cosign sign --yes "$registry/$target@$digest"
    cosign attest --yes --type spdxjson --predicate "$out/$target.spdx.json" "$registry/$target@$digest"
  done <"$out/digests"
}

command=${1:-help}
[ $# -gt 0 ] && shift
case $command in
  fetch-ca) fetch_ca ;;
  build) [ $# -ge 1 ] || die "build OUT"; build "$@" ;;
  size) size "${1:?OUT}" ;;
  scan) scan "${1:?OUT}" ;;
  push) [ $# = 3 ] || die "push OUT REGISTRY TAG"; push "$@" ;;
  sign) [ $# = 2 ] || die "sign OUT REGISTRY"; sign "$@" ;;
  *) sed -n '2,10s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; [ "$command" = help ] || exit 2 ;;
esac
