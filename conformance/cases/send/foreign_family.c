// An IPv6 destination on an IPv4 datagram socket.
//
// rule: sendto and WSASendTo with an address of another family fail with WSAEAFNOSUPPORT.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-sendto, return values
// proves: sendto WSASendTo WSAEAFNOSUPPORT
// expect: sendto 10047
// expect: WSASendTo 10047
#include "case.h"

int main(void)
{
    char byte[1] = {0};
    WSABUF buffer = {1, byte};
    DWORD count;
    struct sockaddr_in6 at6;
    start();
    memset(&at6, 0, sizeof at6);
    at6.sin6_family = AF_INET6;
    at6.sin6_port = htons(9);
    at6.sin6_addr.s6_addr[15] = 1;
    result("sendto", sendto(udp(), byte, 1, 0, (struct sockaddr *)&at6, sizeof at6) < 0);
    result("WSASendTo", WSASendTo(udp(), &buffer, 1, &count, 0, (struct sockaddr *)&at6, sizeof at6, NULL, NULL) != 0);
    return 0;
}
