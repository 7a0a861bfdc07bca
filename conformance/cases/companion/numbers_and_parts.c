// Numbers to text and back, parts of paths, pieces of text, in Microsoft's spellings.
//
// rule: _itoa is signed only in base ten; _snprintf tells what does not fit by a negative number and ends nothing.
// source: https://learn.microsoft.com/cpp/c-runtime-library/reference/itoa-itow
// expect: itoa -10 fffffff6 1010 -zz
// expect: ultoa 4294967286 i64toa -1 ui64toa 18446744073709551615
// expect: itoa_s 34 0
// expect: strtoui64 255 end z
// expect: case 0 0 1
// expect: upper ABC1 lower abc1 reversed 1cba set xxxx
// expect: tokens a b c
// expect: snprintf -1 abc 3
// expect: scprintf 8
// expect: parts d: \x\y\ name .ext
// expect: no parts [] [] [..] [.hidden] 0
// expect: made d:\x\name.ext
// expect: part too small 34
// expect: wide parts /a/ b .c
// expect: atoi64 -5000000000
// expect: rotated 3 80000000
#include "case.h"

int main(void)
{
    char text[65], other[65], drive[_MAX_DRIVE], folder[_MAX_DIR], name[_MAX_FNAME], ending[_MAX_EXT], *end, *rest;
    wchar_t wfolder[32], wname[32], wending[32];
    int failed;
    printf("itoa %s", _itoa(-10, text, 10));
    printf(" %s", _itoa(-10, text, 16));
    printf(" %s", _itoa(10, text, 2));
    printf(" -%s\n", _itoa(1295, text, 36));
    printf("ultoa %s", _ultoa(4294967286u, text, 10));
    printf(" i64toa %s", _i64toa(-1, text, 10));
    printf(" ui64toa %s\n", _ui64toa(~0ull, text, 10));
    strcpy(text, "x");
    failed = _itoa_s(12345, text, 3, 10);
    printf("itoa_s %d %d\n", failed, text[0]);
    printf("strtoui64 %d", (int)_strtoui64("0xffz", &end, 16));
    printf(" end %s\n", end);
    printf("case %d %d %d\n", _stricmp("Abc", "aBC"), _strnicmp("abX", "ABy", 2), _stricmp("b", "A") > 0);
    strcpy(text, "aBc1");
    printf("upper %s", _strupr(text));
    printf(" lower %s", _strlwr(text));
    printf(" reversed %s", _strrev(text));
    printf(" set %s\n", _strset(text, 'x'));
    strcpy(text, ";a;;b;c");
    printf("tokens");
    for (end = strtok_s(text, ";", &rest); end != NULL; end = strtok_s(NULL, ";", &rest))
        printf(" %s", end);
    memset(text, '?', sizeof text);
    failed = _snprintf(text, 3, "%s", "abcdef");
    printf("\nsnprintf %d %.3s %d\n", failed, text, _snprintf(other, 4, "%s", "abc"));
    printf("scprintf %d\n", _scprintf("%d-%s", 1234, "abc"));
    failed = _splitpath_s("d:\\x\\y\\name.ext", drive, sizeof drive, folder, sizeof folder, name, sizeof name, ending,
                          sizeof ending);
    must(failed == 0, "_splitpath_s");
    printf("parts %s %s %s %s\n", drive, folder, name, ending);
    failed = _splitpath_s("...hidden", drive, sizeof drive, folder, sizeof folder, name, sizeof name, ending,
                          sizeof ending);
    printf("no parts [%s] [%s] [%s] [%s] %d\n", drive, folder, name, ending, failed);
    must(_makepath_s(text, sizeof text, "d", "\\x\\", "name", "ext") == 0, "_makepath_s");
    printf("made %s\n", text);
    failed = _splitpath_s("name.ext", NULL, 0, NULL, 0, text, 2, NULL, 0);
    printf("part too small %d\n", failed);
    must(_wsplitpath_s(L"/a/b.c", NULL, 0, wfolder, 32, wname, 32, wending, 32) == 0, "_wsplitpath_s");
    printf("wide parts %ls %ls %ls\n", wfolder, wname, wending);
    printf("atoi64 %lld\n", (long long)_atoi64("-5000000000x"));
    printf("rotated %u %x\n", _rotl(0x80000001u, 1), _rotr(1, 1));
    return 0;
}
