// A socket is bound once.
//
// rule: bind on a bound socket fails with WSAEINVAL.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-bind, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 12174, validated on Windows
// proves: bind WSAEINVAL
// expect: bind 10022
// expect: bind connected 10022
#include "case.h"

int main(void)
{
    SOCKET s, client, server;
    struct sockaddr_in at = ipv4("127.0.0.1", 0);
    start();
    s = tcp();
    bind_free(s);
    result("bind", bind(s, (struct sockaddr *)&at, sizeof at) != 0);
    tcp_pair(&client, &server);
    result("bind connected", bind(client, (struct sockaddr *)&at, sizeof at) != 0);
    return 0;
}
