/* printf and scanf_s with Microsoft's formats, over the C library's.
 *
 * In C because functions with a variable number of arguments cannot be written in Rust; stdio.rs exports them.
 *
 * A format is rewritten only where it means something else to Microsoft's C library:
 *   %I64d %I32d %Id     widths in Microsoft's spelling
 *   %ld %lu %lx         long has 32 bits there, and so has the DWORD that programs pass
 *   %ws %S %hs %C       wide or narrow text, whatever the function
 *   %s in wprintf       wide text, where the C standard says narrow
 *   %p                  sixteen digits in capitals
 * Wide characters are written as UTF-8, whatever the locale, and wprintf may follow printf on the same stream. */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

enum { SHORT_FORMAT = 512 };

/* A format that the C library reads as Microsoft's reads the given one. */
struct format {
    const char *text;
    int has_wide_text;
    char place[SHORT_FORMAT];
    char *memory;
};

/* Reads a size prefix. 'q' is 64 bits, 'i' 32 bits, 'z' the width of a pointer, 'l' long or wide, 'w' wide, 'h' short or
 * narrow, 'H' two of those, 'L' long double, 'j' and 't' as in the standard, 0 none. */
static char size_prefix(const char **at)
{
    const char *p = *at;
    char size = *p;
    switch (*p) {
    case 'I':
        if (p[1] == '6' && p[2] == '4')
            size = 'q', p += 3;
        else if (p[1] == '3' && p[2] == '2')
            size = 'i', p += 3;
        else
            size = 'z', p++;
        break;
    case 'l':
        p++;
        if (*p == 'l')
            size = 'q', p++;
        break;
    case 'h':
        p++;
        if (*p == 'h')
            size = 'H', p++;
        break;
    case 'w': case 'L': case 'j': case 't': case 'z':
        p++;
        break;
    default:
        size = 0;
    }
    *at = p;
    return size;
}

static char *add(char *out, const char *text)
{
    size_t length = strlen(text);
    memcpy(out, text, length);
    return out + length;
}

/* Writes the end of a conversion: size and letter. */
static char *end_of_conversion(char *out, char size, char letter, int has_precision, struct format *format, int wide)
{
    char text[2] = {letter, 0};
    switch (letter) {
    case 'd': case 'i': case 'u': case 'x': case 'X': case 'o':
        out = add(out, size == 'q' ? "ll" : size == 'z' ? "z" : size == 'j' ? "j" : size == 't' ? "t" :
                  size == 'h' ? "h" : size == 'H' ? "hh" : "");
        return add(out, text);
    case 's': case 'c': case 'S': case 'C': {
        int opposite = letter == 'S' || letter == 'C';
        int is_wide = size == 'l' || size == 'w' ? 1 : size == 'h' ? 0 : opposite ? !wide : wide;
        format->has_wide_text |= is_wide;
        text[0] = letter == 'S' || letter == 's' ? 's' : 'c';
        return add(add(out, is_wide ? "l" : ""), text);
    }
    case 'p':
        return add(out, has_precision ? "llX" : ".16llX");
    default:
        return add(add(out, size == 'L' ? "L" : ""), text);
    }
}

static int differs(const char *text, int wide)
{
    if (wide)
        return strchr(text, '%') != NULL;
    for (const char *p = strchr(text, '%'); p != NULL; p = strchr(p, '%')) {
        p++;
        if (*p == '%') {
            p++;
            continue;
        }
        p += strspn(p, "-+ #0123456789.*");
        if (*p != 0 && strchr("IlwhSCp", *p) != NULL)
            return 1;
    }
    return 0;
}

/* Prepares a format. 0, or -1 without memory. */
static int prepare(struct format *format, const char *text, int wide)
{
    format->text = text;
    format->memory = NULL;
    format->has_wide_text = 0;
    if (!differs(text, wide))
        return 0;
    /* A conversion grows by at most five letters, and has at least two. */
    size_t room = strlen(text) * 4 + 1;
    char *out = format->place;
    if (room > sizeof format->place && (out = format->memory = malloc(room)) == NULL)
        return -1;
    format->text = out;
    for (const char *p = text; *p != 0;) {
        if (*p != '%' || p[1] == '%') {
            if (*p == '%')
                *out++ = *p++;
            *out++ = *p++;
            continue;
        }
        size_t flags = 1 + strspn(p + 1, "-+ #0123456789.*");
        int has_precision = memchr(p, '.', flags) != NULL;
        memcpy(out, p, flags);
        out += flags;
        p += flags;
        char size = size_prefix(&p);
        if (*p == 0)
            break;
        out = end_of_conversion(out, size, *p++, has_precision, format, wide);
    }
    *out = 0;
    return 0;
}

