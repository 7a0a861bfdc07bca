/* Records of the name servers. */
#ifndef _WINDNS_INCLUDED_
#define _WINDNS_INCLUDED_
#pragma GCC system_header

#include <windows.h>

typedef LONG DNS_STATUS, *PDNS_STATUS;
typedef DWORD IP4_ADDRESS, *PIP4_ADDRESS;
typedef struct _IP4_ARRAY {
    DWORD AddrCount;
    IP4_ADDRESS AddrArray[1];
} IP4_ARRAY, *PIP4_ARRAY;
typedef union {
    DWORD IP6Dword[4];
    WORD IP6Word[8];
    BYTE IP6Byte[16];
} IP6_ADDRESS, *PIP6_ADDRESS, DNS_IP6_ADDRESS, *PDNS_IP6_ADDRESS;

#define DNS_TYPE_ZERO 0x0000
#define DNS_TYPE_A 0x0001
#define DNS_TYPE_NS 0x0002
#define DNS_TYPE_MD 0x0003
#define DNS_TYPE_MF 0x0004
#define DNS_TYPE_CNAME 0x0005
#define DNS_TYPE_SOA 0x0006
#define DNS_TYPE_MB 0x0007
#define DNS_TYPE_MG 0x0008
#define DNS_TYPE_MR 0x0009
#define DNS_TYPE_NULL 0x000a
#define DNS_TYPE_WKS 0x000b
#define DNS_TYPE_PTR 0x000c
#define DNS_TYPE_HINFO 0x000d
#define DNS_TYPE_MINFO 0x000e
#define DNS_TYPE_MX 0x000f
#define DNS_TYPE_TEXT 0x0010
#define DNS_TYPE_RP 0x0011
#define DNS_TYPE_AFSDB 0x0012
#define DNS_TYPE_AAAA 0x001c
#define DNS_TYPE_LOC 0x001d
#define DNS_TYPE_SRV 0x0021
#define DNS_TYPE_NAPTR 0x0023
#define DNS_TYPE_DNAME 0x0027
#define DNS_TYPE_OPT 0x0029
#define DNS_TYPE_DS 0x002b
#define DNS_TYPE_RRSIG 0x002e
#define DNS_TYPE_NSEC 0x002f
#define DNS_TYPE_DNSKEY 0x0030
#define DNS_TYPE_AXFR 0x00fc
#define DNS_TYPE_ALL 0x00ff
#define DNS_TYPE_ANY 0x00ff

#define DNS_QUERY_STANDARD 0x00000000
#define DNS_QUERY_ACCEPT_TRUNCATED_RESPONSE 0x00000001
#define DNS_QUERY_USE_TCP_ONLY 0x00000002
#define DNS_QUERY_NO_RECURSION 0x00000004
#define DNS_QUERY_BYPASS_CACHE 0x00000008
#define DNS_QUERY_NO_WIRE_QUERY 0x00000010
#define DNS_QUERY_NO_LOCAL_NAME 0x00000020
#define DNS_QUERY_NO_HOSTS_FILE 0x00000040
#define DNS_QUERY_NO_NETBT 0x00000080
#define DNS_QUERY_WIRE_ONLY 0x00000100
#define DNS_QUERY_RETURN_MESSAGE 0x00000200
#define DNS_QUERY_MULTICAST_ONLY 0x00000400
#define DNS_QUERY_NO_MULTICAST 0x00000800
#define DNS_QUERY_TREAT_AS_FQDN 0x00001000
#define DNS_QUERY_APPEND_MULTILABEL 0x00800000
#define DNS_QUERY_DONT_RESET_TTL_VALUES 0x00100000
#define DNS_QUERY_RESERVED 0xff000000

#define DNS_ERROR_RCODE_NO_ERROR 0
#define DNS_ERROR_RCODE_FORMAT_ERROR 9001
#define DNS_ERROR_RCODE_SERVER_FAILURE 9002
#define DNS_ERROR_RCODE_NAME_ERROR 9003
#define DNS_ERROR_RCODE_NOT_IMPLEMENTED 9004
#define DNS_ERROR_RCODE_REFUSED 9005
#define DNS_INFO_NO_RECORDS 9501
#define DNS_ERROR_BAD_PACKET 9502
#define DNS_ERROR_INVALID_NAME 9560

typedef struct _DnsRecordFlags {
    DWORD Section : 2, Delete : 1, CharSet : 2, Unused : 3, Reserved : 24;
} DNS_RECORD_FLAGS;
typedef enum _DnsSection {
    DnsSectionQuestion,
    DnsSectionAnswer,
    DnsSectionAuthority,
    DnsSectionAddtional
} DNS_SECTION;
typedef enum {
    DnsFreeFlat,
    DnsFreeRecordList,
    DnsFreeParsedMessageFields
} DNS_FREE_TYPE;
#define DnsFreeRecordListDeep DnsFreeRecordList
typedef enum {
    DnsNameDomain,
    DnsNameDomainLabel,
    DnsNameHostnameFull,
    DnsNameHostnameLabel,
    DnsNameWildcard,
    DnsNameSrvRecord,
    DnsNameValidateTld
} DNS_NAME_FORMAT;

