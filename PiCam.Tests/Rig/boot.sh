#!/usr/bin/env bash
# boot.sh [-s SHARE_DIR] [-t SECONDS] [-l] -- COMMAND...
# Runs a command, or one shell line, as root in the rig's kernel and exits with its status; 124: time is up, 125: the rig failed.
# -s: a folder of the host, without spaces in its path, that the command sees as /share and works in (the present one); -l: the kernel's log too.
set -uo pipefail
here=$(dirname "$(readlink -f "$0")")
share=$PWD seconds=120 log=
while getopts s:t:l option; do
  case $option in
    s) share=$(readlink -f "$OPTARG") ;;
    t) seconds=$OPTARG ;;
    l) log=1 ;;
    *) exit 125 ;;
  esac
done
shift $((OPTIND - 1))
[ "${1-}" != -- ] || shift

kernel=${RIG_KERNEL:-$("$here/build.sh" --where)}
[ -x "$kernel/linux.uml" ] || { echo "boot.sh: there is no $kernel/linux.uml; build.sh makes it." >&2; exit 125; }

control=$(mktemp -d)
tail=
trap '[ -z "$tail" ] || kill "$tail" 2>/dev/null; rm -rf "$control"' EXIT
mkdir "$control/run.d"
: > "$control/out"
{
  echo 'export HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin RIG=1 LANG=C.UTF-8; cd /share'
  if [ $# = 1 ]; then
    printf '%s\n' "$1"
  else
    printf 'exec'
    printf ' %q' "$@"
    echo
  fi
} > "$control/run"

# The machine's memory is a file that must be executable and not on a disk, if that can be had.
memory=${RIG_MEMORY_MB:-1024}
files=/tmp
if [ "$(df --output=avail -m /dev/shm 2>/dev/null | tail -1)" -gt "$memory" ] && ! findmnt -nO noexec /dev/shm > /dev/null; then
  files=/dev/shm
fi

tail -n +1 -f "$control/out" &
tail=$!
# rig_busybox has no dot in it: the kernel hands it to init as a variable. The others init reads from the command line.
TMPDIR=$files timeout --foreground "$seconds" nice -n "${RIG_NICE:-10}" "$kernel/linux.uml" \
  mem="${memory}M" root=/dev/root rootfstype=hostfs rootflags=/ ro init="$here/init.sh" rig_busybox="$kernel/busybox" \
  rig.control="$control" rig.share="$share" loglevel=4 con=null con0=null,fd:1 umid="rig$$" uml_dir="$control/run.d/" \
  vivid.n_devs=1 vivid.node_types=0x1 vivid.num_inputs=1 vivid.input_types=0 \
  v4l2loopback.video_nr=2 v4l2loopback.card_label=FakeCam v4l2loopback.exclusive_caps=1 \
  < /dev/null > "$control/console" 2>&1
status=$?
sleep 0.2
[ -z "$log" ] || cat "$control/console" >&2
[ ! -s "$control/status" ] || exit "$(cat "$control/status")"
echo "boot.sh: the command did not end (kernel's status $status); the console's end:" >&2
tail -n 30 "$control/console" >&2
[ $status != 124 ] || exit 124
exit 125
