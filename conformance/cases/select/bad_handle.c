// One bad handle among good ones.
//
// rule: any handle that is no socket makes select fail with WSAENOTSOCK.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-select, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 4038, validated on Windows
// proves: select WSAENOTSOCK
// expect: select 10038
#include "case.h"

int main(void)
{
    fd_set set;
    struct timeval limit = {0, 0};
    SOCKET client, server;
    start();
    tcp_pair(&client, &server);
    FD_ZERO(&set);
    FD_SET(client, &set);
    FD_SET(INVALID_SOCKET, &set);
    result("select", select(0, NULL, &set, NULL, &limit) < 0);
    return 0;
}
