// A datagram to the broadcast address without SO_BROADCAST.
//
// rule: sendto, WSASendTo and send to a broadcast address need SO_BROADCAST, else WSAEACCES.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-sendto, return values
// network: lan
// proves: sendto WSASendTo WSAEACCES
// expect: sendto 10013
// expect: WSASendTo 10013
// expect: sendto allowed ok
#include "case.h"

int main(void)
{
    char byte[1] = {0};
    WSABUF buffer = {1, byte};
    DWORD count;
    struct sockaddr_in at;
    SOCKET s;
    int on = 1;
    start();
    at = ipv4("255.255.255.255", 9);
    result("sendto", sendto(udp(), byte, 1, 0, (struct sockaddr *)&at, sizeof at) < 0);
    result("WSASendTo", WSASendTo(udp(), &buffer, 1, &count, 0, (struct sockaddr *)&at, sizeof at, NULL, NULL) != 0);
    s = udp();
    must(setsockopt(s, SOL_SOCKET, SO_BROADCAST, (char *)&on, sizeof on) == 0, "SO_BROADCAST");
    result("sendto allowed", sendto(s, byte, 1, 0, (struct sockaddr *)&at, sizeof at) != 1);
    return 0;
}
