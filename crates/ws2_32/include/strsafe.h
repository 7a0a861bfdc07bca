/* Strings that know their room: what does not fit is cut, with a zero, and reported. */
#ifndef _STRSAFE_H_INCLUDED_
#define _STRSAFE_H_INCLUDED_
#pragma GCC system_header

#include <windef.h>
#include <winerror.h>

#define STRSAFE_MAX_CCH ((size_t)2147483647)
#define STRSAFE_E_INSUFFICIENT_BUFFER ((HRESULT)0x8007007a)
#define STRSAFE_E_INVALID_PARAMETER ((HRESULT)0x80070057)
#define STRSAFE_E_END_OF_FILE ((HRESULT)0x80070026)
#define STRSAFE_LPSTR LPSTR
#define STRSAFE_LPWSTR LPWSTR

WS2_BEGIN_C

/* Copies at most `count` characters, and always ends with a zero. */
static __inline HRESULT ws2_safeCopyWorker(char *place, size_t room, const char *text, size_t count)
{
    size_t i;
    if (place == NULL || room == 0 || room > STRSAFE_MAX_CCH)
        return STRSAFE_E_INVALID_PARAMETER;
    for (i = 0; i < room; i++) {
        if (i == count || text[i] == 0) {
            place[i] = 0;
            return S_OK;
        }
        place[i] = text[i];
    }
    place[room - 1] = 0;
    return STRSAFE_E_INSUFFICIENT_BUFFER;
}

static __inline HRESULT StringCchCopyNA(char *place, size_t room, const char *text, size_t count)
{
    return count > STRSAFE_MAX_CCH ? STRSAFE_E_INVALID_PARAMETER : ws2_safeCopyWorker(place, room, text, count);
}

static __inline HRESULT StringCchCopyA(char *place, size_t room, const char *text)
{
    return ws2_safeCopyWorker(place, room, text, (size_t)-1);
}

static __inline HRESULT StringCchLengthA(const char *text, size_t most, size_t *length)
{
    size_t found = text == NULL ? most : strnlen_s(text, most);
    int good = most <= STRSAFE_MAX_CCH && found < most;
    if (length != NULL)
        *length = good ? found : 0;
    return good ? S_OK : STRSAFE_E_INVALID_PARAMETER;
}

static __inline HRESULT StringCchCatNA(char *place, size_t room, const char *text, size_t count)
{
    size_t length = place == NULL ? room : strnlen_s(place, room);
    if (room > STRSAFE_MAX_CCH || count > STRSAFE_MAX_CCH || length == room)
        return STRSAFE_E_INVALID_PARAMETER;
    return ws2_safeCopyWorker(place + length, room - length, text, count);
}

static __inline HRESULT StringCchCatA(char *place, size_t room, const char *text)
{
    return StringCchCatNA(place, room, text, STRSAFE_MAX_CCH);
}

static __inline HRESULT StringCchVPrintfA(char *place, size_t room, const char *format, va_list arguments)
{
    int count;
    if (place == NULL || room == 0 || room > STRSAFE_MAX_CCH)
        return STRSAFE_E_INVALID_PARAMETER;
    count = ws2_vsnprintf_(place, room, format, arguments);
    return count >= 0 && (size_t)count < room ? S_OK : STRSAFE_E_INSUFFICIENT_BUFFER;
}

static __inline HRESULT StringCchPrintfA(char *place, size_t room, const char *format, ...)
WS2_VARIADIC(format, StringCchVPrintfA(place, room, format, arguments))

/* A line of standard input without its end. */
static __inline HRESULT StringCchGetsA(char *place, size_t room)
{
    size_t length = 0;
    int unit;
    if (place == NULL || room == 0 || room > STRSAFE_MAX_CCH)
        return STRSAFE_E_INVALID_PARAMETER;
    while (length + 1 < room && (unit = getchar()) != EOF && unit != '\n')
        place[length++] = (char)unit;
    place[length] = 0;
    return length == 0 && feof(stdin) ? STRSAFE_E_END_OF_FILE : S_OK;
}

/* The same with room in bytes. */
static __inline HRESULT StringCbCopyA(char *place, size_t bytes, const char *text)
{
    return StringCchCopyA(place, bytes / sizeof(char), text);
}

