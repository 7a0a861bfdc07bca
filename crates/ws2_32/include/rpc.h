/* Unique numbers. */
#ifndef __RPC_H__
#define __RPC_H__
#pragma GCC system_header

#include <windef.h>

#ifndef UUID_DEFINED
#define UUID_DEFINED
typedef GUID UUID, IID, CLSID, *LPIID, *LPCLSID;
#endif
typedef LONG RPC_STATUS;
typedef unsigned char *RPC_CSTR;
#define RPC_ENTRY
#define RPC_S_OK 0
#define RPC_S_INVALID_STRING_UUID 1705
#define RPC_S_UUID_LOCAL_ONLY 1824
#define RPC_S_UUID_NO_ADDRESS 1739

WS2_BEGIN_C
RPC_STATUS WINAPI UuidCreate(UUID *Uuid) WS2_SYMBOL(UuidCreate);
RPC_STATUS WINAPI UuidToStringA(const UUID *Uuid, RPC_CSTR *StringUuid) WS2_SYMBOL(UuidToStringA);
RPC_STATUS WINAPI UuidFromStringA(RPC_CSTR StringUuid, UUID *Uuid) WS2_SYMBOL(UuidFromStringA);
RPC_STATUS WINAPI RpcStringFreeA(RPC_CSTR *String) WS2_SYMBOL(RpcStringFreeA);
WS2_END_C

#define UuidToString UuidToStringA
#define UuidFromString UuidFromStringA
#define RpcStringFree RpcStringFreeA
#define UuidCreateSequential UuidCreate

#endif
