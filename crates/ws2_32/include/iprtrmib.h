/* Tables of the network. */
#ifndef _IPRTRMIB_H
#define _IPRTRMIB_H
#pragma GCC system_header

#include <ipifcons.h>
#include <iptypes.h>

#define ANY_SIZE 1
#define MAXLEN_PHYSADDR 8
#define MAXLEN_IFDESCR 256
#define MAX_INTERFACE_NAME_LEN 256
#define WS2_TABLE(name, row)      \
    typedef struct name##_ {      \
        DWORD dwNumEntries;       \
        row table[ANY_SIZE];      \
    } name, *P##name

typedef enum {
    MIB_TCP_STATE_CLOSED = 1, MIB_TCP_STATE_LISTEN, MIB_TCP_STATE_SYN_SENT, MIB_TCP_STATE_SYN_RCVD, MIB_TCP_STATE_ESTAB,
    MIB_TCP_STATE_FIN_WAIT1, MIB_TCP_STATE_FIN_WAIT2, MIB_TCP_STATE_CLOSE_WAIT, MIB_TCP_STATE_CLOSING,
    MIB_TCP_STATE_LAST_ACK, MIB_TCP_STATE_TIME_WAIT, MIB_TCP_STATE_DELETE_TCB
} MIB_TCP_STATE;
typedef enum {
    MIB_TCP_RTO_OTHER = 1, MIB_TCP_RTO_CONSTANT, MIB_TCP_RTO_RSRE, MIB_TCP_RTO_VANJ
} TCP_RTO_ALGORITHM;
typedef enum { MIB_IP_FORWARDING = 1, MIB_IP_NOT_FORWARDING = 2 } MIB_IPSTATS_FORWARDING;
typedef enum {
    MIB_IPROUTE_TYPE_OTHER = 1, MIB_IPROUTE_TYPE_INVALID, MIB_IPROUTE_TYPE_DIRECT, MIB_IPROUTE_TYPE_INDIRECT
} MIB_IPFORWARD_TYPE;
typedef enum {
    MIB_IPNET_TYPE_OTHER = 1, MIB_IPNET_TYPE_INVALID, MIB_IPNET_TYPE_DYNAMIC, MIB_IPNET_TYPE_STATIC
} MIB_IPNET_TYPE;
#define MIB_IPPROTO_OTHER 1
#define MIB_IPPROTO_LOCAL 2
#define MIB_IPPROTO_NETMGMT 3
#define MIB_IPPROTO_ICMP 4
#define MIB_IPPROTO_RIP 8
#define MIB_IPPROTO_OSPF 13
#define MIB_IPPROTO_BGP 14
#define MIB_IF_OPER_STATUS_NON_OPERATIONAL 0
#define MIB_IF_OPER_STATUS_UNREACHABLE 1
#define MIB_IF_OPER_STATUS_DISCONNECTED 2
#define MIB_IF_OPER_STATUS_CONNECTING 3
#define MIB_IF_OPER_STATUS_CONNECTED 4
#define MIB_IF_OPER_STATUS_OPERATIONAL 5
#define IF_OPER_STATUS_NON_OPERATIONAL 0
#define IF_OPER_STATUS_UNREACHABLE 1
#define IF_OPER_STATUS_DISCONNECTED 2
#define IF_OPER_STATUS_CONNECTING 3
#define IF_OPER_STATUS_CONNECTED 4
#define IF_OPER_STATUS_OPERATIONAL 5
#define MIB_IPADDR_PRIMARY 0x0001
#define MIB_IPADDR_DYNAMIC 0x0004
#define MIB_IPADDR_DISCONNECTED 0x0008
#define MIB_IPADDR_DELETED 0x0040
#define MIB_IPADDR_TRANSIENT 0x0080

