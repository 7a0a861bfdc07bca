/* The clock of the multimedia functions; sound is not here. */
#ifndef _MMSYSTEM_H
#define _MMSYSTEM_H
#pragma GCC system_header

#include <sysinfoapi.h>

typedef UINT MMRESULT;
typedef void(CALLBACK *LPTIMECALLBACK)(UINT uTimerID, UINT uMsg, DWORD_PTR dwUser, DWORD_PTR dw1, DWORD_PTR dw2);
#define TIME_ONESHOT 0x0000
#define TIME_PERIODIC 0x0001
#define TIME_CALLBACK_FUNCTION 0x0000
#define TIME_CALLBACK_EVENT_SET 0x0010
#define TIME_CALLBACK_EVENT_PULSE 0x0020
#define TIME_KILL_SYNCHRONOUS 0x0100
#define MMSYSERR_INVALPARAM 11
#define TIMERR_NOERROR 0
#define TIMERR_BASE 96
#define TIMERR_NOCANDO (TIMERR_BASE + 1)
#define TIMERR_STRUCT (TIMERR_BASE + 33)
typedef struct timecaps_tag {
    UINT wPeriodMin, wPeriodMax;
} TIMECAPS, *PTIMECAPS, *LPTIMECAPS;

#define timeGetTime GetTickCount
/* Waits are exact to the kernel's timers, well below a millisecond, whatever is asked for. */
#define timeBeginPeriod(uPeriod) ((MMRESULT)((uPeriod) == 0 ? TIMERR_NOCANDO : TIMERR_NOERROR))
#define timeEndPeriod(uPeriod) ((MMRESULT)((uPeriod) == 0 ? TIMERR_NOCANDO : TIMERR_NOERROR))

WS2_BEGIN_C
MMRESULT WINAPI timeSetEvent(UINT uDelay, UINT uResolution, LPTIMECALLBACK fptc, DWORD_PTR dwUser, UINT fuEvent)
    WS2_SYMBOL(timeSetEvent);
MMRESULT WINAPI timeKillEvent(UINT uTimerID) WS2_SYMBOL(timeKillEvent);
static __inline MMRESULT timeGetDevCaps(LPTIMECAPS ptc, UINT cbtc)
{
    if (ptc == NULL || cbtc < sizeof *ptc)
        return TIMERR_STRUCT;
    ptc->wPeriodMin = 1;
    ptc->wPeriodMax = 1000000;
    return TIMERR_NOERROR;
}
WS2_END_C

#endif
