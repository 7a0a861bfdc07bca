/* Arguments for entry points that take wide characters or one command line. The compiler driver includes it behind a
 * source that has such an entry point, with a main that calls it. */
#ifndef WS2_ENTRY_H
#define WS2_ENTRY_H
#pragma GCC system_header

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The next character of UTF-8; a byte that is none stands for itself, as Linux allows any byte in an argument. */
static inline unsigned long ws2_next_character(const unsigned char **at)
{
    unsigned long first = *(*at)++;
    int more = first < 0xc2 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : 0;
    unsigned long character = more == 0 ? first : first & (0x3fu >> more);
    const unsigned char *next = *at;
    int i;
    for (i = 0; i < more; i++) {
        if ((next[i] & 0xc0) != 0x80)
            return first;
        character = character << 6 | (next[i] & 0x3f);
    }
    *at += more;
    return character;
}

static inline wchar_t *ws2_wide_string(const char *narrow)
{
    const unsigned char *at = (const unsigned char *)narrow;
    wchar_t *wide = (wchar_t *)malloc((strlen(narrow) + 1) * sizeof(wchar_t));
    wchar_t *end = wide;
    if (wide == NULL)
        abort();
    while (*at != 0) {
        unsigned long character = ws2_next_character(&at);
        if (sizeof(wchar_t) == 2 && character > 0xffff) {
            *end++ = (wchar_t)(0xd800 + ((character - 0x10000) >> 10));
            character = 0xdc00 + ((character - 0x10000) & 0x3ff);
        }
        *end++ = (wchar_t)character;
    }
    *end = 0;
    return wide;
}

/* Copies that live as long as the program. */
static inline wchar_t **ws2_wide_strings(char **narrow)
{
    size_t count = 0, i;
    wchar_t **wide;
    while (narrow[count] != NULL)
        count++;
    wide = (wchar_t **)calloc(count + 1, sizeof(wchar_t *));
    if (wide == NULL)
        abort();
    for (i = 0; i < count; i++)
        wide[i] = ws2_wide_string(narrow[i]);
    return wide;
}

/* The arguments without the program's name, joined by spaces, as WinMain gets them. */
static inline char *ws2_command_line(char **arguments)
{
    size_t length = 1, i;
    char *line;
    for (i = 1; arguments[0] != NULL && arguments[i] != NULL; i++)
        length += strlen(arguments[i]) + 1;
    line = (char *)calloc(length, 1);
    if (line == NULL)
        abort();
    for (i = 1; arguments[0] != NULL && arguments[i] != NULL; i++) {
        if (i > 1)
            strcat(line, " ");
        strcat(line, arguments[i]);
    }
    return line;
}

static inline wchar_t *ws2_wide_command_line(char **arguments)
{
    return ws2_wide_string(ws2_command_line(arguments));
}

#endif
