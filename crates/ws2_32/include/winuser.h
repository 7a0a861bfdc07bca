/* Messages to the user. Windows and their messages are declared and not there: a program that needs them does not link. */
#ifndef _WINUSER_
#define _WINUSER_
#pragma GCC system_header

#include <wincon.h>
#include <winnt.h>

#define MB_OK 0x00000000
#define MB_OKCANCEL 0x00000001
#define MB_ABORTRETRYIGNORE 0x00000002
#define MB_YESNOCANCEL 0x00000003
#define MB_YESNO 0x00000004
#define MB_RETRYCANCEL 0x00000005
#define MB_CANCELTRYCONTINUE 0x00000006
#define MB_ICONHAND 0x00000010
#define MB_ICONQUESTION 0x00000020
#define MB_ICONEXCLAMATION 0x00000030
#define MB_ICONASTERISK 0x00000040
#define MB_ICONWARNING MB_ICONEXCLAMATION
#define MB_ICONERROR MB_ICONHAND
#define MB_ICONINFORMATION MB_ICONASTERISK
#define MB_ICONSTOP MB_ICONHAND
#define MB_DEFBUTTON1 0x00000000
#define MB_DEFBUTTON2 0x00000100
#define MB_DEFBUTTON3 0x00000200
#define MB_DEFBUTTON4 0x00000300
#define MB_APPLMODAL 0x00000000
#define MB_SYSTEMMODAL 0x00001000
#define MB_TASKMODAL 0x00002000
#define MB_HELP 0x00004000
#define MB_SETFOREGROUND 0x00010000
#define MB_TOPMOST 0x00040000
#define MB_SERVICE_NOTIFICATION 0x00200000
#define IDOK 1
#define IDCANCEL 2
#define IDABORT 3
#define IDRETRY 4
#define IDIGNORE 5
#define IDYES 6
#define IDNO 7
#define IDTRYAGAIN 10
#define IDCONTINUE 11
#define WM_NULL 0x0000
#define WM_CREATE 0x0001
#define WM_DESTROY 0x0002
#define WM_SIZE 0x0005
#define WM_PAINT 0x000f
#define WM_CLOSE 0x0010
#define WM_QUIT 0x0012
#define WM_COPYDATA 0x004A
#define WM_COMMAND 0x0111
#define WM_TIMER 0x0113
#define WM_USER 0x0400
#define WM_APP 0x8000
#define PM_NOREMOVE 0x0000
#define PM_REMOVE 0x0001
#define CS_VREDRAW 0x0001
#define CS_HREDRAW 0x0002
#define WS_OVERLAPPED 0x00000000
#define WS_OVERLAPPEDWINDOW 0x00cf0000
#define WS_VISIBLE 0x10000000
#define WS_CHILD 0x40000000
#define WS_POPUP 0x80000000
#define CW_USEDEFAULT ((int)0x80000000)
#define SW_HIDE 0
#define SW_SHOWNORMAL 1
#define SW_NORMAL 1
#define SW_SHOWMINIMIZED 2
#define SW_SHOWMAXIMIZED 3
#define SW_MAXIMIZE 3
#define SW_SHOWNOACTIVATE 4
#define SW_SHOW 5
#define SW_MINIMIZE 6
#define SW_SHOWMINNOACTIVE 7
#define SW_SHOWNA 8
#define SW_RESTORE 9
#define SW_SHOWDEFAULT 10
#define SW_FORCEMINIMIZE 11
#define HWND_MESSAGE ((HWND)-3)
#define QS_ALLINPUT 0x04ff
#define WHITE_BRUSH 0
#define COLOR_WINDOW 5
#define VK_LBUTTON 0x01
#define VK_RBUTTON 0x02
#define VK_CANCEL 0x03
#define VK_MBUTTON 0x04
#define VK_BACK 0x08
#define VK_TAB 0x09
#define VK_CLEAR 0x0c
#define VK_RETURN 0x0d
#define VK_SHIFT 0x10
#define VK_CONTROL 0x11
#define VK_MENU 0x12
#define VK_PAUSE 0x13
#define VK_CAPITAL 0x14
#define VK_ESCAPE 0x1b
#define VK_SPACE 0x20
#define VK_PRIOR 0x21
#define VK_NEXT 0x22
#define VK_END 0x23
#define VK_HOME 0x24
#define VK_LEFT 0x25
#define VK_UP 0x26
#define VK_RIGHT 0x27
#define VK_DOWN 0x28
#define VK_SNAPSHOT 0x2c
#define VK_INSERT 0x2d
#define VK_DELETE 0x2e
#define VK_LWIN 0x5b
#define VK_RWIN 0x5c
#define VK_NUMPAD0 0x60
#define VK_NUMPAD1 0x61
#define VK_NUMPAD2 0x62
#define VK_NUMPAD3 0x63
#define VK_NUMPAD4 0x64
#define VK_NUMPAD5 0x65
#define VK_NUMPAD6 0x66
#define VK_NUMPAD7 0x67
#define VK_NUMPAD8 0x68
#define VK_NUMPAD9 0x69
#define VK_MULTIPLY 0x6a
#define VK_ADD 0x6b
#define VK_SEPARATOR 0x6c
#define VK_SUBTRACT 0x6d
#define VK_DECIMAL 0x6e
#define VK_DIVIDE 0x6f
#define VK_F1 0x70
#define VK_F2 0x71
#define VK_F3 0x72
#define VK_F4 0x73
#define VK_F5 0x74
#define VK_F6 0x75
#define VK_F7 0x76
#define VK_F8 0x77
#define VK_F9 0x78
#define VK_F10 0x79
#define VK_F11 0x7a
#define VK_F12 0x7b
#define VK_NUMLOCK 0x90
#define VK_SCROLL 0x91
#define VK_LSHIFT 0xa0
#define VK_RSHIFT 0xa1
#define VK_LCONTROL 0xa2
#define VK_RCONTROL 0xa3
#define VK_LMENU 0xa4
#define VK_RMENU 0xa5
#define MAKEINTRESOURCEA(i) ((LPSTR)((ULONG_PTR)((WORD)(i))))
#define MAKEINTRESOURCEW(i) ((LPWSTR)((ULONG_PTR)((WORD)(i))))
#define IDI_APPLICATION MAKEINTRESOURCEA(32512)
#define IDC_ARROW MAKEINTRESOURCEA(32512)
typedef LRESULT(CALLBACK *WNDPROC)(HWND, UINT, WPARAM, LPARAM);
typedef void(CALLBACK *TIMERPROC)(HWND, UINT, UINT_PTR, DWORD);
typedef struct tagMSG {
    HWND hwnd;
    UINT message;
    WPARAM wParam;
    LPARAM lParam;
    DWORD time;
    POINT pt;
} MSG, *PMSG, *LPMSG;
typedef struct tagWNDCLASSA {
    UINT style;
    WNDPROC lpfnWndProc;
    int cbClsExtra, cbWndExtra;
    HINSTANCE hInstance;
    HICON hIcon;
    HCURSOR hCursor;
    HBRUSH hbrBackground;
    const CHAR *lpszMenuName, *lpszClassName;
} WNDCLASSA, *PWNDCLASSA, *LPWNDCLASSA;
typedef struct tagWNDCLASSEXA {
    UINT cbSize, style;
    WNDPROC lpfnWndProc;
    int cbClsExtra, cbWndExtra;
    HINSTANCE hInstance;
    HICON hIcon;
    HCURSOR hCursor;
    HBRUSH hbrBackground;
    const CHAR *lpszMenuName, *lpszClassName;
    HICON hIconSm;
} WNDCLASSEXA, *PWNDCLASSEXA, *LPWNDCLASSEXA;
typedef struct tagWNDCLASSW {
    UINT style;
    WNDPROC lpfnWndProc;
    int cbClsExtra, cbWndExtra;
    HINSTANCE hInstance;
    HICON hIcon;
    HCURSOR hCursor;
    HBRUSH hbrBackground;
    const WCHAR *lpszMenuName, *lpszClassName;
} WNDCLASSW, *PWNDCLASSW, *LPWNDCLASSW;
typedef struct tagWNDCLASSEXW {
    UINT cbSize, style;
    WNDPROC lpfnWndProc;
    int cbClsExtra, cbWndExtra;
    HINSTANCE hInstance;
    HICON hIcon;
    HCURSOR hCursor;
    HBRUSH hbrBackground;
    const WCHAR *lpszMenuName, *lpszClassName;
    HICON hIconSm;
} WNDCLASSEXW, *PWNDCLASSEXW, *LPWNDCLASSEXW;
#ifdef UNICODE
typedef WNDCLASSW WNDCLASS, *PWNDCLASS, *LPWNDCLASS;
#else
typedef WNDCLASSA WNDCLASS, *PWNDCLASS, *LPWNDCLASS;
#endif
#ifdef UNICODE
typedef WNDCLASSEXW WNDCLASSEX;
#else
typedef WNDCLASSEXA WNDCLASSEX;
#endif

