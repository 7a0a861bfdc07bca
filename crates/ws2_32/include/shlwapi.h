/* Parts of paths, and searches in text. */
#ifndef _INC_SHLWAPI
#define _INC_SHLWAPI
#pragma GCC system_header

#include <windows.h>

WS2_BEGIN_C
#define WS2_PATH_TEXT(text, find_name, find_extension, strip_path, remove_file, remove_extension, is_relative, exists, \
                      is_folder, append, attributes, search, search_any_case) \
    static __inline text *find_name(const text *path) \
    { \
        const text *name = path; \
        for (; *path != 0; path++) \
            if ((*path == '/' || *path == '\\' || *path == ':') && path[1] != 0 && path[1] != '/' && path[1] != '\\') \
                name = path + 1; \
        return (text *)name; \
    } \
\
    static __inline text *find_extension(const text *path) \
    { \
        const text *dot = NULL; \
        for (; *path != 0; path++) { \
            if (*path == '.') \
                dot = path; \
            else if (*path == '/' || *path == '\\' || *path == ' ') \
                dot = NULL; \
        } \
        return (text *)(dot != NULL ? dot : path); \
    } \
\
    static __inline void strip_path(text *path) \
    { \
        const text *name = find_name(path); \
        while ((*path++ = *name++) != 0) \
            continue; \
    } \
\
    static __inline BOOL remove_file(text *path) \
    { \
        text *slash = NULL, *at; \
        for (at = path; *at != 0; at++) \
            if (*at == '/' || *at == '\\') \
                slash = at; \
        if (slash == NULL) \
            slash = path; \
        else if (slash == path || slash[-1] == ':') \
            slash++; \
        if (*slash == 0) \
            return FALSE; \
        *slash = 0; \
        return TRUE; \
    } \
\
    static __inline void remove_extension(text *path) \
    { \
        *find_extension(path) = 0; \
    } \
\
    static __inline BOOL is_relative(const text *path) \
    { \
        return path[0] != '/' && path[0] != '\\' && !(path[0] != 0 && path[1] == ':'); \
    } \
\
    static __inline BOOL exists(const text *path) \
    { \
        return attributes(path) != INVALID_FILE_ATTRIBUTES; \
    } \
\
    static __inline BOOL is_folder(const text *path) \
    { \
        DWORD found = attributes(path); \
        return found != INVALID_FILE_ATTRIBUTES && (found & FILE_ATTRIBUTE_DIRECTORY) ? FILE_ATTRIBUTE_DIRECTORY : 0; \
    } \
\
    static __inline BOOL append(text *path, const text *more) \
    { \
        size_t length = 0, added = 0; \
        while (path[length] != 0) \
            length++; \
        while (*more == '/' || *more == '\\') \
            more++; \
        while (more[added] != 0) \
            added++; \
        if (length + added + 2 > MAX_PATH) \
            return FALSE; \
        if (length > 0 && path[length - 1] != '/' && path[length - 1] != '\\') \
            path[length++] = '\\'; \
        while ((path[length++] = *more++) != 0) \
            continue; \
        return TRUE; \
    } \
\
    static __inline text *search(const text *in, const text *what) \
    { \
        for (; *in != 0; in++) { \
            size_t n = 0; \
            while (what[n] != 0 && in[n] == what[n]) \
                n++; \
            if (what[n] == 0 && n > 0) \
                return (text *)in; \
        } \
        return NULL; \
    } \
\
    static __inline text *search_any_case(const text *in, const text *what) \
    { \
        for (; *in != 0; in++) { \
            size_t n = 0; \
            while (what[n] != 0 && WS2_LOWER(in[n]) == WS2_LOWER(what[n])) \
                n++; \
            if (what[n] == 0 && n > 0) \
                return (text *)in; \
        } \
        return NULL; \
    }
#define WS2_LOWER(unit) ((unit) >= 'A' && (unit) <= 'Z' ? (unit) + 32 : (unit))
WS2_PATH_TEXT(CHAR, PathFindFileNameA, PathFindExtensionA, PathStripPathA, PathRemoveFileSpecA, PathRemoveExtensionA,
              PathIsRelativeA, PathFileExistsA, PathIsDirectoryA, PathAppendA, GetFileAttributesA, StrStrA, StrStrIA)
WS2_PATH_TEXT(WCHAR, PathFindFileNameW, PathFindExtensionW, PathStripPathW, PathRemoveFileSpecW, PathRemoveExtensionW,
              PathIsRelativeW, PathFileExistsW, PathIsDirectoryW, PathAppendW, GetFileAttributesW, StrStrW, StrStrIW)
#undef WS2_LOWER
#undef WS2_PATH_TEXT
WS2_END_C

#ifdef UNICODE
#define PathFindFileName PathFindFileNameW
#define PathFindExtension PathFindExtensionW
#define PathStripPath PathStripPathW
#define PathRemoveFileSpec PathRemoveFileSpecW
#define PathRemoveExtension PathRemoveExtensionW
#define PathIsRelative PathIsRelativeW
#define PathFileExists PathFileExistsW
#define PathIsDirectory PathIsDirectoryW
#define PathAppend PathAppendW
#define StrStr StrStrW
#define StrStrI StrStrIW
#else
#define PathFindFileName PathFindFileNameA
#define PathFindExtension PathFindExtensionA
#define PathStripPath PathStripPathA
#define PathRemoveFileSpec PathRemoveFileSpecA
#define PathRemoveExtension PathRemoveExtensionA
#define PathIsRelative PathIsRelativeA
#define PathFileExists PathFileExistsA
#define PathIsDirectory PathIsDirectoryA
#define PathAppend PathAppendA
#define StrStr StrStrA
#define StrStrI StrStrIA
#endif

#endif
