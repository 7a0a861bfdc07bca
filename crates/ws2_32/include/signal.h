/* Signals: Linux', with Windows' number of them, as arrays of handlers have it. */
#pragma GCC system_header
#include_next <signal.h>

/* Programs bring a sigaction of their own, for which Windows has no name. */
#if defined(_WIN32) && !defined(_INC_SIGNAL)
#define _INC_SIGNAL
#undef NSIG
#define NSIG 23
#undef _NSIG
#undef sa_handler
#undef sa_sigaction
#endif
