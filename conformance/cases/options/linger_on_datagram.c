// SO_LINGER is for streams.
//
// rule: SO_LINGER and SO_DONTLINGER on a datagram socket fail with WSAENOPROTOOPT.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 4922, validated on Windows
// proves: setsockopt getsockopt WSAENOPROTOOPT
// expect: setsockopt 10042
// expect: getsockopt 10042
#include "case.h"

int main(void)
{
    SOCKET s;
    struct linger linger = {1, 1};
    int length = sizeof linger;
    start();
    s = udp();
    result("setsockopt", setsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&linger, sizeof linger) != 0);
    result("getsockopt", getsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&linger, &length) != 0);
    return 0;
}
