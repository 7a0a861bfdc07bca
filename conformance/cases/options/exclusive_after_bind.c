// SO_EXCLUSIVEADDRUSE and SO_REUSEADDR exclude each other.
//
// rule: setting one while the other is set fails with WSAEINVAL.
// source: https://learn.microsoft.com/windows/win32/winsock/so-exclusiveaddruse, remarks
// proves: setsockopt WSAEINVAL
// expect: setsockopt reuse after exclusive 10022
// expect: setsockopt exclusive after reuse 10022
#include "case.h"

int main(void)
{
    SOCKET s;
    int on = 1;
    start();
    s = tcp();
    must(setsockopt(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (char *)&on, sizeof on) == 0, "SO_EXCLUSIVEADDRUSE");
    result("setsockopt reuse after exclusive", setsockopt(s, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof on) != 0);
    s = tcp();
    must(setsockopt(s, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof on) == 0, "SO_REUSEADDR");
    result("setsockopt exclusive after reuse",
           setsockopt(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (char *)&on, sizeof on) != 0);
    return 0;
}
