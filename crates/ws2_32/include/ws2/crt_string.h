/* Narrow strings. Included by ws2/crt.h. */
#ifndef WS2_CRT_STRING_H
#define WS2_CRT_STRING_H
#pragma GCC system_header

#ifdef __cplusplus
extern "C" {
#endif

/* ASCII, as in Microsoft's "C" locale. */
WS2_INLINE int ws2_lower(int unit)
{
    unit = (unsigned char)unit;
    return unit >= 'A' && unit <= 'Z' ? unit + 32 : unit;
}

WS2_INLINE int ws2_upper(int unit)
{
    unit = (unsigned char)unit;
    return unit >= 'a' && unit <= 'z' ? unit - 32 : unit;
}

WS2_INLINE int _stricmp(const char *left, const char *right)
{
    for (;; left++, right++) {
        int a = (int)ws2_lower(*left), b = (int)ws2_lower(*right);
        if (a != b || a == 0)
            return a - b;
    }
}

WS2_INLINE int _strnicmp(const char *left, const char *right, size_t count)
{
    for (; count > 0; left++, right++, count--) {
        int a = (int)ws2_lower(*left), b = (int)ws2_lower(*right);
        if (a != b || a == 0)
            return a - b;
    }
    return 0;
}

WS2_INLINE size_t strnlen_s(const char *text, size_t room)
{
    size_t length = 0;
    while (text != NULL && length < room && text[length] != 0)
        length++;
    return text == NULL ? 0 : length;
}

/* Empties the buffer and reports. */
WS2_INLINE errno_t ws2_refuse(char *place, size_t room, errno_t code)
{
    if (place != NULL && room > 0)
        *place = 0;
    return ws2_invalid_parameter(code);
}

WS2_INLINE errno_t strcpy_s(char *place, size_t room, const char *text)
{
    size_t i;
    if (place == NULL || room == 0 || text == NULL)
        return ws2_refuse(place, room, EINVAL);
    for (i = 0; i < room; i++)
        if ((place[i] = text[i]) == 0)
            return 0;
    return ws2_refuse(place, room, ERANGE);
}

WS2_INLINE errno_t strncpy_s(char *place, size_t room, const char *text, size_t count)
{
    size_t i;
    if (place == NULL && room == 0 && count == 0)
        return 0;
    if (place == NULL || room == 0 || (text == NULL && count > 0))
        return ws2_refuse(place, room, EINVAL);
    for (i = 0; i < room; i++) {
        if (i == count || (place[i] = text[i]) == 0) {
            place[i] = 0;
            return 0;
        }
    }
    if (count == _TRUNCATE) {
        place[room - 1] = 0;
        return STRUNCATE;
    }
    return ws2_refuse(place, room, ERANGE);
}

WS2_INLINE errno_t strcat_s(char *place, size_t room, const char *text)
{
    size_t length = strnlen_s(place, room), i;
    if (place == NULL || text == NULL || length == room)
        return ws2_refuse(place, room, EINVAL);
    for (i = length; i < room; i++)
        if ((place[i] = text[i - length]) == 0)
            return 0;
    return ws2_refuse(place, room, ERANGE);
}

WS2_INLINE errno_t strncat_s(char *place, size_t room, const char *text, size_t count)
{
    size_t length = strnlen_s(place, room), i;
    if (place == NULL || length == room || (text == NULL && count > 0))
        return ws2_refuse(place, room, EINVAL);
    for (i = length; i < room; i++) {
        if (i - length == count || (place[i] = text[i - length]) == 0) {
            place[i] = 0;
            return 0;
        }
    }
    if (count == _TRUNCATE) {
        place[room - 1] = 0;
        return STRUNCATE;
    }
    return ws2_refuse(place, room, ERANGE);
}

WS2_INLINE char *_strlwr(char *text)
{
    char *at;
    for (at = text; *at != 0; at++)
        *at = (char)ws2_lower(*at);
    return text;
}

WS2_INLINE char *_strupr(char *text)
{
    char *at;
    for (at = text; *at != 0; at++)
        *at = (char)ws2_upper(*at);
    return text;
}

WS2_INLINE errno_t _strlwr_s(char *text, size_t room)
{
    if (text == NULL || strnlen_s(text, room) == room)
        return ws2_refuse(text, room, EINVAL);
    _strlwr(text);
    return 0;
}

WS2_INLINE errno_t _strupr_s(char *text, size_t room)
{
    if (text == NULL || strnlen_s(text, room) == room)
        return ws2_refuse(text, room, EINVAL);
    _strupr(text);
    return 0;
}

WS2_INLINE char *_strrev(char *text)
{
    size_t from = 0, to = strnlen_s(text, (size_t)-1);
    for (; from + 1 < to; from++) {
        char kept = text[from];
        text[from] = text[--to];
        text[to] = kept;
    }
    return text;
}

WS2_INLINE char *_strdup(const char *text)
{
    size_t bytes = (strnlen_s(text, (size_t)-1) + 1) * sizeof(char);
    char *copy = text == NULL ? NULL : (char *)malloc(bytes);
    return copy == NULL ? NULL : (char *)memcpy(copy, text, bytes);
}

WS2_INLINE int ws2_is_one_of(char unit, const char *delimiters)
{
    while (*delimiters != 0 && *delimiters != unit)
        delimiters++;
    return *delimiters != 0;
}

/* Of a name of its own, and strerror_s too: a program that has defined strtok_r as strtok_s before any header has had libc's
 * declared by that name. */
#define strtok_s ws2_strtok_s
WS2_INLINE char *strtok_s(char *text, const char *delimiters, char **context)
{
    char *end;
    if (context == NULL || delimiters == NULL || (text == NULL && *context == NULL)) {
        ws2_invalid_parameter(EINVAL);
        return NULL;
    }
    if (text == NULL)
        text = *context;
    while (*text != 0 && ws2_is_one_of(*text, delimiters))
        text++;
    for (end = text; *end != 0 && !ws2_is_one_of(*end, delimiters);)
        end++;
    *context = end + (*end != 0);
    if (end == text) {
        *context = end;
        return NULL;
    }
    *end = 0;
    return text;
}

/* A number in a base of 2 to 36; needs room for 64 digits, a sign and a zero at most. */
WS2_INLINE errno_t ws2_digits(unsigned long long value, int negative, char *place, size_t room, int base)
{
    char digits[66];
    size_t count = 0, i = 0;
    if (place == NULL || room == 0 || base < 2 || base > 36)
        return ws2_refuse(place, room, EINVAL);
    do {
        unsigned digit = (unsigned)(value % (unsigned)base);
        digits[count++] = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
    } while ((value /= (unsigned)base) != 0);
    if (negative)
        digits[count++] = '-';
    if (count >= room)
        return ws2_refuse(place, room, ERANGE);
    while (count > 0)
        place[i++] = digits[--count];
    place[i] = 0;
    return 0;
}

WS2_INLINE errno_t _itoa_s(int value, char *place, size_t room, int base)
{
    int negative = base == 10 && value < 0;
    return ws2_digits(negative ? 0 - (unsigned)value : (unsigned)value, negative, place, room, base);
}

WS2_INLINE char *_itoa(int value, char *place, int base)
{
    _itoa_s(value, place, 66, base);
    return place;
}

WS2_INLINE errno_t _ltoa_s(long value, char *place, size_t room, int base)
{
    int negative = base == 10 && value < 0;
    return ws2_digits(negative ? 0 - (unsigned long)value : (unsigned long)value, negative, place, room, base);
}

WS2_INLINE char *_ltoa(long value, char *place, int base)
{
    _ltoa_s(value, place, 66, base);
    return place;
}

WS2_INLINE errno_t _i64toa_s(long long value, char *place, size_t room, int base)
{
    int negative = base == 10 && value < 0;
    return ws2_digits(negative ? 0 - (unsigned long long)value : (unsigned long long)value, negative, place, room, base);
}

WS2_INLINE char *_i64toa(long long value, char *place, int base)
{
    _i64toa_s(value, place, 66, base);
    return place;
}

WS2_INLINE errno_t _ultoa_s(unsigned long value, char *place, size_t room, int base)
{
    return ws2_digits(value, 0, place, room, base);
}

WS2_INLINE char *_ultoa(unsigned long value, char *place, int base)
{
    ws2_digits(value, 0, place, 66, base);
    return place;
}

WS2_INLINE errno_t _ui64toa_s(unsigned long long value, char *place, size_t room, int base)
{
    return ws2_digits(value, 0, place, room, base);
}

WS2_INLINE char *_ui64toa(unsigned long long value, char *place, int base)
{
    ws2_digits(value, 0, place, 66, base);
    return place;
}

WS2_INLINE errno_t memcpy_s(void *place, size_t room, const void *source, size_t count)
{
    if (count == 0)
        return 0;
    if (place == NULL || source == NULL || count > room) {
        if (place != NULL)
            memset(place, 0, room);
        return ws2_invalid_parameter(place == NULL || source == NULL ? EINVAL : ERANGE);
    }
    memcpy(place, source, count);
    return 0;
}

WS2_INLINE errno_t memmove_s(void *place, size_t room, const void *source, size_t count)
{
    if (count == 0)
        return 0;
    if (place == NULL || source == NULL)
        return ws2_invalid_parameter(EINVAL);
    if (count > room)
        return ws2_invalid_parameter(ERANGE);
    memmove(place, source, count);
    return 0;
}

WS2_INLINE int _memicmp(const void *left, const void *right, size_t count)
{
    const char *a = (const char *)left, *b = (const char *)right;
    size_t i;
    for (i = 0; i < count; i++)
        if (ws2_lower(a[i]) != ws2_lower(b[i]))
            return ws2_lower(a[i]) - ws2_lower(b[i]);
    return 0;
}

#define strerror_s ws2_strerror_s
WS2_INLINE errno_t strerror_s(char *place, size_t room, int code)
{
    if (place == NULL || room == 0)
        return ws2_invalid_parameter(EINVAL);
    strncpy_s(place, room, strerror(code), _TRUNCATE);
    return 0;
}

/* The texts of strerror in a list; the numbers are Linux', as those of errno are. */
#define WS2_ERROR_TEXTS 134
WS2_INLINE char **ws2_error_texts(void)
{
    static char *texts[WS2_ERROR_TEXTS];
    int code;
    if (texts[0] == NULL)
        for (code = WS2_ERROR_TEXTS - 1; code >= 0; code--)
            texts[code] = strdup(strerror(code));
    return texts;
}
#define _sys_nerr WS2_ERROR_TEXTS
#define sys_nerr WS2_ERROR_TEXTS
#define _sys_errlist (ws2_error_texts())
#define sys_errlist (ws2_error_texts())

WS2_INLINE char *_strset(char *text, int unit)
{
    return (char *)memset(text, unit, strlen(text));
}

#define stricmp _stricmp
#define strcmpi _stricmp
#define _strcmpi _stricmp
#define strnicmp _strnicmp
#define strlwr _strlwr
#define strupr _strupr
#define strrev _strrev
#define _stricoll _stricmp
#define _strncoll strncmp
#define memicmp _memicmp
#define _memccpy memccpy
#define _mbsicmp(a, b) _stricmp((const char *)(a), (const char *)(b))

#ifdef __cplusplus
}
#endif

#endif
