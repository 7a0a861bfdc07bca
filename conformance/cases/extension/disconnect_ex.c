// What DisconnectEx refuses, and what it leaves.
//
// rule: an unconnected socket 10057, unknown flags 10022; after it connect gives 10056 and send 10058.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_disconnectex, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 9296-9322, validated on Windows
// proves: DisconnectEx WSAENOTCONN
// proves: send WSAESHUTDOWN
// proves: connect WSAEISCONN
// expect: DisconnectEx unconnected 10057
// expect: DisconnectEx ok
// expect: connect 10056
// expect: send 10058
#include "extension.h"

int main(void)
{
    LPFN_DISCONNECTEX DisconnectEx;
    SOCKET client, server;
    struct sockaddr_in at;
    start();
    DisconnectEx = disconnect_ex();
    tcp_listening(&at);
    tcp_pair(&client, &server);
    result("DisconnectEx unconnected", !DisconnectEx(tcp(), NULL, 0, 0));
    result("DisconnectEx", !DisconnectEx(client, NULL, 0, 0));
    result("connect", connect(client, (struct sockaddr *)&at, sizeof at) != 0);
    result("send", send(client, "x", 1, 0) < 0);
    return 0;
}
