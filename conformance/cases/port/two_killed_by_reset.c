// A reset under several receives of a socket that is tied to a port.
//
// rule: each of them ends with the reset, in its packet and in its OVERLAPPED.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_WSARecv, validated on Windows; the port's error is Win32's
// expect: packet 64
// expect: first 10054
// expect: packet 64
// expect: second 10054
#include "extension.h"

static void begin(SOCKET s, WSAOVERLAPPED *operation, char *byte)
{
    WSABUF buffer;
    DWORD flags = 0;
    buffer.buf = byte;
    buffer.len = 1;
    fresh(operation);
    must(WSARecv(s, &buffer, 1, NULL, &flags, operation, NULL) != 0 && WSAGetLastError() == WSA_IO_PENDING, "WSARecv");
}

static void next(HANDLE port, WSAOVERLAPPED *expected)
{
    DWORD bytes;
    ULONG_PTR key;
    LPOVERLAPPED operation = NULL;
    BOOL good = GetQueuedCompletionStatus(port, &bytes, &key, &operation, 5000);
    printf("packet %d\n", good ? 0 : (int)GetLastError());
    must(operation == expected, "GetQueuedCompletionStatus");
}

int main(void)
{
    WSAOVERLAPPED first, second;
    HANDLE port;
    char bytes[2];
    SOCKET a, b;
    start();
    tcp_pair(&a, &b);
    port = CreateIoCompletionPort((HANDLE)a, NULL, 1, 1);
    must(port != NULL, "CreateIoCompletionPort");
    begin(a, &first, &bytes[0]);
    begin(a, &second, &bytes[1]);
    reset_connection(b);
    next(port, &first);
    completed("first", a, &first);
    next(port, &second);
    completed("second", a, &second);
    return 0;
}
