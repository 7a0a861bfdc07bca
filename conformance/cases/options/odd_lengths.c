// Options with odd lengths, and on other sockets.
//
// rule: a number that finds too little room clears it; SO_OPENTYPE takes a negative length; SO_TYPE refuses in two ways; IPV6_V6ONLY is kept by an IPv4 socket until it is bound.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_set_getsockopt, test_WSASocket and test_ipv6only, validated on Windows
// expect: SO_RCVBUF 10014 5a5a5a00
// expect: SO_LINGER 10014 5a5a0000
// expect: SO_OPENTYPE ok
// expect: length 4
// expect: stream 10042
// expect: datagram 10022
// expect: IPV6_V6ONLY 1
// expect: set ok
// expect: IPV6_V6ONLY 0
// expect: bound 10022
// expect: SO_BSP_STATE ok
// expect: length 200
#include "case.h"

#ifndef SO_BSP_STATE // left out by mingw-w64
#define SO_BSP_STATE 0x1009
#endif

static void read_short(const char *what, SOCKET s, int name, int length)
{
    unsigned value = 0x5a5a5a5a;
    int failed = getsockopt(s, SOL_SOCKET, name, (char *)&value, &length) != 0;
    printf("%s %d %08x\n", what, failed ? WSAGetLastError() : 0, value);
}

static void v6_only(SOCKET s)
{
    DWORD value = 7;
    int length = sizeof value;
    if (getsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&value, &length) != 0)
        printf("IPV6_V6ONLY failed %d\n", WSAGetLastError());
    else
        printf("IPV6_V6ONLY %u\n", (unsigned)value & 0xff);
}

int main(void)
{
    SOCKET stream, datagram;
    int type = SOCK_STREAM, length = -1;
    DWORD off = 0;
    char state[200];
    start();
    stream = tcp();
    datagram = udp();
    read_short("SO_RCVBUF", stream, SO_RCVBUF, 1);
    read_short("SO_LINGER", stream, SO_LINGER, 2);
    result("SO_OPENTYPE", getsockopt(stream, SOL_SOCKET, SO_OPENTYPE, (char *)&type, &length) != 0);
    printf("length %d\n", length);
    result("stream", setsockopt(stream, SOL_SOCKET, SO_TYPE, (char *)&type, sizeof type) != 0);
    result("datagram", setsockopt(datagram, SOL_SOCKET, SO_TYPE, (char *)&type, sizeof type) != 0);
    v6_only(stream);
    result("set", setsockopt(stream, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&off, sizeof off) != 0);
    v6_only(stream);
    bind_free(stream);
    result("bound", setsockopt(stream, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&off, sizeof off) != 0);
    length = sizeof state;
    result("SO_BSP_STATE", getsockopt(stream, SOL_SOCKET, SO_BSP_STATE, state, &length) != 0);
    printf("length %d\n", length);
    return 0;
}
