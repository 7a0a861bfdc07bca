/* Single keys of the terminal. */
#ifndef _INC_CONIO
#define _INC_CONIO
#pragma GCC system_header

#include <ws2/crt.h>

#ifdef __cplusplus
extern "C" {
#endif
int _kbhit(void) __asm__("ws2__kbhit");
int _getch(void) __asm__("ws2__getch");
int _ungetch(int unit) __asm__("ws2__ungetch");
#define _getch_nolock _getch
#define kbhit _kbhit
#define getch _getch
#define getche _getche
#define ungetch _ungetch
#define putch _putch
#define cputs _cputs
#define cprintf _cprintf
#define _cprintf_s _cprintf

/* Where the terminal stands is where standard output goes. */
static __inline int _putch(int unit)
{
    int written = putchar(unit);
    fflush(stdout);
    return written;
}

static __inline int _getche(void)
{
    int unit = _getch();
    return unit == EOF ? unit : _putch(unit);
}

static __inline int _cputs(const char *text)
{
    int failed = fputs(text, stdout) < 0;
    fflush(stdout);
    return failed;
}

static __inline int _cprintf(const char *format, ...)
WS2_VARIADIC(format, (ws2_count = vprintf(format, arguments), fflush(stdout), ws2_count))
#ifdef __cplusplus
}
#endif

#endif
