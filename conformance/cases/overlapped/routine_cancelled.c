// A completion routine of an operation that is cancelled.
//
// rule: CancelIoEx and closesocket end operations, whose routines get WSA_OPERATION_ABORTED.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-closesocket, Remarks
// expect: WSARecv 997
// expect: routine 995 bytes 0 mark 0
// expect: SleepEx 192
// expect: WSARecv 997
// expect: routine 995 bytes 0 mark 0
// expect: SleepEx 192
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
    result("WSARecv", WSARecv(server, &buffer, 1, NULL, &flags, &operation, routine) != 0);
    must(CancelIoEx((HANDLE)server, &operation), "CancelIoEx");
    waited("SleepEx", SleepEx(1000, TRUE));
    result("WSARecv", WSARecv(server, &buffer, 1, NULL, &flags, &operation, routine) != 0);
    must(closesocket(server) == 0, "closesocket");
    waited("SleepEx", SleepEx(1000, TRUE));
    return 0;
}
