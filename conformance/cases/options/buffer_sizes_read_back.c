// Buffer sizes are read back as they were set.
//
// rule: SO_SNDBUF and SO_RCVBUF return the value that was set.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 1288-1298, validated on Windows
// expect: SO_SNDBUF 4096
// expect: SO_RCVBUF 4096
#include "case.h"

static int read_back(SOCKET s, int option)
{
    int value = 4096, length = sizeof value;
    must(setsockopt(s, SOL_SOCKET, option, (char *)&value, sizeof value) == 0, "setsockopt");
    value = 0;
    must(getsockopt(s, SOL_SOCKET, option, (char *)&value, &length) == 0, "getsockopt");
    return value;
}

int main(void)
{
    SOCKET s;
    start();
    s = tcp();
    printf("SO_SNDBUF %d\n", read_back(s, SO_SNDBUF));
    printf("SO_RCVBUF %d\n", read_back(s, SO_RCVBUF));
    return 0;
}
