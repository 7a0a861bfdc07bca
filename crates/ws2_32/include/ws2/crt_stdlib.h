/* Numbers, paths, environment. Included by ws2/crt.h. */
#ifndef WS2_CRT_STDLIB_H
#define WS2_CRT_STDLIB_H
#pragma GCC system_header

#ifdef __cplusplus
extern "C" {
#endif

extern int ws2_setenv(const char *name, const char *value, int replace) WS2_LIBC(setenv);
extern int ws2_unsetenv(const char *name) WS2_LIBC(unsetenv);
/* Declared here on Windows; glibc leaves it to the program. */
extern char **environ;
extern char *ws2_realpath(const char *path, char *place) WS2_LIBC(realpath);
int ws2_system(const char *command) __asm__("ws2_system");

#define itoa _itoa
#define ltoa _ltoa
#define ultoa _ultoa
#define _atoi64 atoll
#define _strtoi64 strtoll
#define _strtoui64 strtoull
#define _wcstoi64 wcstoll
#define _wcstoui64 wcstoull
#define _abs64 llabs
#define __max(a, b) (((a) > (b)) ? (a) : (b))
#define __min(a, b) (((a) < (b)) ? (a) : (b))
#define _environ environ
#define _getpid getpid
/* Ctrl+Break of Windows is Ctrl+\ here: SIGQUIT. */
#define SIGBREAK 3
#define _cexit() ((void)fflush(NULL))
#define _c_exit() ((void)0)
#define _putenv putenv
#define _mktemp mktemp
#define _byteswap_ushort __builtin_bswap16
#define _byteswap_ulong __builtin_bswap32
#define _byteswap_uint64 __builtin_bswap64
/* Commands of cmd.exe that programs use on their console are done here; everything else goes to the system's shell. Only
 * where it is called: C++ has namespaces of this name. */
#define system(command) ws2_system(command)
#ifdef __cplusplus
extern "C++" {
namespace std {
using ::ws2_system;
}
}
#endif

/* Clang brings these itself with -fms-extensions, and then refuses another definition. */
#ifdef __has_builtin
#if __has_builtin(_rotl)
#define WS2_HAS_ROTATIONS
#endif
#endif
#ifndef WS2_HAS_ROTATIONS
WS2_INLINE unsigned _rotl(unsigned value, int by)
{
    by &= 31;
    return by == 0 ? value : value << by | value >> (32 - by);
}

WS2_INLINE unsigned _rotr(unsigned value, int by)
{
    return _rotl(value, -by & 31);
}
#endif

WS2_INLINE errno_t _putenv_s(const char *name, const char *value)
{
    if (name == NULL || value == NULL)
        return ws2_invalid_parameter(EINVAL);
    return (*value == 0 ? ws2_unsetenv(name) : ws2_setenv(name, value, 1)) == 0 ? 0 : errno;
}

WS2_INLINE errno_t getenv_s(size_t *needed, char *place, size_t room, const char *name)
{
    const char *value;
    if (needed == NULL || name == NULL || (place == NULL) != (room == 0))
        return ws2_invalid_parameter(EINVAL);
    value = getenv(name);
    *needed = value == NULL ? 0 : strlen(value) + 1;
    if (room > 0)
        *place = 0;
    if (value == NULL || room == 0)
        return 0;
    return *needed > room ? ERANGE : strcpy_s(place, room, value);
}

WS2_INLINE errno_t _dupenv_s(char **place, size_t *count, const char *name)
{
    const char *value;
    if (place == NULL || name == NULL)
        return ws2_invalid_parameter(EINVAL);
    value = getenv(name);
    *place = value == NULL ? NULL : _strdup(value);
    if (count != NULL)
        *count = *place == NULL ? 0 : strlen(*place) + 1;
    return value != NULL && *place == NULL ? ENOMEM : 0;
}

/* The parts of a path: drive, folder with its last slash, name, ending with its dot. Parts that are not wanted are null. */
#define WS2_PATH_FUNCTIONS(split, split_s, make, make_s, text, copy, copy_part, append, append_part, colon, slash_, dot_) \
    WS2_INLINE errno_t split_s(const text *path, text *drive, size_t drive_room, text *folder, size_t folder_room, \
                               text *name, size_t name_room, text *ending, size_t ending_room) \
    { \
        const text *at = path, *slash = NULL, *dot = NULL, *end; \
        errno_t result = 0; \
        if (path == NULL) \
            return ws2_invalid_parameter(EINVAL); \
        if (drive != NULL) \
            result |= copy_part(drive, drive_room, path, path[0] != 0 && path[1] == ':' ? 2 : 0); \
        if (path[0] != 0 && path[1] == ':') \
            at += 2; \
        for (end = at; *end != 0; end++) { \
            if (*end == '/' || *end == '\\') \
                slash = end, dot = NULL; \
            else if (*end == '.') \
                dot = end; \
        } \
        if (dot == NULL) \
            dot = end; \
        if (folder != NULL) \
            result |= copy_part(folder, folder_room, at, slash == NULL ? 0 : (size_t)(slash + 1 - at)); \
        if (slash != NULL) \
            at = slash + 1; \
        if (name != NULL) \
            result |= copy_part(name, name_room, at, (size_t)(dot - at)); \
        if (ending != NULL) \
            result |= copy_part(ending, ending_room, dot, (size_t)(end - dot)); \
        return result; \
    } \
\
    WS2_INLINE void split(const text *path, text *drive, text *folder, text *name, text *ending) \
    { \
        split_s(path, drive, _MAX_DRIVE, folder, _MAX_DIR, name, _MAX_FNAME, ending, _MAX_EXT); \
    } \
\
    WS2_INLINE errno_t make_s(text *place, size_t room, const text *drive, const text *folder, const text *name, \
                              const text *ending) \
    { \
        static const text nothing[1] = {0}; \
        size_t length = 0; \
        errno_t result = copy(place, room, nothing); \
        while (folder != NULL && folder[length] != 0) \
            length++; \
        if (result == 0 && drive != NULL && *drive != 0) \
            result = append_part(place, room, drive, 1), result = result != 0 ? result : append(place, room, colon); \
        if (result == 0 && length > 0) \
            result = append(place, room, folder); \
        if (result == 0 && length > 0 && folder[length - 1] != '/' && folder[length - 1] != '\\') \
            result = append(place, room, slash_); \
        if (result == 0 && name != NULL) \
            result = append(place, room, name); \
        if (result == 0 && ending != NULL && *ending != 0 && *ending != '.') \
            result = append(place, room, dot_); \
        if (result == 0 && ending != NULL) \
            result = append(place, room, ending); \
        return result; \
    } \
\
    WS2_INLINE void make(text *place, const text *drive, const text *folder, const text *name, const text *ending) \
    { \
        make_s(place, _MAX_PATH, drive, folder, name, ending); \
    }
WS2_PATH_FUNCTIONS(_splitpath, _splitpath_s, _makepath, _makepath_s, char, strcpy_s, strncpy_s, strcat_s, strncat_s, ":",
                   "/", ".")
WS2_PATH_FUNCTIONS(_wsplitpath, _wsplitpath_s, _wmakepath, _wmakepath_s, wchar_t, wcscpy_s, wcsncpy_s, wcscat_s,
                   wcsncat_s, L":", L"/", L".")
#undef WS2_PATH_FUNCTIONS

char *_fullpath(char *place, const char *path, size_t room) __asm__("ws2__fullpath");

errno_t rand_s(unsigned *value) __asm__("ws2_rand_s");

/* malloc.h */
#define _alloca __builtin_alloca
#define _malloca malloc
#define _freea free
extern size_t ws2_malloc_usable_size(void *block) WS2_LIBC(malloc_usable_size);
#define _msize ws2_malloc_usable_size
#define _expand(block, size) ((size) <= ws2_malloc_usable_size(block) ? (block) : NULL)
extern int ws2_posix_memalign(void **place, size_t alignment, size_t size) WS2_LIBC(posix_memalign);
#define _aligned_free free
WS2_INLINE void *_aligned_malloc(size_t size, size_t alignment)
{
    void *block = NULL;
    if (alignment < sizeof(void *))
        alignment = sizeof(void *);
    return ws2_posix_memalign(&block, alignment, size) == 0 ? block : NULL;
}

#ifdef __cplusplus
}
#endif

#endif