static __inline HRESULT StringCbCopyNA(char *place, size_t bytes, const char *text, size_t count_bytes)
{
    return StringCchCopyNA(place, bytes / sizeof(char), text, count_bytes / sizeof(char));
}

static __inline HRESULT StringCbCatA(char *place, size_t bytes, const char *text)
{
    return StringCchCatA(place, bytes / sizeof(char), text);
}

static __inline HRESULT StringCbCatNA(char *place, size_t bytes, const char *text, size_t count_bytes)
{
    return StringCchCatNA(place, bytes / sizeof(char), text, count_bytes / sizeof(char));
}

static __inline HRESULT StringCbLengthA(const char *text, size_t most_bytes, size_t *bytes)
{
    HRESULT result = StringCchLengthA(text, most_bytes / sizeof(char), bytes);
    if (bytes != NULL)
        *bytes *= sizeof(char);
    return result;
}

static __inline HRESULT StringCbVPrintfA(char *place, size_t bytes, const char *format, va_list arguments)
{
    return StringCchVPrintfA(place, bytes / sizeof(char), format, arguments);
}

static __inline HRESULT StringCbPrintfA(char *place, size_t bytes, const char *format, ...)
WS2_VARIADIC(format, StringCchVPrintfA(place, bytes / sizeof(char), format, arguments))

static __inline HRESULT StringCbGetsA(char *place, size_t bytes)
{
    return StringCchGetsA(place, bytes / sizeof(char));
}

/* Copies at most `count` characters, and always ends with a zero. */
static __inline HRESULT ws2_safe_wideCopyWorker(wchar_t *place, size_t room, const wchar_t *text, size_t count)
{
    size_t i;
    if (place == NULL || room == 0 || room > STRSAFE_MAX_CCH)
        return STRSAFE_E_INVALID_PARAMETER;
    for (i = 0; i < room; i++) {
        if (i == count || text[i] == 0) {
            place[i] = 0;
            return S_OK;
        }
        place[i] = text[i];
    }
    place[room - 1] = 0;
    return STRSAFE_E_INSUFFICIENT_BUFFER;
}

static __inline HRESULT StringCchCopyNW(wchar_t *place, size_t room, const wchar_t *text, size_t count)
{
    return count > STRSAFE_MAX_CCH ? STRSAFE_E_INVALID_PARAMETER : ws2_safe_wideCopyWorker(place, room, text, count);
}

static __inline HRESULT StringCchCopyW(wchar_t *place, size_t room, const wchar_t *text)
{
    return ws2_safe_wideCopyWorker(place, room, text, (size_t)-1);
}

static __inline HRESULT StringCchLengthW(const wchar_t *text, size_t most, size_t *length)
{
    size_t found = text == NULL ? most : wcsnlen_s(text, most);
    int good = most <= STRSAFE_MAX_CCH && found < most;
    if (length != NULL)
        *length = good ? found : 0;
    return good ? S_OK : STRSAFE_E_INVALID_PARAMETER;
}

static __inline HRESULT StringCchCatNW(wchar_t *place, size_t room, const wchar_t *text, size_t count)
{
    size_t length = place == NULL ? room : wcsnlen_s(place, room);
    if (room > STRSAFE_MAX_CCH || count > STRSAFE_MAX_CCH || length == room)
        return STRSAFE_E_INVALID_PARAMETER;
    return ws2_safe_wideCopyWorker(place + length, room - length, text, count);
}

static __inline HRESULT StringCchCatW(wchar_t *place, size_t room, const wchar_t *text)
{
    return StringCchCatNW(place, room, text, STRSAFE_MAX_CCH);
}

static __inline HRESULT StringCchVPrintfW(wchar_t *place, size_t room, const wchar_t *format, va_list arguments)
{
    int count;
    if (place == NULL || room == 0 || room > STRSAFE_MAX_CCH)
        return STRSAFE_E_INVALID_PARAMETER;
    count = ws2_vswprintf_(place, room, format, arguments);
    return count >= 0 && (size_t)count < room ? S_OK : STRSAFE_E_INSUFFICIENT_BUFFER;
}

