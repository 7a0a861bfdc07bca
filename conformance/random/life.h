// Sockets come, bind, listen, connect, accept and go.
#ifndef LIFE_H
#define LIFE_H

#include "addresses.h"

static void make_nonblocking(struct slot *slot)
{
    u_long on = 1;
    must(ioctlsocket(slot->socket, FIONBIO, &on) == 0, "FIONBIO");
    slot->nonblocking = 1;
}

// Closes the socket of a slot, and waits for what was under way: its memory is used again.
static void clear(struct slot *slot)
{
    for (int i = 0; i < SLOTS; i++)
        if (&slots[i] != slot && slots[i].peer == number(slot)) {
            slots[i].peer = -1;
            slots[i].peer_did = "closed";
        }
    if (slot->socket != INVALID_SOCKET)
        closesocket(slot->socket);
    for (int i = 0; i < OPERATIONS; i++)
        for (int tries = 0; slot->operations[i].begun && tries < 500; tries++) {
            if (HasOverlappedIoCompleted((OVERLAPPED *)&slot->operations[i].overlapped))
                slot->operations[i].begun = 0;
            else
                sleep_ms(2);
        }
    if (slot->event != NULL)
        WSACloseEvent(slot->event);
    if (slot->port != NULL)
        CloseHandle(slot->port);
    for (int i = 0; i < OPERATIONS; i++)
        if (slot->operations[i].event != NULL)
            WSACloseEvent(slot->operations[i].event);
    memset(slot, 0, sizeof *slot);
    slot->socket = INVALID_SOCKET;
    slot->closed = 1;
    slot->peer = -1;
    slot->peer_did = "";
    slot->family = AF_INET;
    slot->stream = 1;
}

static void fill(struct slot *slot, SOCKET socket, int family, int stream)
{
    clear(slot);
    slot->socket = socket;
    slot->family = family;
    slot->stream = stream;
    slot->closed = 0;
}

static void open_new(struct slot *slot, int family, int stream)
{
    SOCKET made = socket(family, stream ? SOCK_STREAM : SOCK_DGRAM, 0);
    must(made != INVALID_SOCKET, "socket");
    fill(slot, made, family, stream);
}

static void bind_loopback(struct slot *slot)
{
    struct sockaddr_storage at = address(slot->family, 0, 0);
    must(bind(slot->socket, (struct sockaddr *)&at, own_length(slot)) == 0, "bind");
    slot->bound = 1;
    note_address(slot);
}

static void make_pair(struct slot *slot, struct slot *other, int family)
{
    struct sockaddr_storage at = address(family, 0, 0);
    int length = sizeof at;
    SOCKET listener = socket(family, SOCK_STREAM, 0), served;
    open_new(slot, family, 1);
    must(bind(listener, (struct sockaddr *)&at, own_length(slot)) == 0, "bind");
    must(listen(listener, 1) == 0, "listen");
    must(getsockname(listener, (struct sockaddr *)&at, &length) == 0, "getsockname");
    must(connect(slot->socket, (struct sockaddr *)&at, length) == 0, "connect");
    served = accept(listener, NULL, NULL);
    must(served != INVALID_SOCKET, "accept");
    closesocket(listener);
    fill(other, served, family, 1);
    slot->connected = other->connected = slot->bound = other->bound = 1;
    slot->peer = number(other);
    other->peer = number(slot);
    note_address(slot);
    note_address(other);
}

// A socket in a state that must be reached: nothing here is under test.
static void act_new(struct slot *slot)
{
    static const char *const states[] = {"new", "bound", "listening", "pair", "pair", "pair", "datagram pair"};
    const char *state = ONE_OF(states);
    int family = dice(4) == 0 ? AF_INET6 : AF_INET;
    int stream = dice(3) != 0;
    struct slot *other = other_slot(slot);
    int nonblocking = dice(4) != 0;
    int both = strstr(state, "pair") != NULL;
    clear(slot);
    if (both) {
        clear(other);
        with(other);
    }
    // The runner reads "fresh": what differed on these slots before is forgotten.
    begin(slot, "fresh %s %d %s%s", state, family, stream ? "stream" : "datagram", nonblocking ? " nb" : "");
    if (strcmp(state, "pair") == 0) {
        make_pair(slot, other, family);
    } else if (both) {
        open_new(slot, family, 0);
        open_new(other, family, 0);
        bind_loopback(slot);
        bind_loopback(other);
        if (dice(2)) {
            must(connect(slot->socket, (struct sockaddr *)&other->at, other->at_length) == 0, "connect");
            slot->connected = 1;
        }
        slot->peer = number(other);
        other->peer = number(slot);
    } else {
        open_new(slot, family, stream || strcmp(state, "listening") == 0);
        if (strcmp(state, "new") != 0)
            bind_loopback(slot);
        if (strcmp(state, "listening") == 0) {
            must(listen(slot->socket, 8) == 0, "listen");
            slot->listening = 1;
        }
    }
    if (nonblocking) {
        make_nonblocking(slot);
        if (both)
            make_nonblocking(other);
    }
    ended(0, "ok");
}

