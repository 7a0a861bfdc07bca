//! What Microsoft's compiler takes and others only when a word is added: told by their complaints, and run.

use std::fs;
use std::process::Command;

/// Compiles `source` with further tries, runs the program and returns what it prints.
fn run(name: &str, source: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), source).unwrap();
    let mut driver = Command::new(env!("CARGO_BIN_EXE_ws2cc"));
    for variable in ["WS2_CC", "WS2_PREFIX", "WS2_EXPLAIN", "WS2_CODEPAGE"] {
        driver.env_remove(variable);
    }
    let output = driver.current_dir(folder.path()).args([name, "-o", "program"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output = Command::new(folder.path().join("program")).current_dir(folder.path()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn has_clang() -> bool {
    let found = Command::new("clang").arg("--version").output().is_ok();
    if !found {
        assert!(std::env::var_os("CI").is_none(), "clang is not installed");
        eprintln!("SKIPPED: clang is not installed");
    }
    found
}

#[test]
fn headers_may_be_within_extern_c() {
    let source = "extern \"C\" {\n#include <winsock2.h>\n#include <windows.h>\n}\n#include <string>\n#include <stdio.h>\n\
                  int main() { char a[3]; printf(\"%d%s\\n\", (int)_countof(a), std::string(\"x\").c_str()); }\n";
    assert_eq!(run("a.cpp", source), "3x\n");
}

#[test]
fn a_source_may_define_the_integer_types_itself() {
    let source = "#include <winsock2.h>\n#include <stdio.h>\ntypedef __int64 int64_t;\n\
                  typedef unsigned __int64 uint64_t;\ntypedef __int64 off_t;\ntypedef int ssize_t;\ntypedef int uid_t;\n\
                  int main() { uint64_t n = 5; int64_t m = -1; printf(\"%d %d\\n\", (int)n, (int)m); return 0; }\n";
    for name in ["a.c", "a.cpp"] {
        assert_eq!(run(name, source), "5 -1\n");
    }
}

#[test]
fn a_socket_may_be_a_type_of_64_bits_by_another_name() {
    if has_clang() {
        let source = "#include <winsock2.h>\n#include <stdio.h>\ntypedef unsigned __int64 fd_t;\ntypedef SOCKET fd_t;\n\
                      int main() { fd_t fd = INVALID_SOCKET; printf(\"%d\\n\", (int)(fd == INVALID_SOCKET)); return 0; }\n";
        for name in ["a.c", "a.cpp"] {
            assert_eq!(run(name, source), "1\n");
        }
    }
}

#[test]
fn integers_may_be_defined_as_macros_before_any_header() {
    let source = "#define uint32_t unsigned __int32\n#define uint64_t unsigned __int64\n#include <winsock2.h>\n#include <stdio.h>\n\
                  int main(void) { uint64_t n = (uint32_t)-1; printf(\"%d\\n\", n == 0xffffffff); return 0; }\n";
    assert_eq!(run("a.c", source), "1\n");
}

/// <sys/time.h> of mingw-w64 has the first by this guard, and no `timeradd`.
#[test]
fn times_of_the_program_are_its_own() {
    let source = "#include <winsock2.h>\n#include <stdio.h>\n#ifndef _TIMEZONE_DEFINED\nstruct timezone { int tz_minuteswest; };\n#endif\n\
                  static void timeradd(struct timeval *a, struct timeval *b) { a->tv_sec += b->tv_sec; }\n\
                  int main(void) { struct timeval a = {1, 0}, b; timerclear(&b); b.tv_sec = 2; timeradd(&a, &b);\n\
                  printf(\"%d%d%d\\n\", (int)a.tv_sec, timercmp(&a, &b, >), timerisset(&b)); return 0; }\n";
    for name in ["a.c", "a.cpp"] {
        assert_eq!(run(name, source), "311\n");
    }
}

#[test]
fn the_environment_needs_no_declaration() {
    let source = "#include <windows.h>\n#include <stdio.h>\n#include <stdlib.h>\n\
                  int main() { printf(\"%d%d\\n\", environ != NULL, environ == _environ); return 0; }\n";
    assert_eq!(run("a.c", source), "11\n");
}

#[test]
fn dependent_types_need_no_typename() {
    if has_clang() {
        let source = "#include <winsock2.h>\n#include <stdio.h>\n#include <vector>\n\
                      template <class T> struct Base { T held; void put(T t) { held = t; } };\n\
                      template <class T> struct List : Base<T> {\n  struct Node { T value; };\n  Node *first();\n  Node head;\n\
                        T get() { put(8); return held; }\n};\n\
                      template <class T> List<T>::Node *List<T>::first() { return &head; }\n\
                      template <class T> T sum(std::vector<T> &all) {\n  T total = 0;\n\
                        for (std::vector<T>::iterator i = all.begin(); i != all.end(); ++i) total += *i;\n\
                        List<T>::Node node; node.value = total; return later(node.value);\n}\n\
                      int later(int n) { return n + 1; }\n\
                      int main() { std::vector<int> v; v.push_back(1); v.push_back(2); List<int> l; l.head.value = 5;\n\
                        printf(\"%d %d %d\\n\", sum(v), l.first()->value, l.get()); }\n";
        assert_eq!(run("a.cpp", source), "4 5 8\n");
    }
}

#[test]
fn temporaries_pass_for_variables() {
    if has_clang() {
        let source = "#include <winsock2.h>\n#include <stdio.h>\n#include <string>\nusing namespace std;\n\
                      void take(int n, string &s) { s += 'b'; printf(\"%d%s\\n\", n, s.c_str()); }\n\
                      struct A { void give(string &s) { printf(\"%s\\n\", s.c_str()); } };\nstring make() { return \"made\"; }\n\
                      int main() { A a; take(1, string(\"a\")); a.give(make() + \"!\");\n string &s = make(); s += '?'; printf(\"%s\\n\", s.c_str()); }\n";
        assert_eq!(run("a.cpp", source), "1ab\nmade!\nmade?\n");
    }
}

#[test]
fn file_streams_take_wide_paths() {
    if has_clang() {
        let source = "#include <winsock2.h>\n#include <fstream>\n#include <iostream>\n#include <string>\n\
                      int main() { std::wstring name = L\"\\u00e9.txt\"; { std::ofstream out(name); out << 42; }\n\
                      std::ifstream in; in.open(L\"\\u00e9.txt\", std::ios::in); int n; in >> n; std::cout << n << std::ifstream(\"\\u00c3\\u00a9.txt\").good(); }\n";
        assert_eq!(run("a.cpp", source), "420");
    }
}

#[test]
fn headers_of_older_libraries_are_there() {
    let source = "#include <iostream.h>\n#include <iomanip.h>\n#include <winsock2.h>\n#include <hash_map>\n#include <hash_set>\n\
                  #include <concurrent_queue.h>\n#include <concurrent_priority_queue.h>\n\
                  struct Event { int at; bool operator<(const Event &other) const { return at > other.at; } };\n\
                  void main() { stdext::hash_map<int, int> m; m[1] = 2; concurrency::concurrent_priority_queue<Event> q;\n\
                  Event e = {3}; q.push(e); e.at = 1; q.push(e); Concurrency::concurrent_queue<int> c; c.push(7); int n = 0;\n\
                  bool had = c.try_pop(n) && !c.try_pop(n); q.try_pop(e);\n\
                  cout << m[1] << setw(3) << e.at << q.size() << had << n << endl; }\n";
    assert_eq!(run("a.cpp", source), "2  1117\n");
}

#[test]
fn a_loops_variable_may_be_used_behind_it() {
    let source = "#include <winsock2.h>\n#include <stdio.h>\nint main() { for (int i = 0; i < 3; i++) ;\n printf(\"%d\", i);\n\
                  for (i = 0; i < 5; i++) {}\n if (i == 5) { printf(\"%d\\n\", i); } return 0; }\n";
    assert_eq!(run("a.cpp", source), "35\n");
}

#[test]
fn properties_call_their_functions() {
    if has_clang() {
        let source = "#include <winsock2.h>\n#include <stdio.h>\nclass A { int v; public: A() : v(1) {} int get() const { return v * 10; }\n\
                      void put(int n) { v = n; } __declspec(property(get = get, put = put)) int Value; };\n\
                      __declspec(noinline) int one() { return 1; }\n\
                      int main() { A a; a.Value = 3 + one(); printf(\"%d\\n\", a.Value); return 0; }\n";
        assert_eq!(run("a.cpp", source), "40\n");
    }
}

#[test]
fn microsofts_strings_and_parallel_patterns_are_there() {
    let source = r#"#include <AtlStr.h>
#include <ppl.h>
#include <concurrent_unordered_map.h>
#include <stdio.h>
#include <atomic>
int main()
{
    CString name = _T("port "), more;
    more.Format(_T("%d/%s %I64d"), 80, _T("tcp"), (__int64)1 << 40);
    name += more;
    name.AppendFormat(_T(" %c"), 'x');
    name.Replace(_T("tcp"), _T("udp"));
    CStringA narrow(L"wide é");
    CStringW wide(name);
    strcat(narrow.GetBuffer(20), "!");
    narrow.ReleaseBuffer();
    int at = 0, parts = 0;
    CString list(_T(",a,b,,c"));
    for (CString part = list.Tokenize(_T(","), at); at != -1; part = list.Tokenize(_T(","), at))
        parts++;
    CString blanks(_T("  x y \n"));
    blanks.Trim();
    printf("%s|%s|%d|%d|%s|%d|%d\n", (LPCTSTR)name, narrow.GetString(), wide.GetLength(), parts,
           (LPCTSTR)blanks.Right(1), name.Find(_T("udp")), name == more);
    printf("%s %s %d\n", (LPCTSTR)(blanks + _T("z") + 'q'), (LPCTSTR)CString('-', 3), blanks.CompareNoCase(_T("X Y")));
    concurrency::concurrent_vector<int> all;
    Concurrency::concurrent_unordered_map<int, int> tens;
    concurrency::combinable<int> sum;
    concurrency::parallel_for(0, 1000, [&](int i) { all.push_back(i); tens[i % 10]; sum.local() += i; });
    concurrency::task_group group;
    std::atomic<int> done(0);
    for (int i = 0; i < 5; i++)
        group.run([&] { done++; });
    int status = group.wait(), caught = 0;
    try {
        concurrency::parallel_for_each(all.begin(), all.end(), [](int i) { if (i == 500) throw 7; });
    } catch (int thrown) {
        caught = thrown;
    }
    concurrency::parallel_invoke([&] { done++; }, [&] { done++; });
    printf("%d %d %d %d %d %d\n", (int)all.size(), (int)tens.size(), sum.combine(std::plus<int>()), done.load(), status,
           caught);
}
"#;
    let expected = "port 80/udp 1099511627776 x|wide é!|27|3|y|8|0\nx yzq --- 0\n1000 10 499500 7 1 7\n";
    assert_eq!(run("a.cpp", source), expected);
}

#[test]
fn types_that_linux_has_too_may_be_the_programs() {
    let source = "#include <winsock2.h>\n#include <stdio.h>\ntypedef int ssize_t;\ntypedef unsigned int uint;\n\
                  struct timezone { int minutes; };\n\
                  int gettimeofday(struct timeval *tv, struct timezone *tz) { tv->tv_sec = tz->minutes; return 0; }\n\
                  int main(void) { struct timeval now; struct timezone zone = {5}; ssize_t n = -1; uint u = 2; gettimeofday(&now, &zone);\n\
                  printf(\"%d %d %u\\n\", (int)now.tv_sec, (int)n, u); return 0; }\n";
    assert_eq!(run("a.c", source), "5 -1 2\n");
}

#[test]
fn a_source_in_c_may_be_cxx() {
    let source = "#include <iostream>\n#include <winsock2.h>\nint main() { std::cout << 1; return 0; }\n";
    assert_eq!(run("a.c", source), "1");
}

#[test]
fn a_functions_name_may_be_part_of_a_literal() {
    let source = "#include <winsock2.h>\n#include <stdio.h>\nint work(void) { return printf(__FUNCTION__ \": %d\\n\", 1); }\n\
                  int main(void) { return work() == 0; }\n";
    assert_eq!(run("a.c", source), "work: 1\n");
}

/// Visual Studio's projects define UNICODE, and their sources do not say so.
#[test]
fn wide_text_for_names_of_either_width_means_unicode() {
    let cxx = "#include <stdafx.h>\n#include <winsock2.h>\n#include <ws2tcpip.h>\n#include <windows.h>\n\
               int _tmain(int argc, _TCHAR *argv[]) { TCHAR text[20]; wsprintf(text, L\"%d\", 5); in_addr a;\n\
               wprintf(L\"%ls %d %d\\n\", text, InetPton(AF_INET, L\"127.0.0.1\", &a), argc); return 0; }\n";
    assert_eq!(run("a.cpp", cxx), "5 1 1\n");
    let c = "#include <winsock2.h>\n#include <ws2tcpip.h>\n#include <stdio.h>\n\
             int main(void) { IN_ADDR a; printf(\"%d\\n\", InetPton(AF_INET, L\"127.0.0.1\", &a)); return 0; }\n";
    assert_eq!(run("a.c", c), "1\n");
}

#[test]
fn a_programs_own_signals_stand_beside_linux_ones() {
    let source = "#include <winsock2.h>\n#include <signal.h>\n#include <stdio.h>\ntypedef int sigset_t;\ntypedef int uid_t;\n\
                  struct sigaction { void (*sa_handler)(int); sigset_t sa_mask; };\n#define _NSIG NSIG\n\
                  static void (*handlers[_NSIG])(int);\n\
                  int main(void) { struct sigaction a = {0, 5}; uid_t u = 2; handlers[SIGINT] = a.sa_handler;\n\
                  printf(\"%d %d %d\\n\", a.sa_mask, u, (int)(sizeof handlers / sizeof *handlers)); return 0; }\n";
    assert_eq!(run("a.c", source), "5 2 23\n");
}

/// With and without optimisation, and defined by each source that includes the header.
#[test]
fn inline_functions_in_c_are_there_once() {
    let header = "__inline int twice(int i) { return 2 * i; }\n";
    let source = "#include <winsock2.h>\n#include <stdio.h>\n#include \"h.h\"\nint other(void);\ninline int once(int i) { return i; }\n\
                  int main(void) { printf(\"%d %d %d\\n\", once(1), twice(2), other()); return 0; }\n";
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("h.h"), header).unwrap();
    std::fs::write(folder.path().join("b.c"), "#include \"h.h\"\nint other(void) { return twice(5); }\n").unwrap();
    std::fs::write(folder.path().join("a.c"), source).unwrap();
    for level in ["-O0", "-O2"] {
        let mut driver = std::process::Command::new(env!("CARGO_BIN_EXE_ws2cc"));
        let output = driver.current_dir(folder.path()).args([level, "a.c", "b.c", "-o", "a"]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let output = std::process::Command::new(folder.path().join("a")).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), "1 4 10\n", "{level}");
    }
}

/// Windows has no such functions, so that programs bring theirs, by functions of Windows; the library is to call libc's.
#[test]
fn a_programs_own_functions_are_not_the_librarys() {
    let source = "#include <winsock2.h>\n#include <windows.h>\n#include <time.h>\n#include <stdio.h>\nstatic int calls;\n\
                  int clock_gettime(int id, struct timespec *t) { LARGE_INTEGER n; (void)id; calls++;\n\
                  QueryPerformanceCounter(&n); t->tv_sec = GetTickCount() / 1000; t->tv_nsec = 0; return 0; }\n\
                  struct tm *localtime_r(const time_t *clock, struct tm *tm) { FILETIME utc = {0, 30000000}, local;\n\
                  SYSTEMTIME time; calls++; (void)clock; FileTimeToLocalFileTime(&utc, &local);\n\
                  FileTimeToSystemTime(&local, &time); tm->tm_year = time.wYear - 1900; return tm; }\n\
                  int main(void) { struct timespec t; struct tm tm; time_t now = 0; SYSTEMTIME time;\n\
                  clock_gettime(1, &t); localtime_r(&now, &tm); GetLocalTime(&time); Sleep(1);\n\
                  printf(\"%d %d\\n\", calls, tm.tm_year > 0); return 0; }\n";
    assert_eq!(run("a.c", source), "2 1\n");
}

/// Functions and namespaces of a library, as Boost has them: `windows.h` comes between their place and their use.
#[test]
fn a_librarys_own_names_stay_its_own() {
    let library = "#ifndef LIBRARY\n#define LIBRARY\n#include <cstddef>\n#include <cstdio>\n\
                   #define VISIBLE __attribute__((visibility(\"default\")))\n\
                   namespace own { namespace system { namespace detail { inline int snprintf(char *to, std::size_t room,\n\
                   const char *format, int n) { return std::snprintf(to, room, format, n); } }\n\
                   int twice(int n); } class VISIBLE exception { int n; protected: exception(): n(0) {}\n\
                   public: int get() const { return n; } }; struct failed : public exception {}; }\n#endif\n";
    let program = "#include \"library.h\"\n#include <winsock2.h>\n#include <windows.h>\n#include <cstdlib>\n\
                   #ifdef BOOST_USE_WINDOWS_H\nint main() { char text[9]; own::system::detail::snprintf(text, 9, \"%d\", own::system::twice(4));\n\
                   printf(\"%s %d %d\\n\", text, own::failed().get(), std::system(\"true\") + system(\"true\")); return 0; }\n#endif\n";
    let folder = tempfile::tempdir().unwrap();
    let part = "#include \"library.h\"\nint own::system::twice(int n) { return 2 * n; }\n";
    for (name, text) in [("library.h", library), ("a.cpp", program), ("b.cpp", part)] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let mut driver = std::process::Command::new(env!("CARGO_BIN_EXE_ws2cc"));
    let output = driver.current_dir(folder.path()).args(["--ws2-c++", "a.cpp", "b.cpp", "-o", "a"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output = std::process::Command::new(folder.path().join("a")).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "8 0 0\n");
}

/// The headers' own headers are found by their place.
#[test]
fn a_programs_header_is_not_the_librarys() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("share.h"), "struct needs { undeclared i; };\n").unwrap();
    std::fs::write(folder.path().join("a.c"), "#include <io.h>\nint main(void) { return _access(\".\", 0); }\n")
        .unwrap();
    let mut driver = std::process::Command::new(env!("CARGO_BIN_EXE_ws2cc"));
    let output = driver.current_dir(folder.path()).args(["-I.", "a.c", "-o", "a"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
