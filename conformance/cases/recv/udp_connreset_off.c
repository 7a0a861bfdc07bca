// SIO_UDP_CONNRESET turns the port unreachable report off.
//
// rule: with SIO_UDP_CONNRESET FALSE a port unreachable is not reported; recvfrom waits on.
// source: https://learn.microsoft.com/windows/win32/winsock/winsock-ioctls, SIO_UDP_CONNRESET
// proves: recvfrom WSAETIMEDOUT
// expect: recvfrom 10060
#include "case.h"
#ifndef SIO_UDP_CONNRESET
#define SIO_UDP_CONNRESET 0x9800000C
#endif

int main(void)
{
    char byte[1];
    DWORD ms = 300, count;
    BOOL report = FALSE;
    struct sockaddr_in nobody, at;
    SOCKET s;
    start();
    s = udp_bound(&nobody);
    must(closesocket(s) == 0, "closesocket");
    s = udp_bound(&at);
    must(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&ms, sizeof ms) == 0, "SO_RCVTIMEO");
    must(WSAIoctl(s, SIO_UDP_CONNRESET, &report, sizeof report, NULL, 0, &count, NULL, NULL) == 0, "SIO_UDP_CONNRESET");
    must(sendto(s, "x", 1, 0, (struct sockaddr *)&nobody, sizeof nobody) == 1, "sendto");
    result("recvfrom", recvfrom(s, byte, 1, 0, NULL, NULL) < 0);
    return 0;
}
