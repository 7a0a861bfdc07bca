/* Wide strings of either width of wchar_t: nothing here asks the system, whose functions know one width only. Included by ws2/crt.h. */
#ifndef WS2_CRT_WIDE_H
#define WS2_CRT_WIDE_H
#pragma GCC system_header

#ifdef __cplusplus
extern "C" {
#endif

WS2_INLINE wchar_t ws2_lower_wide(wchar_t unit)
{
    return unit >= L'A' && unit <= L'Z' ? (wchar_t)(unit + 32) : unit;
}

WS2_INLINE wchar_t ws2_upper_wide(wchar_t unit)
{
    return unit >= L'a' && unit <= L'z' ? (wchar_t)(unit - 32) : unit;
}

WS2_INLINE int _wcsicmp(const wchar_t *left, const wchar_t *right)
{
    for (;; left++, right++) {
        int a = (int)ws2_lower_wide(*left), b = (int)ws2_lower_wide(*right);
        if (a != b || a == 0)
            return a - b;
    }
}

WS2_INLINE int _wcsnicmp(const wchar_t *left, const wchar_t *right, size_t count)
{
    for (; count > 0; left++, right++, count--) {
        int a = (int)ws2_lower_wide(*left), b = (int)ws2_lower_wide(*right);
        if (a != b || a == 0)
            return a - b;
    }
    return 0;
}

WS2_INLINE size_t wcsnlen_s(const wchar_t *text, size_t room)
{
    size_t length = 0;
    while (text != NULL && length < room && text[length] != 0)
        length++;
    return text == NULL ? 0 : length;
}

/* Empties the buffer and reports. */
WS2_INLINE errno_t ws2_refuse_wide(wchar_t *place, size_t room, errno_t code)
{
    if (place != NULL && room > 0)
        *place = 0;
    return ws2_invalid_parameter(code);
}

WS2_INLINE errno_t wcscpy_s(wchar_t *place, size_t room, const wchar_t *text)
{
    size_t i;
    if (place == NULL || room == 0 || text == NULL)
        return ws2_refuse_wide(place, room, EINVAL);
    for (i = 0; i < room; i++)
        if ((place[i] = text[i]) == 0)
            return 0;
    return ws2_refuse_wide(place, room, ERANGE);
}

WS2_INLINE errno_t wcsncpy_s(wchar_t *place, size_t room, const wchar_t *text, size_t count)
{
    size_t i;
    if (place == NULL && room == 0 && count == 0)
        return 0;
    if (place == NULL || room == 0 || (text == NULL && count > 0))
        return ws2_refuse_wide(place, room, EINVAL);
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
    return ws2_refuse_wide(place, room, ERANGE);
}

WS2_INLINE errno_t wcscat_s(wchar_t *place, size_t room, const wchar_t *text)
{
    size_t length = wcsnlen_s(place, room), i;
    if (place == NULL || text == NULL || length == room)
        return ws2_refuse_wide(place, room, EINVAL);
    for (i = length; i < room; i++)
        if ((place[i] = text[i - length]) == 0)
            return 0;
    return ws2_refuse_wide(place, room, ERANGE);
}

WS2_INLINE errno_t wcsncat_s(wchar_t *place, size_t room, const wchar_t *text, size_t count)
{
    size_t length = wcsnlen_s(place, room), i;
    if (place == NULL || length == room || (text == NULL && count > 0))
        return ws2_refuse_wide(place, room, EINVAL);
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
    return ws2_refuse_wide(place, room, ERANGE);
}

WS2_INLINE wchar_t *_wcslwr(wchar_t *text)
{
    wchar_t *at;
    for (at = text; *at != 0; at++)
        *at = (wchar_t)ws2_lower_wide(*at);
    return text;
}

WS2_INLINE wchar_t *_wcsupr(wchar_t *text)
{
    wchar_t *at;
    for (at = text; *at != 0; at++)
        *at = (wchar_t)ws2_upper_wide(*at);
    return text;
}

WS2_INLINE errno_t _wcslwr_s(wchar_t *text, size_t room)
{
    if (text == NULL || wcsnlen_s(text, room) == room)
        return ws2_refuse_wide(text, room, EINVAL);
    _wcslwr(text);
    return 0;
}

WS2_INLINE errno_t _wcsupr_s(wchar_t *text, size_t room)
{
    if (text == NULL || wcsnlen_s(text, room) == room)
        return ws2_refuse_wide(text, room, EINVAL);
    _wcsupr(text);
    return 0;
}

WS2_INLINE wchar_t *_wcsrev(wchar_t *text)
{
    size_t from = 0, to = wcsnlen_s(text, (size_t)-1);
    for (; from + 1 < to; from++) {
        wchar_t kept = text[from];
        text[from] = text[--to];
        text[to] = kept;
    }
    return text;
}

WS2_INLINE wchar_t *_wcsdup(const wchar_t *text)
{
    size_t bytes = (wcsnlen_s(text, (size_t)-1) + 1) * sizeof(wchar_t);
    wchar_t *copy = text == NULL ? NULL : (wchar_t *)malloc(bytes);
    return copy == NULL ? NULL : (wchar_t *)memcpy(copy, text, bytes);
}

WS2_INLINE int ws2_is_one_of_wide(wchar_t unit, const wchar_t *delimiters)
{
    while (*delimiters != 0 && *delimiters != unit)
        delimiters++;
    return *delimiters != 0;
}

WS2_INLINE wchar_t *wcstok_s(wchar_t *text, const wchar_t *delimiters, wchar_t **context)
{
    wchar_t *end;
    if (context == NULL || delimiters == NULL || (text == NULL && *context == NULL)) {
        ws2_invalid_parameter(EINVAL);
        return NULL;
    }
    if (text == NULL)
        text = *context;
    while (*text != 0 && ws2_is_one_of_wide(*text, delimiters))
        text++;
    for (end = text; *end != 0 && !ws2_is_one_of_wide(*end, delimiters);)
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
WS2_INLINE errno_t ws2_digits_wide(unsigned long long value, int negative, wchar_t *place, size_t room, int base)
{
    wchar_t digits[66];
    size_t count = 0, i = 0;
    if (place == NULL || room == 0 || base < 2 || base > 36)
        return ws2_refuse_wide(place, room, EINVAL);
    do {
        unsigned digit = (unsigned)(value % (unsigned)base);
        digits[count++] = (wchar_t)(digit < 10 ? '0' + digit : 'a' + digit - 10);
    } while ((value /= (unsigned)base) != 0);
    if (negative)
        digits[count++] = '-';
    if (count >= room)
        return ws2_refuse_wide(place, room, ERANGE);
    while (count > 0)
        place[i++] = digits[--count];
    place[i] = 0;
    return 0;
}

WS2_INLINE errno_t _itow_s(int value, wchar_t *place, size_t room, int base)
{
    int negative = base == 10 && value < 0;
    return ws2_digits_wide(negative ? 0 - (unsigned)value : (unsigned)value, negative, place, room, base);
}

WS2_INLINE wchar_t *_itow(int value, wchar_t *place, int base)
{
    _itow_s(value, place, 66, base);
    return place;
}

WS2_INLINE errno_t _ltow_s(long value, wchar_t *place, size_t room, int base)
{
    int negative = base == 10 && value < 0;
    return ws2_digits_wide(negative ? 0 - (unsigned long)value : (unsigned long)value, negative, place, room, base);
}

WS2_INLINE wchar_t *_ltow(long value, wchar_t *place, int base)
{
    _ltow_s(value, place, 66, base);
    return place;
}

WS2_INLINE errno_t _i64tow_s(long long value, wchar_t *place, size_t room, int base)
{
    int negative = base == 10 && value < 0;
    return ws2_digits_wide(negative ? 0 - (unsigned long long)value : (unsigned long long)value, negative, place, room, base);
}

WS2_INLINE wchar_t *_i64tow(long long value, wchar_t *place, int base)
{
    _i64tow_s(value, place, 66, base);
    return place;
}

WS2_INLINE errno_t _ultow_s(unsigned long value, wchar_t *place, size_t room, int base)
{
    return ws2_digits_wide(value, 0, place, room, base);
}

WS2_INLINE wchar_t *_ultow(unsigned long value, wchar_t *place, int base)
{
    ws2_digits_wide(value, 0, place, 66, base);
    return place;
}

WS2_INLINE errno_t _ui64tow_s(unsigned long long value, wchar_t *place, size_t room, int base)
{
    return ws2_digits_wide(value, 0, place, room, base);
}

WS2_INLINE wchar_t *_ui64tow(unsigned long long value, wchar_t *place, int base)
{
    ws2_digits_wide(value, 0, place, 66, base);
    return place;
}

/* The number at the beginning of a text in base 10; a value that does not fit is the nearest that does. */
WS2_INLINE long long _wtoi64(const wchar_t *text)
{
    unsigned long long value = 0, most = 0x7fffffffffffffffull;
    int negative;
    while (*text == L' ' || (*text >= L'\t' && *text <= L'\r'))
        text++;
    negative = *text == L'-';
    text += negative || *text == L'+';
    for (; *text >= L'0' && *text <= L'9'; text++)
        value = value > (most - 9) / 10 ? most : value * 10 + (unsigned long long)(*text - L'0');
    return negative ? -(long long)value : (long long)value;
}

WS2_INLINE int _wtoi(const wchar_t *text)
{
    long long value = _wtoi64(text);
    return value > 0x7fffffff ? 0x7fffffff : value < -0x7fffffff - 1 ? -0x7fffffff - 1 : (int)value;
}

WS2_INLINE long _wtol(const wchar_t *text)
{
    return (long)_wtoi64(text);
}

WS2_INLINE double _wtof(const wchar_t *text)
{
    char digits[64];
    size_t i;
    for (i = 0; i + 1 < sizeof digits && text[i] > 0 && text[i] < 128; i++)
        digits[i] = (char)text[i];
    digits[i] = 0;
    return atof(digits);
}

#define wcsicmp _wcsicmp
#define wcscmpi _wcsicmp
#define wcsnicmp _wcsnicmp
#define wcslwr _wcslwr
#define wcsupr _wcsupr
#define wcsdup _wcsdup
#define wcsrev _wcsrev

#ifdef __cplusplus
}
#endif

#endif
