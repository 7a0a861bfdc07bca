// What ConnectEx refuses.
//
// rule: unbound 10022, listening 10022, no socket 10038, connected 10056, short address 10014, no operation 87.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_connectex, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 8228-8239, validated on Windows
// proves: ConnectEx WSAENOTSOCK
// proves: ConnectEx WSAEINVAL
// proves: ConnectEx WSAEISCONN
// expect: ConnectEx bad socket 10038
// expect: ConnectEx unbound 10022
// expect: ConnectEx listening 10022
// expect: ConnectEx connected 10056
// expect: ConnectEx no operation 87
#include "extension.h"

int main(void)
{
    LPFN_CONNECTEX ConnectEx;
    SOCKET s, client, server;
    struct sockaddr_in at, to;
    struct sockaddr *name = (struct sockaddr *)&to;
    WSAOVERLAPPED operation;
    DWORD count;
    start();
    ConnectEx = connect_ex();
    tcp_listening(&to);
    tcp_pair(&client, &server);
    fresh(&operation);
    result("ConnectEx bad socket", !ConnectEx(0xdeadbeec, name, sizeof to, NULL, 0, &count, &operation));
    result("ConnectEx unbound", !ConnectEx(tcp(), name, sizeof to, NULL, 0, &count, &operation));
    result("ConnectEx listening", !ConnectEx(tcp_listening(&at), name, sizeof to, NULL, 0, &count, &operation));
    result("ConnectEx connected", !ConnectEx(client, name, sizeof to, NULL, 0, &count, &operation));
    s = tcp();
    bind_free(s);
    result("ConnectEx no operation", !ConnectEx(s, name, sizeof to, NULL, 0, &count, NULL));
    return 0;
}
