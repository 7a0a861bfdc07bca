/* The terminal as a console. */
#ifndef _WINCON_
#define _WINCON_
#pragma GCC system_header

#include <winnt.h>

#define STD_INPUT_HANDLE ((DWORD)-10)
#define STD_OUTPUT_HANDLE ((DWORD)-11)
#define STD_ERROR_HANDLE ((DWORD)-12)
#define CTRL_C_EVENT 0
#define CTRL_BREAK_EVENT 1
#define CTRL_CLOSE_EVENT 2
#define CTRL_LOGOFF_EVENT 5
#define CTRL_SHUTDOWN_EVENT 6
#define ENABLE_PROCESSED_INPUT 0x0001
#define ENABLE_LINE_INPUT 0x0002
#define ENABLE_ECHO_INPUT 0x0004
#define ENABLE_WINDOW_INPUT 0x0008
#define ENABLE_MOUSE_INPUT 0x0010
#define ENABLE_INSERT_MODE 0x0020
#define ENABLE_QUICK_EDIT_MODE 0x0040
#define ENABLE_EXTENDED_FLAGS 0x0080
#define ENABLE_VIRTUAL_TERMINAL_INPUT 0x0200
#define ENABLE_PROCESSED_OUTPUT 0x0001
#define ENABLE_WRAP_AT_EOL_OUTPUT 0x0002
#define ENABLE_VIRTUAL_TERMINAL_PROCESSING 0x0004
#define DISABLE_NEWLINE_AUTO_RETURN 0x0008
#define FOREGROUND_BLUE 0x0001
#define FOREGROUND_GREEN 0x0002
#define FOREGROUND_RED 0x0004
#define FOREGROUND_INTENSITY 0x0008
#define BACKGROUND_BLUE 0x0010
#define BACKGROUND_GREEN 0x0020
#define BACKGROUND_RED 0x0040
#define BACKGROUND_INTENSITY 0x0080
#define COMMON_LVB_REVERSE_VIDEO 0x4000
#define COMMON_LVB_UNDERSCORE 0x8000
typedef struct _COORD {
    SHORT X, Y;
} COORD, *PCOORD;
typedef struct _SMALL_RECT {
    SHORT Left, Top, Right, Bottom;
} SMALL_RECT, *PSMALL_RECT;
typedef struct _CONSOLE_SCREEN_BUFFER_INFO {
    COORD dwSize, dwCursorPosition;
    WORD wAttributes;
    SMALL_RECT srWindow;
    COORD dwMaximumWindowSize;
} CONSOLE_SCREEN_BUFFER_INFO, *PCONSOLE_SCREEN_BUFFER_INFO;
typedef struct _CONSOLE_CURSOR_INFO {
    DWORD dwSize;
    BOOL bVisible;
} CONSOLE_CURSOR_INFO, *PCONSOLE_CURSOR_INFO;
/* Of the events there are those of keys. */
typedef struct _KEY_EVENT_RECORD {
    BOOL bKeyDown;
    WORD wRepeatCount, wVirtualKeyCode, wVirtualScanCode;
    union {
        WCHAR UnicodeChar;
        CHAR AsciiChar;
    } uChar;
    DWORD dwControlKeyState;
} KEY_EVENT_RECORD, *PKEY_EVENT_RECORD;
typedef struct _MOUSE_EVENT_RECORD {
    COORD dwMousePosition;
    DWORD dwButtonState, dwControlKeyState, dwEventFlags;
} MOUSE_EVENT_RECORD, *PMOUSE_EVENT_RECORD;
typedef struct _WINDOW_BUFFER_SIZE_RECORD {
    COORD dwSize;
} WINDOW_BUFFER_SIZE_RECORD, *PWINDOW_BUFFER_SIZE_RECORD;
typedef struct _MENU_EVENT_RECORD {
    UINT dwCommandId;
} MENU_EVENT_RECORD, *PMENU_EVENT_RECORD;
typedef struct _FOCUS_EVENT_RECORD {
    BOOL bSetFocus;
} FOCUS_EVENT_RECORD, *PFOCUS_EVENT_RECORD;
typedef struct _INPUT_RECORD {
    WORD EventType;
    union {
        KEY_EVENT_RECORD KeyEvent;
        MOUSE_EVENT_RECORD MouseEvent;
        WINDOW_BUFFER_SIZE_RECORD WindowBufferSizeEvent;
        MENU_EVENT_RECORD MenuEvent;
        FOCUS_EVENT_RECORD FocusEvent;
    } Event;
} INPUT_RECORD, *PINPUT_RECORD;
typedef BOOL(WINAPI *PHANDLER_ROUTINE)(DWORD CtrlType);

