// Console functions on a pipe in the place of the terminal.
//
// rule: what is no console fails with ERROR_INVALID_HANDLE; WriteFile and the C library write to it all the same.
// source: https://learn.microsoft.com/windows/console/getconsolemode, return value; of ShowWindow: wine 8.0
// expect: type 3
// expect: mode 0 6
// expect: set mode 0 6
// expect: buffer 0 6
// expect: attribute 0 6
// expect: cursor 0 6
// expect: position 0 6
// expect: fill 0 6
// expect: bad handle 0 6
// expect: no such standard handle 1 6
// expect: window 0 1400
// expect: WriteFile 1 6
#include "case.h"

static void tell(const char *what, BOOL good)
{
    printf("%s %d %u\n", what, good != 0, good ? 0 : (unsigned)GetLastError());
    SetLastError(0);
}

int main(void)
{
    HANDLE reading, writing;
    CONSOLE_SCREEN_BUFFER_INFO buffer;
    CONSOLE_CURSOR_INFO cursor = {1, TRUE};
    COORD corner = {0, 0};
    DWORD mode, count = 0;
    must(CreatePipe(&reading, &writing, NULL, 0), "CreatePipe");
    printf("type %u\n", (unsigned)GetFileType(writing));
    tell("mode", GetConsoleMode(writing, &mode));
    tell("set mode", SetConsoleMode(writing, 7));
    tell("buffer", GetConsoleScreenBufferInfo(writing, &buffer));
    tell("attribute", SetConsoleTextAttribute(writing, FOREGROUND_RED));
    tell("cursor", SetConsoleCursorInfo(writing, &cursor));
    tell("position", SetConsoleCursorPosition(writing, corner));
    tell("fill", FillConsoleOutputCharacterA(writing, ' ', 10, corner, &count));
    tell("bad handle", GetConsoleMode((HANDLE)(ULONG_PTR)0x1234, &mode));
    printf("no such standard handle %d", GetStdHandle(77) == INVALID_HANDLE_VALUE);
    printf(" %u\n", (unsigned)GetLastError());
    tell("window", ShowWindow(NULL, SW_HIDE));
    must(WriteFile(writing, "hello\n", 6, &count, NULL), "WriteFile");
    printf("WriteFile 1 %u\n", (unsigned)count);
    return 0;
}
