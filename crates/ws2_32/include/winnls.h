/* Code pages and the case of letters. */
#ifndef _WINNLS_
#define _WINNLS_
#pragma GCC system_header

#include <minwinbase.h>

#define CP_ACP 0
#define CP_OEMCP 1
#define CP_MACCP 2
#define CP_THREAD_ACP 3
#define CP_SYMBOL 42
#define CP_UTF7 65000
#define CP_UTF8 65001
#define MB_PRECOMPOSED 0x00000001
#define MB_COMPOSITE 0x00000002
#define MB_USEGLYPHCHARS 0x00000004
#define MB_ERR_INVALID_CHARS 0x00000008
#define WC_COMPOSITECHECK 0x00000200
#define WC_DISCARDNS 0x00000010
#define WC_SEPCHARS 0x00000020
#define WC_DEFAULTCHAR 0x00000040
#define WC_ERR_INVALID_CHARS 0x00000080
#define WC_NO_BEST_FIT_CHARS 0x00000400
#define TIME_NOMINUTESORSECONDS 0x00000001
#define TIME_NOSECONDS 0x00000002
#define TIME_NOTIMEMARKER 0x00000004
#define TIME_FORCE24HOURFORMAT 0x00000008
#define DATE_SHORTDATE 0x00000001
#define DATE_LONGDATE 0x00000002
#define DATE_USE_ALT_CALENDAR 0x00000004
#define DATE_YEARMONTH 0x00000008
#define DATE_LTRREADING 0x00000010
#define DATE_RTLREADING 0x00000020
#define DATE_AUTOLAYOUT 0x00000040
#define DATE_MONTHDAY 0x00000080
#define LOCALE_NOUSEROVERRIDE 0x80000000
#define LOCALE_USE_CP_ACP 0x40000000
#define LOCALE_NAME_USER_DEFAULT NULL
#define LOCALE_NAME_INVARIANT L""
#define LOCALE_NAME_SYSTEM_DEFAULT L"!x-sys-default-locale"
#define LOCALE_NAME_MAX_LENGTH 85
#define CSTR_LESS_THAN 1
#define CSTR_EQUAL 2
#define CSTR_GREATER_THAN 3
typedef struct _cpinfo {
    UINT MaxCharSize;
    BYTE DefaultChar[2];
    BYTE LeadByte[12];
} CPINFO, *LPCPINFO;

WS2_BEGIN_C
int WINAPI MultiByteToWideChar(UINT CodePage, DWORD dwFlags, LPCSTR lpMultiByteStr, int cbMultiByte,
    LPWSTR lpWideCharStr, int cchWideChar) WS2_SYMBOL_W(MultiByteToWideChar);
int WINAPI WideCharToMultiByte(UINT CodePage, DWORD dwFlags, LPCWSTR lpWideCharStr, int cchWideChar,
    LPSTR lpMultiByteStr, int cbMultiByte, LPCSTR lpDefaultChar, LPBOOL lpUsedDefaultChar)
    WS2_SYMBOL_W(WideCharToMultiByte);
int WINAPI GetTimeFormatA(LCID Locale, DWORD dwFlags, const SYSTEMTIME *lpTime, LPCSTR lpFormat, LPSTR lpTimeStr,
    int cchTime) WS2_SYMBOL(GetTimeFormatA);
int WINAPI GetTimeFormatW(LCID Locale, DWORD dwFlags, const SYSTEMTIME *lpTime, LPCWSTR lpFormat, LPWSTR lpTimeStr,
    int cchTime) WS2_SYMBOL_W(GetTimeFormatW);
int WINAPI GetDateFormatA(LCID Locale, DWORD dwFlags, const SYSTEMTIME *lpDate, LPCSTR lpFormat, LPSTR lpDateStr,
    int cchDate) WS2_SYMBOL(GetDateFormatA);
int WINAPI GetDateFormatW(LCID Locale, DWORD dwFlags, const SYSTEMTIME *lpDate, LPCWSTR lpFormat, LPWSTR lpDateStr,
    int cchDate) WS2_SYMBOL_W(GetDateFormatW);
/* Every locale but the invariant one, whose name is empty, is written as en-US. */
static __inline LCID ws2_locale(LPCWSTR lpLocaleName)
{
    return lpLocaleName != NULL && lpLocaleName[0] == 0 ? 0x007f : 0x0409;
}

static __inline int GetTimeFormatEx(LPCWSTR lpLocaleName, DWORD dwFlags, const SYSTEMTIME *lpTime, LPCWSTR lpFormat,
    LPWSTR lpTimeStr, int cchTime)
{
    return GetTimeFormatW(ws2_locale(lpLocaleName), dwFlags, lpTime, lpFormat, lpTimeStr, cchTime);
}

static __inline int GetDateFormatEx(LPCWSTR lpLocaleName, DWORD dwFlags, const SYSTEMTIME *lpDate, LPCWSTR lpFormat,
    LPWSTR lpDateStr, int cchDate, LPCWSTR lpCalendar)
{
    if (lpCalendar != NULL) {
        SetLastError(87);
        return 0;
    }
    return GetDateFormatW(ws2_locale(lpLocaleName), dwFlags, lpDate, lpFormat, lpDateStr, cchDate);
}
BOOL WINAPI IsValidCodePage(UINT CodePage) WS2_SYMBOL(IsValidCodePage);
BOOL WINAPI GetCPInfo(UINT CodePage, LPCPINFO lpCPInfo) WS2_SYMBOL(GetCPInfo);
static __inline UINT GetACP(void)
{
    return CP_UTF8;
}

static __inline UINT GetOEMCP(void)
{
    return CP_UTF8;
}

static __inline LCID GetUserDefaultLCID(void)
{
    return 0x0409;
}

static __inline LANGID GetUserDefaultLangID(void)
{
    return 0x0409;
}

static __inline BOOL IsDBCSLeadByte(BYTE TestChar)
{
    (void)TestChar;
    return FALSE;
}
WS2_END_C

#define GetSystemDefaultLCID GetUserDefaultLCID
#define GetSystemDefaultLangID GetUserDefaultLangID
#define GetThreadLocale GetUserDefaultLCID
#ifdef UNICODE
#define GetTimeFormat GetTimeFormatW
#define GetDateFormat GetDateFormatW
#else
#define GetTimeFormat GetTimeFormatA
#define GetDateFormat GetDateFormatA
#endif

#endif
