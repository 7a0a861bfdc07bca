// ReadFile and WriteFile on sockets and pipes; modules by name.
//
// rule: a socket is a file to ReadFile and WriteFile; the end of a pipe is ERROR_BROKEN_PIPE.
// source: https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-readfile, remarks on pipes
// expect: WriteFile 1 5
// expect: ReadFile 1 5 hello
// expect: end of stream 1 0
// expect: pipe 1 3 abc
// expect: end of pipe 0 109
// expect: nobody reads 0 232
// expect: WriteConsole to a pipe 0 6
// expect: module 1 function 1
// expect: no function 127
// expect: no module 126
// expect: standard handles 1 1
#include "case.h"

int main(void)
{
    char buffer[16];
    DWORD count = 0;
    BOOL good;
    SOCKET listener, client, server;
    struct sockaddr_in at;
    HANDLE reading, writing;
    HMODULE module;
    start();
    listener = tcp();
    at = bind_free(listener);
    must(listen(listener, 1) == 0, "listen");
    // Overlapped sockets need an OVERLAPPED for these on Windows; those of WSASocket without the flag do not.
    client = WSASocketA(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, 0);
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    server = accept(listener, NULL, NULL);
    good = WriteFile((HANDLE)client, "hello", 5, &count, NULL);
    printf("WriteFile %d %u\n", good, (unsigned)count);
    must(recv(server, buffer, 5, 0) == 5, "recv");
    must(send(server, "hello", 5, 0) == 5, "send");
    good = ReadFile((HANDLE)client, buffer, 5, &count, NULL);
    printf("ReadFile %d %u %.5s\n", good, (unsigned)count, buffer);
    closesocket(server);
    good = ReadFile((HANDLE)client, buffer, 5, &count, NULL);
    printf("end of stream %d %u\n", good, (unsigned)count);
    closesocket(client);
    must(CreatePipe(&reading, &writing, NULL, 0), "CreatePipe");
    WriteFile(writing, "abc", 3, &count, NULL);
    good = ReadFile(reading, buffer, 16, &count, NULL);
    printf("pipe %d %u %.3s\n", good, (unsigned)count, buffer);
    CloseHandle(writing);
    good = ReadFile(reading, buffer, 16, &count, NULL);
    printf("end of pipe %d %u\n", good, (unsigned)GetLastError());
    CloseHandle(reading);
    must(CreatePipe(&reading, &writing, NULL, 0), "CreatePipe");
    CloseHandle(reading);
    good = WriteFile(writing, "abc", 3, &count, NULL);
    printf("nobody reads %d %u\n", good, (unsigned)GetLastError());
    CloseHandle(writing);
    must(CreatePipe(&reading, &writing, NULL, 0), "CreatePipe");
    good = WriteConsoleA(writing, "abc", 3, &count, NULL);
    printf("WriteConsole to a pipe %d %u\n", good, (unsigned)GetLastError());
    module = LoadLibraryA("Ws2_32.DLL");
    printf("module %d function %d\n", module != NULL, GetProcAddress(module, "getaddrinfo") != NULL);
    GetProcAddress(module, "no_such_function");
    printf("no function %u\n", (unsigned)GetLastError());
    LoadLibraryA("no-such-library.dll");
    printf("no module %u\n", (unsigned)GetLastError());
    printf("standard handles %d %d\n", GetStdHandle(STD_OUTPUT_HANDLE) != INVALID_HANDLE_VALUE,
           GetStdHandle(STD_OUTPUT_HANDLE) == GetStdHandle(STD_OUTPUT_HANDLE));
    return 0;
}
