// DisconnectEx with an OVERLAPPED that is not memory of the program.
//
// rule: an invalid pointer gives WSAEFAULT.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_disconnectex, return values
// proves: DisconnectEx WSAEFAULT
// expect: DisconnectEx 10014
#include "extension.h"

int main(void)
{
    LPFN_DISCONNECTEX DisconnectEx;
    SOCKET client, server;
    start();
    DisconnectEx = disconnect_ex();
    tcp_pair(&client, &server);
    result("DisconnectEx", !DisconnectEx(client, (OVERLAPPED *)(UINT_PTR)64, 0, 0));
    return 0;
}
