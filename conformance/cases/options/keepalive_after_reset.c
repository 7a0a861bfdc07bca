// Keep-alive for a connection that the peer has reset.
//
// rule: SO_KEEPALIVE on a connection that was reset fails with WSAENOTCONN.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-setsockopt, return values
// proves: setsockopt WSAENOTCONN
// expect: recv 10054
// expect: setsockopt 10057
#include "case.h"

int main(void)
{
    SOCKET client, server;
    char byte;
    BOOL on = TRUE;
    start();
    tcp_pair(&client, &server);
    reset_connection(server);
    sleep_ms(50);
    result("recv", recv(client, &byte, 1, 0) < 0);
    result("setsockopt", setsockopt(client, SOL_SOCKET, SO_KEEPALIVE, (const char *)&on, sizeof on) != 0);
    return 0;
}
