// The information of WSADuplicateSocket makes one socket, not two.
//
// rule: WSASocket with information that was already used fails with WSAEINVAL.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 3536, validated on Windows
// proves: WSASocket WSAEINVAL
// expect: WSASocketA first ok
// expect: WSASocketA 10022
#include "case.h"

int main(void)
{
    SOCKET s;
    WSAPROTOCOL_INFOA info;
    start();
    s = tcp();
    must(WSADuplicateSocketA(s, GetCurrentProcessId(), &info) == 0, "WSADuplicateSocketA");
    result("WSASocketA first", WSASocketA(-1, -1, -1, &info, 0, 0) == INVALID_SOCKET);
    result("WSASocketA", WSASocketA(-1, -1, -1, &info, 0, 0) == INVALID_SOCKET);
    return 0;
}
