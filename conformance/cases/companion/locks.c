// Critical sections, slim locks, condition variables, one-time work, values of threads.
//
// rule: an owner may take a critical section again; a condition that nobody tells times out with ERROR_TIMEOUT.
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-sleepconditionvariablecs, return value
// expect: taken twice 1
// expect: other thread 0
// expect: other thread after leaving 1
// expect: shared twice 1 exclusive 0
// expect: exclusive 1 shared 0
// expect: timed out 0 1460
// expect: counted 4000
// expect: once 1 times 1 context 64
// expect: value 7 other thread 0
// expect: free index 87
// expect: interlocked 6 5 9 1
#include "case.h"

static CRITICAL_SECTION section;
static CONDITION_VARIABLE changed = CONDITION_VARIABLE_INIT;
static SRWLOCK lock = SRWLOCK_INIT;
static int tried, counter, done, times;
static DWORD slot;
static void *seen;

static void try_it(void *unused)
{
    (void)unused;
    tried = TryEnterCriticalSection(&section);
    if (tried)
        LeaveCriticalSection(&section);
}

static void count(void *unused)
{
    int i;
    (void)unused;
    for (i = 0; i < 1000; i++) {
        EnterCriticalSection(&section);
        counter++;
        LeaveCriticalSection(&section);
    }
    EnterCriticalSection(&section);
    done++;
    LeaveCriticalSection(&section);
    WakeAllConditionVariable(&changed);
}

static BOOL CALLBACK work(PINIT_ONCE once, PVOID parameter, PVOID *context)
{
    (void)once, (void)parameter;
    times++;
    *context = (PVOID)64;
    return TRUE;
}

static void read_value(void *unused)
{
    (void)unused;
    seen = TlsGetValue(slot);
}

int main(void)
{
    struct thread threads[4];
    INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    PVOID context = NULL;
    volatile LONG number = 5;
    LONG up, down, exchanged;
    int i, good;
    InitializeCriticalSection(&section);
    EnterCriticalSection(&section);
    printf("taken twice %d\n", TryEnterCriticalSection(&section));
    LeaveCriticalSection(&section);
    thread_start(&threads[0], try_it, NULL);
    thread_join(&threads[0]);
    printf("other thread %d\n", tried);
    LeaveCriticalSection(&section);
    thread_start(&threads[0], try_it, NULL);
    thread_join(&threads[0]);
    printf("other thread after leaving %d\n", tried);
    AcquireSRWLockShared(&lock);
    good = TryAcquireSRWLockShared(&lock);
    printf("shared twice %d exclusive %d\n", good, TryAcquireSRWLockExclusive(&lock));
    ReleaseSRWLockShared(&lock);
    ReleaseSRWLockShared(&lock);
    good = TryAcquireSRWLockExclusive(&lock);
    printf("exclusive %d shared %d\n", good, TryAcquireSRWLockShared(&lock));
    ReleaseSRWLockExclusive(&lock);
    EnterCriticalSection(&section);
    good = SleepConditionVariableCS(&changed, &section, 20);
    printf("timed out %d %u\n", good, (unsigned)GetLastError());
    for (i = 0; i < 4; i++)
        thread_start(&threads[i], count, NULL);
    while (done < 4)
        SleepConditionVariableCS(&changed, &section, INFINITE);
    printf("counted %d\n", counter);
    LeaveCriticalSection(&section);
    for (i = 0; i < 4; i++)
        thread_join(&threads[i]);
    DeleteCriticalSection(&section);
    InitOnceExecuteOnce(&once, work, NULL, &context);
    good = InitOnceExecuteOnce(&once, work, NULL, &context);
    printf("once %d times %d context %d\n", good, times, (int)(ULONG_PTR)context);
    slot = TlsAlloc();
    TlsSetValue(slot, (void *)7);
    seen = (void *)1;
    thread_start(&threads[0], read_value, NULL);
    thread_join(&threads[0]);
    printf("value %d other thread %d\n", (int)(ULONG_PTR)TlsGetValue(slot), (int)(ULONG_PTR)seen);
    TlsFree(slot);
    TlsSetValue(5000, NULL);
    printf("free index %u\n", (unsigned)GetLastError());
    up = InterlockedIncrement(&number);
    down = InterlockedDecrement(&number);
    exchanged = InterlockedExchange(&number, 9);
    printf("interlocked %d %d %d %d\n", (int)up, (int)down, (int)number, exchanged == 5);
    return 0;
}
