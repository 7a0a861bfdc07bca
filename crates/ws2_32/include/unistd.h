/* Linux' own, but for getopt, of which programs for Windows bring one of their own. Winsock's headers include it without;
 * for a program that includes it itself <getopt.h> is what its folders have of that name, as with mingw-w64, else libc's. */
#pragma GCC system_header
#ifndef _GETOPT_POSIX_H
#define _GETOPT_POSIX_H 1
#define WS2_GETOPT_LEFT_OUT
#endif
#include_next <unistd.h>
#if !defined(WS2_OWN_UNISTD) && defined(WS2_GETOPT_LEFT_OUT)
#undef WS2_GETOPT_LEFT_OUT
#if !defined(__GETOPT_H__) && !defined(GETOPT_H) && !defined(_GETOPT_H_)
#ifdef _GETOPT_EXT_H
#include <getopt.h>
#else
#define _GETOPT_EXT_H 1 /* not the long options, whose names <unistd.h> leaves to the program */
#include <getopt.h>
#undef _GETOPT_EXT_H
#ifdef _GETOPT_CORE_H
#undef _GETOPT_H
#endif
#endif
#endif
#endif
