#!/bin/sh
# usage: changing.sh NAMESPACE up|down
# A host, 192.0.2.10/24, with a way to 203.0.113.0/24, which changes when the case says so: the runner's `network-changer`
# listens on 127.0.0.1:7777 for what to do and answers when it is done (`include/changing.h`).
set -e
ns=$1
case $2 in
up)
    ip netns add "$ns"
    # No addresses that come by themselves: they would be changes too.
    ip netns exec "$ns" sh -c 'echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6'
    ip -n "$ns" link set lo up
    ip -n "$ns" link add out type veth peer name other
    ip -n "$ns" link set out up
    ip -n "$ns" link set other up
    ip -n "$ns" addr add 192.0.2.10/24 dev out
    ip -n "$ns" route add 203.0.113.0/24 via 192.0.2.1
    ip netns exec "$ns" "$CONFORMANCE_RUNNER" network-changer >/dev/null 2>&1 </dev/null &
    echo $! >"/run/$ns-changer.pid"
    sleep 0.2
    ;;
down)
    kill "$(cat "/run/$ns-changer.pid")" 2>/dev/null || true
    rm -f "/run/$ns-changer.pid"
    ;;
esac
