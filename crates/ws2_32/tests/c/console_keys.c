/* Keys of a terminal as events: this program is its own terminal. The columns are those that Windows gives for the keys. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <string.h>

static int keyboard;

static void type(const char *keys)
{
    struct termios now;
    tcgetattr(0, &now);
    now.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
    tcsetattr(0, TCSANOW, &now);
    if (write(keyboard, keys, strlen(keys)) < 0)
        puts("no keyboard");
    Sleep(20);
}

static void show(const char *what, const INPUT_RECORD *record)
{
    const KEY_EVENT_RECORD *key = &record->Event.KeyEvent;
    printf("%s %d down %d times %d key %02x letter %x state %x\n", what, record->EventType, key->bKeyDown,
           key->wRepeatCount, key->wVirtualKeyCode, (unsigned)key->uChar.UnicodeChar, (unsigned)key->dwControlKeyState);
}

int main(void)
{
    INPUT_RECORD records[8];
    HANDLE input;
    DWORD count = 77, waiting = 0, i;
    CONSOLE_SCREEN_BUFFER_INFO screen;
    COORD place = {2, 1};
    int terminal;
    keyboard = posix_openpt(O_RDWR | O_NOCTTY);
    if (keyboard < 0 || grantpt(keyboard) != 0 || unlockpt(keyboard) != 0)
        return 1;
    terminal = open(ptsname(keyboard), O_RDWR | O_NOCTTY);
    dup2(terminal, 0);
    input = GetStdHandle(STD_INPUT_HANDLE);

    printf("nothing %d", PeekConsoleInputA(input, records, 8, &count));
    printf(" %u\n", (unsigned)count);
    type("a\x1b[A");
    GetNumberOfConsoleInputEvents(input, &waiting);
    printf("waiting %d\n", waiting > 0);
    printf("peek %d", PeekConsoleInputA(input, records, 1, &count));
    printf(" %u\n", (unsigned)count);
    GetNumberOfConsoleInputEvents(input, &waiting);
    printf("events %u\n", (unsigned)waiting);
    printf("read %d", ReadConsoleInputA(input, records, 8, &count));
    printf(" %u\n", (unsigned)count);
    for (i = 0; i < count; i++)
        show("event", &records[i]);
    type("\xc3\xa9\x03");
    ReadConsoleInputW(input, records, 2, &count);
    show("wide", &records[0]);
    ReadConsoleInputW(input, records, 1, &count);
    show("wide", &records[0]);
    printf("flush %d", FlushConsoleInputBuffer(input));
    PeekConsoleInputW(input, records, 8, &count);
    printf(" %u\n", (unsigned)count);
    input = CreateFileA("NUL", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    printf("no console %d", ReadConsoleInputA(input, records, 8, &count));
    printf(" %u\n", (unsigned)GetLastError());
    printf("screen %d", GetConsoleScreenBufferInfo(input, &screen));
    printf(" put %d", WriteConsoleOutputCharacterA(input, "x", 1, place, &count));
    printf(" fill %d\n", FillConsoleOutputAttribute(input, 7, 1, place, &count));
    return 0;
}
