/* Time. Included by ws2/crt.h. */
#ifndef WS2_CRT_TIME_H
#define WS2_CRT_TIME_H
#pragma GCC system_header

#ifdef __cplusplus
extern "C" {
#endif

extern struct tm *ws2_localtime_r(const time_t *time, struct tm *parts) WS2_LIBC(localtime_r);
extern struct tm *ws2_gmtime_r(const time_t *time, struct tm *parts) WS2_LIBC(gmtime_r);
extern time_t ws2_timegm(struct tm *parts) WS2_LIBC(timegm);

/* Microsoft's clock counts the milliseconds since the program began, and not those of its work: timeouts rely on it. */
extern clock_t clock(void) WS2_THROW __asm__("ws2_clock");
#undef CLOCKS_PER_SEC
#define CLOCKS_PER_SEC ((clock_t)1000)
#define CLK_TCK CLOCKS_PER_SEC

/* Fills the parts; those of a wrong time are -1. Microsoft's order of arguments. */
WS2_INLINE errno_t ws2_parts(struct tm *parts, const time_t *now, int is_local)
{
    if (parts == NULL || now == NULL || *now < 0) {
        if (parts != NULL) {
            memset(parts, 0xff, sizeof *parts);
        }
        return ws2_invalid_parameter(EINVAL);
    }
    return (is_local ? ws2_localtime_r(now, parts) : ws2_gmtime_r(now, parts)) != NULL ? 0 : errno;
}

WS2_INLINE errno_t localtime_s(struct tm *parts, const time_t *now)
{
    return ws2_parts(parts, now, 1);
}

WS2_INLINE errno_t gmtime_s(struct tm *parts, const time_t *now)
{
    return ws2_parts(parts, now, 0);
}

WS2_INLINE errno_t _localtime64_s(struct tm *parts, const __time64_t *now)
{
    time_t same = now == NULL ? -1 : (time_t)*now;
    return ws2_parts(parts, &same, 1);
}

WS2_INLINE errno_t _gmtime64_s(struct tm *parts, const __time64_t *now)
{
    time_t same = now == NULL ? -1 : (time_t)*now;
    return ws2_parts(parts, &same, 0);
}

/* "Wed Jun 30 21:49:08 1993\n" and a zero: 26 characters. */
WS2_INLINE errno_t asctime_s(char *place, size_t room, const struct tm *parts)
{
    static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (place == NULL || room == 0 || parts == NULL || parts->tm_mon < 0 || parts->tm_mon > 11 || parts->tm_wday < 0 ||
        parts->tm_wday > 6)
        return ws2_refuse(place, room, EINVAL);
    if (room < 26)
        return ws2_refuse(place, room, EINVAL);
    sprintf(place, "%.3s %.3s %02d %02d:%02d:%02d %4d\n", days + 3 * parts->tm_wday, months + 3 * parts->tm_mon,
            parts->tm_mday % 100, parts->tm_hour % 100, parts->tm_min % 100, parts->tm_sec % 100,
            (parts->tm_year + 1900) % 10000);
    return 0;
}

/* C11's, which Microsoft's header has in any C. */
#ifndef TIME_UTC
#define TIME_UTC 1
#ifndef _STRUCT_TIMESPEC
#define _STRUCT_TIMESPEC 1
struct timespec {
    time_t tv_sec;
    long tv_nsec;
};
#endif
extern int timespec_get(struct timespec *place, int base);
#endif

WS2_INLINE errno_t ctime_s(char *place, size_t room, const time_t *now)
{
    struct tm parts;
    if (place == NULL || room < 26 || now == NULL || *now < 0)
        return ws2_refuse(place, room, EINVAL);
    return ws2_localtime_r(now, &parts) == NULL ? errno : asctime_s(place, room, &parts);
}

WS2_INLINE __time64_t _time64(__time64_t *place)
{
    time_t now = time(NULL);
    if (place != NULL)
        *place = now;
    return now;
}

WS2_INLINE struct tm *_localtime64(const __time64_t *now)
{
    time_t same = (time_t)*now;
    return localtime(&same);
}

WS2_INLINE struct tm *_gmtime64(const __time64_t *now)
{
    time_t same = (time_t)*now;
    return gmtime(&same);
}

WS2_INLINE char *_ctime64(const __time64_t *now)
{
    time_t same = (time_t)*now;
    return ctime(&same);
}

/* The parts are UTC's. Before 1970 there is no time. */
WS2_INLINE __time64_t _mkgmtime64(struct tm *parts)
{
    time_t then = -1;
    if (parts == NULL)
        ws2_invalid_parameter(EINVAL);
    else
        then = ws2_timegm(parts);
    return then < 0 ? -1 : then;
}

WS2_INLINE time_t _mkgmtime(struct tm *parts)
{
    return (time_t)_mkgmtime64(parts);
}

/* The same of 32 bits, until 2038. */
WS2_INLINE __time32_t _time32(__time32_t *place)
{
    time_t now = time(NULL);
    __time32_t same = now > 0x7fffffff ? -1 : (__time32_t)now;
    if (place != NULL)
        *place = same;
    return same;
}

WS2_INLINE errno_t _localtime32_s(struct tm *parts, const __time32_t *now)
{
    time_t same = now == NULL ? -1 : (time_t)*now;
    return ws2_parts(parts, &same, 1);
}

WS2_INLINE errno_t _gmtime32_s(struct tm *parts, const __time32_t *now)
{
    time_t same = now == NULL ? -1 : (time_t)*now;
    return ws2_parts(parts, &same, 0);
}

WS2_INLINE errno_t _ctime32_s(char *place, size_t room, const __time32_t *now)
{
    time_t same = now == NULL ? -1 : (time_t)*now;
    return ctime_s(place, room, &same);
}

#define _mktime64 mktime
#define _difftime64(end, start) ((double)((end) - (start)))
#define _ctime64_s ctime_s
#define _tzset tzset

/* "06/30/93" and "21:49:08". */
WS2_INLINE errno_t ws2_now(char *place, size_t room, const char *format)
{
    time_t now = time(NULL);
    struct tm parts;
    if (place == NULL || room < 9)
        return ws2_refuse(place, room, place == NULL || room == 0 ? EINVAL : ERANGE);
    ws2_localtime_r(&now, &parts);
    return strftime(place, room, format, &parts) == 8 ? 0 : EINVAL;
}

#define _strdate_s(place, room) ws2_now(place, room, "%m/%d/%y")
#define _strtime_s(place, room) ws2_now(place, room, "%H:%M:%S")

WS2_INLINE char *_strdate(char *place)
{
    return ws2_now(place, 9, "%m/%d/%y") == 0 ? place : NULL;
}

WS2_INLINE char *_strtime(char *place)
{
    return ws2_now(place, 9, "%H:%M:%S") == 0 ? place : NULL;
}

#ifdef __cplusplus
}
#endif

#endif
