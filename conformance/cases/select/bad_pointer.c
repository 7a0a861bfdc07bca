// A set or time-out that is not memory of the program.
//
// rule: unreadable sets and time-outs fail with WSAEFAULT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-select, return values
// proves: select WSAEFAULT
// expect: select set 10014
// expect: select timeout 10014
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
    result("select set", select(0, (fd_set *)64, NULL, NULL, &limit) < 0);
    result("select timeout", select(0, &set, NULL, NULL, (struct timeval *)64) < 0);
    return 0;
}
