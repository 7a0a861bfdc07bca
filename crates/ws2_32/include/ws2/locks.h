/* Locks in the program's memory, and values of the thread. Included by synchapi.h. */
#ifndef WS2_LOCKS_H
#define WS2_LOCKS_H
#pragma GCC system_header

#include <winnt.h>

typedef struct _RTL_CRITICAL_SECTION {
    PVOID DebugInfo;
    LONG LockCount, RecursionCount;
    HANDLE OwningThread, LockSemaphore;
    ULONG_PTR SpinCount;
} RTL_CRITICAL_SECTION, CRITICAL_SECTION, *PRTL_CRITICAL_SECTION, *PCRITICAL_SECTION, *LPCRITICAL_SECTION;
typedef struct _RTL_SRWLOCK {
    PVOID Ptr;
} RTL_SRWLOCK, SRWLOCK, *PRTL_SRWLOCK, *PSRWLOCK;
typedef struct _RTL_CONDITION_VARIABLE {
    PVOID Ptr;
} RTL_CONDITION_VARIABLE, CONDITION_VARIABLE, *PRTL_CONDITION_VARIABLE, *PCONDITION_VARIABLE;
typedef union _RTL_RUN_ONCE {
    PVOID Ptr;
} RTL_RUN_ONCE, INIT_ONCE, *PRTL_RUN_ONCE, *PINIT_ONCE, *LPINIT_ONCE;
typedef BOOL(WINAPI *PINIT_ONCE_FN)(PINIT_ONCE InitOnce, PVOID Parameter, PVOID *Context);
#define SRWLOCK_INIT {0}
#define CONDITION_VARIABLE_INIT {0}
#define INIT_ONCE_STATIC_INIT {0}
#define RTL_SRWLOCK_INIT {0}
#define RTL_CONDITION_VARIABLE_INIT {0}
#define RTL_RUN_ONCE_INIT {0}
#define CONDITION_VARIABLE_LOCKMODE_SHARED 0x1
#define CRITICAL_SECTION_NO_DEBUG_INFO 0x01000000
#define TLS_OUT_OF_INDEXES ((DWORD)0xffffffff)
#define TLS_MINIMUM_AVAILABLE 64
#define RTL_RUN_ONCE_CHECK_ONLY 0x00000001
#define RTL_RUN_ONCE_ASYNC 0x00000002
#define RTL_RUN_ONCE_INIT_FAILED 0x00000004
#define RTL_RUN_ONCE_CTX_RESERVED_BITS 2
#define INIT_ONCE_CHECK_ONLY RTL_RUN_ONCE_CHECK_ONLY
#define INIT_ONCE_ASYNC RTL_RUN_ONCE_ASYNC
#define INIT_ONCE_INIT_FAILED RTL_RUN_ONCE_INIT_FAILED
#define INIT_ONCE_CTX_RESERVED_BITS RTL_RUN_ONCE_CTX_RESERVED_BITS

#define FLS_OUT_OF_INDEXES ((DWORD)0xffffffff)
typedef void(NTAPI *PFLS_CALLBACK_FUNCTION)(PVOID lpFlsData);

WS2_BEGIN_C
void WINAPI InitializeCriticalSection(LPCRITICAL_SECTION lpCriticalSection) WS2_SYMBOL(InitializeCriticalSection);
BOOL WINAPI InitializeCriticalSectionAndSpinCount(LPCRITICAL_SECTION lpCriticalSection, DWORD dwSpinCount)
    WS2_SYMBOL(InitializeCriticalSectionAndSpinCount);
BOOL WINAPI InitializeCriticalSectionEx(LPCRITICAL_SECTION lpCriticalSection, DWORD dwSpinCount, DWORD Flags)
    WS2_SYMBOL(InitializeCriticalSectionEx);
DWORD WINAPI SetCriticalSectionSpinCount(LPCRITICAL_SECTION lpCriticalSection, DWORD dwSpinCount)
    WS2_SYMBOL(SetCriticalSectionSpinCount);
