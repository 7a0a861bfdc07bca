// The datagram's destination has no socket: the sender's next receive says so.
//
// rule: an ICMP port unreachable makes the next receive call fail with WSAECONNRESET, on an unconnected socket too.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recvfrom, return values
// proves: recv recvfrom WSARecv WSARecvFrom WSAECONNRESET
// expect: recvfrom 10054
// expect: recv 10054
// expect: WSARecv 10054
// expect: WSARecvFrom 10054
#include "case.h"

static struct sockaddr_in nobody;

static SOCKET having_hit_nobody(void)
{
    struct sockaddr_in at;
    DWORD ms = 2000;
    SOCKET s = udp_bound(&at);
    must(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&ms, sizeof ms) == 0, "SO_RCVTIMEO");
    must(sendto(s, "x", 1, 0, (struct sockaddr *)&nobody, sizeof nobody) == 1, "sendto");
    sleep_ms(20);
    return s;
}

int main(void)
{
    char byte[1];
    WSABUF buffer = {1, byte};
    DWORD count, flags = 0;
    SOCKET s;
    start();
    s = udp_bound(&nobody);
    must(closesocket(s) == 0, "closesocket");
    result("recvfrom", recvfrom(having_hit_nobody(), byte, 1, 0, NULL, NULL) < 0);
    result("recv", recv(having_hit_nobody(), byte, 1, 0) < 0);
    result("WSARecv", WSARecv(having_hit_nobody(), &buffer, 1, &count, &flags, NULL, NULL) != 0);
    result("WSARecvFrom", WSARecvFrom(having_hit_nobody(), &buffer, 1, &count, &flags, NULL, NULL, NULL, NULL) != 0);
    return 0;
}
