// inet_addr, inet_pton and inet_ntop leave the last error alone when they succeed.
//
// rule: the plain text conversions do not touch the last error on success.
// source: Wine 8.0 dlls/ws2_32/tests/protocol.c lines 754, 1051, 1065, validated on Windows
// expect: inet_addr 57005
// expect: inet_pton 57005
// expect: inet_ntop 57005
#include "case.h"

int main(void)
{
    struct in_addr address;
    char text[64];
    start();
    WSASetLastError(0xdead);
    must(inet_addr("127.0.0.1") == htonl(0x7f000001), "inet_addr");
    printf("inet_addr %d\n", WSAGetLastError());
    must(inet_pton(AF_INET, "127.0.0.1", &address) == 1, "inet_pton");
    printf("inet_pton %d\n", WSAGetLastError());
    must(inet_ntop(AF_INET, &address, text, sizeof text) != NULL, "inet_ntop");
    printf("inet_ntop %d\n", WSAGetLastError());
    return 0;
}
