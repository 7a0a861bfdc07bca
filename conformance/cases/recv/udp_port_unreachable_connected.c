// The same on a connected datagram socket.
//
// rule: on a connected datagram socket a port unreachable gives WSAECONNRESET, not WSAECONNREFUSED.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recv, return values
// proves: recv WSAECONNRESET
// expect: recv 10054
#include "case.h"

int main(void)
{
    char byte[1];
    DWORD ms = 2000;
    struct sockaddr_in nobody;
    SOCKET s;
    start();
    s = udp_bound(&nobody);
    must(closesocket(s) == 0, "closesocket");
    s = udp();
    must(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&ms, sizeof ms) == 0, "SO_RCVTIMEO");
    must(connect(s, (struct sockaddr *)&nobody, sizeof nobody) == 0, "connect");
    must(send(s, "x", 1, 0) == 1, "send");
    result("recv", recv(s, byte, 1, 0) < 0);
    return 0;
}
