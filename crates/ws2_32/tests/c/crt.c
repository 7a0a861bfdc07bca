/* The C library where Microsoft's differs: the clock, wide text beside narrow; GUIDs as text.
   Sources: the pages of clock, fputws, StringFromGUID2 and CLSIDFromString. */
#include <winsock2.h>
#include <windows.h>
#include <objbase.h>
#include <stdio.h>
#include <time.h>

#ifdef __cplusplus
#define BY_REFERENCE(guid) guid
#else
#define BY_REFERENCE(guid) &guid
#endif

static const GUID provider = {0x22059d40, 0x7e9e, 0x11cf, {0xae, 0x5a, 0x00, 0xaa, 0x00, 0xa7, 0x11, 0x2b}};

static void guids(void)
{
    WCHAR text[40];
    GUID read;
    printf("length %d\n", StringFromGUID2(BY_REFERENCE(provider), text, 39));
    printf("%ls\n", text);
    printf("no room %d\n", StringFromGUID2(BY_REFERENCE(provider), text, 38));
    printf("read %d\n", (int)CLSIDFromString(text, &read));
    printf("same %d\n", memcmp(&read, &provider, sizeof read) == 0);
    text[5] = L'x';
    printf("wrong 0x%x\n", (unsigned)CLSIDFromString(text, &read));
    printf("name 0x%x\n", (unsigned)CLSIDFromString(L"Word.Application", &read));
    printf("new %d\n", (int)CoCreateGuid(&read));
}

static void clocks(void)
{
    clock_t start = clock(), passed;
    Sleep(300);
    passed = clock() - start;
    printf("waiting counts: %d\n", passed >= 290 && passed < 5 * CLOCKS_PER_SEC);
    printf("per second: %d\n", (int)CLOCKS_PER_SEC);
}

static void mixed(void)
{
    printf("narrow\n");
    fputws(L"wide \x20ac\n", stdout);
    fputwc(L'\xe4', stdout);
    putwchar(L'\n');
    wprintf(L"%s %d\n", L"wide", 1);
    puts("narrow");
}

int main(void)
{
    guids();
    clocks();
    mixed();
    return 0;
}
