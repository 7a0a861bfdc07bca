// A completion routine on a socket of a completion port.
//
// rule: such a call fails with WSAEINVAL.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 7549, validated on Windows
// proves: WSARecv WSAEINVAL
// expect: WSARecv 10022
#include "objects.h"

static int seen;

static void CALLBACK routine(DWORD error, DWORD count, LPWSAOVERLAPPED operation, DWORD flags)
{
    (void)flags;
    printf("routine %u bytes %u mark %u\n", (unsigned)error, (unsigned)count, (unsigned)(ULONG_PTR)operation->hEvent);
    seen++;
}

int main(void)
{
    SOCKET client, server;
    char byte[1];
    WSABUF buffer = {1, byte};
    WSAOVERLAPPED operation;
    DWORD flags = 0;
    start();
    memset(&operation, 0, sizeof operation);
    tcp_pair(&client, &server);
    must(CreateIoCompletionPort((HANDLE)server, NULL, 5, 0) != NULL, "CreateIoCompletionPort");
    result("WSARecv", WSARecv(server, &buffer, 1, NULL, &flags, &operation, routine) != 0);
    must(seen == 0, "no routine");
    return 0;
}
