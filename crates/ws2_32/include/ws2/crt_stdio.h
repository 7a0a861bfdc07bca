/* Streams. Included by ws2/crt.h.
 *
 * The printf family reads formats as Microsoft's library does (%I64d, %ws, %lu for a DWORD): the library has functions of
 * its own for it, and the label puts them under C's names. scanf stays the system's; scanf_s is the library's. */
#ifndef WS2_CRT_STDIO_H
#define WS2_CRT_STDIO_H
#pragma GCC system_header

#ifdef __cplusplus
extern "C" {
#endif

/* A file by a name of Windows' or Linux' spelling. */
extern FILE *ws2_fopen(const char *path, const char *mode) __asm__("ws2_fopen");

#if defined(WS2_NO_PRINTF)
#elif defined(__clang__) || (defined(__USE_FORTIFY_LEVEL) && __USE_FORTIFY_LEVEL > 0)
/* clang takes no label for a function that was called before, and hardened headers call other functions: macros then.
 * ws2/crt.h has included the C++ headers that would take them away. */
extern int ws2_printf(const char *format, ...) __asm__("ws2_printf");
extern int ws2_fprintf(FILE *stream, const char *format, ...) __asm__("ws2_fprintf");
extern int ws2_sprintf(char *place, const char *format, ...) __asm__("ws2_sprintf");
extern int ws2_snprintf(char *place, size_t room, const char *format, ...) __asm__("ws2_snprintf");
extern int ws2_vprintf(const char *format, va_list arguments) __asm__("ws2_vprintf");
extern int ws2_vfprintf(FILE *stream, const char *format, va_list arguments) __asm__("ws2_vfprintf");
extern int ws2_vsprintf(char *place, const char *format, va_list arguments) __asm__("ws2_vsprintf");
extern int ws2_vsnprintf(char *place, size_t room, const char *format, va_list arguments) __asm__("ws2_vsnprintf");
#if __SIZEOF_WCHAR_T__ == 4
extern int ws2_wprintf(const wchar_t *format, ...) __asm__("ws2_wprintf");
extern int ws2_fwprintf(FILE *stream, const wchar_t *format, ...) __asm__("ws2_fwprintf");
extern int ws2_swprintf(wchar_t *place, size_t room, const wchar_t *format, ...) __asm__("ws2_swprintf");
extern int ws2_vwprintf(const wchar_t *format, va_list arguments) __asm__("ws2_vwprintf");
extern int ws2_vfwprintf(FILE *stream, const wchar_t *format, va_list arguments) __asm__("ws2_vfwprintf");
extern int ws2_vswprintf(wchar_t *place, size_t room, const wchar_t *format, va_list arguments)
    __asm__("ws2_vswprintf");
#endif
#ifdef __cplusplus
extern "C++" {
namespace std {
using ::ws2_printf;
using ::ws2_fprintf;
using ::ws2_sprintf;
using ::ws2_snprintf;
using ::ws2_vprintf;
using ::ws2_vfprintf;
using ::ws2_vsprintf;
using ::ws2_vsnprintf;
using ::ws2_fopen;
#if __SIZEOF_WCHAR_T__ == 4
using ::ws2_wprintf;
using ::ws2_fwprintf;
using ::ws2_swprintf;
using ::ws2_vwprintf;
using ::ws2_vfwprintf;
using ::ws2_vswprintf;
#endif
}
}
#endif
#define printf ws2_printf
#define fprintf ws2_fprintf
#define sprintf ws2_sprintf
#define snprintf ws2_snprintf
#define vprintf ws2_vprintf
#define vfprintf ws2_vfprintf
#define vsprintf ws2_vsprintf
#define vsnprintf ws2_vsnprintf
#define fopen ws2_fopen
#if __SIZEOF_WCHAR_T__ == 4
#define wprintf ws2_wprintf
#define fwprintf ws2_fwprintf
#define swprintf ws2_swprintf
#define vwprintf ws2_vwprintf
#define vfwprintf ws2_vfwprintf
#define vswprintf ws2_vswprintf
#endif
#else
extern int printf(const char *format, ...) __asm__("ws2_printf");
extern int fprintf(FILE *stream, const char *format, ...) __asm__("ws2_fprintf");
extern int sprintf(char *place, const char *format, ...) WS2_THROW __asm__("ws2_sprintf");
extern int snprintf(char *place, size_t room, const char *format, ...) WS2_THROW __asm__("ws2_snprintf");
extern int vprintf(const char *format, va_list arguments) __asm__("ws2_vprintf");
extern int vfprintf(FILE *stream, const char *format, va_list arguments) __asm__("ws2_vfprintf");
extern int vsprintf(char *place, const char *format, va_list arguments) WS2_THROW __asm__("ws2_vsprintf");
extern int vsnprintf(char *place, size_t room, const char *format, va_list arguments) WS2_THROW
    __asm__("ws2_vsnprintf");
extern FILE *fopen(const char *path, const char *mode) __asm__("ws2_fopen");
#if __SIZEOF_WCHAR_T__ == 4
extern int wprintf(const wchar_t *format, ...) __asm__("ws2_wprintf");
extern int fwprintf(FILE *stream, const wchar_t *format, ...) __asm__("ws2_fwprintf");
extern int swprintf(wchar_t *place, size_t room, const wchar_t *format, ...) WS2_THROW __asm__("ws2_swprintf");
extern int vwprintf(const wchar_t *format, va_list arguments) __asm__("ws2_vwprintf");
extern int vfwprintf(FILE *stream, const wchar_t *format, va_list arguments) __asm__("ws2_vfwprintf");
extern int vswprintf(wchar_t *place, size_t room, const wchar_t *format, va_list arguments) WS2_THROW
    __asm__("ws2_vswprintf");
#endif
#endif

#if __SIZEOF_WCHAR_T__ == 4 && !defined(WS2_NO_PRINTF)
extern int fputws(const wchar_t *string, FILE *stream) __asm__("ws2_fputws");
extern wint_t fputwc(wchar_t character, FILE *stream) __asm__("ws2_fputwc");
extern wint_t putwc(wchar_t character, FILE *stream) __asm__("ws2_fputwc");
extern wint_t putwchar(wchar_t character) __asm__("ws2_putwchar");
#endif

extern int ws2_vsnprintf_(char *place, size_t room, const char *format, va_list arguments) __asm__("ws2_vsnprintf");
extern int ws2_vswprintf_(wchar_t *place, size_t room, const wchar_t *format, va_list arguments) __asm__("ws2_vswprintf");
extern int ws2_vfwprintf_(FILE *stream, const wchar_t *format, va_list arguments) __asm__("ws2_vfwprintf");
extern int vfscanf_s(FILE *stream, const char *format, va_list arguments) __asm__("ws2_vfscanf_s");
extern int vsscanf_s(const char *string, const char *format, va_list arguments) __asm__("ws2_vsscanf_s");
extern FILE *ws2_fdopen(int fd, const char *mode) WS2_LIBC(fdopen);
extern int ws2_fileno(FILE *stream) WS2_LIBC(fileno);
extern int ws2_fseeko(FILE *stream, int64_t offset, int from) WS2_LIBC(fseeko);
extern int64_t ws2_ftello(FILE *stream) WS2_LIBC(ftello);
extern FILE *ws2_popen(const char *command, const char *mode) WS2_LIBC(popen);
extern int ws2_pclose(FILE *stream) WS2_LIBC(pclose);
extern int ws2_unlink(const char *path) WS2_LIBC(unlink);
/* Removed from the standard, and still called; the buffer's size is unknown, as ever. */
extern char *gets(char *place) __asm__("ws2_gets");

#define _fdopen ws2_fdopen
#define _fileno ws2_fileno
#define _fseeki64 ws2_fseeko
#define _ftelli64 ws2_ftello
#define _popen ws2_popen
#define _pclose ws2_close_command
#define _unlink ws2_unlink
#define _tempnam tempnam
#define _vscprintf(format, arguments) ws2_vsnprintf_(NULL, 0, format, arguments)
#define _IOREAD 1
#define _IOWRT 2

/* The last argument of a variadic function passed on. */
#define WS2_VARIADIC(last, call) \
    {                            \
        int ws2_count;           \
        va_list arguments;       \
        va_start(arguments, last); \
        ws2_count = call;        \
        va_end(arguments);       \
        return ws2_count;        \
    }

/* No zero if the text fills the buffer; -1 if it does not fit, as Microsoft's older function has it. */
WS2_INLINE int _vsnprintf(char *place, size_t room, const char *format, va_list arguments)
{
    int count;
    va_list again;
    char *whole;
    va_copy(again, arguments);
    count = _vscprintf(format, again);
    va_end(again);
    if (count < 0 || place == NULL || room == 0)
        return place == NULL && room == 0 ? count : -1;
    if ((size_t)count < room)
        return ws2_vsnprintf_(place, room, format, arguments);
    whole = (char *)malloc(((size_t)count + 1) * sizeof(char));
    if (whole == NULL)
        return -1;
    ws2_vsnprintf_(whole, (size_t)count + 1, format, arguments);
    memcpy(place, whole, room * sizeof(char));
    free(whole);
    return (size_t)count == room ? count : -1;
}

WS2_INLINE int _vsnprintf_s(char *place, size_t room, size_t count, const char *format, va_list arguments)
{
    int length;
    va_list again;
    if (place == NULL || room == 0 || format == NULL) {
        ws2_refuse(place, room, EINVAL);
        return -1;
    }
    va_copy(again, arguments);
    length = _vscprintf(format, again);
    va_end(again);
    if (length >= 0 && (size_t)length < room && (count == _TRUNCATE || (size_t)length <= count))
        return ws2_vsnprintf_(place, room, format, arguments);
    if (count != _TRUNCATE && count >= room) {
        ws2_refuse(place, room, ERANGE);
        return -1;
    }
    /* Truncated, which is no error. */
    if (length >= 0) {
        _vsnprintf(place, room, format, arguments);
        place[count == _TRUNCATE || count >= room ? room - 1 : count] = 0;
    }
    return -1;
}

WS2_INLINE int vsprintf_s(char *place, size_t room, const char *format, va_list arguments)
{
    int length;
    va_list again;
    if (place == NULL || room == 0 || format == NULL) {
        ws2_refuse(place, room, EINVAL);
        return -1;
    }
    va_copy(again, arguments);
    length = _vscprintf(format, again);
    va_end(again);
    if (length >= 0 && (size_t)length < room)
        return ws2_vsnprintf_(place, room, format, arguments);
    ws2_refuse(place, room, ERANGE);
    return -1;
}

WS2_INLINE int _snprintf(char *place, size_t room, const char *format, ...)
WS2_VARIADIC(format, _vsnprintf(place, room, format, arguments))

WS2_INLINE int _snprintf_s(char *place, size_t room, size_t count, const char *format, ...)
WS2_VARIADIC(format, _vsnprintf_s(place, room, count, format, arguments))

WS2_INLINE int sprintf_s(char *place, size_t room, const char *format, ...)
WS2_VARIADIC(format, vsprintf_s(place, room, format, arguments))

WS2_INLINE int _scprintf(const char *format, ...)
WS2_VARIADIC(format, _vscprintf(format, arguments))

/* The length of the text in characters. */
WS2_INLINE int _vscwprintf(const wchar_t *format, va_list arguments)
{
    size_t room = 256;
    for (;; room *= 4) {
        int count;
        va_list again;
        wchar_t *place = (wchar_t *)malloc(room * sizeof(wchar_t));
        if (place == NULL)
            return -1;
        va_copy(again, arguments);
        count = ws2_vswprintf_(place, room, format, again);
        va_end(again);
        free(place);
        /* A text of this length would be a mistake in the format. */
        if (count >= 0 || room > 1 << 24)
            return count;
    }
}

/* No zero if the text fills the buffer; -1 if it does not fit, as Microsoft's older function has it. */
WS2_INLINE int _vsnwprintf(wchar_t *place, size_t room, const wchar_t *format, va_list arguments)
{
    int count;
    va_list again;
    wchar_t *whole;
    va_copy(again, arguments);
    count = _vscwprintf(format, again);
    va_end(again);
    if (count < 0 || place == NULL || room == 0)
        return place == NULL && room == 0 ? count : -1;
    if ((size_t)count < room)
        return ws2_vswprintf_(place, room, format, arguments);
    whole = (wchar_t *)malloc(((size_t)count + 1) * sizeof(wchar_t));
    if (whole == NULL)
        return -1;
    ws2_vswprintf_(whole, (size_t)count + 1, format, arguments);
    memcpy(place, whole, room * sizeof(wchar_t));
    free(whole);
    return (size_t)count == room ? count : -1;
}

WS2_INLINE int _vsnwprintf_s(wchar_t *place, size_t room, size_t count, const wchar_t *format, va_list arguments)
{
    int length;
    va_list again;
    if (place == NULL || room == 0 || format == NULL) {
        ws2_refuse_wide(place, room, EINVAL);
        return -1;
    }
    va_copy(again, arguments);
    length = _vscwprintf(format, again);
    va_end(again);
    if (length >= 0 && (size_t)length < room && (count == _TRUNCATE || (size_t)length <= count))
        return ws2_vswprintf_(place, room, format, arguments);
    if (count != _TRUNCATE && count >= room) {
        ws2_refuse_wide(place, room, ERANGE);
        return -1;
    }
    /* Truncated, which is no error. */
    if (length >= 0) {
        _vsnwprintf(place, room, format, arguments);
        place[count == _TRUNCATE || count >= room ? room - 1 : count] = 0;
    }
    return -1;
}

WS2_INLINE int vswprintf_s(wchar_t *place, size_t room, const wchar_t *format, va_list arguments)
{
    int length;
    va_list again;
    if (place == NULL || room == 0 || format == NULL) {
        ws2_refuse_wide(place, room, EINVAL);
        return -1;
    }
    va_copy(again, arguments);
    length = _vscwprintf(format, again);
    va_end(again);
    if (length >= 0 && (size_t)length < room)
        return ws2_vswprintf_(place, room, format, arguments);
    ws2_refuse_wide(place, room, ERANGE);
    return -1;
}

WS2_INLINE int _snwprintf(wchar_t *place, size_t room, const wchar_t *format, ...)
WS2_VARIADIC(format, _vsnwprintf(place, room, format, arguments))

WS2_INLINE int _snwprintf_s(wchar_t *place, size_t room, size_t count, const wchar_t *format, ...)
WS2_VARIADIC(format, _vsnwprintf_s(place, room, count, format, arguments))

WS2_INLINE int swprintf_s(wchar_t *place, size_t room, const wchar_t *format, ...)
WS2_VARIADIC(format, vswprintf_s(place, room, format, arguments))

WS2_INLINE int _scwprintf(const wchar_t *format, ...)
WS2_VARIADIC(format, _vscwprintf(format, arguments))

#define printf_s printf
#define fprintf_s fprintf
#define vprintf_s vprintf
#define vfprintf_s vfprintf
#define wprintf_s wprintf
#define fwprintf_s fwprintf
#define _fcloseall() 0
#define _flushall() fflush(NULL)
#define _fgetchar getchar
#define _fputchar putchar

WS2_INLINE int scanf_s(const char *format, ...) WS2_VARIADIC(format, vfscanf_s(stdin, format, arguments))
WS2_INLINE int fscanf_s(FILE *stream, const char *format, ...) WS2_VARIADIC(format, vfscanf_s(stream, format, arguments))
WS2_INLINE int sscanf_s(const char *string, const char *format, ...)
WS2_VARIADIC(format, vsscanf_s(string, format, arguments))

/* A line without its end. One that does not fit is read to its end and refused. */
WS2_INLINE char *gets_s(char *place, size_t room)
{
    size_t length = 0;
    int unit = EOF;
    if (place == NULL || room == 0) {
        ws2_refuse(place, room, EINVAL);
        return NULL;
    }
    while ((unit = getchar()) != EOF && unit != '\n') {
        if (length + 1 < room)
            place[length] = (char)unit;
        length++;
    }
    if (unit == EOF && length == 0) {
        *place = 0;
        return NULL;
    }
    if (length >= room) {
        ws2_refuse(place, room, ERANGE);
        return NULL;
    }
    place[length] = 0;
    return place;
}

/* The command's exit code, and not Linux' status; 3 for one that a signal ended, as Windows' abort. */
WS2_INLINE int ws2_close_command(FILE *stream)
{
    int status;
    if (stream == NULL)
        return ws2_invalid_parameter(EINVAL), -1;
    status = ws2_pclose(stream);
    return status < 0 || (status & 0x7f) == 0 ? status >> 8 : 3;
}

WS2_INLINE errno_t fopen_s(FILE **stream, const char *path, const char *mode)
{
    if (stream == NULL || path == NULL || mode == NULL)
        return ws2_invalid_parameter(EINVAL);
    *stream = ws2_fopen(path, mode);
    return *stream != NULL ? 0 : errno;
}

WS2_INLINE errno_t freopen_s(FILE **stream, const char *path, const char *mode, FILE *old)
{
    if (stream == NULL || path == NULL || mode == NULL || old == NULL)
        return ws2_invalid_parameter(EINVAL);
    *stream = freopen(path, mode, old);
    return *stream != NULL ? 0 : errno;
}

#define _SH_COMPAT 0x00
#define _SH_DENYRW 0x10
#define _SH_DENYWR 0x20
#define _SH_DENYRD 0x30
#define _SH_DENYNO 0x40
#define _fsopen(path, mode, sharing) ((void)(sharing), ws2_fopen(path, mode))

WS2_INLINE size_t fread_s(void *place, size_t room, size_t size, size_t count, FILE *stream)
{
    if (size == 0 || count == 0)
        return 0;
    if (place == NULL || stream == NULL || count > room / size) {
        if (place != NULL)
            memset(place, 0, room);
        ws2_invalid_parameter(place == NULL || stream == NULL ? EINVAL : ERANGE);
        return 0;
    }
    return fread(place, size, count, stream);
}

WS2_INLINE errno_t tmpfile_s(FILE **stream)
{
    if (stream == NULL)
        return ws2_invalid_parameter(EINVAL);
    return (*stream = tmpfile()) != NULL ? 0 : errno;
}

/* The text as bytes of UTF-8, so that narrow output may go to the same stream. */
WS2_INLINE int ws2_put_wide(FILE *stream, const wchar_t *format, ...)
WS2_VARIADIC(format, ws2_vfwprintf_(stream, format, arguments))
#define _putws(text) ws2_put_wide(stdout, L"%ls\n", text)

/* A wide name as UTF-8. */
WS2_INLINE FILE *_wfopen(const wchar_t *path, const wchar_t *mode)
{
    char narrow[1024], how[16];
    size_t i, at = 0;
    for (i = 0; path[i] != 0; i++) {
        unsigned long unit = (unsigned long)path[i];
        if (sizeof(wchar_t) == 2 && unit >= 0xd800 && unit < 0xdc00 && path[i + 1] != 0)
            unit = 0x10000 + ((unit & 0x3ff) << 10) + ((unsigned long)path[++i] & 0x3ff);
        if (at + 5 > sizeof narrow) {
            errno = ENAMETOOLONG;
            return NULL;
        }
        if (unit < 0x80)
            narrow[at++] = (char)unit;
        else if (unit < 0x800)
            narrow[at++] = (char)(0xc0 | unit >> 6), narrow[at++] = (char)(0x80 | (unit & 0x3f));
        else if (unit < 0x10000)
            narrow[at++] = (char)(0xe0 | unit >> 12), narrow[at++] = (char)(0x80 | (unit >> 6 & 0x3f)),
            narrow[at++] = (char)(0x80 | (unit & 0x3f));
        else
            narrow[at++] = (char)(0xf0 | unit >> 18), narrow[at++] = (char)(0x80 | (unit >> 12 & 0x3f)),
            narrow[at++] = (char)(0x80 | (unit >> 6 & 0x3f)), narrow[at++] = (char)(0x80 | (unit & 0x3f));
    }
    narrow[at] = 0;
    for (i = 0; i + 1 < sizeof how && mode[i] != 0; i++)
        how[i] = (char)mode[i];
    how[i] = 0;
    return ws2_fopen(narrow, how);
}

WS2_INLINE errno_t _wfopen_s(FILE **stream, const wchar_t *path, const wchar_t *mode)
{
    if (stream == NULL || path == NULL || mode == NULL)
        return ws2_invalid_parameter(EINVAL);
    *stream = _wfopen(path, mode);
    return *stream != NULL ? 0 : errno;
}

#ifdef __cplusplus
}
#endif

#endif
