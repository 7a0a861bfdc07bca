// Flags that DisconnectEx does not know.
//
// rule: flags other than TF_REUSE_SOCKET, or a reserved word that is not 0, give WSAEINVAL.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_disconnectex, return values
// proves: DisconnectEx WSAEINVAL
// expect: DisconnectEx flags 10022
// expect: DisconnectEx reserved 10022
#include "extension.h"

int main(void)
{
    LPFN_DISCONNECTEX DisconnectEx;
    SOCKET client, server;
    start();
    DisconnectEx = disconnect_ex();
    tcp_pair(&client, &server);
    result("DisconnectEx flags", !DisconnectEx(client, NULL, 0x4000, 0));
    result("DisconnectEx reserved", !DisconnectEx(client, NULL, 0, 1));
    return 0;
}
