// A datagram socket may change its peer, or give it up.
//
// rule: connect on a datagram socket sets a new peer each time; the all-zero address removes it.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-connect, remarks on connectionless sockets
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 13645, validated on Windows
// proves: getpeername send WSAENOTCONN
// expect: connect first ok
// expect: connect second ok
// expect: connect zero ok
// expect: getpeername 10057
// expect: send 10057
#include "case.h"

int main(void)
{
    struct sockaddr_in a, b, none;
    int length = sizeof none;
    SOCKET s;
    char byte[1] = {0};
    start();
    udp_bound(&a);
    udp_bound(&b);
    s = udp();
    memset(&none, 0, sizeof none);
    none.sin_family = AF_INET;
    result("connect first", connect(s, (struct sockaddr *)&a, sizeof a) != 0);
    result("connect second", connect(s, (struct sockaddr *)&b, sizeof b) != 0);
    result("connect zero", connect(s, (struct sockaddr *)&none, sizeof none) != 0);
    result("getpeername", getpeername(s, (struct sockaddr *)&none, &length) != 0);
    result("send", send(s, byte, 1, 0) < 0);
    return 0;
}
