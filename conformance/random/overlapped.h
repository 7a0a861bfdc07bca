// Overlapped operations that end by event, by completion port or by being asked.
#ifndef OVERLAPPED_H
#define OVERLAPPED_H

#include "transfers.h"

// An operation that nobody uses, made ready; NULL when both are under way.
static struct operation *take(struct slot *slot, const char *call)
{
    for (int i = 0; i < OPERATIONS; i++) {
        struct operation *operation = &slot->operations[i];
        if (operation->begun)
            continue;
        if (operation->event == NULL)
            operation->event = WSACreateEvent();
        memset(&operation->overlapped, 0, sizeof operation->overlapped);
        if (slot->tied ? dice(4) == 0 : dice(4) != 0)
            operation->overlapped.hEvent = operation->event;
        operation->call = call;
        memset(operation->bytes, '.', sizeof operation->bytes);
        return operation;
    }
    return NULL;
}

// The result of the call that began an operation. With a port its end is told by a packet even if it came at once, and
// whether it did is a matter of how the work is done.
static void begun(struct slot *slot, struct operation *operation, int failed, DWORD count)
{
    int pending = failed && WSAGetLastError() == WSA_IO_PENDING;
    operation->begun = pending || (!failed && slot->tied);
    if (failed && !pending)
        operation->call = NULL;
    if (operation->begun && slot->tied)
        ended(0, "begun");
    else
        ended(failed, "%lu", (unsigned long)count);
}

static void act_overlapped_receive(struct slot *slot)
{
    static const ULONG sizes[] = {0, 1, 5, 100, 4000};
    ULONG size = ONE_OF(sizes);
    struct operation *operation = take(slot, "receive");
    DWORD got = 77;
    int from = dice(3) == 0, failed, flags = dice(5) == 0 ? some_flags(1) : 0;
    WSABUF part;
    // No overlapped receive of the library's waits for urgent data.
    if (operation == NULL || flags & MSG_OOB)
        return;
    part.buf = operation->bytes;
    part.len = size;
    operation->flags = (DWORD)flags;
    operation->from_length = sizeof operation->from;
    begin(slot, "%s(overlapped, %lu, 0x%x)", from ? "WSARecvFrom" : "WSARecv", (unsigned long)size, flags);
    if (from)
        failed = WSARecvFrom(slot->socket, &part, 1, &got, &operation->flags, (struct sockaddr *)&operation->from,
                             &operation->from_length, &operation->overlapped, NULL);
    else
        failed = WSARecv(slot->socket, &part, 1, &got, &operation->flags, &operation->overlapped, NULL);
    begun(slot, operation, failed, got);
}

static void act_overlapped_send(struct slot *slot)
{
    static const ULONG sizes[] = {0, 1, 5, 100, 2000};
    ULONG size = ONE_OF(sizes);
    struct slot *other = other_slot(slot);
    struct operation *operation = take(slot, "send");
    struct passed to = pass(slot, place_of(other, slot->family), "");
    DWORD sent = 77;
    int addressed = dice(3) == 0, failed, flags = dice(5) == 0 ? some_flags(0) : 0;
    WSABUF part;
    if (operation == NULL)
        return;
    part.buf = operation->bytes;
    part.len = size;
    memset(operation->bytes, 'a' + (int)(step % 26), sizeof operation->bytes);
    if (addressed && !slot->stream)
        with(other);
    begin(slot, "%s(overlapped, %lu, 0x%x%s%s)", addressed ? "WSASendTo" : "WSASend", (unsigned long)size, flags,
          addressed ? ", " : "", addressed ? to.role : "");
    if (addressed)
        failed = WSASendTo(slot->socket, &part, 1, &sent, (DWORD)flags, (struct sockaddr *)&to.at, to.length,
                           &operation->overlapped, NULL);
    else
        failed = WSASend(slot->socket, &part, 1, &sent, (DWORD)flags, &operation->overlapped, NULL);
    begun(slot, operation, failed, sent);
    if (!slot->stream && !slot->closed && slot->at_length == 0) {
        note_address(slot);
        slot->bound = slot->at_length > 0;
    }
}

static void act_result(struct slot *slot)
{
    struct operation *operation = &slot->operations[dice(OPERATIONS)];
    DWORD count = 77, flags = 77;
    int good;
    if (operation->call == NULL || is_unsettled(slot))
        return;
    begin(slot, "WSAGetOverlappedResult(%s)", operation->call);
    good = WSAGetOverlappedResult(slot->socket, &operation->overlapped, &count, FALSE, &flags);
    if (good || WSAGetLastError() != WSA_IO_INCOMPLETE)
        more("%lu flags 0x%lx ", (unsigned long)count, (unsigned long)flags);
    if (operation->overlapped.hEvent != NULL)
        more("%s ", WaitForSingleObject(operation->event, 0) == WAIT_OBJECT_0 ? "set " : "not set ");
    ended(!good, "ok");
    if (!slot->tied && HasOverlappedIoCompleted((OVERLAPPED *)&operation->overlapped))
        operation->begun = 0;
}

static void act_cancel(struct slot *slot)
{
    struct operation *operation = &slot->operations[dice(OPERATIONS)];
    int all = (int)dice(2), good;
    if (is_unsettled(slot))
        return;
    begin(slot, "CancelIoEx(%s)", all ? "all" : operation->call == NULL ? "none" : operation->call);
    good = CancelIoEx((HANDLE)slot->socket, all ? NULL : (OVERLAPPED *)&operation->overlapped);
    ended(!good, "ok");
}

static void act_tie(struct slot *slot)
{
    HANDLE tied;
    if (slot->port == NULL)
        slot->port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    for (int i = 0; i < OPERATIONS; i++)
        if (slot->operations[i].begun)
            return;
    begin(slot, "CreateIoCompletionPort");
    tied = CreateIoCompletionPort((HANDLE)slot->socket, slot->port, (ULONG_PTR)number(slot) + 100, 0);
    ended(tied == NULL, "ok");
    if (tied != NULL)
        slot->tied = 1;
}

static void act_packet(struct slot *slot)
{
    OVERLAPPED *which = NULL;
    ULONG_PTR key = 77;
    DWORD count = 77;
    BOOL good;
    if (slot->port == NULL)
        return;
    begin(slot, "GetQueuedCompletionStatus");
    good = GetQueuedCompletionStatus(slot->port, &count, &key, &which, 0);
    for (int i = 0; i < OPERATIONS; i++)
        if (which == (OVERLAPPED *)&slot->operations[i].overlapped) {
            more("%s ", slot->operations[i].call);
            slot->operations[i].begun = 0;
        }
    if (which != NULL)
        more("%lu key %lu ", (unsigned long)count, (unsigned long)key);
    ended(!good, "ok");
}

#endif
