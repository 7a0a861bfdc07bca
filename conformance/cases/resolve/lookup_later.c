// GetAddrInfoExW that does not wait.
//
// rule: with an OVERLAPPED the call returns WSA_IO_PENDING (997); its event is set, or the routine called without any
//       alertable wait, when the look-up has ended, and GetAddrInfoExOverlappedResult tells how: WSAEINPROGRESS until then.
//       Event and routine together are WSAEINVAL, as are neither; nothing to ask is told by the call itself. A look-up that
//       has ended cannot be cancelled.
// source: https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getaddrinfoexw,
//         https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getaddrinfoexoverlappedresult,
//         https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getaddrinfoexcancel; test_GetAddrInfoExW of
//         dlls/ws2_32/tests/protocol.c, checked on Windows
// expect: GetAddrInfoExW event 997 997
// expect: wait 0
// expect: GetAddrInfoExOverlappedResult 0, internal 0, pointer to result 1, family 2, port 80
// expect: GetAddrInfoExCancel ended 6
// expect: GetAddrInfoExW routine 997 997
// expect: routine 0, its operation 1
// expect: GetAddrInfoExOverlappedResult 0, family 2
// expect: GetAddrInfoExW unknown name 997
// expect: GetAddrInfoExOverlappedResult 11001, result 0
// expect: GetAddrInfoExW both 10022
// expect: GetAddrInfoExW neither 10022
// expect: GetAddrInfoExW nothing to ask 11001 11001
// expect: wait 258
// expect: GetAddrInfoExOverlappedResult none 10022
// expect: GetAddrInfoExCancel none 6
#include "objects.h"

#ifdef _WIN32
// mingw's header lacks what its library has.
INT WSAAPI GetAddrInfoExCancel(LPHANDLE handle);
INT WSAAPI GetAddrInfoExOverlappedResult(LPOVERLAPPED operation);
#endif

static HANDLE ended;
static DWORD told;
static LPWSAOVERLAPPED told_of;

static void CALLBACK routine(DWORD error, DWORD bytes, LPWSAOVERLAPPED operation)
{
    (void)bytes;
    told = error;
    told_of = operation;
    SetEvent(ended);
}

static INT ask(const WCHAR *name, const WCHAR *service, PADDRINFOEXW *result, OVERLAPPED *operation,
               LPLOOKUPSERVICE_COMPLETION_ROUTINE call, HANDLE *handle)
{
    ADDRINFOEXW hints;
    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_INET;
    *result = (PADDRINFOEXW)1;
    return GetAddrInfoExW(name, service, NS_DNS, NULL, &hints, result, NULL, operation, call, handle);
}

int main(void)
{
    OVERLAPPED operation;
    PADDRINFOEXW result;
    HANDLE handle = NULL, none = NULL;
    INT code;
    start();
    ended = new_event(TRUE, FALSE);
    memset(&operation, 0, sizeof operation);
    operation.hEvent = ended;
    code = ask(L"localhost", L"80", &result, &operation, NULL, &handle);
    printf("GetAddrInfoExW event %d %d\n", code, WSAGetLastError());
    waited("wait", WaitForSingleObject(ended, 5000));
    code = GetAddrInfoExOverlappedResult(&operation);
    printf("GetAddrInfoExOverlappedResult %d, internal %d, pointer to result %d, family %d, port %d\n", code,
           (int)operation.Internal, operation.Pointer == &result, result->ai_family,
           ntohs(((struct sockaddr_in *)result->ai_addr)->sin_port));
    FreeAddrInfoExW(result);
    printf("GetAddrInfoExCancel ended %d\n", GetAddrInfoExCancel(&handle));

    ResetEvent(ended);
    operation.hEvent = NULL;
    code = ask(L"localhost", NULL, &result, &operation, routine, NULL);
    printf("GetAddrInfoExW routine %d %d\n", code, WSAGetLastError());
    must(WaitForSingleObject(ended, 5000) == WAIT_OBJECT_0, "routine");
    printf("routine %u, its operation %d\n", (unsigned)told, told_of == &operation);
    code = GetAddrInfoExOverlappedResult(&operation);
    printf("GetAddrInfoExOverlappedResult %d, family %d\n", code, result->ai_family);
    FreeAddrInfoExW(result);

    ResetEvent(ended);
    operation.hEvent = ended;
    printf("GetAddrInfoExW unknown name %d\n", ask(L"no-such-host.invalid", NULL, &result, &operation, NULL, NULL));
    must(WaitForSingleObject(ended, 9000) == WAIT_OBJECT_0, "unknown name");
    printf("GetAddrInfoExOverlappedResult %d, result %d\n", GetAddrInfoExOverlappedResult(&operation), result != NULL);

    printf("GetAddrInfoExW both %d\n", ask(L"localhost", NULL, &result, &operation, routine, NULL));
    operation.hEvent = NULL;
    printf("GetAddrInfoExW neither %d\n", ask(L"localhost", NULL, &result, &operation, NULL, NULL));
    operation.hEvent = ended;
    ResetEvent(ended);
    code = ask(NULL, NULL, &result, &operation, NULL, NULL);
    printf("GetAddrInfoExW nothing to ask %d %d\n", code, WSAGetLastError());
    waited("wait", WaitForSingleObject(ended, 0));
    printf("GetAddrInfoExOverlappedResult none %d\n", GetAddrInfoExOverlappedResult(NULL));
    printf("GetAddrInfoExCancel none %d\n", GetAddrInfoExCancel(&none));
    return 0;
}
