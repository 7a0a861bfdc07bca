/* Microsoft's spellings in the C library, over the system's own. Included by ws2/base.h; needs none of Windows' types, so
 * that a source without sockets can have it alone.
 *
 * Functions that Microsoft's library makes safe call its invalid-parameter handler for a wrong argument and then return
 * EINVAL or ERANGE, with the buffer emptied. Here the handler is the one that the program sets, and none otherwise. */
#ifndef WS2_CRT_H
#define WS2_CRT_H
#pragma GCC system_header

/* Programs include this within extern "C", which Microsoft's headers bear. */
#ifdef __cplusplus
extern "C++" {
#include <cstdio>
#include <cstdlib>
#include <cwchar>
}
#endif
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>
#include <sys/types.h>

#ifndef __THROW
#define __THROW
#endif
#ifdef __cplusplus
#define WS2_EXTERN_C extern "C"
#define WS2_THROW __THROW
#else
#define WS2_EXTERN_C extern
#define WS2_THROW
#endif
#define WS2_INLINE static __inline
/* A function of the system's library that strict C hides. */
#define WS2_LIBC(name) __asm__(#name)

#ifndef _ERRNO_T_DEFINED
#define _ERRNO_T_DEFINED
typedef int errno_t;
#endif
typedef size_t rsize_t;
typedef int64_t __time64_t;
typedef int __time32_t;

#define _TRUNCATE ((size_t)-1)
#define _MAX_PATH 260
#define _MAX_DRIVE 3
#define _MAX_DIR 256
#define _MAX_FNAME 256
#define _MAX_EXT 256
#define _CRT_STRINGIZE_(x) #x
#define _CRT_STRINGIZE(x) _CRT_STRINGIZE_(x)
#define _CRT_WIDE_(x) L##x
#define _CRT_WIDE(x) _CRT_WIDE_(x)
#define _CRT_UNUSED(x) ((void)(x))
#define _CRTIMP
#define _CRT_ALIGN(bytes) __attribute__((aligned(bytes)))
#define STRUNCATE 80
#ifndef _I64_MAX
#define _I8_MIN (-127 - 1)
#define _I8_MAX 127
#define _UI8_MAX 0xffu
#define _I16_MIN (-32767 - 1)
#define _I16_MAX 32767
#define _UI16_MAX 0xffffu
#define _I32_MIN (-2147483647 - 1)
#define _I32_MAX 2147483647
#define _UI32_MAX 0xffffffffu
#define _I64_MIN (-9223372036854775807ll - 1)
#define _I64_MAX 9223372036854775807ll
#define _UI64_MAX 0xffffffffffffffffull
#endif

#ifdef __cplusplus
extern "C++" {
template <typename T, size_t N> char (*ws2_countof_helper(T (&array)[N]))[N];
}
#define _countof(array) (sizeof(*ws2_countof_helper(array)))
extern "C" {
#else
#define _countof(array) (sizeof(array) / sizeof((array)[0]))
#endif

typedef void (*_invalid_parameter_handler)(const wchar_t *, const wchar_t *, const wchar_t *, unsigned, uintptr_t);
_invalid_parameter_handler _set_invalid_parameter_handler(_invalid_parameter_handler handler)
    __asm__("ws2__set_invalid_parameter_handler");
/* Calls the program's handler, sets errno and returns it. */
errno_t ws2_invalid_parameter(errno_t code) __asm__("ws2_invalid_parameter");

#ifdef __cplusplus
}
#endif

#include <ws2/crt_string.h>
#include <ws2/crt_wide.h>
#include <ws2/crt_locale.h>
#include <ws2/crt_stdlib.h>
#include <ws2/crt_stdio.h>
#include <ws2/crt_time.h>
#include <ws2/crt_locale_calls.h>
#ifdef __cplusplus
#include <ws2/crt_templates.h>
#endif

#endif
