// Fibers: switches between stacks, data and values of their own, deletion, the end of one.
//
// rule: a fiber goes on where it left off, with its own data, values and stack; FlsAlloc's call is made for the values of a fiber that is deleted; a thread ends with its fiber's function.
// source: https://learn.microsoft.com/windows/win32/procthread/fibers, https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-createfiber
// expect: converted 1 again 0 1280 is fiber 1
// expect: data main
// expect: turn 0: a data a value 0
// expect: turn 0: b data b value 0
// expect: turn 1: a data a value 1
// expect: turn 1: b data b value 2
// expect: turn 2: a data a value 1
// expect: turn 2: b data b value 2
// expect: main value 77
// expect: let go 1
// expect: let go 2
// expect: deep 5050 500500
// expect: moved to another thread 1
// expect: thread ended with its fiber 1
// expect: back 1 fiber 0 value 77
// expect: let go 77
#include "case.h"

static LPVOID main_fiber;
static DWORD place;

static void WINAPI let_go(PVOID value)
{
    printf("let go %d\n", (int)(ULONG_PTR)value);
}

static void WINAPI turns(LPVOID data)
{
    const char *name = (const char *)data;
    int turn;
    double sum = 0;
    for (turn = 0;; turn++) {
        must(GetFiberData() == data, "GetFiberData");
        printf("turn %d: %s data %s value %d\n", turn, name, (char *)GetFiberData(), (int)(ULONG_PTR)FlsGetValue(place));
        must(sum == turn * 0.5, "a number of its own");
        sum += 0.5;
        FlsSetValue(place, (PVOID)(ULONG_PTR)(*name == 'a' ? 1 : 2));
        SwitchToFiber(main_fiber);
    }
}

static LONG deep(LONG n)
{
    volatile char room[512];
    room[n % 512] = 1;
    return n == 0 ? 0 : n + deep(n - room[n % 512]);
}

static LONG small_sum, large_sum;

static void WINAPI dig(LPVOID data)
{
    (void)data;
    small_sum = deep(100);
    large_sum = deep(1000);
    SwitchToFiber(main_fiber);
}

static DWORD first_thread, second_thread;
static LPVOID second_fiber;

static void WINAPI migrate(LPVOID data)
{
    (void)data;
    first_thread = GetCurrentThreadId();
    SwitchToFiber(main_fiber);
    second_thread = GetCurrentThreadId();
    SwitchToFiber(second_fiber);
}

static DWORD WINAPI take_over(LPVOID fiber)
{
    second_fiber = ConvertThreadToFiber(NULL);
    SwitchToFiber(fiber);
    return ConvertFiberToThread();
}

static void WINAPI end(LPVOID data)
{
    (void)data;
}

static DWORD WINAPI run_to_end(LPVOID fiber)
{
    ConvertThreadToFiber(NULL);
    SwitchToFiber(fiber);
    printf("not reached\n");
    return 0;
}

static DWORD finish(LPTHREAD_START_ROUTINE routine, LPVOID argument)
{
    DWORD waited;
    HANDLE thread = CreateThread(NULL, 0, routine, argument, 0, NULL);
    must(thread != NULL, "CreateThread");
    waited = WaitForSingleObject(thread, 5000);
    CloseHandle(thread);
    return waited;
}

int main(void)
{
    LPVOID a, b, other;
    int turn;
    place = FlsAlloc(let_go);
    must(place != FLS_OUT_OF_INDEXES, "FlsAlloc");
    FlsSetValue(place, (PVOID)77);
    main_fiber = ConvertThreadToFiber((LPVOID) "main");
    printf("converted %d", main_fiber != NULL);
    SetLastError(0);
    other = ConvertThreadToFiber(NULL);
    printf(" again %d %d is fiber %d\n", other != NULL, (int)GetLastError(), IsThreadAFiber());
    must(GetCurrentFiber() == main_fiber, "GetCurrentFiber");
    printf("data %s\n", (char *)GetFiberData());
    a = CreateFiber(0, turns, (LPVOID) "a");
    b = CreateFiberEx(4096, 65536, FIBER_FLAG_FLOAT_SWITCH, turns, (LPVOID) "b");
    must(a != NULL && b != NULL, "CreateFiber");
    for (turn = 0; turn < 3; turn++) {
        SwitchToFiber(a);
        SwitchToFiber(b);
    }
    printf("main value %d\n", (int)(ULONG_PTR)FlsGetValue(place));
    DeleteFiber(a);
    DeleteFiber(b);
    other = CreateFiber(4 << 20, dig, NULL);
    must(other != NULL, "CreateFiber");
    SwitchToFiber(other);
    DeleteFiber(other);
    printf("deep %d %d\n", (int)small_sum, (int)large_sum);
    other = CreateFiber(0, migrate, NULL);
    SwitchToFiber(other);
    must(finish(take_over, other) == WAIT_OBJECT_0, "a thread that takes a fiber over");
    DeleteFiber(other);
    printf("moved to another thread %d\n", first_thread == GetCurrentThreadId() && second_thread != first_thread);
    other = CreateFiber(0, end, NULL);
    printf("thread ended with its fiber %d\n", finish(run_to_end, other) == WAIT_OBJECT_0);
    turn = ConvertFiberToThread();
    printf("back %d fiber %d value %d\n", turn, IsThreadAFiber(), (int)(ULONG_PTR)FlsGetValue(place));
    FlsFree(place);
    return 0;
}
