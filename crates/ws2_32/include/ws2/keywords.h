/* Microsoft's keywords and annotations, for compilers that lack them. Included by ws2/base.h. */
#ifndef WS2_KEYWORDS_H
#define WS2_KEYWORDS_H
#pragma GCC system_header

#ifndef __int64
#define __int8 char
#define __int16 short
#define __int32 int
#define __int64 long long
#endif
#ifndef _int64
#define _int8 char
#define _int16 short
#define _int32 int
#define _int64 long long
#endif

/* A source that defines the type where this is not must not: libc's headers have it. */
#ifndef _SSIZE_T_DEFINED
#define _SSIZE_T_DEFINED
#endif

/* Calling conventions: there is one. */
#ifndef __cdecl
#define __cdecl
#endif
#ifndef __stdcall
#define __stdcall
#endif
#ifndef __fastcall
#define __fastcall
#endif
#ifndef __thiscall
#define __thiscall
#endif
#ifndef __vectorcall
#define __vectorcall
#endif
#ifndef __clrcall
#define __clrcall
#endif
#ifndef _cdecl
#define _cdecl
#define _stdcall
#define _fastcall
#endif
#ifndef cdecl
#define cdecl
#endif
#define __pascal
#ifndef __forceinline
#define __forceinline __inline __attribute__((always_inline))
#endif
#ifndef _forceinline
#define _forceinline __forceinline
#endif
#ifndef _inline
#define _inline __inline
#endif
#ifndef FORCEINLINE
#define FORCEINLINE static __inline __attribute__((always_inline))
#endif
#ifndef __noop
#define __noop(...) ((void)0)
#endif
#ifndef __assume
#define __assume(condition) ((condition) ? (void)0 : __builtin_unreachable())
#endif
#ifndef __FUNCSIG__
#define __FUNCSIG__ __PRETTY_FUNCTION__
#define __FUNCDNAME__ __func__
#endif
#if !defined(__cplusplus) && !defined(nullptr) && __STDC_VERSION__ <= 201710L
#define nullptr ((void *)0)
#endif
#define __w64
#define __unaligned
#define __ptr32
#define __ptr64
#define __uuidof(x) ws2_there_is_no_com
#define UNALIGNED

/* __declspec(name) and __declspec(name(value)), by pasting. */
#undef __declspec
#undef _declspec
#define _declspec __declspec
#define __declspec(x) WS2_DECLSPEC_##x
#define WS2_DECLSPEC_dllexport __attribute__((visibility("default")))
#define WS2_DECLSPEC_dllimport
#define WS2_DECLSPEC_align(bytes) __attribute__((aligned(bytes)))
#define WS2_DECLSPEC_thread __thread
#define WS2_DECLSPEC_noreturn __attribute__((noreturn))
#define WS2_DECLSPEC_noinline __attribute__((noinline))
#define WS2_DECLSPEC_nothrow __attribute__((nothrow))
#define WS2_DECLSPEC_selectany __attribute__((weak))
#define WS2_DECLSPEC_naked __attribute__((naked))
#define WS2_DECLSPEC_deprecated __attribute__((deprecated))
#define WS2_DECLSPEC_deprecated_text(text) __attribute__((deprecated(text)))
#define WS2_DECLSPEC_restrict
#define WS2_DECLSPEC_noalias
#define WS2_DECLSPEC_novtable
#define WS2_DECLSPEC_uuid(text)
/* Clang has properties where it has Microsoft's keyword, to which this leads: within its own macro it is not replaced. */
#if defined(__has_declspec_attribute)
#if __has_declspec_attribute(property)
#define WS2_DECLSPEC_property(...) __declspec(property(__VA_ARGS__))
#define WS2_HAS_PROPERTIES
#endif
#endif
#ifndef WS2_HAS_PROPERTIES
#define WS2_DECLSPEC_property(...) static_assert(false, "__declspec(property) needs clang and its option -fdeclspec");
#endif
#define WS2_DECLSPEC_allocate(text) __attribute__((section(text)))
#define DECLSPEC_ALIGN(bytes) __attribute__((aligned(bytes)))
#define DECLSPEC_NORETURN __attribute__((noreturn))
#define DECLSPEC_NOINLINE __attribute__((noinline))
#define DECLSPEC_IMPORT
#define DECLSPEC_EXPORT __attribute__((visibility("default")))
#define DECLSPEC_SELECTANY __attribute__((weak))

#endif
