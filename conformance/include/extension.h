// The extension functions, fetched the documented way.
#ifndef EXTENSION_H
#define EXTENSION_H

#include "case.h"

static inline void *extension(GUID guid)
{
    void *function = NULL;
    DWORD count;
    SOCKET s = tcp();
    must(WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &guid, sizeof guid, &function, sizeof function, &count, NULL,
                  NULL) == 0,
         "SIO_GET_EXTENSION_FUNCTION_POINTER");
    closesocket(s);
    return function;
}

static inline LPFN_CONNECTEX connect_ex(void)
{
    GUID guid = WSAID_CONNECTEX;
    return (LPFN_CONNECTEX)(UINT_PTR)extension(guid);
}

static inline LPFN_DISCONNECTEX disconnect_ex(void)
{
    GUID guid = WSAID_DISCONNECTEX;
    return (LPFN_DISCONNECTEX)(UINT_PTR)extension(guid);
}

// What an overlapped operation ended with, waiting for it.
static inline void completed(const char *what, SOCKET s, WSAOVERLAPPED *operation)
{
    DWORD count, flags;
    result(what, !WSAGetOverlappedResult(s, operation, &count, TRUE, &flags));
}

// An operation whose end is asked for, or told by a port.
static inline void fresh(WSAOVERLAPPED *operation)
{
    memset(operation, 0, sizeof *operation);
}

static inline void with_event(WSAOVERLAPPED *operation)
{
    memset(operation, 0, sizeof *operation);
    operation->hEvent = WSACreateEvent();
}

#endif
