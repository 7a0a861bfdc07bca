/* What windows.h has of kernel32: this header brings the others, and has small functions of its own. */
#ifndef _WINBASE_
#define _WINBASE_
#pragma GCC system_header

#include <fileapi.h>
#include <libloaderapi.h>
#include <memoryapi.h>
#include <minwinbase.h>
#include <namedpipeapi.h>
#include <sysinfoapi.h>
#include <wincon.h>
#include <winnls.h>
#include <ws2/serial.h>
#include <ws2/locks.h>
#include <ws2/profiles.h>

#ifndef INFINITE
#define INFINITE 0xffffffff
#endif
#ifndef INVALID_HANDLE_VALUE
#define INVALID_HANDLE_VALUE ((HANDLE)(LONG_PTR)-1)
#endif
#define SEM_FAILCRITICALERRORS 0x0001
#define SEM_NOGPFAULTERRORBOX 0x0002
#define SEM_NOALIGNMENTFAULTEXCEPT 0x0004
#define SEM_NOOPENFILEERRORBOX 0x8000
#define HANDLE_FLAG_INHERIT 0x00000001
typedef LONG(WINAPI *PTOP_LEVEL_EXCEPTION_FILTER)(PEXCEPTION_POINTERS ExceptionInfo);
typedef PTOP_LEVEL_EXCEPTION_FILTER LPTOP_LEVEL_EXCEPTION_FILTER;

WS2_BEGIN_C
/* RtlGenRandom: programs declare it themselves, as ntsecapi.h had it not for long. The label holds for that, too. */
BOOLEAN WINAPI SystemFunction036(PVOID RandomBuffer, ULONG RandomBufferLength) WS2_SYMBOL(SystemFunction036);
static __inline int lstrlenA(LPCSTR lpString)
{
    return (int)strnlen_s(lpString, (size_t)-1);
}

static __inline int lstrcmpiA(LPCSTR lpString1, LPCSTR lpString2)
{
    int order = _stricmp(lpString1, lpString2);
    return order < 0 ? -1 : order > 0;
}

static __inline int lstrcmpA(LPCSTR lpString1, LPCSTR lpString2)
{
    while (*lpString1 != 0 && *lpString1 == *lpString2)
        lpString1++, lpString2++;
    return *lpString1 < *lpString2 ? -1 : *lpString1 > *lpString2;
}

static __inline LPSTR lstrcpynA(LPSTR lpString1, LPCSTR lpString2, int iMaxLength)
{
    int i;
    for (i = 0; i + 1 < iMaxLength && lpString2[i] != 0; i++)
        lpString1[i] = lpString2[i];
    if (iMaxLength > 0)
        lpString1[i] = 0;
    return lpString1;
}

static __inline LPSTR lstrcpyA(LPSTR lpString1, LPCSTR lpString2)
{
    return (LPSTR)memmove(lpString1, lpString2, ((size_t)lstrlenA(lpString2) + 1) * sizeof(CHAR));
}

static __inline LPSTR lstrcatA(LPSTR lpString1, LPCSTR lpString2)
{
    lstrcpyA(lpString1 + lstrlenA(lpString1), lpString2);
    return lpString1;
}

static __inline int lstrlenW(LPCWSTR lpString)
{
    return (int)wcsnlen_s(lpString, (size_t)-1);
}

static __inline int lstrcmpiW(LPCWSTR lpString1, LPCWSTR lpString2)
{
    int order = _wcsicmp(lpString1, lpString2);
    return order < 0 ? -1 : order > 0;
}

static __inline int lstrcmpW(LPCWSTR lpString1, LPCWSTR lpString2)
{
    while (*lpString1 != 0 && *lpString1 == *lpString2)
        lpString1++, lpString2++;
    return *lpString1 < *lpString2 ? -1 : *lpString1 > *lpString2;
}

static __inline LPWSTR lstrcpynW(LPWSTR lpString1, LPCWSTR lpString2, int iMaxLength)
{
    int i;
    for (i = 0; i + 1 < iMaxLength && lpString2[i] != 0; i++)
        lpString1[i] = lpString2[i];
    if (iMaxLength > 0)
        lpString1[i] = 0;
    return lpString1;
}

