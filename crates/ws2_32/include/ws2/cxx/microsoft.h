/* Microsoft's C++ library where it has more than the standard: an std::exception that can be made with a text, locales by
 * Windows' names. The compiler driver includes this first, and writes these names where a program needs them. */
#ifndef WS2_CXX_MICROSOFT_H
#define WS2_CXX_MICROSOFT_H
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

/* The system's name of the locale that Windows knows by this one; the same name if there is none. */
extern "C" const char *ws2_locale_name(const char *name) __asm__("ws2_locale_name");

#endif
