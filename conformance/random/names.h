// Names and addresses as text: no network is asked.
#ifndef NAMES_H
#define NAMES_H

#include "addresses.h"

static const char *const texts[] = {
    "127.0.0.1", "1.2.3.4", "255.255.255.255", "256.1.1.1", "1.2.3", "1.2", "1", "0x7f.1", "0177.0.0.1", "1.2.3.4.5",
    "1.2.3.4:80", "1.2.3.4:", "1.2.3.4:65536", "1.2.3.4:0", " 1.2.3.4", "1.2.3.4 ", "", " ", ".", "1..2", "::1", "::",
    "fe80::1%1", "[::1]:80", "[::1]", "[::1", "::1:80", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8:9", "1::2::3", "::ffff:1.2.3.4",
    "::1.2.3", "12345::", "abcd:EF01::", "::1%", "::1%abc", "g::", "0x7f000001", "4294967295", "4294967296", "-1",
    "[::1]:65536", "[::1]:0x50", "1.2.3.04", "1.2.3.08", "::1/64",
};

static void show_bytes(const void *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        more("%02x", ((const unsigned char *)bytes)[i]);
}

static void act_text(struct slot *slot)
{
    static const int families[] = {AF_INET, AF_INET, AF_INET6, AF_INET6, 0, 77};
    const char *text = ONE_OF(texts);
    int family = ONE_OF(families), length = (int)sizeof(struct sockaddr_storage), failed;
    unsigned char bytes[16];
    struct sockaddr_storage at;
    char copy[64];
    (void)slot;
    memset(bytes, 0xcc, sizeof bytes);
    memset(&at, 0, sizeof at);
    snprintf(copy, sizeof copy, "%s", text);
    switch (dice(3)) {
    case 0:
        begin(NULL, "inet_addr('%s')", text);
        ended(0, "%08lx", (unsigned long)inet_addr(text));
        break;
    case 1:
        begin(NULL, "inet_pton(%d, '%s')", family, text);
        failed = inet_pton(family, text, bytes);
        more("%d ", failed);
        if (failed == 1)
            show_bytes(bytes, family == AF_INET ? 4 : 16);
        ended(failed < 0, "");
        break;
    default:
        if (dice(6) == 0)
            length = (int)dice(28);
        begin(NULL, "WSAStringToAddressA('%s', %d, %d)", text, family, length);
        failed = WSAStringToAddressA(copy, family, NULL, (struct sockaddr *)&at, &length);
        more("length %d ", length);
        if (!failed)
            show_bytes(&at, (size_t)length);
        ended(failed, "");
        break;
    }
}

static void act_print_address(struct slot *slot)
{
    static const int families[] = {AF_INET, AF_INET, AF_INET6, AF_INET6, 0, 77};
    static const DWORD rooms[] = {0, 1, 5, 9, 10, 14, 15, 16, 22, 46, 65, 100};
    int family = ONE_OF(families), failed;
    struct sockaddr_storage at = address(family, (int)dice(2), dice(2) ? 0 : 8080);
    DWORD space = ONE_OF(rooms), given = space, length = family == AF_INET6 ? 28 : 16;
    char text[128];
    (void)slot;
    memset(text, '.', sizeof text);
    text[sizeof text - 1] = 0;
    if (family == AF_INET6 && dice(3) == 0)
        ((struct sockaddr_in6 *)&at)->sin6_scope_id = 3;
    if (dice(6) == 0)
        length = dice(30);
    if (dice(2)) {
        const void *host = family == AF_INET6 ? (void *)&((struct sockaddr_in6 *)&at)->sin6_addr
                                              : (void *)&((struct sockaddr_in *)&at)->sin_addr;
        const char *made;
        begin(NULL, "inet_ntop(%d, %lu)", family, (unsigned long)given);
        made = inet_ntop(family, host, text, space);
        ended(made == NULL, "'%s'", made == NULL ? "" : made);
    } else {
        begin(NULL, "WSAAddressToStringA(%d, %lu, %lu)", family, (unsigned long)length, (unsigned long)given);
        failed = WSAAddressToStringA((struct sockaddr *)&at, length, NULL, text, &space);
        more("room %lu ", (unsigned long)space);
        ended(failed, "'%s'", failed ? "" : text);
    }
    if (text[given] != '.')
        more("BEYOND\n");
}

