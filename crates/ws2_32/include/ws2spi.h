/* The catalogue of providers: it can be read, and not be changed. */
#ifndef _WINSOCK2SPI_
#define _WINSOCK2SPI_
#pragma GCC system_header

#include <winsock2.h>

#define WSPAPI WSAAPI

typedef enum _WSC_PROVIDER_INFO_TYPE { ProviderInfoLspCategories, ProviderInfoAudit } WSC_PROVIDER_INFO_TYPE;
struct _NSPV2_ROUTINE;

WS2_BEGIN_C

int WSPAPI WSCEnumProtocols(LPINT lpiProtocols, LPWSAPROTOCOL_INFOW lpProtocolBuffer, LPDWORD lpdwBufferLength, LPINT
    lpErrno)
    WS2_SYMBOL_W(WSCEnumProtocols);
int WSPAPI WSCEnumProtocols32(LPINT lpiProtocols, LPWSAPROTOCOL_INFOW lpProtocolBuffer, LPDWORD lpdwBufferLength,
    LPINT lpErrno)
    WS2_SYMBOL_W(WSCEnumProtocols32);
int WSPAPI WSCGetProviderPath(GUID *lpProviderId, WCHAR *lpszProviderDllPath, LPINT lpProviderDllPathLen, LPINT
    lpErrno)
    WS2_SYMBOL_W(WSCGetProviderPath);
int WSPAPI WSCGetProviderPath32(GUID *lpProviderId, WCHAR *lpszProviderDllPath, LPINT lpProviderDllPathLen, LPINT
    lpErrno)
    WS2_SYMBOL_W(WSCGetProviderPath32);
INT WSPAPI WSCEnumNameSpaceProviders32(LPDWORD lpdwBufferLength, LPWSANAMESPACE_INFOW lpnspBuffer)
    WS2_SYMBOL_W(WSCEnumNameSpaceProviders32);
INT WSPAPI WSCEnumNameSpaceProvidersEx32(LPDWORD lpdwBufferLength, LPWSANAMESPACE_INFOEXW lpnspBuffer)
    WS2_SYMBOL_W(WSCEnumNameSpaceProvidersEx32);

/* Refused. They look at no text, so that one serves both widths of WCHAR. */
int WSPAPI WSCInstallProvider(GUID *lpProviderId, const WCHAR *lpszProviderDllPath, const LPWSAPROTOCOL_INFOW
    lpProtocolInfoList, DWORD dwNumberOfEntries, LPINT lpErrno)
    WS2_SYMBOL(WSCInstallProvider);
int WSPAPI WSCInstallProvider64_32(GUID *lpProviderId, const WCHAR *lpszProviderDllPath, const LPWSAPROTOCOL_INFOW
    lpProtocolInfoList, DWORD dwNumberOfEntries, LPINT lpErrno)
    WS2_SYMBOL(WSCInstallProvider64_32);
int WSPAPI WSCUpdateProvider(GUID *lpProviderId, const WCHAR *lpszProviderDllPath, const LPWSAPROTOCOL_INFOW
    lpProtocolInfoList, DWORD dwNumberOfEntries, LPINT lpErrno)
    WS2_SYMBOL(WSCUpdateProvider);
int WSPAPI WSCUpdateProvider32(GUID *lpProviderId, const WCHAR *lpszProviderDllPath, const LPWSAPROTOCOL_INFOW
    lpProtocolInfoList, DWORD dwNumberOfEntries, LPINT lpErrno)
    WS2_SYMBOL(WSCUpdateProvider32);
int WSPAPI WSCInstallProviderAndChains64_32(GUID *lpProviderId, const LPWSTR lpszProviderDllPath, const LPWSTR
    lpszProviderDllPath32, const LPWSTR lpszLspName, DWORD dwServiceFlags, LPWSAPROTOCOL_INFOW lpProtocolInfoList,
    DWORD dwNumberOfEntries, LPDWORD lpdwCatalogEntryId, LPINT lpErrno)
    WS2_SYMBOL(WSCInstallProviderAndChains64_32);
int WSPAPI WSCDeinstallProvider(GUID *lpProviderId, LPINT lpErrno) WS2_SYMBOL(WSCDeinstallProvider);
int WSPAPI WSCDeinstallProvider32(GUID *lpProviderId, LPINT lpErrno) WS2_SYMBOL(WSCDeinstallProvider32);
int WSPAPI WSCGetProviderInfo(GUID *lpProviderId, WSC_PROVIDER_INFO_TYPE InfoType, PBYTE Info, size_t *InfoSize, DWORD
    Flags, LPINT lpErrno)
    WS2_SYMBOL(WSCGetProviderInfo);
int WSPAPI WSCGetProviderInfo32(GUID *lpProviderId, WSC_PROVIDER_INFO_TYPE InfoType, PBYTE Info, size_t *InfoSize,
    DWORD Flags, LPINT lpErrno)
    WS2_SYMBOL(WSCGetProviderInfo32);
