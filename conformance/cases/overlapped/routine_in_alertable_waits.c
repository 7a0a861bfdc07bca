// A completion routine.
//
// rule: routines run in alertable waits of the thread that began the operation, in the order of the ends, also for
// what ended at once; hEvent is the program's.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv, Remarks on completion routines
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsawaitformultipleevents
// expect: WSARecv 997
// expect: WSARecv 997
// expect: not alertable 258
// expect: routine 0 bytes 1 mark 1
// expect: routine 0 bytes 1 mark 2
// expect: SleepEx 192
// expect: WSASend ok
// expect: routine 0 bytes 1 mark 1
// expect: SleepEx 192
// expect: routine 0 bytes 1 mark 1
// expect: WSAWaitForMultipleEvents 192
// expect: nothing left 0
#include "objects.h"

static int seen;

static void CALLBACK routine(DWORD error, DWORD count, LPWSAOVERLAPPED operation, DWORD flags)
{
    (void)flags;
    printf("routine %u bytes %u mark %u\n", (unsigned)error, (unsigned)count, (unsigned)(ULONG_PTR)operation->hEvent);
    seen++;
}

static void begin(SOCKET s, WSABUF *buffer, WSAOVERLAPPED *operation, UINT_PTR mark)
{
    DWORD flags = 0;
    memset(operation, 0, sizeof *operation);
    operation->hEvent = (HANDLE)mark;
    result("WSARecv", WSARecv(s, buffer, 1, NULL, &flags, operation, routine) != 0);
}

int main(void)
{
    SOCKET client, server;
    char bytes[2];
    WSABUF buffers[2] = {{1, bytes}, {1, bytes + 1}};
    WSAOVERLAPPED operations[2];
    WSAEVENT event;
    DWORD count, flags = 0;
    start();
    event = WSACreateEvent();
    tcp_pair(&client, &server);
    begin(server, &buffers[0], &operations[0], 1);
    begin(server, &buffers[1], &operations[1], 2);
    must(send(client, "ab", 2, 0) == 2, "send");
    waited("not alertable", WaitForSingleObject(event, 100));
    must(seen == 0, "no routine");
    waited("SleepEx", SleepEx(1000, TRUE));
    result("WSASend", WSASend(server, buffers, 1, &count, 0, &operations[0], routine) != 0);
    waited("SleepEx", SleepEx(1000, TRUE));
    must(WSARecv(server, buffers, 1, NULL, &flags, &operations[0], routine) != 0, "WSARecv");
    must(send(client, "c", 1, 0) == 1, "send");
    waited("WSAWaitForMultipleEvents", WSAWaitForMultipleEvents(1, &event, FALSE, 5000, TRUE));
    waited("nothing left", SleepEx(0, TRUE));
    return 0;
}
