// send on a datagram socket without a peer.
//
// rule: send and WSASend on an unconnected datagram socket fail with WSAENOTCONN.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-send, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 13588, validated on Windows
// proves: send WSASend WSAENOTCONN
// expect: send 10057
// expect: WSASend 10057
#include "case.h"

int main(void)
{
    char byte[1] = {0};
    WSABUF buffer = {1, byte};
    DWORD count;
    start();
    result("send", send(udp(), byte, 1, 0) < 0);
    result("WSASend", WSASend(udp(), &buffer, 1, &count, 0, NULL, NULL) != 0);
    return 0;
}
