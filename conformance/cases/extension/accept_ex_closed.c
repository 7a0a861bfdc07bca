// AcceptEx whose sockets are closed.
//
// rule: closing the accept socket or the listener ends AcceptEx with WSA_OPERATION_ABORTED, also while it waits for data.
// source: Wine dlls/ws2_32/tests/sock.c, test_AcceptEx, validated on Windows
// expect: AcceptEx acceptor closed completed 995
// expect: AcceptEx cancelled while waiting for data completed 995
// expect: AcceptEx listener closed completed 995
#include "extension.h"

int main(void)
{
    SOCKET listener, acceptor, client, other = INVALID_SOCKET;
    struct sockaddr_in at, elsewhere;
    WSAOVERLAPPED operation;
    char space[64 + 2 * (sizeof at + 16)];
    DWORD count, room = sizeof at + 16;
    start();
    other = tcp_listening(&elsewhere);
    listener = tcp_listening(&at);
    acceptor = tcp();
    fresh(&operation);
    AcceptEx(listener, acceptor, space, 0, room, room, &count, &operation);
    must(closesocket(acceptor) == 0, "closesocket");
    completed("AcceptEx acceptor closed completed", listener, &operation);
    fresh(&operation);
    AcceptEx(listener, tcp(), space, 64, room, room, &count, &operation);
    client = tcp();
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    sleep_ms(50);
    must(CancelIoEx((HANDLE)listener, (OVERLAPPED *)&operation), "CancelIoEx");
    completed("AcceptEx cancelled while waiting for data completed", listener, &operation);
    fresh(&operation);
    AcceptEx(listener, tcp(), space, 0, room, room, &count, &operation);
    must(closesocket(listener) == 0, "closesocket");
    sleep_ms(50);
    // The listener is gone; any socket asks for the result.
    completed("AcceptEx listener closed completed", other, &operation);
    return 0;
}
