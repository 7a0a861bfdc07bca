// A time that is none.
//
// rule: a negative time-out fails with WSAEINVAL.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-select, return values
// proves: select WSAEINVAL
// expect: select negative seconds 10022
// expect: select negative microseconds 10022
#include "case.h"

int main(void)
{
    fd_set set;
    struct timeval seconds = {-1, 0}, microseconds = {0, -1};
    SOCKET client, server;
    start();
    tcp_pair(&client, &server);
    FD_ZERO(&set);
    FD_SET(client, &set);
    result("select negative seconds", select(0, &set, NULL, NULL, &seconds) < 0);
    FD_ZERO(&set);
    FD_SET(client, &set);
    result("select negative microseconds", select(0, &set, NULL, NULL, &microseconds) < 0);
    return 0;
}
