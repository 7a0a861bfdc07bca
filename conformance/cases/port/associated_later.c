// A socket that is tied to a port while an operation is under way.
//
// rule: the port tells the end of that operation too.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_completion_port, validated on Windows
// expect: WSARecv 997
// expect: packet 995 key 125 ours
#include "case.h"

int main(void)
{
    WSAOVERLAPPED operation = {0}, *ended = NULL;
    WSABUF buffer;
    char byte;
    DWORD count = 0, flags = 0;
    ULONG_PTR key = 0;
    HANDLE port;
    SOCKET a, b;
    start();
    tcp_pair(&a, &b);
    buffer.buf = &byte;
    buffer.len = 1;
    result("WSARecv", WSARecv(a, &buffer, 1, &count, &flags, &operation, NULL) != 0);
    port = CreateIoCompletionPort((HANDLE)a, NULL, 125, 0);
    must(port != NULL, "CreateIoCompletionPort");
    must(CancelIoEx((HANDLE)a, &operation), "CancelIoEx");
    if (GetQueuedCompletionStatus(port, &count, &key, &ended, 2000))
        printf("packet of success\n");
    else
        printf("packet %u key %u %s\n", (unsigned)GetLastError(), (unsigned)key, ended == &operation ? "ours" : "none");
    return 0;
}
