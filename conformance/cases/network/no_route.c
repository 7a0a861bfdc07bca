// No route to the network at all.
//
// rule: without a route connect, sendto and their WSA forms fail with WSAENETUNREACH.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-connect and https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-sendto, return values
// network: lan
// proves: connect WSAConnect sendto WSASendTo WSAENETUNREACH
// expect: connect 10051
// expect: WSAConnect 10051
// expect: sendto 10051
// expect: WSASendTo 10051
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    struct sockaddr *to = (struct sockaddr *)&at;
    char byte[1] = {0};
    WSABUF buffer = {1, byte};
    DWORD count;
    start();
    at = ipv4("198.18.0.1", 9);
    result("connect", connect(tcp(), to, sizeof at) != 0);
    result("WSAConnect", WSAConnect(tcp(), to, sizeof at, NULL, NULL, NULL, NULL) != 0);
    result("sendto", sendto(udp(), byte, 1, 0, to, sizeof at) < 0);
    result("WSASendTo", WSASendTo(udp(), &buffer, 1, &count, 0, to, sizeof at, NULL, NULL) != 0);
    return 0;
}
