// Variables, the program's own name, and folders, by buffers that fit and that do not.
//
// rule: a buffer that is too small gets the room that is needed, with the zero; one that fits the length without it.
// source: https://learn.microsoft.com/windows/win32/api/processenv/nf-processenv-getenvironmentvariablea, return value
// expect: missing 0 203
// expect: set 1 fits 5 value
// expect: too small 6
// expect: empty 0 0
// expect: removed 1 0 203
// expect: C sees value
// expect: C sets other
// expect: own name 1 cut 4 122
// expect: own module 1 1
// expect: folder 1 needs 1
// expect: temporary 1
// expect: full path 1 1
// expect: no such folder 0 2
// expect: command line 1
#include "case.h"

int main(void)
{
    char text[MAX_PATH], small[4], *part;
    DWORD length, needed;
    SetLastError(0);
    length = GetEnvironmentVariableA("WS2_NOT_THERE", text, sizeof text);
    printf("missing %u %u\n", (unsigned)length, (unsigned)GetLastError());
    printf("set %d", SetEnvironmentVariableA("WS2_CASE", "value"));
    length = GetEnvironmentVariableA("WS2_CASE", text, sizeof text);
    printf(" fits %u %s\n", (unsigned)length, text);
    printf("too small %u\n", (unsigned)GetEnvironmentVariableA("WS2_CASE", text, 5));
    SetEnvironmentVariableA("WS2_EMPTY", "");
    SetLastError(0);
    length = GetEnvironmentVariableA("WS2_EMPTY", text, sizeof text);
    printf("empty %u %u\n", (unsigned)length, (unsigned)GetLastError());
    printf("removed %d", SetEnvironmentVariableA("WS2_EMPTY", NULL));
    length = GetEnvironmentVariableA("WS2_EMPTY", text, sizeof text);
    printf(" %u %u\n", (unsigned)length, (unsigned)GetLastError());
    _putenv("WS2_CASE=value");
    printf("C sees %s\n", getenv("WS2_CASE"));
    _putenv_s("WS2_CASE", "other");
    GetEnvironmentVariableA("WS2_CASE", text, sizeof text);
    printf("C sets %s\n", text);
    length = GetModuleFileNameA(NULL, text, sizeof text);
    printf("own name %d", length > 0 && length == strlen(text));
    SetLastError(0);
    length = GetModuleFileNameA(NULL, small, sizeof small);
    printf(" cut %u %u\n", (unsigned)length, (unsigned)GetLastError());
    printf("own module %d %d\n", GetModuleHandleA(NULL) != NULL, GetModuleHandleA(NULL) == GetModuleHandleW(NULL));
    length = GetCurrentDirectoryA(sizeof text, text);
    needed = GetCurrentDirectoryA(1, small);
    printf("folder %d needs %d\n", length == strlen(text), needed == length + 1);
    length = GetTempPathA(sizeof text, text);
    printf("temporary %d\n", length > 1 && (text[length - 1] == '\\' || text[length - 1] == '/'));
    length = GetFullPathNameA("x.txt", sizeof text, text, &part);
    printf("full path %d %d\n", length == strlen(text), strcmp(part, "x.txt") == 0);
    printf("no such folder %d", SetCurrentDirectoryA("no-such-folder-here"));
    printf(" %u\n", (unsigned)GetLastError());
    printf("command line %d\n", GetCommandLineA()[0] != 0);
    return 0;
}
