/* Unique numbers as text. Objects of COM are not provided: CoInitialize and CoCreateInstance do not link. */
#ifndef _OBJBASE_H_
#define _OBJBASE_H_
#pragma GCC system_header

#include <guiddef.h>
#include <rpc.h>
#include <winerror.h>

typedef WCHAR OLECHAR, *LPOLESTR;
typedef const OLECHAR *LPCOLESTR;
typedef struct IUnknown *LPUNKNOWN;
#define OLESTR(text) L##text
#define CO_E_CLASSSTRING ((HRESULT)0x800401f3)
#define CLSCTX_INPROC_SERVER 0x1
#define CLSCTX_LOCAL_SERVER 0x4
#define COINIT_APARTMENTTHREADED 0x2
#define COINIT_MULTITHREADED 0x0

WS2_BEGIN_C

HRESULT WINAPI CoInitialize(LPVOID pvReserved) WS2_SYMBOL(CoInitialize);
HRESULT WINAPI CoInitializeEx(LPVOID pvReserved, DWORD dwCoInit) WS2_SYMBOL(CoInitializeEx);
void WINAPI CoUninitialize(void) WS2_SYMBOL(CoUninitialize);
HRESULT WINAPI CoCreateInstance(REFCLSID rclsid, LPUNKNOWN pUnkOuter, DWORD dwClsContext, REFIID riid, LPVOID *ppv)
    WS2_SYMBOL(CoCreateInstance);

static inline LPVOID CoTaskMemAlloc(SIZE_T cb)
{
    return malloc(cb);
}

static inline void CoTaskMemFree(LPVOID pv)
{
    free(pv);
}

static inline HRESULT CoCreateGuid(GUID *pguid)
{
    return pguid == NULL ? E_INVALIDARG : (HRESULT)UuidCreate(pguid);
}

/* The 16 bytes of a GUID in the order of its text. */
static inline BYTE *ws2_guid_byte(const GUID *guid, int index)
{
    static const BYTE place[8] = {3, 2, 1, 0, 5, 4, 7, 6};
    return (BYTE *)guid + (index < 8 ? place[index] : index);
}

/* "{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}" and a zero: 39 characters, or 0 where there is no room for them. */
static inline int StringFromGUID2(REFGUID rguid, LPOLESTR lpsz, int cchMax)
{
#ifdef __cplusplus
    const GUID *guid = &rguid;
#else
    const GUID *guid = rguid;
#endif
    LPOLESTR at = lpsz;
    int index;
    if (cchMax < 39)
        return 0;
    *at++ = '{';
    for (index = 0; index < 16; index++) {
        BYTE byte = *ws2_guid_byte(guid, index);
        if (index == 4 || index == 6 || index == 8 || index == 10)
            *at++ = '-';
        *at++ = (OLECHAR)"0123456789ABCDEF"[byte >> 4];
        *at++ = (OLECHAR)"0123456789ABCDEF"[byte & 15];
    }
    *at++ = '}';
    *at = 0;
    return 39;
}

/* A GUID from its text. Names of programs, which CLSIDFromString takes too, are in no registry: CO_E_CLASSSTRING. */
static inline HRESULT CLSIDFromString(LPCOLESTR lpsz, GUID *pclsid)
{
    LPCOLESTR at = lpsz;
    GUID read = {0, 0, 0, {0, 0, 0, 0, 0, 0, 0, 0}};
    int digit;
    if (pclsid == NULL)
        return E_INVALIDARG;
    *pclsid = read;
    if (lpsz == NULL)
        return S_OK;
    if (*at++ != '{')
        return CO_E_CLASSSTRING;
    for (digit = 0; digit < 32; digit++) {
        BYTE *byte = ws2_guid_byte(&read, digit / 2);
        OLECHAR character;
        BYTE value;
        if ((digit == 8 || digit == 12 || digit == 16 || digit == 20) && *at++ != '-')
            return CO_E_CLASSSTRING;
        character = *at++;
        if (character >= '0' && character <= '9')
            value = (BYTE)(character - '0');
        else if ((character | 0x20) >= 'a' && (character | 0x20) <= 'f')
            value = (BYTE)((character | 0x20) - 'a' + 10);
        else
            return CO_E_CLASSSTRING;
        *byte = (BYTE)(*byte << 4 | value);
    }
    if (at[0] != '}' || at[1] != 0)
        return CO_E_CLASSSTRING;
    *pclsid = read;
    return S_OK;
}
#define IIDFromString CLSIDFromString

WS2_END_C

#endif
