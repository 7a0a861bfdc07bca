// PulseEvent releases who waits, and leaves the event reset.
//
// rule: PulseEvent lets all waiters of a manual-reset event go and then resets it.
// source: https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-pulseevent
// expect: waiters 2
// expect: after 258
#include "objects.h"

static HANDLE event, ready;

static DWORD WINAPI waits(LPVOID argument)
{
    (void)argument;
    ReleaseSemaphore(ready, 1, NULL);
    return WaitForSingleObject(event, 5000);
}

int main(void)
{
    HANDLE threads[2];
    DWORD code, gone = 0;
    int i;
    event = new_event(TRUE, FALSE);
    ready = CreateSemaphoreA(NULL, 0, 2, NULL);
    for (i = 0; i < 2; i++)
        threads[i] = new_thread(waits, NULL, 0);
    for (i = 0; i < 2; i++)
        must(WaitForSingleObject(ready, 5000) == WAIT_OBJECT_0, "ready");
    Sleep(200);
    must(PulseEvent(event), "PulseEvent");
    must(WaitForMultipleObjects(2, threads, TRUE, 5000) == WAIT_OBJECT_0, "threads");
    for (i = 0; i < 2; i++) {
        must(GetExitCodeThread(threads[i], &code), "GetExitCodeThread");
        gone += code == WAIT_OBJECT_0;
    }
    printf("waiters %u\n", (unsigned)gone);
    waited("after", WaitForSingleObject(event, 0));
    return 0;
}