typedef struct tagCOPYDATASTRUCT {
    ULONG_PTR dwData;
    DWORD cbData;
    PVOID lpData;
} COPYDATASTRUCT, *PCOPYDATASTRUCT;

WS2_BEGIN_C
int WINAPI MessageBoxA(HWND hWnd, LPCSTR lpText, LPCSTR lpCaption, UINT uType) WS2_SYMBOL(MessageBoxA);
int WINAPI MessageBoxW(HWND hWnd, LPCWSTR lpText, LPCWSTR lpCaption, UINT uType) WS2_SYMBOL_W(MessageBoxW);
LPSTR WINAPI CharUpperA(LPSTR lpsz) WS2_SYMBOL(CharUpperA);
LPWSTR WINAPI CharUpperW(LPWSTR lpsz) WS2_SYMBOL_W(CharUpperW);
LPSTR WINAPI CharLowerA(LPSTR lpsz) WS2_SYMBOL(CharLowerA);
LPWSTR WINAPI CharLowerW(LPWSTR lpsz) WS2_SYMBOL_W(CharLowerW);
DWORD WINAPI CharUpperBuffA(LPSTR lpsz, DWORD cchLength) WS2_SYMBOL(CharUpperBuffA);
DWORD WINAPI CharUpperBuffW(LPWSTR lpsz, DWORD cchLength) WS2_SYMBOL_W(CharUpperBuffW);
DWORD WINAPI CharLowerBuffA(LPSTR lpsz, DWORD cchLength) WS2_SYMBOL(CharLowerBuffA);
DWORD WINAPI CharLowerBuffW(LPWSTR lpsz, DWORD cchLength) WS2_SYMBOL_W(CharLowerBuffW);
static __inline BOOL MessageBeep(UINT uType)
{
    (void)uType;
    return Beep(800, 1);
}

