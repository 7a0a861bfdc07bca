/* The network by interfaces' lasting numbers (LUID), for IPv4 and IPv6 alike. */
#ifndef _NETIOAPI_H_
#define _NETIOAPI_H_
#pragma GCC system_header

#include <iprtrmib.h>
#include <iptypes.h>
#include <ws2ipdef.h>

#ifndef IF_NAMESIZE
#define IF_NAMESIZE 16
#define IF_MAX_STRING_SIZE 256
#endif
#define NDIS_IF_MAX_STRING_SIZE IF_MAX_STRING_SIZE

#define NETIO_STATUS DWORD
#define NETIO_SUCCESS(x) ((x) == 0)
#define NETIOAPI_API_ WINAPI
#define NETIOAPI_API NETIO_STATUS NETIOAPI_API_

typedef IP_PREFIX_ORIGIN NL_PREFIX_ORIGIN;
typedef IP_SUFFIX_ORIGIN NL_SUFFIX_ORIGIN;
typedef IP_DAD_STATE NL_DAD_STATE;
typedef enum _NL_ROUTE_PROTOCOL {
    RouteProtocolOther = 1, RouteProtocolLocal, RouteProtocolNetMgmt, RouteProtocolIcmp, RouteProtocolEgp,
    RouteProtocolGgp, RouteProtocolHello, RouteProtocolRip, RouteProtocolIsIs, RouteProtocolEsIs, RouteProtocolCisco,
    RouteProtocolBbn, RouteProtocolOspf, RouteProtocolBgp
} NL_ROUTE_PROTOCOL, *PNL_ROUTE_PROTOCOL;
typedef enum _NL_ROUTE_ORIGIN {
    NlroManual, NlroWellKnown, NlroDHCP, NlroRouterAdvertisement, Nlro6to4
} NL_ROUTE_ORIGIN, *PNL_ROUTE_ORIGIN;

typedef struct _MIB_UNICASTIPADDRESS_ROW {
    SOCKADDR_INET Address;
    NET_LUID InterfaceLuid;
    NET_IFINDEX InterfaceIndex;
    NL_PREFIX_ORIGIN PrefixOrigin;
    NL_SUFFIX_ORIGIN SuffixOrigin;
    ULONG ValidLifetime, PreferredLifetime;
    UINT8 OnLinkPrefixLength;
    BOOLEAN SkipAsSource;
    NL_DAD_STATE DadState;
    SCOPE_ID ScopeId;
    LARGE_INTEGER CreationTimeStamp;
} MIB_UNICASTIPADDRESS_ROW, *PMIB_UNICASTIPADDRESS_ROW;
typedef struct _MIB_UNICASTIPADDRESS_TABLE {
    ULONG NumEntries;
    MIB_UNICASTIPADDRESS_ROW Table[ANY_SIZE];
} MIB_UNICASTIPADDRESS_TABLE, *PMIB_UNICASTIPADDRESS_TABLE;
typedef struct _IP_ADDRESS_PREFIX {
    SOCKADDR_INET Prefix;
    UINT8 PrefixLength;
} IP_ADDRESS_PREFIX, *PIP_ADDRESS_PREFIX;
typedef struct _MIB_IPFORWARD_ROW2 {
    NET_LUID InterfaceLuid;
    NET_IFINDEX InterfaceIndex;
    IP_ADDRESS_PREFIX DestinationPrefix;
    SOCKADDR_INET NextHop;
    UCHAR SitePrefixLength;
    ULONG ValidLifetime, PreferredLifetime, Metric;
    NL_ROUTE_PROTOCOL Protocol;
    BOOLEAN Loopback, AutoconfigureAddress, Publish, Immortal;
    ULONG Age;
    NL_ROUTE_ORIGIN Origin;
} MIB_IPFORWARD_ROW2, *PMIB_IPFORWARD_ROW2;
typedef struct _MIB_IPFORWARD_TABLE2 {
    ULONG NumEntries;
    MIB_IPFORWARD_ROW2 Table[ANY_SIZE];
} MIB_IPFORWARD_TABLE2, *PMIB_IPFORWARD_TABLE2;

WS2_BEGIN_C
NETIOAPI_API GetUnicastIpAddressTable(ADDRESS_FAMILY Family, PMIB_UNICASTIPADDRESS_TABLE *Table)
    WS2_SYMBOL(GetUnicastIpAddressTable);
NETIOAPI_API GetIpForwardTable2(ADDRESS_FAMILY Family, PMIB_IPFORWARD_TABLE2 *Table) WS2_SYMBOL(GetIpForwardTable2);
VOID NETIOAPI_API_ FreeMibTable(PVOID Memory) WS2_SYMBOL(FreeMibTable);
NETIOAPI_API GetBestRoute2(NET_LUID *InterfaceLuid, NET_IFINDEX InterfaceIndex, const SOCKADDR_INET *SourceAddress,
    const SOCKADDR_INET *DestinationAddress, ULONG AddressSortOptions, PMIB_IPFORWARD_ROW2 BestRoute,
    SOCKADDR_INET *BestSourceAddress) WS2_SYMBOL(GetBestRoute2);
NETIOAPI_API ConvertInterfaceIndexToLuid(NET_IFINDEX InterfaceIndex, PNET_LUID InterfaceLuid)
    WS2_SYMBOL(ConvertInterfaceIndexToLuid);
NETIOAPI_API ConvertInterfaceLuidToIndex(const NET_LUID *InterfaceLuid, PNET_IFINDEX InterfaceIndex)
    WS2_SYMBOL(ConvertInterfaceLuidToIndex);
NETIOAPI_API ConvertInterfaceNameToLuidA(const CHAR *InterfaceName, NET_LUID *InterfaceLuid)
    WS2_SYMBOL(ConvertInterfaceNameToLuidA);
NETIOAPI_API ConvertInterfaceNameToLuidW(const WCHAR *InterfaceName, NET_LUID *InterfaceLuid)
    WS2_SYMBOL_W(ConvertInterfaceNameToLuidW);
NETIOAPI_API ConvertInterfaceLuidToNameA(const NET_LUID *InterfaceLuid, PSTR InterfaceName, SIZE_T Length)
    WS2_SYMBOL(ConvertInterfaceLuidToNameA);
NETIOAPI_API ConvertInterfaceLuidToNameW(const NET_LUID *InterfaceLuid, PWSTR InterfaceName, SIZE_T Length)
    WS2_SYMBOL_W(ConvertInterfaceLuidToNameW);
/* The two are Linux' own. */
NET_IFINDEX WINAPI if_nametoindex(PCSTR InterfaceName) WS2_LIBC(if_nametoindex);
PCHAR WINAPI if_indextoname(NET_IFINDEX InterfaceIndex, PCHAR InterfaceName) WS2_LIBC(if_indextoname);
WS2_END_C

#endif
