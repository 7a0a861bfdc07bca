// Threads by their number, and the processors that threads run on.
//
// rule: OpenThread finds a thread of the process, also the first one; affinity masks stay within the process's.
// source: https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-openthread, winbase/nf-winbase-setthreadaffinitymask
// expect: first 1
// expect: second 1
// expect: waits 258
// expect: ended 0 7
// expect: no thread 87
// expect: found 5000
// expect: process ok
// expect: within 1
// expect: mask before 1
// expect: mask back 1
// expect: no processor 0 87
// expect: process none 87
// expect: process same ok
// expect: ideal 3
// expect: ideal beyond -1 87
#include "objects.h"

static HANDLE go;
static DWORD first;

static DWORD WINAPI second(LPVOID unused)
{
    HANDLE opened = OpenThread(THREAD_QUERY_INFORMATION, FALSE, first);
    printf("first %d\n", opened != NULL && GetThreadId(opened) == first);
    must(CloseHandle(opened), "CloseHandle");
    WaitForSingleObject(go, 5000);
    (void)unused;
    return 7;
}

static void threads(void)
{
    HANDLE thread, opened;
    DWORD code = 0;
    go = new_event(TRUE, FALSE);
    first = GetCurrentThreadId();
    thread = new_thread(second, NULL, 0);
    opened = OpenThread(SYNCHRONIZE | THREAD_QUERY_INFORMATION, FALSE, GetThreadId(thread));
    Sleep(100);
    printf("second %d\n", opened != NULL && GetThreadId(opened) == GetThreadId(thread));
    printf("waits %u\n", (unsigned)WaitForSingleObject(opened, 0));
    must(SetEvent(go), "SetEvent");
    join(thread);
    printf("ended %u ", (unsigned)WaitForSingleObject(opened, 5000));
    must(GetExitCodeThread(opened, &code), "GetExitCodeThread");
    printf("%u\n", (unsigned)code);
    must(CloseHandle(opened), "CloseHandle");
    win32("no thread", OpenThread(SYNCHRONIZE, FALSE, 0) != NULL);
}

static DWORD WINAPI nothing(LPVOID unused)
{
    (void)unused;
    return 0;
}

/* Whoever knows the number of a thread finds it, however new it is. */
static void new_threads(void)
{
    int found = 0;
    for (int i = 0; i < 5000; i++) {
        HANDLE thread = new_thread(nothing, NULL, 0);
        HANDLE opened = OpenThread(SYNCHRONIZE, FALSE, GetThreadId(thread));
        found += opened != NULL && CloseHandle(opened);
        join(thread);
    }
    printf("found %d\n", found);
}

int main(void)
{
    DWORD_PTR own = 0, all = 0, one;
    threads();
    new_threads();
    win32("process", GetProcessAffinityMask(GetCurrentProcess(), &own, &all));
    printf("within %d\n", own != 0 && (own & ~all) == 0);
    one = own & (0 - own);
    printf("mask before %d\n", SetThreadAffinityMask(GetCurrentThread(), one) == own);
    printf("mask back %d\n", SetThreadAffinityMask(GetCurrentThread(), own) == one);
    printf("no processor %u ", (unsigned)SetThreadAffinityMask(GetCurrentThread(), 0));
    printf("%u\n", (unsigned)GetLastError());
    win32("process none", SetProcessAffinityMask(GetCurrentProcess(), 0));
    win32("process same", SetProcessAffinityMask(GetCurrentProcess(), own));
    SetThreadIdealProcessor(GetCurrentThread(), 3);
    printf("ideal %d\n", (int)SetThreadIdealProcessor(GetCurrentThread(), MAXIMUM_PROCESSORS));
    printf("ideal beyond %d ", (int)SetThreadIdealProcessor(GetCurrentThread(), 65));
    printf("%u\n", (unsigned)GetLastError());
    return 0;
}
