/* Files by descriptor. Names are Linux' with an underscore; the flags of _open are Linux' own, text and binary are one. */
#ifndef _INC_IO
#define _INC_IO
#pragma GCC system_header

#include <ws2/crt.h>
#include <fcntl.h>
#include <fileapi.h>
/* By its place: programs have a header of this name. */
#include "share.h"
#include <sys/stat.h>
#define WS2_OWN_UNISTD
#include <unistd.h>
#undef WS2_OWN_UNISTD

#define _S_IREAD 0400
#define _S_IWRITE 0200
#define _S_IEXEC 0100
#ifndef S_IREAD
#define S_IREAD 0400
#define S_IWRITE 0200
#endif
#define _S_IFMT S_IFMT
#define _S_IFDIR S_IFDIR
#define _S_IFREG S_IFREG
#define _S_IFCHR S_IFCHR

#define _creat creat
#define _tell(fd) lseek((fd), 0, SEEK_CUR)
#define _telli64 _tell
#define _isatty isatty
#define _dup dup
#define _dup2 dup2
#define _chmod chmod
#define _commit fsync
#define _umask umask

#ifdef __cplusplus
extern "C" {
#endif
/* Functions, as a program may define read as _read, or open as a function of its own that calls _open. */
extern ssize_t ws2_read(int, void *, size_t) WS2_LIBC(read);
extern ssize_t ws2_write(int, const void *, size_t) WS2_LIBC(write);
extern int ws2_open(const char *, int, ...) WS2_LIBC(open);
extern int ws2_close(int) WS2_LIBC(close);
extern int ws2_access(const char *, int) WS2_LIBC(access);
extern int64_t ws2_lseek(int, int64_t, int) WS2_LIBC(lseek);
static __inline int _open(const char *path, int flags, ...)
{
    int mode = 0;
    if (flags & O_CREAT) {
        __builtin_va_list more;
        __builtin_va_start(more, flags);
        mode = __builtin_va_arg(more, int);
        __builtin_va_end(more);
    }
    return ws2_open(path, flags, mode);
}
static __inline int _close(int fd)
{
    return ws2_close(fd);
}
static __inline int _access(const char *path, int mode)
{
    return ws2_access(path, mode);
}
static __inline int64_t _lseeki64(int fd, int64_t offset, int origin)
{
    return ws2_lseek(fd, offset, origin);
}
static __inline long _lseek(int fd, long offset, int origin)
{
    return (long)ws2_lseek(fd, offset, origin);
}
static __inline int _read(int fd, void *place, unsigned count)
{
    return (int)ws2_read(fd, place, count);
}
static __inline int _write(int fd, const void *place, unsigned count)
{
    return (int)ws2_write(fd, place, count);
}

extern intptr_t _get_osfhandle(int fd) WS2_SYMBOL(_get_osfhandle);
extern int _open_osfhandle(intptr_t osfhandle, int flags) WS2_SYMBOL(_open_osfhandle);

/* A lock of so many bytes from the position on: _LK_UNLCK, _LK_LOCK, _LK_NBLCK and the two for reading, which are the same. To
 * lock tries ten times, a second apart. */
static __inline int _locking(int fd, int mode, long count)
{
    struct flock range;
    int tries;
    memset(&range, 0, sizeof range);
    range.l_type = mode == 0 ? F_UNLCK : F_WRLCK;
    range.l_whence = SEEK_CUR;
    range.l_len = count;
    for (tries = mode == 1 || mode == 3 ? 10 : 1; fcntl(fd, F_SETLK, &range) != 0; sleep(1)) {
        if (errno != EACCES && errno != EAGAIN)
            return -1;
        if (--tries == 0) {
            errno = mode == 1 || mode == 3 ? EDEADLOCK : EACCES;
            return -1;
        }
    }
    return 0;
}

/* Text and binary are one; the mode before is told as text, as on Windows. */
#define ws2_text_mode 0x4000
static __inline int _setmode(int fd, int mode)
{
    struct stat known;
    (void)mode;
    return fstat(fd, &known) == -1 ? -1 : ws2_text_mode;
}

static __inline int64_t _filelengthi64(int fd)
{
    struct stat known;
    return fstat(fd, &known) == 0 ? (int64_t)known.st_size : -1;
}
#define _filelength(fd) ((long)_filelengthi64(fd))

static __inline int _eof(int fd)
{
    int64_t length = _filelengthi64(fd), at = lseek(fd, 0, SEEK_CUR);
    return length < 0 || at < 0 ? -1 : at >= length;
}

static __inline int _chsize(int fd, long size)
{
    extern int ws2_ftruncate(int, int64_t) WS2_LIBC(ftruncate);
    return ws2_ftruncate(fd, size);
}

static __inline errno_t _access_s(const char *path, int mode)
{
    return access(path, mode) == 0 ? 0 : errno;
}

static __inline errno_t _sopen_s(int *fd, const char *path, int flags, int sharing, int mode)
{
    (void)sharing;
    if (fd == NULL || path == NULL)
        return ws2_invalid_parameter(EINVAL);
    *fd = open(path, flags, mode);
    return *fd < 0 ? errno : 0;
}

/* The files of a folder. */
#define _A_NORMAL 0x00
#define _A_RDONLY 0x01
#define _A_HIDDEN 0x02
#define _A_SYSTEM 0x04
#define _A_SUBDIR 0x10
#define _A_ARCH 0x20
struct _finddata_t {
    unsigned attrib;
    time_t time_create, time_access, time_write;
    uint32_t size;
    char name[260];
};
struct _finddatai64_t {
    unsigned attrib;
    time_t time_create, time_access, time_write;
    int64_t size;
    char name[260];
};
#define _finddata32_t _finddata_t
#define _finddata64i32_t _finddata_t
#define _finddata64_t _finddatai64_t
#define __finddata64_t _finddatai64_t

static __inline time_t ws2_file_time(FILETIME time)
{
    uint64_t ticks = (uint64_t)time.dwHighDateTime << 32 | time.dwLowDateTime;
    return (time_t)(ticks / 10000000) - 11644473600LL;
}

static __inline void ws2_found(const WIN32_FIND_DATAA *found, struct _finddatai64_t *told)
{
    told->attrib = found->dwFileAttributes & 0x37;
    told->time_create = ws2_file_time(found->ftCreationTime);
    told->time_access = ws2_file_time(found->ftLastAccessTime);
    told->time_write = ws2_file_time(found->ftLastWriteTime);
    told->size = (int64_t)((uint64_t)found->nFileSizeHigh << 32 | found->nFileSizeLow);
    memcpy(told->name, found->cFileName, sizeof told->name);
}

static __inline intptr_t _findfirsti64(const char *pattern, struct _finddatai64_t *told)
{
    WIN32_FIND_DATAA found;
    HANDLE search = FindFirstFileA(pattern, &found);
    if ((intptr_t)search == -1)
        errno = ENOENT;
    else
        ws2_found(&found, told);
    return (intptr_t)search;
}

static __inline int _findnexti64(intptr_t search, struct _finddatai64_t *told)
{
    WIN32_FIND_DATAA found;
    if (!FindNextFileA((HANDLE)search, &found)) {
        errno = ENOENT;
        return -1;
    }
    ws2_found(&found, told);
    return 0;
}

static __inline void ws2_narrowed(const struct _finddatai64_t *whole, struct _finddata_t *told)
{
    told->attrib = whole->attrib;
    told->time_create = whole->time_create;
    told->time_access = whole->time_access;
    told->time_write = whole->time_write;
    told->size = (uint32_t)whole->size;
    memcpy(told->name, whole->name, sizeof told->name);
}

static __inline intptr_t _findfirst(const char *pattern, struct _finddata_t *told)
{
    struct _finddatai64_t whole;
    intptr_t search = _findfirsti64(pattern, &whole);
    if (search != -1)
        ws2_narrowed(&whole, told);
    return search;
}

static __inline int _findnext(intptr_t search, struct _finddata_t *told)
{
    struct _finddatai64_t whole;
    int failed = _findnexti64(search, &whole);
    if (!failed)
        ws2_narrowed(&whole, told);
    return failed;
}

static __inline int _findclose(intptr_t search)
{
    return FindClose((HANDLE)search) ? 0 : -1;
}
#define _findfirst64 _findfirsti64
#define _findnext64 _findnexti64
#ifdef __cplusplus
}
#endif
#define setmode _setmode
#define filelength _filelength

#endif
