/* Lists that several threads push and pop: the newest entry first. A word of the header is a lock, held for a few
 * instructions. */
#ifndef _INTERLOCKEDAPI_H_
#define _INTERLOCKEDAPI_H_
#pragma GCC system_header

#include <winnt.h>

#define MEMORY_ALLOCATION_ALIGNMENT 16

typedef struct _SLIST_ENTRY {
    struct _SLIST_ENTRY *Next;
} __attribute__((aligned(16))) SLIST_ENTRY, *PSLIST_ENTRY;
typedef struct _SLIST_HEADER {
    PSLIST_ENTRY First;
    DWORD Depth;
    DWORD Lock;
} __attribute__((aligned(16))) SLIST_HEADER, *PSLIST_HEADER;

#ifdef __cplusplus
extern "C" {
#endif
extern int ws2_sched_yield(void) __asm__("sched_yield");

static __inline void ws2_lock_list(PSLIST_HEADER list)
{
    unsigned tries = 0;
    while (__atomic_exchange_n(&list->Lock, 1, __ATOMIC_ACQUIRE) != 0)
        if (++tries % 64 == 0)
            ws2_sched_yield();
}

static __inline void ws2_unlock_list(PSLIST_HEADER list)
{
    __atomic_store_n(&list->Lock, 0, __ATOMIC_RELEASE);
}

static __inline void InitializeSListHead(PSLIST_HEADER ListHead)
{
    ListHead->First = NULL;
    ListHead->Depth = 0;
    ListHead->Lock = 0;
}

static __inline PSLIST_ENTRY InterlockedPushEntrySList(PSLIST_HEADER ListHead, PSLIST_ENTRY ListEntry)
{
    PSLIST_ENTRY before;
    ws2_lock_list(ListHead);
    before = ListHead->First;
    ListEntry->Next = before;
    ListHead->First = ListEntry;
    ListHead->Depth++;
    ws2_unlock_list(ListHead);
    return before;
}

static __inline PSLIST_ENTRY InterlockedPopEntrySList(PSLIST_HEADER ListHead)
{
    PSLIST_ENTRY first;
    ws2_lock_list(ListHead);
    first = ListHead->First;
    if (first != NULL) {
        ListHead->First = first->Next;
        ListHead->Depth--;
    }
    ws2_unlock_list(ListHead);
    return first;
}

static __inline PSLIST_ENTRY InterlockedFlushSList(PSLIST_HEADER ListHead)
{
    PSLIST_ENTRY first;
    ws2_lock_list(ListHead);
    first = ListHead->First;
    ListHead->First = NULL;
    ListHead->Depth = 0;
    ws2_unlock_list(ListHead);
    return first;
}

static __inline USHORT QueryDepthSList(PSLIST_HEADER ListHead)
{
    return (USHORT)__atomic_load_n(&ListHead->Depth, __ATOMIC_RELAXED);
}
#ifdef __cplusplus
}
#endif

#endif
