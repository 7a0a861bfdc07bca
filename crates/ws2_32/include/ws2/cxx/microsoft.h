/* Microsoft's C++ library where it has more than the standard: an std::exception that can be made with a text, locales by
 * Windows' names. The compiler driver includes this first, and writes these names where a program needs them. */
#ifndef WS2_CXX_MICROSOFT_H
#define WS2_CXX_MICROSOFT_H
#pragma GCC system_header

#include <exception>
#include <string>
#include <type_traits>
#include <utility>

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

/* A temporary as the variable that a function wants; it lives until the call is over. */
template <typename T> inline T &ws2_lvalue(T &&temporary)
{
    return temporary;
}

/* A path for a file stream: of wide characters in UTF-8, any other as it is. */
inline std::string ws2_narrow_path(const std::wstring &wide)
{
    const unsigned long first[4] = {0x00, 0xc0, 0xe0, 0xf0};
    std::string narrow;
    for (wchar_t character : wide) {
        unsigned long c = (unsigned long)character;
        int more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
        narrow += (char)(first[more] | c >> 6 * more);
        while (more-- > 0)
            narrow += (char)(0x80 | (c >> 6 * more & 0x3f));
    }
    return narrow;
}
template <typename Path>
inline typename std::enable_if<std::is_convertible<Path, std::wstring>::value, std::string>::type ws2_path(Path &&path)
{
    return ws2_narrow_path(path);
}
template <typename Path>
inline typename std::enable_if<!std::is_convertible<Path, std::wstring>::value, Path &&>::type ws2_path(Path &&path)
{
    return std::forward<Path>(path);
}

/* The system's name of the locale that Windows knows by this one; the same name if there is none. */
extern "C" const char *ws2_locale_name(const char *name) __asm__("ws2_locale_name");

#endif
