#!/bin/sh
# usage: vanishing.sh NAMESPACE up|down
# Loopback whose addresses can vanish: a datagram to port 7777 of an address makes the filter drop all TCP to it and from
# it from then on, without a word. Unacknowledged data is given up after a few tries.
set -e
ns=$1
case $2 in
up)
    ip netns add "$ns"
    ip -n "$ns" link set lo up
    ip netns exec "$ns" sh -c 'echo 3 >/proc/sys/net/ipv4/tcp_retries2
        echo 4 >/proc/sys/net/ipv4/tcp_keepalive_probes'
    ip netns exec "$ns" nft -f - <<'RULES'
table ip vanishing {
    set gone {
        type ipv4_addr
        flags dynamic
        size 64
    }
    chain input {
        type filter hook input priority 0; policy accept;
        udp dport 7777 add @gone { ip daddr }
        meta l4proto tcp ip daddr @gone drop
        meta l4proto tcp ip saddr @gone drop
    }
}
RULES
    ;;
down) ;;
esac
