/* Linux' own. Winsock's headers include it without getopt, of which programs for Windows bring one of their own; a program
 * that includes it itself has libc's. */
#pragma GCC system_header
#ifdef WS2_OWN_UNISTD
#ifndef _GETOPT_POSIX_H
#define _GETOPT_POSIX_H 1
#define WS2_GETOPT_LEFT_OUT
#endif
#include_next <unistd.h>
#else
#include_next <unistd.h>
#if defined(WS2_GETOPT_LEFT_OUT) && !defined(__GETOPT_H__) && !defined(GETOPT_H) && !defined(_GETOPT_H_)
#undef WS2_GETOPT_LEFT_OUT
#undef _GETOPT_POSIX_H
#include <bits/getopt_posix.h>
#endif
#endif
