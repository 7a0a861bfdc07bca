#!/bin/sh
# usage: one-port.sh NAMESPACE up|down
# Loopback with a single local port to give out: the second connection finds none.
set -e
ns=$1
case $2 in
up)
    ip netns add "$ns"
    ip -n "$ns" link set lo up
    ip netns exec "$ns" sh -c 'echo 40000 40000 >/proc/sys/net/ipv4/ip_local_port_range'
    ;;
down) ;;
esac