WS2_BEGIN_C
HANDLE WINAPI GetStdHandle(DWORD nStdHandle) WS2_SYMBOL(GetStdHandle);
BOOL WINAPI SetStdHandle(DWORD nStdHandle, HANDLE hHandle) WS2_SYMBOL(SetStdHandle);
BOOL WINAPI SetConsoleCtrlHandler(PHANDLER_ROUTINE HandlerRoutine, BOOL Add) WS2_SYMBOL(SetConsoleCtrlHandler);
BOOL WINAPI GenerateConsoleCtrlEvent(DWORD dwCtrlEvent, DWORD dwProcessGroupId) WS2_SYMBOL(GenerateConsoleCtrlEvent);
BOOL WINAPI GetConsoleMode(HANDLE hConsoleHandle, LPDWORD lpMode) WS2_SYMBOL(GetConsoleMode);
BOOL WINAPI SetConsoleMode(HANDLE hConsoleHandle, DWORD dwMode) WS2_SYMBOL(SetConsoleMode);
BOOL WINAPI GetConsoleScreenBufferInfo(HANDLE hConsoleOutput, PCONSOLE_SCREEN_BUFFER_INFO lpConsoleScreenBufferInfo)
    WS2_SYMBOL(GetConsoleScreenBufferInfo);
BOOL WINAPI SetConsoleTextAttribute(HANDLE hConsoleOutput, WORD wAttributes) WS2_SYMBOL(SetConsoleTextAttribute);
BOOL WINAPI SetConsoleCursorPosition(HANDLE hConsoleOutput, COORD dwCursorPosition)
    WS2_SYMBOL(SetConsoleCursorPosition);
BOOL WINAPI GetConsoleCursorInfo(HANDLE hConsoleOutput, PCONSOLE_CURSOR_INFO lpConsoleCursorInfo)
    WS2_SYMBOL(GetConsoleCursorInfo);
BOOL WINAPI SetConsoleCursorInfo(HANDLE hConsoleOutput, const CONSOLE_CURSOR_INFO *lpConsoleCursorInfo)
    WS2_SYMBOL(SetConsoleCursorInfo);
BOOL WINAPI WriteConsoleA(HANDLE hConsoleOutput, const void *lpBuffer, DWORD nNumberOfCharsToWrite,
    LPDWORD lpNumberOfCharsWritten, LPVOID lpReserved) WS2_SYMBOL(WriteConsoleA);
BOOL WINAPI WriteConsoleW(HANDLE hConsoleOutput, const void *lpBuffer, DWORD nNumberOfCharsToWrite,
    LPDWORD lpNumberOfCharsWritten, LPVOID lpReserved) WS2_SYMBOL_W(WriteConsoleW);
BOOL WINAPI ReadConsoleA(HANDLE hConsoleInput, LPVOID lpBuffer, DWORD nNumberOfCharsToRead,
    LPDWORD lpNumberOfCharsRead, LPVOID pInputControl) WS2_SYMBOL(ReadConsoleA);
BOOL WINAPI ReadConsoleW(HANDLE hConsoleInput, LPVOID lpBuffer, DWORD nNumberOfCharsToRead,
    LPDWORD lpNumberOfCharsRead, LPVOID pInputControl) WS2_SYMBOL_W(ReadConsoleW);
BOOL WINAPI FillConsoleOutputCharacterA(HANDLE hConsoleOutput, CHAR cCharacter, DWORD nLength, COORD dwWriteCoord,
    LPDWORD lpNumberOfCharsWritten) WS2_SYMBOL(FillConsoleOutputCharacterA);
BOOL WINAPI FillConsoleOutputCharacterW(HANDLE hConsoleOutput, WCHAR cCharacter, DWORD nLength, COORD dwWriteCoord,
    LPDWORD lpNumberOfCharsWritten) WS2_SYMBOL_W(FillConsoleOutputCharacterW);