void WINAPI EnterCriticalSection(LPCRITICAL_SECTION lpCriticalSection) WS2_SYMBOL(EnterCriticalSection);
BOOL WINAPI TryEnterCriticalSection(LPCRITICAL_SECTION lpCriticalSection) WS2_SYMBOL(TryEnterCriticalSection);
void WINAPI LeaveCriticalSection(LPCRITICAL_SECTION lpCriticalSection) WS2_SYMBOL(LeaveCriticalSection);
void WINAPI DeleteCriticalSection(LPCRITICAL_SECTION lpCriticalSection) WS2_SYMBOL(DeleteCriticalSection);
void WINAPI InitializeSRWLock(PSRWLOCK SRWLock) WS2_SYMBOL(InitializeSRWLock);
void WINAPI AcquireSRWLockExclusive(PSRWLOCK SRWLock) WS2_SYMBOL(AcquireSRWLockExclusive);
void WINAPI AcquireSRWLockShared(PSRWLOCK SRWLock) WS2_SYMBOL(AcquireSRWLockShared);
BOOLEAN WINAPI TryAcquireSRWLockExclusive(PSRWLOCK SRWLock) WS2_SYMBOL(TryAcquireSRWLockExclusive);
BOOLEAN WINAPI TryAcquireSRWLockShared(PSRWLOCK SRWLock) WS2_SYMBOL(TryAcquireSRWLockShared);
void WINAPI ReleaseSRWLockExclusive(PSRWLOCK SRWLock) WS2_SYMBOL(ReleaseSRWLockExclusive);
void WINAPI ReleaseSRWLockShared(PSRWLOCK SRWLock) WS2_SYMBOL(ReleaseSRWLockShared);
void WINAPI InitializeConditionVariable(PCONDITION_VARIABLE ConditionVariable)
    WS2_SYMBOL(InitializeConditionVariable);
BOOL WINAPI SleepConditionVariableCS(PCONDITION_VARIABLE ConditionVariable, PCRITICAL_SECTION CriticalSection,
    DWORD dwMilliseconds) WS2_SYMBOL(SleepConditionVariableCS);
BOOL WINAPI SleepConditionVariableSRW(PCONDITION_VARIABLE ConditionVariable, PSRWLOCK SRWLock,
    DWORD dwMilliseconds, ULONG Flags) WS2_SYMBOL(SleepConditionVariableSRW);
void WINAPI WakeConditionVariable(PCONDITION_VARIABLE ConditionVariable) WS2_SYMBOL(WakeConditionVariable);
void WINAPI WakeAllConditionVariable(PCONDITION_VARIABLE ConditionVariable) WS2_SYMBOL(WakeAllConditionVariable);
BOOL WINAPI WaitOnAddress(volatile VOID *Address, PVOID CompareAddress, SIZE_T AddressSize, DWORD dwMilliseconds)
    WS2_SYMBOL(WaitOnAddress);
void WINAPI WakeByAddressSingle(PVOID Address) WS2_SYMBOL(WakeByAddressSingle);
void WINAPI WakeByAddressAll(PVOID Address) WS2_SYMBOL(WakeByAddressAll);
BOOL WINAPI InitOnceBeginInitialize(LPINIT_ONCE lpInitOnce, DWORD dwFlags, PBOOL fPending, LPVOID *lpContext)
    WS2_SYMBOL(InitOnceBeginInitialize);
BOOL WINAPI InitOnceComplete(LPINIT_ONCE lpInitOnce, DWORD dwFlags, LPVOID lpContext) WS2_SYMBOL(InitOnceComplete);
void WINAPI InitOnceInitialize(PINIT_ONCE InitOnce) WS2_SYMBOL(InitOnceInitialize);
BOOL WINAPI InitOnceExecuteOnce(PINIT_ONCE InitOnce, PINIT_ONCE_FN InitFn, PVOID Parameter, LPVOID *Context)
    WS2_SYMBOL(InitOnceExecuteOnce);
DWORD WINAPI FlsAlloc(PFLS_CALLBACK_FUNCTION lpCallback) WS2_SYMBOL(FlsAlloc);
BOOL WINAPI FlsFree(DWORD dwFlsIndex) WS2_SYMBOL(FlsFree);
PVOID WINAPI FlsGetValue(DWORD dwFlsIndex) WS2_SYMBOL(FlsGetValue);
BOOL WINAPI FlsSetValue(DWORD dwFlsIndex, PVOID lpFlsData) WS2_SYMBOL(FlsSetValue);
DWORD WINAPI TlsAlloc(void) WS2_SYMBOL(TlsAlloc);
BOOL WINAPI TlsFree(DWORD dwTlsIndex) WS2_SYMBOL(TlsFree);
LPVOID WINAPI TlsGetValue(DWORD dwTlsIndex) WS2_SYMBOL(TlsGetValue);
BOOL WINAPI TlsSetValue(DWORD dwTlsIndex, LPVOID lpTlsValue) WS2_SYMBOL(TlsSetValue);
WS2_END_C

#endif
