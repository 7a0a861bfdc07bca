/* Objects to wait for: events, mutexes, semaphores, timers, threads. Included by windows.h. */
#ifndef WS2_OBJECTS_H
#define WS2_OBJECTS_H
#pragma GCC system_header

#include <ws2/base.h>

#ifndef INFINITE
#define INFINITE 0xffffffff
#endif
#ifndef WAIT_OBJECT_0
#define WAIT_OBJECT_0 0
#endif
#define WAIT_ABANDONED 0x80
#define WAIT_ABANDONED_0 0x80
#define WAIT_IO_COMPLETION 0xc0
#ifndef WAIT_TIMEOUT
#define WAIT_TIMEOUT 258
#endif
#ifndef WAIT_FAILED
#define WAIT_FAILED ((DWORD)0xffffffff)
#endif
#define MAXIMUM_WAIT_OBJECTS 64
#define STILL_ACTIVE 259
#define CREATE_SUSPENDED 0x4
#define STACK_SIZE_PARAM_IS_A_RESERVATION 0x10000
#define CREATE_EVENT_MANUAL_RESET 0x1
#define CREATE_EVENT_INITIAL_SET 0x2
#define CREATE_MUTEX_INITIAL_OWNER 0x1
#define CREATE_WAITABLE_TIMER_MANUAL_RESET 0x1
#define CREATE_WAITABLE_TIMER_HIGH_RESOLUTION 0x2
#define DUPLICATE_CLOSE_SOURCE 0x1
#define DUPLICATE_SAME_ACCESS 0x2
#ifndef SYNCHRONIZE
#define SYNCHRONIZE 0x00100000
#endif
#define EVENT_MODIFY_STATE 0x0002
#define EVENT_ALL_ACCESS 0x1f0003
#define MUTANT_QUERY_STATE 0x0001
#define MUTEX_MODIFY_STATE 0x0001
#define MUTEX_ALL_ACCESS 0x1f0001
#define SEMAPHORE_MODIFY_STATE 0x0002
#define SEMAPHORE_ALL_ACCESS 0x1f0003
#define TIMER_QUERY_STATE 0x0001
#define TIMER_MODIFY_STATE 0x0002
#define TIMER_ALL_ACCESS 0x1f0003

#ifndef WS2_SECURITY_ATTRIBUTES
#define WS2_SECURITY_ATTRIBUTES
typedef struct _SECURITY_ATTRIBUTES {
    DWORD nLength;
    LPVOID lpSecurityDescriptor;
    BOOL bInheritHandle;
} SECURITY_ATTRIBUTES, *PSECURITY_ATTRIBUTES, *LPSECURITY_ATTRIBUTES;
#endif

typedef DWORD(WINAPI *PTHREAD_START_ROUTINE)(LPVOID lpThreadParameter);
typedef PTHREAD_START_ROUTINE LPTHREAD_START_ROUTINE;
typedef void(WINAPI *PAPCFUNC)(ULONG_PTR Parameter);
typedef void(CALLBACK *PTIMERAPCROUTINE)(LPVOID lpArgToCompletionRoutine, DWORD dwTimerLowValue,
                                         DWORD dwTimerHighValue);

WS2_BEGIN_C

HANDLE WINAPI CreateEventA(LPSECURITY_ATTRIBUTES lpAttributes, BOOL bManualReset, BOOL bInitialState, LPCSTR lpName)
    WS2_SYMBOL(CreateEventA);
HANDLE WINAPI CreateEventExA(LPSECURITY_ATTRIBUTES lpAttributes, LPCSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess)
    WS2_SYMBOL(CreateEventExA);
HANDLE WINAPI OpenEventA(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCSTR lpName) WS2_SYMBOL(OpenEventA);
HANDLE WINAPI CreateEventW(LPSECURITY_ATTRIBUTES lpAttributes, BOOL bManualReset, BOOL bInitialState, LPCWSTR lpName)
    WS2_SYMBOL_W(CreateEventW);
HANDLE WINAPI CreateEventExW(LPSECURITY_ATTRIBUTES lpAttributes, LPCWSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess)
    WS2_SYMBOL_W(CreateEventExW);
HANDLE WINAPI OpenEventW(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCWSTR lpName) WS2_SYMBOL_W(OpenEventW);
HANDLE WINAPI CreateMutexA(LPSECURITY_ATTRIBUTES lpAttributes, BOOL bInitialOwner, LPCSTR lpName)
    WS2_SYMBOL(CreateMutexA);
