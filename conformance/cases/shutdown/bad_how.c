// A direction that does not exist.
//
// rule: shutdown with a direction other than 0, 1 and 2 fails with WSAEINVAL.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-shutdown, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 9065, validated on Windows
// proves: shutdown WSAEINVAL
// expect: shutdown 10022
// expect: shutdown negative 10022
#include "case.h"

int main(void)
{
    SOCKET client, server;
    start();
    tcp_pair(&client, &server);
    result("shutdown", shutdown(client, 0xdead) != 0);
    result("shutdown negative", shutdown(client, -1) != 0);
    return 0;
}
