// WSAGetLastError and GetLastError read one value of the thread.
//
// rule: WSASetLastError and SetLastError write the same per-thread value.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsagetlasterror, remarks
// expect: SetLastError 10054 read by WSAGetLastError 10054
// expect: WSASetLastError 10061 read by GetLastError 10061
// expect: failed call 10038 read by GetLastError 10038
#include "case.h"

int main(void)
{
    start();
    SetLastError(10054);
    printf("SetLastError 10054 read by WSAGetLastError %d\n", WSAGetLastError());
    WSASetLastError(10061);
    printf("WSASetLastError 10061 read by GetLastError %d\n", (int)GetLastError());
    closesocket(INVALID_SOCKET);
    printf("failed call 10038 read by GetLastError %d\n", (int)GetLastError());
    return 0;
}
