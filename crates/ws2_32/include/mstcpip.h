/* TCP/IP control codes, and functions on addresses as inline code. */
#ifndef _MSTCPIP_
#define _MSTCPIP_
#pragma GCC system_header

#include <ws2tcpip.h>

struct tcp_keepalive {
    ULONG onoff;
    ULONG keepalivetime;
    ULONG keepaliveinterval;
};

#define SIO_RCVALL _WSAIOW(IOC_VENDOR, 1)
#define SIO_RCVALL_MCAST _WSAIOW(IOC_VENDOR, 2)
#define SIO_RCVALL_IGMPMCAST _WSAIOW(IOC_VENDOR, 3)
#define SIO_KEEPALIVE_VALS _WSAIOW(IOC_VENDOR, 4)
#define SIO_ABSORB_RTRALERT _WSAIOW(IOC_VENDOR, 5)
#define SIO_UCAST_IF _WSAIOW(IOC_VENDOR, 6)
#define SIO_LIMIT_BROADCASTS _WSAIOW(IOC_VENDOR, 7)
#define SIO_INDEX_BIND _WSAIOW(IOC_VENDOR, 8)
#define SIO_INDEX_MCASTIF _WSAIOW(IOC_VENDOR, 9)
#define SIO_INDEX_ADD_MCAST _WSAIOW(IOC_VENDOR, 10)
#define SIO_INDEX_DEL_MCAST _WSAIOW(IOC_VENDOR, 11)
#define SIO_RCVALL_IF _WSAIOW(IOC_VENDOR, 14)
#define SIO_LOOPBACK_FAST_PATH _WSAIOW(IOC_VENDOR, 16)
#define SIO_TCP_INITIAL_RTO _WSAIOW(IOC_VENDOR, 17)
#define SIO_QUERY_TRANSPORT_SETTING _WSAIOW(IOC_VENDOR, 20)
#define SIO_APPLY_TRANSPORT_SETTING _WSAIOW(IOC_VENDOR, 19)
#define SIO_CPU_AFFINITY _WSAIOW(IOC_VENDOR, 21)
#define SIO_TCP_SET_ICW _WSAIOW(IOC_VENDOR, 22)
#define SIO_TCP_SET_ACK_FREQUENCY _WSAIOW(IOC_VENDOR, 23)
#define SIO_SET_PRIORITY_HINT _WSAIOW(IOC_VENDOR, 24)
#define SIO_PRIORITY_HINT SIO_SET_PRIORITY_HINT
#define SIO_TCP_INFO _WSAIORW(IOC_VENDOR, 39)
#define SIO_ACQUIRE_PORT_RESERVATION _WSAIOW(IOC_VENDOR, 100)
#define SIO_RELEASE_PORT_RESERVATION _WSAIOW(IOC_VENDOR, 101)
#define SIO_ASSOCIATE_PORT_RESERVATION _WSAIOW(IOC_VENDOR, 102)
#define SIO_QUERY_WFP_ALE_ENDPOINT_HANDLE _WSAIOR(IOC_VENDOR, 205)
#define SIO_QUERY_RSS_SCALABILITY_INFO _WSAIOR(IOC_VENDOR, 210)
#define SIO_QUERY_WFP_CONNECTION_REDIRECT_RECORDS _WSAIOW(IOC_VENDOR, 220)
#define SIO_QUERY_WFP_CONNECTION_REDIRECT_CONTEXT _WSAIOW(IOC_VENDOR, 221)
#define SIO_SET_WFP_CONNECTION_REDIRECT_RECORDS _WSAIOW(IOC_VENDOR, 222)
#define SIO_SET_COMPATIBILITY_MODE _WSAIOW(IOC_VENDOR, 300)

typedef struct _TCP_INITIAL_RTO_PARAMETERS {
    USHORT Rtt;
    UCHAR MaxSynRetransmissions;
} TCP_INITIAL_RTO_PARAMETERS, *PTCP_INITIAL_RTO_PARAMETERS;
#define TCP_INITIAL_RTO_UNSPECIFIED_RTT ((USHORT)-1)
#define TCP_INITIAL_RTO_UNSPECIFIED_MAX_SYN_RETRANSMISSIONS ((UCHAR)-1)
#define TCP_INITIAL_RTO_NO_SYN_RETRANSMISSIONS ((UCHAR)-2)

typedef struct _RSS_SCALABILITY_INFO {
    BOOLEAN RssEnabled;
} RSS_SCALABILITY_INFO, *PRSS_SCALABILITY_INFO;

