// The way to the peer is lost between connect and send.
//
// rule: sending to a peer whose way leads nowhere any more fails with WSAEHOSTUNREACH.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-send, return values
// network: changing
// proves: send WSAEHOSTUNREACH
// expect: send ok
// expect: send 10065
// expect: WSASend 10065
#include "changing.h"

int main(void)
{
    struct sockaddr_in to = ipv4("203.0.113.7", 9);
    char byte[1] = {0};
    WSABUF buffer = {1, byte};
    DWORD count;
    SOCKET s;
    start();
    s = udp();
    must(connect(s, (struct sockaddr *)&to, sizeof to) == 0, "connect");
    result("send", send(s, byte, 1, 0) < 0);
    change("unreachable");
    result("send", send(s, byte, 1, 0) < 0);
    result("WSASend", WSASend(s, &buffer, 1, &count, 0, NULL, NULL) != 0);
    return 0;
}
