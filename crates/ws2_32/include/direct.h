/* Folders. */
#ifndef _INC_DIRECT
#define _INC_DIRECT
#pragma GCC system_header

#include <ws2/crt.h>
/* mkdir. */
#include <sys/stat.h>
#define WS2_OWN_UNISTD
#include <unistd.h>
#undef WS2_OWN_UNISTD

#ifdef __cplusplus
extern "C" {
#endif
extern int ws2_mkdir(const char *path, unsigned mode) WS2_LIBC(mkdir);
#define _chdir chdir
#define _rmdir rmdir
#define _getcwd getcwd

static __inline int _mkdir(const char *path)
{
    return ws2_mkdir(path, 0777);
}

/* There are no drives: the current one is C. */
static __inline int _getdrive(void)
{
    return 3;
}

static __inline int _chdrive(int drive)
{
    return drive == 3 ? 0 : -1;
}
#ifdef __cplusplus
}
/* Microsoft's mkdir has one argument. */
static inline int mkdir(const char *path)
{
    return _mkdir(path);
}
#endif

#endif
