// What WSAAddressToString refuses.
//
// rule: a short buffer gives WSAEFAULT with the needed length; an unknown family WSAEINVAL.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaaddresstostringa, return values
// source: Wine 8.0 dlls/ws2_32/tests/protocol.c line 1288, validated on Windows
// proves: WSAAddressToString WSAEFAULT
// proves: WSAAddressToString WSAEINVAL
// expect: WSAAddressToStringA short 10014
// expect: needed 13
// expect: WSAAddressToStringA family 10022
// expect: text 127.0.0.1:80
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    struct sockaddr *name = (struct sockaddr *)&at;
    char text[64];
    DWORD length;
    start();
    at = ipv4("127.0.0.1", 80);
    length = 5;
    result("WSAAddressToStringA short", WSAAddressToStringA(name, sizeof at, NULL, text, &length) != 0);
    printf("needed %d\n", (int)length);
    length = sizeof text;
    at.sin_family = 99;
    result("WSAAddressToStringA family", WSAAddressToStringA(name, sizeof at, NULL, text, &length) != 0);
    at.sin_family = AF_INET;
    length = sizeof text;
    must(WSAAddressToStringA(name, sizeof at, NULL, text, &length) == 0, "WSAAddressToStringA");
    printf("text %s\n", text);
    return 0;
}
