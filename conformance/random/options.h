// Options of every level with odd lengths, and control codes.
#ifndef OPTIONS_H
#define OPTIONS_H

#include "life.h"

// `shown`: the value does not depend on the machine.
static const struct {
    const char *name;
    int level, option, shown;
} options[] = {
#define OPTION(level, name, value, shown) {#name, level, value, shown}
    OPTION(SOL_SOCKET, SO_DEBUG, 1, 1),
    OPTION(SOL_SOCKET, SO_ACCEPTCONN, 2, 1),
    OPTION(SOL_SOCKET, SO_REUSEADDR, 4, 1),
    OPTION(SOL_SOCKET, SO_KEEPALIVE, 8, 1),
    OPTION(SOL_SOCKET, SO_DONTROUTE, 16, 1),
    OPTION(SOL_SOCKET, SO_BROADCAST, 32, 1),
    OPTION(SOL_SOCKET, SO_LINGER, 128, 1),
    OPTION(SOL_SOCKET, SO_OOBINLINE, 256, 1),
    OPTION(SOL_SOCKET, SO_DONTLINGER, -129, 1),
    OPTION(SOL_SOCKET, SO_EXCLUSIVEADDRUSE, -5, 1),
    OPTION(SOL_SOCKET, SO_SNDBUF, 0x1001, 0),
    OPTION(SOL_SOCKET, SO_RCVBUF, 0x1002, 0),
    OPTION(SOL_SOCKET, SO_SNDLOWAT, 0x1003, 1),
    OPTION(SOL_SOCKET, SO_RCVLOWAT, 0x1004, 1),
    OPTION(SOL_SOCKET, SO_SNDTIMEO, 0x1005, 1),
    OPTION(SOL_SOCKET, SO_RCVTIMEO, 0x1006, 1),
    OPTION(SOL_SOCKET, SO_ERROR, 0x1007, 1),
    OPTION(SOL_SOCKET, SO_TYPE, 0x1008, 1),
    OPTION(SOL_SOCKET, SO_BSP_STATE, 0x1009, 0),
    OPTION(SOL_SOCKET, SO_MAX_MSG_SIZE, 0x2003, 1),
    OPTION(SOL_SOCKET, SO_PROTOCOL_INFOA, 0x2004, 0),
    OPTION(SOL_SOCKET, SO_PROTOCOL_INFOW, 0x2005, 0),
    OPTION(SOL_SOCKET, SO_OPENTYPE, 0x7008, 0),
    OPTION(SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, 0x700b, 1),
    OPTION(SOL_SOCKET, SO_CONNECT_TIME, 0x700c, 0),
    OPTION(SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, 0x7010, 1),
    OPTION(SOL_SOCKET, SO_77, 77, 1),
    OPTION(IPPROTO_TCP, TCP_NODELAY, 1, 1),
    OPTION(IPPROTO_TCP, TCP_KEEPALIVE, 3, 0),
    OPTION(IPPROTO_TCP, TCP_KEEPCNT, 16, 0),
    OPTION(IPPROTO_TCP, TCP_77, 77, 1),
    OPTION(IPPROTO_UDP, UDP_77, 77, 1),
    OPTION(IPPROTO_IP, IP_OPTIONS, 1, 0),
    OPTION(IPPROTO_IP, IP_HDRINCL, 2, 1),
    OPTION(IPPROTO_IP, IP_TTL, 4, 0),
    OPTION(IPPROTO_IP, IP_MULTICAST_IF, 9, 1),
    OPTION(IPPROTO_IP, IP_MULTICAST_TTL, 10, 1),
    OPTION(IPPROTO_IP, IP_MULTICAST_LOOP, 11, 1),
    OPTION(IPPROTO_IP, IP_ADD_MEMBERSHIP, 12, 1),
    OPTION(IPPROTO_IP, IP_DONTFRAGMENT, 14, 1),
    OPTION(IPPROTO_IP, IP_PKTINFO, 19, 1),
    OPTION(IPPROTO_IP, IP_RECEIVE_BROADCAST, 22, 1),
    OPTION(IPPROTO_IP, IP_UNICAST_IF, 31, 1),
    OPTION(IPPROTO_IPV6, IPV6_UNICAST_HOPS, 4, 0),
    OPTION(IPPROTO_IPV6, IPV6_MULTICAST_IF, 9, 1),
    OPTION(IPPROTO_IPV6, IPV6_MULTICAST_HOPS, 10, 1),
    OPTION(IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 11, 1),
    OPTION(IPPROTO_IPV6, IPV6_DONTFRAG, 14, 1),
    OPTION(IPPROTO_IPV6, IPV6_PKTINFO, 19, 1),
    OPTION(IPPROTO_IPV6, IPV6_HOPLIMIT, 21, 1),
    OPTION(IPPROTO_IPV6, IPV6_V6ONLY, 27, 1),
    OPTION(IPPROTO_IPV6, IPV6_UNICAST_IF, 31, 1),
    OPTION(77, LEVEL_77, 1, 1),
#undef OPTION
};

