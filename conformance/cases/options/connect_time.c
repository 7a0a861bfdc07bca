// How long a socket has been connected.
//
// rule: SO_CONNECT_TIME is 0xFFFFFFFF on an unconnected socket and seconds on a connected one.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 13516, validated on Windows
// expect: unconnected ffffffff
// expect: connected 0
#include "case.h"

static unsigned connect_time(SOCKET s)
{
    DWORD value = 7;
    int length = sizeof value;
    must(getsockopt(s, SOL_SOCKET, SO_CONNECT_TIME, (char *)&value, &length) == 0, "SO_CONNECT_TIME");
    return (unsigned)value;
}

int main(void)
{
    SOCKET client, server;
    start();
    printf("unconnected %x\n", connect_time(tcp()));
    tcp_pair(&client, &server);
    printf("connected %u\n", connect_time(client));
    return 0;
}
