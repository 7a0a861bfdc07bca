/* Pools of threads. */
#ifndef _THREADPOOLAPISET_H_
#define _THREADPOOLAPISET_H_
#pragma GCC system_header

#include <ws2/objects.h>
#include <windows.h>

#define WT_EXECUTEDEFAULT 0x00000000
#define WT_EXECUTEINIOTHREAD 0x00000001
#define WT_EXECUTEINUITHREAD 0x00000002
#define WT_EXECUTEINWAITTHREAD 0x00000004
#define WT_EXECUTEONLYONCE 0x00000008
#define WT_EXECUTELONGFUNCTION 0x00000010
#define WT_EXECUTEINTIMERTHREAD 0x00000020
#define WT_EXECUTEINPERSISTENTTHREAD 0x00000080
#define WT_TRANSFER_IMPERSONATION 0x00000100
#define WT_SET_MAX_THREADPOOL_THREADS(flags, limit) ((flags) |= (limit) << 16)

typedef struct _TP_POOL TP_POOL, *PTP_POOL;
typedef struct _TP_WORK TP_WORK, *PTP_WORK;
typedef struct _TP_CALLBACK_INSTANCE TP_CALLBACK_INSTANCE, *PTP_CALLBACK_INSTANCE;
typedef void(CALLBACK *PTP_WORK_CALLBACK)(PTP_CALLBACK_INSTANCE Instance, PVOID Context, PTP_WORK Work);
typedef struct _TP_TIMER TP_TIMER, *PTP_TIMER;
typedef void(CALLBACK *PTP_TIMER_CALLBACK)(PTP_CALLBACK_INSTANCE Instance, PVOID Context, PTP_TIMER Timer);
typedef void(CALLBACK *WAITORTIMERCALLBACKFUNC)(PVOID lpParameter, BOOLEAN TimerOrWaitFired);
typedef WAITORTIMERCALLBACKFUNC WAITORTIMERCALLBACK;
typedef struct _TP_WAIT TP_WAIT, *PTP_WAIT;
typedef DWORD TP_WAIT_RESULT;
typedef void(CALLBACK *PTP_WAIT_CALLBACK)(PTP_CALLBACK_INSTANCE Instance, PVOID Context, PTP_WAIT Wait,
    TP_WAIT_RESULT WaitResult);
typedef struct _TP_IO TP_IO, *PTP_IO;
typedef void(CALLBACK *PTP_WIN32_IO_CALLBACK)(PTP_CALLBACK_INSTANCE Instance, PVOID Context, PVOID Overlapped,
    ULONG IoResult, ULONG_PTR NumberOfBytesTransferred, PTP_IO Io);
typedef struct _TP_CLEANUP_GROUP TP_CLEANUP_GROUP, *PTP_CLEANUP_GROUP;
typedef void(CALLBACK *PTP_CLEANUP_GROUP_CANCEL_CALLBACK)(PVOID ObjectContext, PVOID CleanupContext);
typedef enum _TP_CALLBACK_PRIORITY {
    TP_CALLBACK_PRIORITY_HIGH,
    TP_CALLBACK_PRIORITY_NORMAL,
    TP_CALLBACK_PRIORITY_LOW
} TP_CALLBACK_PRIORITY;
typedef void(CALLBACK *PTP_SIMPLE_CALLBACK)(PTP_CALLBACK_INSTANCE Instance, PVOID Context);

/* Of its members the pool and the group are looked at. */
typedef struct _TP_CALLBACK_ENVIRON_V3 {
    DWORD Version;
    PTP_POOL Pool;
    PTP_CLEANUP_GROUP CleanupGroup;
    PTP_CLEANUP_GROUP_CANCEL_CALLBACK CleanupGroupCancelCallback;
    PVOID RaceDll, ActivationContext;
    PTP_SIMPLE_CALLBACK FinalizationCallback;
    union {
        DWORD Flags;
    } u;
    int CallbackPriority;
    DWORD Size;
} TP_CALLBACK_ENVIRON_V3, TP_CALLBACK_ENVIRON, *PTP_CALLBACK_ENVIRON;

WS2_BEGIN_C
BOOL WINAPI QueueUserWorkItem(LPTHREAD_START_ROUTINE Function, PVOID Context, ULONG Flags)
    WS2_SYMBOL(QueueUserWorkItem);