typedef struct _MIB_IPADDRROW {
    DWORD dwAddr;
    IF_INDEX dwIndex;
    DWORD dwMask, dwBCastAddr, dwReasmSize;
    unsigned short unused1, wType;
} MIB_IPADDRROW, *PMIB_IPADDRROW;
WS2_TABLE(MIB_IPADDRTABLE, MIB_IPADDRROW);
typedef struct _MIB_IFROW {
    WCHAR wszName[MAX_INTERFACE_NAME_LEN];
    IF_INDEX dwIndex;
    DWORD dwType, dwMtu, dwSpeed, dwPhysAddrLen;
    UCHAR bPhysAddr[MAXLEN_PHYSADDR];
    DWORD dwAdminStatus, dwOperStatus, dwLastChange, dwInOctets, dwInUcastPkts, dwInNUcastPkts, dwInDiscards, dwInErrors,
        dwInUnknownProtos, dwOutOctets, dwOutUcastPkts, dwOutNUcastPkts, dwOutDiscards, dwOutErrors, dwOutQLen, dwDescrLen;
    UCHAR bDescr[MAXLEN_IFDESCR];
} MIB_IFROW, *PMIB_IFROW;
WS2_TABLE(MIB_IFTABLE, MIB_IFROW);
typedef struct _MIB_IPFORWARDROW {
    DWORD dwForwardDest, dwForwardMask, dwForwardPolicy, dwForwardNextHop;
    IF_INDEX dwForwardIfIndex;
    __extension__ union {
        DWORD dwForwardType;
        MIB_IPFORWARD_TYPE ForwardType;
    };
    __extension__ union {
        DWORD dwForwardProto;
        DWORD ForwardProto;
    };
    DWORD dwForwardAge, dwForwardNextHopAS, dwForwardMetric1, dwForwardMetric2, dwForwardMetric3, dwForwardMetric4,
        dwForwardMetric5;
} MIB_IPFORWARDROW, *PMIB_IPFORWARDROW;
WS2_TABLE(MIB_IPFORWARDTABLE, MIB_IPFORWARDROW);
typedef struct _MIB_IPNETROW {
    IF_INDEX dwIndex;
    DWORD dwPhysAddrLen;
    UCHAR bPhysAddr[MAXLEN_PHYSADDR];
    DWORD dwAddr;
    __extension__ union {
        DWORD dwType;
        MIB_IPNET_TYPE Type;
    };
} MIB_IPNETROW, *PMIB_IPNETROW;
WS2_TABLE(MIB_IPNETTABLE, MIB_IPNETROW);
typedef struct _MIB_TCPROW {
    __extension__ union {
        DWORD dwState;
        MIB_TCP_STATE State;
    };
    DWORD dwLocalAddr, dwLocalPort, dwRemoteAddr, dwRemotePort;
} MIB_TCPROW, *PMIB_TCPROW;
WS2_TABLE(MIB_TCPTABLE, MIB_TCPROW);
typedef struct _MIB_TCPROW_OWNER_PID {
    DWORD dwState, dwLocalAddr, dwLocalPort, dwRemoteAddr, dwRemotePort, dwOwningPid;
} MIB_TCPROW_OWNER_PID, *PMIB_TCPROW_OWNER_PID;
WS2_TABLE(MIB_TCPTABLE_OWNER_PID, MIB_TCPROW_OWNER_PID);
typedef struct _MIB_TCP6ROW_OWNER_PID {
    UCHAR ucLocalAddr[16];
    DWORD dwLocalScopeId, dwLocalPort;
    UCHAR ucRemoteAddr[16];
    DWORD dwRemoteScopeId, dwRemotePort, dwState, dwOwningPid;
} MIB_TCP6ROW_OWNER_PID, *PMIB_TCP6ROW_OWNER_PID;
WS2_TABLE(MIB_TCP6TABLE_OWNER_PID, MIB_TCP6ROW_OWNER_PID);
typedef struct _MIB_UDPROW {
    DWORD dwLocalAddr, dwLocalPort;
} MIB_UDPROW, *PMIB_UDPROW;
WS2_TABLE(MIB_UDPTABLE, MIB_UDPROW);
typedef struct _MIB_UDPROW_OWNER_PID {
    DWORD dwLocalAddr, dwLocalPort, dwOwningPid;
} MIB_UDPROW_OWNER_PID, *PMIB_UDPROW_OWNER_PID;
WS2_TABLE(MIB_UDPTABLE_OWNER_PID, MIB_UDPROW_OWNER_PID);
typedef struct _MIB_UDP6ROW_OWNER_PID {
    UCHAR ucLocalAddr[16];
    DWORD dwLocalScopeId, dwLocalPort, dwOwningPid;
} MIB_UDP6ROW_OWNER_PID, *PMIB_UDP6ROW_OWNER_PID;
WS2_TABLE(MIB_UDP6TABLE_OWNER_PID, MIB_UDP6ROW_OWNER_PID);
typedef enum {
    TCP_TABLE_BASIC_LISTENER, TCP_TABLE_BASIC_CONNECTIONS, TCP_TABLE_BASIC_ALL, TCP_TABLE_OWNER_PID_LISTENER,
    TCP_TABLE_OWNER_PID_CONNECTIONS, TCP_TABLE_OWNER_PID_ALL, TCP_TABLE_OWNER_MODULE_LISTENER,
    TCP_TABLE_OWNER_MODULE_CONNECTIONS, TCP_TABLE_OWNER_MODULE_ALL
} TCP_TABLE_CLASS, *PTCP_TABLE_CLASS;
typedef enum { UDP_TABLE_BASIC, UDP_TABLE_OWNER_PID, UDP_TABLE_OWNER_MODULE } UDP_TABLE_CLASS, *PUDP_TABLE_CLASS;
typedef struct _MIB_IPSTATS {
    __extension__ union {
        DWORD dwForwarding;
        MIB_IPSTATS_FORWARDING Forwarding;
    };
    DWORD dwDefaultTTL, dwInReceives, dwInHdrErrors, dwInAddrErrors, dwForwDatagrams, dwInUnknownProtos, dwInDiscards,
        dwInDelivers, dwOutRequests, dwRoutingDiscards, dwOutDiscards, dwOutNoRoutes, dwReasmTimeout, dwReasmReqds,
        dwReasmOks, dwReasmFails, dwFragOks, dwFragFails, dwFragCreates, dwNumIf, dwNumAddr, dwNumRoutes;
} MIB_IPSTATS, *PMIB_IPSTATS;
typedef struct _MIB_TCPSTATS {
    __extension__ union {
        DWORD dwRtoAlgorithm;
        TCP_RTO_ALGORITHM RtoAlgorithm;
    };
    DWORD dwRtoMin, dwRtoMax, dwMaxConn, dwActiveOpens, dwPassiveOpens, dwAttemptFails, dwEstabResets, dwCurrEstab,
        dwInSegs, dwOutSegs, dwRetransSegs, dwInErrs, dwOutRsts, dwNumConns;
} MIB_TCPSTATS, *PMIB_TCPSTATS;
typedef struct _MIB_UDPSTATS {
    DWORD dwInDatagrams, dwNoPorts, dwInErrors, dwOutDatagrams, dwNumAddrs;
} MIB_UDPSTATS, *PMIB_UDPSTATS;
typedef struct _MIBICMPSTATS {
    DWORD dwMsgs, dwErrors, dwDestUnreachs, dwTimeExcds, dwParmProbs, dwSrcQuenchs, dwRedirects, dwEchos, dwEchoReps,
        dwTimestamps, dwTimestampReps, dwAddrMasks, dwAddrMaskReps;
} MIBICMPSTATS, *PMIBICMPSTATS;
typedef struct _MIBICMPINFO {
    MIBICMPSTATS icmpInStats, icmpOutStats;
} MIBICMPINFO;
typedef struct _MIB_ICMP {
    MIBICMPINFO stats;
} MIB_ICMP, *PMIB_ICMP;

