/* Types, calling conventions and the peace with libc. Included by every other header here; include none of libc's own
 * socket headers beside these.
 *
 * libc's <stdlib.h> and <string> bring fd_set, select, timeval, u_int and others of their own, before or after this
 * file. So libc's come first, once, and then Winsock's take the names: timeval and u_char, u_short, u_int are the same
 * thing and shared; fd_set, select and u_long are other things and get other names by plain macros, which cannot hurt a
 * member function the way a function-like macro would. */
#ifndef WS2_BASE_H
#define WS2_BASE_H

#pragma GCC system_header
#if defined(_SYS_SOCKET_H) || defined(_NETINET_IN_H) || defined(_ARPA_INET_H) || defined(_NETDB_H)
#error "Winsock's headers and libc's <sys/socket.h>, <netinet/in.h>, <arpa/inet.h>, <netdb.h> define the same names with other values: include one or the other"
#endif

/* How many sockets an fd_set holds: what the program defined as FD_SETSIZE before any header, else Winsock's 64. libc's
 * <sys/select.h> overwrites the name with 1024; a program whose definition is lost that way can define WS2_FD_SETSIZE. */
#if defined(WS2_FD_SETSIZE)
enum { ws2_fd_setsize = WS2_FD_SETSIZE };
#elif defined(FD_SETSIZE) && (!defined(_SYS_SELECT_H) || FD_SETSIZE != 1024)
enum { ws2_fd_setsize = FD_SETSIZE };
#else
enum { ws2_fd_setsize = 64 };
#endif

#include <stddef.h>
/* As gcc's own does, which asks for it: a source that defines size_t where this is not must not. */
#ifndef _SIZE_T_DEFINED
#define _SIZE_T_DEFINED
#endif
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/select.h>
#include <sys/time.h>
/* A source that defines struct timezone where this is not must not: it is there. */
#ifndef _TIMEZONE_DEFINED
#define _TIMEZONE_DEFINED
#endif
/* Not Windows', whose programs have functions of these names. */
#ifdef _WIN32
#undef timeradd
#undef timersub
#endif
#define WS2_OWN_UNISTD
#include <unistd.h>
#undef WS2_OWN_UNISTD
#include <ws2/keywords.h>
#include <sal.h>
#ifdef __MINGW32__
#include <_mingw.h>
#endif
#include <ws2/crt.h>

#ifdef __cplusplus
#define WS2_BEGIN_C extern "C" {
#define WS2_END_C }
#else
#define WS2_BEGIN_C
#define WS2_END_C
#endif

/* WS2_SYMBOL(name): the C symbol behind a Winsock name. The library must not export connect or send, which are libc's.
 * The operator # does not expand its operand, so that the macros select and gethostname below do no harm here. */
#define WS2_SYMBOL(name) __asm__("ws2_" #name)
/* Functions that take WCHAR exist for the two widths that wchar_t can have: 2 bytes with -fshort-wchar, as on Windows,
 * and 4, Linux's own. */
#if defined(__SIZEOF_WCHAR_T__) && __SIZEOF_WCHAR_T__ == 2
#define WS2_SYMBOL_W(name) __asm__("ws2_" #name)
#else
#define WS2_SYMBOL_W(name) __asm__("ws2_" #name "_utf32")
#endif

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
typedef int INT, *PINT, *LPINT, LONG, *PLONG, *LPLONG, INT32, LONG32;
typedef unsigned int UINT, *PUINT, ULONG, *PULONG, DWORD, *PDWORD, *LPDWORD, UINT32, ULONG32, DWORD32;
typedef signed char INT8;
typedef unsigned char UINT8, BOOLEAN, *PBOOLEAN;
typedef short INT16;
typedef unsigned short UINT16;
typedef float FLOAT;
/* long long, as __int64 is there: what a program prints by %lld and overloads on. */
typedef long long LONGLONG, LONG64, INT64, *PLONGLONG, *PLONG64, *PINT64;
typedef unsigned long long ULONGLONG, ULONG64, UINT64, DWORD64, DWORDLONG, *PULONGLONG, *PULONG64, *PUINT64, *PDWORD64, *PDWORDLONG;
typedef intptr_t INT_PTR, LONG_PTR, *PINT_PTR, *PLONG_PTR, SSIZE_T, *PSSIZE_T;
typedef uintptr_t UINT_PTR, ULONG_PTR, *PUINT_PTR, *PULONG_PTR, DWORD_PTR, *PDWORD_PTR, SIZE_T, *PSIZE_T;
typedef void *PVOID, *LPVOID, *HANDLE, **PHANDLE, **LPHANDLE;
typedef const void *LPCVOID;
typedef INT_PTR(WINAPI *FARPROC)();
typedef UINT_PTR WPARAM;
typedef LONG_PTR LPARAM;
typedef LONG HRESULT;
typedef union _LARGE_INTEGER {
    __extension__ struct {
        DWORD LowPart;
        LONG HighPart;
    };
    struct {
        DWORD LowPart;
        LONG HighPart;
    } u;
    LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;
typedef struct HWND__ *HWND;
#ifdef UNICODE
typedef WCHAR TCHAR, *LPTSTR;
typedef const WCHAR *LPCTSTR;
#else
typedef CHAR TCHAR, *LPTSTR;
typedef const CHAR *LPCTSTR;
#endif

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

#ifndef GUID_DEFINED
#define GUID_DEFINED
typedef struct _GUID {
    ULONG Data1;
    USHORT Data2;
    USHORT Data3;
    UCHAR Data4[8];
} GUID, *PGUID, *LPGUID;
#endif

typedef struct _OVERLAPPED {
    ULONG_PTR Internal;
    ULONG_PTR InternalHigh;
    __extension__ union {
        __extension__ struct {
            DWORD Offset;
            DWORD OffsetHigh;
        };
        PVOID Pointer;
    };
    HANDLE hEvent;
} OVERLAPPED, *LPOVERLAPPED;

typedef struct _TRANSMIT_FILE_BUFFERS {
    LPVOID Head;
    DWORD HeadLength;
    LPVOID Tail;
    DWORD TailLength;
} TRANSMIT_FILE_BUFFERS, *PTRANSMIT_FILE_BUFFERS, *LPTRANSMIT_FILE_BUFFERS;

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
typedef int ws2_socklen_t;
#undef socklen_t
#define socklen_t ws2_socklen_t
#undef gethostname
#define gethostname ws2_gethostname_
#undef select
#define select ws2_select_
#undef FD_SETSIZE
#define FD_SETSIZE ws2_fd_setsize

WS2_BEGIN_C
DWORD WINAPI GetLastError(void) WS2_SYMBOL(GetLastError);
void WINAPI SetLastError(DWORD dwErrCode) WS2_SYMBOL(SetLastError);
WS2_END_C

#endif
