// Keep-alive for a connection that the stack has given up.
//
// rule: SO_KEEPALIVE on a connection that has timed out fails with WSAENETRESET.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-setsockopt, return values
// network: vanishing
// timeout: 60
// proves: setsockopt WSAENETRESET
// expect: recv failed
// expect: setsockopt 10052
#include "case.h"

int main(void)
{
    char byte[1] = {0};
    struct sockaddr_in gone = ipv4("127.0.0.2", 7777), at = ipv4("127.0.0.2", 0);
    SOCKET listener, client;
    int length = sizeof at;
    BOOL on = TRUE;
    start();
    listener = tcp();
    client = tcp();
    must(bind(listener, (struct sockaddr *)&at, sizeof at) == 0 && listen(listener, 1) == 0, "listener");
    must(getsockname(listener, (struct sockaddr *)&at, &length) == 0, "getsockname");
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    must(sendto(udp(), "x", 1, 0, (struct sockaddr *)&gone, sizeof gone) == 1, "trigger");
    sleep_ms(50);
    must(send(client, byte, 1, 0) == 1, "send");
    printf("recv %s\n", recv(client, byte, 1, 0) < 0 ? "failed" : "did not fail");
    result("setsockopt", setsockopt(client, SOL_SOCKET, SO_KEEPALIVE, (const char *)&on, sizeof on) != 0);
    return 0;
}
