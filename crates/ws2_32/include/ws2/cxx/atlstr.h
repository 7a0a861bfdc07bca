/* CString as console programs use it. A string for printf is `(LPCTSTR)name` or `name.GetString()`: an object of this class
 * does not pass through an ellipsis. Narrow text is UTF-8, and so is what becomes of wide text in a narrow string. */
#ifndef WS2_CXX_ATLSTR_H
#define WS2_CXX_ATLSTR_H
#pragma GCC system_header

#include <cstdarg>
#include <cstring>
#include <cwchar>
#include <cwctype>
#include <string>
#include <vector>

#include <windows.h>
#include <tchar.h>

namespace ATL {

inline int ws2_print(char *place, size_t room, const char *format, va_list arguments)
{
    return _vsnprintf(place, room, format, arguments);
}

inline int ws2_print(wchar_t *place, size_t room, const wchar_t *format, va_list arguments)
{
    return _vsnwprintf(place, room, format, arguments);
}

inline std::string ws2_text(const wchar_t *text, char)
{
    int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
    std::string made((size_t)(length > 0 ? length : 1), '\0');
    WideCharToMultiByte(CP_UTF8, 0, text, -1, &made[0], length, NULL, NULL);
    made.pop_back();
    return made;
}

inline std::wstring ws2_text(const char *text, wchar_t)
{
    int length = MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0);
    std::wstring made((size_t)(length > 0 ? length : 1), L'\0');
    MultiByteToWideChar(CP_UTF8, 0, text, -1, &made[0], length);
    made.pop_back();
    return made;
}

inline char ws2_upper(char letter)
{
    return letter >= 'a' && letter <= 'z' ? (char)(letter - 32) : letter;
}

inline char ws2_lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter + 32) : letter;
}

inline wchar_t ws2_upper(wchar_t letter)
{
    return (wchar_t)std::towupper((wint_t)letter);
}

inline wchar_t ws2_lower(wchar_t letter)
{
    return (wchar_t)std::towlower((wint_t)letter);
}

template <typename C> struct ws2_other;
template <> struct ws2_other<char> {
    typedef wchar_t type;
};
template <> struct ws2_other<wchar_t> {
    typedef char type;
};

