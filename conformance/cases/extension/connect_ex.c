// ConnectEx is under way, or ends in a refusal.
//
// rule: ConnectEx gives WSA_IO_PENDING; the operation then completes, with WSAECONNREFUSED where nobody listens.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_connectex, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 8375, validated on Windows
// proves: ConnectEx WSA_IO_PENDING
// proves: ConnectEx WSAECONNREFUSED
// expect: ConnectEx 997
// expect: ConnectEx completed ok
// expect: ConnectEx refused completed 10061
#include "extension.h"

int main(void)
{
    LPFN_CONNECTEX ConnectEx;
    SOCKET s;
    struct sockaddr_in at, closed;
    WSAOVERLAPPED operation;
    DWORD count;
    start();
    ConnectEx = connect_ex();
    tcp_listening(&at);
    closed = unused_port();
    s = tcp();
    bind_free(s);
    fresh(&operation);
    result("ConnectEx", !ConnectEx(s, (struct sockaddr *)&at, sizeof at, NULL, 0, &count, &operation));
    completed("ConnectEx completed", s, &operation);
    s = tcp();
    bind_free(s);
    fresh(&operation);
    ConnectEx(s, (struct sockaddr *)&closed, sizeof closed, NULL, 0, &count, &operation);
    completed("ConnectEx refused completed", s, &operation);
    return 0;
}