/* The locale in which wide characters are UTF-8; made once. */
static locale_t utf8(void)
{
    static locale_t made;
    locale_t now = __atomic_load_n(&made, __ATOMIC_ACQUIRE);
    if (now == 0) {
        now = newlocale(LC_CTYPE_MASK, "C.UTF-8", 0);
        locale_t none = 0;
        if (now != 0 && !__atomic_compare_exchange_n(&made, &none, now, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
            freelocale(now);
            now = none;
        }
    }
    return now;
}

static locale_t enter(const struct format *format)
{
    locale_t wanted = format->has_wide_text ? utf8() : 0;
    return wanted != 0 ? uselocale(wanted) : 0;
}

static void leave(struct format *format, locale_t before)
{
    if (before != 0)
        uselocale(before);
    free(format->memory);
}

/* A va_list is a pointer on Windows: after a call the caller's still stands at its beginning, and programs count their text
 * and then print it with the same one. So every call here works on a copy. */
int ws2c_vfprintf(FILE *stream, const char *text, va_list arguments)
{
    struct format format;
    if (prepare(&format, text, 0) != 0)
        return -1;
    locale_t before = enter(&format);
    va_list own;
    va_copy(own, arguments);
    int count = vfprintf(stream, format.text, own);
    va_end(own);
    leave(&format, before);
    return count;
}

static int print_into(char *place, size_t room, const char *text, int wide, va_list arguments)
{
    struct format format;
    if (prepare(&format, text, wide) != 0)
        return -1;
    locale_t before = enter(&format);
    va_list own;
    va_copy(own, arguments);
    int count = vsnprintf(place, room, format.text, own);
    va_end(own);
    leave(&format, before);
    return count;
}

int ws2c_vsnprintf(char *place, size_t room, const char *text, va_list arguments)
{
    return print_into(place, room, text, 0, arguments);
}

int ws2c_vsprintf(char *place, const char *text, va_list arguments)
{
    return print_into(place, INT_MAX, text, 0, arguments);
}

/* A wide format as UTF-8, to be freed. */
static char *narrow_format(const wchar_t *text)
{
    char *out = malloc(wcslen(text) * 4 + 1), *at = out;
    if (out == NULL)
        return NULL;
    for (; *text != 0; text++) {
        uint32_t c = (uint32_t)*text;
        if (c < 0x80)
            *at++ = (char)c;
        else if (c < 0x800)
            *at++ = (char)(0xc0 | c >> 6), *at++ = (char)(0x80 | (c & 0x3f));
        else if (c < 0x10000)
            *at++ = (char)(0xe0 | c >> 12), *at++ = (char)(0x80 | (c >> 6 & 0x3f)), *at++ = (char)(0x80 | (c & 0x3f));
        else
            *at++ = (char)(0xf0 | c >> 18), *at++ = (char)(0x80 | (c >> 12 & 0x3f)),
                *at++ = (char)(0x80 | (c >> 6 & 0x3f)), *at++ = (char)(0x80 | (c & 0x3f));
    }
    *at = 0;
    return out;
}

/* The text of a wide format and its arguments as UTF-8, to be freed; its length in bytes, or -1. */
static char *print_wide(const wchar_t *text, va_list arguments, int *count)
{
    char *out = NULL, *format = narrow_format(text);
    *count = format == NULL ? -1 : print_into(NULL, 0, format, 1, arguments);
    if (*count >= 0 && (out = malloc((size_t)*count + 1)) != NULL)
        *count = print_into(out, (size_t)*count + 1, format, 1, arguments);
    else
        *count = -1;
    free(format);
    return out;
}

/* Decodes UTF-8 that print_wide made; the number of characters, of which at most `room` are stored. */
static size_t widen(const char *text, wchar_t *place, size_t room)
{
    const unsigned char *p = (const unsigned char *)text;
    size_t count = 0;
    while (*p != 0) {
        uint32_t c = *p++;
        int more = c < 0x80 ? 0 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
        if (more > 0)
            c &= 0x3f >> more;
        for (; more > 0 && (*p & 0xc0) == 0x80; more--)
            c = c << 6 | (*p++ & 0x3f);
        if (count < room)
            place[count] = (wchar_t)c;
        count++;
    }
    return count;
}

int ws2c_vfwprintf(FILE *stream, const wchar_t *text, va_list arguments)
{
    int count;
    char *out = print_wide(text, arguments, &count);
    if (count >= 0) {
        size_t written = fwrite(out, 1, (size_t)count, stream);
        count = written == (size_t)count ? (int)widen(out, NULL, 0) : -1;
    }
    free(out);
    return count;
}

/* The number of characters; -1 if they and the zero do not fit: then as many as fit were stored, and a zero. */
int ws2c_vswprintf(wchar_t *place, size_t room, const wchar_t *text, va_list arguments)
{
    int count;
    char *out = print_wide(text, arguments, &count);
    if (count >= 0) {
        size_t length = widen(out, place, room > 0 ? room - 1 : 0);
        if (room > 0)
            place[length < room ? length : room - 1] = 0;
        count = length < room ? (int)length : -1;
    }
    free(out);
    return count;
}

/* Arguments that scanf_s takes at most; formats in real programs have a few. */
enum { MOST_TARGETS = 32 };

/* Text that scanf_s stores: the C library allocates it, so that its length can be compared with the room. */
struct target {
    void *pointer;
    unsigned room;
    int is_checked;
    char *scanned;
};

/* One conversion of scanf_s: copies it to `out`, and takes its arguments. NULL for more arguments than there is room. */
static char *scan_conversion(const char **from, char *out, struct target *targets, int *count, va_list *in)
{
    const char *p = *from + 1;
    char number[24];
    int suppressed = *p == '*';
    *out++ = '%';
    if (suppressed)
        *out++ = *p++;
    const char *width = p;
    p += strspn(p, "0123456789");
    size_t width_length = (size_t)(p - width);
    char size = size_prefix(&p);
    char letter = *p++;
    int is_text = letter == 's' || letter == 'S' || letter == '[';
    int is_characters = letter == 'c' || letter == 'C';
    struct target target = {0};
    if (!suppressed) {
        if (*count == MOST_TARGETS)
            return NULL;
        target.pointer = va_arg(*in, void *);
        if (is_text || is_characters)
            target.room = va_arg(*in, unsigned);
    }
    target.is_checked = !suppressed && is_text && size != 'l' && size != 'w' && letter != 'S';
    if (target.is_checked) {
        /* One more than fits, so that what does not fit is seen. */
        unsigned long wanted = width_length > 0 ? strtoul(width, NULL, 10) : ULONG_MAX;
        unsigned long most = target.room > 0 ? target.room : 1;
        snprintf(number, sizeof number, "%lum", wanted < most ? wanted : most);
        out = add(out, number);
    } else {
        memcpy(out, width, width_length);
        out += width_length;
        out = add(out, size == 'q' ? "ll" : size == 'z' ? "z" : size == 'h' && !is_text && !is_characters ? "h" :
                  size == 'H' ? "hh" : size == 'L' ? "L" : size == 'l' || size == 'w' ? "l" : "");
    }
    *out++ = letter;
    if (letter == '[') {
        size_t length = 0;
        length += p[length] == '^';
        length += p[length] == ']';
        length += strcspn(p + length, "]");
        length += p[length] == ']';
        memcpy(out, p, length);
        out += length;
        p += length;
    }
    if (!suppressed)
        targets[(*count)++] = target;
    *from = p;
    return out;
}

static int scan(FILE *stream, const char *string, const char *text, va_list arguments)
{
    struct target targets[MOST_TARGETS];
    void *at[MOST_TARGETS] = {NULL};
    int count = 0;
    char *format = malloc(strlen(text) * 16 + 1), *out = format;
    va_list in;
    va_copy(in, arguments);
    for (const char *p = text; out != NULL && *p != 0;) {
        if (*p != '%' || p[1] == '%') {
            if (*p == '%')
                *out++ = *p++;
            *out++ = *p++;
            continue;
        }
        out = scan_conversion(&p, out, targets, &count, &in);
    }
    va_end(in);
    if (out == NULL) {
        free(format);
        errno = EINVAL;
        return EOF;
    }
    *out = 0;
    for (int i = 0; i < count; i++)
        at[i] = targets[i].is_checked ? (void *)&targets[i].scanned : targets[i].pointer;
#define EIGHT(n) at[n], at[n + 1], at[n + 2], at[n + 3], at[n + 4], at[n + 5], at[n + 6], at[n + 7]
    int stored = stream != NULL ? fscanf(stream, format, EIGHT(0), EIGHT(8), EIGHT(16), EIGHT(24))
                                : sscanf(string, format, EIGHT(0), EIGHT(8), EIGHT(16), EIGHT(24));
    free(format);
    for (int i = 0; i < count; i++) {
        char *scanned = targets[i].scanned;
        if (scanned == NULL)
            continue;
        if (strlen(scanned) < targets[i].room) {
            strcpy(targets[i].pointer, scanned);
        } else {
            /* Too small: it is emptied, and what follows does not count. */
            if (targets[i].room > 0)
                *(char *)targets[i].pointer = 0;
            stored = stored > i ? i : stored;
        }
        free(scanned);
    }
    return stored;
}

int ws2c_vfscanf_s(FILE *stream, const char *text, va_list arguments)
{
    return scan(stream, NULL, text, arguments);
}

int ws2c_vsscanf_s(const char *string, const char *text, va_list arguments)
{
    return scan(NULL, string, text, arguments);
}

#define VARIADIC(last, call)                 \
    {                                        \
        va_list arguments;                   \
        va_start(arguments, last);           \
        int count = call;                    \
        va_end(arguments);                   \
        return count;                        \
    }

int ws2c_printf(const char *f, ...) VARIADIC(f, ws2c_vfprintf(stdout, f, arguments))
int ws2c_fprintf(FILE *s, const char *f, ...) VARIADIC(f, ws2c_vfprintf(s, f, arguments))
int ws2c_sprintf(char *p, const char *f, ...) VARIADIC(f, ws2c_vsprintf(p, f, arguments))
int ws2c_snprintf(char *p, size_t n, const char *f, ...) VARIADIC(f, ws2c_vsnprintf(p, n, f, arguments))
int ws2c_vprintf(const char *f, va_list arguments) { return ws2c_vfprintf(stdout, f, arguments); }
int ws2c_wprintf(const wchar_t *f, ...) VARIADIC(f, ws2c_vfwprintf(stdout, f, arguments))
int ws2c_fwprintf(FILE *s, const wchar_t *f, ...) VARIADIC(f, ws2c_vfwprintf(s, f, arguments))
int ws2c_swprintf(wchar_t *p, size_t n, const wchar_t *f, ...) VARIADIC(f, ws2c_vswprintf(p, n, f, arguments))
int ws2c_vwprintf(const wchar_t *f, va_list arguments) { return ws2c_vfwprintf(stdout, f, arguments); }

static int print_narrow(FILE *stream, const wchar_t *format, ...) VARIADIC(format, ws2c_vfwprintf(stream, format, arguments))

/* Wide text to streams that are narrow, as everything else here writes them. */
int ws2c_fputws(const wchar_t *string, FILE *stream)
{
    return print_narrow(stream, L"%ls", string) < 0 ? -1 : 0;
}

wint_t ws2c_fputwc(wchar_t character, FILE *stream)
{
    const wchar_t string[2] = {character, 0};
    if (character == 0)
        return fputc(0, stream) == EOF ? WEOF : 0;
    return ws2c_fputws(string, stream) < 0 ? WEOF : (wint_t)character;
}

wint_t ws2c_putwchar(wchar_t character)
{
    return ws2c_fputwc(character, stdout);
}

/* A byte that stdin has read from the system and given to nobody, or -1. */
int ws2c_read_ahead(int take)
{
    flockfile(stdin);
    int byte = stdin->_IO_read_ptr < stdin->_IO_read_end ? (unsigned char)*stdin->_IO_read_ptr : -1;
    if (byte >= 0 && take)
        getc_unlocked(stdin);
    funlockfile(stdin);
    return byte;
}
