// An IPv6 address on an IPv4 socket.
//
// rule: connect and WSAConnect with an address of another family fail with WSAEAFNOSUPPORT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-connect, return values
// proves: connect WSAConnect WSAEAFNOSUPPORT
// expect: connect 10047
// expect: WSAConnect 10047
#include "case.h"

int main(void)
{
    struct sockaddr_in6 at6;
    start();
    memset(&at6, 0, sizeof at6);
    at6.sin6_family = AF_INET6;
    at6.sin6_port = htons(9);
    at6.sin6_addr.s6_addr[15] = 1;
    result("connect", connect(tcp(), (struct sockaddr *)&at6, sizeof at6) != 0);
    result("WSAConnect", WSAConnect(tcp(), (struct sockaddr *)&at6, sizeof at6, NULL, NULL, NULL, NULL) != 0);
    return 0;
}
