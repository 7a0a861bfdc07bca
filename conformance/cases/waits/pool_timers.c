// Timers, waits and ends of operations that call on threads of a pool.
//
// rule: timers come once or again until they are deleted; a registered wait tells signals from times that are over; what
//   is deleted with INVALID_HANDLE_VALUE has no call under way.
// source: https://learn.microsoft.com/windows/win32/api/threadpoollegacyapiset/nf-threadpoollegacyapiset-createtimerqueuetimer, winbase/nf-winbase-registerwaitforsingleobject, winbase/nf-winbase-bindiocompletioncallback
// expect: queue 1
// expect: once 0 fired 1 calls 1
// expect: periodic 1
// expect: deleted still 1
// expect: changed 1 early 0 late 1
// expect: under way 0 997
// expect: queue event 1 0
// expect: pool timer 1
// expect: pool timer set 0
// expect: pool timer again 1
// expect: pool timer stopped 1
// expect: wait signalled 2 timed out 0
// expect: wait timed out 1
// expect: unregistered still 1
// expect: bound 1
// expect: bound again 0 87
// expect: ended status 0 bytes 3 ours 1
#include "objects.h"

static volatile LONG calls, signalled, timed_out;
static volatile BOOL last_fired;
static HANDLE told;

static VOID CALLBACK count(PVOID event, BOOLEAN fired)
{
    last_fired = fired;
    InterlockedIncrement(&calls);
    if (event != NULL)
        SetEvent((HANDLE)event);
}

static VOID CALLBACK slow(PVOID event, BOOLEAN fired)
{
    (void)fired;
    SetEvent((HANDLE)event);
    Sleep(200);
    InterlockedIncrement(&calls);
}

static VOID CALLBACK tick(PTP_CALLBACK_INSTANCE instance, PVOID event, PTP_TIMER timer)
{
    (void)instance, (void)timer;
    InterlockedIncrement(&calls);
    SetEvent((HANDLE)event);
}

static VOID CALLBACK waited_for(PVOID event, BOOLEAN late)
{
    InterlockedIncrement(late ? &timed_out : &signalled);
    SetEvent((HANDLE)event);
}

// Whether no call comes any more.
static int still(void)
{
    LONG before = calls + signalled + timed_out;
    Sleep(100);
    return before == calls + signalled + timed_out;
}

static void queues(void)
{
    HANDLE queue = CreateTimerQueue(), timer, done = new_event(TRUE, FALSE);
    int early;
    DWORD result;
    printf("queue %d\n", queue != NULL);
    must(CreateTimerQueueTimer(&timer, queue, count, told, 20, 0, 0), "CreateTimerQueueTimer");
    printf("once %u ", (unsigned)WaitForSingleObject(told, 5000));
    Sleep(60);
    printf("fired %d calls %d\n", last_fired, (int)calls);
    must(DeleteTimerQueueTimer(queue, timer, INVALID_HANDLE_VALUE), "DeleteTimerQueueTimer");

    calls = 0;
    must(CreateTimerQueueTimer(&timer, queue, count, NULL, 0, 10, WT_EXECUTEDEFAULT), "CreateTimerQueueTimer");
    Sleep(300);
    must(DeleteTimerQueueTimer(queue, timer, INVALID_HANDLE_VALUE), "DeleteTimerQueueTimer");
    printf("periodic %d\n", calls >= 3);
    printf("deleted still %d\n", still());

    must(CreateTimerQueueTimer(&timer, queue, count, told, 60000, 0, 0), "CreateTimerQueueTimer");
    early = WaitForSingleObject(told, 50) == WAIT_OBJECT_0;
    printf("changed %d ", ChangeTimerQueueTimer(queue, timer, 10, 0));
    printf("early %d late %d\n", early, WaitForSingleObject(told, 5000) == WAIT_OBJECT_0);
    must(DeleteTimerQueueTimer(queue, timer, INVALID_HANDLE_VALUE), "DeleteTimerQueueTimer");

    must(CreateTimerQueueTimer(&timer, NULL, slow, told, 0, 0, WT_EXECUTELONGFUNCTION), "CreateTimerQueueTimer");
    must(WaitForSingleObject(told, 5000) == WAIT_OBJECT_0, "slow");
    printf("under way %d ", DeleteTimerQueueTimer(NULL, timer, NULL));
    printf("%u\n", (unsigned)GetLastError());
    Sleep(300);
    must(CreateTimerQueueTimer(&timer, queue, count, NULL, 60000, 0, 0), "CreateTimerQueueTimer");
    result = DeleteTimerQueueEx(queue, done) || GetLastError() == ERROR_IO_PENDING;
    printf("queue event %u %u\n", (unsigned)result, (unsigned)WaitForSingleObject(done, 5000));
}

