// select with nothing to look at.
//
// rule: select without sets, or with empty sets only, fails with WSAEINVAL at once; it is no way to sleep.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-select, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 4027-4032, validated on Windows
// proves: select WSAEINVAL
// expect: select null 10022
// expect: select empty 10022
#include "case.h"

int main(void)
{
    fd_set empty;
    struct timeval limit = {0, 100000};
    start();
    FD_ZERO(&empty);
    result("select null", select(0, NULL, NULL, NULL, &limit) < 0);
    result("select empty", select(0, &empty, NULL, &empty, &limit) < 0);
    return 0;
}
