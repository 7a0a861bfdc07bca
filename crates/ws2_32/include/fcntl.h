/* Linux' own, and the names of Microsoft's C library. The flags of _open are Linux' own; text and binary are one. */
#pragma GCC system_header
#include_next <fcntl.h>
#if (defined(_WIN32) || defined(_INC_IO)) && !defined(WS2_FCNTL_H)
#define WS2_FCNTL_H
#ifdef _WIN32
/* A program asks by these whether there is a fcntl for its sockets, which a SOCKET is not for. */
#undef F_DUPFD
#undef F_GETFD
#undef F_SETFD
#undef F_GETFL
#undef F_SETFL
#undef FD_CLOEXEC
#undef O_NONBLOCK
#undef O_NDELAY
#endif
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
#endif
