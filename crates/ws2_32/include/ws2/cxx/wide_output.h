/* std::wcout beside std::cout. The system's streams of C are wide or narrow, whichever is used first, and refuse the other;
 * so wide characters leave as UTF-8 by the narrow stream. The compiler driver puts this behind a source that uses them. */
#ifndef WS2_CXX_WIDE_OUTPUT_H
#define WS2_CXX_WIDE_OUTPUT_H
#pragma GCC system_header

#include <cstdio>
#include <iostream>
#include <streambuf>

class ws2_wide_output : public std::wstreambuf {
    std::FILE *stream;

    bool put(unsigned long character)
    {
        char bytes[4];
        int count = 0;
        if (character < 0x80) {
            bytes[count++] = (char)character;
        } else {
            int more = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
            bytes[count++] = (char)("\0\xc0\xe0\xf0"[more] | (char)(character >> (6 * more)));
            while (more-- > 0)
                bytes[count++] = (char)(0x80 | ((character >> (6 * more)) & 0x3f));
        }
        return std::fwrite(bytes, 1, (size_t)count, stream) == (size_t)count;
    }

protected:
    int_type overflow(int_type character) override
    {
        if (traits_type::eq_int_type(character, traits_type::eof()))
            return traits_type::not_eof(character);
        return put((unsigned long)traits_type::to_char_type(character)) ? character : traits_type::eof();
    }

    int sync() override
    {
        return std::fflush(stream);
    }

public:
    explicit ws2_wide_output(std::FILE *narrow) : stream(narrow) {}

    /* Once for the program; what is left in the streams of before is nothing, as they keep nothing back. */
    static bool begin()
    {
        static const bool begun = (std::wcout.rdbuf(new ws2_wide_output(stdout)),
                                   std::wcerr.rdbuf(new ws2_wide_output(stderr)),
                                   std::wclog.rdbuf(new ws2_wide_output(stderr)), true);
        return begun;
    }
};

static const bool ws2_wide_output_begun __attribute__((unused)) = ws2_wide_output::begin();

#endif
