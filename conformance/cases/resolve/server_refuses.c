// The name server refuses the question.
//
// rule: an answer that ends the matter, such as REFUSED, gives WSANO_RECOVERY.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-gethostbyname and https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getaddrinfo, return values
// network: dns
// timeout: 30
// proves: gethostbyname getaddrinfo WSANO_RECOVERY
// expect: gethostbyname 11003
// expect: getaddrinfo 11003
#include "case.h"

int main(void)
{
    struct addrinfo *list;
    start();
    result("gethostbyname", gethostbyname("refused.test") == NULL);
    printf("getaddrinfo %d\n", getaddrinfo("refused.test", NULL, NULL, &list));
    return 0;
}
