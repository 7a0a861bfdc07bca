// A name that the server knows.
//
// rule: gethostbyname and getaddrinfo give the address of a name that exists.
// source: https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getaddrinfo, remarks
// network: dns
// expect: gethostbyname 192.0.2.5
// expect: getaddrinfo 192.0.2.5
#include "case.h"

int main(void)
{
    struct addrinfo hints, *list;
    struct hostent *host;
    start();
    host = gethostbyname("host.test");
    must(host != NULL, "gethostbyname");
    printf("gethostbyname %s\n", inet_ntoa(*(struct in_addr *)host->h_addr_list[0]));
    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_INET;
    must(getaddrinfo("host.test", NULL, &hints, &list) == 0, "getaddrinfo");
    printf("getaddrinfo %s\n", inet_ntoa(((struct sockaddr_in *)list->ai_addr)->sin_addr));
    return 0;
}
