// A datagram to a host where nobody has the port.
//
// rule: an ICMP port unreachable from another host makes the next receive fail with WSAECONNRESET.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recvfrom, return values
// network: lan
// proves: recvfrom WSAECONNRESET
// expect: recvfrom 10054
#include "case.h"

int main(void)
{
    char byte[1];
    struct sockaddr_in at, to;
    DWORD ms = 1500;
    SOCKET s;
    start();
    to = ipv4("198.51.100.1", 9);
    at = ipv4("0.0.0.0", 0);
    s = udp();
    must(bind(s, (struct sockaddr *)&at, sizeof at) == 0, "bind");
    must(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&ms, sizeof ms) == 0, "SO_RCVTIMEO");
    must(sendto(s, "x", 1, 0, (struct sockaddr *)&to, sizeof to) == 1, "sendto");
    result("recvfrom", recvfrom(s, byte, 1, 0, NULL, NULL) < 0);
    return 0;
}
