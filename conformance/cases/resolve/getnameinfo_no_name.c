// An address that has no name, where a name is required.
//
// rule: NI_NAMEREQD for an address without a name gives WSAHOST_NOT_FOUND; a failing server WSATRY_AGAIN.
// source: https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getnameinfo, return values
// network: dns
// timeout: 30
// proves: getnameinfo WSAHOST_NOT_FOUND
// proves: getnameinfo WSATRY_AGAIN
// proves: getnameinfo WSANO_RECOVERY
// expect: getnameinfo no name 11001
// expect: getnameinfo server fails 11002
// expect: getnameinfo server refuses 11003
#include "case.h"

static int name_of(const char *text)
{
    char host[256];
    struct sockaddr_in at = ipv4(text, 0);
    return getnameinfo((struct sockaddr *)&at, sizeof at, host, sizeof host, NULL, 0, NI_NAMEREQD);
}

int main(void)
{
    start();
    printf("getnameinfo no name %d\n", name_of("198.51.100.1"));
    printf("getnameinfo server fails %d\n", name_of("198.51.100.2"));
    printf("getnameinfo server refuses %d\n", name_of("198.51.100.3"));
    return 0;
}
