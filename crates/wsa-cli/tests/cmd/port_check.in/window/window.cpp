#include <winsock2.h>
#include <afxwin.h>
#include <boost/asio.hpp>

void close(HWND window)
{
    DestroyWindow(window);
    PostQuitMessage(WSAGetLastError());
}
