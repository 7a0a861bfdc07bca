// A semaphore that counts as far as it can, made with LONG_MAX.
//
// rule: LONG_MAX is a limit as any other, of the C library's as of Windows' long.
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-createsemaphorew
// expect: CreateSemaphoreA ok
// expect: CreateSemaphoreW ok
// expect: CreateSemaphoreExA ok
// expect: CreateSemaphoreExW ok
// expect: ReleaseSemaphore ok
// expect: ReleaseSemaphore 1 298
// expect: waited 0
#include "objects.h"

#include <limits.h>

int main(void)
{
    HANDLE semaphore = CreateSemaphoreA(NULL, 0, LONG_MAX, NULL);
    win32("CreateSemaphoreA", semaphore != NULL);
    win32("CreateSemaphoreW", CreateSemaphoreW(NULL, 0, LONG_MAX, NULL) != NULL);
    win32("CreateSemaphoreExA", CreateSemaphoreExA(NULL, 0, LONG_MAX, NULL, 0, SEMAPHORE_ALL_ACCESS) != NULL);
    win32("CreateSemaphoreExW", CreateSemaphoreExW(NULL, 0, LONG_MAX, NULL, 0, SEMAPHORE_ALL_ACCESS) != NULL);
    win32("ReleaseSemaphore", ReleaseSemaphore(semaphore, 0x7fffffff, NULL));
    win32("ReleaseSemaphore 1", ReleaseSemaphore(semaphore, 1, NULL));
    waited("waited", WaitForSingleObject(semaphore, 0));
    return 0;
}
