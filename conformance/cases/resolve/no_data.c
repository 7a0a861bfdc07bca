// A name that exists, without an address.
//
// rule: a name without a record of the wanted kind gives WSANO_DATA.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-gethostbyname and https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getaddrinfo, return values
// source: Wine 8.0 dlls/ws2_32/tests/protocol.c line 2495, validated on Windows
// network: dns
// proves: gethostbyname getaddrinfo WSANO_DATA
// expect: gethostbyname 11004
// expect: getaddrinfo 11004
#include "case.h"

int main(void)
{
    struct addrinfo *list;
    start();
    result("gethostbyname", gethostbyname("nodata.test") == NULL);
    printf("getaddrinfo %d\n", getaddrinfo("nodata.test", NULL, NULL, &list));
    return 0;
}
