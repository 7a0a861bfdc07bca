/* Control codes of devices: what they are made of. DeviceIoControl is not provided. */
#ifndef _WINIOCTL_
#define _WINIOCTL_
#pragma GCC system_header

#include <windows.h>

#define CTL_CODE(type, function, method, access) (((type) << 16) | ((access) << 14) | ((function) << 2) | (method))
#define METHOD_BUFFERED 0
#define METHOD_IN_DIRECT 1
#define METHOD_OUT_DIRECT 2
#define METHOD_NEITHER 3
#define FILE_ANY_ACCESS 0
#define FILE_SPECIAL_ACCESS 0
#define FILE_READ_ACCESS 1
#define FILE_WRITE_ACCESS 2
#define FILE_DEVICE_NETWORK 0x12
#define FILE_DEVICE_UNKNOWN 0x22
#define FILE_DEVICE_NAMED_PIPE 0x11
#define FILE_DEVICE_FILE_SYSTEM 9

#endif
