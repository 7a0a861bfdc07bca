// An OVERLAPPED is told once of a change of addresses or routes.
//
// rule: the call is pending until the next change, which sets the event; cancelled it ends with 995, once.
// source: https://learn.microsoft.com/windows/win32/api/iphlpapi/nf-iphlpapi-notifyaddrchange and the pages of
//   NotifyRouteChange and CancelIPChangeNotify
// network: changing
// timeout: 30
// expect: NotifyAddrChange 997
// expect: before 996
// expect: after 0 result ok
// expect: again 997
// expect: cancelled 1 waited 0 result 995
// expect: cancelled again 0
// expect: NotifyRouteChange 997
// expect: after 0 result ok
#include "changing.h"
#include <iphlpapi.h>

static HANDLE handle;
static OVERLAPPED overlapped;

static int ended(void)
{
    DWORD bytes;
    return GetOverlappedResult(handle, &overlapped, &bytes, FALSE) ? 0 : (int)GetLastError();
}

static void result_of(DWORD waited)
{
    int code = ended();
    printf("waited %lu result %d\n", (unsigned long)waited, code);
}

int main(void)
{
    DWORD waited;
    start();
    overlapped.hEvent = CreateEvent(NULL, TRUE, FALSE, NULL);
    printf("NotifyAddrChange %lu\n", (unsigned long)NotifyAddrChange(&handle, &overlapped));
    printf("before %d\n", ended());
    change("address");
    waited = WaitForSingleObject(overlapped.hEvent, 5000);
    printf("after %lu result %s\n", (unsigned long)waited, ended() == 0 ? "ok" : "failed");
    ResetEvent(overlapped.hEvent);
    printf("again %lu\n", (unsigned long)NotifyAddrChange(&handle, &overlapped));
    printf("cancelled %d ", CancelIPChangeNotify(&overlapped));
    result_of(WaitForSingleObject(overlapped.hEvent, 1000));
    printf("cancelled again %d\n", CancelIPChangeNotify(&overlapped));
    ResetEvent(overlapped.hEvent);
    printf("NotifyRouteChange %lu\n", (unsigned long)NotifyRouteChange(&handle, &overlapped));
    change("no-route");
    waited = WaitForSingleObject(overlapped.hEvent, 3000);
    printf("after %lu result %s\n", (unsigned long)waited, ended() == 0 ? "ok" : "failed");
    return 0;
}
