// SO_BROADCAST taken back after connect.
//
// rule: send to a broadcast peer needs SO_BROADCAST at the time of the call, else WSAEACCES.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-send, return values
// network: lan
// proves: send WSAEACCES
// expect: send allowed ok
// expect: send 10013
#include "case.h"

int main(void)
{
    struct sockaddr_in at = ipv4("255.255.255.255", 9);
    SOCKET s;
    int on = 1, off = 0;
    start();
    s = udp();
    must(setsockopt(s, SOL_SOCKET, SO_BROADCAST, (char *)&on, sizeof on) == 0, "SO_BROADCAST");
    must(connect(s, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    result("send allowed", send(s, "x", 1, 0) != 1);
    must(setsockopt(s, SOL_SOCKET, SO_BROADCAST, (char *)&off, sizeof off) == 0, "SO_BROADCAST");
    result("send", send(s, "x", 1, 0) < 0);
    return 0;
}