template <typename C> class CStringT {
    typedef typename ws2_other<C>::type Other;
    std::basic_string<C> text;
    /* What GetBuffer lent, until ReleaseBuffer. */
    std::vector<C> lent;

    static size_t at_least_zero(int number) { return number > 0 ? (size_t)number : 0; }
    static int found(size_t place) { return place == std::basic_string<C>::npos ? -1 : (int)place; }

public:
    typedef C XCHAR;
    typedef const C *PCXSTR;
    typedef C *PXSTR;

    CStringT() {}
    CStringT(const CStringT &other) : text(other.text) {}
    CStringT(const C *other) : text(other != NULL ? other : std::basic_string<C>().c_str()) {}
    CStringT(const C *other, int length) : text(other, at_least_zero(length)) {}
    CStringT(const Other *other) : text(other != NULL ? ws2_text(other, C()) : std::basic_string<C>()) {}
    CStringT(const CStringT<Other> &other) : text(ws2_text(other.GetString(), C())) {}
    explicit CStringT(C letter, int count = 1) : text(at_least_zero(count), letter) {}

    CStringT &operator=(const CStringT &other)
    {
        text = other.text;
        return *this;
    }
    CStringT &operator=(const C *other) { return *this = CStringT(other); }
    CStringT &operator=(const Other *other) { return *this = CStringT(other); }
    CStringT &operator=(C letter) { return *this = CStringT(letter); }

    operator const C *() const { return text.c_str(); }
    const C *GetString() const { return text.c_str(); }
    int GetLength() const { return (int)text.size(); }
    int GetAllocLength() const { return (int)text.capacity(); }
    bool IsEmpty() const { return text.empty(); }
    void Empty() { text.clear(); }
    C GetAt(int place) const { return text.at(at_least_zero(place)); }
    void SetAt(int place, C letter) { text.at(at_least_zero(place)) = letter; }
    C operator[](int place) const { return place >= 0 ? text[(size_t)place] : C(); }
    void SetString(const C *other) { *this = other; }
    void SetString(const C *other, int length) { text.assign(other, at_least_zero(length)); }
    void Preallocate(int length) { text.reserve(at_least_zero(length)); }
    void FreeExtra() { text.shrink_to_fit(); }
    void Truncate(int length) { text.resize(at_least_zero(length)); }

    C *GetBuffer() { return GetBuffer(0); }
    C *GetBuffer(int length)
    {
        size_t room = at_least_zero(length) > text.size() ? at_least_zero(length) : text.size();
        lent.assign(room + 1, C());
        std::copy(text.begin(), text.end(), lent.begin());
        return &lent[0];
    }
    C *GetBufferSetLength(int length)
    {
        text.resize(at_least_zero(length));
        return GetBuffer(length);
    }
    void ReleaseBuffer(int length = -1)
    {
        if (lent.empty())
            return;
        if (length < 0)
            text.assign(&lent[0]);
        else
            text.assign(&lent[0], at_least_zero(length) < lent.size() ? at_least_zero(length) : lent.size() - 1);
        lent.clear();
    }
    void ReleaseBufferSetLength(int length) { ReleaseBuffer(length); }

    void FormatV(const C *format, va_list arguments)
    {
        std::vector<C> room(128);
        for (;;) {
            va_list again;
            va_copy(again, arguments);
            int count = ws2_print(&room[0], room.size(), format, again);
            va_end(again);
            if (count >= 0 && (size_t)count < room.size()) {
                text.assign(&room[0], (size_t)count);
                return;
            }
            room.resize(room.size() * 2);
        }
    }
    void Format(const C *format, ...)
    {
        va_list arguments;
        va_start(arguments, format);
        FormatV(format, arguments);
        va_end(arguments);
    }
    void AppendFormat(const C *format, ...)
    {
        CStringT more;
        va_list arguments;
        va_start(arguments, format);
        more.FormatV(format, arguments);
        va_end(arguments);
        text += more.text;
    }

    void Append(const C *other) { text += CStringT(other).text; }
    void Append(const C *other, int length) { text.append(other, at_least_zero(length)); }
    void Append(const CStringT &other) { text += other.text; }
    void AppendChar(C letter) { text += letter; }
    CStringT &operator+=(const CStringT &other)
    {
        text += other.text;
        return *this;
    }
    CStringT &operator+=(const C *other) { return *this += CStringT(other); }
    CStringT &operator+=(const Other *other) { return *this += CStringT(other); }
    CStringT &operator+=(C letter)
    {
        text += letter;
        return *this;
    }
    int Insert(int place, const C *other)
    {
        size_t at = at_least_zero(place) < text.size() ? at_least_zero(place) : text.size();
        text.insert(at, CStringT(other).text);
        return GetLength();
    }
    int Insert(int place, C letter) { return Insert(place, CStringT(letter).GetString()); }
    int Delete(int place, int count = 1)
    {
        if (at_least_zero(place) < text.size())
            text.erase(at_least_zero(place), at_least_zero(count));
        return GetLength();
    }
    int Remove(C letter)
    {
        size_t before = text.size();
        std::basic_string<C> kept;
        for (C one : text)
            if (one != letter)
                kept += one;
        text.swap(kept);
        return (int)(before - text.size());
    }
    int Replace(C old, C now)
    {
        int count = 0;
        for (C &one : text)
            if (one == old && old != now)
                one = now, count++;
        return count;
    }
    int Replace(const C *old, const C *now)
    {
        const std::basic_string<C> wanted = CStringT(old).text, other = CStringT(now).text;
        int count = 0;
        if (wanted.empty())
            return 0;
        for (size_t at = 0; (at = text.find(wanted, at)) != text.npos; at += other.size(), count++)
            text.replace(at, wanted.size(), other);
        return count;
    }

    CStringT Mid(int place) const { return Mid(place, GetLength()); }
    CStringT Mid(int place, int count) const
    {
        CStringT made;
        if (at_least_zero(place) < text.size())
            made.text = text.substr(at_least_zero(place), at_least_zero(count));
        return made;
    }
    CStringT Left(int count) const { return Mid(0, count); }
    CStringT Right(int count) const { return count >= GetLength() ? *this : Mid(GetLength() - (int)at_least_zero(count)); }
    CStringT SpanIncluding(const C *letters) const
    {
        int end = found(text.find_first_not_of(letters));
        return end < 0 ? *this : Left(end);
    }
    CStringT SpanExcluding(const C *letters) const
    {
        int end = found(text.find_first_of(letters));
        return end < 0 ? *this : Left(end);
    }
    /* The next part between the letters; `place` goes behind it, and to -1 at the end. */
    CStringT Tokenize(const C *letters, int &place) const
    {
        size_t begin = place < 0 ? text.npos : text.find_first_not_of(letters, (size_t)place);
        if (begin == text.npos) {
            place = -1;
            return CStringT();
        }
        size_t end = text.find_first_of(letters, begin);
        place = end == text.npos ? GetLength() : (int)end + 1;
        return Mid((int)begin, (int)((end == text.npos ? text.size() : end) - begin));
    }

    int Find(C letter, int from = 0) const { return found(text.find(letter, at_least_zero(from))); }
    int Find(const C *other, int from = 0) const { return found(text.find(other, at_least_zero(from))); }
    int ReverseFind(C letter) const { return found(text.rfind(letter)); }
    int FindOneOf(const C *letters) const { return found(text.find_first_of(letters)); }
    int Compare(const C *other) const
    {
        int order = text.compare(CStringT(other).text);
        return order < 0 ? -1 : order > 0;
    }
    int CompareNoCase(const C *other) const { return CStringT(*this).MakeLower().Compare(CStringT(other).MakeLower()); }
    int Collate(const C *other) const { return Compare(other); }
    int CollateNoCase(const C *other) const { return CompareNoCase(other); }

    CStringT &MakeUpper()
    {
        for (C &one : text)
            one = ws2_upper(one);
        return *this;
    }
    CStringT &MakeLower()
    {
        for (C &one : text)
            one = ws2_lower(one);
        return *this;
    }
    CStringT &MakeReverse()
    {
        text.assign(text.rbegin(), text.rend());
        return *this;
    }
    CStringT &TrimLeft(const C *letters)
    {
        text.erase(0, text.find_first_not_of(letters));
        return *this;
    }
    CStringT &TrimRight(const C *letters)
    {
        text.resize(text.find_last_not_of(letters) + 1);
        return *this;
    }
    CStringT &Trim(const C *letters) { return TrimRight(letters).TrimLeft(letters); }
    CStringT &TrimLeft(C letter) { return TrimLeft(CStringT(letter).GetString()); }
    CStringT &TrimRight(C letter) { return TrimRight(CStringT(letter).GetString()); }
    CStringT &Trim(C letter) { return Trim(CStringT(letter).GetString()); }
    CStringT &TrimLeft() { return TrimLeft(blanks()); }
    CStringT &TrimRight() { return TrimRight(blanks()); }
    CStringT &Trim() { return Trim(blanks()); }

    friend CStringT operator+(const CStringT &one, const CStringT &other) { return CStringT(one) += other; }
    friend CStringT operator+(const CStringT &one, const C *other) { return CStringT(one) += other; }
    friend CStringT operator+(const C *one, const CStringT &other) { return CStringT(one) += other; }
    friend CStringT operator+(const CStringT &one, C letter) { return CStringT(one) += letter; }
    friend CStringT operator+(C letter, const CStringT &other) { return CStringT(letter) += other; }
    friend bool operator==(const CStringT &one, const CStringT &other) { return one.text == other.text; }
    friend bool operator==(const CStringT &one, const C *other) { return one.Compare(other) == 0; }
    friend bool operator==(const C *one, const CStringT &other) { return other.Compare(one) == 0; }
    friend bool operator!=(const CStringT &one, const CStringT &other) { return one.text != other.text; }
    friend bool operator!=(const CStringT &one, const C *other) { return one.Compare(other) != 0; }
    friend bool operator!=(const C *one, const CStringT &other) { return other.Compare(one) != 0; }
    friend bool operator<(const CStringT &one, const CStringT &other) { return one.text < other.text; }
    friend bool operator>(const CStringT &one, const CStringT &other) { return one.text > other.text; }
    friend bool operator<=(const CStringT &one, const CStringT &other) { return one.text <= other.text; }
    friend bool operator>=(const CStringT &one, const CStringT &other) { return one.text >= other.text; }

private:
    static const C *blanks()
    {
        static const C all[] = {' ', '\t', '\n', '\v', '\f', '\r', 0};
        return all;
    }
};

typedef CStringT<char> CStringA, CAtlStringA;
typedef CStringT<wchar_t> CStringW, CAtlStringW;
typedef CStringT<TCHAR> CString, CAtlString;

} /* namespace ATL */

#ifndef _ATL_NO_AUTOMATIC_NAMESPACE
using namespace ATL;
#endif

#endif
