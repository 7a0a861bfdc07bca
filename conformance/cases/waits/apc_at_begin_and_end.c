// Calls for a thread that has not begun, and for one that has ended.
//
// rule: what is queued before a thread begins runs before its routine; for a thread that has ended QueueUserAPC fails with ERROR_GEN_FAILURE.
// source: https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-queueuserapc, Remarks
// expect: call
// expect: routine
// expect: ended 0 31
#include "objects.h"

static void CALLBACK call(ULONG_PTR number)
{
    (void)number;
    printf("call\n");
}

static DWORD WINAPI routine(LPVOID argument)
{
    (void)argument;
    printf("routine\n");
    return 0;
}

int main(void)
{
    HANDLE thread = new_thread(routine, NULL, CREATE_SUSPENDED);
    must(QueueUserAPC(call, thread, 0) != 0, "QueueUserAPC");
    must(ResumeThread(thread) == 1, "ResumeThread");
    must(WaitForSingleObject(thread, 5000) == WAIT_OBJECT_0, "thread");
    printf("ended %u", (unsigned)QueueUserAPC(call, thread, 0));
    printf(" %u\n", (unsigned)GetLastError());
    return 0;
}
