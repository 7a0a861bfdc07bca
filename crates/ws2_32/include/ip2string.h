/* Addresses as text, by ntdll's functions. Ports are in network order. */
#ifndef _IP2STRING_
#define _IP2STRING_
#pragma GCC system_header

#include <ws2/nt.h>
#include <inaddr.h>
#include <in6addr.h>

WS2_BEGIN_C
PSTR WINAPI RtlIpv4AddressToStringA(const struct in_addr *Addr, PSTR S) WS2_SYMBOL(RtlIpv4AddressToStringA);
PWSTR WINAPI RtlIpv4AddressToStringW(const struct in_addr *Addr, PWSTR S) WS2_SYMBOL_W(RtlIpv4AddressToStringW);
LONG WINAPI RtlIpv4AddressToStringExA(const struct in_addr *Address, USHORT Port, PSTR AddressString,
    PULONG AddressStringLength) WS2_SYMBOL(RtlIpv4AddressToStringExA);
LONG WINAPI RtlIpv4AddressToStringExW(const struct in_addr *Address, USHORT Port, PWSTR AddressString,
    PULONG AddressStringLength) WS2_SYMBOL_W(RtlIpv4AddressToStringExW);
LONG WINAPI RtlIpv4StringToAddressA(PCSTR S, BOOLEAN Strict, PCSTR *Terminator, struct in_addr *Addr)
    WS2_SYMBOL(RtlIpv4StringToAddressA);
LONG WINAPI RtlIpv4StringToAddressW(PCWSTR S, BOOLEAN Strict, LPCWSTR *Terminator, struct in_addr *Addr)
    WS2_SYMBOL_W(RtlIpv4StringToAddressW);
LONG WINAPI RtlIpv4StringToAddressExA(PCSTR AddressString, BOOLEAN Strict, struct in_addr *Address, PUSHORT Port)
    WS2_SYMBOL(RtlIpv4StringToAddressExA);
LONG WINAPI RtlIpv4StringToAddressExW(PCWSTR AddressString, BOOLEAN Strict, struct in_addr *Address, PUSHORT Port)
    WS2_SYMBOL_W(RtlIpv4StringToAddressExW);
PSTR WINAPI RtlIpv6AddressToStringA(const struct in6_addr *Addr, PSTR S) WS2_SYMBOL(RtlIpv6AddressToStringA);
PWSTR WINAPI RtlIpv6AddressToStringW(const struct in6_addr *Addr, PWSTR S) WS2_SYMBOL_W(RtlIpv6AddressToStringW);
LONG WINAPI RtlIpv6AddressToStringExA(const struct in6_addr *Address, ULONG ScopeId, USHORT Port, PSTR AddressString,
    PULONG AddressStringLength) WS2_SYMBOL(RtlIpv6AddressToStringExA);
LONG WINAPI RtlIpv6AddressToStringExW(const struct in6_addr *Address, ULONG ScopeId, USHORT Port,
    PWSTR AddressString, PULONG AddressStringLength) WS2_SYMBOL_W(RtlIpv6AddressToStringExW);
LONG WINAPI RtlIpv6StringToAddressA(PCSTR S, PCSTR *Terminator, struct in6_addr *Addr)
    WS2_SYMBOL(RtlIpv6StringToAddressA);
LONG WINAPI RtlIpv6StringToAddressW(PCWSTR S, LPCWSTR *Terminator, struct in6_addr *Addr)
    WS2_SYMBOL_W(RtlIpv6StringToAddressW);
LONG WINAPI RtlIpv6StringToAddressExA(PCSTR AddressString, struct in6_addr *Address, PULONG ScopeId, PUSHORT Port)
    WS2_SYMBOL(RtlIpv6StringToAddressExA);
LONG WINAPI RtlIpv6StringToAddressExW(PCWSTR AddressString, struct in6_addr *Address, PULONG ScopeId, PUSHORT Port)
    WS2_SYMBOL_W(RtlIpv6StringToAddressExW);
WS2_END_C

#ifdef UNICODE
#define RtlIpv4AddressToString RtlIpv4AddressToStringW
#define RtlIpv4AddressToStringEx RtlIpv4AddressToStringExW
#define RtlIpv4StringToAddress RtlIpv4StringToAddressW
#define RtlIpv4StringToAddressEx RtlIpv4StringToAddressExW
#define RtlIpv6AddressToString RtlIpv6AddressToStringW
#define RtlIpv6AddressToStringEx RtlIpv6AddressToStringExW
#define RtlIpv6StringToAddress RtlIpv6StringToAddressW
#define RtlIpv6StringToAddressEx RtlIpv6StringToAddressExW
#else
#define RtlIpv4AddressToString RtlIpv4AddressToStringA
#define RtlIpv4AddressToStringEx RtlIpv4AddressToStringExA
#define RtlIpv4StringToAddress RtlIpv4StringToAddressA
#define RtlIpv4StringToAddressEx RtlIpv4StringToAddressExA
#define RtlIpv6AddressToString RtlIpv6AddressToStringA
#define RtlIpv6AddressToStringEx RtlIpv6AddressToStringExA
#define RtlIpv6StringToAddress RtlIpv6StringToAddressA
#define RtlIpv6StringToAddressEx RtlIpv6StringToAddressExA
#endif

#endif
