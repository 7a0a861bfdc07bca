// The routing table says that the host cannot be reached.
//
// rule: a destination that is unreachable now gives WSAEHOSTUNREACH from connect, sendto and their WSA forms.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-connect and https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-sendto, return values
// network: lan
// proves: connect WSAConnect sendto WSASendTo WSAEHOSTUNREACH
// expect: connect 10065
// expect: WSAConnect 10065
// expect: sendto 10065
// expect: WSASendTo 10065
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    struct sockaddr *to = (struct sockaddr *)&at;
    char byte[1] = {0};
    WSABUF buffer = {1, byte};
    DWORD count;
    start();
    at = ipv4("198.19.255.1", 9);
    result("connect", connect(tcp(), to, sizeof at) != 0);
    result("WSAConnect", WSAConnect(tcp(), to, sizeof at, NULL, NULL, NULL, NULL) != 0);
    result("sendto", sendto(udp(), byte, 1, 0, to, sizeof at) < 0);
    result("WSASendTo", WSASendTo(udp(), &buffer, 1, &count, 0, to, sizeof at, NULL, NULL) != 0);
    return 0;
}