HANDLE WINAPI CreateMutexExA(LPSECURITY_ATTRIBUTES lpAttributes, LPCSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess)
    WS2_SYMBOL(CreateMutexExA);
HANDLE WINAPI OpenMutexA(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCSTR lpName) WS2_SYMBOL(OpenMutexA);
HANDLE WINAPI CreateMutexW(LPSECURITY_ATTRIBUTES lpAttributes, BOOL bInitialOwner, LPCWSTR lpName)
    WS2_SYMBOL_W(CreateMutexW);
HANDLE WINAPI CreateMutexExW(LPSECURITY_ATTRIBUTES lpAttributes, LPCWSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess)
    WS2_SYMBOL_W(CreateMutexExW);
HANDLE WINAPI OpenMutexW(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCWSTR lpName) WS2_SYMBOL_W(OpenMutexW);
HANDLE WINAPI ws2_create_semaphore_a(LPSECURITY_ATTRIBUTES lpAttributes, LONG lInitialCount, LONG lMaximumCount,
                                     LPCSTR lpName) WS2_SYMBOL(CreateSemaphoreA);
HANDLE WINAPI ws2_create_semaphore_ex_a(LPSECURITY_ATTRIBUTES lpAttributes, LONG lInitialCount, LONG lMaximumCount,
                                        LPCSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess)
    WS2_SYMBOL(CreateSemaphoreExA);
HANDLE WINAPI OpenSemaphoreA(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCSTR lpName) WS2_SYMBOL(OpenSemaphoreA);
HANDLE WINAPI ws2_create_semaphore_w(LPSECURITY_ATTRIBUTES lpAttributes, LONG lInitialCount, LONG lMaximumCount,
                                     LPCWSTR lpName) WS2_SYMBOL_W(CreateSemaphoreW);
HANDLE WINAPI ws2_create_semaphore_ex_w(LPSECURITY_ATTRIBUTES lpAttributes, LONG lInitialCount, LONG lMaximumCount,
                                        LPCWSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess)
    WS2_SYMBOL_W(CreateSemaphoreExW);
HANDLE WINAPI OpenSemaphoreW(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCWSTR lpName) WS2_SYMBOL_W(OpenSemaphoreW);
HANDLE WINAPI CreateWaitableTimerA(LPSECURITY_ATTRIBUTES lpAttributes, BOOL bManualReset, LPCSTR lpName)
    WS2_SYMBOL(CreateWaitableTimerA);
HANDLE WINAPI CreateWaitableTimerExA(LPSECURITY_ATTRIBUTES lpAttributes, LPCSTR lpName, DWORD dwFlags,
                                     DWORD dwDesiredAccess) WS2_SYMBOL(CreateWaitableTimerExA);
HANDLE WINAPI OpenWaitableTimerA(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCSTR lpName)
    WS2_SYMBOL(OpenWaitableTimerA);
HANDLE WINAPI CreateWaitableTimerW(LPSECURITY_ATTRIBUTES lpAttributes, BOOL bManualReset, LPCWSTR lpName)
    WS2_SYMBOL_W(CreateWaitableTimerW);
HANDLE WINAPI CreateWaitableTimerExW(LPSECURITY_ATTRIBUTES lpAttributes, LPCWSTR lpName, DWORD dwFlags,
                                     DWORD dwDesiredAccess) WS2_SYMBOL_W(CreateWaitableTimerExW);
HANDLE WINAPI OpenWaitableTimerW(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCWSTR lpName)
    WS2_SYMBOL_W(OpenWaitableTimerW);
BOOL WINAPI SetEvent(HANDLE hEvent) WS2_SYMBOL(SetEvent);
BOOL WINAPI ResetEvent(HANDLE hEvent) WS2_SYMBOL(ResetEvent);
BOOL WINAPI PulseEvent(HANDLE hEvent) WS2_SYMBOL(PulseEvent);
BOOL WINAPI ReleaseMutex(HANDLE hMutex) WS2_SYMBOL(ReleaseMutex);
BOOL WINAPI ReleaseSemaphore(HANDLE hSemaphore, LONG lReleaseCount, PLONG lpPreviousCount) WS2_SYMBOL(ReleaseSemaphore);
BOOL WINAPI SetWaitableTimer(HANDLE hTimer, const LARGE_INTEGER *lpDueTime, LONG lPeriod,
                             PTIMERAPCROUTINE pfnCompletionRoutine, LPVOID lpArgToCompletionRoutine, BOOL fResume)
    WS2_SYMBOL(SetWaitableTimer);
