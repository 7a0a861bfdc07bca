// A timer of a pool that was due once.
//
// rule: IsThreadpoolTimerSet tells whether the timer was given a time and not stopped since: one whose only call is over is
//   still set.
// source: https://learn.microsoft.com/windows/win32/api/threadpoolapiset/nf-threadpoolapiset-setthreadpooltimerex, pftDueTime
// source: Wine 8.0 dlls/ntdll/tests/threadpool.c, test_tp_timer, validated on Windows
// expect: new 0
// expect: was due 1
// expect: stopped 0
#include "objects.h"

static HANDLE told;

static VOID CALLBACK tick(PTP_CALLBACK_INSTANCE instance, PVOID context, PTP_TIMER timer)
{
    (void)instance, (void)context, (void)timer;
    SetEvent(told);
}

int main(void)
{
    PTP_TIMER timer;
    LARGE_INTEGER relative;
    FILETIME soon;
    start();
    told = CreateEventA(NULL, TRUE, FALSE, NULL);
    timer = CreateThreadpoolTimer(tick, NULL, NULL);
    must(told != NULL && timer != NULL, "CreateThreadpoolTimer");
    printf("new %d\n", IsThreadpoolTimerSet(timer) != 0);
    relative.QuadPart = -10000;
    soon.dwLowDateTime = relative.LowPart, soon.dwHighDateTime = (DWORD)relative.HighPart;
    SetThreadpoolTimer(timer, &soon, 0, 0);
    must(WaitForSingleObject(told, 5000) == WAIT_OBJECT_0, "call");
    WaitForThreadpoolTimerCallbacks(timer, FALSE);
    printf("was due %d\n", IsThreadpoolTimerSet(timer) != 0);
    SetThreadpoolTimer(timer, NULL, 0, 0);
    printf("stopped %d\n", IsThreadpoolTimerSet(timer) != 0);
    CloseThreadpoolTimer(timer);
    return 0;
}