/* Narrow text has one code page here, whatever Windows calls it. */
static __inline BOOL CharToOemA(LPCSTR pSrc, LPSTR pDst)
{
    memmove(pDst, pSrc, strlen(pSrc) + 1);
    return TRUE;
}
#define OemToCharA CharToOemA
#define CharToOem CharToOemA
#define OemToChar CharToOemA

/* At most 1024 characters with the zero, as Windows has it. */
static __inline int WINAPIV wsprintfA(LPSTR place, LPCSTR format, ...)
WS2_VARIADIC(format, (ws2_count = _vsnprintf_s(place, 1024, _TRUNCATE, format, arguments)) < 0 ? 1023 : ws2_count)

static __inline int WINAPIV wsprintfW(LPWSTR place, LPCWSTR format, ...)
WS2_VARIADIC(format, (ws2_count = _vsnwprintf_s(place, 1024, _TRUNCATE, format, arguments)) < 0 ? 1023 : ws2_count)

static __inline int wvsprintfA(LPSTR place, LPCSTR format, va_list arguments)
{
    int count = _vsnprintf_s(place, 1024, _TRUNCATE, format, arguments);
    return count < 0 ? 1023 : count;
}
HWND WINAPI CreateWindowExA(DWORD dwExStyle, LPCSTR lpClassName, LPCSTR lpWindowName, DWORD dwStyle, int X, int Y,
    int nWidth, int nHeight, HWND hWndParent, HMENU hMenu, HINSTANCE hInstance, LPVOID lpParam)
    WS2_SYMBOL(CreateWindowExA);
