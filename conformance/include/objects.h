// Waiting for objects, and network events, printed.
#ifndef OBJECTS_H
#define OBJECTS_H

#include "case.h"

// Prints what a wait returned; a failure with its code.
static inline void waited(const char *what, DWORD value)
{
    if (value == WAIT_FAILED)
        printf("%s failed %u\n", what, (unsigned)GetLastError());
    else
        printf("%s %u\n", what, (unsigned)value);
    fflush(stdout);
}

// Prints how a call of Win32's ended.
static inline void win32(const char *what, int good)
{
    if (good)
        printf("%s ok\n", what);
    else
        printf("%s %u\n", what, (unsigned)GetLastError());
    fflush(stdout);
}

static inline HANDLE new_event(BOOL manual, BOOL set)
{
    HANDLE event = CreateEventA(NULL, manual, set, NULL);
    must(event != NULL, "CreateEvent");
    return event;
}

static inline HANDLE new_thread(LPTHREAD_START_ROUTINE routine, void *argument, DWORD flags)
{
    HANDLE thread = CreateThread(NULL, 0, routine, argument, flags, NULL);
    must(thread != NULL, "CreateThread");
    return thread;
}

static inline void join(HANDLE thread)
{
    must(WaitForSingleObject(thread, 5000) == WAIT_OBJECT_0, "join");
    must(CloseHandle(thread), "CloseHandle");
}

// Prints what has happened on a socket once its event is set, or nothing within the time.
static inline void happened(const char *what, SOCKET s, HANDLE event, DWORD wait)
{
    static const char *const names[] = {"READ", "WRITE", "OOB", "ACCEPT", "CONNECT", "CLOSE"};
    WSANETWORKEVENTS events;
    int bit;
    DWORD signalled = WaitForSingleObject(event, wait);
    memset(&events, 0xcc, sizeof events);
    must(WSAEnumNetworkEvents(s, event, &events) == 0, "WSAEnumNetworkEvents");
    printf("%s%s", what, signalled == WAIT_OBJECT_0 ? ":" : ": nothing");
    for (bit = 0; bit < 6; bit++)
        if (events.lNetworkEvents & (1 << bit))
            printf(" %s %d", names[bit], events.iErrorCode[bit]);
    printf("\n");
    fflush(stdout);
}

#define EVERYTHING (FD_READ | FD_WRITE | FD_OOB | FD_ACCEPT | FD_CONNECT | FD_CLOSE)

static inline void selects(SOCKET s, HANDLE event, long events)
{
    must(WSAEventSelect(s, event, events) == 0, "WSAEventSelect");
}

#endif
