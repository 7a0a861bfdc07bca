// Overlapped WSASendTo that cannot leave.
//
// rule: while the network does not take a datagram the operation is queued with WSA_IO_PENDING; cancelled, it ends with
// rule: WSA_OPERATION_ABORTED.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsasendto, return values
// network: lan
// proves: WSASendTo WSA_IO_PENDING
// proves: WSASendTo WSA_OPERATION_ABORTED
// expect: WSASendTo 997
// expect: WSASendTo completed 995
#include "extension.h"

int main(void)
{
    // Nobody has this address: datagrams wait for an answer to the question who does, and count as unsent.
    struct sockaddr_in nobody = ipv4("192.0.2.77", 9);
    static char block[1400];
    WSABUF buffer = {sizeof block, block};
    WSAOVERLAPPED operation;
    DWORD count;
    int small = 4096, sent = 0;
    SOCKET s;
    start();
    s = udp();
    must(setsockopt(s, SOL_SOCKET, SO_SNDBUF, (char *)&small, sizeof small) == 0, "SO_SNDBUF");
    for (;;) {
        fresh(&operation);
        if (WSASendTo(s, &buffer, 1, &count, 0, (struct sockaddr *)&nobody, sizeof nobody, &operation, NULL) != 0)
            break;
        must(++sent < 100, "the network takes everything");
    }
    result("WSASendTo", 1);
    must(CancelIoEx((HANDLE)s, (OVERLAPPED *)&operation), "CancelIoEx");
    completed("WSASendTo completed", s, &operation);
    return 0;
}
