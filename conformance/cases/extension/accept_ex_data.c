// AcceptEx that wants the first data.
//
// rule: with room for data AcceptEx completes when data has come, and GetAcceptExSockaddrs finds both addresses behind it.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nf-mswsock-acceptex, remarks
// source: Wine dlls/ws2_32/tests/sock.c, test_AcceptEx, validated on Windows
// expect: AcceptEx 997
// expect: connected alone 996
// expect: AcceptEx completed ok
// expect: count 1 byte x
// expect: local ok remote ok
#include "extension.h"

int main(void)
{
    SOCKET listener, client;
    struct sockaddr_in at, from;
    struct sockaddr *local, *remote;
    int local_length, remote_length, length = sizeof from;
    WSAOVERLAPPED operation;
    char space[2 + 2 * (sizeof at + 16)];
    DWORD count, flags, room = sizeof at + 16;
    start();
    listener = tcp_listening(&at);
    fresh(&operation);
    result("AcceptEx", !AcceptEx(listener, tcp(), space, 2, room, room, &count, &operation));
    client = tcp();
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    sleep_ms(50);
    result("connected alone", !WSAGetOverlappedResult(listener, &operation, &count, FALSE, &flags));
    must(send(client, "x", 1, 0) == 1, "send");
    completed("AcceptEx completed", listener, &operation);
    printf("count %d byte %c\n", (int)operation.InternalHigh, space[0]);
    GetAcceptExSockaddrs(space, 2, room, room, &local, &local_length, &remote, &remote_length);
    must(getsockname(client, (struct sockaddr *)&from, &length) == 0, "getsockname");
    printf("local %s remote %s\n", local_length == sizeof at && memcmp(local, &at, sizeof at) == 0 ? "ok" : "wrong",
           remote_length == sizeof from && memcmp(remote, &from, sizeof from) == 0 ? "ok" : "wrong");
    return 0;
}
