/* GUIDs. DEFINE_GUID declares one, or defines it where initguid.h was included before; so it is set anew each time. */
#ifndef GUIDDEF_H
#define GUIDDEF_H
#pragma GCC system_header

#include <ws2/base.h>

#ifdef __cplusplus
#define WS2_GUID_LINKAGE extern "C"
#define REFGUID const GUID &
#define REFIID const GUID &
#define REFCLSID const GUID &
inline int IsEqualGUID(REFGUID one, REFGUID other)
{
    return memcmp(&one, &other, sizeof(GUID)) == 0;
}
#if !defined(WS2_NO_GUID_OPERATORS)
inline bool operator==(REFGUID one, REFGUID other)
{
    return IsEqualGUID(one, other) != 0;
}
inline bool operator!=(REFGUID one, REFGUID other)
{
    return IsEqualGUID(one, other) == 0;
}
#endif
#else
#define WS2_GUID_LINKAGE
#define REFGUID const GUID *
#define REFIID const GUID *
#define REFCLSID const GUID *
#define IsEqualGUID(one, other) (memcmp((one), (other), sizeof(GUID)) == 0)
#endif
#define InlineIsEqualGUID IsEqualGUID
#define IsEqualIID IsEqualGUID
#define IsEqualCLSID IsEqualGUID
static const GUID GUID_NULL __attribute__((unused)) = {0, 0, 0, {0, 0, 0, 0, 0, 0, 0, 0}};
#endif

#undef DEFINE_GUID
#ifdef INITGUID
#define DEFINE_GUID(name, a, b, c, d0, d1, d2, d3, d4, d5, d6, d7) \
    WS2_GUID_LINKAGE const GUID name __attribute__((weak)); \
    const GUID name = {a, b, c, {d0, d1, d2, d3, d4, d5, d6, d7}}
#elif defined(__cplusplus)
#define DEFINE_GUID(name, a, b, c, d0, d1, d2, d3, d4, d5, d6, d7) WS2_GUID_LINKAGE const GUID name
#else
#define DEFINE_GUID(name, a, b, c, d0, d1, d2, d3, d4, d5, d6, d7) extern const GUID name
#endif