BOOL WINAPI SetConsoleTitleA(LPCSTR lpConsoleTitle) WS2_SYMBOL(SetConsoleTitleA);
BOOL WINAPI SetConsoleTitleW(LPCWSTR lpConsoleTitle) WS2_SYMBOL_W(SetConsoleTitleW);
DWORD WINAPI GetConsoleTitleA(LPSTR lpConsoleTitle, DWORD nSize) WS2_SYMBOL(GetConsoleTitleA);
DWORD WINAPI GetConsoleTitleW(LPWSTR lpConsoleTitle, DWORD nSize) WS2_SYMBOL_W(GetConsoleTitleW);
BOOL WINAPI Beep(DWORD dwFreq, DWORD dwDuration) WS2_SYMBOL(Beep);
BOOL WINAPI FlushConsoleInputBuffer(HANDLE hConsoleInput) WS2_SYMBOL(FlushConsoleInputBuffer);
BOOL WINAPI GetNumberOfConsoleInputEvents(HANDLE hConsoleInput, LPDWORD lpcNumberOfEvents)
    WS2_SYMBOL(GetNumberOfConsoleInputEvents);
/* A record has a WCHAR also where the text is narrow. */
BOOL WINAPI ReadConsoleInputA(HANDLE hConsoleInput, PINPUT_RECORD lpBuffer, DWORD nLength,
    LPDWORD lpNumberOfEventsRead) WS2_SYMBOL_W(ReadConsoleInputA);
BOOL WINAPI ReadConsoleInputW(HANDLE hConsoleInput, PINPUT_RECORD lpBuffer, DWORD nLength,
    LPDWORD lpNumberOfEventsRead) WS2_SYMBOL_W(ReadConsoleInputW);
BOOL WINAPI PeekConsoleInputA(HANDLE hConsoleInput, PINPUT_RECORD lpBuffer, DWORD nLength,
    LPDWORD lpNumberOfEventsRead) WS2_SYMBOL_W(PeekConsoleInputA);
BOOL WINAPI PeekConsoleInputW(HANDLE hConsoleInput, PINPUT_RECORD lpBuffer, DWORD nLength,
    LPDWORD lpNumberOfEventsRead) WS2_SYMBOL_W(PeekConsoleInputW);
BOOL WINAPI WriteConsoleOutputCharacterA(HANDLE hConsoleOutput, LPCSTR lpCharacter, DWORD nLength, COORD dwWriteCoord,
    LPDWORD lpNumberOfCharsWritten) WS2_SYMBOL(WriteConsoleOutputCharacterA);
BOOL WINAPI WriteConsoleOutputCharacterW(HANDLE hConsoleOutput, LPCWSTR lpCharacter, DWORD nLength,
    COORD dwWriteCoord, LPDWORD lpNumberOfCharsWritten) WS2_SYMBOL_W(WriteConsoleOutputCharacterW);

/* What is on a terminal's screen keeps its colours, and its size is its owner's. */
static __inline BOOL FillConsoleOutputAttribute(HANDLE hConsoleOutput, WORD wAttribute, DWORD nLength,
    COORD dwWriteCoord, LPDWORD lpNumberOfAttrsWritten)
{
    CONSOLE_SCREEN_BUFFER_INFO info;
    (void)wAttribute, (void)dwWriteCoord;
    if (!GetConsoleScreenBufferInfo(hConsoleOutput, &info))
        return FALSE;
    if (lpNumberOfAttrsWritten != NULL)
        *lpNumberOfAttrsWritten = nLength;
    return TRUE;
}

static __inline BOOL SetConsoleScreenBufferSize(HANDLE hConsoleOutput, COORD dwSize)
{
    CONSOLE_SCREEN_BUFFER_INFO info;
    (void)dwSize;
    return GetConsoleScreenBufferInfo(hConsoleOutput, &info);
}

static __inline BOOL SetConsoleWindowInfo(HANDLE hConsoleOutput, BOOL bAbsolute, const SMALL_RECT *lpConsoleWindow)
{
    CONSOLE_SCREEN_BUFFER_INFO info;
    (void)bAbsolute, (void)lpConsoleWindow;
    return GetConsoleScreenBufferInfo(hConsoleOutput, &info);
}

static __inline COORD GetLargestConsoleWindowSize(HANDLE hConsoleOutput)
{
    CONSOLE_SCREEN_BUFFER_INFO info;
    COORD none = {0, 0};
    return GetConsoleScreenBufferInfo(hConsoleOutput, &info) ? info.dwMaximumWindowSize : none;
}

/* The terminal speaks UTF-8, which is what every code page of the console is here. */
static __inline UINT GetConsoleOutputCP(void)
{
    return 65001;
}

static __inline UINT GetConsoleCP(void)
{
    return 65001;
}

static __inline BOOL SetConsoleOutputCP(UINT wCodePageID)
{
    return wCodePageID != 0;
}

