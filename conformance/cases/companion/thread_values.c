// Values of threads that are let go of, and the space on a file system.
//
// rule: the callback of FlsAlloc runs at the end of a thread that has set a value, and for what is left at FlsFree.
// source: https://learn.microsoft.com/windows/win32/api/fibersapi/nf-fibersapi-flsalloc, fileapi/nf-fileapi-getdiskfreespaceexa
// expect: allocated 1 first 0 0
// expect: other thread 0
// expect: let go 1 of 7
// expect: own 3
// expect: freed 1 let go 2 of 3
// expect: no place FlsGetValue 87
// expect: no place FlsSetValue 87
// expect: after FlsFree 87
// expect: space 1
// expect: no folder 3
#include "objects.h"

static DWORD place;
static int calls;
static PVOID last;

static VOID WINAPI let_go(PVOID value)
{
    calls++;
    last = value;
}

static DWORD WINAPI other(LPVOID unused)
{
    (void)unused;
    printf("other thread %d\n", FlsGetValue(place) != NULL);
    must(FlsSetValue(place, (PVOID)7), "FlsSetValue");
    return 0;
}

int main(void)
{
    ULARGE_INTEGER own, all, left;
    place = FlsAlloc(let_go);
    SetLastError(5);
    printf("allocated %d first %d ", place != FLS_OUT_OF_INDEXES, FlsGetValue(place) != NULL);
    printf("%u\n", (unsigned)GetLastError());
    must(FlsSetValue(place, (PVOID)3), "FlsSetValue");
    join(new_thread(other, NULL, 0));
    printf("let go %d of %d\n", calls, (int)(ULONG_PTR)last);
    printf("own %d\n", (int)(ULONG_PTR)FlsGetValue(place));
    printf("freed %d ", FlsFree(place));
    printf("let go %d of %d\n", calls, (int)(ULONG_PTR)last);
    win32("no place FlsGetValue", FlsGetValue(0) != NULL);
    win32("no place FlsSetValue", FlsSetValue(FLS_OUT_OF_INDEXES, NULL));
    win32("after FlsFree", FlsFree(place));
    printf("space %d\n", GetDiskFreeSpaceExA(NULL, &own, &all, &left) && GetDiskFreeSpaceExA(".", &own, NULL, NULL) &&
           own.QuadPart <= all.QuadPart && left.QuadPart <= all.QuadPart && all.QuadPart > 0);
    win32("no folder", GetDiskFreeSpaceExA("no-such-folder\\x", &own, &all, &left));
    return 0;
}
