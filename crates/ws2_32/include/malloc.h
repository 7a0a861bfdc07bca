/* The system's malloc.h, and Microsoft's spellings, which ws2/crt.h has. */
#ifndef WS2_MALLOC_H
#define WS2_MALLOC_H
#pragma GCC system_header
#include_next <malloc.h>
#include <ws2/crt.h>
#define _HEAPOK (-2)
#define _heapchk() _HEAPOK
#define _heapmin() 0
#endif