/* Why the computer is woken, and how late the timer may be, which play no part here. */
typedef struct _REASON_CONTEXT {
    ULONG Version;
    DWORD Flags;
    union {
        struct {
            HANDLE LocalizedReasonModule;
            ULONG LocalizedReasonId;
            ULONG ReasonStringCount;
            LPWSTR *ReasonStrings;
        } Detailed;
        LPWSTR SimpleReasonString;
    } Reason;
} REASON_CONTEXT, *PREASON_CONTEXT;
BOOL WINAPI SetWaitableTimerEx(HANDLE hTimer, const LARGE_INTEGER *lpDueTime, LONG lPeriod,
                               PTIMERAPCROUTINE pfnCompletionRoutine, LPVOID lpArgToCompletionRoutine,
                               PREASON_CONTEXT WakeContext, ULONG TolerableDelay) WS2_SYMBOL(SetWaitableTimerEx);
BOOL WINAPI CancelWaitableTimer(HANDLE hTimer) WS2_SYMBOL(CancelWaitableTimer);
DWORD WINAPI WaitForSingleObject(HANDLE hHandle, DWORD dwMilliseconds) WS2_SYMBOL(WaitForSingleObject);
DWORD WINAPI SleepEx(DWORD dwMilliseconds, BOOL bAlertable) WS2_SYMBOL(SleepEx);
/* Not libc's: what the thread leaves to its next wait on a port leaves before, and what came is dealt with behind. */
static inline void Sleep(DWORD dwMilliseconds)
{
    SleepEx(dwMilliseconds, FALSE);
}
DWORD WINAPI WaitForSingleObjectEx(HANDLE hHandle, DWORD dwMilliseconds, BOOL bAlertable)
    WS2_SYMBOL(WaitForSingleObjectEx);
DWORD WINAPI WaitForMultipleObjects(DWORD nCount, const HANDLE *lpHandles, BOOL bWaitAll, DWORD dwMilliseconds)
    WS2_SYMBOL(WaitForMultipleObjects);
DWORD WINAPI WaitForMultipleObjectsEx(DWORD nCount, const HANDLE *lpHandles, BOOL bWaitAll, DWORD dwMilliseconds,
                                      BOOL bAlertable) WS2_SYMBOL(WaitForMultipleObjectsEx);
DWORD WINAPI SignalObjectAndWait(HANDLE hObjectToSignal, HANDLE hObjectToWaitOn, DWORD dwMilliseconds,
                                 BOOL bAlertable) WS2_SYMBOL(SignalObjectAndWait);
DWORD WINAPI SleepEx(DWORD dwMilliseconds, BOOL bAlertable) WS2_SYMBOL(SleepEx);
HANDLE WINAPI CreateThread(LPSECURITY_ATTRIBUTES lpThreadAttributes, SIZE_T dwStackSize,
                           LPTHREAD_START_ROUTINE lpStartAddress, LPVOID lpParameter, DWORD dwCreationFlags,
                           LPDWORD lpThreadId) WS2_SYMBOL(CreateThread);
