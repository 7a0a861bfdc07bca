/* Random bytes. The other algorithms are not provided: the compiler names the function. */
#ifndef __BCRYPT_H__
#define __BCRYPT_H__
#pragma GCC system_header

#include <windows.h>

#ifndef BCRYPT_SUCCESS
#define BCRYPT_SUCCESS(Status) (((NTSTATUS)(Status)) >= 0)
#endif
typedef PVOID BCRYPT_HANDLE, BCRYPT_ALG_HANDLE;

#define BCRYPT_RNG_ALGORITHM L"RNG"
#define BCRYPT_RNG_FIPS186_DSA_ALGORITHM L"FIPS186DSARNG"
#define BCRYPT_RNG_USE_ENTROPY_IN_BUFFER 0x00000001
#define BCRYPT_USE_SYSTEM_PREFERRED_RNG 0x00000002

WS2_BEGIN_C
NTSTATUS WINAPI BCryptOpenAlgorithmProvider(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId, LPCWSTR pszImplementation,
                                            ULONG dwFlags) WS2_SYMBOL_W(BCryptOpenAlgorithmProvider);
NTSTATUS WINAPI BCryptCloseAlgorithmProvider(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags)
    WS2_SYMBOL(BCryptCloseAlgorithmProvider);
NTSTATUS WINAPI BCryptGenRandom(BCRYPT_ALG_HANDLE hAlgorithm, PUCHAR pbBuffer, ULONG cbBuffer, ULONG dwFlags)
    WS2_SYMBOL(BCryptGenRandom);
WS2_END_C

#endif
