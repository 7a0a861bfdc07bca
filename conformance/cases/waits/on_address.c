// Waiting for a value in memory to change.
//
// rule: WaitOnAddress returns at once where the value differs, else when WakeByAddressSingle or WakeByAddressAll names the
//   address, or fails with ERROR_TIMEOUT; the size is 1, 2, 4 or 8.
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-waitonaddress
// expect: differs 1
// expect: same 0 1460
// expect: one byte 1
// expect: size 0 87
// expect: woken 1 1 1
// expect: timer 1 0
#include "objects.h"

static volatile LONG value;
static HANDLE ready;

static DWORD WINAPI waiter(LPVOID unused)
{
    LONG old = 0;
    DWORD good = 1;
    (void)unused;
    ReleaseSemaphore(ready, 1, NULL);
    while (value == old)
        good &= WaitOnAddress(&value, &old, sizeof old, 10000) != 0;
    return good;
}

int main(void)
{
    LONG number = 5, same = 5, other = 6;
    LONGLONG wide = 0x0102030405060708, wider = 0x0102030405060709;
    HANDLE threads[3], timer;
    DWORD codes[3];
    LARGE_INTEGER due;
    BOOL good;
    int i;
    start();
    printf("differs %d\n", WaitOnAddress(&number, &other, sizeof number, 10000));
    good = WaitOnAddress(&number, &same, sizeof number, 10);
    printf("same %d %u\n", good, (unsigned)GetLastError());
    printf("one byte %d\n", WaitOnAddress(&wide, &wider, 1, 10000));
    good = WaitOnAddress(&number, &other, 3, 0);
    printf("size %d %u\n", good, (unsigned)GetLastError());
    ready = CreateSemaphoreA(NULL, 0, 3, NULL);
    for (i = 0; i < 3; i++)
        must((threads[i] = CreateThread(NULL, 0, waiter, NULL, 0, NULL)) != NULL, "CreateThread");
    for (i = 0; i < 3; i++)
        WaitForSingleObject(ready, 5000);
    Sleep(50);
    InterlockedExchange(&value, 1);
    WakeByAddressSingle((PVOID)&value);
    WakeByAddressAll((PVOID)&value);
    must(WaitForMultipleObjects(3, threads, TRUE, 5000) == WAIT_OBJECT_0, "threads");
    for (i = 0; i < 3; i++)
        GetExitCodeThread(threads[i], &codes[i]);
    printf("woken %u %u %u\n", (unsigned)codes[0], (unsigned)codes[1], (unsigned)codes[2]);
    timer = CreateWaitableTimerA(NULL, FALSE, NULL);
    due.QuadPart = -10000;
    good = SetWaitableTimerEx(timer, &due, 0, NULL, NULL, NULL, 20);
    printf("timer %d %u\n", good, (unsigned)WaitForSingleObject(timer, 5000));
    return 0;
}
