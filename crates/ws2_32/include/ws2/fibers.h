/* Fibers. Included by windows.h. */
#ifndef WS2_FIBERS_H
#define WS2_FIBERS_H
#pragma GCC system_header

#include <windef.h>

#define FIBER_FLAG_FLOAT_SWITCH 0x1

typedef VOID(WINAPI *PFIBER_START_ROUTINE)(LPVOID lpFiberParameter);
typedef PFIBER_START_ROUTINE LPFIBER_START_ROUTINE;

WS2_BEGIN_C
LPVOID WINAPI ConvertThreadToFiber(LPVOID lpParameter) WS2_SYMBOL(ConvertThreadToFiber);
LPVOID WINAPI ConvertThreadToFiberEx(LPVOID lpParameter, DWORD dwFlags) WS2_SYMBOL(ConvertThreadToFiberEx);
BOOL WINAPI ConvertFiberToThread(void) WS2_SYMBOL(ConvertFiberToThread);
LPVOID WINAPI CreateFiber(SIZE_T dwStackSize, LPFIBER_START_ROUTINE lpStartAddress, LPVOID lpParameter)
    WS2_SYMBOL(CreateFiber);
LPVOID WINAPI CreateFiberEx(SIZE_T dwStackCommitSize, SIZE_T dwStackReserveSize, DWORD dwFlags,
                            LPFIBER_START_ROUTINE lpStartAddress, LPVOID lpParameter) WS2_SYMBOL(CreateFiberEx);
VOID WINAPI SwitchToFiber(LPVOID lpFiber) WS2_SYMBOL(SwitchToFiber);
VOID WINAPI DeleteFiber(LPVOID lpFiber) WS2_SYMBOL(DeleteFiber);
BOOL WINAPI IsThreadAFiber(void) WS2_SYMBOL(IsThreadAFiber);
PVOID WINAPI GetCurrentFiber(void) WS2_SYMBOL(GetCurrentFiber);

static __inline PVOID GetFiberData(void)
{
    return *(PVOID *)GetCurrentFiber();
}
WS2_END_C

#endif
