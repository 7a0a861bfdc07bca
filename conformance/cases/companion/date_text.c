// Dates and times as text.
//
// rule: pictures, the usual forms of en-US and the invariant locale, what flags leave out, and what is refused.
// source: https://learn.microsoft.com/windows/win32/api/datetimeapi/nf-datetimeapi-gettimeformata, nf-datetimeapi-getdateformata
// expect: en-US [9:05:08 AM] [3/7/2026] [Saturday, March 7, 2026] [March 2026]
// expect: invariant [09:05:08] [03/07/2026] [Saturday, 07 March 2026] [2026 March]
// expect: left out [9 AM] [9:05 AM] [9:05:08] [9:05]
// expect: pictures [2026-03-07] [Sat, 07 Mar 26] [09:05:08] [9 o'clock AM]
// expect: wide 11 2026-03-07
// expect: evening [9:05 PM] [21:05:08 PM] midnight [12:05:08 AM]
// expect: length 6 6
// expect: short 0 122
// expect: no room 0 87
// expect: hour 24 0 87
// expect: day 40 0 87
// expect: both kinds 0 1004
// expect: kind and picture 0 1004
// expect: no override and picture 0 1004
// expect: now 5 11
#include "case.h"

static SYSTEMTIME when = {2026, 3, 1, 7, 9, 5, 8, 42};
static char text[8][64];

static const char *of_time(int place, LCID locale, DWORD flags, const char *picture)
{
    must(GetTimeFormatA(locale, flags, &when, picture, text[place], 64) == (int)strlen(text[place]) + 1, "GetTimeFormat");
    return text[place];
}

static const char *of_date(int place, LCID locale, DWORD flags, const char *picture)
{
    must(GetDateFormatA(locale, flags, &when, picture, text[place], 64) == (int)strlen(text[place]) + 1, "GetDateFormat");
    return text[place];
}

static void refused(const char *what, int length)
{
    printf("%s %d %u\n", what, length, (unsigned)GetLastError());
}

int main(void)
{
    LCID english = MAKELCID(MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US), SORT_DEFAULT), invariant = LOCALE_INVARIANT;
    wchar_t wide[64];
    int length, i;
    printf("en-US [%s] [%s] [%s] [%s]\n", of_time(0, english, 0, NULL), of_date(1, english, 0, NULL),
           of_date(2, LOCALE_USER_DEFAULT, DATE_LONGDATE, NULL), of_date(3, LOCALE_SYSTEM_DEFAULT, DATE_YEARMONTH, NULL));
    printf("invariant [%s] [%s] [%s] [%s]\n", of_time(0, invariant, 0, NULL), of_date(1, invariant, DATE_SHORTDATE, NULL),
           of_date(2, invariant, DATE_LONGDATE, NULL), of_date(3, invariant, DATE_YEARMONTH, NULL));
    printf("left out [%s] [%s] [%s] [%s]\n", of_time(0, english, TIME_NOMINUTESORSECONDS, NULL),
           of_time(1, english, TIME_NOSECONDS, NULL), of_time(2, english, TIME_NOTIMEMARKER, NULL),
           of_time(3, english, TIME_NOTIMEMARKER | TIME_NOSECONDS, NULL));
    printf("pictures [%s] [%s] [%s] [%s]\n", of_date(0, english, 0, "yyyy-MM-dd"),
           of_date(1, english, 0, "ddd, dd MMM yy"), of_time(2, english, 0, "HH':'mm':'ss"),
           of_time(3, english, 0, "h 'o''clock' tt"));
    length = GetDateFormatW(english, 0, &when, L"yyyy'-'MM'-'dd", wide, 64);
    printf("wide %d ", length);
    for (i = 0; wide[i] != 0; i++)
        putchar((char)wide[i]);
    when.wHour = 21;
    printf("\nevening [%s] [%s]", of_time(0, english, TIME_NOSECONDS, NULL), of_time(1, english, TIME_FORCE24HOURFORMAT, NULL));
    when.wHour = 0;
    printf(" midnight [%s]\n", of_time(0, english, 0, NULL));
    printf("length %d %d\n", GetTimeFormatA(english, 0, &when, "HH:mm", NULL, 0),
           GetTimeFormatA(english, 0, &when, "HH:mm", text[0], 6));
    refused("short", GetTimeFormatA(english, 0, &when, "HH:mm", text[0], 5));
    refused("no room", GetTimeFormatA(english, 0, &when, "HH:mm", NULL, 5));
    when.wHour = 24;
    refused("hour 24", GetTimeFormatA(english, 0, &when, NULL, text[0], 64));
    when.wDay = 40;
    refused("day 40", GetDateFormatA(english, 0, &when, NULL, text[0], 64));
    when.wDay = 4;
    refused("both kinds", GetDateFormatA(english, DATE_SHORTDATE | DATE_LONGDATE, &when, NULL, text[0], 64));
    refused("kind and picture", GetDateFormatA(english, DATE_LONGDATE, &when, "yyyy", text[0], 64));
    refused("no override and picture", GetDateFormatA(english, LOCALE_NOUSEROVERRIDE, &when, "yyyy", text[0], 64));
    printf("now %d %d\n", GetDateFormatA(english, 0, NULL, "yyyy", text[0], 64),
           GetDateFormatA(english, 0, NULL, "dd.MM.yyyy", text[1], 64));
    return 0;
}