static void pool_timers(void)
{
    PTP_TIMER timer = CreateThreadpoolTimer(tick, told, NULL);
    ULARGE_INTEGER due;
    FILETIME when;
    printf("pool timer %d\n", timer != NULL);
    due.QuadPart = (ULONGLONG)(-20 * 10000LL);
    when.dwLowDateTime = due.LowPart;
    when.dwHighDateTime = due.HighPart;
    printf("pool timer set %d\n", IsThreadpoolTimerSet(timer));
    calls = 0;
    SetThreadpoolTimer(timer, &when, 10, 0);
    Sleep(300);
    printf("pool timer again %d\n", calls >= 3 && IsThreadpoolTimerSet(timer));
    SetThreadpoolTimer(timer, NULL, 0, 0);
    WaitForThreadpoolTimerCallbacks(timer, TRUE);
    printf("pool timer stopped %d\n", still());
    CloseThreadpoolTimer(timer);
}

static void waits(void)
{
    HANDLE event = new_event(FALSE, FALSE), wait;
    int i;
    ResetEvent(told);
    must(RegisterWaitForSingleObject(&wait, event, waited_for, told, INFINITE, WT_EXECUTEDEFAULT), "RegisterWait");
    for (i = 0; i < 2; i++) {
        SetEvent(event);
        must(WaitForSingleObject(told, 5000) == WAIT_OBJECT_0, "signalled");
    }
    printf("wait signalled %d timed out %d\n", (int)signalled, (int)timed_out);
    must(UnregisterWaitEx(wait, INVALID_HANDLE_VALUE), "UnregisterWaitEx");
    must(RegisterWaitForSingleObject(&wait, event, waited_for, told, 20, WT_EXECUTEONLYONCE), "RegisterWait");
    must(WaitForSingleObject(told, 5000) == WAIT_OBJECT_0, "timed out");
    Sleep(100);
    printf("wait timed out %d\n", (int)timed_out);
    must(UnregisterWait(wait) || GetLastError() == ERROR_IO_PENDING, "UnregisterWait");
    SetEvent(event);
    printf("unregistered still %d\n", still());
}

static OVERLAPPED operation;
static DWORD end_status = 1, end_bytes;
static BOOL end_ours;

static VOID CALLBACK ended(DWORD status, DWORD bytes, LPOVERLAPPED overlapped)
{
    end_status = status;
    end_bytes = bytes;
    end_ours = overlapped == &operation;
    SetEvent(told);
}

static void bound(void)
{
    SOCKET client, server;
    char room[3];
    DWORD flags = 0;
    WSABUF buffer;
    start();
    tcp_pair(&client, &server);
    printf("bound %d\n", BindIoCompletionCallback((HANDLE)server, ended, 0));
    printf("bound again %d ", BindIoCompletionCallback((HANDLE)server, ended, 0));
    printf("%u\n", (unsigned)GetLastError());
    buffer.buf = room;
    buffer.len = sizeof room;
    must(WSARecv(server, &buffer, 1, NULL, &flags, &operation, NULL) == 0 || WSAGetLastError() == WSA_IO_PENDING, "WSARecv");
    must(send(client, "abc", 3, 0) == 3, "send");
    must(WaitForSingleObject(told, 5000) == WAIT_OBJECT_0, "ended");
    printf("ended status %u bytes %u ours %d\n", (unsigned)end_status, (unsigned)end_bytes, end_ours);
}

int main(void)
{
    told = new_event(FALSE, FALSE);
    queues();
    pool_timers();
    waits();
    bound();
    return 0;
}
