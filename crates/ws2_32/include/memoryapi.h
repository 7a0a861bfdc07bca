/* Heaps and pages. */
#ifndef _MEMORYAPI_H_
#define _MEMORYAPI_H_
#pragma GCC system_header

#include <winnt.h>
#include <minwinbase.h>

#define LMEM_FIXED 0x0000
#define LMEM_MOVEABLE 0x0002
#define LMEM_ZEROINIT 0x0040
#define LMEM_MODIFY 0x0080
#define LMEM_NOCOMPACT 0x0010
#define LMEM_NODISCARD 0x0020
#define LMEM_DISCARDABLE 0x0f00
#define LMEM_VALID_FLAGS 0x0f72
#define LMEM_INVALID_HANDLE 0x8000
#define LHND (LMEM_MOVEABLE | LMEM_ZEROINIT)
#define LPTR (LMEM_FIXED | LMEM_ZEROINIT)
#define GMEM_FIXED 0x0000
#define GMEM_MOVEABLE 0x0002
#define GMEM_ZEROINIT 0x0040
#define GMEM_MODIFY 0x0080
#define GMEM_NOCOMPACT 0x0010
#define GMEM_NODISCARD 0x0020
#define GMEM_DISCARDABLE 0x0100
#define GMEM_NOT_BANKED 0x1000
#define GMEM_LOWER GMEM_NOT_BANKED
#define GMEM_SHARE 0x2000
#define GMEM_DDESHARE 0x2000
#define GMEM_NOTIFY 0x4000
#define GMEM_VALID_FLAGS 0x7f72
#define GMEM_INVALID_HANDLE 0x8000
#define GHND (GMEM_MOVEABLE | GMEM_ZEROINIT)
#define GPTR (GMEM_FIXED | GMEM_ZEROINIT)
#define SECTION_QUERY 0x0001
#define SECTION_MAP_WRITE 0x0002
#define SECTION_MAP_READ 0x0004
#define SECTION_MAP_EXECUTE 0x0008
#define SECTION_EXTEND_SIZE 0x0010
#define SECTION_ALL_ACCESS 0xf001f
#define FILE_MAP_COPY 0x0001
#define FILE_MAP_WRITE SECTION_MAP_WRITE
#define FILE_MAP_READ SECTION_MAP_READ
#define FILE_MAP_ALL_ACCESS SECTION_ALL_ACCESS
#define SEC_COMMIT 0x08000000
#define SEC_RESERVE 0x04000000
#define SEC_NOCACHE 0x10000000
/* Handles of memory are its addresses. */
#define GlobalLock(hMem) ((LPVOID)(hMem))
#define GlobalUnlock(hMem) ((void)(hMem), TRUE)
#define GlobalHandle(pMem) ((HGLOBAL)(pMem))
#define LocalLock(hMem) ((LPVOID)(hMem))
#define LocalUnlock(hMem) ((void)(hMem), FALSE)
#define HeapLock(hHeap) ((void)(hHeap), TRUE)
#define HeapUnlock(hHeap) ((void)(hHeap), TRUE)
#define HeapCompact(hHeap, dwFlags) ((void)(hHeap), (SIZE_T)0)

