// An unbound socket has no name.
//
// rule: getsockname on an unbound socket fails with WSAEINVAL and leaves the buffer alone.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-getsockname, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 4974, validated on Windows
// proves: getsockname WSAEINVAL
// expect: getsockname 10022
// expect: buffer untouched
#include "case.h"

int main(void)
{
    struct sockaddr_in at, before;
    int length = sizeof at;
    start();
    memset(&at, 0x55, sizeof at);
    before = at;
    result("getsockname", getsockname(tcp(), (struct sockaddr *)&at, &length) != 0);
    printf("buffer %s\n", memcmp(&at, &before, sizeof at) == 0 ? "untouched" : "changed");
    return 0;
}
