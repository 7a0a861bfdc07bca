// The peer's name needs a peer, then a buffer.
//
// rule: getpeername without a connection fails with WSAENOTCONN, whatever the pointers; with one, a bad buffer gives WSAEFAULT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-getpeername, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 9630, validated on Windows
// proves: getpeername WSAENOTCONN
// proves: getpeername WSAEFAULT
// expect: getpeername unconnected 10057
// expect: getpeername unconnected null 10057
// expect: getpeername listener 10057
// expect: getpeername short 10014
// expect: getpeername null 10014
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    SOCKET client, server;
    int length = sizeof at;
    start();
    result("getpeername unconnected", getpeername(tcp(), (struct sockaddr *)&at, &length) != 0);
    result("getpeername unconnected null", getpeername(tcp(), NULL, NULL) != 0);
    result("getpeername listener", getpeername(tcp_listening(&at), (struct sockaddr *)&at, &length) != 0);
    tcp_pair(&client, &server);
    length = 3;
    result("getpeername short", getpeername(client, (struct sockaddr *)&at, &length) != 0);
    length = sizeof at;
    result("getpeername null", getpeername(client, NULL, &length) != 0);
    return 0;
}
