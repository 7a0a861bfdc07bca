/* Random bytes; of the rest of this header nothing is provided. */
#ifndef _NTSECAPI_
#define _NTSECAPI_
#pragma GCC system_header

#include <windows.h>

#define RtlGenRandom SystemFunction036

WS2_BEGIN_C
BOOLEAN WINAPI SystemFunction036(PVOID RandomBuffer, ULONG RandomBufferLength) WS2_SYMBOL(SystemFunction036);
WS2_END_C

#endif
