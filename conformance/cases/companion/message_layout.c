// FormatMessage on strings of the program: widths, line breaks, escapes left alone, and what is no text.
//
// rule: a width breaks a line that is as long as it, at its last blanks; every break of the text becomes a whole one, or a blank where there is a width; an empty message is ERROR_NO_WORK_DONE.
// source: https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-formatmessage, dlls/kernel32/tests/format_msg.c
// expect: 13 [a short line/r/nof words]
// expect: 12 [a short/r/nline  of/r/nwords]
// expect: 5 [a/r/nshort/r/n/r/nline/r/nof/r/nwords/r/n]
// expect: 0 [one/r/ntwo/r/n/r/nthree]
// expect: 255 [one two  three]
// expect: ignore [%1 % %! /r/n/t]
// expect: lone 0 87
// expect: empty 0 235
// expect: no room 0 122
// expect: no buffer 0 122 wide 0 87 allocated 0 8
// expect: pointer null 0 87 1
#include "case.h"

static void show(const char *name, DWORD flags, const char *text)
{
    char out[128];
    const char *at;
    DWORD length = FormatMessageA(FORMAT_MESSAGE_FROM_STRING | flags, text, 0, 0, out, sizeof out, NULL);
    must(length == strlen(out), "FormatMessage");
    printf("%s [", name);
    for (at = out; *at != 0; at++) {
        if (*at == '\r' || *at == '\n' || *at == '\t')
            printf("/%c", *at == '\r' ? 'r' : *at == '\n' ? 'n' : 't');
        else
            putchar(*at);
    }
    printf("]\n");
}

static void fail(const char *name, const char *text, char *out, DWORD room)
{
    DWORD length;
    SetLastError(0);
    length = FormatMessageA(FORMAT_MESSAGE_FROM_STRING, text, 0, 0, out, room, NULL);
    printf("%s %d %d", name, (int)length, (int)GetLastError());
}

int main(void)
{
    char out[16], *made = out;
    DWORD length;
    show("13", 13, "a short line of words");
    show("12", 12, "a short line  of words");
    show("5", 5, "a short  line of words");
    show("0", 0, "one\ntwo\r\n\rthree");
    show("255", FORMAT_MESSAGE_MAX_WIDTH_MASK, "one\ntwo\r\n\rthree");
    show("ignore", FORMAT_MESSAGE_IGNORE_INSERTS, "%1 % %! %n%t");
    fail("lone", "100%", out, sizeof out), printf("\n");
    fail("empty", "", out, sizeof out), printf("\n");
    fail("no room", "text", out, 4), printf("\n");
    fail("no buffer", "text", NULL, 0);
    SetLastError(0);
    length = FormatMessageW(FORMAT_MESSAGE_FROM_STRING, L"text", 0, 0, NULL, 0, NULL);
    printf(" wide %d %d", (int)length, (int)GetLastError());
    length = FormatMessageA(FORMAT_MESSAGE_FROM_STRING | FORMAT_MESSAGE_ALLOCATE_BUFFER, "text", 0, 0, NULL, 0, NULL);
    printf(" allocated %d %d\n", (int)length, (int)GetLastError());
    length = FormatMessageA(FORMAT_MESSAGE_ALLOCATE_BUFFER, "text", 0, 0, (char *)&made, 0, NULL);
    printf("pointer null %d %d %d\n", (int)length, (int)GetLastError(), made == NULL);
    return 0;
}