static void act_socket(struct slot *slot)
{
    static const int families[] = {AF_UNSPEC, AF_INET, AF_INET, AF_INET, AF_INET6, 77, -1, AF_UNIX};
    static const int types[] = {0, SOCK_STREAM, SOCK_STREAM, SOCK_DGRAM, SOCK_RDM, SOCK_SEQPACKET, 77, -1};
    static const int protocols[] = {0, 0, 0, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_ICMP, 255, 256, -1, IPPROTO_IPV6};
    static const DWORD flags[] = {0, WSA_FLAG_OVERLAPPED, WSA_FLAG_NO_HANDLE_INHERIT, 0x40000000};
    int family = ONE_OF(families), type = ONE_OF(types), protocol = ONE_OF(protocols);
    DWORD flag = ONE_OF(flags);
    int plain = (int)dice(2);
    SOCKET made;
    (void)slot;
    if (plain)
        begin(NULL, "socket(%d, %d, %d)", family, type, protocol);
    else
        begin(NULL, "WSASocketW(%d, %d, %d, NULL, 0, 0x%lx)", family, type, protocol, (unsigned long)flag);
    made = plain ? socket(family, type, protocol) : WSASocketW(family, type, protocol, NULL, 0, flag);
    ended(made == INVALID_SOCKET, "made");
    if (made != INVALID_SOCKET)
        closesocket(made);
}

static void act_bind(struct slot *slot)
{
    struct slot *other = other_slot(slot);
    unsigned where = dice(8);
    struct sockaddr_storage good = address(slot->family, where < 2, 0);
    const char *role = where < 2 ? "any" : "loopback";
    struct passed passed;
    int failed;
    if (where == 7) {
        good = address(AF_INET, 0, 0);
        ((struct sockaddr_in *)&good)->sin_addr.s_addr = htonl(0xc0000201);
        role = "foreign";
        if (slot->family == AF_INET6) {
            good = address(AF_INET6, 0, 0);
            ((struct sockaddr_in6 *)&good)->sin6_addr.s6_addr[0] = 0x20;
            ((struct sockaddr_in6 *)&good)->sin6_addr.s6_addr[1] = 0x01;
        }
    }
    if (where == 6) {
        with(other);
        if (other->at_length > 0 && other->stream == slot->stream && other->family == slot->family) {
            good = place_of(other, slot->family);
            role = "taken";
        }
    }
    passed = pass(slot, good, role);
    begin(slot, "bind(%s, %d)", passed.role, passed.length - own_length(slot));
    failed = bind(slot->socket, (struct sockaddr *)&passed.at, passed.length);
    ended(failed, "ok");
    if (!failed) {
        slot->bound = 1;
        note_address(slot);
    }
}

static void act_listen(struct slot *slot)
{
    static const int backlogs[] = {5, SOMAXCONN, 8, -20};
    int backlog = ONE_OF(backlogs);
    int failed;
    begin(slot, "listen(%d)", backlog);
    failed = listen(slot->socket, backlog);
    ended(failed, "ok");
    if (!failed) {
        slot->listening = 1;
        note_address(slot);
    }
}

// Whether a socket shows something within the time; for the steps that must not wait for ever.
static int ready(SOCKET s, int writing, long milliseconds)
{
    fd_set set, bad;
    struct timeval limit = {0, milliseconds * 1000};
    FD_ZERO(&set);
    FD_ZERO(&bad);
    FD_SET(s, &set);
    FD_SET(s, &bad);
    return select(0, writing ? NULL : &set, writing ? &set : NULL, &bad, &limit) > 0 && FD_ISSET(s, &set);
}

static void joined(struct slot *slot, struct slot *other)
{
    slot->connected = slot->bound = 1;
    note_address(slot);
    if (slot->stream && other->listening && other->queued < QUEUE)
        other->queue[other->queued++] = number(slot);
    slot->peer = number(other);
}

