// AcceptEx with too little room for an address.
//
// rule: it is queued all the same; when a caller comes it fails with 10014 (ERROR_INSUFFICIENT_BUFFER, 122), and the
// rule: caller stays in the listener's queue. No room at all for the local address is allowed.
// source: Wine dlls/ws2_32/tests/sock.c, test_AcceptEx, validated on Windows
// timeout: 20
// expect: AcceptEx short 997
// expect: AcceptEx short completed 10014
// expect: AcceptEx short win32 122
// expect: accept ok
// expect: AcceptEx without local 997
// expect: AcceptEx without local completed ok
#include "extension.h"

int main(void)
{
    SOCKET listener, client, server;
    struct sockaddr_in at;
    WSAOVERLAPPED operation;
    char space[2 * (sizeof at + 16)];
    DWORD count, room = sizeof at + 16;
    start();
    listener = tcp_listening(&at);
    fresh(&operation);
    result("AcceptEx short", !AcceptEx(listener, tcp(), space, 0, 3, room, &count, &operation));
    client = tcp();
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    completed("AcceptEx short completed", listener, &operation);
    result("AcceptEx short win32", !GetOverlappedResult((HANDLE)listener, &operation, &count, FALSE));
    nonblocking(listener);
    server = accept(listener, NULL, NULL);
    result("accept", server == INVALID_SOCKET);
    fresh(&operation);
    result("AcceptEx without local", !AcceptEx(listener, tcp(), space, 0, 0, room, &count, &operation));
    must(connect(tcp(), (struct sockaddr *)&at, sizeof at) == 0, "connect");
    completed("AcceptEx without local completed", listener, &operation);
    return 0;
}
