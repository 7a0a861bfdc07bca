/* Lists that threads share, and what else console programs ask of handles. */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>

typedef struct {
    SLIST_ENTRY entry;
    int number;
} ITEM;

static SLIST_HEADER shared;
static ITEM items[4][500] __attribute__((aligned(16)));

static DWORD WINAPI push(LPVOID own)
{
    int i;
    for (i = 0; i < 500; i++) {
        ((ITEM *)own)[i].number = 1;
        InterlockedPushEntrySList(&shared, &((ITEM *)own)[i].entry);
        if (i % 5 == 4)
            InterlockedPushEntrySList(&shared, InterlockedPopEntrySList(&shared));
    }
    return 0;
}

int main(void)
{
    SLIST_HEADER list;
    static ITEM one, two;
    HANDLE threads[4], reading, writing;
    PSLIST_ENTRY entry;
    int i, sum = 0;
    InitializeSListHead(&list);
    printf("%d", InterlockedPushEntrySList(&list, &one.entry) == NULL);
    printf("%d", InterlockedPushEntrySList(&list, &two.entry) == &one.entry);
    printf("%d", QueryDepthSList(&list));
    printf("%d", InterlockedPopEntrySList(&list) == &two.entry);
    printf("%d", InterlockedFlushSList(&list) == &one.entry);
    printf("%d\n", InterlockedPopEntrySList(&list) == NULL && QueryDepthSList(&list) == 0);
    InitializeSListHead(&shared);
    for (i = 0; i < 4; i++)
        threads[i] = CreateThread(NULL, 0, push, items[i], 0, NULL);
    WaitForMultipleObjects(4, threads, TRUE, INFINITE);
    printf("depth %d", QueryDepthSList(&shared));
    for (entry = InterlockedFlushSList(&shared); entry != NULL; entry = entry->Next)
        sum += ((ITEM *)entry)->number;
    printf(" sum %d\n", sum);
    CreatePipe(&reading, &writing, NULL, 0);
    printf("inherit %d", SetHandleInformation(reading, HANDLE_FLAG_INHERIT, 0) != 0);
    CloseHandle(reading);
    printf(" %d", SetHandleInformation(reading, HANDLE_FLAG_INHERIT, 0));
    printf(" %d\n", (int)GetLastError());
    return 0;
}
