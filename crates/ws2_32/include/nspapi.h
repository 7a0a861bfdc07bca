/* Names and services as before Winsock 2. Obsolete; EnumProtocols works, the others are refused. */
#ifndef _NSPAPI_INCLUDED
#define _NSPAPI_INCLUDED
#pragma GCC system_header

#include <winsock2.h>

#define XP_CONNECTIONLESS 0x00000001
#define XP_GUARANTEED_DELIVERY 0x00000002
#define XP_GUARANTEED_ORDER 0x00000004
#define XP_MESSAGE_ORIENTED 0x00000008
#define XP_PSEUDO_STREAM 0x00000010
#define XP_GRACEFUL_CLOSE 0x00000020
#define XP_EXPEDITED_DATA 0x00000040
#define XP_CONNECT_DATA 0x00000080
#define XP_DISCONNECT_DATA 0x00000100
#define XP_SUPPORTS_BROADCAST 0x00000200
#define XP_SUPPORTS_MULTICAST 0x00000400

typedef struct _PROTOCOL_INFOA {
    DWORD dwServiceFlags;
    INT iAddressFamily;
    INT iMaxSockAddr;
    INT iMinSockAddr;
    INT iSocketType;
    INT iProtocol;
    DWORD dwMessageSize;
    LPSTR lpProtocol;
} PROTOCOL_INFOA, *PPROTOCOL_INFOA, *LPPROTOCOL_INFOA;
typedef struct _PROTOCOL_INFOW {
    DWORD dwServiceFlags;
    INT iAddressFamily;
    INT iMaxSockAddr;
    INT iMinSockAddr;
    INT iSocketType;
    INT iProtocol;
    DWORD dwMessageSize;
    LPWSTR lpProtocol;
} PROTOCOL_INFOW, *PPROTOCOL_INFOW, *LPPROTOCOL_INFOW;

typedef struct _SERVICE_ASYNC_INFO SERVICE_ASYNC_INFO, *PSERVICE_ASYNC_INFO, *LPSERVICE_ASYNC_INFO;
typedef struct _SERVICE_INFOA SERVICE_INFOA, *PSERVICE_INFOA, *LPSERVICE_INFOA;
typedef struct _SERVICE_INFOW SERVICE_INFOW, *PSERVICE_INFOW, *LPSERVICE_INFOW;

WS2_BEGIN_C

INT PASCAL EnumProtocolsA(LPINT lpiProtocols, LPVOID lpProtocolBuffer, LPDWORD lpdwBufferLength)
    WS2_SYMBOL(EnumProtocolsA);
INT PASCAL EnumProtocolsW(LPINT lpiProtocols, LPVOID lpProtocolBuffer, LPDWORD lpdwBufferLength)
    WS2_SYMBOL_W(EnumProtocolsW);
INT PASCAL GetAddressByNameA(DWORD dwNameSpace, GUID *lpServiceType, LPSTR lpServiceName, LPINT lpiProtocols,
                             DWORD dwResolution, LPSERVICE_ASYNC_INFO lpServiceAsyncInfo, LPVOID lpCsaddrBuffer,
                             LPDWORD lpdwBufferLength, LPSTR lpAliasBuffer, LPDWORD lpdwAliasBufferLength)
    WS2_SYMBOL(GetAddressByNameA);
INT PASCAL GetAddressByNameW(DWORD dwNameSpace, GUID *lpServiceType, LPWSTR lpServiceName, LPINT lpiProtocols,
                             DWORD dwResolution, LPSERVICE_ASYNC_INFO lpServiceAsyncInfo, LPVOID lpCsaddrBuffer,
                             LPDWORD lpdwBufferLength, LPWSTR lpAliasBuffer, LPDWORD lpdwAliasBufferLength)
    WS2_SYMBOL(GetAddressByNameW);