static void act_get_option(struct slot *slot)
{
    static const int lengths[] = {0, 1, 2, 3, 4, 4, 4, 4, 8, 16, 400};
    size_t which = dice(COUNT(options));
    int length = ONE_OF(lengths), given = length, failed;
    unsigned char value[500];
    memset(value, 0xcc, sizeof value);
    begin(slot, "getsockopt(%s, %d)", options[which].name, given);
    failed = getsockopt(slot->socket, options[which].level, options[which].option, (char *)value, &length);
    if (failed && length != given)
        more("length %d ", length);
    if (value[given] != 0xcc)
        more("BEYOND ");
    if (!failed) {
        more("length %d:", length);
        for (int i = 0; options[which].shown && i < length && i < given && i < 8; i++)
            more(" %02x", value[i]);
    }
    ended(failed, "");
}

static void act_set_option(struct slot *slot)
{
    static const int lengths[] = {0, 1, 2, 3, 4, 4, 4, 4, 8, 16, -1};
    static const int values[] = {0, 1, 1, 2, 100, 256, 0x10001, -1};
    size_t which = dice(COUNT(options));
    int length = ONE_OF(lengths), value = ONE_OF(values), failed;
    char bytes[16];
    int null = dice(16) == 0;
    memset(bytes, 0, sizeof bytes);
    memcpy(bytes, &value, sizeof value);
    // A second with linger may make a later close wait; a time-out a later call.
    if (options[which].option == 128 && options[which].level == SOL_SOCKET)
        bytes[2] = bytes[3] = 0;
    // What a buffer of a few bytes lets through differs from system to system.
    if (options[which].option == 0x1001 || options[which].option == 0x1002)
        return;
    begin(slot, "setsockopt(%s, %s%d, %d)", options[which].name, null ? "NULL, " : "", value, length);
    failed = setsockopt(slot->socket, options[which].level, options[which].option, null ? NULL : bytes, length);
    ended(failed, "ok");
}

static const struct {
    const char *name;
    DWORD code;
} controls[] = {
    {"FIONREAD", (DWORD)FIONREAD},
    {"FIONREAD", (DWORD)FIONREAD},
    {"SIOCATMARK", (DWORD)SIOCATMARK},
    {"FIONBIO", (DWORD)FIONBIO},
    {"FIONBIO", (DWORD)FIONBIO},
    {"SIO_KEEPALIVE_VALS", 0x98000004},
    {"SIO_UDP_CONNRESET", 0x9800000c},
    {"SIO_GET_BROADCAST_ADDRESS", 0x48000005},
    {"SIO_MULTIPOINT_LOOPBACK", 0x88000009},
    {"SIO_MULTICAST_SCOPE", 0x8800000a},
    {"SIO_BASE_HANDLE", 0x48000022},
    {"SIO_ENABLE_CIRCULAR_QUEUEING", 0x28000002},
    {"SIO_FLUSH", 0x28000004},
    {"SIO_GET_EXTENSION_FUNCTION_POINTER", 0xc8000006},
    {"SIO_ADDRESS_LIST_QUERY", 0x48000016},
    {"FIOASYNC", (DWORD)FIOASYNC},
    {"control 77", 77},
};

static void act_control(struct slot *slot)
{
    static const DWORD lengths[] = {0, 1, 3, 4, 4, 4, 12, 16, 200};
    size_t which = dice(COUNT(controls));
    DWORD in_length = ONE_OF(lengths), out_length = ONE_OF(lengths), value = dice(3), told = 77;
    DWORD in[50], out[51];
    int null_in = dice(8) == 0, null_out = dice(8) == 0, failed;
    memset(in, 0, sizeof in);
    memset(out, 0xcc, sizeof out);
    in[0] = value;
    if (is_unsettled(slot))
        return;
    begin(slot, "WSAIoctl(%s, %lu in %s%lu, %s%lu)", controls[which].name, (unsigned long)value,
          null_in ? "NULL, " : "", (unsigned long)in_length, null_out ? "NULL, " : "", (unsigned long)out_length);
    failed = WSAIoctl(slot->socket, controls[which].code, null_in ? NULL : in, in_length, null_out ? NULL : out,
                      out_length, &told, NULL, NULL);
    more("told %lu ", (unsigned long)told);
    if (((unsigned char *)out)[out_length] != 0xcc)
        more("BEYOND ");
    if (!failed && told == 4 && which < 3)
        more("%lu", (unsigned long)out[0]);
    ended(failed, "");
    if (!failed && controls[which].code == (DWORD)FIONBIO)
        slot->nonblocking = value != 0;
}

static void act_plain_control(struct slot *slot)
{
    static const struct {
        const char *name;
        long code;
    } codes[] = {{"FIONBIO", (long)FIONBIO}, {"FIONBIO", (long)FIONBIO}, {"FIONREAD", FIONREAD},
                 {"SIOCATMARK", SIOCATMARK}, {"FIOASYNC", (long)FIOASYNC}, {"control 0", 0}};
    size_t which = dice(COUNT(codes));
    u_long value = dice(4), given = value;
    int failed;
    if (is_unsettled(slot))
        return;
    begin(slot, "ioctlsocket(%s, %lu)", codes[which].name, (unsigned long)given);
    failed = ioctlsocket(slot->socket, codes[which].code, &value);
    if (failed && value != given)
        more("value %lu ", (unsigned long)value);
    ended(failed, "%lu", (unsigned long)value);
    if (!failed && codes[which].code == (long)FIONBIO)
        slot->nonblocking = given != 0;
}

#endif
