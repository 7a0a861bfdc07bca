// A reset under several receives.
//
// rule: each of them ends with the reset.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_WSARecv, validated on Windows
// expect: first 10054
// expect: second 10054
#include "extension.h"

static void begin(SOCKET s, WSAOVERLAPPED *operation, char *byte)
{
    WSABUF buffer;
    DWORD flags = 0;
    buffer.buf = byte;
    buffer.len = 1;
    with_event(operation);
    must(WSARecv(s, &buffer, 1, NULL, &flags, operation, NULL) != 0 && WSAGetLastError() == WSA_IO_PENDING, "WSARecv");
}

int main(void)
{
    WSAOVERLAPPED first, second;
    char bytes[2];
    SOCKET a, b;
    start();
    tcp_pair(&a, &b);
    begin(a, &first, &bytes[0]);
    begin(a, &second, &bytes[1]);
    reset_connection(b);
    completed("first", a, &first);
    completed("second", a, &second);
    return 0;
}
