// FormatMessage: insertions, widths, buffers that are too small.
//
// rule: %n takes the nth argument, with a printf format between exclamation marks; too small a buffer is
// ERROR_INSUFFICIENT_BUFFER, and an unknown message ERROR_MR_MID_NOT_FOUND.
// source: https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-formatmessagea, return value and remarks
// expect: inserted 12 [b a 007 0x1f]
// expect: ignored 5 %1 %2
// expect: escapes [%. !	x]
// expect: allocated 5 hello
// expect: too small 0 122
// expect: unknown 0 317
// expect: width [one two]
// expect: wide 3 x-y
// expect: system 1 1
#include "case.h"

static DWORD from_string(const char *source, DWORD flags, char *place, DWORD room, ...)
{
    va_list arguments;
    DWORD length;
    va_start(arguments, room);
    length = FormatMessageA(FORMAT_MESSAGE_FROM_STRING | flags, source, 0, 0, place, room, &arguments);
    va_end(arguments);
    return length;
}

int main(void)
{
    char text[128], *made = NULL;
    wchar_t wide[16];
    DWORD_PTR pair[2];
    DWORD length;
    length = from_string("%2 %1 %3!03d! 0x%4!x!", 0, text, sizeof text, "a", "b", 7, 0x1f);
    printf("inserted %u [%s]\n", (unsigned)length, text);
    length = from_string("%1 %2", FORMAT_MESSAGE_IGNORE_INSERTS, text, sizeof text);
    printf("ignored %u %s\n", (unsigned)length, text);
    from_string("%%%. %!%tx%0 gone", 0, text, sizeof text);
    printf("escapes [%s]\n", text);
    length = from_string("%1", FORMAT_MESSAGE_ALLOCATE_BUFFER, (char *)&made, 0, "hello");
    printf("allocated %u %s\n", (unsigned)length, made);
    LocalFree(made);
    length = from_string("%1", 0, text, 3, "hello");
    printf("too small %u %u\n", (unsigned)length, (unsigned)GetLastError());
    length = FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM, NULL, 0x2fff1234, 0, text, sizeof text, NULL);
    printf("unknown %u %u\n", (unsigned)length, (unsigned)GetLastError());
    from_string("one\r\ntwo", FORMAT_MESSAGE_MAX_WIDTH_MASK, text, sizeof text);
    printf("width [%s]\n", text);
    pair[0] = (DWORD_PTR)L"x";
    pair[1] = (DWORD_PTR)L"y";
    length = FormatMessageW(FORMAT_MESSAGE_FROM_STRING | FORMAT_MESSAGE_ARGUMENT_ARRAY, L"%1-%2", 0, 0, wide, 16,
                            (va_list *)pair);
    printf("wide %u %ls\n", (unsigned)length, wide);
    length = FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, 10061, 0, text, sizeof text,
                            NULL);
    printf("system %d %d\n", length > 10, length > 2 && strcmp(text + length - 2, "\r\n") == 0);
    return 0;
}
