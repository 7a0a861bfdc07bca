// A second socket on the same address and port.
//
// rule: with no option on either socket the second bind fails with WSAEADDRINUSE, for TCP and UDP.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-bind, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 12185, validated on Windows
// proves: bind WSAEADDRINUSE
// expect: bind tcp 10048
// expect: bind udp 10048
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    start();
    tcp_listening(&at);
    result("bind tcp", bind(tcp(), (struct sockaddr *)&at, sizeof at) != 0);
    udp_bound(&at);
    result("bind udp", bind(udp(), (struct sockaddr *)&at, sizeof at) != 0);
    return 0;
}
