#!/usr/bin/env bash
# Role: makes the images' root file systems. usage: collect.sh BUILD_DIR OUT_DIR ; BUILD_DIR has bin/, share/ode/fonts and the install rules.
# Each root gets its programs, the libraries they load (all of them, by ldd), what they read, a user, certificates, and for every Debian
# package a file was taken from its record, so that scanners and the SBOM know it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")

# record ROOT FILE: the package that FILE came from.
record() {
  local package
  package=$(dpkg -S "$2" "$(realpath "$2")" 2>/dev/null | head -n 1 | sed 's/: .*//; s/,.*//') || true
  [ -n "$package" ] || return 0
  mkdir -p "$1/var/lib/dpkg/status.d"
  dpkg-query -s "$package" >"$1/var/lib/dpkg/status.d/${package%%:*}"
}

# take ROOT FILE…: copies files to the same place, links followed.
take() {
  local root=$1 file
  shift
  for file in "$@"; do
    mkdir -p "$root$(dirname "$file")"
    cp -L "$file" "$root$file"
    record "$root" "$file"
  done
}

# libraries ROOT PROGRAM: what the loader would load, and the loader.
libraries() {
  local file
  { ldd "$2" | grep -oE '/[^ ]+' || true; } | sort -u | while read -r file; do
    [ -e "$1$file" ] || take "$1" "$file"
  done
}

# frame ROOT: folders, user, names, certificates.
frame() {
  mkdir -p "$1/etc/ssl/certs" "$1/tmp" "$1/var/lib/ode" "$1/run" "$1/usr/bin"
  chmod 1777 "$1/tmp"
  chown 10001:10001 "$1/var/lib/ode"
  printf 'root:x:0:0:root:/:/nonexistent\node:x:10001:10001:ode:/var/lib/ode:/nonexistent\n' >"$1/etc/passwd"
  printf 'root:x:0:\node:x:10001:\n' >"$1/etc/group"
  printf 'hosts: files dns\n' >"$1/etc/nsswitch.conf"
  take "$1" /etc/os-release /etc/debian_version /etc/ssl/certs/ca-certificates.crt
  # Amazon's authorities for RDS are not among the world's: images.sh fetches them beside this file.
  if [ -f "$here/rds.pem" ]; then
    cp "$here/rds.pem" "$1/etc/ssl/certs/rds.pem"
  else
    echo "collect.sh: no $here/rds.pem: these images can not connect to RDS (images.sh fetch-ca gets it)" >&2
  fi
  # glibc loads these by itself, so ldd does not name them.
  take "$1" /lib/x86_64-linux-gnu/libnss_dns.so.2 /lib/x86_64-linux-gnu/libnss_files.so.2 /lib/x86_64-linux-gnu/libresolv.so.2
}

# program ROOT SOURCE TARGET: stripped, with its libraries.
program() {
  mkdir -p "$(dirname "$1$3")"
  strip --strip-unneeded -o "$1$3" "$2"
  chmod 755 "$1$3"
  libraries "$1" "$2"
}

# `ode` is linked statically, so that its sandbox opens no files: these packages are in it, though no file of theirs is copied.
static_packages=(libpoppler-private-dev libfreetype-dev liblcms2-dev libopenjp2-7-dev libjpeg62-turbo-dev libwebp-dev libdeflate-dev libbrotli-dev libre2-dev zlib1g-dev libpng-dev)

# engine ROOT: `ode` and what it reads.
engine() {
  local package
  program "$1" "$build/bin/ode" /usr/bin/ode
  mkdir -p "$1/var/lib/dpkg/status.d"
  for package in "${static_packages[@]}"; do
    dpkg-query -s "$package" >"$1/var/lib/dpkg/status.d/$package"
  done
  mkdir -p "$1/usr/share/ode" "$1/usr/share/poppler"
  cp -rL "$build/share/ode/fonts" "$1/usr/share/ode/fonts"
  cp -rL /usr/share/poppler/cMap /usr/share/poppler/cidToUnicode /usr/share/poppler/nameToUnicode "$1/usr/share/poppler/"
  record "$1" /usr/share/poppler/cidToUnicode/Adobe-Japan1
}

probe() {
  gcc -O2 -Wall -Wextra -Werror -static -o "$1/usr/bin/probe" "$here/probe.c"
  strip "$1/usr/bin/probe"
}

rm -rf "$out/server" "$out/core" "$out/pgbouncer"
if [ -x "$build/bin/ode-server" ]; then
  frame "$out/server"
  engine "$out/server"
  program "$out/server" "$build/bin/ode-server" /usr/bin/ode-server
  probe "$out/server"
else
  echo "collect.sh: $build/bin/ode-server is not built" >&2
  exit 1
fi

frame "$out/core"
engine "$out/core"
DESTDIR="$out/core" cmake --install "$build" --prefix /usr >/dev/null
rm -f "$out/core"/usr/lib/*/libode.a "$out/core"/usr/lib/libode.a
strip --strip-unneeded "$out/core/usr/bin/ode"
find "$out/core" -name 'libode.so.*.*' -type f | while read -r file; do libraries "$out/core" "$file"; done
if [ -f "$build/../../dist/manifest.json" ]; then
  mkdir -p "$out/core/usr/share/ode/wasm"
  cp -r "$build/../../dist/." "$out/core/usr/share/ode/wasm/"
fi

if [ -x /usr/sbin/pgbouncer ]; then
  frame "$out/pgbouncer"
  program "$out/pgbouncer" /usr/sbin/pgbouncer /usr/sbin/pgbouncer
  record "$out/pgbouncer" /usr/sbin/pgbouncer
  probe "$out/pgbouncer"
else
  echo "collect.sh: pgbouncer is not installed" >&2
  exit 1
fi
find "$out" -perm /6000 -type f -exec chmod a-s {} +
du -sh "$out"/*
