#!/usr/bin/env bash
# gpiod.sh          fetches both generations of libgpiod, or finds them fetched, and prints the folder that holds them
# gpiod.sh --where  only prints the folder
# In it are the folders 1, 2 and none, for LD_LIBRARY_PATH: each has the libraries of its name, and empty files where the others
# would be, so that a library of the machine's own is not found either.
set -euo pipefail
out=${XDG_CACHE_HOME:-$HOME/.cache}/picam/gpiod
if [ "${1-}" = --where ] || [ -d "$out" ]; then
  echo "$out"
  exit 0
fi

# An apt of its own: no release of Debian has both.
mkdir -p "$(dirname "$out")"
work=$(mktemp -d "$out.XXXXXX")
trap 'rm -rf "$work"' EXIT
mirror=${RIG_MIRROR:-$(cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null \
  | awk '/^URIs:|^deb /{ for (i = 2; i <= NF; i++) if (!found && $i ~ /^https?:/) { print $i; found = 1 } }' || true)}
mkdir -p "$work"/apt/{lists/partial,cache/archives/partial,state}
: > "$work/apt/status"
for release in bookworm trixie; do
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror:-http://deb.debian.org/debian} $release main"
done > "$work/apt/sources.list"
cat > "$work/apt/apt.conf" <<CONF
Dir::State "$work/apt/state"; Dir::State::lists "$work/apt/lists"; Dir::State::status "$work/apt/status"; Dir::Cache "$work/apt/cache";
Dir::Etc::sourcelist "$work/apt/sources.list"; Dir::Etc::sourceparts "/dev/null"; Dir::Etc::preferencesparts "/dev/null";
Acquire::Languages "none"; Acquire::Retries "3"; APT::Sandbox::User "root"; Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
CONF
cd "$work"
APT_CONFIG=$work/apt/apt.conf apt-get -qq update >&2
APT_CONFIG=$work/apt/apt.conf apt-get -qq download libgpiod2 libgpiod3 >&2
for package in *.deb; do
  dpkg-deb -x "$package" packages
done

# Whole or not at all. libgpiod 1 is called libgpiod.so.2, libgpiod 2 libgpiod.so.3.
mkdir -p out/{1,2,none}
: | tee out/{1,2,none}/libgpiod.so.{2,3}
cp -L packages/usr/lib/*/libgpiod.so.2 out/1/
cp -L packages/usr/lib/*/libgpiod.so.3 out/2/
mv -T out "$out"
echo "$out"