PTP_POOL WINAPI CreateThreadpool(PVOID reserved) WS2_SYMBOL(CreateThreadpool);
void WINAPI CloseThreadpool(PTP_POOL ptpp) WS2_SYMBOL(CloseThreadpool);
void WINAPI SetThreadpoolThreadMaximum(PTP_POOL ptpp, DWORD cthrdMost) WS2_SYMBOL(SetThreadpoolThreadMaximum);
BOOL WINAPI SetThreadpoolThreadMinimum(PTP_POOL ptpp, DWORD cthrdMic) WS2_SYMBOL(SetThreadpoolThreadMinimum);
PTP_WORK WINAPI CreateThreadpoolWork(PTP_WORK_CALLBACK pfnwk, PVOID pv, PTP_CALLBACK_ENVIRON pcbe)
    WS2_SYMBOL(CreateThreadpoolWork);
void WINAPI SubmitThreadpoolWork(PTP_WORK pwk) WS2_SYMBOL(SubmitThreadpoolWork);
void WINAPI WaitForThreadpoolWorkCallbacks(PTP_WORK pwk, BOOL fCancelPendingCallbacks)
    WS2_SYMBOL(WaitForThreadpoolWorkCallbacks);
void WINAPI CloseThreadpoolWork(PTP_WORK pwk) WS2_SYMBOL(CloseThreadpoolWork);
BOOL WINAPI TrySubmitThreadpoolCallback(PTP_SIMPLE_CALLBACK pfns, PVOID pv, PTP_CALLBACK_ENVIRON pcbe)
    WS2_SYMBOL(TrySubmitThreadpoolCallback);
PTP_TIMER WINAPI CreateThreadpoolTimer(PTP_TIMER_CALLBACK pfnti, PVOID pv, PTP_CALLBACK_ENVIRON pcbe)
    WS2_SYMBOL(CreateThreadpoolTimer);
void WINAPI SetThreadpoolTimer(PTP_TIMER pti, PFILETIME pftDueTime, DWORD msPeriod, DWORD msWindowLength)
    WS2_SYMBOL(SetThreadpoolTimer);
BOOL WINAPI IsThreadpoolTimerSet(PTP_TIMER pti) WS2_SYMBOL(IsThreadpoolTimerSet);
void WINAPI WaitForThreadpoolTimerCallbacks(PTP_TIMER pti, BOOL fCancelPendingCallbacks)
    WS2_SYMBOL(WaitForThreadpoolTimerCallbacks);
void WINAPI CloseThreadpoolTimer(PTP_TIMER pti) WS2_SYMBOL(CloseThreadpoolTimer);
BOOL WINAPI SetThreadpoolTimerEx(PTP_TIMER pti, PFILETIME pftDueTime, DWORD msPeriod, DWORD msWindowLength)
    WS2_SYMBOL(SetThreadpoolTimerEx);
PTP_WAIT WINAPI CreateThreadpoolWait(PTP_WAIT_CALLBACK pfnwa, PVOID pv, PTP_CALLBACK_ENVIRON pcbe)
    WS2_SYMBOL(CreateThreadpoolWait);
void WINAPI SetThreadpoolWait(PTP_WAIT pwa, HANDLE h, PFILETIME pftTimeout) WS2_SYMBOL(SetThreadpoolWait);
BOOL WINAPI SetThreadpoolWaitEx(PTP_WAIT pwa, HANDLE h, PFILETIME pftTimeout, PVOID Reserved)
    WS2_SYMBOL(SetThreadpoolWaitEx);
void WINAPI WaitForThreadpoolWaitCallbacks(PTP_WAIT pwa, BOOL fCancelPendingCallbacks)
    WS2_SYMBOL(WaitForThreadpoolWaitCallbacks);
void WINAPI CloseThreadpoolWait(PTP_WAIT pwa) WS2_SYMBOL(CloseThreadpoolWait);
PTP_IO WINAPI CreateThreadpoolIo(HANDLE fl, PTP_WIN32_IO_CALLBACK pfnio, PVOID pv, PTP_CALLBACK_ENVIRON pcbe)
    WS2_SYMBOL(CreateThreadpoolIo);
void WINAPI StartThreadpoolIo(PTP_IO pio) WS2_SYMBOL(StartThreadpoolIo);
void WINAPI CancelThreadpoolIo(PTP_IO pio) WS2_SYMBOL(CancelThreadpoolIo);
void WINAPI WaitForThreadpoolIoCallbacks(PTP_IO pio, BOOL fCancelPendingCallbacks)
    WS2_SYMBOL(WaitForThreadpoolIoCallbacks);
void WINAPI CloseThreadpoolIo(PTP_IO pio) WS2_SYMBOL(CloseThreadpoolIo);
PTP_CLEANUP_GROUP WINAPI CreateThreadpoolCleanupGroup(void) WS2_SYMBOL(CreateThreadpoolCleanupGroup);
void WINAPI CloseThreadpoolCleanupGroupMembers(PTP_CLEANUP_GROUP ptpcg, BOOL fCancelPendingCallbacks,
    PVOID pvCleanupContext) WS2_SYMBOL(CloseThreadpoolCleanupGroupMembers);
