// The peer has closed in good order.
//
// rule: after the peer's graceful close recv returns 0, each time, without an error.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recv, return values
// expect: recv 1
// expect: recv 0
// expect: recv 0
#include "case.h"

int main(void)
{
    char bytes[4];
    SOCKET client, server;
    start();
    tcp_pair(&client, &server);
    must(send(server, "x", 1, 0) == 1, "send");
    must(closesocket(server) == 0, "closesocket");
    for (int i = 0; i < 3; i++)
        printf("recv %d\n", recv(client, bytes, 4, 0));
    return 0;
}
