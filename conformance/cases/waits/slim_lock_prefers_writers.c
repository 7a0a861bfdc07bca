// Slim locks and condition variables.
//
// rule: a reader who comes while a writer waits is not let in; both work at any address.
// source: Wine 8.0 dlls/kernel32/tests/sync.c, test_srwlock_base and test_condvars_base, validated on Windows
// expect: reader beside a reader 1
// expect: reader behind a writer 0
// expect: writer in
// expect: reader after it 1
// expect: unaligned slept 1460
// expect: unaligned written 0
#include "objects.h"

#pragma pack(push, 1)
static struct
{
    char before;
    SRWLOCK lock;
    CONDITION_VARIABLE condition;
} packed;
#pragma pack(pop)

static SRWLOCK slim = SRWLOCK_INIT;

static DWORD WINAPI write_once(void *unused)
{
    (void)unused;
    AcquireSRWLockExclusive(&slim);
    printf("writer in\n");
    ReleaseSRWLockExclusive(&slim);
    return 0;
}

static int try_shared(void)
{
    int taken = TryAcquireSRWLockShared(&slim);
    if (taken)
        ReleaseSRWLockShared(&slim);
    return taken;
}

int main(void)
{
    HANDLE writer;
    BOOL woken;
    AcquireSRWLockShared(&slim);
    printf("reader beside a reader %d\n", try_shared());
    writer = new_thread(write_once, NULL, 0);
    Sleep(300);
    printf("reader behind a writer %d\n", try_shared());
    fflush(stdout);
    ReleaseSRWLockShared(&slim);
    join(writer);
    printf("reader after it %d\n", try_shared());
    InitializeSRWLock(&packed.lock);
    InitializeConditionVariable(&packed.condition);
    AcquireSRWLockExclusive(&packed.lock);
    woken = SleepConditionVariableSRW(&packed.condition, &packed.lock, 10, 0);
    printf("unaligned slept %u\n", woken ? 0 : (unsigned)GetLastError());
    printf("unaligned written %d\n", TryAcquireSRWLockShared(&packed.lock));
    return 0;
}
