// WSAAddressToString and WSAStringToAddress need WSAStartup; inet_addr and htons do not.
//
// rule: the provider-based text functions fail with WSANOTINITIALISED; the plain conversions work without start-up.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaaddresstostringa and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsastringtoaddressa, return values
// proves: WSAAddressToString WSAStringToAddress WSANOTINITIALISED
// expect: WSAAddressToStringA 10093
// expect: WSAStringToAddressA 10093
// expect: inet_addr ok
// expect: htons ok
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    char text[64];
    DWORD length = sizeof text;
    int bytes = sizeof at;
    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;

    result("WSAAddressToStringA", WSAAddressToStringA((struct sockaddr *)&at, sizeof at, NULL, text, &length) != 0);
    strcpy(text, "127.0.0.1");
    result("WSAStringToAddressA", WSAStringToAddressA(text, AF_INET, NULL, (struct sockaddr *)&at, &bytes) != 0);
    result("inet_addr", inet_addr("127.0.0.1") != htonl(0x7f000001));
    result("htons", htons(0x1234) == 0x1234);
    return 0;
}
