// WSAGetOverlappedResult without a place for the flags.
//
// rule: the number of bytes is told all the same.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_ip_pktinfo, validated on Windows
// expect: bytes 1
#include "extension.h"

int main(void)
{
    WSAOVERLAPPED operation;
    WSABUF buffer;
    struct sockaddr_in at;
    char bytes[8];
    DWORD flags = 0, count = 0;
    SOCKET s;
    start();
    s = udp_bound(&at);
    buffer.buf = bytes;
    buffer.len = sizeof bytes;
    with_event(&operation);
    must(WSARecv(s, &buffer, 1, NULL, &flags, &operation, NULL) != 0, "WSARecv");
    must(sendto(s, "x", 1, 0, (struct sockaddr *)&at, sizeof at) == 1, "sendto");
    must(WaitForSingleObject(operation.hEvent, 2000) == WAIT_OBJECT_0, "wait");
    WSAGetOverlappedResult(s, &operation, &count, FALSE, NULL);
    printf("bytes %u\n", (unsigned)count);
    return 0;
}
