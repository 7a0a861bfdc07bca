// TransmitFile on a connection that keep-alive has given up.
//
// rule: TransmitFile fails with WSAENETRESET.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nf-mswsock-transmitfile, return values
// network: vanishing
// timeout: 15
// proves: TransmitFile WSAENETRESET
// expect: TransmitFile 10052
#include "extension.h"
#include <mstcpip.h>

int main(void)
{
    TRANSMIT_FILE_BUFFERS head = {"head", 4, NULL, 0};
    struct tcp_keepalive soon = {1, 300, 300};
    struct sockaddr_in gone = ipv4("127.0.0.2", 7777), at = ipv4("127.0.0.2", 0);
    SOCKET listener, client;
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
    result("TransmitFile", !TransmitFile(client, NULL, 0, 0, NULL, &head, 0));
    return 0;
}
