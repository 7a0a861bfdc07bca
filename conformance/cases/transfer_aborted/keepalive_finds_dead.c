// Keep-alive finds that the peer has vanished.
//
// rule: when keep-alive gives a connection up, the receive calls fail with WSAENETRESET.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recv and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv, return values
// network: vanishing
// timeout: 40
// proves: recv WSARecv WSAENETRESET
// expect: recv 10052
// expect: WSARecv 10052
#include "case.h"
#include <mstcpip.h>

static SOCKET with_dead_peer(const char *trigger)
{
    struct tcp_keepalive soon = {1, 300, 300};
    struct sockaddr_in gone = ipv4(trigger, 7777), at = ipv4(trigger, 0);
    SOCKET listener = tcp(), client = tcp();
    int length = sizeof at;
    DWORD count;
    must(bind(listener, (struct sockaddr *)&at, sizeof at) == 0 && listen(listener, 1) == 0, "listener");
    must(getsockname(listener, (struct sockaddr *)&at, &length) == 0, "getsockname");
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    must(accept(listener, NULL, NULL) != INVALID_SOCKET, "accept");
    must(WSAIoctl(client, SIO_KEEPALIVE_VALS, &soon, sizeof soon, NULL, 0, &count, NULL, NULL) == 0, "keepalive");
    must(sendto(udp(), "x", 1, 0, (struct sockaddr *)&gone, sizeof gone) == 1, "trigger");
    return client;
}

int main(void)
{
    char byte[1];
    WSABUF buffer = {1, byte};
    DWORD count, flags = 0;
    start();
    result("recv", recv(with_dead_peer("127.0.0.2"), byte, 1, 0) < 0);
    result("WSARecv", WSARecv(with_dead_peer("127.0.0.3"), &buffer, 1, &count, &flags, NULL, NULL) != 0);
    return 0;
}
