#!/bin/sh
# Process 1 of the rig: its / is the host's, read-only, and everything written goes into an overlay in memory.
B=$rig_busybox
$B mount -t proc proc /proc
$B mount -t sysfs sys /sys
option() {
  for argument in $($B cat /proc/cmdline); do
    case $argument in rig.$1=*) echo "${argument#*=}" ;; esac
  done
}
control=$(option control)
share=$(option share)
$B mount -t tmpfs -o mode=755 rw /mnt || { echo 'no tmpfs'; $B poweroff -f; }
root=/mnt/root
$B mkdir /mnt/upper /mnt/work $root
$B mount -t overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work overlay $root
$B mkdir -p $root/rig $root/share
$B mount -t hostfs none $root/rig -o "$control"
$B mount -t hostfs none $root/share -o "$share"
$B mount -t proc proc $root/proc
$B mount -t sysfs sys $root/sys
$B mount -t devtmpfs dev $root/dev
$B mount -t tmpfs run $root/run
$B mkdir -p $root/dev/pts $root/dev/shm
$B mount -t devpts devpts $root/dev/pts
$B mount -t tmpfs -o mode=1777 shm $root/dev/shm
$B ifconfig lo 127.0.0.1 up
$B hostname picam-rig
echo '127.0.0.1 localhost picam-rig' > $root/etc/hosts

# GPIO as on a Raspberry Pi 4; /run/gpio-sim leads to its lines.
if $B mount -t configfs none $root/sys/kernel/config && [ -d $root/sys/kernel/config/gpio-sim ]; then
  chip=$root/sys/kernel/config/gpio-sim/pi
  $B mkdir -p $chip/b0
  echo 54 > $chip/b0/num_lines
  echo pinctrl-bcm2711 > $chip/b0/label
  for line in 17 18 27; do
    $B mkdir $chip/b0/line$line
    echo GPIO$line > $chip/b0/line$line/name
  done
  echo 1 > $chip/live
  $B ln -s "/sys/devices/platform/$($B cat $chip/dev_name)/$($B cat $chip/b0/chip_name)" $root/run/gpio-sim
fi

$B chroot $root /bin/sh /rig/run < /dev/null > $root/rig/out 2>&1
echo $? > $root/rig/status
$B sync
$B poweroff -f