void WINAPI CloseThreadpoolCleanupGroup(PTP_CLEANUP_GROUP ptpcg) WS2_SYMBOL(CloseThreadpoolCleanupGroup);
void WINAPI SetEventWhenCallbackReturns(PTP_CALLBACK_INSTANCE pci, HANDLE evt) WS2_SYMBOL(SetEventWhenCallbackReturns);
void WINAPI ReleaseSemaphoreWhenCallbackReturns(PTP_CALLBACK_INSTANCE pci, HANDLE sem, DWORD crel)
    WS2_SYMBOL(ReleaseSemaphoreWhenCallbackReturns);
void WINAPI ReleaseMutexWhenCallbackReturns(PTP_CALLBACK_INSTANCE pci, HANDLE mut)
    WS2_SYMBOL(ReleaseMutexWhenCallbackReturns);
void WINAPI LeaveCriticalSectionWhenCallbackReturns(PTP_CALLBACK_INSTANCE pci, PCRITICAL_SECTION pcs)
    WS2_SYMBOL(LeaveCriticalSectionWhenCallbackReturns);
HANDLE WINAPI CreateTimerQueue(void) WS2_SYMBOL(CreateTimerQueue);
BOOL WINAPI CreateTimerQueueTimer(PHANDLE phNewTimer, HANDLE TimerQueue, WAITORTIMERCALLBACK Callback, PVOID Parameter,
    DWORD DueTime, DWORD Period, ULONG Flags) WS2_SYMBOL(CreateTimerQueueTimer);
BOOL WINAPI ChangeTimerQueueTimer(HANDLE TimerQueue, HANDLE Timer, ULONG DueTime, ULONG Period)
    WS2_SYMBOL(ChangeTimerQueueTimer);
BOOL WINAPI DeleteTimerQueueTimer(HANDLE TimerQueue, HANDLE Timer, HANDLE CompletionEvent)
    WS2_SYMBOL(DeleteTimerQueueTimer);
BOOL WINAPI DeleteTimerQueueEx(HANDLE TimerQueue, HANDLE CompletionEvent) WS2_SYMBOL(DeleteTimerQueueEx);
BOOL WINAPI RegisterWaitForSingleObject(PHANDLE phNewWaitObject, HANDLE hObject, WAITORTIMERCALLBACK Callback,
    PVOID Context, ULONG dwMilliseconds, ULONG dwFlags) WS2_SYMBOL(RegisterWaitForSingleObject);
BOOL WINAPI UnregisterWait(HANDLE WaitHandle) WS2_SYMBOL(UnregisterWait);
BOOL WINAPI UnregisterWaitEx(HANDLE WaitHandle, HANDLE CompletionEvent) WS2_SYMBOL(UnregisterWaitEx);
BOOL WINAPI BindIoCompletionCallback(HANDLE FileHandle, LPOVERLAPPED_COMPLETION_ROUTINE Function, ULONG Flags)
    WS2_SYMBOL(BindIoCompletionCallback);

static __inline void InitializeThreadpoolEnvironment(PTP_CALLBACK_ENVIRON pcbe)
{
    memset(pcbe, 0, sizeof *pcbe);
    pcbe->Version = 3;
    pcbe->CallbackPriority = 1;
    pcbe->Size = sizeof *pcbe;
}

static __inline void DestroyThreadpoolEnvironment(PTP_CALLBACK_ENVIRON pcbe)
{
    (void)pcbe;
}

static __inline void SetThreadpoolCallbackPool(PTP_CALLBACK_ENVIRON pcbe, PTP_POOL ptpp)
{
    pcbe->Pool = ptpp;
}

static __inline void SetThreadpoolCallbackCleanupGroup(PTP_CALLBACK_ENVIRON pcbe, PTP_CLEANUP_GROUP ptpcg,
    PTP_CLEANUP_GROUP_CANCEL_CALLBACK pfng)
{
    pcbe->CleanupGroup = ptpcg;
    pcbe->CleanupGroupCancelCallback = pfng;
}

/* All calls of a pool have one priority here. */
static __inline void SetThreadpoolCallbackPriority(PTP_CALLBACK_ENVIRON pcbe, TP_CALLBACK_PRIORITY priority)
{
    pcbe->CallbackPriority = (int)priority;
}

static __inline void SetThreadpoolCallbackRunsLong(PTP_CALLBACK_ENVIRON pcbe)
{
    pcbe->u.Flags |= 1;
}

/* Another thread begins whenever all are at work, up to the maximum. */
static __inline BOOL CallbackMayRunLong(PTP_CALLBACK_INSTANCE pci)
{
    return pci != NULL;
}
WS2_END_C

#endif
