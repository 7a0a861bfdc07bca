// A time from its parts in UTC.
//
// rule: _mkgmtime reads the parts as UTC's, corrects them, and has no time before 1970.
// source: https://learn.microsoft.com/cpp/c-runtime-library/reference/mkgmtime-mkgmtime32-mkgmtime64
// expect: second day 86400
// expect: corrected 1709251200 2024-03-01 day 5 of the week, 60 of the year
// expect: before -1
#include "case.h"
#include <time.h>

int main(void)
{
    struct tm parts;
    long long then;

    memset(&parts, 0, sizeof(parts));
    parts.tm_year = 70;
    parts.tm_mday = 2;
    printf("second day %lld\n", (long long)_mkgmtime(&parts));
    memset(&parts, 0, sizeof(parts));
    parts.tm_year = 123;
    parts.tm_mon = 13;
    parts.tm_mday = 30;
    then = (long long)_mkgmtime64(&parts);
    printf("corrected %lld %d-%02d-%02d day %d of the week, %d of the year\n", then, parts.tm_year + 1900,
           parts.tm_mon + 1, parts.tm_mday, parts.tm_wday, parts.tm_yday);
    memset(&parts, 0, sizeof(parts));
    parts.tm_year = 60;
    parts.tm_mday = 1;
    printf("before %lld\n", (long long)_mkgmtime(&parts));
    return 0;
}
