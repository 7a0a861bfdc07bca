// Look-ups that are cancelled, and such that take too long.
//
// rule: GetAddrInfoExCancel ends a look-up under way at once with WSA_E_CANCELLED (10111) and without a result, told by its
//       event or routine; a second time there is nothing to cancel. A look-up that nobody answers ends when its time is over.
// source: https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getaddrinfoexcancel,
//         https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getaddrinfoexw, timeout
// network: dns
// expect: GetAddrInfoExW 997
// expect: GetAddrInfoExOverlappedResult 10036
// expect: GetAddrInfoExCancel 0
// expect: wait 0
// expect: GetAddrInfoExOverlappedResult 10111, result 0
// expect: GetAddrInfoExCancel again 6
// expect: GetAddrInfoExW 997
// expect: GetAddrInfoExCancel 0
// expect: wait 0
// expect: routine 10111, result 0
// expect: GetAddrInfoExW 997
// expect: wait 0
// expect: in time 1, failed 1, result 0
#include "objects.h"

#ifdef _WIN32
// mingw's header lacks what its library has.
INT WSAAPI GetAddrInfoExCancel(LPHANDLE handle);
INT WSAAPI GetAddrInfoExOverlappedResult(LPOVERLAPPED operation);
#endif

static HANDLE ended;
static DWORD told;

static void CALLBACK routine(DWORD error, DWORD bytes, LPWSAOVERLAPPED operation)
{
    (void)bytes;
    (void)operation;
    told = error;
    SetEvent(ended);
}

// Begins to look for a name whose question nobody answers.
static void begin(PADDRINFOEXW *result, OVERLAPPED *operation, LPLOOKUPSERVICE_COMPLETION_ROUTINE call,
                  struct timeval *limit, HANDLE *handle)
{
    memset(operation, 0, sizeof *operation);
    operation->hEvent = call ? NULL : ended;
    ResetEvent(ended);
    printf("GetAddrInfoExW %d\n",
           GetAddrInfoExW(L"silent.test", NULL, NS_DNS, NULL, NULL, result, limit, operation, call, handle));
}

int main(void)
{
    OVERLAPPED operation;
    PADDRINFOEXW result;
    HANDLE handle = NULL;
    struct timeval limit = {0, 200000};
    DWORD begun;
    start();
    ended = new_event(TRUE, FALSE);
    begin(&result, &operation, NULL, NULL, &handle);
    printf("GetAddrInfoExOverlappedResult %d\n", GetAddrInfoExOverlappedResult(&operation));
    printf("GetAddrInfoExCancel %d\n", GetAddrInfoExCancel(&handle));
    waited("wait", WaitForSingleObject(ended, 200));
    printf("GetAddrInfoExOverlappedResult %d, result %d\n", GetAddrInfoExOverlappedResult(&operation), result != NULL);
    printf("GetAddrInfoExCancel again %d\n", GetAddrInfoExCancel(&handle));

    begin(&result, &operation, routine, NULL, &handle);
    printf("GetAddrInfoExCancel %d\n", GetAddrInfoExCancel(&handle));
    waited("wait", WaitForSingleObject(ended, 200));
    printf("routine %u, result %d\n", (unsigned)told, result != NULL);

    begun = GetTickCount();
    begin(&result, &operation, NULL, &limit, NULL);
    waited("wait", WaitForSingleObject(ended, 5000));
    printf("in time %d, failed %d, result %d\n", GetTickCount() - begun < 700,
           GetAddrInfoExOverlappedResult(&operation) != 0, result != NULL);
    return 0;
}