static void act_connect(struct slot *slot)
{
    struct slot *other = other_slot(slot);
    struct passed passed = pass(slot, place_of(other, slot->family), "");
    int wide = (int)dice(3) == 0;
    int failed, code;
    const char *role = other->closed || other->at_length == 0 ? "nobody" : other->listening ? "listening" : "not listening";
    if (other->stream != slot->stream || other->family != slot->family)
        role = "other kind";
    if (other->queued >= QUEUE)
        return;
    with(other);
    begin(slot, "%s(%s%s%s, %d)", wide ? "WSAConnect" : "connect", role, passed.role[0] ? ", " : "", passed.role,
          passed.length - own_length(slot));
    failed = wide ? WSAConnect(slot->socket, (struct sockaddr *)&passed.at, passed.length, NULL, NULL, NULL, NULL)
                  : connect(slot->socket, (struct sockaddr *)&passed.at, passed.length);
    code = WSAGetLastError();
    ended(failed, "ok");
    if (!failed || (code == WSAEWOULDBLOCK && ready(slot->socket, 1, 500)))
        joined(slot, other);
}

static void act_accept(struct slot *slot)
{
    int length = room(slot);
    unsigned how = dice(4);
    struct sockaddr_storage from;
    SOCKET served;
    int from_slot;
    if (slot->listening && !slot->nonblocking && !ready(slot->socket, 0, 0))
        return;
    if (how == 3) {
        begin(slot, "accept(NULL, NULL)");
        served = accept(slot->socket, NULL, NULL);
        ended(served == INVALID_SOCKET, "accepted");
    } else {
        memset(&from, 0, sizeof from);
        begin(slot, "%s(%d)", how == 2 ? "WSAAccept" : "accept", length);
        served = how == 2 ? WSAAccept(slot->socket, (struct sockaddr *)&from, &length, NULL, 0)
                          : accept(slot->socket, (struct sockaddr *)&from, &length);
        if (served != INVALID_SOCKET) {
            show_address(&from, length);
            ended(0, " accepted");
        } else {
            ended(1, "");
        }
    }
    if (served == INVALID_SOCKET)
        return;
    from_slot = slot->queued > 0 ? slot->queue[0] : -1;
    if (slot->queued > 0)
        memmove(slot->queue, slot->queue + 1, sizeof slot->queue[0] * (size_t)--slot->queued);
    // It goes on in the socket that connected; what it would be itself, the pairs show.
    if (from_slot >= 0 && slots[from_slot].peer == number(slot)) {
        slots[from_slot].peer = -1;
        slots[from_slot].peer_did = "closed";
    }
    closesocket(served);
}

static void act_close(struct slot *slot)
{
    int failed;
    begin(slot, "closesocket");
    failed = closesocket(slot->socket);
    ended(failed, "ok");
    if (!failed) {
        slot->socket = INVALID_SOCKET;
        clear(slot);
    }
}

static void act_shutdown(struct slot *slot)
{
    static const int hows[] = {SD_RECEIVE, SD_SEND, SD_SEND, SD_BOTH, 3, -1};
    int how = ONE_OF(hows);
    unsigned way = dice(5);
    int failed;
    if (way == 0) {
        begin(slot, "WSASendDisconnect(NULL)");
        how = SD_SEND;
        failed = WSASendDisconnect(slot->socket, NULL);
    } else if (way == 1) {
        begin(slot, "WSARecvDisconnect(NULL)");
        how = SD_RECEIVE;
        failed = WSARecvDisconnect(slot->socket, NULL);
    } else {
        begin(slot, "shutdown(%d)", how);
        failed = shutdown(slot->socket, how);
    }
    ended(failed, "ok");
    if (failed)
        return;
    slot->shut_receive |= how != SD_SEND;
    slot->shut_send |= how != SD_RECEIVE;
    if (how != SD_RECEIVE && slot->peer >= 0 && slot->stream && slots[slot->peer].peer == number(slot))
        slots[slot->peer].peer_did = "shut";
}

static void act_name(struct slot *slot)
{
    struct sockaddr_storage at;
    int length = room(slot), peer = (int)dice(2), given = length;
    int failed;
    memset(&at, 0, sizeof at);
    begin(slot, "%s(%d)", peer ? "getpeername" : "getsockname", given);
    failed = peer ? getpeername(slot->socket, (struct sockaddr *)&at, &length)
                  : getsockname(slot->socket, (struct sockaddr *)&at, &length);
    if (failed && length != given)
        more("length %d ", length);
    if (!failed)
        show_address(&at, length);
    ended(failed, "");
}

#endif
