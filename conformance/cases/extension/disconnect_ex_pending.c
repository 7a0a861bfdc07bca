// DisconnectEx with an operation.
//
// rule: overlapped DisconnectEx gives WSA_IO_PENDING and completes.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_disconnectex, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 9296, validated on Windows
// proves: DisconnectEx WSA_IO_PENDING
// expect: DisconnectEx 997
// expect: DisconnectEx completed ok
#include "extension.h"

int main(void)
{
    LPFN_DISCONNECTEX DisconnectEx;
    WSAOVERLAPPED operation;
    SOCKET client, server;
    start();
    DisconnectEx = disconnect_ex();
    tcp_pair(&client, &server);
    fresh(&operation);
    result("DisconnectEx", !DisconnectEx(client, &operation, 0, 0));
    completed("DisconnectEx completed", client, &operation);
    return 0;
}
