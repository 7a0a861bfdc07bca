/* Pools of threads. */
#ifndef _THREADPOOLAPISET_H_
#define _THREADPOOLAPISET_H_
#pragma GCC system_header

#include <ws2/objects.h>
#include <windows.h>

#define WT_EXECUTEDEFAULT 0x00000000
#define WT_EXECUTEINIOTHREAD 0x00000001
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
typedef void(CALLBACK *PTP_SIMPLE_CALLBACK)(PTP_CALLBACK_INSTANCE Instance, PVOID Context);

/* Of its members only the pool is looked at. */
typedef struct _TP_CALLBACK_ENVIRON_V3 {
    DWORD Version;
    PTP_POOL Pool;
    PVOID CleanupGroup, CleanupGroupCancelCallback, RaceDll, ActivationContext;
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
WS2_END_C

#endif
