// What WSAStringToAddress refuses.
//
// rule: a short buffer gives WSAEFAULT, text that is no address or another family WSAEINVAL.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsastringtoaddressa, return values
// proves: WSAStringToAddress WSAEFAULT
// proves: WSAStringToAddress WSAEINVAL
// expect: WSAStringToAddressA short 10014
// expect: WSAStringToAddressA text 10022
// expect: WSAStringToAddressA family 10022
// expect: WSAStringToAddressA good 127.0.0.1 port 80
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    struct sockaddr *name = (struct sockaddr *)&at;
    char good[] = "127.0.0.1:80", bad[] = "not an address";
    int length = 3;
    start();
    result("WSAStringToAddressA short", WSAStringToAddressA(good, AF_INET, NULL, name, &length) != 0);
    length = sizeof at;
    result("WSAStringToAddressA text", WSAStringToAddressA(bad, AF_INET, NULL, name, &length) != 0);
    length = sizeof at;
    result("WSAStringToAddressA family", WSAStringToAddressA(good, 99, NULL, name, &length) != 0);
    length = sizeof at;
    must(WSAStringToAddressA(good, AF_INET, NULL, name, &length) == 0, "WSAStringToAddressA");
    printf("WSAStringToAddressA good %s port %d\n", inet_ntoa(at.sin_addr), ntohs(at.sin_port));
    return 0;
}
