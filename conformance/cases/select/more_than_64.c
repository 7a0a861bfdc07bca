// More than 64 sockets.
//
// rule: a program may define FD_SETSIZE larger; select takes fd_count as it is.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-select, remarks on FD_SETSIZE
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 4159, validated on Windows
// expect: select 100
#define FD_SETSIZE 128
#include "case.h"

int main(void)
{
    fd_set set;
    struct timeval now = {0, 0};
    start();
    FD_ZERO(&set);
    for (int i = 0; i < 100; i++) {
        SOCKET s = udp();
        bind_free(s);
        FD_SET(s, &set);
    }
    printf("select %d\n", select(0, NULL, &set, NULL, &now));
    return 0;
}
