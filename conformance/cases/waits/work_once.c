// Work that is done once, begun and ended apart.
//
// rule: one does it, or several of whom the first to end wins; the two manners do not mix, and what is left has two bits clear. A critical section that was prepared has DebugInfo.
// source: Wine 8.0 dlls/kernel32/tests/sync.c, test_initonce and test_crit_section, validated on Windows
// expect: check 31
// expect: begin ok pending 1
// expect: other manner 87
// expect: complete 87
// expect: complete ok
// expect: begin ok pending 0 left 40
// expect: several ok pending 1
// expect: several ok pending 1
// expect: alone 87
// expect: failed 87
// expect: complete ok
// expect: complete 31
// expect: execute saw 10 left 50
// expect: section prepared 1 deleted 0
#include "objects.h"

static BOOL WINAPI work(PINIT_ONCE once, PVOID parameter, PVOID *context)
{
    (void)once;
    (void)parameter;
    printf("execute saw %x ", (unsigned)(ULONG_PTR)*context);
    *context = (PVOID)0x50;
    return TRUE;
}

static void begin(const char *what, INIT_ONCE *once, DWORD flags)
{
    BOOL pending = 7;
    void *left = NULL;
    if (!InitOnceBeginInitialize(once, flags, &pending, &left))
        printf("%s %u\n", what, (unsigned)GetLastError());
    else if (left)
        printf("%s ok pending %d left %x\n", what, pending, (unsigned)(ULONG_PTR)left);
    else
        printf("%s ok pending %d\n", what, pending);
}

int main(void)
{
    INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    CRITICAL_SECTION section;
    void *left = (void *)0x10;
    int prepared;
    begin("check", &once, INIT_ONCE_CHECK_ONLY);
    begin("begin", &once, 0);
    begin("other manner", &once, INIT_ONCE_ASYNC);
    win32("complete", InitOnceComplete(&once, 0, (void *)0x41));
    win32("complete", InitOnceComplete(&once, 0, (void *)0x40));
    begin("begin", &once, 0);
    InitOnceInitialize(&once);
    begin("several", &once, INIT_ONCE_ASYNC);
    begin("several", &once, INIT_ONCE_ASYNC);
    begin("alone", &once, 0);
    win32("failed", InitOnceComplete(&once, INIT_ONCE_ASYNC | INIT_ONCE_INIT_FAILED, NULL));
    win32("complete", InitOnceComplete(&once, INIT_ONCE_ASYNC, (void *)0x40));
    win32("complete", InitOnceComplete(&once, INIT_ONCE_ASYNC, (void *)0x80));
    InitOnceInitialize(&once);
    must(InitOnceExecuteOnce(&once, work, NULL, &left), "InitOnceExecuteOnce");
    printf("left %x\n", (unsigned)(ULONG_PTR)left);
    InitializeCriticalSection(&section);
    prepared = section.DebugInfo != NULL;
    DeleteCriticalSection(&section);
    printf("section prepared %d deleted %d\n", prepared, section.DebugInfo != NULL);
    return 0;
}
