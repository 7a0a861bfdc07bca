// A mutex belongs to a thread.
//
// rule: the owner takes a mutex again and again and gives it back as often; others get ERROR_NOT_OWNER.
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-releasemutex
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-createmutexa
// expect: again 0
// expect: other waits 258
// expect: other releases 288
// expect: first release ok
// expect: other waits 258
// expect: second release ok
// expect: other waits 0
// expect: third release 288
#include "objects.h"

static HANDLE mutex;

static DWORD WINAPI waits(LPVOID release)
{
    if (release) {
        win32("other releases", ReleaseMutex(mutex));
        return 0;
    }
    waited("other waits", WaitForSingleObject(mutex, 50));
    ReleaseMutex(mutex);
    return 0;
}

int main(void)
{
    mutex = CreateMutexA(NULL, TRUE, NULL);
    waited("again", WaitForSingleObject(mutex, 0));
    join(new_thread(waits, NULL, 0));
    join(new_thread(waits, &mutex, 0));
    win32("first release", ReleaseMutex(mutex));
    join(new_thread(waits, NULL, 0));
    win32("second release", ReleaseMutex(mutex));
    join(new_thread(waits, NULL, 0));
    win32("third release", ReleaseMutex(mutex));
    return 0;
}
