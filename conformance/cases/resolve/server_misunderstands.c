// The name server calls the question malformed.
//
// rule: FORMERR ends the matter: WSANO_RECOVERY.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-gethostbyname, https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getaddrinfo and https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getnameinfo, return values
// network: dns
// timeout: 30
// proves: gethostbyname getaddrinfo getnameinfo WSANO_RECOVERY
// expect: gethostbyname 11003
// expect: getaddrinfo 11003
// expect: getnameinfo 11003
#include "case.h"

int main(void)
{
    struct addrinfo *list;
    char host[256];
    struct sockaddr_in at = ipv4("198.51.100.4", 0);
    start();
    result("gethostbyname", gethostbyname("formerr.test") == NULL);
    printf("getaddrinfo %d\n", getaddrinfo("formerr.test", NULL, NULL, &list));
    printf("getnameinfo %d\n",
           getnameinfo((struct sockaddr *)&at, sizeof at, host, sizeof host, NULL, 0, NI_NAMEREQD));
    return 0;
}
