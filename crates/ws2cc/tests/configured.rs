//! Projects that find out what their system has: by CMake's support for Windows, configure scripts, and the names that
//! compilers define.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const COMPILERS: [&str; 2] = ["gcc", "clang"];

fn installed(name: &str) -> bool {
    let found = Command::new(name).arg("--version").output().is_ok();
    if !found {
        assert!(std::env::var_os("CI").is_none(), "{name} is not installed");
        eprintln!("SKIPPED: {name} is not installed");
    }
    found
}

fn driver(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ws2cc"));
    for name in ["WS2_CC", "WS2_PREFIX", "WS2_EXPLAIN", "WS2_CODEPAGE"] {
        command.env_remove(name);
    }
    command.current_dir(folder);
    command
}

fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Compiles with each compiler and runs the program, which must succeed.
fn runs(files: &[(&str, &str)], arguments: &[&str]) {
    for compiler in COMPILERS.into_iter().filter(|name| installed(name)) {
        let folder = folder_with(files);
        let output = driver(folder.path())
            .arg(format!("--ws2-compiler={compiler}"))
            .args(["-o", "program"])
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{compiler}: {}", said(&output));
        let output = Command::new(folder.path().join("program")).output().unwrap();
        assert!(output.status.success(), "{compiler}: {output:?}");
    }
}

