/* Pools of threads: work runs as often as it was queued, and is waited for. */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>

static volatile LONG calls, items;

static VOID CALLBACK work(PTP_CALLBACK_INSTANCE instance, PVOID context, PTP_WORK itself)
{
    if (instance != NULL && itself != NULL && context == (PVOID)&calls)
        InterlockedIncrement(&calls);
    Sleep(5);
}

static VOID CALLBACK once(PTP_CALLBACK_INSTANCE instance, PVOID context)
{
    (void)instance;
    SetEvent((HANDLE)context);
}

static DWORD WINAPI item(LPVOID context)
{
    if (InterlockedIncrement(&items) == 3)
        SetEvent((HANDLE)context);
    return 0;
}

int main(void)
{
    TP_CALLBACK_ENVIRON environment;
    PTP_POOL pool = CreateThreadpool(NULL);
    HANDLE done = CreateEvent(NULL, FALSE, FALSE, NULL);
    PTP_WORK queued;
    int i;
    InitializeThreadpoolEnvironment(&environment);
    SetThreadpoolCallbackPool(&environment, pool);
    SetThreadpoolThreadMaximum(pool, 2);
    printf("minimum %d\n", SetThreadpoolThreadMinimum(pool, 1));
    queued = CreateThreadpoolWork(work, (PVOID)&calls, &environment);
    for (i = 0; i < 6; i++)
        SubmitThreadpoolWork(queued);
    WaitForThreadpoolWorkCallbacks(queued, FALSE);
    printf("calls %d\n", (int)calls);
    CloseThreadpoolWork(queued);
    i = TrySubmitThreadpoolCallback(once, done, &environment);
    printf("once %d %d\n", i, (int)WaitForSingleObject(done, 5000));
    CloseThreadpool(pool);
    DestroyThreadpoolEnvironment(&environment);
    for (i = 0; i < 3; i++)
        QueueUserWorkItem(item, done, WT_EXECUTEDEFAULT);
    printf("items %d\n", (int)WaitForSingleObject(done, 5000));
    return 0;
}
