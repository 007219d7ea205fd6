#!/usr/bin/env bash
# build.sh           builds the camera helper on Debian's libcamera with its virtual camera, or finds it built; prints the folder
# build.sh --where   only prints the folder
# build.sh --check SUITE   only compiles the helper against that suite's libcamera (bookworm: 0.0.3; forky: the newest)
# In the folder: picam-camera, a script that runs the helper inside root/. Needs g++ and a mirror that serves trixie; root or unshare -r.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
native=$here/../../../PiCam.Hardware/Native/src
cache=${XDG_CACHE_HOME:-$HOME/.cache}/picam/libcamera
hash() { cat "$@" | sha256sum | cut -c1-16; }
mkdir -p "$cache"

# root SUITE: unpacks libcamera, its headers and all they need; prints where. No maintainer script runs.
root() {
  local suite=$1 key root apt mirror
  key=$(hash "$here/build.sh")
  root=$cache/root-$suite-$key
  if [ ! -e "$root/complete" ]; then
    rm -rf "$root" && mkdir -p "$root"/usr/{bin,sbin,lib,lib64} "$root"/{dev,proc,tmp}
    for folder in bin sbin lib lib64; do ln -sfn "usr/$folder" "$root/$folder"; done
    apt=$root.apt
    mkdir -p "$apt"/{lists/partial,cache/archives/partial}
    : > "$apt/status"
    mirror=${RIG_MIRROR:-$(cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null \
      | awk '/^URIs:|^deb /{ for (i = 2; i <= NF; i++) if (!found && $i ~ /^https?:/) { print $i; found = 1 } }' || true)}
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror:-http://deb.debian.org/debian} $suite main" > "$apt/sources.list"
    local options=(-qq -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
      -o Dir::State::lists="$apt/lists" -o Dir::State::status="$apt/status" -o Dir::Cache="$apt/cache" \
      -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Retries=3 -o Acquire::Check-Valid-Until=false)
    apt-get "${options[@]}" update >&2
    apt-get "${options[@]}" -y --no-install-recommends --download-only install \
      libcamera-dev libturbojpeg0-dev libjpeg62-turbo nlohmann-json3-dev >&2
    for package in "$apt"/cache/archives/*.deb; do
      dpkg-deb --fsys-tarfile "$package" | tar -x -C "$root" --keep-directory-symlink --no-same-owner \
        --exclude=./usr/share/doc --exclude=./usr/share/man --exclude=./usr/share/locale
    done
    rm -rf "$apt"
    touch "$root/complete"
  fi
  echo "$root"
}

flags() { echo "-std=c++17 -O2 -Wall -Wextra -Wno-unused-parameter -I $1/usr/include/libcamera -I $1/usr/include"; }

if [ "${1-}" = --check ]; then
  where=$(root "$2")
  stamp=$cache/checked-$2-$(hash "$native"/*)
  [ -e "$stamp" ] || { for file in "$native"/*.cpp; do g++ $(flags "$where") -Werror -fsyntax-only "$file"; done; touch "$stamp"; }
  exit 0
fi

key=$(hash "$here"/* "$native"/*)
out=$cache/$key
if [ "${1-}" = --where ] || [ -x "$out/picam-camera" ]; then
  echo "$out"
  exit 0
fi

# One build at a time; whoever waited finds it done.
exec 9> "$cache/lock"
flock 9
[ ! -x "$out/picam-camera" ] || { echo "$out"; exit 0; }
base=$(root trixie)
rm -rf "$out.new" && mkdir -p "$out.new"
cp -a "$base" "$out.new/root"
work=$out.new/root
libraries=$work/usr/lib/$(gcc -print-multiarch)
mkdir -p "$work/usr/share/libcamera/pipeline/virtual" "$out.new/obj"
cp "$here/virtual.yaml" "$work/usr/share/libcamera/pipeline/virtual/"
gcc -O2 -shared -fPIC "$here/dmaheap-shim.c" -o "$work/dmaheap-shim.so" -ldl
g++ $(flags "$work") -shared -fPIC "$here/spy.cpp" -o "$work/spy.so" -ldl
ls "$native"/*.cpp | xargs -P "$(nproc)" -I{} sh -c 'g++ '"$(flags "$work")"' -Werror -c {} -o '"$out.new/obj"'/$(basename {}).o'
g++ "$out.new"/obj/*.o -L"$libraries" -lcamera -lcamera-base -lturbojpeg -lpthread \
  -Wl,--allow-shlib-undefined -Wl,-rpath-link,"$libraries" -o "$work/picam-camera"
loader=$(cd "$work" && ls lib*/ld-linux-*.so.* | head -1)
cat > "$out.new/picam-camera" <<RUN
#!/bin/sh
# The helper inside its root, on the virtual camera only. PICAM_SPY=FILE (inside the root) writes down what requests carry.
export LIBCAMERA_PIPELINES_MATCH_LIST=virtual LIBCAMERA_LOG_LEVELS='*:FATAL'
# libcamera 0.4's virtual camera never sets a buffer's status: in memory of a buffer that was cancelled, every request of the
# new one counts as cancelled. Memory that begins as zeros (mallopt(3): the complement) is a status of success.
export MALLOC_PERTURB_=255
as_root=; [ "\$(id -u)" = 0 ] || as_root='unshare -r'
exec \$as_root chroot '$out/root' /$loader --preload "/dmaheap-shim.so\${PICAM_SPY:+:/spy.so}" /picam-camera "\$@"
RUN
chmod +x "$out.new/picam-camera"
rm -rf "$out.new/obj" "$out"
mv "$out.new" "$out"
echo "$out"
