// TransmitFile needs WSAStartup.
//
// rule: before the first WSAStartup TransmitFile fails with WSANOTINITIALISED.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nf-mswsock-transmitfile, return values
// proves: TransmitFile WSANOTINITIALISED
// expect: TransmitFile 10093
#include "case.h"

int main(void)
{
    result("TransmitFile", !TransmitFile(100, NULL, 0, 0, NULL, NULL, 0));
    return 0;
}
