// The all-zero address and port 0 are no destination for a datagram.
//
// rule: sendto and WSASendTo to 0.0.0.0 or to port 0 fail with WSAEADDRNOTAVAIL.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-sendto, return values
// proves: sendto WSASendTo WSAEADDRNOTAVAIL
// expect: sendto 10049
// expect: WSASendTo 10049
// expect: sendto port 0 10049
#include "case.h"

int main(void)
{
    char byte[1] = {0};
    WSABUF buffer = {1, byte};
    DWORD count;
    struct sockaddr_in at;
    start();
    udp_bound(&at);
    at.sin_addr.s_addr = 0;
    result("sendto", sendto(udp(), byte, 1, 0, (struct sockaddr *)&at, sizeof at) < 0);
    result("WSASendTo", WSASendTo(udp(), &buffer, 1, &count, 0, (struct sockaddr *)&at, sizeof at, NULL, NULL) != 0);
    at = ipv4("127.0.0.1", 0);
    result("sendto port 0", sendto(udp(), byte, 1, 0, (struct sockaddr *)&at, sizeof at) < 0);
    return 0;
}
