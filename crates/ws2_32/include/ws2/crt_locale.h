/* Locales. Included by ws2/crt.h. Characters are UTF-8 in every locale, and Windows' names of locales are understood. */
#ifndef WS2_CRT_LOCALE_H
#define WS2_CRT_LOCALE_H
#pragma GCC system_header

#ifdef __cplusplus
#include <clocale>
extern "C" {
#endif
#include <locale.h>

extern char *ws2_setlocale(int category, const char *name) __asm__("ws2_setlocale");
#if __SIZEOF_WCHAR_T__ == 4
extern wchar_t *_wsetlocale(int category, const wchar_t *name) __asm__("ws2__wsetlocale_utf32");
#else
extern wchar_t *_wsetlocale(int category, const wchar_t *name) __asm__("ws2__wsetlocale");
#endif
#ifdef __cplusplus
}
namespace std {
using ::ws2_setlocale;
}
#endif
#define setlocale ws2_setlocale

#endif
