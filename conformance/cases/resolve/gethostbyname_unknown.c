// A name that cannot exist.
//
// rule: gethostbyname of a name that does not exist fails with WSAHOST_NOT_FOUND.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-gethostbyname, return values
// network: dns
// proves: gethostbyname getaddrinfo WSAHOST_NOT_FOUND
// expect: gethostbyname 11001
// expect: getaddrinfo 11001
#include "case.h"

int main(void)
{
    struct addrinfo *list;
    start();
    result("gethostbyname", gethostbyname("nxdomain.test") == NULL);
    printf("getaddrinfo %d\n", getaddrinfo("nxdomain.test", NULL, NULL, &list));
    return 0;
}
