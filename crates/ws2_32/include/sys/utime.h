/* Times of files. */
#ifndef _INC_UTIME
#define _INC_UTIME
#pragma GCC system_header

#include <ws2/crt.h>
#include <utime.h>
#define _utimbuf utimbuf
#define _utime utime

#endif