#[test]
fn a_project_that_asks_cmake_for_windows_is_built_for_it() {
    if !installed("cmake") {
        return;
    }
    let folder = folder_with(&[
        (
            "CMakeLists.txt",
            "cmake_minimum_required(VERSION 3.13)\nproject(p C)\ninclude(CheckIncludeFile)\n\
             check_include_file(sys/socket.h HAVE_SYS_SOCKET_H)\ncheck_include_file(winsock2.h HAVE_WINSOCK2_H)\n\
             if(HAVE_SYS_SOCKET_H OR NOT HAVE_WINSOCK2_H OR NOT WIN32)\n  message(FATAL_ERROR \"not Windows\")\nendif()\n\
             add_library(part STATIC part.c)\nadd_executable(a main.c)\ntarget_link_libraries(a part ws2_32)\n",
        ),
        ("main.c", "#include <winsock2.h>\nint part(void);\nint main(void) { return part(); }\n"),
        ("part.c", "int part(void) { return 0; }\n"),
    ]);
    let cmake = |arguments: &[&str]| {
        let output = Command::new("cmake").current_dir(folder.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    };
    let compiler = format!("-DCMAKE_C_COMPILER={}", env!("CARGO_BIN_EXE_ws2cc"));
    cmake(&["-S", ".", "-B", "b", "-DCMAKE_SYSTEM_NAME=Windows", &compiler, "-DCMAKE_C_FLAGS=--ws2-win32=yes"]);
    cmake(&["--build", "b"]);
    let program: PathBuf = folder.path().join("b/a.exe");
    assert!(Command::new(program).status().unwrap().success());
}

#[test]
fn headers_that_windows_has_not_are_hidden_on_request() {
    for compiler in COMPILERS.into_iter().filter(|name| installed(name)) {
        for header in ["sys/socket.h", "netinet/in.h", "netdb.h", "sys/ioctl.h", "poll.h", "sys/queue.h"] {
            let source = format!("#include <{header}>\nint main(void) {{ return 0; }}\n");
            let folder = folder_with(&[("a.c", &source)]);
            let compile = |more: &[&str]| {
                let mut command = driver(folder.path());
                command.arg(format!("--ws2-compiler={compiler}")).args(["-c", "a.c"]).args(more).output().unwrap()
            };
            assert!(compile(&[]).status.success(), "{header}");
            let hidden = compile(&["--ws2-win32=yes"]);
            assert!(!hidden.status.success() && said(&hidden).contains(header), "{}", said(&hidden));
        }
    }
}

#[test]
fn a_header_that_winsock_stands_for_is_empty_behind_it() {
    let source = "#include <winsock2.h>\n#include <sys/socket.h>\n#include <netdb.h>\n\
                  int main(void) { return socket(AF_INET, SOCK_STREAM, 0) != INVALID_SOCKET; }\n";
    runs(&[("a.c", source)], &["--ws2-win32=yes", "--ws2-no-retry", "a.c"]);
}

#[test]
fn the_standard_library_is_whole_with_hidden_headers() {
    runs(
        &[(
            "a.cpp",
            "#include <winsock2.h>\n#include <bits/stdc++.h>\n#include <pthread.h>\nint main() { std::mutex m; m.lock(); }\n",
        )],
        &["--ws2-win32=yes", "--ws2-no-retry", "-std=c++20", "a.cpp"],
    );
}

#[test]
fn a_windows_program_is_not_told_of_linux() {
    let source = "#include <winsock2.h>\n#if defined(__linux__) || defined(__unix__) || !defined(_WIN32)\n#error Linux\n#endif\n\
                  int main(void) { return 0; }\n";
    runs(&[("a.c", source)], &["a.c", "--ws2-no-retry"]);
    let other = "#ifndef __linux__\n#error no Linux\n#endif\nint main(void) { return 0; }\n";
    runs(&[("a.c", other)], &["a.c", "--ws2-no-retry"]);
}

/// Portable programs ask by these names whether a socket is a descriptor: `#ifdef F_SETFD`.
#[test]
fn a_windows_program_has_the_flags_of_fcntl_without_its_commands() {
    let source = "#include <winsock2.h>\n#include <fcntl.h>\n#include <io.h>\n#include <fcntl.h>\n\
                  #if defined(F_SETFD) || defined(F_SETFL) || defined(FD_CLOEXEC) || defined(O_NONBLOCK)\n#error Linux\n#endif\n\
                  #if !defined(O_BINARY) || _O_BINARY != O_BINARY || _O_RDWR != O_RDWR\n#error flags\n#endif\n\
                  int main(void) { return _setmode(0, _O_BINARY) == -1 || _setmode(-1, _O_BINARY) != -1; }\n";
    runs(&[("a.c", source)], &["a.c", "--ws2-no-retry"]);
    let other = "#include <fcntl.h>\n#if !defined(F_SETFD) || !defined(O_NONBLOCK) || defined(O_BINARY)\n#error no Linux\n#endif\n\
                 int main(void) { return 0; }\n";
    runs(&[("a.c", other)], &["a.c", "--ws2-no-retry"]);
}

#[test]
fn mkdir_has_one_argument_in_c_too() {
    let call = |call: &str| {
        format!(
            "#include <winsock2.h>\n#include <sys/stat.h>\n#include <direct.h>\n{call}\n\
             int main(void)\n{{\n    const char *name = \"made\";\n    struct stat known;\n    umask(022);\n    rmdir(name);\n\
             return MAKE(name) != 0 || MAKE(name) != -1 || stat(name, &known) != 0 || (known.st_mode & 0777) != 0755\n\
             || rmdir(name) != 0;\n}}\n"
        )
    };
    for (made, early) in [
        ("#define MAKE(name) mkdir(name)", ""),
        ("#define mkdir(name, mode) (mkdir)((name))\n#define MAKE(name) mkdir(name, 0700)", ""),
        ("#define MAKE(name) mkdir(name)", "#define mkdir _mkdir\n"),
    ] {
        let source = early.to_owned() + &call(made);
        runs(&[("a.c", &source)], &["a.c", "--ws2-no-retry"]);
    }
}

#[test]
fn functions_on_descriptors_may_be_wrapped_by_macros() {
    let source = "#include <winsock2.h>\n#include <io.h>\n#include <fcntl.h>\n\
                  #define open own_open\n#define close own_close\n#define access own_access\n#define lseek own_lseek\n\
                  static int own_open(const char *path, int flags) { return _open(path, flags | _O_BINARY); }\n\
                  static int own_close(int fd) { return (_close)(fd); }\n\
                  static int own_access(const char *path, int mode) { return _access(path, mode); }\n\
                  static long long own_lseek(int fd, long long to) { return _lseeki64(fd, to, SEEK_SET) + _lseek(fd, 0, SEEK_CUR); }\n\
                  int main(void)\n{\n    int fd = open(\"/proc/self/exe\", O_RDONLY);\n\
                  return fd < 0 || lseek(fd, 21) != 42 || access(\"/proc/self/exe\", 0) != 0 || close(fd) != 0 || close(fd) != -1;\n}\n";
    runs(&[("a.c", source)], &["a.c", "--ws2-no-retry"]);
}

#[test]
fn functions_with_room_may_stand_for_posixs() {
    let source = "#define strtok_r strtok_s\n\
                  #include <string.h>\n#include <winsock2.h>\n\
                  int main(void)\n{\n    char text[] = \"a b\", said[99], *rest;\n\
                  return *strtok_r(text, \" \", &rest) != 'a' || *strtok_r(NULL, \" \", &rest) != 'b' || strerror_s(said, sizeof said, 2) != 0;\n}\n";
    runs(&[("a.c", source)], &["a.c", "--ws2-no-retry"]);
}

#[test]
fn windows_h_brings_the_random_numbers_unless_it_is_lean() {
    let source = "#ifdef LEAN\n#define WIN32_LEAN_AND_MEAN\n#endif\n#include <windows.h>\n#ifndef PROV_RSA_FULL\n#error none\n#endif\n\
                  int main(void) { HCRYPTPROV provider; return !CryptAcquireContext(&provider, NULL, NULL, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT); }\n";
    runs(&[("a.c", source)], &["a.c", "--ws2-no-retry"]);
    for absent in ["-DLEAN", "-DNOCRYPT"] {
        let folder = folder_with(&[("a.c", source)]);
        let output = driver(folder.path()).args(["-c", "a.c", absent]).output().unwrap();
        assert!(!output.status.success(), "{absent}");
    }
}

/// Projects that know Windows' compilers by name only are told one of them.
#[test]
fn mingws_versions_are_told_where_its_name_is_given() {
    let source = "#include <winsock2.h>\n#include <_mingw.h>\n\
                  #if defined(__MINGW32__) != defined(__MINGW64_VERSION_MAJOR)\n#error\n#endif\nint main(void) { return 0; }\n";
    runs(&[("a.c", &source.replace("#include <_mingw.h>\n", ""))], &["a.c", "--ws2-no-retry"]);
    runs(&[("a.c", source)], &["a.c", "--ws2-no-retry", "-D__MINGW32__"]);
}

#[test]
fn probes_are_answered_plainly() {
    // Compiles only in a further try, as <string.h> has an index of its own.
    let source = "#include <winsock2.h>\n#include <strings.h>\nint index;\nint main(void) { return index; }\n";
    for (name, succeeds) in [("a.c", true), ("conftest.c", false), ("CMakeFiles/CMakeTmp/a.c", false)] {
        let folder = folder_with(&[(name, source)]);
        let output = driver(folder.path()).args(["-c", name, "-o", "a.o"]).output().unwrap();
        assert_eq!(output.status.success(), succeeds, "{name}: {}", said(&output));
    }
}

#[test]
fn arguments_may_be_in_a_file() {
    runs(
        &[
            (
                "a.c",
                "#include <winsock2.h>\n#include <math.h>\n#include <own.h>\nint main(int n, char **v) { (void)v; return OWN + (int)sqrt(n) - 4; }\n",
            ),
            ("sub folder/own.h", "#define OWN 3\n"),
            ("all.rsp", "a.c \"-Isub folder\"\n@more.rsp"),
            ("more.rsp", "-lws2_32 -lkernel32 -Wl,--out-implib,liba.dll.a -Wl,--major-image-version,0\n"),
        ],
        &["@all.rsp"],
    );
}

#[test]
fn a_program_may_bring_its_own_getopt() {
    let header = "#ifndef OWN_GETOPT_H\n#define OWN_GETOPT_H\nextern char *optarg;\nextern int optind;\n\
                  int getopt(int argc, char **argv, char *options);\n#endif\n";
    let own = "#include \"getopt.h\"\nchar *optarg;\nint optind = 1;\n\
               int getopt(int argc, char **argv, char *options) { (void)argv; (void)options; return argc == 1 ? 77 : 0; }\n";
    let main = "#include <winsock2.h>\n#include <windows.h>\n#include \"getopt.h\"\n\
                int main(int argc, char **argv) { return getopt(argc, argv, (char *)\"x\") == 77 ? 0 : 1; }\n";
    runs(&[("getopt.h", header), ("getopt.c", own), ("main.c", main)], &["--ws2-no-retry", "main.c", "getopt.c"]);
    // <unistd.h> has the program's too, where its folder is searched, before and behind Winsock's headers.
    for first in ["#include <unistd.h>\n#include <winsock2.h>\n", "#include <winsock2.h>\n#include <unistd.h>\n"] {
        let main = main.replace("#include <winsock2.h>\n", first);
        let arguments = ["--ws2-no-retry", "-I.", "main.c", "getopt.c"];
        runs(&[("getopt.h", header), ("getopt.c", own), ("main.c", &main)], &arguments);
    }
    // One that includes <unistd.h> and brings none means Linux'.
    let linux = "#include <winsock2.h>\n#include <unistd.h>\nint main(int argc, char **argv) { return getopt(argc, argv, \"x\") + 1 + optind - 1; }\n";
    runs(&[("a.c", linux)], &["--ws2-no-retry", "a.c"]);
}

/// Microsoft's <time.h> and <string.h> have more than Linux'; a source of a library may include nothing else.
#[test]
fn names_of_the_c_library_need_no_header_of_windows() {
    let source = "#include <time.h>\n#include <string.h>\nint year(time_t now) { struct tm parts; char text[8];\n\
                  if (strcpy_s(text, sizeof text, \"year\") != 0) return 0;\n\
                  return gmtime_s(&parts, &now) == 0 ? parts.tm_year : 0; }\n";
    let main = "int year(long now);\nint main(void) { return year(86400) == 70 ? 0 : 1; }\n";
    runs(&[("year.c", source), ("main.c", main)], &["--ws2-win32=yes", "main.c", "year.c"]);
}

/// Makefiles compile a program's icon and version with windres; a program that reads them does not link.
#[test]
fn resources_are_an_object_without_anything() {
    let folder = folder_with(&[("a.rc", "1 ICON \"a.ico\"\n"), ("a.c", "int main(void) { return 0; }\n")]);
    fs::hard_link(env!("CARGO_BIN_EXE_ws2cc"), folder.path().join("ws2windres"))
        .or_else(|_| fs::copy(env!("CARGO_BIN_EXE_ws2cc"), folder.path().join("ws2windres")).map(drop))
        .unwrap();
    let windres = |arguments: &[&str]| {
        Command::new(folder.path().join("ws2windres")).current_dir(folder.path()).args(arguments).output().unwrap()
    };
    let output = windres(&["-O", "coff", "-DX=1", "a.rc", "a.res.o"]);
    assert!(output.status.success(), "{}", said(&output));
    let missing = windres(&["-i", "b.rc", "-o", "b.o"]);
    assert!(!missing.status.success() && said(&missing).contains("cannot read b.rc"), "{}", said(&missing));
    assert!(!windres(&["a.rc"]).status.success());
    let output = driver(folder.path()).args(["a.c", "a.res.o", "-o", "a"]).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn variables_without_extern_are_one() {
    let main = "int shared;\nint main(void) { return shared != 5; }\n";
    runs(&[("a.c", main), ("b.c", "int shared = 5;\n")], &["a.c", "b.c", "-lregex", "-mno-cygwin"]);
}

/// The source compiles in another way than the first; what it lacks then is a function, and that is said.
#[test]
fn what_does_not_link_is_said_of_the_way_that_compiles() {
    let source = "#include <winsock2.h>\n#include <windows.h>\n#include <stdio.h>\nchar *index;\n\
                  int main(void) { return DeviceIoControl(NULL, 0, NULL, 0, NULL, 0, NULL, NULL); }\n";
    for compiler in COMPILERS.into_iter().filter(|name| installed(name)) {
        let folder = folder_with(&[("a.c", source)]);
        let output = driver(folder.path()).arg(format!("--ws2-compiler={compiler}")).arg("a.c").output().unwrap();
        let complaints = said(&output);
        assert!(!output.status.success());
        assert!(complaints.contains("undefined reference to `DeviceIoControl'"), "{complaints}");
        assert!(!complaints.contains("'index'"), "{complaints}");
    }
}

/// Headers that know Windows' compilers by name only include Linux' own on seeing gcc; a branch for Linux still has them.
#[test]
fn headers_of_linux_sockets_are_empty_behind_winsocks() {
    let windows = "#include <winsock2.h>\n#include <sys/types.h>\n#include <sys/socket.h>\n#include <netinet/in.h>\n\
                   int main(void) { WSADATA d; return WSAStartup(MAKEWORD(2, 2), &d) || SOL_SOCKET != 0xffff; }\n";
    runs(&[("a.c", windows)], &["a.c"]);
    let folder = folder_with(&[("a.c", windows)]);
    let output = driver(folder.path()).args(["-MD", "-MP", "-c", "a.c"]).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let dependencies = fs::read_to_string(folder.path().join("a.d")).unwrap();
    assert!(dependencies.contains("winsock2.h") && !dependencies.contains("hidden"), "{dependencies}");
    let linux = "#ifdef OTHER\n#include <winsock2.h>\n#endif\n#include <sys/socket.h>\n#include <netdb.h>\n\
                 int main(void) { return SOL_SOCKET != 1 || AI_PASSIVE == 0; }\n";
    runs(&[("a.c", linux)], &["a.c"]);
}
