// Dice, the table of sockets, and how a step is printed.
//
// Each step throws dice of its own, and which socket it takes never depends on what calls returned: after a difference
// the steps on other sockets are still the same on both sides.
#ifndef TABLE_H
#define TABLE_H

#include "case.h"

#include <mstcpip.h>
#include <stdarg.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define ONE_OF(array) ((array)[dice(COUNT(array))])

static unsigned long long dice_state;

static void throw_for(unsigned seed, unsigned step)
{
    dice_state = (seed + 1ull) * 0x9e3779b97f4a7c15ull + (step + 1ull) * 0xd1342543de82ef95ull;
}

// A number below `sides`.
static unsigned dice(unsigned sides)
{
    unsigned long long z = dice_state += 0x9e3779b97f4a7c15ull;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return (unsigned)((z ^ (z >> 31)) >> 32) % sides;
}

enum { SLOTS = 6, OPERATIONS = 2, BUFFER_BYTES = 4096, QUEUE = 4 };

// An overlapped operation with the memory that it may write.
struct operation {
    WSAOVERLAPPED overlapped;
    WSAEVENT event;
    int begun;
    const char *call;
    DWORD flags;
    struct sockaddr_storage from;
    int from_length;
    char bytes[BUFFER_BYTES];
};

struct slot {
    SOCKET socket;
    int family, stream;
    int bound, listening, connected, nonblocking, shut_receive, shut_send, selecting, closed;
    // What the other end did last: "", "shut", "closed".
    const char *peer_did;
    // The other end's slot, or -1.
    int peer;
    // The slots whose connections wait for accept.
    int queue[QUEUE], queued;
    struct sockaddr_storage at;
    int at_length;
    WSAEVENT event;
    HANDLE port;
    int tied;
    struct operation operations[OPERATIONS];
};

static struct slot slots[SLOTS];
static unsigned step;
static int partner;

static int number(const struct slot *slot)
{
    return (int)(slot - slots);
}

static struct slot *any_slot(void)
{
    return &slots[dice(SLOTS)];
}

static struct slot *other_slot(const struct slot *slot)
{
    return &slots[(number(slot) + 1 + dice(SLOTS - 1)) % SLOTS];
}

// The slots that the next line names beside its own.
static void with(const struct slot *slot)
{
    partner |= 1 << number(slot);
}

// Whether an operation is under way whose packet nobody has taken. When it moves data then is a matter of who drives the
// port, so the steps that would show it are left out.
static int is_unsettled(const struct slot *slot)
{
    return slot->tied && (slot->operations[0].begun || slot->operations[1].begun);
}

static void label(const struct slot *slot)
{
    if (slot == NULL) {
        printf("-");
        return;
    }
    printf("%s%d", slot->stream ? "tcp" : "udp", slot->family == AF_INET6 ? 6 : 4);
    if (slot->closed) {
        printf(" none");
        return;
    }
    printf("%s", slot->listening ? " listening" : slot->connected ? " connected" : slot->bound ? " bound" : " new");
    printf("%s%s%s%s%s", slot->nonblocking ? " nb" : "", slot->shut_receive ? " shut-r" : "",
           slot->shut_send ? " shut-w" : "", slot->selecting ? " select" : "", slot->tied ? " tied" : "");
    if (slot->peer_did[0] != 0)
        printf(" peer-%s", slot->peer_did);
    for (int i = 0; i < OPERATIONS; i++)
        if (slot->operations[i].begun)
            printf(" %s*", slot->operations[i].call);
}

// Prints a step up to its result: number, slots that it touches, state, call. Whoever compares two traces leaves out
// what touches the slots of an earlier difference.
static void begin(const struct slot *slot, const char *format, ...)
{
    va_list arguments;
    int touched = partner;
    if (slot != NULL) {
        touched |= 1 << number(slot);
        if (slot->peer >= 0)
            touched |= 1 << slot->peer;
    }
    partner = 0;
    printf("%u | ", step);
    for (int i = 0; i < SLOTS; i++)
        if (touched & 1 << i)
            printf("%d", i);
    printf(" | ");
    label(slot);
    printf(" | ");
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    printf(" | ");
    fflush(stdout);
    WSASetLastError(0);
}

// Prints the result of a step: the code of a failed call, else what came out.
static void ended(int failed, const char *format, ...)
{
    int code = WSAGetLastError();
    va_list arguments;
    if (failed) {
        printf("error %d\n", code);
    } else {
        va_start(arguments, format);
        vprintf(format, arguments);
        va_end(arguments);
        printf("\n");
    }
    fflush(stdout);
}

static void more(const char *format, ...)
{
    va_list arguments;
    int code = WSAGetLastError();
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    WSASetLastError(code);
}

#endif
