// One list of arguments serves for several calls.
//
// rule: a call works on a copy of its va_list, so a program counts its text and then prints it with the same list.
// source: https://learn.microsoft.com/cpp/c-runtime-library/reference/vscprintf-vscprintf-l-vscwprintf-vscwprintf-l
// expect: counted 12, printed 12: x=42 y=seven
// expect: cut -1, then 12: x=42 y=seven
// expect: wide 12: 12
// expect: x=42 y=seven
// expect: x=42 y=seven
#include "case.h"
#include <stdarg.h>
#include <stdlib.h>

static void twice(const char *format, const wchar_t *wide_format, ...)
{
    char text[64];
    wchar_t wide[64];
    va_list arguments;
    int counted, printed;
    va_start(arguments, wide_format);
    counted = _vscprintf(format, arguments);
    printed = vsprintf(text, format, arguments);
    printf("counted %d, printed %d: %s\n", counted, printed, text);
    counted = _vsnprintf(text, 8, format, arguments);
    printed = _vsnprintf(text, sizeof text, format, arguments);
    printf("cut %d, then %d: %s\n", counted, printed, text);
    counted = _vscwprintf(wide_format, arguments);
    printf("wide %d: %d\n", counted, _vsnwprintf(wide, 64, wide_format, arguments));
    vprintf(format, arguments);
    puts("");
    vfprintf(stdout, format, arguments);
    puts("");
    va_end(arguments);
}

int main(void)
{
    twice("x=%d y=%s", L"x=%d y=%hs", 42, "seven");
    return 0;
}
