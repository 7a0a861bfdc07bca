// The caller of an AcceptEx that wants data leaves.
//
// rule: a caller that closes without data completes AcceptEx with 0 bytes; one that resets, with WSAECONNRESET.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nf-mswsock-acceptex, return values
// source: Wine dlls/ws2_32/tests/sock.c, test_AcceptEx, validated on Windows, for the close
// proves: AcceptEx WSAECONNRESET
// expect: AcceptEx closed completed ok
// expect: count 0
// expect: AcceptEx reset completed 10054
#include "extension.h"

static WSAOVERLAPPED operation;
static char space[64 + 2 * (sizeof(struct sockaddr_in) + 16)];

static SOCKET accepting(SOCKET listener, struct sockaddr_in *at)
{
    DWORD count, room = sizeof *at + 16;
    SOCKET client = tcp();
    fresh(&operation);
    AcceptEx(listener, tcp(), space, 64, room, room, &count, &operation);
    must(connect(client, (struct sockaddr *)at, sizeof *at) == 0, "connect");
    sleep_ms(50);
    return client;
}

int main(void)
{
    struct sockaddr_in at;
    SOCKET listener;
    start();
    listener = tcp_listening(&at);
    closesocket(accepting(listener, &at));
    completed("AcceptEx closed completed", listener, &operation);
    printf("count %d\n", (int)operation.InternalHigh);
    reset_connection(accepting(listener, &at));
    completed("AcceptEx reset completed", listener, &operation);
    return 0;
}
