// What is ready: select, WSAPoll, network events.
#ifndef WAITING_H
#define WAITING_H

#include "life.h"

static void act_select(struct slot *slot)
{
    fd_set sets[3];
    unsigned asked = 1 + dice(7);
    struct timeval now = {0, 0};
    int count;
    for (int i = 0; i < 3; i++) {
        FD_ZERO(&sets[i]);
        FD_SET(slot->socket, &sets[i]);
    }
    if (dice(20) == 0)
        asked = 0;
    if (is_unsettled(slot))
        return;
    begin(slot, "select(%s%s%s)", asked & 1 ? "r" : "", asked & 2 ? "w" : "", asked & 4 ? "e" : "");
    count = select(0, asked & 1 ? &sets[0] : NULL, asked & 2 ? &sets[1] : NULL, asked & 4 ? &sets[2] : NULL, &now);
    if (count >= 0)
        more("%d", count);
    for (int i = 0; count >= 0 && i < 3; i++)
        if (asked & 1u << i && FD_ISSET(slot->socket, &sets[i]))
            more(" %c", "rwe"[i]);
    ended(count < 0, "");
}

static void act_poll(struct slot *slot)
{
    static const SHORT flags[] = {POLLRDNORM, POLLWRNORM, POLLRDBAND, POLLPRI, POLLERR, POLLHUP, POLLNVAL, POLLWRBAND};
    static const SHORT usual[] = {POLLIN, POLLOUT, POLLIN | POLLOUT, POLLRDNORM, POLLRDBAND, 0};
    WSAPOLLFD polled;
    int count;
    polled.fd = slot->socket;
    polled.events = ONE_OF(usual);
    if (dice(5) == 0)
        polled.events |= ONE_OF(flags);
    polled.revents = 0x7777;
    if (is_unsettled(slot))
        return;
    begin(slot, "WSAPoll(0x%x)", (unsigned)(unsigned short)polled.events);
    count = WSAPoll(&polled, 1, 0);
    if (count >= 0 || polled.revents != 0x7777)
        more("revents 0x%x ", (unsigned)(unsigned short)polled.revents);
    ended(count < 0, "%d", count);
}

#define EVERYTHING (FD_READ | FD_WRITE | FD_OOB | FD_ACCEPT | FD_CONNECT | FD_CLOSE)

static void act_event_select(struct slot *slot)
{
    static const long wanted[] = {EVERYTHING, EVERYTHING, EVERYTHING, FD_READ | FD_CLOSE, FD_ACCEPT, FD_CONNECT | FD_WRITE, 0, 0x10000};
    long events = ONE_OF(wanted);
    int without = dice(10) == 0, failed;
    if (slot->event == NULL && !without)
        slot->event = WSACreateEvent();
    begin(slot, "WSAEventSelect(%s0x%lx)", without ? "NULL, " : "", (unsigned long)events);
    failed = WSAEventSelect(slot->socket, without ? NULL : slot->event, events);
    ended(failed, "ok");
    if (!failed) {
        slot->selecting = events != 0;
        slot->nonblocking = 1;
    }
}

static void act_events(struct slot *slot)
{
    WSANETWORKEVENTS events;
    int resets = dice(3) != 0, failed;
    memset(&events, 0, sizeof events);
    if (is_unsettled(slot))
        return;
    begin(slot, "WSAEnumNetworkEvents(%s)", resets && slot->event != NULL ? "event" : "NULL");
    if (slot->event != NULL)
        more("%s ", WaitForSingleObject(slot->event, 0) == WAIT_OBJECT_0 ? "set" : "not set");
    failed = WSAEnumNetworkEvents(slot->socket, resets ? slot->event : NULL, &events);
    if (!failed)
        more("0x%lx", (unsigned long)events.lNetworkEvents);
    for (int i = 0; !failed && i < FD_MAX_EVENTS; i++)
        if (events.lNetworkEvents & 1 << i && events.iErrorCode[i] != 0)
            more(" %d", events.iErrorCode[i]);
    ended(failed, "");
}

#endif
