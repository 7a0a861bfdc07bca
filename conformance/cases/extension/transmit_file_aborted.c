// TransmitFile on a connection that the stack gives up.
//
// rule: data that nobody acknowledges ends an overlapped TransmitFile with WSAECONNABORTED, and so fails the next one.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nf-mswsock-transmitfile, return values
// network: vanishing
// timeout: 15
// proves: TransmitFile WSAECONNABORTED
// expect: TransmitFile completed 10053
// expect: TransmitFile 10053
#include "extension.h"

int main(void)
{
    static char block[16 << 20];
    TRANSMIT_FILE_BUFFERS head = {block, sizeof block, NULL, 0};
    struct sockaddr_in gone = ipv4("127.0.0.2", 7777), at = ipv4("127.0.0.2", 0);
    SOCKET listener, client;
    WSAOVERLAPPED operation;
    int length = sizeof at;
    start();
    listener = tcp();
    client = tcp();
    must(bind(listener, (struct sockaddr *)&at, sizeof at) == 0 && listen(listener, 1) == 0, "listener");
    must(getsockname(listener, (struct sockaddr *)&at, &length) == 0, "getsockname");
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    must(sendto(udp(), "x", 1, 0, (struct sockaddr *)&gone, sizeof gone) == 1, "trigger");
    sleep_ms(50);
    fresh(&operation);
    TransmitFile(client, NULL, 0, 0, (OVERLAPPED *)&operation, &head, 0);
    completed("TransmitFile completed", client, &operation);
    result("TransmitFile", !TransmitFile(client, NULL, 0, 0, NULL, &head, 0));
    return 0;
}