WS2_BEGIN_C
WS2_END_C

#define IPRTRMGR_PID 0x00002710
#define MIB_IPPROTO_BBN 12
#define MIB_IPPROTO_CISCO 11
#define MIB_IPPROTO_EGP 5
#define MIB_IPPROTO_ES_IS 10
#define MIB_IPPROTO_GGP 6
#define MIB_IPPROTO_HELLO 7
#define MIB_IPPROTO_IS_IS 9
#define MIB_IPPROTO_NT_AUTOSTATIC 0x00002712
#define MIB_IPPROTO_NT_STATIC 0x00002716
#define MIB_IPPROTO_NT_STATIC_NON_DOD 0x00002717
#define MIB_IPROUTE_METRIC_UNUSED 0xffffffffu
#define MIB_TCP_MAXCONN_DYNAMIC 0xffffffffu
#define MIB_USE_CURRENT_FORWARDING 0xffffffffu
#define MIB_USE_CURRENT_TTL 0xffffffffu
#define SIZEOF_IFTABLE(rows) (FIELD_OFFSET(MIB_IFTABLE, table[0]) + (rows) * sizeof(((MIB_IFTABLE *)0)->table[0]) + sizeof(ULONGLONG))
#define SIZEOF_IPADDRTABLE(rows) (FIELD_OFFSET(MIB_IPADDRTABLE, table[0]) + (rows) * sizeof(((MIB_IPADDRTABLE *)0)->table[0]) + sizeof(ULONGLONG))
#define SIZEOF_IPFORWARDTABLE(rows) (FIELD_OFFSET(MIB_IPFORWARDTABLE, table[0]) + (rows) * sizeof(((MIB_IPFORWARDTABLE *)0)->table[0]) + sizeof(ULONGLONG))
#define SIZEOF_IPNETTABLE(rows) (FIELD_OFFSET(MIB_IPNETTABLE, table[0]) + (rows) * sizeof(((MIB_IPNETTABLE *)0)->table[0]) + sizeof(ULONGLONG))
#define SIZEOF_TCPTABLE(rows) (FIELD_OFFSET(MIB_TCPTABLE, table[0]) + (rows) * sizeof(((MIB_TCPTABLE *)0)->table[0]) + sizeof(ULONGLONG))
#define SIZEOF_UDPTABLE(rows) (FIELD_OFFSET(MIB_UDPTABLE, table[0]) + (rows) * sizeof(((MIB_UDPTABLE *)0)->table[0]) + sizeof(ULONGLONG))

#endif
