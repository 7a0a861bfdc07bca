// Microsoft's safe strings: what does not fit is refused, the buffer emptied, and the code returned.
//
// rule: strcpy_s and its kin return EINVAL or ERANGE and empty the buffer; _TRUNCATE cuts and returns STRUNCATE.
// source: https://learn.microsoft.com/cpp/c-runtime-library/reference/strcpy-s-wcscpy-s-mbscpy-s, return value
// expect: strcpy_s 0 [1234567]
// expect: strcpy_s too long 34 []
// expect: strcpy_s null 22 []
// expect: strncpy_s 0 [123]
// expect: strncpy_s truncate 80 [1234567]
// expect: strcat_s 0 [abcd]
// expect: strcat_s too long 34 []
// expect: strncat_s 0 [abXY]
// expect: sprintf_s 5 [12 ab]
// expect: sprintf_s too long -1 []
// expect: _snprintf exact 8 [12345678]
// expect: _snprintf too long -1 [12345678]
// expect: _snprintf_s truncate -1 [1234567]
// expect: memcpy_s too long 34 [00]
// expect: strtok_s one two three
// expect: _itoa ff -10 -z
// expect: _itoa_s too long 34 []
// expect: _stricmp 0 -1 1 0
// expect: _strupr ABC1 _strlwr abc1 _strrev 1cba
// expect: wcscpy_s 34 0
// expect: StringCchCopy 8007007a [1234567]
// expect: StringCchPrintf 0 [7 seven]
// expect: StringCchLength 0 5
// expect: _splitpath [c:] [\dir\] [name] [.ext]
// expect: wsprintf 12 ab 0000FF
#include "case.h"
#define STRSAFE_NO_DEPRECATE
#include <strsafe.h>

static void quiet(const wchar_t *a, const wchar_t *b, const wchar_t *c, unsigned d, uintptr_t e)
{
    (void)a, (void)b, (void)c, (void)d, (void)e;
}

static int sign(int order)
{
    return order < 0 ? -1 : order > 0;
}

int main(void)
{
    char text[8], more[64], *context, *word;
    char drive[8], folder[64], name[64], ending[64];
    wchar_t wide[4];
    size_t length;
    int result;
    _set_invalid_parameter_handler(quiet);
#define SHOW(what, call) (memset(text, 'x', sizeof text), text[0] = 0, result = (call), printf(what " %d [%.8s]\n", result, text))
    SHOW("strcpy_s", strcpy_s(text, sizeof text, "1234567"));
    SHOW("strcpy_s too long", strcpy_s(text, sizeof text, "12345678"));
    SHOW("strcpy_s null", strcpy_s(text, sizeof text, NULL));
    SHOW("strncpy_s", strncpy_s(text, sizeof text, "12345678", 3));
    SHOW("strncpy_s truncate", strncpy_s(text, sizeof text, "123456789", _TRUNCATE));
    SHOW("strcat_s", (strcpy(text, "ab"), strcat_s(text, sizeof text, "cd")));
    SHOW("strcat_s too long", (strcpy(text, "abcd"), strcat_s(text, sizeof text, "efgh")));
    SHOW("strncat_s", (strcpy(text, "ab"), strncat_s(text, sizeof text, "XYZ", 2)));
    SHOW("sprintf_s", sprintf_s(text, sizeof text, "%d %s", 12, "ab"));
    SHOW("sprintf_s too long", sprintf_s(text, sizeof text, "%s", "12345678"));
    SHOW("_snprintf exact", _snprintf(text, sizeof text, "%s", "12345678"));
    SHOW("_snprintf too long", _snprintf(text, sizeof text, "%s", "123456789"));
    SHOW("_snprintf_s truncate", _snprintf_s(text, sizeof text, _TRUNCATE, "%s", "123456789"));
    memset(text, 'x', sizeof text);
    result = memcpy_s(text, 2, "abc", 3);
    printf("memcpy_s too long %d [%d%d]\n", result, text[0], text[1]);
    strcpy(more, "one, two,three");
    printf("strtok_s");
    for (word = strtok_s(more, ", ", &context); word != NULL; word = strtok_s(NULL, ", ", &context))
        printf(" %s", word);
    printf("\n_itoa %s", _itoa(255, more, 16));
    printf(" %s", _itoa(-10, more, 10));
    more[0] = '-';
    _itoa(35, more + 1, 36);
    printf(" %s\n", more);
    SHOW("_itoa_s too long", _itoa_s(123456789, text, sizeof text, 10));
    printf("_stricmp %d %d %d %d\n", _stricmp("AbC", "aBc"), sign(_stricmp("a", "B")), sign(_stricmp("b", "A")),
           _strnicmp("ABx", "aby", 2));
    strcpy(more, "aBc1");
    printf("_strupr %s", _strupr(more));
    printf(" _strlwr %s", _strlwr(more));
    printf(" _strrev %s\n", _strrev(more));
    result = wcscpy_s(wide, 4, L"1234");
    printf("wcscpy_s %d %d\n", result, wide[0]);
    result = (int)StringCchCopyA(text, sizeof text, "12345678");
    printf("StringCchCopy %x [%s]\n", (unsigned)result, text);
    result = (int)StringCchPrintfA(text, sizeof text, "%d %s", 7, "seven");
    printf("StringCchPrintf %x [%s]\n", (unsigned)result, text);
    result = (int)StringCchLengthA("12345", 10, &length);
    printf("StringCchLength %x %d\n", (unsigned)result, (int)length);
    _splitpath("c:\\dir\\name.ext", drive, folder, name, ending);
    printf("_splitpath [%s] [%s] [%s] [%s]\n", drive, folder, name, ending);
    wsprintfA(more, "%d %s %06X", 12, "ab", 255);
    printf("wsprintf %s\n", more);
    return 0;
}
