/* Which Windows this is: what GetVersionEx says, 6.2, and so every one of these from Vista to 8. */
#ifndef _VERSIONHELPERS_H
#define _VERSIONHELPERS_H
#pragma GCC system_header

#include <sysinfoapi.h>

#define IsWindowsVersionOrGreater(major, minor, pack) \
    ((BOOL)(((major) << 8 | (minor)) < 0x602 || (((major) << 8 | (minor)) == 0x602 && (pack) == 0)))
#define IsWindowsXPOrGreater() TRUE
#define IsWindowsXPSP2OrGreater() TRUE
#define IsWindowsXPSP3OrGreater() TRUE
#define IsWindowsVistaOrGreater() TRUE
#define IsWindowsVistaSP1OrGreater() TRUE
#define IsWindows7OrGreater() TRUE
#define IsWindows7SP1OrGreater() TRUE
#define IsWindows8OrGreater() TRUE
#define IsWindows8Point1OrGreater() FALSE
#define IsWindows10OrGreater() FALSE
#define IsWindowsServer() FALSE

#endif
