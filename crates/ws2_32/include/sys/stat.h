/* Linux' own, and the names of Microsoft's C library. */
#pragma GCC system_header
#if defined(_WIN32) && !defined(__cplusplus) && !defined(WS2_SYS_STAT_H)
#define WS2_SYS_STAT_H
/* Microsoft's mkdir has one argument; C has one function of a name, so that the mode of a call with two is left out. */
#pragma push_macro("mkdir")
#undef mkdir
#define mkdir ws2_mkdir_with_mode
#include_next <sys/stat.h>
#undef mkdir
extern int ws2_mkdir_of_libc(const char *path, unsigned mode) __asm__("mkdir");
/* Of another name to the linker, as it calls libc's. */
static int mkdir(const char *path, ...) __asm__("ws2_mkdir") __attribute__((unused));
static int mkdir(const char *path, ...)
{
    return ws2_mkdir_of_libc(path, 0777);
}
#pragma pop_macro("mkdir")
#else
#include_next <sys/stat.h>
#endif
#ifndef WS2_STAT_NAMES
#define WS2_STAT_NAMES
/* Structures and functions at once. */
#define _stat stat
#define _stat64 stat
#define _stati64 stat
#define _stat32 stat
#define _stat64i32 stat
#define __stat64 stat
#define _fstat fstat
#define _fstat64 fstat
#define _fstati64 fstat
#ifndef _S_IFMT
#define _S_IFMT S_IFMT
#define _S_IFDIR S_IFDIR
#define _S_IFREG S_IFREG
#define _S_IFCHR S_IFCHR
#endif
#define _S_IFIFO S_IFIFO
#endif
