/* C++: the safe functions without the size of an array, which the compiler knows. Included by ws2/crt.h. */
#ifndef WS2_CRT_TEMPLATES_H
#define WS2_CRT_TEMPLATES_H
#pragma GCC system_header

extern "C++" {

template <size_t N> inline errno_t strcpy_s(char (&place)[N], const char *text)
{
    return strcpy_s(place, N, text);
}

template <size_t N> inline errno_t strcat_s(char (&place)[N], const char *text)
{
    return strcat_s(place, N, text);
}

template <size_t N> inline errno_t strncpy_s(char (&place)[N], const char *text, size_t count)
{
    return strncpy_s(place, N, text, count);
}

template <size_t N> inline errno_t strncat_s(char (&place)[N], const char *text, size_t count)
{
    return strncat_s(place, N, text, count);
}

template <size_t N> inline errno_t _strlwr_s(char (&place)[N])
{
    return _strlwr_s(place, N);
}

template <size_t N> inline errno_t _strupr_s(char (&place)[N])
{
    return _strupr_s(place, N);
}

template <size_t N> inline errno_t wcscpy_s(wchar_t (&place)[N], const wchar_t *text)
{
    return wcscpy_s(place, N, text);
}

template <size_t N> inline errno_t wcscat_s(wchar_t (&place)[N], const wchar_t *text)
{
    return wcscat_s(place, N, text);
}

template <size_t N> inline errno_t wcsncpy_s(wchar_t (&place)[N], const wchar_t *text, size_t count)
{
    return wcsncpy_s(place, N, text, count);
}

template <size_t N> inline errno_t wcsncat_s(wchar_t (&place)[N], const wchar_t *text, size_t count)
{
    return wcsncat_s(place, N, text, count);
}

template <size_t N> inline errno_t _wcslwr_s(wchar_t (&place)[N])
{
    return _wcslwr_s(place, N);
}

template <size_t N> inline errno_t _wcsupr_s(wchar_t (&place)[N])
{
    return _wcsupr_s(place, N);
}

template <size_t N> inline errno_t strerror_s(char (&place)[N], int code)
{
    return strerror_s(place, N, code);
}

template <size_t N> inline errno_t _itoa_s(int value, char (&place)[N], int base)
{
    return _itoa_s(value, place, N, base);
}

template <size_t N> inline errno_t _ltoa_s(long value, char (&place)[N], int base)
{
    return _ltoa_s(value, place, N, base);
}

template <size_t N> inline errno_t _ultoa_s(unsigned long value, char (&place)[N], int base)
{
    return _ultoa_s(value, place, N, base);
}

template <size_t N> inline errno_t _i64toa_s(long long value, char (&place)[N], int base)
{
    return _i64toa_s(value, place, N, base);
}

template <size_t N> inline errno_t _ui64toa_s(unsigned long long value, char (&place)[N], int base)
{
    return _ui64toa_s(value, place, N, base);
}

template <size_t N> inline errno_t _itow_s(int value, wchar_t (&place)[N], int base)
{
    return _itow_s(value, place, N, base);
}

template <size_t N> inline int sprintf_s(char (&place)[N], const char *format, ...)
WS2_VARIADIC(format, vsprintf_s(place, N, format, arguments))

template <size_t N> inline int vsprintf_s(char (&place)[N], const char *format, va_list arguments)
{
    return vsprintf_s(place, N, format, arguments);
}

template <size_t N> inline int swprintf_s(wchar_t (&place)[N], const wchar_t *format, ...)
WS2_VARIADIC(format, vswprintf_s(place, N, format, arguments))

template <size_t N> inline int vswprintf_s(wchar_t (&place)[N], const wchar_t *format, va_list arguments)
{
    return vswprintf_s(place, N, format, arguments);
}

template <size_t N> inline int _snprintf_s(char (&place)[N], size_t count, const char *format, ...)
WS2_VARIADIC(format, _vsnprintf_s(place, N, count, format, arguments))

template <size_t N> inline int _vsnprintf_s(char (&place)[N], size_t count, const char *format, va_list arguments)
{
    return _vsnprintf_s(place, N, count, format, arguments);
}

template <size_t N> inline int _snwprintf_s(wchar_t (&place)[N], size_t count, const wchar_t *format, ...)
WS2_VARIADIC(format, _vsnwprintf_s(place, N, count, format, arguments))

template <size_t N> inline int _vsnwprintf_s(wchar_t (&place)[N], size_t count, const wchar_t *format, va_list arguments)
{
    return _vsnwprintf_s(place, N, count, format, arguments);
}

template <size_t N> inline char *gets_s(char (&place)[N])
{
    return gets_s(place, N);
}

template <size_t N> inline errno_t asctime_s(char (&place)[N], const struct tm *parts)
{
    return asctime_s(place, N, parts);
}

template <size_t N> inline errno_t ctime_s(char (&place)[N], const time_t *now)
{
    return ctime_s(place, N, now);
}

template <size_t N> inline errno_t getenv_s(size_t *needed, char (&place)[N], const char *name)
{
    return getenv_s(needed, place, N, name);
}

template <size_t D, size_t F, size_t N, size_t E>
inline errno_t _splitpath_s(const char *path, char (&drive)[D], char (&folder)[F], char (&name)[N], char (&ending)[E])
{
    return _splitpath_s(path, drive, D, folder, F, name, N, ending, E);
}

template <size_t D, size_t F, size_t N, size_t E>
inline errno_t _wsplitpath_s(const wchar_t *path, wchar_t (&drive)[D], wchar_t (&folder)[F], wchar_t (&name)[N],
                             wchar_t (&ending)[E])
{
    return _wsplitpath_s(path, drive, D, folder, F, name, N, ending, E);
}

template <size_t N>
inline errno_t _makepath_s(char (&place)[N], const char *drive, const char *folder, const char *name, const char *ending)
{
    return _makepath_s(place, N, drive, folder, name, ending);
}

} /* extern "C++" */

#endif
