#!/bin/sh
# usage: lan.sh NAMESPACE up|down
#
# NAMESPACE is a host, 192.0.2.10/24, without a default route. Its router 192.0.2.1 lives in NAMESPACE-router.
#
#   198.18.0.0/15      no route on the host: no packet leaves
#   198.19.255.0/24    marked unreachable on the host
#   203.0.113.0/26     the router has no route: it answers ICMP net unreachable
#   203.0.113.64/26    the router answers ICMP host unreachable
#   203.0.113.128/26   the router drops without a word
#   203.0.113.192/26   one hop further; a datagram with TTL 1 expires at the router
#   198.51.100.1       an address of the router; nobody listens there
#   198.51.100.2       reset by the router's filter: every TCP segment is answered with RST
set -e
ns=$1
router=$1-router
case $2 in
up)
    ip netns add "$ns"
    ip netns add "$router"
    ip -n "$ns" link set lo up
    ip -n "$router" link set lo up
    ip -n "$ns" link add out type veth peer name in netns "$router"
    ip -n "$ns" addr add 192.0.2.10/24 dev out
    ip -n "$router" addr add 192.0.2.1/24 dev in
    ip -n "$router" addr add 198.51.100.1/24 dev lo
    ip -n "$ns" link set out up
    ip -n "$router" link set in up
    ip -n "$ns" route add 198.51.100.0/24 via 192.0.2.1
    ip -n "$ns" route add 203.0.113.0/24 via 192.0.2.1
    # Broadcasts need a way out; there is no default route.
    ip -n "$ns" route add 255.255.255.255 dev out
    ip -n "$ns" route add unreachable 198.19.255.0/24
    ip -n "$router" route add unreachable 203.0.113.64/26
    ip -n "$router" route add blackhole 203.0.113.128/26
    ip -n "$router" route add 203.0.113.192/26 via 192.0.2.99
    ip netns exec "$router" sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward
        echo 0 >/proc/sys/net/ipv4/icmp_ratelimit'
    # Two tries, about three seconds, instead of two minutes before a connect is given up.
    ip netns exec "$ns" sh -c 'echo 1 >/proc/sys/net/ipv4/tcp_syn_retries'
    ;;
down)
    ip netns del "$router"
    ;;
esac
