/* Files by descriptor. Names are Linux' with an underscore; the flags of _open are Linux' own, text and binary are one. */
#ifndef _INC_IO
#define _INC_IO
#pragma GCC system_header

#include <ws2/crt.h>
#include <fcntl.h>
#include <share.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef O_BINARY
#define O_BINARY 0
#define O_TEXT 0
#endif
#define _O_RDONLY O_RDONLY
#define _O_WRONLY O_WRONLY
#define _O_RDWR O_RDWR
#define _O_APPEND O_APPEND
#define _O_CREAT O_CREAT
#define _O_TRUNC O_TRUNC
#define _O_EXCL O_EXCL
#define _O_BINARY 0
#define _O_TEXT 0
#define _O_U8TEXT 0
#define _O_U16TEXT 0
#define _O_WTEXT 0
#define _O_RAW 0
#define _O_SEQUENTIAL 0
#define _O_RANDOM 0
#define _O_NOINHERIT 0
#define _O_TEMPORARY 0
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

#define _open open
#define _creat creat
#define _close close
#define _read(fd, place, count) ((int)read((fd), (place), (count)))
#define _write(fd, place, count) ((int)write((fd), (place), (count)))
#define _lseek lseek
#define _lseeki64 lseek
#define _tell(fd) lseek((fd), 0, SEEK_CUR)
#define _telli64 _tell
#define _access access
#define _isatty isatty
#define _dup dup
#define _dup2 dup2
#define _chmod chmod
#define _commit fsync
#define _umask umask
#define _locking(fd, mode, count) 0

#ifdef __cplusplus
extern "C" {
#endif
/* Text and binary are one; the mode before is told as text, as on Windows. */
#define ws2_text_mode 0x4000
static __inline int _setmode(int fd, int mode)
{
    (void)mode;
    return fcntl(fd, F_GETFD) == -1 ? -1 : ws2_text_mode;
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
#ifdef __cplusplus
}
#endif
#define setmode _setmode
#define filelength _filelength

#endif
