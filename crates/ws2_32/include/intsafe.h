/* Arithmetic that says when it does not fit. */
#ifndef _INTSAFE_H_INCLUDED_
#define _INTSAFE_H_INCLUDED_
#pragma GCC system_header

#include <windef.h>
#include <limits.h>
#include <winerror.h>

#ifndef INTSAFE_E_ARITHMETIC_OVERFLOW
#define INTSAFE_E_ARITHMETIC_OVERFLOW ((HRESULT)0x80070216)
#endif
#ifndef DWORD_MAX
#define BYTE_MAX 0xff
#define WORD_MAX 0xffff
#define DWORD_MAX 0xffffffffUL
#define ULONGLONG_MAX 0xffffffffffffffffULL
#define SIZET_MAX ((SIZE_T)-1)
#define DWORDLONG_MAX ULONGLONG_MAX
#endif

/* The result, or the type's largest value where it does not fit: it must not be used then. */
#define WS2_SAFE(name, type, operation) \
    static __inline HRESULT name(type first, type second, type *result) \
    { \
        if (!operation(first, second, result)) \
            return S_OK; \
        *result = (type)-1; \
        return INTSAFE_E_ARITHMETIC_OVERFLOW; \
    }
#define WS2_SAFE_FAMILY(prefix, type) \
    WS2_SAFE(prefix##Add, type, __builtin_add_overflow) \
    WS2_SAFE(prefix##Sub, type, __builtin_sub_overflow) \
    WS2_SAFE(prefix##Mult, type, __builtin_mul_overflow)
WS2_SAFE_FAMILY(UInt, UINT)
WS2_SAFE_FAMILY(ULong, ULONG)
WS2_SAFE_FAMILY(DWord, DWORD)
WS2_SAFE_FAMILY(UShort, USHORT)
WS2_SAFE_FAMILY(Word, WORD)
WS2_SAFE_FAMILY(ULongLong, ULONGLONG)
WS2_SAFE_FAMILY(DWordLong, DWORDLONG)
WS2_SAFE_FAMILY(SizeT, SIZE_T)
WS2_SAFE_FAMILY(ULongPtr, ULONG_PTR)
WS2_SAFE_FAMILY(Int, INT)
WS2_SAFE_FAMILY(Long, LONG)
WS2_SAFE_FAMILY(LongLong, LONGLONG)

#define WS2_SAFE_CONVERSION(name, from, to) \
    static __inline HRESULT name(from value, to *result) \
    { \
        if (!__builtin_add_overflow(value, 0, result)) \
            return S_OK; \
        *result = (to)-1; \
        return INTSAFE_E_ARITHMETIC_OVERFLOW; \
    }
WS2_SAFE_CONVERSION(SizeTToULong, SIZE_T, ULONG)
WS2_SAFE_CONVERSION(SizeTToDWord, SIZE_T, DWORD)
WS2_SAFE_CONVERSION(SizeTToUInt, SIZE_T, UINT)
WS2_SAFE_CONVERSION(SizeTToInt, SIZE_T, INT)
WS2_SAFE_CONVERSION(ULongLongToULong, ULONGLONG, ULONG)
WS2_SAFE_CONVERSION(ULongLongToDWord, ULONGLONG, DWORD)
WS2_SAFE_CONVERSION(ULongToUShort, ULONG, USHORT)
WS2_SAFE_CONVERSION(DWordToWord, DWORD, WORD)
WS2_SAFE_CONVERSION(ULongToInt, ULONG, INT)
WS2_SAFE_CONVERSION(DWordToInt, DWORD, INT)
WS2_SAFE_CONVERSION(UIntToInt, UINT, INT)
WS2_SAFE_CONVERSION(IntToUInt, INT, UINT)
WS2_SAFE_CONVERSION(IntToDWord, INT, DWORD)
WS2_SAFE_CONVERSION(IntToULong, INT, ULONG)
WS2_SAFE_CONVERSION(IntToUShort, INT, USHORT)
WS2_SAFE_CONVERSION(LongToULong, LONG, ULONG)
#undef WS2_SAFE
#undef WS2_SAFE_FAMILY
#undef WS2_SAFE_CONVERSION

#endif
