// What a control code that fails tells of its output.
//
// rule: a code that is not supported, FIONBIO and SIO_KEEPALIVE_VALS tell 0 bytes; a query for a route that is none leaves the number alone.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_unsupported_ioctls, test_fionbio, test_keepalive_vals, test_sioRoutingInterfaceQuery and test_address_list_query, validated on Windows
// expect: unknown 10045 0
// expect: SIO_FLUSH 10045 0
// expect: FIONBIO 10022 0
// expect: SIO_KEEPALIVE_VALS 10014 0
// expect: route of less 10022 left
// expect: route to nowhere 10022 left
// expect: route without room 10014 left
// expect: addresses in a byte 10022 0
// expect: SIO_BASE_HANDLE 997
// expect: ended 10045
#include "case.h"
#include <mstcpip.h>

static void ask(const char *what, SOCKET s, DWORD code, void *input, DWORD in, void *output, DWORD out)
{
    DWORD told = 0x5a5a5a5a;
    int failed = WSAIoctl(s, code, input, in, output, out, &told, NULL, NULL) != 0;
    printf("%s %d ", what, failed ? WSAGetLastError() : 0);
    if (told == 0x5a5a5a5a)
        printf("left\n");
    else
        printf("%u\n", (unsigned)told);
}

int main(void)
{
    struct sockaddr_in to = ipv4("127.0.0.1", 0), nowhere = ipv4("0.0.0.0", 0), from;
    WSAOVERLAPPED overlapped = {0};
    SOCKET s, base = 0;
    u_long off = 0;
    char byte;
    DWORD told = 0, flags;
    WSAEVENT event;
    start();
    s = tcp();
    event = WSACreateEvent();
    ask("unknown", s, 0xdeadbeef, NULL, 0, NULL, 0);
    ask("SIO_FLUSH", s, SIO_FLUSH, NULL, 0, NULL, 0);
    must(WSAEventSelect(s, event, FD_READ) == 0, "WSAEventSelect");
    ask("FIONBIO", s, FIONBIO, &off, sizeof off, NULL, 0);
    ask("SIO_KEEPALIVE_VALS", s, SIO_KEEPALIVE_VALS, NULL, 0, NULL, 0);
    ask("route of less", s, SIO_ROUTING_INTERFACE_QUERY, &to, sizeof to - 1, &from, sizeof from);
    ask("route to nowhere", s, SIO_ROUTING_INTERFACE_QUERY, &nowhere, sizeof nowhere, &from, sizeof from);
    ask("route without room", s, SIO_ROUTING_INTERFACE_QUERY, &to, sizeof to, NULL, sizeof from);
    ask("addresses in a byte", s, SIO_ADDRESS_LIST_QUERY, NULL, 0, &byte, 1);
    overlapped.hEvent = WSACreateEvent();
    result("SIO_BASE_HANDLE", WSAIoctl(s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof base, &told, &overlapped, NULL) != 0);
    result("ended", !WSAGetOverlappedResult(s, &overlapped, &told, TRUE, &flags));
    return 0;
}
