// An address that is NULL, or shorter than its family needs.
//
// rule: bind with NULL or a short length fails with WSAEFAULT; the socket stays unbound.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-bind, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 12131-12159, validated on Windows
// proves: bind WSAEFAULT
// expect: bind null 10014
// expect: bind short 10014
// expect: bind one byte less 10014
// expect: bind ipv6 short 10014
// expect: getsockname 10022
#include "case.h"

int main(void)
{
    SOCKET s, six;
    struct sockaddr_in at = ipv4("127.0.0.1", 0);
    struct sockaddr_in6 at6;
    int length = sizeof at;
    start();
    s = tcp();
    memset(&at6, 0, sizeof at6);
    at6.sin6_family = AF_INET6;
    six = socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP);
    must(six != INVALID_SOCKET, "socket AF_INET6");
    result("bind null", bind(s, NULL, sizeof at) != 0);
    result("bind short", bind(s, (struct sockaddr *)&at, 1) != 0);
    result("bind one byte less", bind(s, (struct sockaddr *)&at, sizeof at - 1) != 0);
    result("bind ipv6 short", bind(six, (struct sockaddr *)&at6, sizeof at) != 0);
    result("getsockname", getsockname(s, (struct sockaddr *)&at, &length) != 0);
    return 0;
}
