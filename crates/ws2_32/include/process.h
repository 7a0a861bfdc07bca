/* Threads and other programs by the C library's functions of Windows, and what its header has of processes: exit, system,
 * _getpid. */
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

#define _P_WAIT 0
#define _P_NOWAIT 1
#define _P_OVERLAY 2
#define _P_NOWAITO 3
#define _P_DETACH 4
#define _WAIT_CHILD 0
#define _WAIT_GRANDCHILD 1
#define P_WAIT _P_WAIT
#define P_NOWAIT _P_NOWAIT
#define P_OVERLAY _P_OVERLAY
#define P_NOWAITO _P_NOWAITO
#define P_DETACH _P_DETACH
#define WAIT_CHILD _WAIT_CHILD
#define WAIT_GRANDCHILD _WAIT_GRANDCHILD

intptr_t __cdecl _spawnve(int mode, const char *path, const char *const *arguments, const char *const *variables)
    WS2_SYMBOL(_spawnve);
intptr_t __cdecl _spawnvpe(int mode, const char *path, const char *const *arguments, const char *const *variables)
    WS2_SYMBOL(_spawnvpe);
intptr_t __cdecl _wspawnve(int mode, const wchar_t *path, const wchar_t *const *arguments,
                           const wchar_t *const *variables) WS2_SYMBOL_W(_wspawnve);
intptr_t __cdecl _wspawnvpe(int mode, const wchar_t *path, const wchar_t *const *arguments,
                            const wchar_t *const *variables) WS2_SYMBOL_W(_wspawnvpe);
intptr_t __cdecl _cwait(int *termstat, intptr_t process, int action) WS2_SYMBOL(_cwait);
#define cwait _cwait

/* The rest of the family. A list of arguments ends with NULL; in those with an e, the variables come behind it. */
#define WS2_SPAWN_FAMILY(text, with, plain_list, list_with, vector, exec_list, exec_list_with, exec_vector, exec_with) \
    static __inline intptr_t vector(int mode, const text *path, const text *const *arguments) \
    { \
        return with(mode, path, arguments, NULL); \
    } \
    static __inline intptr_t exec_vector(const text *path, const text *const *arguments) \
    { \
        return with(_P_OVERLAY, path, arguments, NULL); \
    } \
    static __inline intptr_t exec_with(const text *path, const text *const *arguments, const text *const *variables) \
    { \
        return with(_P_OVERLAY, path, arguments, variables); \
    } \
    WS2_SPAWN_LIST(text, with, plain_list, (int mode, const text *path, const text *first, ...), mode, NULL) \
    WS2_SPAWN_LIST(text, with, list_with, (int mode, const text *path, const text *first, ...), mode, \
                   __builtin_va_arg(rest, const text *const *)) \
    WS2_SPAWN_LIST(text, with, exec_list, (const text *path, const text *first, ...), _P_OVERLAY, NULL) \
    WS2_SPAWN_LIST(text, with, exec_list_with, (const text *path, const text *first, ...), _P_OVERLAY, \
                   __builtin_va_arg(rest, const text *const *))
#define WS2_SPAWN_LIST(text, with, name, parameters, mode, variables) \
    static __inline intptr_t name parameters \
    { \
        __builtin_va_list rest; \
        size_t count = 0, at; \
        const text **all; \
        const text *const *own; \
        __builtin_va_start(rest, first); \
        if (first != NULL) \
            for (count = 1; __builtin_va_arg(rest, const text *) != NULL; count++) \
                continue; \
        __builtin_va_end(rest); \
        all = (const text **)__builtin_alloca((count + 1) * sizeof *all); \
        all[0] = first; \
        __builtin_va_start(rest, first); \
        for (own = NULL, at = 1; at <= count; at++) \
            all[at] = __builtin_va_arg(rest, const text *); \
        own = variables; \
        __builtin_va_end(rest); \
        return with(mode, path, all, own); \
    }
WS2_SPAWN_FAMILY(char, _spawnve, _spawnl, _spawnle, _spawnv, _execl, _execle, _execv, _execve)
WS2_SPAWN_FAMILY(char, _spawnvpe, _spawnlp, _spawnlpe, _spawnvp, _execlp, _execlpe, _execvp, _execvpe)
WS2_SPAWN_FAMILY(wchar_t, _wspawnve, _wspawnl, _wspawnle, _wspawnv, _wexecl, _wexecle, _wexecv, _wexecve)
WS2_SPAWN_FAMILY(wchar_t, _wspawnvpe, _wspawnlp, _wspawnlpe, _wspawnvp, _wexeclp, _wexeclpe, _wexecvp, _wexecvpe)
#undef WS2_SPAWN_FAMILY
#undef WS2_SPAWN_LIST
#define spawnl _spawnl
#define spawnle _spawnle
#define spawnlp _spawnlp
#define spawnlpe _spawnlpe
#define spawnv _spawnv
#define spawnve _spawnve
#define spawnvp _spawnvp
#define spawnvpe _spawnvpe

WS2_END_C

#endif
