#!/usr/bin/env bash
# Installs the Debian packages of a folder over a copy of this machine that is thrown away, uses what they bring, and removes them again. Needs namespaces of its own: unshare --mount --net --pid --fork.
#   installed.sh PACKAGES SCRATCH
# Each thing that was tried is a line of standard output. What stays behind ends it with a failure.
set -euo pipefail

inside() {
    export HOME=/tmp/home PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
    export ALTSENDME_Listen__Addresses__0=127.0.0.1 ALTSENDME_Relays__Mode=disabled ALTSENDME_Discovery__Mode=off
    mkdir -m 700 "$HOME" /tmp/run
    cd "$HOME"
    ip link set lo up
    # Containers leave manual pages out.
    rm -f /etc/dpkg/dpkg.cfg.d/*

    # .NET may be here without dpkg knowing of it.
    for name in dotnet-runtime-10.0 aspnetcore-runtime-10.0; do
        dpkg -s "$name" >/dev/null 2>&1 && continue
        mkdir -p "/tmp/$name/DEBIAN"
        printf 'Package: %s\nVersion: 10\nArchitecture: all\nMaintainer: nobody <nobody@example.org>\nDescription: stands for what is here already\n' "$name" >"/tmp/$name/DEBIAN/control"
        dpkg-deb --build "/tmp/$name" /tmp >/dev/null
        dpkg -i "/tmp/${name}_10_all.deb" >/dev/null
    done
    dpkg -i /mnt/altsendme_*.deb /mnt/altsendme-relay_*.deb >/tmp/dpkg.log 2>&1 || { cat /tmp/dpkg.log; exit 1; }
    [ -z "$(dpkg --verify altsendme altsendme-relay)" ]
    echo "installed"

    altsendme version | grep -q '^altsendme '
    altsendme config list >/dev/null
    altsendme plugins list >plugins
    not grep -q 'belongs to the plugin' plugins
    altsendme plugins verify --load >/dev/null
    echo "the program and its plugins"

    head -c 3000000 /dev/urandom >content
    altsendme send content --verbose >ticket 2>send.log &
    wait_for ticket
    # On a terminal, where bars move.
    script -qec "altsendme receive $(cat ticket) -o in -y" /dev/null >receive.log
    wait $!
    cmp content in/content
    grep -q '100%' receive.log
    grep -q 'Debug' send.log
    echo "a transfer"

    if "$DOTNET_ROOT/dotnet" --list-runtimes | grep -q AspNetCore; then
        export XDG_RUNTIME_DIR=/tmp/run
        altsendme send --background content >ticket2 2>/dev/null
        altsendme receive "$(cat ticket2)" -o in2 --yes --no-progress >/dev/null 2>&1
        altsendme service stop >/dev/null
        cmp content in2/content
        { /usr/lib/altsendme/altsendme-service --nonsense 2>&1 || true; } | grep -q "is not known"
        altsendme relay serve --help >/dev/null
        altsendme-relay --help | grep -q '^altsendme-relay:'
        echo "the service and the relay"
    fi

    if command -v man >/dev/null; then
        man -P cat altsendme | grep -q 'EXIT STATUS'
        man -P cat 8 altsendme-relay | grep -q 'relay.json'
        echo "manual pages"
    fi

    bash -c '. /usr/share/bash-completion/completions/altsendme
        try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _altsendme 2>/dev/null; echo "${COMPREPLY[*]}"; }
        [ "$(try altsendme rec)" = "receive receives" ]
        [ "$(try altsendme shares st)" = stop ]
        [ "$(try altsendme send --ticket-type a)" = "auto addresses" ]
        [ "$(try altsendme send --verbose cont)" = content ]'
    echo "completions of bash"
    if command -v fish >/dev/null; then
        [ "$(fish -c 'complete -C "altsendme shares st"' | cut -f1)" = stop ]
        [ "$(fish -c 'complete -C "altsendme send --ticket-type f"' | cut -f1)" = full ]
        echo "completions of fish"
    fi
    if command -v zsh >/dev/null; then
        # shellcheck disable=SC2016
        [ "$(zsh -fc 'autoload -Uz compinit; compinit -u -d /tmp/zcompdump; autoload +X _altsendme; print $_comps[altsendme]')" = _altsendme ]
        echo "completions of zsh"
    fi

    if command -v desktop-file-validate >/dev/null; then
        desktop-file-validate /usr/share/applications/org.altsendme.AltSendme.desktop
        echo "the desktop entry"
    fi
    if command -v update-mime-database >/dev/null; then
        grep -q '^application/x-altsendme-ticket:\*.altsendme$' /usr/share/mime/globs
        echo "the type of tickets"
    fi
    if command -v systemd-analyze >/dev/null; then
        systemd-analyze verify --user --man=no /usr/lib/systemd/user/altsendme*.service /usr/lib/systemd/user/altsendme.socket >units 2>&1 || true
        not grep -i altsendme units
        echo "the units"
    fi
    # Whatever starts the service must name a program that is there.
    sed -n 's/^Exec=\([^ ]*\).*/\1/p' /usr/share/dbus-1/services/*altsendme*.service | while read -r program; do [ -x "$program" ]; done
    echo "the session bus"

    dpkg -r altsendme altsendme-relay >/tmp/dpkg.log 2>&1 || { cat /tmp/dpkg.log; exit 1; }
    dpkg -l 'altsendme*' >packages 2>/dev/null || true
    not grep -q '^rc' packages
    echo "removed"
}

# A failure of what should fail; the shell's own '!' ends no script.
not() {
    if "$@"; then
        return 1
    fi
}

wait_for() {
    for _ in $(seq 600); do
        [ -s "$1" ] && return
        sleep 0.1
    done
    return 1
}

if [ "${1-}" = --inside ]; then
    set -E
    trap 'echo "failed in line $LINENO: $BASH_COMMAND" >&2; tail -n 20 /tmp/home/*.log >&2 || true' ERR
    inside
    exit
fi

packages=$1 scratch=$2 root=$2/root
mount -t tmpfs -o mode=755 tmpfs "$scratch"
mkdir "$scratch/upper" "$scratch/work" "$root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$scratch/upper,workdir=$scratch/work" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/tmp"
mount -t tmpfs tmpfs "$root/run"
mount -t tmpfs tmpfs "$root/mnt"
cp "$packages"/*.deb "$0" "$root/mnt/"
if [ ! -x "$root$DOTNET_ROOT/dotnet" ]; then
    mkdir -p "$root$DOTNET_ROOT"
    mount --bind "$DOTNET_ROOT" "$root$DOTNET_ROOT"
fi
chroot "$root" /bin/bash "/mnt/$(basename "$0")" --inside
# What was written over the machine is in a folder of its own: after the removal nothing there may know of us, but for the diaries of dpkg and man.
rm -rf "$scratch/upper/var/log" "$scratch/upper/var/cache/man"
left=$(grep -rlis altsendme "$scratch/upper" --exclude='*-old' || true; find "$scratch/upper" -iname '*altsendme*')
[ -z "$left" ] || { echo "left behind: $left" >&2; exit 1; }
echo "nothing is left"
