// Addresses as text, by ntdll's functions.
//
// rule: the place behind the address is told, ports are in network order, and what does not fit names the room it needs.
// source: https://learn.microsoft.com/windows/win32/api/ip2string/nf-ip2string-rtlipv4stringtoaddressexa, nf-ip2string-rtlipv6addresstostringexa
// expect: 4 text 10.0.0.1 8 and 10.0.0.1:80 12
// expect: 4 short c000000d 12
// expect: 6 text 2001:db8::1 11 and [fe80::1%3]:443 16
// expect: 4 read 0 10.2.0.3 5 [ x] strict c000000d
// expect: 4 port 0 1.2.3.4 80 bad c000000d none 0 0
// expect: 6 read 0 2001:db8::1 [/64] bad c000000d
// expect: 6 port 0 fe80::1 3 443
// expect: wide 8
#include "case.h"
#ifndef __MINGW32__
#include <ip2string.h>
#define CALL(name) name
#else
// mingw-w64 has not the header, and cases link no ntdll.
#define CALL(name) from_##name
#define FROM_NTDLL(result, name, arguments) static result(WINAPI *from_##name) arguments;
#define FUNCTIONS(f) \
    f(char *, RtlIpv4AddressToStringA, (const struct in_addr *, char *)) \
    f(wchar_t *, RtlIpv4AddressToStringW, (const struct in_addr *, wchar_t *)) \
    f(LONG, RtlIpv4AddressToStringExA, (const struct in_addr *, USHORT, char *, ULONG *)) \
    f(char *, RtlIpv6AddressToStringA, (const struct in6_addr *, char *)) \
    f(LONG, RtlIpv6AddressToStringExA, (const struct in6_addr *, ULONG, USHORT, char *, ULONG *)) \
    f(LONG, RtlIpv4StringToAddressA, (const char *, BOOLEAN, const char **, struct in_addr *)) \
    f(LONG, RtlIpv4StringToAddressExA, (const char *, BOOLEAN, struct in_addr *, USHORT *)) \
    f(LONG, RtlIpv6StringToAddressA, (const char *, const char **, struct in6_addr *)) \
    f(LONG, RtlIpv6StringToAddressExA, (const char *, struct in6_addr *, ULONG *, USHORT *))
FUNCTIONS(FROM_NTDLL)
#define LOADED(result, name, arguments) \
    from_##name = (result(WINAPI *) arguments)(void *)GetProcAddress(GetModuleHandleA("ntdll.dll"), #name);
#endif

int main(void)
{
    struct in_addr four = ipv4("10.0.0.1", 0).sin_addr;
    struct in6_addr six = {{{0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}};
    char text[64], more[64];
    wchar_t wide[64];
    const char *end = NULL;
    ULONG length = sizeof more, scope = 0;
    USHORT port = 0;
    LONG status, bad;
    char *last;
#ifdef __MINGW32__
    FUNCTIONS(LOADED)
#endif
    last = CALL(RtlIpv4AddressToStringA)(&four, text);
    CALL(RtlIpv4AddressToStringExA)(&four, htons(80), more, &length);
    printf("4 text %s %d and %s %u\n", text, (int)(last - text), more, (unsigned)length);
    length = 5;
    status = CALL(RtlIpv4AddressToStringExA)(&four, htons(80), more, &length);
    printf("4 short %x %u\n", (unsigned)status, (unsigned)length);
    last = CALL(RtlIpv6AddressToStringA)(&six, text);
    printf("6 text %s %d and ", text, (int)(last - text));
    six.s6_addr[0] = 0xfe, six.s6_addr[1] = 0x80, six.s6_addr[2] = six.s6_addr[3] = 0;
    length = sizeof more;
    CALL(RtlIpv6AddressToStringExA)(&six, 3, htons(443), more, &length);
    printf("%s %u\n", more, (unsigned)length);
    status = CALL(RtlIpv4StringToAddressA)("10.2.3 x", FALSE, &end, &four);
    CALL(RtlIpv4AddressToStringA)(&four, text);
    printf("4 read %x %s %d [%s]", (unsigned)status, text, 6 - 1, end);
    printf(" strict %x\n", (unsigned)CALL(RtlIpv4StringToAddressA)("10.2.3", TRUE, &end, &four));
    status = CALL(RtlIpv4StringToAddressExA)("1.2.3.4:80", TRUE, &four, &port);
    CALL(RtlIpv4AddressToStringA)(&four, text);
    bad = CALL(RtlIpv4StringToAddressExA)("1.2.3.4:99999", TRUE, &four, &port);
    printf("4 port %x %s %u bad %x", (unsigned)status, text, ntohs(port), (unsigned)bad);
    port = 0;
    status = CALL(RtlIpv4StringToAddressExA)("1.2.3.4", TRUE, &four, &port);
    printf(" none %x %u\n", (unsigned)status, port);
    status = CALL(RtlIpv6StringToAddressA)("2001:db8::1/64", &end, &six);
    CALL(RtlIpv6AddressToStringA)(&six, text);
    printf("6 read %x %s [%s]", (unsigned)status, text, end);
    printf(" bad %x\n", (unsigned)CALL(RtlIpv6StringToAddressA)("what", &end, &six));
    status = CALL(RtlIpv6StringToAddressExA)("[fe80::1%3]:443", &six, &scope, &port);
    CALL(RtlIpv6AddressToStringA)(&six, text);
    printf("6 port %x %s %u %u\n", (unsigned)status, text, (unsigned)scope, ntohs(port));
    four = ipv4("10.0.0.1", 0).sin_addr;
    printf("wide %d\n", (int)(CALL(RtlIpv4AddressToStringW)(&four, wide) - wide));
    return 0;
}
