#!/usr/bin/env bash
# The Nu HTML checker and html-validate over the golden cases, converted: they must find nothing.
# Role: the test html_check. `run.sh BUILD_DIR`. Without node (18 or later), npm and java it is skipped (77);
# `./dev test` installs them. The packages of package-lock.json go to ${ODE_CACHE:-~/.cache/ode}/npm-KEY, once.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(cd "$1" && pwd)

for program in node npm java; do
  command -v $program >/dev/null || { echo "html_check: skipped, there is no $program; ./dev test installs it"; exit 77; }
done
node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' || { echo "html_check: skipped, node is older than 18"; exit 77; }

cache=${ODE_CACHE:-$HOME/.cache/ode}
packages=$cache/npm-$(sha256sum "$here/package-lock.json" | cut -c 1-16)
if [ ! -d "$packages" ]; then
  mkdir -p "$cache"
  making=$(mktemp -d "$cache/npm-making.XXXXXX")
  trap 'rm -rf "$making"' EXIT
  cp "$here/package.json" "$here/package-lock.json" "$making"
  (cd "$making" && npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1) || { tail -n 5 "$making/npm.log" >&2; exit 1; }
  mv -T "$making" "$packages" 2>/dev/null || [ -d "$packages" ]  # another test may have been faster
fi

# What the checkers warn of that is the document's: glyphs that stand for no character have private codes, text may
# begin with a combining mark, structure trees have headings at any level and sections without, and its language is
# what it says it is, or unknown: the checker guesses from style sheets, too.
documents='.*(Private Use Area|starts with a composing character|top-level heading only|lacks heading|appears to be written in).*'
vnu() {
  java -Xss8m -jar "$packages/node_modules/vnu-jar/build/dist/vnu.jar" --format text --filterpattern "$documents" "$@"
}
validate() { node "$packages/node_modules/html-validate/bin/html-validate.mjs" -c "$here/html-validate.json" -f text "$@"; }

work=$build/html_check
rm -rf "$work"
mkdir -p "$work"
"$build/tests/html_golden_tests" --write-pdf "$work" >"$work/log"
for pdf in "$work"/*.pdf; do "$build/bin/ode" convert "$pdf" -o "${pdf%.pdf}.html" >"$work/log" 2>&1; done
"$build/bin/ode" convert "$work/links_within_the_document_lead_to_places.pdf" --split -o "$work/split" >"$work/log" 2>&1

# A checker that finds nothing anywhere is none.
echo '<!DOCTYPE html><title>x</title><p><style>p{}</style><div align=left>' >"$work/bad.htm"
if vnu "$work/bad.htm" 2>/dev/null; then echo "html_check: vnu does not see what is wrong" >&2; exit 1; fi
if validate "$work/bad.htm" >/dev/null; then echo "html_check: html-validate does not see what is wrong" >&2; exit 1; fi

failed=0
vnu "$work"/*.html "$work"/split/*.html || failed=1
validate "$work"/*.html "$work"/split/*.html || failed=1
exit $failed