static void act_name_info(struct slot *slot)
{
    static const int flags[] = {NI_NUMERICHOST | NI_NUMERICSERV, NI_NUMERICHOST | NI_NUMERICSERV | NI_DGRAM, NI_NUMERICHOST | NI_NUMERICSERV | NI_NAMEREQD};
    static const int rooms[] = {0, 1, 3, 5, 9, 10, 40, 40, 40};
    int family = dice(4) == 0 ? 77 : dice(3) == 0 ? AF_INET6 : AF_INET;
    struct sockaddr_storage at = address(family, 0, 8080);
    int length = family == AF_INET6 ? 28 : 16, flag = ONE_OF(flags);
    DWORD host_room = (DWORD)ONE_OF(rooms), service_room = (DWORD)ONE_OF(rooms);
    char host[64] = "", service[64] = "";
    int null_host = dice(6) == 0, null_service = dice(6) == 0, code;
    (void)slot;
    if (dice(5) == 0)
        length = (int)dice(40);
    begin(NULL, "getnameinfo(%d, %d, %s%lu, %s%lu, 0x%x)", family, length, null_host ? "NULL, " : "",
          (unsigned long)host_room, null_service ? "NULL, " : "", (unsigned long)service_room, flag);
    code = getnameinfo((struct sockaddr *)&at, length, null_host ? NULL : host, host_room, null_service ? NULL : service,
                       service_room, flag);
    more("%d ", code);
    if (code != 0)
        more("error %d", WSAGetLastError());
    ended(0, "'%s' '%s'", code == 0 ? host : "", code == 0 ? service : "");
}

static void act_address_info(struct slot *slot)
{
    static const char *const services[] = {"80", "0", "65535", "65536", "-1", "8 0", "", "http"};
    static const int types[] = {0, 0, SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, 77};
    static const int families[] = {0, 0, AF_INET, AF_INET6, 77};
    static const int protocols[] = {0, 0, 0, IPPROTO_TCP, IPPROTO_UDP, 77};
    const char *text = ONE_OF(texts), *service = ONE_OF(services);
    struct addrinfo hints, *list = NULL;
    int with_text = dice(6) != 0, with_service = dice(4) != 0, with_hints = dice(6) != 0, code;
    (void)slot;
    memset(&hints, 0, sizeof hints);
    hints.ai_flags = AI_NUMERICHOST | (dice(3) == 0 ? AI_PASSIVE : 0) | (dice(5) == 0 ? AI_CANONNAME : 0) |
                     (dice(4) == 0 ? AI_NUMERICSERV : 0);
    hints.ai_family = ONE_OF(families);
    hints.ai_socktype = ONE_OF(types);
    hints.ai_protocol = ONE_OF(protocols);
    // Without AI_NUMERICHOST a text may be asked of a name server.
    if (!with_hints)
        text = "127.0.0.1";
    begin(NULL, "getaddrinfo(%s%s%s, %s%s%s, %d 0x%x %d %d %d)", with_text ? "'" : "", with_text ? text : "NULL",
          with_text ? "'" : "", with_service ? "'" : "", with_service ? service : "NULL", with_service ? "'" : "",
          with_hints, (unsigned)hints.ai_flags, hints.ai_family, hints.ai_socktype, hints.ai_protocol);
    code = getaddrinfo(with_text ? text : NULL, with_service ? service : NULL, with_hints ? &hints : NULL, &list);
    more("%d", code);
    for (struct addrinfo *one = code == 0 ? list : NULL; one != NULL; one = one->ai_next) {
        more(" [%x %d %d %d ", (unsigned)one->ai_flags, one->ai_family, one->ai_socktype, one->ai_protocol);
        show_bytes(one->ai_addr, one->ai_addrlen);
        more(" %s]", one->ai_canonname == NULL ? "-" : one->ai_canonname);
    }
    if (code != 0)
        more(" error %d%s", WSAGetLastError(), list == NULL ? "" : " a list");
    else
        freeaddrinfo(list);
    ended(0, "");
}

#endif
