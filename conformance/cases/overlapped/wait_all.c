// Overlapped MSG_WAITALL.
//
// rule: the receive completes when its buffers are full or the stream ends; on a non-blocking socket, a datagram socket or
// rule: with MSG_PEEK it is refused with WSAEOPNOTSUPP.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv, remarks
// expect: WSARecv 997
// expect: half of it 996
// expect: WSARecv completed ok
// expect: count 4 abcd
// expect: WSARecv at the end completed ok
// expect: count 2
// expect: WSARecv peek 10045
// expect: WSARecv datagram 10045
#include "extension.h"

int main(void)
{
    struct sockaddr_in at;
    SOCKET client, server;
    char data[4];
    WSABUF buffers[2] = {{1, data}, {3, data + 1}};
    WSAOVERLAPPED operation;
    DWORD flags = MSG_WAITALL, count;
    start();
    tcp_pair(&client, &server);
    fresh(&operation);
    result("WSARecv", WSARecv(client, buffers, 2, NULL, &flags, &operation, NULL) != 0);
    must(send(server, "ab", 2, 0) == 2, "send");
    sleep_ms(50);
    result("half of it", !WSAGetOverlappedResult(client, &operation, &count, FALSE, &flags));
    must(send(server, "cdef", 4, 0) == 4, "send");
    completed("WSARecv completed", client, &operation);
    printf("count %d %.4s\n", (int)operation.InternalHigh, data);
    flags = MSG_WAITALL;
    fresh(&operation);
    WSARecv(client, buffers, 2, NULL, &flags, &operation, NULL);
    closesocket(server);
    completed("WSARecv at the end completed", client, &operation);
    printf("count %d\n", (int)operation.InternalHigh);
    flags = MSG_WAITALL | MSG_PEEK;
    result("WSARecv peek", WSARecv(client, buffers, 2, NULL, &flags, &operation, NULL) != 0);
    flags = MSG_WAITALL;
    result("WSARecv datagram", WSARecv(udp_bound(&at), buffers, 2, NULL, &flags, &operation, NULL) != 0);
    return 0;
}
