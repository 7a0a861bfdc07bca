// A semaphore counts.
//
// rule: each wait takes one; a release beyond the limit adds nothing and fails with ERROR_TOO_MANY_POSTS; bad counts are ERROR_INVALID_PARAMETER.
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-releasesemaphore
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-createsemaphorew
// expect: CreateSemaphore 3 of 2 87
// expect: CreateSemaphore -1 87
// expect: CreateSemaphore of 0 87
// expect: first 0
// expect: second 258
// expect: ReleaseSemaphore 0 87
// expect: ReleaseSemaphore 3 298
// expect: ReleaseSemaphore 2 ok
// expect: before 0
// expect: third 0
// expect: ReleaseSemaphore 1 ok
// expect: before 1
#include "objects.h"

int main(void)
{
    HANDLE semaphore = CreateSemaphoreA(NULL, 1, 2, NULL);
    LONG before = 77;
    win32("CreateSemaphore 3 of 2", CreateSemaphoreA(NULL, 3, 2, NULL) != NULL);
    win32("CreateSemaphore -1", CreateSemaphoreA(NULL, -1, 2, NULL) != NULL);
    win32("CreateSemaphore of 0", CreateSemaphoreA(NULL, 0, 0, NULL) != NULL);
    waited("first", WaitForSingleObject(semaphore, 0));
    waited("second", WaitForSingleObject(semaphore, 0));
    win32("ReleaseSemaphore 0", ReleaseSemaphore(semaphore, 0, NULL));
    win32("ReleaseSemaphore 3", ReleaseSemaphore(semaphore, 3, &before));
    win32("ReleaseSemaphore 2", ReleaseSemaphore(semaphore, 2, &before));
    printf("before %d\n", (int)before);
    waited("third", WaitForSingleObject(semaphore, 0));
    win32("ReleaseSemaphore 1", ReleaseSemaphore(semaphore, 1, &before));
    printf("before %d\n", (int)before);
    return 0;
}
