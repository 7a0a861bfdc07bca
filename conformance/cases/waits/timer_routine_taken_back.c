// A timer whose routine was queued and has not run.
//
// rule: cancelling the timer and setting it anew take the routine back; of a timer that is due again and again it is queued once.
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-cancelwaitabletimer, Remarks: outstanding APCs are cancelled
// expect: cancelled 0, called 0
// expect: set anew 0, called 0
// expect: due often 192, called 1
#include "objects.h"

static int called;

static void CALLBACK routine(LPVOID count, DWORD low, DWORD high)
{
    (void)low;
    (void)high;
    ++*(int *)count;
}

/* A timer that was due; the thread has not waited alertably since. */
static HANDLE due(LONG period)
{
    HANDLE timer = CreateWaitableTimerA(NULL, TRUE, NULL);
    LARGE_INTEGER soon;
    soon.QuadPart = -10000;
    must(timer != NULL && SetWaitableTimer(timer, &soon, period, routine, &called, FALSE), "SetWaitableTimer");
    must(WaitForSingleObject(timer, 5000) == WAIT_OBJECT_0, "WaitForSingleObject");
    Sleep(60);
    return timer;
}

static void show(const char *what)
{
    DWORD slept = SleepEx(0, TRUE);
    printf("%s %d, called %d\n", what, (int)slept, called);
    called = 0;
}

int main(void)
{
    LARGE_INTEGER later;
    HANDLE timer = due(0);
    must(CancelWaitableTimer(timer), "CancelWaitableTimer");
    show("cancelled");
    CloseHandle(timer);

    timer = due(0);
    later.QuadPart = -600000000;
    must(SetWaitableTimer(timer, &later, 0, routine, &called, FALSE), "SetWaitableTimer");
    show("set anew");
    CloseHandle(timer);

    timer = due(25);
    Sleep(300);
    show("due often");
    CloseHandle(timer);
    return 0;
}
