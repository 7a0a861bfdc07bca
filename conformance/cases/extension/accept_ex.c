// AcceptEx waits for a caller.
//
// rule: AcceptEx without a caller is queued with WSA_IO_PENDING and completes when one comes.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nf-mswsock-acceptex, return values
// proves: AcceptEx WSA_IO_PENDING
// expect: AcceptEx 997
// expect: AcceptEx completed ok
#include "extension.h"

int main(void)
{
    SOCKET listener;
    struct sockaddr_in at;
    WSAOVERLAPPED operation;
    char space[2 * (sizeof at + 16)];
    DWORD count;
    start();
    listener = tcp_listening(&at);
    fresh(&operation);
    result("AcceptEx", !AcceptEx(listener, tcp(), space, 0, sizeof at + 16, sizeof at + 16, &count, &operation));
    must(connect(tcp(), (struct sockaddr *)&at, sizeof at) == 0, "connect");
    completed("AcceptEx completed", listener, &operation);
    return 0;
}
