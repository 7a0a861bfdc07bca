// The broadcast address, as the name of a datagram socket.
//
// rule: bind of a datagram socket to the broadcast address fails with WSAEACCES while SO_BROADCAST is off.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-bind, WSAEACCES
// proves: bind WSAEACCES
// expect: bind off 10013
// expect: bind on ok
#include "case.h"

int main(void)
{
    struct sockaddr_in all = ipv4("255.255.255.255", 0);
    BOOL on = TRUE;
    SOCKET s;
    start();
    s = udp();
    result("bind off", bind(s, (struct sockaddr *)&all, sizeof all) != 0);
    must(setsockopt(s, SOL_SOCKET, SO_BROADCAST, (char *)&on, sizeof on) == 0, "SO_BROADCAST");
    result("bind on", bind(s, (struct sockaddr *)&all, sizeof all) != 0);
    return 0;
}