HWND WINAPI CreateWindowExW(DWORD dwExStyle, LPCWSTR lpClassName, LPCWSTR lpWindowName, DWORD dwStyle, int X,
    int Y, int nWidth, int nHeight, HWND hWndParent, HMENU hMenu, HINSTANCE hInstance, LPVOID lpParam)
    WS2_SYMBOL_W(CreateWindowExW);
ATOM WINAPI RegisterClassA(const WNDCLASSA *lpWndClass) WS2_SYMBOL(RegisterClassA);
ATOM WINAPI RegisterClassW(const WNDCLASSW *lpWndClass) WS2_SYMBOL_W(RegisterClassW);
ATOM WINAPI RegisterClassExA(const WNDCLASSEXA *lpWndClass) WS2_SYMBOL(RegisterClassExA);
ATOM WINAPI RegisterClassExW(const WNDCLASSEXW *lpWndClass) WS2_SYMBOL_W(RegisterClassExW);
LRESULT WINAPI DefWindowProcA(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam) WS2_SYMBOL(DefWindowProcA);
LRESULT WINAPI DefWindowProcW(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam) WS2_SYMBOL_W(DefWindowProcW);
BOOL WINAPI GetMessageA(LPMSG lpMsg, HWND hWnd, UINT wMsgFilterMin, UINT wMsgFilterMax) WS2_SYMBOL(GetMessageA);
BOOL WINAPI GetMessageW(LPMSG lpMsg, HWND hWnd, UINT wMsgFilterMin, UINT wMsgFilterMax) WS2_SYMBOL_W(GetMessageW);
BOOL WINAPI PeekMessageA(LPMSG lpMsg, HWND hWnd, UINT wMsgFilterMin, UINT wMsgFilterMax, UINT wRemoveMsg)
    WS2_SYMBOL(PeekMessageA);
BOOL WINAPI PeekMessageW(LPMSG lpMsg, HWND hWnd, UINT wMsgFilterMin, UINT wMsgFilterMax, UINT wRemoveMsg)
    WS2_SYMBOL_W(PeekMessageW);
LRESULT WINAPI DispatchMessageA(const MSG *lpMsg) WS2_SYMBOL(DispatchMessageA);
LRESULT WINAPI DispatchMessageW(const MSG *lpMsg) WS2_SYMBOL_W(DispatchMessageW);
BOOL WINAPI TranslateMessage(const MSG *lpMsg) WS2_SYMBOL(TranslateMessage);
BOOL WINAPI PostMessageA(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam) WS2_SYMBOL(PostMessageA);
BOOL WINAPI PostMessageW(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam) WS2_SYMBOL_W(PostMessageW);
HWND WINAPI FindWindowA(LPCSTR lpClassName, LPCSTR lpWindowName) WS2_SYMBOL(FindWindowA);
HWND WINAPI FindWindowW(LPCWSTR lpClassName, LPCWSTR lpWindowName) WS2_SYMBOL_W(FindWindowW);
LRESULT WINAPI SendMessageA(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam) WS2_SYMBOL(SendMessageA);
LRESULT WINAPI SendMessageW(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam) WS2_SYMBOL_W(SendMessageW);
BOOL WINAPI PostThreadMessageA(DWORD idThread, UINT Msg, WPARAM wParam, LPARAM lParam) WS2_SYMBOL(PostThreadMessageA);
BOOL WINAPI PostThreadMessageW(DWORD idThread, UINT Msg, WPARAM wParam, LPARAM lParam)
    WS2_SYMBOL_W(PostThreadMessageW);