typedef struct {
    IP4_ADDRESS IpAddress;
} DNS_A_DATA, *PDNS_A_DATA;
typedef struct {
    DNS_IP6_ADDRESS Ip6Address;
} DNS_AAAA_DATA, *PDNS_AAAA_DATA;
typedef struct {
    DWORD dwByteCount;
    BYTE Data[1];
} DNS_NULL_DATA, *PDNS_NULL_DATA;

/* The structures for narrow and for wide text. */
#define WS2_DNS_STRUCTURES(letter, text) \
    typedef struct { \
        text pNameHost; \
    } DNS_PTR_DATA##letter, *PDNS_PTR_DATA##letter; \
    typedef struct { \
        text pNamePrimaryServer, pNameAdministrator; \
        DWORD dwSerialNo, dwRefresh, dwRetry, dwExpire, dwDefaultTtl; \
    } DNS_SOA_DATA##letter, *PDNS_SOA_DATA##letter; \
    typedef struct { \
        text pNameExchange; \
        WORD wPreference, Pad; \
    } DNS_MX_DATA##letter, *PDNS_MX_DATA##letter; \
    typedef struct { \
        DWORD dwStringCount; \
        text pStringArray[1]; \
    } DNS_TXT_DATA##letter, *PDNS_TXT_DATA##letter; \
    typedef struct { \
        text pNameTarget; \
        WORD wPriority, wWeight, wPort, Pad; \
    } DNS_SRV_DATA##letter, *PDNS_SRV_DATA##letter; \
    typedef struct _DnsRecord##letter { \
        struct _DnsRecord##letter *pNext; \
        text pName; \
        WORD wType, wDataLength; \
        union { \
            DWORD DW; \
            DNS_RECORD_FLAGS S; \
        } Flags; \
        DWORD dwTtl, dwReserved; \
        union { \
            DNS_A_DATA A; \
            DNS_AAAA_DATA AAAA; \
            DNS_PTR_DATA##letter PTR, Ptr, NS, Ns, CNAME, Cname, MB, Mb, MD, Md, MF, Mf, MG, Mg, MR, Mr, DNAME, Dname; \
            DNS_SOA_DATA##letter SOA, Soa; \
            DNS_MX_DATA##letter MX, Mx, AFSDB, Afsdb, RT, Rt; \
            DNS_TXT_DATA##letter TXT, Txt, HINFO, Hinfo, ISDN, Isdn, X25; \
            DNS_SRV_DATA##letter SRV, Srv; \
            DNS_NULL_DATA Null; \
            BYTE ws2_room[48]; \
        } Data; \
    } DNS_RECORD##letter, *PDNS_RECORD##letter;
WS2_DNS_STRUCTURES(A, LPSTR)
WS2_DNS_STRUCTURES(W, LPWSTR)
#undef WS2_DNS_STRUCTURES

#ifdef UNICODE
typedef DNS_RECORDW DNS_RECORD, *PDNS_RECORD;
typedef DNS_PTR_DATAW DNS_PTR_DATA;
typedef DNS_MX_DATAW DNS_MX_DATA;
typedef DNS_TXT_DATAW DNS_TXT_DATA;
typedef DNS_SRV_DATAW DNS_SRV_DATA;
typedef DNS_SOA_DATAW DNS_SOA_DATA;
#else
typedef DNS_RECORDA DNS_RECORD, *PDNS_RECORD;
typedef DNS_PTR_DATAA DNS_PTR_DATA;
typedef DNS_MX_DATAA DNS_MX_DATA;
typedef DNS_TXT_DATAA DNS_TXT_DATA;
typedef DNS_SRV_DATAA DNS_SRV_DATA;
typedef DNS_SOA_DATAA DNS_SOA_DATA;
#endif

WS2_BEGIN_C
DNS_STATUS WINAPI DnsQuery_A(PCSTR pszName, WORD wType, DWORD Options, PVOID pExtra, PDNS_RECORD *ppQueryResults,
                             PVOID *pReserved) WS2_SYMBOL(DnsQuery_A);
DNS_STATUS WINAPI DnsQuery_W(PCWSTR pszName, WORD wType, DWORD Options, PVOID pExtra, PDNS_RECORD *ppQueryResults,
                             PVOID *pReserved) WS2_SYMBOL_W(DnsQuery_W);
void WINAPI DnsFree(PVOID pData, DNS_FREE_TYPE FreeType) WS2_SYMBOL(DnsFree);

static __inline BOOL DnsNameCompare_A(PCSTR pName1, PCSTR pName2)
{
    size_t first = strlen(pName1), second = strlen(pName2);
    first -= first != 0 && pName1[first - 1] == '.';
    second -= second != 0 && pName2[second - 1] == '.';
    return first == second && _strnicmp(pName1, pName2, first) == 0;
}
WS2_END_C

/* Narrow text is UTF-8. */
#define DnsQuery_UTF8 DnsQuery_A
#define DnsNameCompare DnsNameCompare_A
#define DnsRecordListFree(pRecordList, FreeType) DnsFree(pRecordList, DnsFreeRecordList)
#ifdef UNICODE
#define DnsQuery DnsQuery_W
#else
#define DnsQuery DnsQuery_A
#endif

#endif
