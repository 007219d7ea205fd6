#!/usr/bin/env bash
# build.sh          builds the rig's kernel, or finds it built, and prints the folder that holds it
# build.sh --where  only prints the folder
# The folder lies in ${XDG_CACHE_HOME:-~/.cache}/picam/rig and is named after what it was built from, so clones share it.
# Needs Debian 12 or newer, a mirror that serves trixie, and: bc bison flex gcc libc6-dev make xz-utils.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
cache=${XDG_CACHE_HOME:-$HOME/.cache}/picam/rig
key=$(cat "$here/kernel.config" "$here"/drivers/*.c "$here/build.sh" | sha256sum | cut -c1-16)
out=$cache/$key
if [ "${1-}" = --where ] || [ -x "$out/linux.uml" ]; then
  echo "$out"
  exit 0
fi

# One build at a time; whoever waited finds it done.
mkdir -p "$cache"
exec 9> "$cache/lock"
flock 9
[ ! -x "$out/linux.uml" ] || { echo "$out"; exit 0; }
started=$SECONDS
work=$(mktemp -d "$cache/build.XXXXXX")
trap 'rm -rf "$work"' EXIT

# An apt of its own: the source comes from trixie whatever the machine runs, and its own package lists stay as they are.
mirror=${RIG_MIRROR:-$(cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null \
  | awk '/^URIs:|^deb /{ for (i = 2; i <= NF; i++) if (!found && $i ~ /^https?:/) { print $i; found = 1 } }' || true)}
apt=$work/apt
mkdir -p "$apt"/{lists/partial,cache/archives/partial,state}
: > "$apt/status"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror:-http://deb.debian.org/debian} trixie main" > "$apt/sources.list"
cat > "$apt/apt.conf" <<CONF
Dir::State "$apt/state"; Dir::State::lists "$apt/lists"; Dir::State::status "$apt/status"; Dir::Cache "$apt/cache";
Dir::Etc::sourcelist "$apt/sources.list"; Dir::Etc::sourceparts "/dev/null"; Dir::Etc::preferencesparts "/dev/null";
Acquire::Languages "none"; Acquire::Retries "3"; APT::Sandbox::User "root"; Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
CONF
cd "$work"
APT_CONFIG=$apt/apt.conf apt-get -qq update >&2
APT_CONFIG=$apt/apt.conf apt-get -qq download linux-source-6.12 v4l2loopback-dkms busybox-static >&2
for package in *.deb; do
  dpkg-deb -x "$package" packages
done

# Without what is large and never compiled here.
tar xf packages/usr/src/linux-source-6.12.tar.xz --wildcards --exclude='*/drivers/gpu/*.[chS]' \
  --exclude='*/drivers/net/ethernet/*.[ch]' --exclude='*/drivers/net/wireless/*.[ch]' --exclude='*/sound/*.[ch]' \
  --exclude='*/tools/testing' --exclude='*/Documentation/*.rst' --exclude='*/Documentation/devicetree' --exclude='*.dts*'
cd linux-source-6.12
mkdir -p drivers/misc/rig drivers/misc/v4l2loopback
cp "$here"/drivers/*.c drivers/misc/rig/
cp ../packages/usr/src/v4l2loopback-*/*.[ch] drivers/misc/v4l2loopback/
echo 'obj-y := pwm-fake.o i2c-fake.o' > drivers/misc/rig/Makefile
echo 'obj-y := v4l2loopback.o' > drivers/misc/v4l2loopback/Makefile
echo 'obj-y += rig/ v4l2loopback/' >> drivers/misc/Makefile

# Processors with AMX have more registers than this kernel keeps room for, and the host takes them back only as a whole. Those beyond are never in
# use here (a program must ask for AMX first), so room for them is needed only on the way.
sed -i -e 's/^#include <errno.h>/&\n#include <string.h>/' -e 's/^static int have_xstate_support;/&\nstatic char all_registers[65536];/' \
  -e '/^int save_fp_registers/,/^}/ {
    s/iov_base = fp_regs/iov_base = all_registers/; s/iov_len = .*;/iov_len = sizeof(all_registers);/
    s/return 0;/memcpy(fp_regs, all_registers, FP_SIZE * sizeof(unsigned long)); &/ }' \
  -e '/^int restore_fp_registers/,/^}/ {
    s/iov_base = fp_regs/iov_base = memcpy(all_registers, fp_regs, FP_SIZE * sizeof(unsigned long))/; s/iov_len = .*;/iov_len = sizeof(all_registers);/ }' \
  arch/x86/um/os-Linux/registers.c
[ "$(grep -c 'all_registers[,);[]' arch/x86/um/os-Linux/registers.c)" = 6 ] || { echo "build.sh: registers.c is not as it was" >&2; exit 1; }
KCONFIG_ALLCONFIG=$here/kernel.config make -s ARCH=um allnoconfig >&2
for option in $(grep -oE '^CONFIG_[A-Z0-9_]+=y' "$here/kernel.config"); do
  grep -q "^$option" .config || echo "build.sh: this kernel ignores $option" >&2
done
nice -n "${RIG_NICE:-10}" make -s ARCH=um -j"$(nproc)" KCFLAGS=-w linux >&2

# Whole or not at all.
mkdir "$work/out"
strip -o "$work/out/linux.uml" linux
cp ../packages/usr/bin/busybox "$work/out/busybox" 2>/dev/null || cp ../packages/bin/busybox "$work/out/busybox"
rm -rf "$out"
mv "$work/out" "$out"
echo "build.sh: built in $((SECONDS - started)) s" >&2
echo "$out"