void WINAPI PostQuitMessage(int nExitCode) WS2_SYMBOL(PostQuitMessage);
BOOL WINAPI ShowWindow(HWND hWnd, int nCmdShow) WS2_SYMBOL(ShowWindow);
BOOL WINAPI UpdateWindow(HWND hWnd) WS2_SYMBOL(UpdateWindow);
BOOL WINAPI DestroyWindow(HWND hWnd) WS2_SYMBOL(DestroyWindow);
HICON WINAPI LoadIconA(HINSTANCE hInstance, LPCSTR lpIconName) WS2_SYMBOL(LoadIconA);
HICON WINAPI LoadIconW(HINSTANCE hInstance, LPCWSTR lpIconName) WS2_SYMBOL_W(LoadIconW);
HCURSOR WINAPI LoadCursorA(HINSTANCE hInstance, LPCSTR lpCursorName) WS2_SYMBOL(LoadCursorA);
HCURSOR WINAPI LoadCursorW(HINSTANCE hInstance, LPCWSTR lpCursorName) WS2_SYMBOL_W(LoadCursorW);
UINT_PTR WINAPI SetTimer(HWND hWnd, UINT_PTR nIDEvent, UINT uElapse, TIMERPROC lpTimerFunc) WS2_SYMBOL(SetTimer);
BOOL WINAPI KillTimer(HWND hWnd, UINT_PTR uIDEvent) WS2_SYMBOL(KillTimer);
SHORT WINAPI GetAsyncKeyState(int vKey) WS2_SYMBOL(GetAsyncKeyState);
DWORD WINAPI MsgWaitForMultipleObjects(DWORD nCount, const HANDLE *pHandles, BOOL fWaitAll, DWORD dwMilliseconds,
    DWORD dwWakeMask) WS2_SYMBOL(MsgWaitForMultipleObjects);
HGDIOBJ WINAPI GetStockObject(int i) WS2_SYMBOL(GetStockObject);
WS2_END_C

#ifdef UNICODE
#define MessageBox MessageBoxW
#define CharUpper CharUpperW
#define CharLower CharLowerW
#define CharUpperBuff CharUpperBuffW
#define CharLowerBuff CharLowerBuffW
#define CreateWindowEx CreateWindowExW
#define RegisterClass RegisterClassW
#define RegisterClassEx RegisterClassExW
#define DefWindowProc DefWindowProcW
#define GetMessage GetMessageW
#define PeekMessage PeekMessageW
#define DispatchMessage DispatchMessageW
#define PostMessage PostMessageW
#define FindWindow FindWindowW
#define SendMessage SendMessageW
#define PostThreadMessage PostThreadMessageW
#define LoadIcon LoadIconW
#define LoadCursor LoadCursorW
#else
#define MessageBox MessageBoxA
#define CharUpper CharUpperA
#define CharLower CharLowerA
#define CharUpperBuff CharUpperBuffA
#define CharLowerBuff CharLowerBuffA
#define CreateWindowEx CreateWindowExA
#define RegisterClass RegisterClassA
#define RegisterClassEx RegisterClassExA
#define DefWindowProc DefWindowProcA
#define GetMessage GetMessageA
#define PeekMessage PeekMessageA
#define DispatchMessage DispatchMessageA
#define PostMessage PostMessageA
#define FindWindow FindWindowA
#define SendMessage SendMessageA
#define PostThreadMessage PostThreadMessageA
#define LoadIcon LoadIconA
#define LoadCursor LoadCursorA
#endif

#ifdef UNICODE
#define wsprintf wsprintfW
#define MAKEINTRESOURCE MAKEINTRESOURCEW
#else
#define wsprintf wsprintfA
#define wvsprintf wvsprintfA
#define MAKEINTRESOURCE MAKEINTRESOURCEA
#endif
#define CreateWindowA(class_name, name, style, x, y, width, height, parent, menu, instance, parameter) \
    CreateWindowExA(0, class_name, name, style, x, y, width, height, parent, menu, instance, parameter)
#define CreateWindowW(class_name, name, style, x, y, width, height, parent, menu, instance, parameter) \
    CreateWindowExW(0, class_name, name, style, x, y, width, height, parent, menu, instance, parameter)
#ifdef UNICODE
#define CreateWindow CreateWindowW
#else
#define CreateWindow CreateWindowA
#endif

#endif
