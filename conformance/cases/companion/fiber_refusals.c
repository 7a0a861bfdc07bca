// What a thread that is no fiber cannot do.
//
// rule: ConvertFiberToThread fails with ERROR_ALREADY_THREAD in a thread that is no fiber; unknown flags are ERROR_INVALID_PARAMETER.
// source: https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-convertfibertothread
// expect: is fiber 0
// expect: back 0 1281
// expect: bad flags 0 87
// expect: fiber of bad flags 0 87
#include "case.h"

static void WINAPI nothing(LPVOID data)
{
    (void)data;
}

int main(void)
{
    int done;
    LPVOID fiber;
    printf("is fiber %d\n", IsThreadAFiber());
    SetLastError(0);
    done = ConvertFiberToThread();
    printf("back %d %d\n", done, (int)GetLastError());
    fiber = ConvertThreadToFiberEx(NULL, 0xe);
    printf("bad flags %d %d\n", fiber != NULL, (int)GetLastError());
    fiber = CreateFiberEx(0, 0, 0xe, nothing, NULL);
    printf("fiber of bad flags %d %d\n", fiber != NULL, (int)GetLastError());
    return 0;
}
