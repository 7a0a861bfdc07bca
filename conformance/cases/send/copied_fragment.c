// The fragment that everybody copies takes its WSAECONNRESET branch.
//
// rule: send in a loop until SOCKET_ERROR, then switch on WSAGetLastError: a peer's reset reaches case WSAECONNRESET.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-send, example and return values
// proves: send WSAECONNRESET
// expect: send 10054
// expect: reset by peer
#include "case.h"

int main(void)
{
    SOCKET client, server;
    int code;
    start();
    tcp_pair(&client, &server);
    reset_connection(server);
    while (send(client, "x", 1, 0) != SOCKET_ERROR)
        sleep_ms(5);
    code = WSAGetLastError();
    printf("send %d\n", code);
    switch (code) {
    case WSAECONNRESET:
        printf("reset by peer\n");
        break;
    case WSAECONNABORTED:
        printf("aborted\n");
        break;
    default:
        printf("other\n");
    }
    return 0;
}
