/* What is known of a thread's stack, also on a fiber's; the names of exceptions' handlers. */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>

static LPVOID first;

static void tell(const char *who)
{
    NT_TIB *block = (NT_TIB *)NtCurrentTeb();
    ULONG_PTR low = 0, high = 0, here = (ULONG_PTR)&block;
    GetCurrentThreadStackLimits(&low, &high);
    printf("%s: in stack %d, the block says so %d, itself %d, fiber %d\n", who, low < here && here < high,
           low <= (ULONG_PTR)block->StackLimit && (ULONG_PTR)block->StackBase == high, block->Self == block,
           block->FiberData == GetCurrentFiber());
}

static VOID CALLBACK fiber(LPVOID argument)
{
    tell((const char *)argument);
    SwitchToFiber(first);
}

static DWORD WINAPI thread(LPVOID argument)
{
    LPVOID *block = (LPVOID *)argument;
    tell("thread");
    *block = NtCurrentTeb();
    return 0;
}

int main(void)
{
    LPVOID other = NULL, second;
    HANDLE begun;
    EXCEPTION_DISPOSITION disposition = ExceptionContinueSearch;
    tell("main");
    begun = CreateThread(NULL, 0, thread, &other, 0, NULL);
    WaitForSingleObject(begun, INFINITE);
    CloseHandle(begun);
    first = ConvertThreadToFiber(NULL);
    second = CreateFiber(0, fiber, (LPVOID) "fiber");
    SwitchToFiber(second);
    tell("main again");
    DeleteFiber(second);
    printf("another's %d, disposition %d\n", other != NULL && other != (LPVOID)NtCurrentTeb(), (int)disposition);
    return 0;
}
