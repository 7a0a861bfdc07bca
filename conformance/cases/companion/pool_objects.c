// Waits, timers, ends of operations and groups of a pool of threads.
//
// rule: a wait calls once each time it is set, with what ended it; an announced operation calls at its end with its bytes or error; a group ends its objects, and says which had their calls taken back.
// source: https://learn.microsoft.com/windows/win32/api/threadpoolapiset/nf-threadpoolapiset-setthreadpoolwait, nf-threadpoolapiset-startthreadpoolio, nf-threadpoolapiset-closethreadpoolcleanupgroupmembers
// expect: wait 0
// expect: wait 258
// expect: wait stopped 1
// expect: timer set 0 1 1
// expect: io 5 0 overlapped 1 context 1
// expect: io 0 995 overlapped 1 context 1
// expect: io again 0 87
// expect: group calls 3
// expect: group cancelled 1
// expect: event at the end 0
#include "case.h"

static HANDLE told;
static volatile LONG calls;
static TP_WAIT_RESULT outcome;
static ULONG io_result;
static ULONG_PTR io_bytes;
static int io_same, io_context;
static OVERLAPPED record;

static void CALLBACK on_wait(PTP_CALLBACK_INSTANCE instance, PVOID context, PTP_WAIT wait, TP_WAIT_RESULT result)
{
    (void)wait, (void)context;
    outcome = result;
    SetEventWhenCallbackReturns(instance, told);
}

static void CALLBACK on_timer(PTP_CALLBACK_INSTANCE instance, PVOID context, PTP_TIMER timer)
{
    (void)instance, (void)context, (void)timer;
}

static void CALLBACK on_end(PTP_CALLBACK_INSTANCE instance, PVOID context, PVOID overlapped, ULONG result,
                            ULONG_PTR bytes, PTP_IO io)
{
    (void)io;
    io_result = result, io_bytes = bytes, io_same = overlapped == &record, io_context = context == &calls;
    SetEventWhenCallbackReturns(instance, told);
}

static void CALLBACK on_work(PTP_CALLBACK_INSTANCE instance, PVOID context, PTP_WORK work)
{
    (void)instance, (void)work, (void)context;
    Sleep(20);
    InterlockedIncrement(&calls);
}

static void CALLBACK on_cancel(PVOID object, PVOID cleanup)
{
    if (object == &calls && cleanup == &record)
        printf("group cancelled 1\n");
}

static void CALLBACK once(PTP_CALLBACK_INSTANCE instance, PVOID context)
{
    (void)context;
    SetEventWhenCallbackReturns(instance, told);
    Sleep(10);
}

static void wait_told(void)
{
    must(WaitForSingleObject(told, 5000) == 0, "the call");
}

int main(void)
{
    HANDLE event = CreateEventA(NULL, FALSE, FALSE, NULL);
    PTP_WAIT wait;
    PTP_TIMER timer;
    PTP_IO io;
    PTP_WORK work;
    PTP_CLEANUP_GROUP group;
    TP_CALLBACK_ENVIRON environment;
    FILETIME soon;
    LARGE_INTEGER relative;
    SOCKET client, server;
    char text[8];
    WSABUF buffer = {sizeof text, text};
    DWORD flags = 0;
    int first, second, i;
    start();
    told = CreateEventA(NULL, FALSE, FALSE, NULL);

    wait = CreateThreadpoolWait(on_wait, NULL, NULL);
    SetThreadpoolWait(wait, event, NULL);
    SetEvent(event);
    wait_told();
    printf("wait %u\n", (unsigned)outcome);
    relative.QuadPart = -10 * 10000;
    soon.dwLowDateTime = (DWORD)relative.LowPart, soon.dwHighDateTime = (DWORD)relative.HighPart;
    SetThreadpoolWait(wait, event, &soon);
    wait_told();
    printf("wait %u\n", (unsigned)outcome);
    outcome = 7;
    SetThreadpoolWait(wait, event, NULL);
    SetThreadpoolWait(wait, NULL, NULL);
    SetEvent(event);
    WaitForThreadpoolWaitCallbacks(wait, TRUE);
    printf("wait stopped %d\n", outcome == 7 && WaitForSingleObject(event, 0) == 0);
    CloseThreadpoolWait(wait);

    timer = CreateThreadpoolTimer(on_timer, NULL, NULL);
    relative.QuadPart = -10000 * 10000LL;
    soon.dwLowDateTime = (DWORD)relative.LowPart, soon.dwHighDateTime = (DWORD)relative.HighPart;
    first = IsThreadpoolTimerSet(timer);
    SetThreadpoolTimer(timer, &soon, 0, 0);
    second = IsThreadpoolTimerSet(timer);
    SetThreadpoolTimer(timer, NULL, 0, 0);
    printf("timer set %d %d %d\n", first, second, !IsThreadpoolTimerSet(timer));
    CloseThreadpoolTimer(timer);

    tcp_pair(&client, &server);
    io = CreateThreadpoolIo((HANDLE)server, on_end, (PVOID)&calls, NULL);
    must(io != NULL, "CreateThreadpoolIo");
    StartThreadpoolIo(io);
    must(WSARecv(server, &buffer, 1, NULL, &flags, &record, NULL) != 0 && WSAGetLastError() == WSA_IO_PENDING, "WSARecv");
    must(send(client, "hello", 5, 0) == 5, "send");
    wait_told();
    printf("io %u %u overlapped %d context %d\n", (unsigned)io_bytes, (unsigned)io_result, io_same, io_context);
    StartThreadpoolIo(io);
    memset(&record, 0, sizeof record);
    must(WSARecv(server, &buffer, 1, NULL, &flags, &record, NULL) != 0 && WSAGetLastError() == WSA_IO_PENDING, "WSARecv");
    must(CancelIoEx((HANDLE)server, &record), "CancelIoEx");
    wait_told();
    WaitForThreadpoolIoCallbacks(io, FALSE);
    printf("io %u %u overlapped %d context %d\n", (unsigned)io_bytes, (unsigned)io_result, io_same, io_context);
    StartThreadpoolIo(io);
    CancelThreadpoolIo(io);
    WaitForThreadpoolIoCallbacks(io, FALSE);
    printf("io again %d", CreateThreadpoolIo((HANDLE)server, on_end, NULL, NULL) != NULL);
    printf(" %u\n", (unsigned)GetLastError());
    closesocket(server);
    CloseThreadpoolIo(io);

    group = CreateThreadpoolCleanupGroup();
    InitializeThreadpoolEnvironment(&environment);
    SetThreadpoolCallbackCleanupGroup(&environment, group, on_cancel);
    work = CreateThreadpoolWork(on_work, (PVOID)&calls, &environment);
    for (i = 0; i < 3; i++)
        SubmitThreadpoolWork(work);
    CloseThreadpoolCleanupGroupMembers(group, FALSE, NULL);
    printf("group calls %d\n", (int)calls);
    work = CreateThreadpoolWork(on_work, (PVOID)&calls, &environment);
    CloseThreadpoolWork(CreateThreadpoolWork(on_work, NULL, &environment));
    SubmitThreadpoolWork(work);
    CloseThreadpoolCleanupGroupMembers(group, TRUE, &record);
    CloseThreadpoolCleanupGroup(group);
    must(TrySubmitThreadpoolCallback(once, NULL, NULL), "TrySubmitThreadpoolCallback");
    printf("event at the end %u\n", (unsigned)WaitForSingleObject(told, 5000));
    return 0;
}
