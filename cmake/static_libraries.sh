#!/usr/bin/env bash
# usage: static_libraries.sh: builds as static libraries what the program `ode` needs and Debian has as shared ones only:
# poppler, without what the engine does not use (NSS, TIFF, PNG, cURL), and lcms2. The sources are those of the installed
# Debian packages, patches included. Prints the folder with lib/*.a, which is kept outside the tree, in
# ${ODE_CACHE:-~/.cache/ode}, under a key of the packages' versions, the compiler and this file.
set -euo pipefail
self=$(realpath "${BASH_SOURCE[0]}")
version() { dpkg-query -W -f '${source:Version}' "$1"; }
poppler=$(version libpoppler-dev) lcms=$(version liblcms2-dev)
key=$({ echo "$poppler $lcms"; "${CXX:-c++}" --version; cat "$self"; } | sha256sum | cut -c1-16)
folder=${ODE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/ode}/static-$key
[ -f "$folder/lib/liblcms2.a" ] && { echo "$folder"; exit 0; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
exec 3>&1 >&2

# Source packages are read with lists of our own, so neither root nor the machine's settings are needed.
mkdir -p lists/partial cache/archives/partial
cat /etc/apt/sources.list.d/*.sources 2>/dev/null | sed 's/^Types:.*/Types: deb-src/' >all.sources || true
cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | sed -n 's/^deb /deb-src /p' >all.list || true
mkdir parts && mv all.sources all.list parts/
cat >apt.conf <<EOF
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$work/parts";
Dir::State::lists "$work/lists";
Dir::Cache "$work/cache";
EOF
export APT_CONFIG=$work/apt.conf
apt-get -q update || true  # other archives of this machine may have no sources
apt-get -q source "poppler=$poppler" "lcms2=$lcms"

launcher=()
command -v ccache >/dev/null && launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache) && export CCACHE_BASEDIR=$work CCACHE_NOHASHDIR=1
flags="-O2 -g0 -ffunction-sections -fdata-sections -ffp-contract=off"
cmake -S poppler-*/ -B poppler -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_FLAGS="$flags" -DCMAKE_CXX_FLAGS="$flags" "${launcher[@]}" \
  -DCMAKE_POSITION_INDEPENDENT_CODE=ON -DBUILD_SHARED_LIBS=OFF -DENABLE_UNSTABLE_API_ABI_HEADERS=ON -DFONT_CONFIGURATION=fontconfig \
  -DENABLE_CPP=ON -DENABLE_CMS=lcms2 -DENABLE_LIBOPENJPEG=openjpeg2 -DENABLE_BOOST=OFF -DENABLE_UTILS=OFF -DENABLE_GLIB=OFF \
  -DENABLE_QT5=OFF -DENABLE_QT6=OFF -DENABLE_LIBCURL=OFF -DWITH_NSS3=OFF -DWITH_PNG=OFF -DWITH_TIFF=OFF -DWITH_Cairo=OFF \
  -DBUILD_GTK_TESTS=OFF -DBUILD_QT5_TESTS=OFF -DBUILD_QT6_TESTS=OFF -DBUILD_CPP_TESTS=OFF -DBUILD_MANUAL_TESTS=OFF
ninja -C poppler poppler poppler-cpp

cat >lcms.ninja <<EOF
rule cc
  command = ${CC:-cc} $flags -fPIC -I $(echo lcms2-*/include) -c \$in -o \$out
rule ar
  command = rm -f \$out && ar rcs \$out \$in
EOF
objects=()
for source in lcms2-*/src/*.c; do
  object=lcms/$(basename "$source" .c).o
  echo "build $object: cc $source" >>lcms.ninja
  objects+=("$object")
done
echo "build liblcms2.a: ar ${objects[*]}" >>lcms.ninja
ninja -f lcms.ninja

# Moved into place whole, so that a build that was interrupted or ran twice leaves nothing half done.
mkdir -p staged/lib "$(dirname "$folder")"
mv poppler/libpoppler.a poppler/cpp/libpoppler-cpp.a liblcms2.a staged/lib/
cp poppler-*/COPYING staged/COPYING.poppler
cp lcms2-*/COPYING staged/COPYING.lcms2
rm -rf "$folder.new.$$" && mv staged "$folder.new.$$"
mv -T "$folder.new.$$" "$folder" 2>/dev/null || { [ -f "$folder/lib/liblcms2.a" ] && rm -rf "$folder.new.$$"; }
echo "$folder" >&3
