/* Microsoft's debugging of the heap, which is not here: the checks find nothing, as in release builds. */
#ifndef _INC_CRTDBG
#define _INC_CRTDBG
#pragma GCC system_header

#include <assert.h>
#include <ws2/crt.h>

#define _CRT_WARN 0
#define _CRT_ERROR 1
#define _CRT_ASSERT 2
#define _CRTDBG_ALLOC_MEM_DF 0x01
#define _CRTDBG_DELAY_FREE_MEM_DF 0x02
#define _CRTDBG_CHECK_ALWAYS_DF 0x04
#define _CRTDBG_CHECK_CRT_DF 0x10
#define _CRTDBG_LEAK_CHECK_DF 0x20
#define _CRTDBG_REPORT_FLAG (-1)
#define _CRTDBG_MODE_FILE 0x1
#define _CRTDBG_MODE_DEBUG 0x2
#define _CRTDBG_MODE_WNDW 0x4
#define _CRTDBG_FILE_STDOUT ((void *)-4)
#define _CRTDBG_FILE_STDERR ((void *)-5)
#define _NORMAL_BLOCK 1
#define _ASSERT(condition) assert(condition)
#define _ASSERTE(condition) assert(condition)
#define _RPT0(type, text) ((void)0)
#define _RPT1(type, format, a) ((void)0)
#define _RPT2(type, format, a, b) ((void)0)
#define _RPTF0(type, text) ((void)0)
#define _CrtDumpMemoryLeaks() 0
#define _CrtCheckMemory() 1
#define _CrtSetDbgFlag(flag) 0
#define _CrtSetReportMode(type, mode) 0
#define _CrtSetReportFile(type, file) ((void *)0)
#define _CrtSetBreakAlloc(number) 0L

#endif