BOOL WINAPI GetExitCodeThread(HANDLE hThread, LPDWORD lpExitCode) WS2_SYMBOL(GetExitCodeThread);
DWORD WINAPI ResumeThread(HANDLE hThread) WS2_SYMBOL(ResumeThread);
DWORD WINAPI SuspendThread(HANDLE hThread) WS2_SYMBOL(SuspendThread);
BOOL WINAPI TerminateThread(HANDLE hThread, DWORD dwExitCode) WS2_SYMBOL(TerminateThread);
HANDLE WINAPI GetCurrentThread(void) WS2_SYMBOL(GetCurrentThread);
DWORD WINAPI GetCurrentThreadId(void) WS2_SYMBOL(GetCurrentThreadId);
DWORD WINAPI GetThreadId(HANDLE Thread) WS2_SYMBOL(GetThreadId);
HANDLE WINAPI OpenThread(DWORD dwDesiredAccess, BOOL bInheritHandle, DWORD dwThreadId) WS2_SYMBOL(OpenThread);
DWORD WINAPI GetCurrentProcessorNumber(void) WS2_SYMBOL(GetCurrentProcessorNumber);
VOID WINAPI GetCurrentThreadStackLimits(PULONG_PTR LowLimit, PULONG_PTR HighLimit) WS2_SYMBOL(GetCurrentThreadStackLimits);
struct _TEB *NtCurrentTeb(void) WS2_SYMBOL(NtCurrentTeb);
HRESULT WINAPI SetThreadDescription(HANDLE hThread, PCWSTR lpThreadDescription) WS2_SYMBOL_W(SetThreadDescription);
HRESULT WINAPI GetThreadDescription(HANDLE hThread, PWSTR *ppszThreadDescription) WS2_SYMBOL_W(GetThreadDescription);
DWORD WINAPI SetThreadIdealProcessor(HANDLE hThread, DWORD dwIdealProcessor) WS2_SYMBOL(SetThreadIdealProcessor);
BOOL WINAPI SwitchToThread(void) WS2_SYMBOL(SwitchToThread);
DWORD WINAPI QueueUserAPC(PAPCFUNC pfnAPC, HANDLE hThread, ULONG_PTR dwData) WS2_SYMBOL(QueueUserAPC);
HANDLE WINAPI GetCurrentProcess(void) WS2_SYMBOL(GetCurrentProcess);
BOOL WINAPI DuplicateHandle(HANDLE hSourceProcessHandle, HANDLE hSourceHandle, HANDLE hTargetProcessHandle,
                            LPHANDLE lpTargetHandle, DWORD dwDesiredAccess, BOOL bInheritHandle, DWORD dwOptions)
    WS2_SYMBOL(DuplicateHandle);
__attribute__((__noreturn__)) void WINAPI ExitThread(DWORD dwExitCode) WS2_SYMBOL(ExitThread);

/* A semaphore that may count as far as it can is made with LONG_MAX, which on Linux is no LONG. */
WS2_INLINE LONG ws2_most(int64_t count)
{
    return count > 0x7fffffff ? 0x7fffffff : (LONG)count;
}
WS2_INLINE HANDLE CreateSemaphoreA(LPSECURITY_ATTRIBUTES attributes, LONG initial, int64_t maximum, LPCSTR name)
{
    return ws2_create_semaphore_a(attributes, initial, ws2_most(maximum), name);
}
WS2_INLINE HANDLE CreateSemaphoreW(LPSECURITY_ATTRIBUTES attributes, LONG initial, int64_t maximum, LPCWSTR name)
{
    return ws2_create_semaphore_w(attributes, initial, ws2_most(maximum), name);
}
WS2_INLINE HANDLE CreateSemaphoreExA(LPSECURITY_ATTRIBUTES attributes, LONG initial, int64_t maximum, LPCSTR name,
                                        DWORD flags, DWORD access)
{
    return ws2_create_semaphore_ex_a(attributes, initial, ws2_most(maximum), name, flags, access);
}
WS2_INLINE HANDLE CreateSemaphoreExW(LPSECURITY_ATTRIBUTES attributes, LONG initial, int64_t maximum, LPCWSTR name,
                                        DWORD flags, DWORD access)
{
    return ws2_create_semaphore_ex_w(attributes, initial, ws2_most(maximum), name, flags, access);
}

WS2_END_C

#ifdef UNICODE
#define CreateEvent CreateEventW
#define CreateEventEx CreateEventExW
#define OpenEvent OpenEventW
#define CreateMutex CreateMutexW
#define CreateMutexEx CreateMutexExW
#define OpenMutex OpenMutexW
#define CreateSemaphore CreateSemaphoreW
#define CreateSemaphoreEx CreateSemaphoreExW
#define OpenSemaphore OpenSemaphoreW
#define CreateWaitableTimer CreateWaitableTimerW
#define CreateWaitableTimerEx CreateWaitableTimerExW
#define OpenWaitableTimer OpenWaitableTimerW
#else
#define CreateEvent CreateEventA
#define CreateEventEx CreateEventExA
#define OpenEvent OpenEventA
#define CreateMutex CreateMutexA
#define CreateMutexEx CreateMutexExA
#define OpenMutex OpenMutexA
#define CreateSemaphore CreateSemaphoreA
#define CreateSemaphoreEx CreateSemaphoreExA
#define OpenSemaphore OpenSemaphoreA
#define CreateWaitableTimer CreateWaitableTimerA
#define CreateWaitableTimerEx CreateWaitableTimerExA
#define OpenWaitableTimer OpenWaitableTimerA
#endif

#endif
