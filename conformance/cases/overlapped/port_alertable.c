// An alertable wait at a completion port.
//
// rule: GetQueuedCompletionStatusEx ends with WAIT_IO_COMPLETION (192) when an APC has run, and gives as many packets
// as there is room for.
// source: https://learn.microsoft.com/windows/win32/api/ioapiset/nf-ioapiset-getqueuedcompletionstatusex
// expect: call
// expect: before 192
// expect: call
// expect: meanwhile 192
// expect: not alertable 258
// expect: call
// expect: after 192
// expect: packets 100
// expect: first 0 last 99
#include "objects.h"

static void CALLBACK call(ULONG_PTR number)
{
    (void)number;
    printf("call\n");
}

static HANDLE self;

static DWORD WINAPI queues(LPVOID argument)
{
    (void)argument;
    Sleep(50);
    return QueueUserAPC(call, self, 0);
}

int main(void)
{
    HANDLE port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0), thread;
    static OVERLAPPED_ENTRY entries[200];
    ULONG count = 0;
    int i;
    must(DuplicateHandle(GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(), &self, 0, FALSE,
                         DUPLICATE_SAME_ACCESS),
         "DuplicateHandle");
    must(QueueUserAPC(call, self, 0) != 0, "QueueUserAPC");
    win32("before", GetQueuedCompletionStatusEx(port, entries, 200, &count, 5000, TRUE));
    thread = new_thread(queues, NULL, 0);
    win32("meanwhile", GetQueuedCompletionStatusEx(port, entries, 200, &count, 5000, TRUE));
    join(thread);
    must(QueueUserAPC(call, self, 0) != 0, "QueueUserAPC");
    win32("not alertable", GetQueuedCompletionStatusEx(port, entries, 200, &count, 10, FALSE));
    win32("after", GetQueuedCompletionStatusEx(port, entries, 200, &count, 0, TRUE));
    for (i = 0; i < 100; i++)
        must(PostQueuedCompletionStatus(port, 0, (ULONG_PTR)i, NULL), "PostQueuedCompletionStatus");
    must(GetQueuedCompletionStatusEx(port, entries, 200, &count, 0, TRUE), "GetQueuedCompletionStatusEx");
    printf("packets %u\n", (unsigned)count);
    printf("first %u last %u\n", (unsigned)entries[0].lpCompletionKey, (unsigned)entries[count - 1].lpCompletionKey);
    return 0;
}
