/* Calls that name a locale, where libc has them: not with -std=c99 and older. Included by ws2/crt.h. */
#ifndef WS2_CRT_LOCALE_CALLS_H
#define WS2_CRT_LOCALE_CALLS_H
#pragma GCC system_header

#ifdef __USE_XOPEN2K8
typedef locale_t _locale_t;
WS2_INLINE _locale_t _create_locale(int category, const char *name)
{
    return newlocale(category == LC_ALL ? LC_ALL_MASK : 1 << category, name, (locale_t)0);
}
WS2_INLINE void _free_locale(_locale_t locale)
{
    if (locale)
        freelocale(locale);
}
WS2_INLINE _locale_t _get_current_locale(void)
{
    return duplocale(uselocale((locale_t)0));
}
WS2_INLINE int _vsnprintf_l(char *place, size_t count, const char *format, _locale_t locale, va_list values)
{
    locale_t before = locale ? uselocale(locale) : (locale_t)0;
    int written = _vsnprintf(place, count, format, values);
    if (locale)
        uselocale(before);
    return written;
}
WS2_INLINE int _vsprintf_s_l(char *place, size_t count, const char *format, _locale_t locale, va_list values)
{
    locale_t before = locale ? uselocale(locale) : (locale_t)0;
    int written = vsprintf_s(place, count, format, values);
    if (locale)
        uselocale(before);
    return written;
}
WS2_INLINE int _snprintf_l(char *place, size_t count, const char *format, _locale_t locale, ...)
{
    va_list values;
    int written;
    va_start(values, locale);
    written = _vsnprintf_l(place, count, format, locale, values);
    va_end(values);
    return written;
}
WS2_INLINE int _sprintf_s_l(char *place, size_t count, const char *format, _locale_t locale, ...)
{
    va_list values;
    int written;
    va_start(values, locale);
    written = _vsprintf_s_l(place, count, format, locale, values);
    va_end(values);
    return written;
}
#endif
#ifdef __USE_GNU
WS2_INLINE double _strtod_l(const char *text, char **end, _locale_t locale)
{
    return locale ? strtod_l(text, end, locale) : strtod(text, end);
}
WS2_INLINE double _atof_l(const char *text, _locale_t locale)
{
    return _strtod_l(text, (char **)0, locale);
}
#endif

#endif
