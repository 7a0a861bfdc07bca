// Packets of the program's own.
//
// rule: packets come out in the order in which they went in, with exactly the three values that were posted, also where
//       these are no OVERLAPPED at all; a call that fails for want of packets leaves bytes and key alone.
// source: https://learn.microsoft.com/windows/win32/fileio/postqueuedcompletionstatus,
//         https://learn.microsoft.com/windows/win32/fileio/getqueuedcompletionstatusex-func
// expect: post ok
// expect: post ok
// expect: post ok
// expect: taken 11 22 mark
// expect: taken 4294967295 -1 null
// expect: taken 0 0 a number
// expect: failed 77 78 null
// expect: mark untouched
// expect: 4 at once: 0 100 1 101 2 102 3 103
// expect: 2 at once: 4 104 5 105
// expect: none 258
#include "objects.h"

int main(void)
{
    HANDLE port;
    OVERLAPPED mark, *operation;
    OVERLAPPED_ENTRY entries[4];
    DWORD bytes;
    ULONG_PTR key;
    ULONG count, i;
    BOOL good;
    start();
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    memset(&mark, 0x55, sizeof mark);
    win32("post", PostQueuedCompletionStatus(port, 11, 22, &mark));
    win32("post", PostQueuedCompletionStatus(port, 0xffffffff, (ULONG_PTR)-1, NULL));
    win32("post", PostQueuedCompletionStatus(port, 0, 0, (OVERLAPPED *)(ULONG_PTR)3));
    for (i = 0; i < 4; i++) {
        bytes = 77;
        key = 78;
        operation = NULL;
        good = GetQueuedCompletionStatus(port, &bytes, &key, &operation, 0);
        printf("%s %u %d ", good ? "taken" : "failed", (unsigned)bytes, (int)key);
        printf("%s\n", operation == &mark ? "mark" : operation == NULL ? "null" : "a number");
    }
    printf("mark %s\n", mark.Internal == (ULONG_PTR)0x5555555555555555 ? "untouched" : "changed");
    for (i = 0; i < 6; i++)
        must(PostQueuedCompletionStatus(port, i, i + 100, NULL), "PostQueuedCompletionStatus");
    while (GetQueuedCompletionStatusEx(port, entries, 4, &count, 0, FALSE)) {
        printf("%u at once:", (unsigned)count);
        for (i = 0; i < count; i++)
            printf(" %u %u", (unsigned)entries[i].dwNumberOfBytesTransferred, (unsigned)entries[i].lpCompletionKey);
        printf("\n");
    }
    printf("none %u\n", (unsigned)GetLastError());
    return 0;
}
