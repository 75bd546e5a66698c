# Role: what the scripts share. Sourced, not run.
# shellcheck shell=bash

repository=${ODE_REPOSITORY:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}

die() { echo "${0##*/}: $*" >&2; exit 1; }

# environment NAME: dies unless it is one of ours.
environment() {
  case $1 in dev | staging | production) ;; *) die "no such environment: $1 (dev, staging, production)" ;; esac
}

images_file() { echo "k8s/overlays/$1/images/kustomization.yaml"; }

# commit_push MESSAGE FILE…: commits these files and pushes; when others pushed meanwhile, takes theirs in and tries again, three times.
commit_push() {
  local message=$1 attempt
  shift
  git -C "$repository" add -- "$@"
  if git -C "$repository" diff --cached --quiet; then
    echo "${0##*/}: nothing changes"
    return 0
  fi
  git -C "$repository" commit -q -m "$message"
  for attempt in 1 2 3; do
    git -C "$repository" push -q origin HEAD:main && return 0
    echo "${0##*/}: others pushed meanwhile ($attempt)" >&2
    git -C "$repository" pull -q --rebase origin main
  done
  die "could not push"
}

# auto_sync ENV on|off: Argo CD follows git, or waits.
auto_sync() {
  local policy
  if [ "$2" = on ]; then policy='{"automated":{"prune":true,"selfHeal":true}}'; else policy='{"automated":null}'; fi
  "${KUBECTL:-kubectl}" -n argocd patch application ode --type merge -p "{\"spec\":{\"syncPolicy\":$policy}}"
  echo "${0##*/}: Argo CD's automatic sync of ode in $1 is $2" >&2
}
