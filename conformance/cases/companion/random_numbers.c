// Random numbers of the three libraries of Windows.
//
// rule: all of a buffer is filled, a closed provider gives nothing more, and BCryptGenRandom without a generator wants the flag for the system's own.
// source: https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-cryptgenrandom, https://learn.microsoft.com/windows/win32/api/bcrypt/nf-bcrypt-bcryptgenrandom
// expect: CryptGenRandom 1 differs 1
// expect: released 1 then 0 87
// expect: RtlGenRandom 1 differs 1
// expect: generator 0 0 0 differs 1
// expect: system's own 0 without the flag c0000008
#include "case.h"
#include <wincrypt.h>
#include <bcrypt.h>
#include <ntsecapi.h>

static BYTE one[64], other[64];

static int differs(void)
{
    int i, zeros = 0;
    for (i = 0; i < 64; i++)
        zeros += one[i] == 0;
    return memcmp(one, other, sizeof one) != 0 && zeros < 10;
}

int main(void)
{
    HCRYPTPROV provider = 0;
    int good;
    LONG first, second;
#ifdef __MINGW32__
    // Cases do not link it.
    HMODULE library = LoadLibraryA("bcrypt.dll");
    NTSTATUS(WINAPI *open)(PVOID *, LPCWSTR, LPCWSTR, ULONG) = (void *)GetProcAddress(library, "BCryptOpenAlgorithmProvider");
    NTSTATUS(WINAPI *generate)(PVOID, PUCHAR, ULONG, ULONG) = (void *)GetProcAddress(library, "BCryptGenRandom");
    NTSTATUS(WINAPI *finish)(PVOID, ULONG) = (void *)GetProcAddress(library, "BCryptCloseAlgorithmProvider");
#else
#define open BCryptOpenAlgorithmProvider
#define generate BCryptGenRandom
#define finish BCryptCloseAlgorithmProvider
#endif
    PVOID algorithm = NULL;
    must(CryptAcquireContextA(&provider, NULL, NULL, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT), "CryptAcquireContext");
    good = CryptGenRandom(provider, sizeof one, one) && CryptGenRandom(provider, sizeof other, other);
    printf("CryptGenRandom %d differs %d\n", good, differs());
    good = CryptReleaseContext(provider, 0);
    SetLastError(0);
    printf("released %d then %d", good, CryptGenRandom(provider, sizeof one, one));
    printf(" %u\n", (unsigned)GetLastError());
    good = RtlGenRandom(one, sizeof one) && RtlGenRandom(other, sizeof other);
    printf("RtlGenRandom %d differs %d\n", good, differs());
    first = open(&algorithm, L"RNG", NULL, 0);
    second = generate(algorithm, one, sizeof one, 0);
    generate(algorithm, other, sizeof other, 0);
    printf("generator %x %x %x differs %d\n", (unsigned)first, (unsigned)second, (unsigned)finish(algorithm, 0), differs());
    first = generate(NULL, one, sizeof one, 2);
    second = generate(NULL, one, sizeof one, 0);
    printf("system's own %x without the flag %x\n", (unsigned)first, (unsigned)second);
    return 0;
}
