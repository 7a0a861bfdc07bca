#!/bin/sh
# usage: dns.sh NAMESPACE up|down
# Loopback with a name server of our own (the runner's `dns-responder`), which the namespace's resolv.conf names.
set -e
ns=$1
case $2 in
up)
    ip netns add "$ns"
    ip -n "$ns" link set lo up
    mkdir -p "/etc/netns/$ns"
    echo 'nameserver 127.0.0.1
options timeout:1 attempts:1' >"/etc/netns/$ns/resolv.conf"
    echo 'hosts: files dns' >"/etc/netns/$ns/nsswitch.conf"
    ip netns exec "$ns" "$CONFORMANCE_RUNNER" dns-responder >/dev/null 2>&1 </dev/null &
    echo $! >"/run/$ns-responder.pid"
    sleep 0.2
    ;;
down)
    kill "$(cat "/run/$ns-responder.pid")" 2>/dev/null || true
    rm -f "/run/$ns-responder.pid"
    rm -r "/etc/netns/$ns"
    ;;
esac
