/* Modules. */
#ifndef _APISETLIBLOADER_
#define _APISETLIBLOADER_
#pragma GCC system_header

#include <winnt.h>

#define LOAD_LIBRARY_AS_DATAFILE 0x00000002
#define LOAD_WITH_ALTERED_SEARCH_PATH 0x00000008
#define LOAD_LIBRARY_SEARCH_SYSTEM32 0x00000800

WS2_BEGIN_C
HMODULE WINAPI LoadLibraryA(LPCSTR lpLibFileName) WS2_SYMBOL(LoadLibraryA);
HMODULE WINAPI LoadLibraryW(LPCWSTR lpLibFileName) WS2_SYMBOL_W(LoadLibraryW);
HMODULE WINAPI LoadLibraryExA(LPCSTR lpLibFileName, HANDLE hFile, DWORD dwFlags) WS2_SYMBOL(LoadLibraryExA);
HMODULE WINAPI LoadLibraryExW(LPCWSTR lpLibFileName, HANDLE hFile, DWORD dwFlags) WS2_SYMBOL_W(LoadLibraryExW);
HMODULE WINAPI GetModuleHandleA(LPCSTR lpModuleName) WS2_SYMBOL(GetModuleHandleA);
HMODULE WINAPI GetModuleHandleW(LPCWSTR lpModuleName) WS2_SYMBOL_W(GetModuleHandleW);
DWORD WINAPI GetModuleFileNameA(HMODULE hModule, LPSTR lpFilename, DWORD nSize) WS2_SYMBOL(GetModuleFileNameA);
DWORD WINAPI GetModuleFileNameW(HMODULE hModule, LPWSTR lpFilename, DWORD nSize) WS2_SYMBOL_W(GetModuleFileNameW);
FARPROC WINAPI GetProcAddress(HMODULE hModule, LPCSTR lpProcName) WS2_SYMBOL(GetProcAddress);
BOOL WINAPI FreeLibrary(HMODULE hLibModule) WS2_SYMBOL(FreeLibrary);
WS2_END_C

#ifdef UNICODE
#define LoadLibrary LoadLibraryW
#define LoadLibraryEx LoadLibraryExW
#define GetModuleHandle GetModuleHandleW
#define GetModuleFileName GetModuleFileNameW
#else
#define LoadLibrary LoadLibraryA
#define LoadLibraryEx LoadLibraryExA
#define GetModuleHandle GetModuleHandleA
#define GetModuleFileName GetModuleFileNameA
#endif

#endif
