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
/* Clang's imitation of Microsoft's has these two itself. */
#if defined(__has_builtin)
#if __has_builtin(_BitScanForward)
#define WS2_HAS_BIT_SCAN
#endif
#endif
#ifndef WS2_HAS_BIT_SCAN
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

static __inline unsigned char _BitScanForward64(DWORD *index, unsigned long long mask)
{
    if (mask != 0)
        *index = (DWORD)__builtin_ctzll(mask);
    return mask != 0;
}

static __inline unsigned char _BitScanReverse64(DWORD *index, unsigned long long mask)
{
    if (mask != 0)
        *index = 63 - (DWORD)__builtin_clzll(mask);
    return mask != 0;
}
#endif

#if defined(__x86_64__) || defined(__i386__)
static __inline void ws2_cpuid(int registers[4], int leaf, int subleaf)
{
    __asm__ __volatile__("cpuid"
                         : "=a"(registers[0]), "=b"(registers[1]), "=c"(registers[2]), "=d"(registers[3])
                         : "a"(leaf), "c"(subleaf));
}
#undef __cpuid
#define __cpuid(registers, leaf) ws2_cpuid((registers), (leaf), 0)
#define __cpuidex(registers, leaf, subleaf) ws2_cpuid((registers), (leaf), (subleaf))
#endif
#ifdef __cplusplus
}
#endif

#endif
