// The name server fails for now.
//
// rule: SERVFAIL gives WSATRY_AGAIN.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-gethostbyname and https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getaddrinfo, return values
// network: dns
// timeout: 30
// proves: gethostbyname getaddrinfo WSATRY_AGAIN
// expect: gethostbyname 11002
// expect: getaddrinfo 11002
#include "case.h"

int main(void)
{
    struct addrinfo *list;
    start();
    result("gethostbyname", gethostbyname("servfail.test") == NULL);
    printf("getaddrinfo %d\n", getaddrinfo("servfail.test", NULL, NULL, &list));
    return 0;
}