INT PASCAL GetNameByTypeA(GUID *lpServiceType, LPSTR lpServiceName, DWORD dwNameLength) WS2_SYMBOL(GetNameByTypeA);
INT PASCAL GetNameByTypeW(GUID *lpServiceType, LPWSTR lpServiceName, DWORD dwNameLength) WS2_SYMBOL(GetNameByTypeW);
INT PASCAL GetTypeByNameA(LPSTR lpServiceName, GUID *lpServiceType) WS2_SYMBOL(GetTypeByNameA);
INT PASCAL GetTypeByNameW(LPWSTR lpServiceName, GUID *lpServiceType) WS2_SYMBOL(GetTypeByNameW);
INT PASCAL GetServiceA(DWORD dwNameSpace, GUID *lpGuid, LPSTR lpServiceName, DWORD dwProperties, LPVOID lpBuffer,
                       LPDWORD lpdwBufferSize, LPSERVICE_ASYNC_INFO lpServiceAsyncInfo) WS2_SYMBOL(GetServiceA);
INT PASCAL GetServiceW(DWORD dwNameSpace, GUID *lpGuid, LPWSTR lpServiceName, DWORD dwProperties, LPVOID lpBuffer,
                       LPDWORD lpdwBufferSize, LPSERVICE_ASYNC_INFO lpServiceAsyncInfo) WS2_SYMBOL(GetServiceW);
INT PASCAL SetServiceA(DWORD dwNameSpace, DWORD dwOperation, DWORD dwFlags, LPSERVICE_INFOA lpServiceInfo,
                       LPSERVICE_ASYNC_INFO lpServiceAsyncInfo, LPDWORD lpdwStatusFlags) WS2_SYMBOL(SetServiceA);
INT PASCAL SetServiceW(DWORD dwNameSpace, DWORD dwOperation, DWORD dwFlags, LPSERVICE_INFOW lpServiceInfo,
                       LPSERVICE_ASYNC_INFO lpServiceAsyncInfo, LPDWORD lpdwStatusFlags) WS2_SYMBOL(SetServiceW);

WS2_END_C

#ifdef UNICODE
typedef PROTOCOL_INFOW PROTOCOL_INFO, *PPROTOCOL_INFO, *LPPROTOCOL_INFO;
#define EnumProtocols EnumProtocolsW
#define GetAddressByName GetAddressByNameW
#define GetNameByType GetNameByTypeW
#define GetTypeByName GetTypeByNameW
#define GetService GetServiceW
#define SetService SetServiceW
#else
typedef PROTOCOL_INFOA PROTOCOL_INFO, *PPROTOCOL_INFO, *LPPROTOCOL_INFO;
#define EnumProtocols EnumProtocolsA
#define GetAddressByName GetAddressByNameA
#define GetNameByType GetNameByTypeA
#define GetTypeByName GetTypeByNameA
#define GetService GetServiceA
#define SetService SetServiceA
#endif

#define NSTYPE_DYNAMIC 2
#define NSTYPE_ENUMERABLE 4
#define NSTYPE_HIERARCHICAL 1
#define NSTYPE_WORKGROUP 8
#define NS_DEFAULT 0
#define NS_VNS 50
#define PROP_ADDRESSES 0x00000100
#define PROP_ALL 0x80000000u
#define PROP_COMMENT 1
#define PROP_DISPLAY_HINT 4
#define PROP_LOCALE 2
#define PROP_MACHINE 32
#define PROP_SD 0x00000200
#define PROP_START_TIME 16
#define PROP_VERSION 8
#define RES_FIND_MULTIPLE 2
#define RES_SOFT_SEARCH 1
#define SERVICE_ADDRESS_FLAG_RPC_CN 1
#define SERVICE_ADDRESS_FLAG_RPC_DG 2
#define SERVICE_ADDRESS_FLAG_RPC_NB 4
#define SERVICE_ADD_TYPE 4
#define SERVICE_DELETE_TYPE 5
#define SERVICE_DEREGISTER 2
#define SERVICE_FLAG_DEFER 1
#define SERVICE_FLAG_HARD 2
#define SERVICE_FLUSH 3
#define SERVICE_LOCAL 4
#define SERVICE_REGISTER 1
#define SERVICE_RESOURCE 1
#define SERVICE_SERVICE 2
#define SET_SERVICE_PARTIAL_SUCCESS 1
#define XP_BANDWIDTH_ALLOCATION 0x00000800
#define XP_ENCRYPTS 0x00002000
#define XP_FRAGMENTATION 0x00001000

#endif
