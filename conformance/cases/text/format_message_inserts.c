// Arguments filled into message strings.
//
// rule: inserts take printf formats and are numbered; %n breaks a line for good, and a message that lacks its arguments
//       is ERROR_INVALID_PARAMETER.
// source: https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-formatmessage, Remarks and Examples
// expect: array   Bi Bob   Bill
// expect: list 10054 0x2746 WSAECONNRESET
// expect: width a b
// expect: ignored %1!d!
// expect: system 87
// expect: cut off
#include "case.h"
#include <stdarg.h>

static void format(const char *what, DWORD flags, const char *text, va_list *arguments)
{
    char room[128];
    DWORD length = FormatMessageA(FORMAT_MESSAGE_FROM_STRING | flags, text, 0, 0, room, sizeof room, arguments);
    must(length == strlen(room), "length");
    printf("%s %s\n", what, room);
}

static void format_list(const char *what, const char *text, ...)
{
    va_list arguments;
    va_start(arguments, text);
    format(what, 0, text, &arguments);
    va_end(arguments);
}

int main(void)
{
    static const char bill[] = "Bill", bob[] = "Bob";
    DWORD_PTR array[] = {4, 2, (DWORD_PTR)bill, (DWORD_PTR)bob, 6, (DWORD_PTR)bill};
    char room[64];
    format("array", FORMAT_MESSAGE_ARGUMENT_ARRAY, "%1!*.*s! %4 %5!*s!", (va_list *)(void *)array);
    format_list("list", "%1!d! %2!#x! %3", 10054, 0x2746, "WSAECONNRESET");
    format("width", FORMAT_MESSAGE_MAX_WIDTH_MASK, "a\r\nb", NULL);
    format("ignored", FORMAT_MESSAGE_IGNORE_INSERTS, "%1!d!", NULL);
    SetLastError(0);
    must(FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM, NULL, 317, 0, room, sizeof room, NULL) == 0, "no arguments");
    printf("system %d\n", (int)GetLastError());
    format("cut", 0, "off%0 and more", NULL);
    return 0;
}
