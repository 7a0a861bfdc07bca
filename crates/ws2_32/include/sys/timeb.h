/* Time with milliseconds. */
#ifndef _INC_TIMEB
#define _INC_TIMEB
#pragma GCC system_header

#include <ws2/crt.h>
#include <sys/time.h>

struct timeb {
    time_t time;
    unsigned short millitm;
    short timezone, dstflag;
};
#define _timeb timeb
#define __timeb64 timeb
#define __timeb32 timeb

#ifdef __cplusplus
extern "C" {
#endif
/* The zone is in minutes west of UTC, without summer time. */
static __inline errno_t _ftime64_s(struct timeb *place)
{
    struct timeval now;
    time_t seconds;
    struct tm local, utc;
    time_t apart;
    if (place == NULL)
        return ws2_invalid_parameter(EINVAL);
    gettimeofday(&now, NULL);
    seconds = now.tv_sec;
    ws2_localtime_r(&seconds, &local);
    ws2_gmtime_r(&seconds, &utc);
    utc.tm_isdst = 0;
    apart = mktime(&utc) - seconds;
    place->time = seconds;
    place->millitm = (unsigned short)(now.tv_usec / 1000);
    place->timezone = (short)(apart / 60);
    place->dstflag = (short)(local.tm_isdst > 0);
    return 0;
}
#define _ftime_s _ftime64_s
#define _ftime(place) ((void)_ftime64_s(place))
#define _ftime64(place) ((void)_ftime64_s(place))
#define ftime(place) _ftime64_s(place)
#ifdef __cplusplus
}
#endif

#endif
