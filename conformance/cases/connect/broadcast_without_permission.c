// A datagram socket aimed at the broadcast address without SO_BROADCAST.
//
// rule: connect and WSAConnect of a datagram socket to a broadcast address need SO_BROADCAST, else WSAEACCES.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-connect, return values
// proves: connect WSAConnect WSAEACCES
// network: lan
// expect: connect 10013
// expect: WSAConnect 10013
// expect: connect allowed ok
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    SOCKET s;
    int on = 1;
    start();
    at = ipv4("255.255.255.255", 9);
    result("connect", connect(udp(), (struct sockaddr *)&at, sizeof at) != 0);
    result("WSAConnect", WSAConnect(udp(), (struct sockaddr *)&at, sizeof at, NULL, NULL, NULL, NULL) != 0);
    s = udp();
    must(setsockopt(s, SOL_SOCKET, SO_BROADCAST, (char *)&on, sizeof on) == 0, "SO_BROADCAST");
    result("connect allowed", connect(s, (struct sockaddr *)&at, sizeof at) != 0);
    return 0;
}
