/* Microsoft's std::exception, which can be made with a text. The compiler driver writes its name where a program does
 * that, or inherits from std::exception. */
#ifndef WS2_CXX_EXCEPTION_H
#define WS2_CXX_EXCEPTION_H
#pragma GCC system_header

#include <exception>
#include <string>

class ws2_exception : public std::exception {
    std::string text;

public:
    ws2_exception() : text("Unknown exception") {}
    explicit ws2_exception(const char *message) : text(message ? message : "Unknown exception") {}
    ws2_exception(const char *message, int) : ws2_exception(message) {}
    /* Of other exceptions, from which a program may make one. */
    ws2_exception(const std::exception &other) : text(other.what()) {}
    const char *what() const noexcept override { return text.c_str(); }
};

#endif