int WSPAPI WSCSetProviderInfo(GUID *lpProviderId, WSC_PROVIDER_INFO_TYPE InfoType, PBYTE Info, size_t InfoSize, DWORD
    Flags, LPINT lpErrno)
    WS2_SYMBOL(WSCSetProviderInfo);
int WSPAPI WSCSetProviderInfo32(GUID *lpProviderId, WSC_PROVIDER_INFO_TYPE InfoType, PBYTE Info, size_t InfoSize,
    DWORD Flags, LPINT lpErrno)
    WS2_SYMBOL(WSCSetProviderInfo32);
int WSPAPI WSCGetApplicationCategory(LPCWSTR Path, DWORD PathLength, LPCWSTR Extra, DWORD ExtraLength, DWORD
    *pPermittedLspCategories, LPINT lpErrno)
    WS2_SYMBOL(WSCGetApplicationCategory);
int WSPAPI WSCSetApplicationCategory(LPCWSTR Path, DWORD PathLength, LPCWSTR Extra, DWORD ExtraLength, DWORD
    PermittedLspCategories, DWORD *pPrevPermLspCat, LPINT lpErrno)
    WS2_SYMBOL(WSCSetApplicationCategory);
int WSPAPI WSCWriteProviderOrder(LPDWORD lpwdCatalogEntryId, DWORD dwNumberOfEntries) WS2_SYMBOL(WSCWriteProviderOrder);
int WSPAPI WSCWriteProviderOrder32(LPDWORD lpwdCatalogEntryId, DWORD dwNumberOfEntries)
    WS2_SYMBOL(WSCWriteProviderOrder32);
INT WSPAPI WSCInstallNameSpace(LPWSTR lpszIdentifier, LPWSTR lpszPathName, DWORD dwNameSpace, DWORD dwVersion, GUID
    *lpProviderId)
    WS2_SYMBOL(WSCInstallNameSpace);
INT WSPAPI WSCInstallNameSpace32(LPWSTR lpszIdentifier, LPWSTR lpszPathName, DWORD dwNameSpace, DWORD dwVersion, GUID
    *lpProviderId)
    WS2_SYMBOL(WSCInstallNameSpace32);
INT WSPAPI WSCInstallNameSpaceEx(LPWSTR lpszIdentifier, LPWSTR lpszPathName, DWORD dwNameSpace, DWORD dwVersion, GUID
    *lpProviderId, LPBLOB lpProviderSpecific)
    WS2_SYMBOL(WSCInstallNameSpaceEx);
INT WSPAPI WSCInstallNameSpaceEx32(LPWSTR lpszIdentifier, LPWSTR lpszPathName, DWORD dwNameSpace, DWORD dwVersion,
    GUID *lpProviderId, LPBLOB lpProviderSpecific)
    WS2_SYMBOL(WSCInstallNameSpaceEx32);
INT WSPAPI WSCUnInstallNameSpace(GUID *lpProviderId) WS2_SYMBOL(WSCUnInstallNameSpace);
INT WSPAPI WSCUnInstallNameSpace32(GUID *lpProviderId) WS2_SYMBOL(WSCUnInstallNameSpace32);
INT WSPAPI WSCEnableNSProvider(GUID *lpProviderId, BOOL fEnable) WS2_SYMBOL(WSCEnableNSProvider);
INT WSPAPI WSCEnableNSProvider32(GUID *lpProviderId, BOOL fEnable) WS2_SYMBOL(WSCEnableNSProvider32);
int WSPAPI WSCWriteNameSpaceOrder(GUID *lpProviderId, DWORD dwNumberOfEntries) WS2_SYMBOL(WSCWriteNameSpaceOrder);
int WSPAPI WSCWriteNameSpaceOrder32(GUID *lpProviderId, DWORD dwNumberOfEntries) WS2_SYMBOL(WSCWriteNameSpaceOrder32);
int WSPAPI WPUCompleteOverlappedRequest(SOCKET s, LPWSAOVERLAPPED lpOverlapped, DWORD dwError, DWORD cbTransferred,
    LPINT lpErrno)
    WS2_SYMBOL(WPUCompleteOverlappedRequest);
INT WSPAPI WSAAdvertiseProvider(const GUID *puuidProviderId, const struct _NSPV2_ROUTINE *pNSPv2Routine)
    WS2_SYMBOL(WSAAdvertiseProvider);
INT WSPAPI WSAUnadvertiseProvider(const GUID *puuidProviderId) WS2_SYMBOL(WSAUnadvertiseProvider);
INT WSPAPI WSAProviderCompleteAsyncCall(HANDLE hAsyncCall, INT iRetCode) WS2_SYMBOL(WSAProviderCompleteAsyncCall);

WS2_END_C

#endif
