/* Ways of sharing a file; ws2/crt_stdio.h has them. */
#ifndef _INC_SHARE
#define _INC_SHARE
#pragma GCC system_header
#include <ws2/crt.h>
#define SH_DENYNO _SH_DENYNO
#endif