static __inline HRESULT StringCchPrintfW(wchar_t *place, size_t room, const wchar_t *format, ...)
WS2_VARIADIC(format, StringCchVPrintfW(place, room, format, arguments))

/* A line of standard input without its end. */
static __inline HRESULT StringCchGetsW(wchar_t *place, size_t room)
{
    size_t length = 0;
    int unit;
    if (place == NULL || room == 0 || room > STRSAFE_MAX_CCH)
        return STRSAFE_E_INVALID_PARAMETER;
    while (length + 1 < room && (unit = getchar()) != EOF && unit != '\n')
        place[length++] = (wchar_t)unit;
    place[length] = 0;
    return length == 0 && feof(stdin) ? STRSAFE_E_END_OF_FILE : S_OK;
}

/* The same with room in bytes. */
static __inline HRESULT StringCbCopyW(wchar_t *place, size_t bytes, const wchar_t *text)
{
    return StringCchCopyW(place, bytes / sizeof(wchar_t), text);
}

static __inline HRESULT StringCbCopyNW(wchar_t *place, size_t bytes, const wchar_t *text, size_t count_bytes)
{
    return StringCchCopyNW(place, bytes / sizeof(wchar_t), text, count_bytes / sizeof(wchar_t));
}

static __inline HRESULT StringCbCatW(wchar_t *place, size_t bytes, const wchar_t *text)
{
    return StringCchCatW(place, bytes / sizeof(wchar_t), text);
}

static __inline HRESULT StringCbCatNW(wchar_t *place, size_t bytes, const wchar_t *text, size_t count_bytes)
{
    return StringCchCatNW(place, bytes / sizeof(wchar_t), text, count_bytes / sizeof(wchar_t));
}

static __inline HRESULT StringCbLengthW(const wchar_t *text, size_t most_bytes, size_t *bytes)
{
    HRESULT result = StringCchLengthW(text, most_bytes / sizeof(wchar_t), bytes);
    if (bytes != NULL)
        *bytes *= sizeof(wchar_t);
    return result;
}

static __inline HRESULT StringCbVPrintfW(wchar_t *place, size_t bytes, const wchar_t *format, va_list arguments)
{
    return StringCchVPrintfW(place, bytes / sizeof(wchar_t), format, arguments);
}

static __inline HRESULT StringCbPrintfW(wchar_t *place, size_t bytes, const wchar_t *format, ...)
WS2_VARIADIC(format, StringCchVPrintfW(place, bytes / sizeof(wchar_t), format, arguments))

static __inline HRESULT StringCbGetsW(wchar_t *place, size_t bytes)
{
    return StringCchGetsW(place, bytes / sizeof(wchar_t));
}
WS2_END_C

#ifdef UNICODE
#define StringCchCopyN StringCchCopyNW
#define StringCchCopy StringCchCopyW
#define StringCchLength StringCchLengthW
#define StringCchCatN StringCchCatNW
#define StringCchCat StringCchCatW
#define StringCchVPrintf StringCchVPrintfW
#define StringCchPrintf StringCchPrintfW
#define StringCchGets StringCchGetsW
#define StringCbCopy StringCbCopyW
#define StringCbCopyN StringCbCopyNW
#define StringCbCat StringCbCatW
#define StringCbCatN StringCbCatNW
#define StringCbLength StringCbLengthW
#define StringCbVPrintf StringCbVPrintfW
#define StringCbPrintf StringCbPrintfW
#define StringCbGets StringCbGetsW
#else
#define StringCchCopyN StringCchCopyNA
#define StringCchCopy StringCchCopyA
#define StringCchLength StringCchLengthA
#define StringCchCatN StringCchCatNA
#define StringCchCat StringCchCatA
#define StringCchVPrintf StringCchVPrintfA
#define StringCchPrintf StringCchPrintfA
#define StringCchGets StringCchGetsA
#define StringCbCopy StringCbCopyA
#define StringCbCopyN StringCbCopyNA
#define StringCbCat StringCbCatA
#define StringCbCatN StringCbCatNA
#define StringCbLength StringCbLengthA
#define StringCbVPrintf StringCbVPrintfA
#define StringCbPrintf StringCbPrintfA
#define StringCbGets StringCbGetsA
#endif

#endif
