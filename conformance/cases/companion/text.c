// Text between code pages and wide characters.
//
// rule: lengths count the zero where it is asked for; what does not fit or is no text has its documented error.
// source: https://learn.microsoft.com/windows/win32/api/stringapiset/nf-stringapiset-multibytetowidechar, return value
// expect: room 5
// expect: written 5 62 00fc
// expect: without zero 4
// expect: too small 0 122
// expect: invalid 0 1113
// expect: page 0 87
// expect: dos 0000fc
// expect: latin 0020ac
// expect: back 5 62 c3 bc
// expect: back to 1252 fc
// expect: default ? used 1
// expect: CharUpper ABC1
// expect: lstrlen 3 lstrcmpi 0
// expect: names 1 1
// expect: computer name 0 111
// expect: variable value 5
// expect: variable missing 0 203
// expect: expanded [value]
// expect: date 2000-02-29 2
// expect: no date 87
#include "case.h"

int main(void)
{
    wchar_t wide[16];
    char text[64];
    BOOL used = FALSE;
    DWORD room;
    SYSTEMTIME date;
    FILETIME time;
    int count;
    printf("room %d\n", MultiByteToWideChar(CP_UTF8, 0, "b\xc3\xbc" "ck", -1, NULL, 0));
    count = MultiByteToWideChar(CP_UTF8, 0, "b\xc3\xbc" "ck", -1, wide, 16);
    printf("written %d %x %04x\n", count, (unsigned)wide[0], (unsigned)wide[1]);
    printf("without zero %d\n", MultiByteToWideChar(CP_UTF8, 0, "b\xc3\xbc" "ck", 5, wide, 16));
    count = MultiByteToWideChar(CP_UTF8, 0, "b\xc3\xbc" "ck", -1, wide, 2);
    printf("too small %d %u\n", count, (unsigned)GetLastError());
    count = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, "a\xff", -1, wide, 16);
    printf("invalid %d %u\n", count, (unsigned)GetLastError());
    count = MultiByteToWideChar(12345, 0, "a", -1, wide, 16);
    printf("page %d %u\n", count, (unsigned)GetLastError());
    MultiByteToWideChar(437, 0, "\x81", 1, wide, 16);
    printf("dos %06x\n", (unsigned)wide[0]);
    MultiByteToWideChar(1252, 0, "\x80", 1, wide, 16);
    printf("latin %06x\n", (unsigned)wide[0]);
    count = WideCharToMultiByte(CP_UTF8, 0, L"b\x00fc" L"k", -1, text, sizeof text, NULL, NULL);
    printf("back %d %x %x %x\n", count, (unsigned char)text[0], (unsigned char)text[1], (unsigned char)text[2]);
    WideCharToMultiByte(1252, 0, L"\x00fc", 1, text, sizeof text, NULL, NULL);
    printf("back to 1252 %x\n", (unsigned char)text[0]);
    WideCharToMultiByte(1252, 0, L"\x4e2d", 1, text, sizeof text, NULL, &used);
    printf("default %c used %d\n", text[0], used);
    strcpy(text, "aBc1");
    printf("CharUpper %s\n", CharUpperA(text));
    printf("lstrlen %d lstrcmpi %d\n", lstrlenA("abc"), lstrcmpiA("ABC", "abc"));
    room = sizeof text;
    count = GetComputerNameA(text, &room);
    printf("names %d %d\n", count, room == strlen(text));
    room = 1;
    count = GetComputerNameA(text, &room);
    printf("computer name %d %u\n", count, (unsigned)GetLastError());
    SetEnvironmentVariableA("COMPANION", "value");
    count = (int)GetEnvironmentVariableA("companion", text, sizeof text);
    printf("variable %s %d\n", text, count);
    count = (int)GetEnvironmentVariableA("NO_SUCH_COMPANION", text, sizeof text);
    printf("variable missing %d %u\n", count, (unsigned)GetLastError());
    ExpandEnvironmentStringsA("[%companion%]", text, sizeof text);
    printf("expanded %s\n", text);
    time.dwLowDateTime = 0x2a5ae000;
    time.dwHighDateTime = 0x01bf8287;
    memset(&date, 0, sizeof date);
    date.wYear = 2000;
    date.wMonth = 2;
    date.wDay = 29;
    SystemTimeToFileTime(&date, &time);
    FileTimeToSystemTime(&time, &date);
    printf("date %d-%02d-%d %d\n", date.wYear, date.wMonth, date.wDay, date.wDayOfWeek);
    date.wDay = 31;
    SystemTimeToFileTime(&date, &time);
    printf("no date %u\n", (unsigned)GetLastError());
    return 0;
}
