// Polls through \Device\Afd, and what they tell, printed.
#ifndef AFD_H
#define AFD_H

#include "objects.h"
#include <winternl.h>

#ifdef __MINGW32__
NTSTATUS NTAPI NtCancelIoFileEx(HANDLE, PIO_STATUS_BLOCK, PIO_STATUS_BLOCK);
NTSTATUS NTAPI NtCreateKeyedEvent(PHANDLE, ACCESS_MASK, POBJECT_ATTRIBUTES, ULONG);
NTSTATUS NTAPI NtReleaseKeyedEvent(HANDLE, PVOID, BOOLEAN, PLARGE_INTEGER);
NTSTATUS NTAPI NtWaitForKeyedEvent(HANDLE, PVOID, BOOLEAN, PLARGE_INTEGER);
#endif

// No header has these.
#define IOCTL_AFD_POLL 0x00012024

#define AFD_POLL_RECEIVE 0x001
#define AFD_POLL_RECEIVE_EXPEDITED 0x002
#define AFD_POLL_SEND 0x004
#define AFD_POLL_DISCONNECT 0x008
#define AFD_POLL_ABORT 0x010
#define AFD_POLL_LOCAL_CLOSE 0x020
#define AFD_POLL_CONNECT 0x040
#define AFD_POLL_ACCEPT 0x080
#define AFD_POLL_CONNECT_FAIL 0x100
#define AFD_POLL_ALL 0x1ff

struct afd_handle {
    HANDLE handle;
    ULONG events;
    NTSTATUS status;
};

struct afd_info {
    LARGE_INTEGER timeout;
    ULONG count;
    ULONG exclusive;
    struct afd_handle handles[3];
};

#define AFD_SIZE(count) ((ULONG)(16 + 16 * (count)))
#define NEVER 0x7fffffffffffffffLL
#define MILLISECONDS(count) (-10000LL * (count))

// One question and its answer.
struct afd_poll {
    IO_STATUS_BLOCK block;
    struct afd_info asked, told;
    NTSTATUS begun;
};

static inline NTSTATUS open_device(HANDLE *device, PCWSTR name)
{
    UNICODE_STRING text;
    OBJECT_ATTRIBUTES attributes;
    IO_STATUS_BLOCK block;
    RtlInitUnicodeString(&text, name);
    InitializeObjectAttributes(&attributes, &text, 0, NULL, NULL);
    return NtCreateFile(device, SYNCHRONIZE, &attributes, &block, NULL, 0, FILE_SHARE_READ | FILE_SHARE_WRITE, FILE_OPEN,
                        0, NULL, 0);
}

static inline HANDLE afd_device(void)
{
    HANDLE device = NULL;
    must(open_device(&device, L"\\Device\\Afd\\Conformance") == 0, "NtCreateFile");
    return device;
}

static inline void ask_about(struct afd_poll *poll, int place, SOCKET s, ULONG events)
{
    poll->asked.handles[place].handle = (HANDLE)s;
    poll->asked.handles[place].events = events;
    poll->asked.count = (ULONG)place + 1;
}

static inline void afd_begin(struct afd_poll *poll, HANDLE device, HANDLE event, void *context)
{
    ULONG size = AFD_SIZE(poll->asked.count);
    memset(&poll->block, 0xcc, sizeof poll->block);
    memset(&poll->told, 0xcc, sizeof poll->told);
    poll->begun = NtDeviceIoControlFile(device, event, NULL, context, &poll->block, IOCTL_AFD_POLL, &poll->asked, size,
                                        &poll->told, size);
}

static inline void print_events(ULONG events)
{
    static const char *const names[] = {"RECEIVE", "EXPEDITED", "SEND", "DISCONNECT", "ABORT", "CLOSE",
                                        "CONNECT", "ACCEPT", "FAIL"};
    int bit;
    for (bit = 0; bit < 9; bit++)
        if (events & (1u << bit))
            printf(" %s", names[bit]);
}

