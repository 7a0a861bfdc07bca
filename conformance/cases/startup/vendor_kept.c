// What WSAStartup leaves alone.
//
// rule: lpVendorInfo keeps what the program put there.
// source: Wine 8.0 dlls/ws2_32/tests/protocol.c, test_startup, validated on Windows
// expect: vendor kept
#include "case.h"

int main(void)
{
    WSADATA data;
    char own;
    data.lpVendorInfo = &own;
    must(WSAStartup(MAKEWORD(2, 2), &data) == 0, "WSAStartup");
    printf("vendor %s\n", data.lpVendorInfo == &own ? "kept" : "changed");
    return 0;
}
