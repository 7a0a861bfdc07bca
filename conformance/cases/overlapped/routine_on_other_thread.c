// Whose thread runs a completion routine.
//
// rule: a routine runs on the thread that began the operation, never in another thread's alertable wait.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv, Remarks
// expect: WSARecv 997
// expect: other thread 0
// expect: routine 0 bytes 1 mark 0
// expect: own thread 192
#include "objects.h"

static int seen;

static void CALLBACK routine(DWORD error, DWORD count, LPWSAOVERLAPPED operation, DWORD flags)
{
    (void)flags;
    printf("routine %u bytes %u mark %u\n", (unsigned)error, (unsigned)count, (unsigned)(ULONG_PTR)operation->hEvent);
    seen++;
}

static DWORD WINAPI sleeps(LPVOID argument)
{
    (void)argument;
    waited("other thread", SleepEx(100, TRUE));
    return 0;
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
    must(send(client, "x", 1, 0) == 1, "send");
    join(new_thread(sleeps, NULL, 0));
    must(seen == 0, "no routine");
    waited("own thread", SleepEx(1000, TRUE));
    return 0;
}