static __inline LPWSTR lstrcpyW(LPWSTR lpString1, LPCWSTR lpString2)
{
    return (LPWSTR)memmove(lpString1, lpString2, ((size_t)lstrlenW(lpString2) + 1) * sizeof(WCHAR));
}

static __inline LPWSTR lstrcatW(LPWSTR lpString1, LPCWSTR lpString2)
{
    lstrcpyW(lpString1 + lstrlenW(lpString1), lpString2);
    return lpString1;
}
static __inline int MulDiv(int nNumber, int nNumerator, int nDenominator)
{
    LONGLONG product = (LONGLONG)nNumber * nNumerator, half = nDenominator / 2;
    LONGLONG result = nDenominator == 0 ? -1 : (product + ((product < 0) == (nDenominator < 0) ? half : -half)) / nDenominator;
    return result > 0x7fffffff || result < -0x7fffffff - 1 ? -1 : (int)result;
}

/* The variables as one block: "NAME=value" strings up to an empty one. */
static __inline LPCH GetEnvironmentStringsA(void)
{
    extern char **environ;
    size_t size = 1;
    char **variable, *block, *at;
    for (variable = environ; variable != NULL && *variable != NULL; variable++)
        size += strlen(*variable) + 1;
    at = block = (char *)malloc(size + 1);
    if (block == NULL)
        return NULL;
    for (variable = environ; variable != NULL && *variable != NULL; variable++) {
        size_t length = strlen(*variable) + 1;
        memcpy(at, *variable, length);
        at += length;
    }
    at[0] = 0;
    if (at == block)
        at[1] = 0;
    return block;
}

static __inline LPWCH GetEnvironmentStringsW(void)
{
    LPCH narrow = GetEnvironmentStringsA();
    LPWCH block = NULL;
    int length = 1, room;
    if (narrow == NULL)
        return NULL;
    while (narrow[length - 1] != 0 || narrow[length] != 0)
        length++;
    length++;
    room = MultiByteToWideChar(CP_UTF8, 0, narrow, length, NULL, 0);
    block = (LPWCH)malloc((size_t)room * sizeof *block);
    if (block != NULL)
        MultiByteToWideChar(CP_UTF8, 0, narrow, length, block, room);
    free(narrow);
    return block;
}

static __inline BOOL FreeEnvironmentStringsA(LPCH block)
{
    free(block);
    return TRUE;
}

static __inline BOOL FreeEnvironmentStringsW(LPWCH block)
{
    free(block);
    return TRUE;
}

/* No boxes appear for errors here, which is what programs ask for. */
static __inline UINT SetErrorMode(UINT uMode)
{
    (void)uMode;
    return 0;
}

static __inline UINT GetErrorMode(void)
{
    return 0;
}

/* There are no structured exceptions; nothing ever calls the filter. */
static __inline LPTOP_LEVEL_EXCEPTION_FILTER SetUnhandledExceptionFilter(LPTOP_LEVEL_EXCEPTION_FILTER filter)
{
    (void)filter;
    return NULL;
}

/* Without handlers, an exception ends the program, as it does on Windows. */
static __inline void RaiseException(DWORD code, DWORD flags, DWORD count, const ULONG_PTR *arguments)
{
    (void)flags, (void)count, (void)arguments;
    fprintf(stderr, "unhandled exception 0x%08X\n", code);
    abort();
}
WS2_END_C

#ifdef UNICODE
#define GetEnvironmentStrings GetEnvironmentStringsW
#define FreeEnvironmentStrings FreeEnvironmentStringsW
#define lstrlen lstrlenW
#define lstrcmp lstrcmpW
#define lstrcmpi lstrcmpiW
#define lstrcpy lstrcpyW
#define lstrcpyn lstrcpynW
#define lstrcat lstrcatW
#else
#define GetEnvironmentStrings GetEnvironmentStringsA
#define FreeEnvironmentStrings FreeEnvironmentStringsA
#define lstrlen lstrlenA
#define lstrcmp lstrcmpA
#define lstrcmpi lstrcmpiA
#define lstrcpy lstrcpyA
#define lstrcpyn lstrcpynA
#define lstrcat lstrcatA
#endif

#endif
