// A datagram's time to live runs out on the way.
//
// rule: an ICMP time exceeded makes the next receive call fail with WSAENETRESET.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recvfrom and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecvfrom, return values
// network: lan
// proves: recvfrom recv WSARecv WSARecvFrom WSAENETRESET
// expect: recvfrom 10052
// expect: recv 10052
// expect: WSARecv 10052
// expect: WSARecvFrom 10052
#include "case.h"

static SOCKET with_expired_datagram(void)
{
    struct sockaddr_in at, to = ipv4("203.0.113.193", 9);
    DWORD ms = 1500;
    int ttl = 1;
    SOCKET s = udp();
    at = ipv4("0.0.0.0", 0);
    must(bind(s, (struct sockaddr *)&at, sizeof at) == 0, "bind");
    must(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&ms, sizeof ms) == 0, "SO_RCVTIMEO");
    must(setsockopt(s, IPPROTO_IP, IP_TTL, (char *)&ttl, sizeof ttl) == 0, "IP_TTL");
    must(sendto(s, "x", 1, 0, (struct sockaddr *)&to, sizeof to) == 1, "sendto");
    sleep_ms(100);
    return s;
}

int main(void)
{
    char byte[1];
    WSABUF buffer = {1, byte};
    DWORD count, flags = 0;
    start();
    result("recvfrom", recvfrom(with_expired_datagram(), byte, 1, 0, NULL, NULL) < 0);
    result("recv", recv(with_expired_datagram(), byte, 1, 0) < 0);
    result("WSARecv", WSARecv(with_expired_datagram(), &buffer, 1, &count, &flags, NULL, NULL) != 0);
    result("WSARecvFrom",
           WSARecvFrom(with_expired_datagram(), &buffer, 1, &count, &flags, NULL, NULL, NULL, NULL) != 0);
    return 0;
}