typedef enum _WSA_COMPATIBILITY_BEHAVIOR_ID {
    WsaBehaviorAll = 1,
    WsaBehaviorReceiveBuffering,
    WsaBehaviorAutoTuning
} WSA_COMPATIBILITY_BEHAVIOR_ID;
typedef struct _WSA_COMPATIBILITY_MODE {
    WSA_COMPATIBILITY_BEHAVIOR_ID BehaviorId;
    ULONG TargetOsVersion;
} WSA_COMPATIBILITY_MODE, *PWSA_COMPATIBILITY_MODE;

typedef enum _TCPSTATE {
    TCPSTATE_CLOSED,
    TCPSTATE_LISTEN,
    TCPSTATE_SYN_SENT,
    TCPSTATE_SYN_RCVD,
    TCPSTATE_ESTABLISHED,
    TCPSTATE_FIN_WAIT_1,
    TCPSTATE_FIN_WAIT_2,
    TCPSTATE_CLOSE_WAIT,
    TCPSTATE_CLOSING,
    TCPSTATE_LAST_ACK,
    TCPSTATE_TIME_WAIT,
    TCPSTATE_MAX
} TCPSTATE;

#define WS2_TCP_INFO_FIELDS \
    TCPSTATE State; \
    ULONG Mss; \
    ULONG64 ConnectionTimeMs; \
    BOOLEAN TimestampsEnabled; \
    ULONG RttUs; \
    ULONG MinRttUs; \
    ULONG BytesInFlight; \
    ULONG Cwnd; \
    ULONG SndWnd; \
    ULONG RcvWnd; \
    ULONG RcvBuf; \
    ULONG64 BytesOut; \
    ULONG64 BytesIn; \
    ULONG BytesReordered; \
    ULONG BytesRetrans; \
    ULONG FastRetrans; \
    ULONG DupAcksIn; \
    ULONG TimeoutEpisodes; \
    UCHAR SynRetrans;
typedef struct _TCP_INFO_v0 {
    WS2_TCP_INFO_FIELDS
} TCP_INFO_v0, *PTCP_INFO_v0;
typedef struct _TCP_INFO_v1 {
    WS2_TCP_INFO_FIELDS
    ULONG SndLimTransRwin;
    ULONG SndLimTimeRwin;
    ULONG64 SndLimBytesRwin;
    ULONG SndLimTransCwnd;
    ULONG SndLimTimeCwnd;
    ULONG64 SndLimBytesCwnd;
    ULONG SndLimTransSnd;
    ULONG SndLimTimeSnd;
    ULONG64 SndLimBytesSnd;
} TCP_INFO_v1, *PTCP_INFO_v1;
#define RCVALL_OFF 0
#define RCVALL_ON 1
#define RCVALL_SOCKETLEVELONLY 2
#define RCVALL_IPLEVEL 3

static inline BOOLEAN INETADDR_ISANY(const SOCKADDR *a)
{
    if (a->sa_family == AF_INET6)
        return (BOOLEAN)IN6_IS_ADDR_UNSPECIFIED(&((const SOCKADDR_IN6 *)(const void *)a)->sin6_addr);
    return ((const SOCKADDR_IN *)(const void *)a)->sin_addr.s_addr == INADDR_ANY;
}

static inline BOOLEAN INETADDR_ISLOOPBACK(const SOCKADDR *a)
{
    if (a->sa_family == AF_INET6)
        return (BOOLEAN)IN6_IS_ADDR_LOOPBACK(&((const SOCKADDR_IN6 *)(const void *)a)->sin6_addr);
    return ((const SOCKADDR_IN *)(const void *)a)->sin_addr.S_un.S_un_b.s_b1 == 127;
}

static inline void INETADDR_SETANY(PSOCKADDR a)
{
    if (a->sa_family == AF_INET6)
        IN6ADDR_SETANY((PSOCKADDR_IN6)(void *)a);
    else
        memset(a->sa_data, 0, sizeof a->sa_data);
}

static inline void INETADDR_SETLOOPBACK(PSOCKADDR a)
{
    if (a->sa_family == AF_INET6) {
        IN6ADDR_SETLOOPBACK((PSOCKADDR_IN6)(void *)a);
    } else {
        memset(a->sa_data, 0, sizeof a->sa_data);
        ((PSOCKADDR_IN)(void *)a)->sin_addr.S_un.S_un_b.s_b1 = 127;
        ((PSOCKADDR_IN)(void *)a)->sin_addr.S_un.S_un_b.s_b4 = 1;
    }
}

#endif
