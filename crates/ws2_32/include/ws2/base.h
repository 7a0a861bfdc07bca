/* Types, calling conventions and the peace with libc. Included by every other header here; include none of libc's own
 * socket headers beside these.
 *
 * libc's <stdlib.h> and <string> bring fd_set, select, timeval, u_int and others of their own, before or after this
 * file. So libc's come first, once, and then Winsock's take the names: timeval and u_char, u_short, u_int are the same
 * thing and shared; fd_set, select and u_long are other things and get other names by plain macros, which cannot hurt a
 * member function the way a function-like macro would. */
#ifndef WS2_BASE_H
#define WS2_BASE_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/select.h>
#include <sys/time.h>
#include <unistd.h>

#ifdef __cplusplus
#define WS2_BEGIN_C extern "C" {
#define WS2_END_C }
#else
#define WS2_BEGIN_C
#define WS2_END_C
#endif

/* WS2_SYMBOL(name): the C symbol behind a Winsock name. The library must not export connect or send, which are libc's. */
#include <ws2/symbols.h>

#ifndef WINAPI
#define WINAPI
#endif
#define WSAAPI
#define PASCAL
#define FAR
#define NEAR
#define CALLBACK
#ifndef CONST
#define CONST const
#endif
#ifndef VOID
#define VOID void
#endif
#ifndef __cdecl
#define __cdecl
#endif
#ifndef __stdcall
#define __stdcall
#endif

/* LONG and its family have 32 bits, as on Windows. */
typedef int BOOL, *PBOOL, *LPBOOL;
typedef unsigned char BYTE, *PBYTE, *LPBYTE;
typedef char CHAR, *PCHAR, *LPSTR, *PSTR;
typedef const char *LPCSTR, *PCSTR;
typedef wchar_t WCHAR, *PWCHAR, *LPWSTR, *PWSTR;
typedef const wchar_t *LPCWSTR, *PCWSTR;
typedef short SHORT, *PSHORT;
typedef unsigned short USHORT, *PUSHORT, WORD, *PWORD, *LPWORD;
typedef unsigned char UCHAR, *PUCHAR;
typedef int INT, *PINT, *LPINT, LONG, *PLONG, *LPLONG;
typedef unsigned int UINT, *PUINT, ULONG, *PULONG, DWORD, *PDWORD, *LPDWORD;
typedef int64_t LONGLONG, LONG64, INT64;
typedef uint64_t ULONGLONG, ULONG64, UINT64, DWORD64;
typedef intptr_t INT_PTR, LONG_PTR;
typedef uintptr_t UINT_PTR, ULONG_PTR, *PULONG_PTR, DWORD_PTR, *PDWORD_PTR, SIZE_T;
typedef void *PVOID, *LPVOID, *HANDLE, **LPHANDLE;
typedef const void *LPCVOID;
typedef LONG HRESULT;

#ifndef TRUE
#define TRUE 1
#define FALSE 0
#endif

#define MAKEWORD(low, high) ((WORD)(((BYTE)((DWORD_PTR)(low) & 0xff)) | ((WORD)((BYTE)((DWORD_PTR)(high) & 0xff))) << 8))
#define MAKELONG(low, high) ((LONG)(((WORD)((DWORD_PTR)(low) & 0xffff)) | ((DWORD)((WORD)((DWORD_PTR)(high) & 0xffff))) << 16))
#define LOWORD(value) ((WORD)((DWORD_PTR)(value) & 0xffff))
#define HIWORD(value) ((WORD)(((DWORD_PTR)(value) >> 16) & 0xffff))
#define LOBYTE(value) ((BYTE)((DWORD_PTR)(value) & 0xff))
#define HIBYTE(value) ((BYTE)(((DWORD_PTR)(value) >> 8) & 0xff))

typedef struct _GUID {
    ULONG Data1;
    USHORT Data2;
    USHORT Data3;
    UCHAR Data4[8];
} GUID, *LPGUID;

/* libc has these unless the program asks for strict C. */
#ifndef __u_char_defined
#define __u_char_defined
typedef unsigned char u_char;
typedef unsigned short u_short;
typedef unsigned int u_int;
#endif
typedef uint32_t ws2_u_long;
#undef u_long
#define u_long ws2_u_long

WS2_BEGIN_C
DWORD WINAPI GetLastError(void) WS2_SYMBOL(GetLastError);
void WINAPI SetLastError(DWORD dwErrCode) WS2_SYMBOL(SetLastError);
WS2_END_C

#endif
