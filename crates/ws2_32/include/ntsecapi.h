/* Of security's own functions, the random numbers. */
#ifndef _NTSECAPI_
#define _NTSECAPI_
#pragma GCC system_header

#include <ws2/nt.h>

WS2_BEGIN_C
BOOLEAN WINAPI SystemFunction036(PVOID RandomBuffer, ULONG RandomBufferLength) WS2_SYMBOL(SystemFunction036);
WS2_END_C

#define RtlGenRandom SystemFunction036

#endif
