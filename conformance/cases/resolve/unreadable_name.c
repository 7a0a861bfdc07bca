// A name that is not memory of the program.
//
// rule: gethostbyname with an unreadable pointer fails with WSAEFAULT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-gethostbyname, return values
// proves: gethostbyname WSAEFAULT
// expect: gethostbyname 10014
#include "case.h"

int main(void)
{
    start();
    result("gethostbyname", gethostbyname((const char *)64) == NULL);
    return 0;
}
