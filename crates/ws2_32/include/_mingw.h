/* For a program that is told to be compiled by mingw-w64 (-D__MINGW32__), as it knows Windows' compilers by name: the
 * versions that it asks for. Winsock's headers include this then, as mingw's do. */
#ifndef _INC__MINGW_H
#define _INC__MINGW_H
#pragma GCC system_header
#define __MINGW32_MAJOR_VERSION 3
#define __MINGW32_MINOR_VERSION 11
#define __MINGW64_VERSION_MAJOR 10
#define __MINGW64_VERSION_MINOR 0
#define __MINGW64_VERSION_BUGFIX 0
#endif
