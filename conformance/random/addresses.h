// Addresses by role: what a step passes, and what came out, without the numbers that differ from run to run.
#ifndef ADDRESSES_H
#define ADDRESSES_H

#include "table.h"

static int own_length(const struct slot *slot)
{
    return slot->family == AF_INET6 ? (int)sizeof(struct sockaddr_in6) : (int)sizeof(struct sockaddr_in);
}

static struct sockaddr_storage address(int family, int any, unsigned short port)
{
    struct sockaddr_storage at;
    memset(&at, 0, sizeof at);
    at.ss_family = (short)family;
    if (family == AF_INET6) {
        struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&at;
        v6->sin6_port = htons(port);
        v6->sin6_addr.s6_addr[15] = any ? 0 : 1;
    } else {
        struct sockaddr_in *v4 = (struct sockaddr_in *)&at;
        v4->sin_port = htons(port);
        v4->sin_addr.s_addr = htonl(any ? 0 : 0x7f000001);
    }
    return at;
}

static unsigned short port_of(const struct sockaddr_storage *at)
{
    return ntohs(((const struct sockaddr_in *)at)->sin_port);
}

// Notes where a socket stands now.
static void note_address(struct slot *slot)
{
    slot->at_length = sizeof slot->at;
    memset(&slot->at, 0, sizeof slot->at);
    if (getsockname(slot->socket, (struct sockaddr *)&slot->at, &slot->at_length) != 0)
        slot->at_length = 0;
}

// The loopback address of a slot's socket; that of nobody when it has none.
static struct sockaddr_storage place_of(const struct slot *slot, int family)
{
    static unsigned short nobody;
    unsigned short port = slot->at_length > 0 && !slot->closed ? port_of(&slot->at) : 0;
    if (port == 0 && nobody == 0) {
        struct sockaddr_storage at = address(AF_INET, 0, 0);
        SOCKET other = udp();
        int length = sizeof at;
        must(bind(other, (struct sockaddr *)&at, sizeof(struct sockaddr_in)) == 0, "bind");
        must(getsockname(other, (struct sockaddr *)&at, &length) == 0, "getsockname");
        nobody = port_of(&at);
        must(closesocket(other) == 0, "closesocket");
    }
    return address(family, 0, port == 0 ? nobody : port);
}

// Prints an address that came out by role.
static void show_address(const struct sockaddr_storage *at, int length)
{
    const unsigned char *bytes = (const unsigned char *)at;
    unsigned short port = port_of(at);
    const char *host = "other";
    struct sockaddr_storage wanted;
    size_t begins = at->ss_family == AF_INET6 ? 8 : 4, bytes_of_host = at->ss_family == AF_INET6 ? 16 : 4;
    for (int any = 0; any < 2; any++) {
        wanted = address(at->ss_family, any, 0);
        if (memcmp(bytes + begins, (const unsigned char *)&wanted + begins, bytes_of_host) == 0)
            host = any ? "any" : "loopback";
    }
    more(" [%d: %d %s", length, at->ss_family, host);
    for (int i = 0; port != 0 && i < SLOTS; i++)
        if (!slots[i].closed && slots[i].at_length > 0 && port_of(&slots[i].at) == port)
            more(" port of %d", i);
    more("%s]", port == 0 ? " no port" : "");
}

// What is passed for an address: a good one in most cases.
struct passed {
    struct sockaddr_storage at;
    int length;
    int null;
    const char *role;
};

static struct passed pass(const struct slot *slot, struct sockaddr_storage good, const char *role)
{
    struct passed passed = {good, own_length(slot), 0, role};
    switch (dice(16)) {
    case 0:
        passed.length = own_length(slot) - 1 - (int)dice(4);
        passed.role = "short";
        break;
    case 1:
        passed.length = own_length(slot) + 1 + (int)dice(20);
        passed.role = "long";
        break;
    case 2:
        passed.at = address(slot->family == AF_INET ? AF_INET6 : AF_INET, 0, port_of(&good));
        passed.length = dice(2) ? (int)sizeof(struct sockaddr_in6) : own_length(slot);
        passed.role = passed.length == own_length(slot) ? "other family, own length" : "other family";
        break;
    case 3:
        passed.at.ss_family = (short)(dice(2) ? 0 : 77);
        passed.role = passed.at.ss_family == 0 ? "family 0" : "family 77";
        break;
    case 4:
        passed.length = dice(2) ? 0 : (int)dice(8);
        passed.role = passed.length == 0 ? "no length" : "tiny";
        break;
    default:
        break;
    }
    return passed;
}

// The length that is passed for an address that comes out.
static int room(const struct slot *slot)
{
    switch (dice(8)) {
    case 0: return own_length(slot) - 1 - (int)dice(12);
    case 1: return own_length(slot);
    case 2: return 0;
    case 3: return (int)sizeof(struct sockaddr_in6);
    default: return (int)sizeof(struct sockaddr_storage);
    }
}

#endif
