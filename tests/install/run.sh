#!/usr/bin/env bash
# usage: run.sh BUILD_DIR SOURCE_DIR SANITIZERS: installs the build below itself, moves what was installed, and uses it as
# other programs do: through the CMake package, through pkg-config, and as the program `ode`.
set -euo pipefail
build=$1 source=$2 sanitizers=${3:-}
here=$source/tests/install sample=$source/docs/sample.pdf
work=$build/install-test
tree=$work/moved/far/away  # the search for fonts goes a few levels up: not as far as the build's own
rm -rf "$work"
mkdir -p "$work/moved/far"

fail() { echo "install: $*" >&2; exit 1; }
quietly() { "$@" >"$work/log" 2>&1 || { tail -n 40 "$work/log" >&2; fail "failed: $*"; }; }

quietly cmake --install "$build" --prefix "$work/first"
mv "$work/first" "$tree"  # nothing installed may know where it was installed to
for file in bin/ode lib/libode.a lib/libode.so include/ode.h lib/pkgconfig/ode.pc lib/cmake/ode/odeConfig.cmake; do
  [ -e "$tree/$file" ] || fail "$file is missing"
done

# The library exports the functions of ode.h, all of them and nothing else.
nm -D --defined-only "$tree/lib/libode.so" | awk '{print $3}' | sort >"$work/exported"
grep -oE '^ODE_API .*\bode_[a-z_]+\(' "$tree/include/ode.h" | grep -oE 'ode_[a-z_]+\($' | tr -d '(' | sort >"$work/declared"
[ -s "$work/declared" ] || fail "no function is found in ode.h"
diff "$work/declared" "$work/exported" >&2 || fail "libode.so exports (>) other than what ode.h declares (<)"

flags=${sanitizers:+-fsanitize=$sanitizers}
quietly cmake -S "$here" -B "$work/cmake" -DCMAKE_PREFIX_PATH="$tree" -DCMAKE_C_FLAGS="$flags" -DCMAKE_CXX_FLAGS="$flags"
quietly cmake --build "$work/cmake"
export PKG_CONFIG_PATH=$tree/lib/pkgconfig
# shellcheck disable=SC2046,SC2086  # words, as pkg-config means them
quietly cc $flags -std=c99 -Wall -Wextra -Wpedantic -Werror $(pkg-config --cflags ode) "$here/client.c" -o "$work/client_pkg_config" $(pkg-config --libs ode)
quietly "$work/cmake/client_ode" "$sample"
shown=$(<"$work/log")
# libode.a is part of a program that lies anywhere, which says where the fonts are (ode.h, ode_open_memory).
quietly "$work/cmake/client_ode_static" "$sample" "$tree/share/ode/fonts"
[ "$shown" = "$(<"$work/log")" ] || fail "the static library draws differently: $shown; $(<"$work/log")"
LD_LIBRARY_PATH=$tree/lib quietly "$work/client_pkg_config" "$sample"
[ "$shown" = "$(<"$work/log")" ] || fail "the client of pkg-config draws differently: $shown; $(<"$work/log")"

cd /
quietly "$tree/bin/ode" render "$sample" --pages 1 -o "$work/installed.ppm"
quietly "$build/bin/ode" render "$sample" --pages 1 -o "$work/built.ppm"
cmp "$work/installed.ppm" "$work/built.ppm" || fail "the installed program draws differently"
mv "$tree/share/ode/fonts" "$tree/share/ode/hidden"  # so those were the fonts
if "$tree/bin/ode" render "$sample" --pages 1 -o "$work/without.ppm" 2>"$work/log"; then fail "the installed program takes its fonts from elsewhere"; fi
grep -q font "$work/log" || fail "unclear without fonts: $(<"$work/log")"
echo "install: $shown"
