// Data: send and receive in all their forms that end within the call.
#ifndef TRANSFERS_H
#define TRANSFERS_H

#include "life.h"

static char buffer[70000];

static int some_flags(int receiving)
{
    static const int flags[] = {0, 0, 0, 0, 0, MSG_OOB, MSG_DONTROUTE, MSG_PARTIAL, 0x4000, -1};
    static const int receive_flags[] = {0, 0, 0, 0, 0, MSG_PEEK, MSG_PEEK, MSG_OOB, MSG_WAITALL, MSG_PARTIAL, 0x4000, MSG_DONTROUTE};
    return receiving ? ONE_OF(receive_flags) : ONE_OF(flags);
}

static void show_data(const char *bytes, long count)
{
    more("%ld", count);
    if (count > 0)
        more(" %c..%c", bytes[0], bytes[count - 1]);
}

// Whether the call could wait for ever, as the socket blocks and has nothing. Without a connection wine waits for one.
static int would_wait(const struct slot *slot)
{
    if (slot->closed || slot->nonblocking)
        return 0;
    return (slot->stream && !slot->connected) || !ready(slot->socket, 0, 0);
}

static void act_receive(struct slot *slot)
{
    static const int sizes[] = {0, 1, 5, 100, 4000};
    int size = ONE_OF(sizes), flags = some_flags(1), length = room(slot), given = length;
    unsigned how = dice(6), odd = dice(12);
    int from_wanted = (int)dice(4) != 0;
    struct sockaddr_storage from;
    DWORD got = 77, out = (DWORD)flags;
    WSABUF parts[2];
    char *into = odd == 0 ? NULL : buffer;
    long count;
    int failed;
    if (is_unsettled(slot) || would_wait(slot) || (flags == MSG_WAITALL && !slot->nonblocking))
        return;
    memset(&from, 0, sizeof from);
    memset(buffer, '.', 5000);
    parts[0].buf = into;
    parts[0].len = (ULONG)(size / 2);
    parts[1].buf = into == NULL ? NULL : into + size / 2;
    parts[1].len = (ULONG)(size - size / 2);
    switch (how) {
    case 0:
    case 1:
        begin(slot, "recv(%s%d, 0x%x)", into == NULL ? "NULL, " : "", size, flags);
        count = recv(slot->socket, into, size, flags);
        failed = count < 0;
        break;
    case 2:
        begin(slot, "recvfrom(%s%d, 0x%x, %d)", into == NULL ? "NULL, " : "", size, flags, from_wanted ? given : -1);
        count = recvfrom(slot->socket, into, size, flags, from_wanted ? (struct sockaddr *)&from : NULL,
                         from_wanted ? &length : NULL);
        failed = count < 0;
        break;
    case 3:
    case 4:
        begin(slot, "WSARecv(%s%d in %d, 0x%x)", into == NULL ? "NULL, " : "", size, odd == 1 ? 0 : 2, flags);
        failed = WSARecv(slot->socket, parts, odd == 1 ? 0 : 2, &got, &out, NULL, NULL);
        count = (long)got;
        break;
    default:
        begin(slot, "WSARecvFrom(%s%d in %d, 0x%x, %d)", into == NULL ? "NULL, " : "", size, odd == 1 ? 0 : 2, flags,
              from_wanted ? given : -1);
        failed = WSARecvFrom(slot->socket, parts, odd == 1 ? 0 : 2, &got, &out,
                             from_wanted ? (struct sockaddr *)&from : NULL, from_wanted ? &length : NULL, NULL, NULL);
        count = (long)got;
        break;
    }
    if (how > 2 && out != (DWORD)flags)
        more("flags 0x%lx ", (unsigned long)out);
    if (!failed)
        show_data(buffer, count);
    if ((how == 2 || how == 5) && from_wanted && !failed && !slot->stream)
        show_address(&from, length);
    else if (length != given)
        more(" length %d", length);
    if (into != NULL && buffer[size] != '.')
        more(" BEYOND");
    ended(failed, "");
}

static void act_send(struct slot *slot)
{
    static const int sizes[] = {0, 1, 1, 5, 300, 2000};
    int size = ONE_OF(sizes), flags = some_flags(0);
    unsigned how = dice(6), odd = dice(12);
    struct slot *other = other_slot(slot);
    struct passed to = pass(slot, place_of(other, slot->family), "");
    int to_wanted = (int)dice(4) != 0;
    DWORD sent = 77;
    WSABUF parts[2];
    char *from = odd == 0 ? NULL : buffer;
    const char *role = other->closed || other->at_length == 0 ? "nobody" : "somebody";
    long count;
    int failed;
    // Wine would wait for a connection.
    if (slot->stream && !slot->nonblocking && !slot->connected)
        return;
    if (!slot->stream && odd > 9)
        size = 65527 + (int)dice(20) - 10;
    memset(buffer, 'a' + (int)(step % 26), sizeof buffer);
    parts[0].buf = from;
    parts[0].len = (ULONG)(size / 2);
    parts[1].buf = from == NULL ? NULL : from + size / 2;
    parts[1].len = (ULONG)(size - size / 2);
    if (how == 2 || how == 5) {
        if (to_wanted && !slot->stream)
            with(other);
        if (!to_wanted)
            to.role = "NULL";
        else if (to.role[0] == 0)
            to.role = slot->stream ? "an address" : role;
    }
    switch (how) {
    case 0:
    case 1:
        begin(slot, "send(%s%d, 0x%x)", from == NULL ? "NULL, " : "", size, flags);
        count = send(slot->socket, from, size, flags);
        failed = count < 0;
        break;
    case 2:
        begin(slot, "sendto(%s%d, 0x%x, %s)", from == NULL ? "NULL, " : "", size, flags, to.role);
        count = sendto(slot->socket, from, size, flags, to_wanted ? (struct sockaddr *)&to.at : NULL,
                       to_wanted ? to.length : 0);
        failed = count < 0;
        break;
    case 3:
    case 4:
        begin(slot, "WSASend(%s%d in %d, 0x%x)", from == NULL ? "NULL, " : "", size, odd == 1 ? 0 : 2, flags);
        failed = WSASend(slot->socket, parts, odd == 1 ? 0 : 2, &sent, (DWORD)flags, NULL, NULL);
        count = (long)sent;
        break;
    default:
        begin(slot, "WSASendTo(%s%d in %d, 0x%x, %s)", from == NULL ? "NULL, " : "", size, odd == 1 ? 0 : 2, flags,
              to.role);
        failed = WSASendTo(slot->socket, parts, odd == 1 ? 0 : 2, &sent, (DWORD)flags,
                           to_wanted ? (struct sockaddr *)&to.at : NULL, to_wanted ? to.length : 0, NULL, NULL);
        count = (long)sent;
        break;
    }
    ended(failed, "%ld", count);
    // A datagram socket that sends is bound from then on, whether the call succeeded or not.
    if (!slot->stream && !slot->closed && slot->at_length == 0) {
        note_address(slot);
        slot->bound = slot->at_length > 0;
    }
}

#endif
