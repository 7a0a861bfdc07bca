/* The command line as arguments. */
#ifndef _INC_SHELLAPI
#define _INC_SHELLAPI
#pragma GCC system_header

#include <windef.h>

WS2_BEGIN_C
LPWSTR *WINAPI CommandLineToArgvW(LPCWSTR lpCmdLine, int *pNumArgs) WS2_SYMBOL_W(CommandLineToArgvW);
HINSTANCE WINAPI ShellExecuteA(HWND hwnd, LPCSTR lpOperation, LPCSTR lpFile, LPCSTR lpParameters, LPCSTR lpDirectory,
                               INT nShowCmd) WS2_SYMBOL(ShellExecuteA);
WS2_END_C

#endif
