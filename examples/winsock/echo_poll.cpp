// One thread, WSAPoll: like select, with an array that grows with the connections. C++.
#include "echo.h"

#include <string>
#include <vector>

namespace {

struct Connection {
    std::string waiting; // received, not yet sent back
};

void set_nonblocking(SOCKET s)
{
    u_long on = 1;
    if (ioctlsocket(s, FIONBIO, &on) == SOCKET_ERROR)
        fail("ioctlsocket");
}

class Server {
public:
    Server(SOCKET listener, int connections) : left(connections)
    {
        set_nonblocking(listener);
        polled.push_back({listener, POLLRDNORM, 0});
        states.emplace_back();
    }

    unsigned long run()
    {
        while (left > 0 || polled.size() > 1) {
            polled[0].events = left > 0 ? POLLRDNORM : 0;
            if (WSAPoll(polled.data(), static_cast<ULONG>(polled.size()), -1) == SOCKET_ERROR)
                fail("WSAPoll");
            for (size_t i = polled.size(); i-- > 1;)
                if (polled[i].revents != 0 && !step(i))
                    drop(i);
            if (polled[0].revents & POLLRDNORM)
                accept_one();
        }
        return bytes;
    }

private:
    std::vector<WSAPOLLFD> polled; // the listener first
    std::vector<Connection> states;
    int left;
    unsigned long bytes = 0;

    void accept_one()
    {
        SOCKET s = accept(polled[0].fd, nullptr, nullptr);
        if (s == INVALID_SOCKET)
            return;
        set_nonblocking(s);
        polled.push_back({s, POLLRDNORM, 0});
        states.emplace_back();
        left--;
    }

    bool step(size_t i)
    {
        std::string &waiting = states[i].waiting;
        if (waiting.empty()) {
            char buffer[BUFFER_BYTES];
            int received = recv(polled[i].fd, buffer, sizeof buffer, 0);
            if (received <= 0)
                return received < 0 && WSAGetLastError() == WSAEWOULDBLOCK;
            waiting.assign(buffer, received);
        }
        int sent = send(polled[i].fd, waiting.data(), static_cast<int>(waiting.size()), 0);
        if (sent == SOCKET_ERROR && WSAGetLastError() != WSAEWOULDBLOCK)
            return false;
        if (sent > 0) {
            bytes += sent;
            waiting.erase(0, sent);
        }
        polled[i].events = waiting.empty() ? POLLRDNORM : POLLWRNORM;
        return true;
    }

    void drop(size_t i)
    {
        closesocket(polled[i].fd);
        polled.erase(polled.begin() + i);
        states.erase(states.begin() + i);
    }
};

} // namespace

static unsigned long serve(SOCKET listener, int connections)
{
    return Server(listener, connections).run();
}

static void exchange(SOCKET s, const char *text, int length, char *back)
{
    int sent = 0, received = 0;
    set_nonblocking(s);
    while (received < length) {
        WSAPOLLFD polled = {s, static_cast<SHORT>(POLLRDNORM | (sent < length ? POLLWRNORM : 0)), 0};
        if (WSAPoll(&polled, 1, 10000) <= 0)
            fail("WSAPoll");
        if (sent < length && (polled.revents & POLLWRNORM)) {
            int part = send(s, text + sent, length - sent, 0);
            sent += part > 0 ? part : 0;
        }
        if (polled.revents & (POLLRDNORM | POLLHUP | POLLERR)) {
            int part = recv(s, back + received, length - received, 0);
            if (part == 0 || (part < 0 && WSAGetLastError() != WSAEWOULDBLOCK))
                fail("recv");
            received += part > 0 ? part : 0;
        }
    }
}