// What was told, by the place of each socket in the question.
static inline void print_found(const struct afd_poll *poll)
{
    ULONG found, place;
    if (poll->block.Status < 0) {
        printf(" status %08x", (unsigned)poll->block.Status);
        return;
    }
    if (poll->block.Status != 0)
        printf(" status %x", (unsigned)poll->block.Status);
    printf(" size %u", (unsigned)poll->block.Information);
    for (found = 0; found < poll->told.count; found++) {
        for (place = 0; place < poll->asked.count; place++)
            if (poll->asked.handles[place].handle == poll->told.handles[found].handle)
                break;
        printf(" [%u:", (unsigned)place);
        print_events(poll->told.handles[found].events);
        if (poll->told.handles[found].status)
            printf(" %08x", (unsigned)poll->told.handles[found].status);
        printf("]");
    }
}

// Prints how a poll began and, if it ends within the time, what it told.
static inline void afd_print(const char *what, const struct afd_poll *poll, HANDLE event, DWORD wait)
{
    DWORD waited = WAIT_OBJECT_0;
    printf("%s %08x", what, (unsigned)poll->begun);
    if (poll->begun == (NTSTATUS)0x103)
        waited = WaitForSingleObject(event, wait);
    if (waited == WAIT_OBJECT_0 && poll->begun >= 0)
        print_found(poll);
    else if (poll->begun >= 0)
        printf(" waits");
    printf("\n");
    fflush(stdout);
}

// What holds of a socket of all that can be asked, now or within half a second.
static inline void holds(const char *what, SOCKET s)
{
    struct afd_poll poll;
    HANDLE event = new_event(TRUE, FALSE), device = afd_device();
    memset(&poll, 0, sizeof poll);
    poll.asked.timeout.QuadPart = MILLISECONDS(500);
    ask_about(&poll, 0, s, AFD_POLL_ALL);
    afd_begin(&poll, device, event, NULL);
    if (poll.begun == (NTSTATUS)0x103)
        WaitForSingleObject(event, 5000);
    printf("%s:", what);
    if (poll.block.Status == 0 && poll.told.count == 1) {
        print_events(poll.told.handles[0].events);
        if (poll.told.handles[0].status)
            printf(" %08x", (unsigned)poll.told.handles[0].status);
    }
    printf("\n");
    fflush(stdout);
    CloseHandle(device);
    CloseHandle(event);
}

// Waits until these events hold.
static inline void until(SOCKET s, ULONG events)
{
    struct afd_poll poll;
    HANDLE event = new_event(TRUE, FALSE), device = afd_device();
    memset(&poll, 0, sizeof poll);
    poll.asked.timeout.QuadPart = MILLISECONDS(3000);
    ask_about(&poll, 0, s, events);
    afd_begin(&poll, device, event, NULL);
    must(poll.begun >= 0 && WaitForSingleObject(event, 5000) == WAIT_OBJECT_0, "poll");
    must(poll.block.Status == 0 && poll.told.count == 1, "what was waited for");
    CloseHandle(device);
    CloseHandle(event);
}

// Prints the packets of a port, without waiting, each by its OVERLAPPED's place among the polls.
static inline void packets(const char *what, HANDLE port, struct afd_poll *polls, int count, DWORD wait)
{
    OVERLAPPED *told;
    ULONG_PTR key;
    DWORD bytes;
    int place;
    printf("%s:", what);
    for (;;) {
        BOOL good = GetQueuedCompletionStatus(port, &bytes, &key, &told, wait);
        if (!good && told == NULL)
            break;
        wait = 0;
        for (place = 0; place < count; place++)
            if ((void *)told == (void *)&polls[place].block)
                break;
        if (good)
            printf(" %d key %u bytes %u,", place, (unsigned)key, (unsigned)bytes);
        else
            printf(" %d failed %u,", place, (unsigned)GetLastError());
    }
    printf("\n");
    fflush(stdout);
}

#endif
