/* The compiler's own functions that programs use. */
#ifndef _INC_INTRIN
#define _INC_INTRIN
#pragma GCC system_header

#include <winnt.h>
#if defined(__x86_64__) || defined(__i386__)
#include <x86intrin.h>
#endif

#define __debugbreak() __builtin_trap()
#define _ReadWriteBarrier() __asm__ __volatile__("" : : : "memory")
#define _ReadBarrier _ReadWriteBarrier
#define _WriteBarrier _ReadWriteBarrier
#define __nop() __asm__ __volatile__("nop")
#define _AddressOfReturnAddress() __builtin_frame_address(0)
#define _ReturnAddress() __builtin_return_address(0)
#define __popcnt __builtin_popcount
#define __popcnt64 __builtin_popcountll

#ifdef __cplusplus
extern "C" {
#endif
#undef _BitScanForward
#undef _BitScanReverse
static __inline unsigned char _BitScanForward(DWORD *index, DWORD mask)
{
    if (mask != 0)
        *index = (DWORD)__builtin_ctz(mask);
    return mask != 0;
}

static __inline unsigned char _BitScanReverse(DWORD *index, DWORD mask)
{
    if (mask != 0)
        *index = 31 - (DWORD)__builtin_clz(mask);
    return mask != 0;
}
#ifdef __cplusplus
}
#endif

#endif
