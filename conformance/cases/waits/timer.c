// A waitable timer.
//
// rule: a timer is signalled when it is due, again every period, and calls its routine in alertable waits of the thread that set it; setting it anew resets it.
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-setwaitabletimer
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-cancelwaitabletimer
// expect: not due 258
// expect: due 0
// expect: taken 258
// expect: period 0
// expect: period 0
// expect: cancelled 258
// expect: SleepEx 192
// expect: routine 1
// expect: negative period 87
#include "objects.h"

static int called;

static void CALLBACK routine(LPVOID count, DWORD low, DWORD high)
{
    (void)low;
    (void)high;
    ++*(int *)count;
}

int main(void)
{
    HANDLE timer = CreateWaitableTimerA(NULL, FALSE, NULL);
    LARGE_INTEGER due;
    due.QuadPart = -600000;
    must(timer != NULL && SetWaitableTimer(timer, &due, 0, NULL, NULL, FALSE), "SetWaitableTimer");
    waited("not due", WaitForSingleObject(timer, 0));
    waited("due", WaitForSingleObject(timer, 5000));
    waited("taken", WaitForSingleObject(timer, 100));
    must(SetWaitableTimer(timer, &due, 20, NULL, NULL, FALSE), "SetWaitableTimer");
    waited("period", WaitForSingleObject(timer, 5000));
    waited("period", WaitForSingleObject(timer, 5000));
    must(CancelWaitableTimer(timer), "CancelWaitableTimer");
    WaitForSingleObject(timer, 0);
    waited("cancelled", WaitForSingleObject(timer, 100));
    must(SetWaitableTimer(timer, &due, 0, routine, &called, FALSE), "SetWaitableTimer");
    waited("SleepEx", SleepEx(5000, TRUE));
    printf("routine %d\n", called);
    win32("negative period", SetWaitableTimer(timer, &due, -1, NULL, NULL, FALSE));
    return 0;
}
