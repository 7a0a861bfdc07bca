// Sending on a connection that keep-alive has given up.
//
// rule: when keep-alive has given a connection up, the send calls fail with WSAENETRESET.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-send, https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-sendto and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsasend, return values
// network: vanishing
// timeout: 40
// proves: send sendto WSASend WSAENETRESET
// expect: send 10052
// expect: sendto 10052
// expect: WSASend 10052
#include "case.h"
#include <mstcpip.h>

int main(void)
{
    struct tcp_keepalive soon = {1, 300, 300};
    struct sockaddr_in gone = ipv4("127.0.0.2", 7777), at = ipv4("127.0.0.2", 0);
    SOCKET listener, client;
    char byte[1] = {0};
    WSABUF buffer = {1, byte};
    int length = sizeof at;
    DWORD count;
    start();
    listener = tcp();
    client = tcp();
    must(bind(listener, (struct sockaddr *)&at, sizeof at) == 0 && listen(listener, 1) == 0, "listener");
    must(getsockname(listener, (struct sockaddr *)&at, &length) == 0, "getsockname");
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    must(WSAIoctl(client, SIO_KEEPALIVE_VALS, &soon, sizeof soon, NULL, 0, &count, NULL, NULL) == 0, "keepalive");
    must(sendto(udp(), "x", 1, 0, (struct sockaddr *)&gone, sizeof gone) == 1, "trigger");
    sleep_ms(6000);
    result("send", send(client, byte, 1, 0) < 0);
    result("sendto", sendto(client, byte, 1, 0, NULL, 0) < 0);
    result("WSASend", WSASend(client, &buffer, 1, &count, 0, NULL, NULL) != 0);
    return 0;
}
