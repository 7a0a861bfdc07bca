#define report(what) printf("%s: %d\n", what, WSAGetLastError())
