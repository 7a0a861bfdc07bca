// What a successful getaddrinfo returns.
//
// rule: a literal gives one address of its family; no name gives loopback, with AI_PASSIVE the wildcard.
// source: https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getaddrinfo, remarks
// expect: literal 127.0.0.1 port 80
// expect: no name 127.0.0.1
// expect: passive 0.0.0.0
// expect: last error 0
#include "case.h"

static void show(const char *what, const char *host, const char *service, int flags, int with_port)
{
    struct addrinfo hints, *list = NULL;
    struct sockaddr_in *at;
    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    must(getaddrinfo(host, service, &hints, &list) == 0, "getaddrinfo");
    at = (struct sockaddr_in *)list->ai_addr;
    printf("%s %s", what, inet_ntoa(at->sin_addr));
    if (with_port)
        printf(" port %d", ntohs(at->sin_port));
    printf("\n");
    freeaddrinfo(list);
}

int main(void)
{
    struct addrinfo *list;
    start();
    show("literal", "127.0.0.1", "80", 0, 1);
    show("no name", NULL, "80", 0, 0);
    show("passive", NULL, "80", AI_PASSIVE, 0);
    WSASetLastError(7);
    must(getaddrinfo("127.0.0.1", NULL, NULL, &list) == 0, "getaddrinfo");
    printf("last error %d\n", WSAGetLastError());
    return 0;
}
