// A completion port that is closed while threads wait for its packets.
//
// rule: each wait fails with ERROR_ABANDONED_WAIT_0 (735) and no OVERLAPPED; later ones with ERROR_INVALID_HANDLE.
// source: https://learn.microsoft.com/windows/win32/api/ioapiset/nf-ioapiset-getqueuedcompletionstatus, Remarks
// expect: close ok
// expect: all threads 0
// expect: abandoned 6, others 0
// expect: later 6
#include "objects.h"

static HANDLE port;
static LONG abandoned, others;

static DWORD WINAPI waits(void *extended)
{
    OVERLAPPED_ENTRY entries[2];
    OVERLAPPED mark, *operation = &mark;
    DWORD bytes, error;
    ULONG_PTR key;
    ULONG count;
    BOOL good;
    if (extended) {
        good = GetQueuedCompletionStatusEx(port, entries, 2, &count, 10000, FALSE);
        operation = NULL;
    } else {
        good = GetQueuedCompletionStatus(port, &bytes, &key, &operation, INFINITE);
    }
    error = GetLastError();
    InterlockedIncrement(!good && error == ERROR_ABANDONED_WAIT_0 && operation == NULL ? &abandoned : &others);
    return 0;
}

int main(void)
{
    HANDLE threads[6];
    DWORD bytes;
    ULONG_PTR key;
    OVERLAPPED *operation;
    int i;
    start();
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    for (i = 0; i < 6; i++)
        threads[i] = new_thread(waits, i % 2 ? &port : NULL, 0);
    sleep_ms(300);
    win32("close", CloseHandle(port));
    waited("all threads", WaitForMultipleObjects(6, threads, TRUE, 5000));
    printf("abandoned %d, others %d\n", (int)abandoned, (int)others);
    win32("later", GetQueuedCompletionStatus(port, &bytes, &key, &operation, 0));
    return 0;
}
