// INVALID_SOCKET as an argument, the commonest slip after a failed socket call.
//
// rule: INVALID_SOCKET and numbers that never were a socket fail with WSAENOTSOCK.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recv, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 7287, validated on Windows
// proves: send recv closesocket WSAENOTSOCK
// expect: send 10038
// expect: recv 10038
// expect: closesocket 10038
// expect: closesocket zero 10038
// expect: closesocket large 10038
#include "case.h"

int main(void)
{
    char byte[1] = {0};
    start();
    result("send", send(INVALID_SOCKET, byte, 1, 0) < 0);
    result("recv", recv(INVALID_SOCKET, byte, 1, 0) < 0);
    result("closesocket", closesocket(INVALID_SOCKET) != 0);
    result("closesocket zero", closesocket(0) != 0);
    result("closesocket large", closesocket((SOCKET)0xdeadbeec) != 0);
    return 0;
}
