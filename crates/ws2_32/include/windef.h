/* Types of Windows beyond those that sockets need. */
#ifndef _WINDEF_
#define _WINDEF_
#pragma GCC system_header

#include <ws2/base.h>
#include <guiddef.h>

/* Windows defines these two as macros, which break every C++ standard header that comes later; there they are functions. */
#ifndef NOMINMAX
#ifdef __cplusplus
extern "C++" {
template <typename A, typename B> inline auto min(const A &a, const B &b) -> decltype(a < b ? a : b)
{
    return a < b ? a : b;
}
template <typename A, typename B> inline auto max(const A &a, const B &b) -> decltype(a < b ? b : a)
{
    return a < b ? b : a;
}
}
#else
#ifndef min
#define min(a, b) (((a) < (b)) ? (a) : (b))
#endif
#ifndef max
#define max(a, b) (((a) > (b)) ? (a) : (b))
#endif
#endif
#endif

#ifndef APIENTRY
#define APIENTRY WINAPI
#endif
#define APIPRIVATE
#define WINAPIV
#define WINBASEAPI
#define WINUSERAPI
#define CALLBACK
#define NTAPI
#define DECLARE_HANDLE(name)  \
    struct name##__ {         \
        int unused;           \
    };                        \
    typedef struct name##__ *name
#define MAX_PATH 260
#define MAXBYTE 0xff
#define MAXCHAR 0x7f
#define MAXSHORT 0x7fff
#define MAXWORD 0xffff
#define MAXLONG 0x7fffffff
#define MAXDWORD 0xffffffff
#define MAXINT 0x7fffffff
#define MAXUINT 0xffffffff

typedef HANDLE HLOCAL, HGLOBAL, HINSTANCE, HMODULE, HICON, HCURSOR, HBRUSH, HMENU, HDC, HFONT, HBITMAP, HPEN, HGDIOBJ,
    HRGN, HPALETTE, HKEY, *PHKEY, HKL, HHOOK, HACCEL, HRSRC, HDESK, HWINSTA, HMONITOR;
#define HandleToULong(h) ((ULONG)(ULONG_PTR)(h))
#define HandleToUlong(h) HandleToULong(h)
#define HandleToLong(h) ((LONG)(LONG_PTR)(h))
#define ULongToHandle(n) ((HANDLE)(ULONG_PTR)(ULONG)(n))
#define LongToHandle(n) ((HANDLE)(LONG_PTR)(LONG)(n))
#define PtrToUlong(p) ((ULONG)(ULONG_PTR)(p))
#define PtrToLong(p) ((LONG)(LONG_PTR)(p))
#define PtrToUint(p) ((UINT)(ULONG_PTR)(p))
#define PtrToInt(p) ((INT)(LONG_PTR)(p))
#define UlongToPtr(n) ((VOID *)(ULONG_PTR)(ULONG)(n))
#define LongToPtr(n) ((VOID *)(LONG_PTR)(LONG)(n))
#define UIntToPtr(n) ((VOID *)(ULONG_PTR)(UINT)(n))
#define IntToPtr(n) ((VOID *)(LONG_PTR)(INT)(n))
typedef int HFILE;
typedef WORD ATOM, LANGID;
typedef DWORD LCID, COLORREF, *PLCID;
typedef UINT_PTR WPARAM;
typedef LONG_PTR LPARAM, LRESULT;
typedef char CCHAR;
typedef wchar_t *NWPSTR, **PZPWSTR;
typedef char **PZPSTR;
typedef unsigned char byte, boolean;
typedef BYTE FCHAR;
typedef void *PVOID64;
typedef float *PFLOAT;
typedef double DOUBLE;
typedef int *PLONG32, *PINT32;
typedef unsigned int *PULONG32, *PUINT32;
typedef LONG NTSTATUS;
typedef TCHAR TBYTE, *PTCHAR, *PTSTR, *LPTCH;
typedef CHAR *PCH, *LPCH;
typedef WCHAR *PWCH, *LPWCH;
typedef const TCHAR *PCTSTR;
typedef const void *PCVOID;
typedef DWORD ACCESS_MASK;
typedef ACCESS_MASK *PACCESS_MASK;
typedef INT_PTR (*FARPROC)();
typedef INT_PTR (*NEARPROC)();
typedef INT_PTR (*PROC)();

typedef struct tagPOINT {
    LONG x, y;
} POINT, *PPOINT, *LPPOINT;
typedef struct tagSIZE {
    LONG cx, cy;
} SIZE, *PSIZE, *LPSIZE;
typedef struct tagRECT {
    LONG left, top, right, bottom;
} RECT, *PRECT, *LPRECT;

#ifdef UNICODE
#define TEXT(quote) WS2_WIDE_TEXT(quote)
#define __TEXT(quote) WS2_WIDE_TEXT(quote)
#define WS2_WIDE_TEXT(quote) L##quote
#else
#define TEXT(quote) quote
#define __TEXT(quote) quote
#endif

#define UNREFERENCED_PARAMETER(p) ((void)(p))
#define DBG_UNREFERENCED_PARAMETER(p) ((void)(p))
#define DBG_UNREFERENCED_LOCAL_VARIABLE(p) ((void)(p))

#endif
