// The result of an overlapped operation, with a limit to the patience.
//
// rule: GetOverlappedResultEx fails with 996 without waiting, 258 when the time is over, 192 after a queued routine has
//   run; else it says how the operation ended.
// source: https://learn.microsoft.com/windows/win32/api/ioapiset/nf-ioapiset-getoverlappedresultex
// expect: at once 996
// expect: time over 258
// expect: time over without event 258
// expect: routine 192 ran 1
// expect: done ok 3
// expect: for ever ok 3
// expect: zero after the end ok 3
#include "objects.h"

static int ran;

static void CALLBACK routine(ULONG_PTR unused)
{
    (void)unused;
    ran++;
}

static void receive(SOCKET s, OVERLAPPED *operation, HANDLE event, char *room)
{
    DWORD flags = 0;
    WSABUF buffer;
    buffer.buf = room;
    buffer.len = 3;
    memset(operation, 0, sizeof *operation);
    operation->hEvent = event;
    must(WSARecv(s, &buffer, 1, NULL, &flags, operation, NULL) == 0 || WSAGetLastError() == WSA_IO_PENDING, "WSARecv");
}

static void ended(const char *what, int good, DWORD bytes)
{
    printf("%s %s %u\n", what, good ? "ok" : "failed", (unsigned)bytes);
}

int main(void)
{
    SOCKET client, server;
    OVERLAPPED operation;
    HANDLE event = new_event(TRUE, FALSE), file;
    char room[3];
    DWORD bytes = 0;
    int good;
    start();
    tcp_pair(&client, &server);
    file = (HANDLE)server;
    receive(server, &operation, event, room);
    win32("at once", GetOverlappedResultEx(file, &operation, &bytes, 0, FALSE));
    win32("time over", GetOverlappedResultEx(file, &operation, &bytes, 50, FALSE));
    must(QueueUserAPC(routine, GetCurrentThread(), 0), "QueueUserAPC");
    operation.hEvent = NULL;
    win32("time over without event", GetOverlappedResultEx(file, &operation, &bytes, 50, FALSE));
    operation.hEvent = event;
    good = GetOverlappedResultEx(file, &operation, &bytes, 5000, TRUE);
    printf("routine %u ran %d\n", good ? 0 : (unsigned)GetLastError(), ran);
    must(send(client, "abc", 3, 0) == 3, "send");
    good = GetOverlappedResultEx(file, &operation, &bytes, 5000, FALSE);
    ended("done", good, bytes);
    receive(server, &operation, NULL, room);
    must(send(client, "def", 3, 0) == 3, "send");
    good = GetOverlappedResultEx(file, &operation, &bytes, INFINITE, FALSE);
    ended("for ever", good, bytes);
    good = GetOverlappedResultEx(file, &operation, &bytes, 0, FALSE);
    ended("zero after the end", good, bytes);
    return 0;
}
