// A chat server: every line that somebody writes goes to all others. Ends when everybody has left. C++.
//
//   chat_server PORT
#include "common.h"

#include <map>
#include <string>

namespace {

struct Member {
    std::string name;    // empty until the first line, which is the name
    std::string partial; // a line that is not complete yet
};

class Room {
public:
    void enter(SOCKET s)
    {
        members[s];
        was_entered = true;
        say(s, "Your name?\n");
    }

    // Takes what was received; false if the member has left.
    bool hear(SOCKET s)
    {
        char buffer[512];
        int received = recv(s, buffer, sizeof buffer, 0);
        if (received <= 0)
            return false;
        members[s].partial.append(buffer, received);
        for (size_t end; (end = members[s].partial.find('\n')) != std::string::npos;) {
            std::string line = members[s].partial.substr(0, end);
            members[s].partial.erase(0, end + 1);
            if (!line.empty() && line.back() == '\r')
                line.pop_back();
            take_line(s, line);
        }
        return members[s].partial.size() < 4096;
    }

    void leave(SOCKET s)
    {
        std::string name = members[s].name;
        members.erase(s);
        closesocket(s);
        if (!name.empty())
            tell_others(INVALID_SOCKET, name + " has left\n");
    }

    bool is_over() const { return was_entered && members.empty(); }

    void fill(fd_set &set) const
    {
        for (const auto &member : members)
            FD_SET(member.first, &set);
    }

    bool is_full() const { return members.size() + 1 >= FD_SETSIZE; }

private:
    std::map<SOCKET, Member> members;
    bool was_entered = false;

    void take_line(SOCKET s, const std::string &line)
    {
        std::string &name = members[s].name;
        if (name.empty()) {
            name = line.empty() ? "somebody" : line;
            tell_others(s, name + " is here\n");
            return;
        }
        tell_others(s, name + ": " + line + "\n");
    }

    void tell_others(SOCKET from, const std::string &line)
    {
        printf("%s", line.c_str());
        for (const auto &member : members)
            if (member.first != from && !member.second.name.empty())
                say(member.first, line);
    }

    // Whoever does not read loses what does not fit: a chat must not wait for one of its members.
    static void say(SOCKET s, const std::string &line) { send(s, line.data(), static_cast<int>(line.size()), 0); }
};

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        printf("usage: chat_server PORT\n");
        return 2;
    }
    start_winsock();
    SOCKET listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (listener == INVALID_SOCKET)
        fail("socket");
    bind_locally(listener, static_cast<unsigned short>(atoi(argv[1])));
    if (listen(listener, SOMAXCONN) == SOCKET_ERROR)
        fail("listen");
    say_port(listener);
    Room room;
    while (!room.is_over()) {
        fd_set readable;
        FD_ZERO(&readable);
        if (!room.is_full())
            FD_SET(listener, &readable);
        room.fill(readable);
        if (select(0, &readable, nullptr, nullptr, nullptr) == SOCKET_ERROR)
            fail("select");
        for (u_int i = 0; i < readable.fd_count; i++) {
            SOCKET s = readable.fd_array[i];
            if (s == listener) {
                SOCKET entered = accept(listener, nullptr, nullptr);
                u_long on = 1;
                if (entered != INVALID_SOCKET && ioctlsocket(entered, FIONBIO, &on) == 0)
                    room.enter(entered);
            } else if (!room.hear(s)) {
                room.leave(s);
            }
        }
    }
    closesocket(listener);
    WSACleanup();
    return 0;
}
