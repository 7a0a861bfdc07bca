// Two handles of one completion port.
//
// rule: DuplicateHandle makes one more handle; the port lives until both are closed.
// source: https://learn.microsoft.com/windows/win32/api/handleapi/nf-handleapi-duplicatehandle
// expect: DuplicateHandle ok
// expect: close the first ok
// expect: post by the second ok
// expect: taken 5
// expect: close the second ok
#include "objects.h"

int main(void)
{
    HANDLE port, second = NULL;
    DWORD bytes;
    ULONG_PTR key;
    OVERLAPPED *operation;
    start();
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
    win32("DuplicateHandle", DuplicateHandle(GetCurrentProcess(), port, GetCurrentProcess(), &second, 0, FALSE,
                                             DUPLICATE_SAME_ACCESS));
    win32("close the first", CloseHandle(port));
    win32("post by the second", PostQueuedCompletionStatus(second, 5, 0, NULL));
    must(GetQueuedCompletionStatus(second, &bytes, &key, &operation, 1000), "GetQueuedCompletionStatus");
    printf("taken %u\n", (unsigned)bytes);
    win32("close the second", CloseHandle(second));
    return 0;
}
