// A blocking receive that waits longer than SO_RCVTIMEO.
//
// rule: SO_RCVTIMEO is in milliseconds; when it expires the receive calls fail with WSAETIMEDOUT, not WSAEWOULDBLOCK.
// source: https://learn.microsoft.com/windows/win32/winsock/sol-socket-socket-options, SO_RCVTIMEO
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 12887, validated on Windows
// proves: recv recvfrom WSARecv WSAETIMEDOUT
// expect: recv 10060
// expect: recvfrom 10060
// expect: WSARecv 10060
// expect: it waited
#include "case.h"

int main(void)
{
    char byte[1];
    WSABUF buffer = {1, byte};
    DWORD count, flags = 0, ms = 200;
    unsigned long long before;
    SOCKET client, server, s;
    struct sockaddr_in at;
    start();
    tcp_pair(&client, &server);
    s = udp_bound(&at);
    must(setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, (char *)&ms, sizeof ms) == 0, "SO_RCVTIMEO");
    must(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&ms, sizeof ms) == 0, "SO_RCVTIMEO");
    before = GetTickCount64();
    result("recv", recv(client, byte, 1, 0) < 0);
    result("recvfrom", recvfrom(s, byte, 1, 0, NULL, NULL) < 0);
    result("WSARecv", WSARecv(client, &buffer, 1, &count, &flags, NULL, NULL) != 0);
    printf("it %s\n", GetTickCount64() - before >= 500 ? "waited" : "did not wait");
    return 0;
}