static __inline BOOL SetConsoleCP(UINT wCodePageID)
{
    return wCodePageID != 0;
}

/* A process has its terminal or none; there is nothing to let go or to make. */
static __inline BOOL FreeConsole(void)
{
    return TRUE;
}

/* A terminal's window is not the program's. */
static __inline HWND GetConsoleWindow(void)
{
    return NULL;
}

static __inline BOOL AllocConsole(void)
{
    SetLastError(5);
    return FALSE;
}
WS2_END_C

#ifdef UNICODE
#define WriteConsole WriteConsoleW
#define ReadConsole ReadConsoleW
#define FillConsoleOutputCharacter FillConsoleOutputCharacterW
#define WriteConsoleOutputCharacter WriteConsoleOutputCharacterW
#define ReadConsoleInput ReadConsoleInputW
#define PeekConsoleInput PeekConsoleInputW
#define SetConsoleTitle SetConsoleTitleW
#define GetConsoleTitle GetConsoleTitleW
#else
#define WriteConsole WriteConsoleA
#define ReadConsole ReadConsoleA
#define FillConsoleOutputCharacter FillConsoleOutputCharacterA
#define WriteConsoleOutputCharacter WriteConsoleOutputCharacterA
#define ReadConsoleInput ReadConsoleInputA
#define PeekConsoleInput PeekConsoleInputA
#define SetConsoleTitle SetConsoleTitleA
#define GetConsoleTitle GetConsoleTitleA
#endif

#define ALTNUMPAD_BIT 0x04000000
#define ATTACH_PARENT_PROCESS 0xffffffffu
#define CAPSLOCK_ON 128
#define COMMON_LVB_GRID_HORIZONTAL 0x00000400
#define COMMON_LVB_GRID_LVERTICAL 0x00000800
#define COMMON_LVB_GRID_RVERTICAL 0x00001000
#define COMMON_LVB_LEADING_BYTE 0x00000100
#define COMMON_LVB_SBCSDBCS 768
#define COMMON_LVB_TRAILING_BYTE 0x00000200
#define CONSOLE_FULLSCREEN 1
#define CONSOLE_FULLSCREEN_HARDWARE 2
#define CONSOLE_FULLSCREEN_MODE 1
#define CONSOLE_MOUSE_DOWN 8
#define CONSOLE_MOUSE_SELECTION 4
#define CONSOLE_NO_SELECTION 0
#define CONSOLE_REAL_INPUT_HANDLE (-3)
#define CONSOLE_REAL_OUTPUT_HANDLE (-2)
#define CONSOLE_SELECTION_IN_PROGRESS 1
#define CONSOLE_SELECTION_NOT_EMPTY 2
#define CONSOLE_TEXTMODE_BUFFER 1
#define CONSOLE_WINDOWED_MODE 2
#define DOUBLE_CLICK 2
#define ENABLE_AUTO_POSITION 0x00000100
#define ENABLE_LVB_GRID_WORLDWIDE 16
#define ENHANCED_KEY 0x00000100
#define FOCUS_EVENT 16
#define FROM_LEFT_1ST_BUTTON_PRESSED 1
#define FROM_LEFT_2ND_BUTTON_PRESSED 4
#define FROM_LEFT_3RD_BUTTON_PRESSED 8
#define FROM_LEFT_4TH_BUTTON_PRESSED 16
#define HISTORY_NO_DUP_FLAG 1
#define KEY_EVENT 1
#define LEFT_ALT_PRESSED 2
#define LEFT_CTRL_PRESSED 8
#define MENU_EVENT 8
#define MOUSE_EVENT 2
#define MOUSE_HWHEELED 8
#define MOUSE_MOVED 1
#define MOUSE_WHEELED 4
#define NLS_ALPHANUMERIC 0
#define NLS_DBCSCHAR 0x00010000
#define NLS_HIRAGANA 0x00040000
#define NLS_IME_CONVERSION 0x00800000
#define NLS_IME_DISABLE 0x20000000
#define NLS_KATAKANA 0x00020000
#define NLS_ROMAN 0x00400000
#define NUMLOCK_ON 32
#define RIGHTMOST_BUTTON_PRESSED 2
#define RIGHT_ALT_PRESSED 1
#define RIGHT_CTRL_PRESSED 4
#define SCROLLLOCK_ON 64
#define SHIFT_PRESSED 16
#define WINDOW_BUFFER_SIZE_EVENT 4

#endif
