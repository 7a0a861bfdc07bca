/* Threads by the C library's functions of Windows, and what its header has of processes: exit, system, _getpid. */
#ifndef WS2_PROCESS_H
#define WS2_PROCESS_H
#pragma GCC system_header

#include <ws2/base.h>
#include <ws2/crt_stdlib.h>

typedef unsigned(__stdcall *_beginthreadex_proc_type)(void *);
typedef void(__cdecl *_beginthread_proc_type)(void *);

WS2_BEGIN_C

uintptr_t __cdecl _beginthreadex(void *security, unsigned stack_size, _beginthreadex_proc_type start_address,
                                 void *arglist, unsigned initflag, unsigned *thrdaddr) WS2_SYMBOL(_beginthreadex);
uintptr_t __cdecl _beginthread(_beginthread_proc_type start_address, unsigned stack_size, void *arglist)
    WS2_SYMBOL(_beginthread);
__attribute__((__noreturn__)) void __cdecl _endthreadex(unsigned retval) WS2_SYMBOL(_endthreadex);
__attribute__((__noreturn__)) void __cdecl _endthread(void) WS2_SYMBOL(_endthread);

extern int getpid(void) __THROW;

WS2_END_C

#endif
