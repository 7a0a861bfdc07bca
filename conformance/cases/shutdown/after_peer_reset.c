// Shutting down what the peer has reset.
//
// rule: shutdown on a connection that the peer has reset fails with WSAECONNRESET.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-shutdown, return values
// proves: shutdown WSAECONNRESET
// expect: shutdown 10054
#include "case.h"

int main(void)
{
    SOCKET client, server;
    start();
    tcp_pair(&client, &server);
    reset_connection(server);
    sleep_ms(50);
    result("shutdown", shutdown(client, SD_SEND) != 0);
    return 0;
}
