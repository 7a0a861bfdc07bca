// printf reads Microsoft's formats.
//
// rule: I64 and I32 sizes, long of 32 bits, %S and %ws and %hs, and sscanf_s with the sizes of its buffers.
// source: https://learn.microsoft.com/cpp/c-runtime-library/format-specification-syntax-printf-and-wprintf-functions
// expect: I64 1099511627776 -5 10000000000
// expect: I32 -7 4000000000
// expect: long -1 4294967295 ffffffff
// expect: many 1 2 3 4 5 6 7 -8 4294967295
// expect: wide abc abc narrow def
// expect: padded [  abc] [abc  ] [  ab]
// expect: percent % 100%
// expect: swprintf 12 abc def
// expect: sscanf_s 3 12 abc x
// expect: sscanf_s too long 1 12 []
#include "case.h"
// The compiler knows the other formats.
#pragma GCC diagnostic ignored "-Wformat"
#pragma GCC diagnostic ignored "-Wformat-extra-args"

int main(void)
{
    wchar_t wide[64];
    char word[8], letter = 0;
    int number = 0, i, count;
    DWORD most = 0xffffffff;
    LONG less = -1;
    printf("I64 %I64d %I64d %I64x\n", 1099511627776LL, -5LL, 0x10000000000LL);
    printf("I32 %I32d %I32u\n", -7, 4000000000u);
    printf("long %ld %lu %lx\n", less, most, most);
    printf("many %d %d %d %d %d %d %d %ld %lu\n", 1, 2, 3, 4, 5, 6, 7, (LONG)-8, most);
    printf("wide %S %ws narrow %hs\n", L"abc", L"abc", "def");
    printf("padded [%5S] [%-5ws] [%4.2S]\n", L"abc", L"abc", L"abc");
    printf("percent %% 100%%\n");
#ifdef _WIN32
    _snwprintf(wide, 64, L"%d %s %S", 12, L"abc", "def");
#else
    swprintf(wide, 64, L"%d %s %S", 12, L"abc", "def");
#endif
    printf("swprintf ");
    for (i = 0; wide[i] != 0; i++)
        putchar((char)wide[i]);
    count = sscanf_s("12 abc x", "%d %s %c", &number, word, (unsigned)sizeof word, &letter, 1u);
    printf("\nsscanf_s %d %d %s %c\n", count, number, word, letter);
    count = sscanf_s("12 abcdefgh", "%d %s", &number, word, (unsigned)sizeof word);
    printf("sscanf_s too long %d %d [%s]\n", count, number, word);
    return 0;
}