WS2_BEGIN_C
HANDLE WINAPI GetProcessHeap(void) WS2_SYMBOL(GetProcessHeap);
HANDLE WINAPI HeapCreate(DWORD flOptions, SIZE_T dwInitialSize, SIZE_T dwMaximumSize) WS2_SYMBOL(HeapCreate);
BOOL WINAPI HeapDestroy(HANDLE hHeap) WS2_SYMBOL(HeapDestroy);
LPVOID WINAPI HeapAlloc(HANDLE hHeap, DWORD dwFlags, SIZE_T dwBytes) WS2_SYMBOL(HeapAlloc);
LPVOID WINAPI HeapReAlloc(HANDLE hHeap, DWORD dwFlags, LPVOID lpMem, SIZE_T dwBytes) WS2_SYMBOL(HeapReAlloc);
BOOL WINAPI HeapFree(HANDLE hHeap, DWORD dwFlags, LPVOID lpMem) WS2_SYMBOL(HeapFree);
SIZE_T WINAPI HeapSize(HANDLE hHeap, DWORD dwFlags, LPCVOID lpMem) WS2_SYMBOL(HeapSize);
BOOL WINAPI HeapValidate(HANDLE hHeap, DWORD dwFlags, LPCVOID lpMem) WS2_SYMBOL(HeapValidate);
HLOCAL WINAPI LocalAlloc(UINT uFlags, SIZE_T uBytes) WS2_SYMBOL(LocalAlloc);
HLOCAL WINAPI LocalReAlloc(HLOCAL hMem, SIZE_T uBytes, UINT uFlags) WS2_SYMBOL(LocalReAlloc);
SIZE_T WINAPI LocalSize(HLOCAL hMem) WS2_SYMBOL(LocalSize);
HLOCAL WINAPI LocalFree(HLOCAL hMem) WS2_SYMBOL(LocalFree);
HGLOBAL WINAPI GlobalAlloc(UINT uFlags, SIZE_T dwBytes) WS2_SYMBOL(GlobalAlloc);
HGLOBAL WINAPI GlobalReAlloc(HGLOBAL hMem, SIZE_T dwBytes, UINT uFlags) WS2_SYMBOL(GlobalReAlloc);
SIZE_T WINAPI GlobalSize(HGLOBAL hMem) WS2_SYMBOL(GlobalSize);
HGLOBAL WINAPI GlobalFree(HGLOBAL hMem) WS2_SYMBOL(GlobalFree);
LPVOID WINAPI VirtualAlloc(LPVOID lpAddress, SIZE_T dwSize, DWORD flAllocationType, DWORD flProtect)
    WS2_SYMBOL(VirtualAlloc);
BOOL WINAPI VirtualFree(LPVOID lpAddress, SIZE_T dwSize, DWORD dwFreeType) WS2_SYMBOL(VirtualFree);
BOOL WINAPI VirtualProtect(LPVOID lpAddress, SIZE_T dwSize, DWORD flNewProtect, PDWORD lpflOldProtect)
    WS2_SYMBOL(VirtualProtect);
HANDLE WINAPI CreateFileMappingA(HANDLE hFile, LPSECURITY_ATTRIBUTES lpFileMappingAttributes, DWORD flProtect,
    DWORD dwMaximumSizeHigh, DWORD dwMaximumSizeLow, LPCSTR lpName) WS2_SYMBOL(CreateFileMappingA);
HANDLE WINAPI CreateFileMappingW(HANDLE hFile, LPSECURITY_ATTRIBUTES lpFileMappingAttributes, DWORD flProtect,
    DWORD dwMaximumSizeHigh, DWORD dwMaximumSizeLow, LPCWSTR lpName) WS2_SYMBOL_W(CreateFileMappingW);
HANDLE WINAPI OpenFileMappingA(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCSTR lpName) WS2_SYMBOL(OpenFileMappingA);
HANDLE WINAPI OpenFileMappingW(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCWSTR lpName)
    WS2_SYMBOL_W(OpenFileMappingW);
LPVOID WINAPI MapViewOfFile(HANDLE hFileMappingObject, DWORD dwDesiredAccess, DWORD dwFileOffsetHigh,
    DWORD dwFileOffsetLow, SIZE_T dwNumberOfBytesToMap) WS2_SYMBOL(MapViewOfFile);
LPVOID WINAPI MapViewOfFileEx(HANDLE hFileMappingObject, DWORD dwDesiredAccess, DWORD dwFileOffsetHigh,
    DWORD dwFileOffsetLow, SIZE_T dwNumberOfBytesToMap, LPVOID lpBaseAddress) WS2_SYMBOL(MapViewOfFileEx);
BOOL WINAPI UnmapViewOfFile(LPCVOID lpBaseAddress) WS2_SYMBOL(UnmapViewOfFile);
BOOL WINAPI FlushViewOfFile(LPCVOID lpBaseAddress, SIZE_T dwNumberOfBytesToFlush) WS2_SYMBOL(FlushViewOfFile);
WS2_END_C

#ifdef UNICODE
#define CreateFileMapping CreateFileMappingW
#define OpenFileMapping OpenFileMappingW
#else
#define CreateFileMapping CreateFileMappingA
#define OpenFileMapping OpenFileMappingA
#endif

#endif
