// Completion ports: what makes one, ties a handle to one, and takes from one.
//
// rule: a handle is tied to one port and once, else ERROR_INVALID_PARAMETER; what is no handle, or no port, is
//       ERROR_INVALID_HANDLE; taking from an empty port ends with WAIT_TIMEOUT and no OVERLAPPED.
// source: https://learn.microsoft.com/windows/win32/fileio/createiocompletionport,
//         https://learn.microsoft.com/windows/win32/api/ioapiset/nf-ioapiset-getqueuedcompletionstatus
// expect: two ports ok
// expect: tie ok
// expect: tie again 87
// expect: tie to another 87
// expect: tie to a new one 87
// expect: no port 6
// expect: a port as a handle 6
// expect: an event as a handle 6
// expect: no handle 6
// expect: no handle, no port 6
// expect: invalid handle, a port 87
// expect: empty failed 258, operation none
// expect: empty for a time failed 258, operation none
// expect: an event failed 6, operation none
// expect: no port failed 6, operation none
// expect: Ex, empty 258
// expect: Ex, no room 87
// expect: Ex, no port 6
// expect: post to no port 6
// expect: close ok
// expect: close again 6
// expect: closed failed 6, operation none
#include "objects.h"

static void take(const char *what, HANDLE port, DWORD wait)
{
    DWORD bytes = 77;
    ULONG_PTR key = 77;
    OVERLAPPED mark, *operation = &mark;
    BOOL good = GetQueuedCompletionStatus(port, &bytes, &key, &operation, wait);
    DWORD error = GetLastError();
    printf("%s %s %u, operation %s\n", what, good ? "ok" : "failed", good ? 0 : (unsigned)error,
           operation == NULL ? "none" : operation == &mark ? "as before" : "set");
    fflush(stdout);
}

int main(void)
{
    HANDLE port, other, event;
    OVERLAPPED_ENTRY entries[2];
    ULONG count = 77;
    SOCKET s;
    start();
    s = tcp();
    event = new_event(TRUE, FALSE);
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
    other = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 5, 4);
    printf("two ports %s\n", port != NULL && other != NULL && port != other ? "ok" : "failed");
    win32("tie", CreateIoCompletionPort((HANDLE)s, port, 1, 0) == port);
    win32("tie again", CreateIoCompletionPort((HANDLE)s, port, 1, 0) != NULL);
    win32("tie to another", CreateIoCompletionPort((HANDLE)s, other, 1, 0) != NULL);
    win32("tie to a new one", CreateIoCompletionPort((HANDLE)s, NULL, 1, 0) != NULL);
    win32("no port", CreateIoCompletionPort((HANDLE)tcp(), event, 1, 0) != NULL);
    win32("a port as a handle", CreateIoCompletionPort(other, port, 1, 0) != NULL);
    win32("an event as a handle", CreateIoCompletionPort(event, port, 1, 0) != NULL);
    win32("no handle", CreateIoCompletionPort((HANDLE)(ULONG_PTR)0x12340, port, 1, 0) != NULL);
    win32("no handle, no port", CreateIoCompletionPort((HANDLE)(ULONG_PTR)0x12340, NULL, 1, 0) != NULL);
    win32("invalid handle, a port", CreateIoCompletionPort(INVALID_HANDLE_VALUE, port, 1, 0) != NULL);
    take("empty", port, 0);
    take("empty for a time", port, 50);
    take("an event", event, 0);
    take("no port", (HANDLE)(ULONG_PTR)0x12340, 0);
    win32("Ex, empty", GetQueuedCompletionStatusEx(port, entries, 2, &count, 0, FALSE));
    win32("Ex, no room", GetQueuedCompletionStatusEx(port, entries, 0, &count, 0, FALSE));
    win32("Ex, no port", GetQueuedCompletionStatusEx(event, entries, 2, &count, 0, FALSE));
    win32("post to no port", PostQueuedCompletionStatus(event, 0, 0, NULL));
    win32("close", CloseHandle(other));
    win32("close again", CloseHandle(other));
    take("closed", other, 0);
    return 0;
}
