#include <winsock2.h>
#include <afxwin.h>
#include <boost/asio.hpp>

LRESULT CALLBACK Procedure(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    PostQuitMessage(WSAGetLastError());
    return DefWindowProc(window, message, wParam, lParam);
}
