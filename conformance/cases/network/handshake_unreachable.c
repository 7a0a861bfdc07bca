// A router says unreachable while the call is under way.
//
// rule: an ICMP unreachable during the handshake is a hint, not an end: the call runs into its time-out, WSAETIMEDOUT.
// source: RFC 1122, 4.2.3.9; the documentation of connect lists WSAETIMEDOUT for a call nobody answers
// network: lan
// timeout: 90
// proves: connect WSAETIMEDOUT
// expect: connect 10060
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    start();
    at = ipv4("203.0.113.65", 9);
    result("connect", connect(tcp(), (struct sockaddr *)&at, sizeof at) != 0);
    return 0;
}
