/* The version of the kit that these headers resemble: that of Windows 10. */
#ifndef _INC_NTVERP
#define _INC_NTVERP
#pragma GCC system_header

#define VER_PRODUCTMAJORVERSION 10
#define VER_PRODUCTMINORVERSION 0
#define VER_PRODUCTBUILD 10011
#define VER_PRODUCTBUILD_QFE 16384
#define VER_PRODUCTVERSION_W (0x0A00)
#define VER_PRODUCTVERSION_DW (0x0A000000 | VER_PRODUCTBUILD)

#endif
