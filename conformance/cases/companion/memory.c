// Heaps, blocks and pages know their exact sizes.
//
// rule: HeapSize and LocalSize give the size that was asked for; HEAP_ZERO_MEMORY clears what is new.
// source: https://learn.microsoft.com/windows/win32/api/heapapi/nf-heapapi-heapsize
// expect: HeapSize 21
// expect: zeroed 1
// expect: HeapReAlloc 1000 kept 1 zeroed 1
// expect: HeapFree 1
// expect: own heap 5
// expect: HeapDestroy 1
// expect: LocalSize 13 cleared 1
// expect: LocalFree 1
// expect: GlobalSize 7
// expect: VirtualAlloc 1 cleared 1
// expect: VirtualProtect 1 before 4
// expect: VirtualFree 1
#include "case.h"

static int cleared(const char *block, int from, int to)
{
    for (; from < to; from++)
        if (block[from] != 0)
            return 0;
    return 1;
}

int main(void)
{
    HANDLE heap = GetProcessHeap();
    char *block = (char *)HeapAlloc(heap, HEAP_ZERO_MEMORY, 21);
    DWORD before = 0;
    HLOCAL local;
    BOOL good;
    printf("HeapSize %d\n", (int)HeapSize(heap, 0, block));
    printf("zeroed %d\n", cleared(block, 0, 21));
    strcpy(block, "kept");
    block = (char *)HeapReAlloc(heap, HEAP_ZERO_MEMORY, block, 1000);
    printf("HeapReAlloc %d kept %d zeroed %d\n", (int)HeapSize(heap, 0, block), strcmp(block, "kept") == 0,
           cleared(block, 21, 1000));
    printf("HeapFree %d\n", HeapFree(heap, 0, block));
    heap = HeapCreate(0, 0, 0);
    block = (char *)HeapAlloc(heap, 0, 5);
    printf("own heap %d\n", (int)HeapSize(heap, 0, block));
    printf("HeapDestroy %d\n", HeapDestroy(heap));
    local = LocalAlloc(LPTR, 13);
    printf("LocalSize %d cleared %d\n", (int)LocalSize(local), cleared((char *)local, 0, 13));
    printf("LocalFree %d\n", LocalFree(local) == NULL);
    local = GlobalAlloc(GPTR, 7);
    printf("GlobalSize %d\n", (int)GlobalSize(local));
    GlobalFree(local);
    block = (char *)VirtualAlloc(NULL, 10000, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    printf("VirtualAlloc %d cleared %d\n", block != NULL, cleared(block, 0, 10000));
    good = VirtualProtect(block, 10000, PAGE_READONLY, &before);
    printf("VirtualProtect %d before %u\n", good, (unsigned)before);
    printf("VirtualFree %d\n", VirtualFree(block, 0, MEM_RELEASE));
    return 0;
}
