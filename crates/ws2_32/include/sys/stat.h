/* Linux' own, and the names of Microsoft's C library. */
#pragma GCC system_header
#include_next <sys/stat.h>
#ifndef WS2_SYS_STAT_H
#define WS2_SYS_STAT_H
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
