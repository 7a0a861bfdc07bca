/* Windows' types by another name; those of COM are not provided. */
#ifndef __wtypes_h__
#define __wtypes_h__
#pragma GCC system_header

#include <windows.h>

#endif
