// Protocol information that is not memory of the program.
//
// rule: WSASocket with an unreadable pointer fails with WSAEFAULT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsasocketw, return values
// proves: WSASocket WSAEFAULT
// expect: WSASocketA 10014
#include "case.h"

int main(void)
{
    start();
    result("WSASocketA", WSASocketA(-1, -1, -1, (WSAPROTOCOL_INFOA *)64, 0, 0) == INVALID_SOCKET);
    return 0;
}
