// An address of a family that does not exist.
//
// rule: bind with an unknown family fails with WSAEAFNOSUPPORT.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 12154, validated on Windows
// expect: bind 10047
#include "case.h"

int main(void)
{
    SOCKET s;
    struct sockaddr_in at = ipv4("127.0.0.1", 0);
    start();
    s = tcp();
    at.sin_family = 0xdead;
    result("bind", bind(s, (struct sockaddr *)&at, sizeof at) != 0);
    return 0;
}
