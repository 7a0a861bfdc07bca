//! The driver compiles what Windows compilers take, and is a compiler to make and CMake.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const COMPILERS: [&str; 2] = ["gcc", "clang"];

fn driver() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ws2cc"));
    for name in ["WS2_CC", "WS2_PREFIX", "WS2_EXPLAIN", "WS2_CODEPAGE"] {
        command.env_remove(name);
    }
    command
}

fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sources").join(name)
}

/// The compilers that are installed; gcc must be.
fn compilers() -> Vec<&'static str> {
    let installed = |name: &&str| Command::new(name).arg("--version").output().is_ok();
    let found: Vec<_> = COMPILERS.into_iter().filter(installed).collect();
    assert!(found.contains(&"gcc"), "gcc is not installed");
    if found.len() < COMPILERS.len() {
        assert!(std::env::var_os("CI").is_none(), "only {found:?} are installed");
        eprintln!("SKIPPED: only {found:?} are installed");
    }
    found
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn succeed(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}\n{}{}", text(&output.stdout), text(&output.stderr));
    output
}

/// Compiles `arguments` in `folder` without second tries, runs the program with `with` and returns what it prints.
fn build_and_run(compiler: &str, folder: &Path, arguments: &[&str], with: &[&str]) -> String {
    let program = folder.join("program");
    succeed(
        driver()
            .current_dir(folder)
            .args(["--ws2-no-retry", "--ws2-compiler", "-o"].map(|option| match option {
                "--ws2-compiler" => format!("--ws2-compiler={compiler}"),
                other => other.to_owned(),
            }))
            .arg(&program)
            .args(arguments),
    );
    text(&succeed(Command::new(&program).args(with).env_remove("LD_LIBRARY_PATH")).stdout)
}

fn write(folder: &Path, files: &[(&str, &[u8])]) {
    for (name, content) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

#[test]
fn includes_in_any_spelling_and_void_main() {
    for compiler in compilers() {
        let folder = tempfile::tempdir().unwrap();
        let printed = build_and_run(compiler, folder.path(), &[source("Spelling.Cpp").to_str().unwrap()], &[]);
        assert_eq!(printed, "inner 12\n13\n", "{compiler}");
    }
}

#[test]
fn folders_of_headers_are_found_in_any_case() {
    for compiler in compilers() {
        let folder = tempfile::tempdir().unwrap();
        let main =
            b"#include <net\\THING.h>\n#include <stdio.h>\nint main(void) { printf(\"%d\\n\", THING); return 0; }\n";
        write(folder.path(), &[("main.c", main), ("Include/Net/Thing.h", b"#define THING 5\n")]);
        assert_eq!(build_and_run(compiler, folder.path(), &["-Iinclude", "main.c"], &[]), "5\n", "{compiler}");
    }
}

#[test]
fn wide_and_narrow_output_mix() {
    let program = "#include <winsock2.h>\n#include <iostream>\nint main() { std::wcout << L\"Größe \" << 5 << std::endl;\n\
                   std::cout << \"narrow\" << std::endl; std::wcout << L\"\u{20ac}\\U0001d11e\\n\"; return 0; }\n";
    for compiler in compilers() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[("main.cpp", program.as_bytes())]);
        let printed = build_and_run(compiler, folder.path(), &["main.cpp"], &[]);
        assert_eq!(printed, "Größe 5\nnarrow\n€\u{1d11e}\n", "{compiler}");
    }
}

/// A client that asks `_kbhit` before each `fgets` sees every line of a pipe, and none at its end; what a program printed
/// before it was killed is there.
#[test]
fn pipes_are_read_and_written_line_by_line() {
    let program = b"#include <winsock2.h>\n#include <conio.h>\n#include <stdio.h>\n#include <signal.h>\n\
                    int main(void) { char line[80]; int waits = 0; while (waits < 20) { if (!_kbhit()) { waits++; Sleep(10);\n\
                    continue; } if (!fgets(line, 80, stdin)) break; printf(\"got %s\", line); }\n\
                    printf(\"%d\\n\", waits); raise(SIGKILL); return 0; }\n";
    for compiler in compilers() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[("main.c", program), ("lines", b"one\ntwo\n")]);
        let built = folder.path().join("main");
        let source = folder.path().join("main.c");
        succeed(driver().arg(format!("--ws2-compiler={compiler}")).arg(&source).arg("-o").arg(&built));
        let pipeline = format!("cat {} | {}", folder.path().join("lines").display(), built.display());
        let output = Command::new("sh").args(["-c", &pipeline]).env_remove("LD_LIBRARY_PATH").output().unwrap();
        assert_eq!(text(&output.stdout), "got one\ngot two\n20\n", "{compiler}");
    }
}

#[test]
fn wide_arguments_are_characters() {
    for compiler in compilers() {
        let folder = tempfile::tempdir().unwrap();
        let printed = build_and_run(compiler, folder.path(), &[source("wide.c").to_str().unwrap()], &["aé€"]);
        assert_eq!(printed, "2 3 e9\n", "{compiler}");
    }
}

#[test]
fn finally_runs_however_a_block_is_left() {
    let expected = fs::read_to_string(source("handlers.expected")).unwrap();
    for compiler in compilers() {
        for language in ["c", "c++"] {
            for level in ["-O0", "-O2"] {
                let folder = tempfile::tempdir().unwrap();
                let file = source("handlers.c");
                let arguments = [level, "-x", language, file.to_str().unwrap()];
                let printed = build_and_run(compiler, folder.path(), &arguments, &[]);
                assert_eq!(printed, expected, "{compiler} {language} {level}");
            }
        }
    }
}

#[test]
fn legacy_code_pages_become_utf_8() {
    for compiler in compilers() {
        let folder = tempfile::tempdir().unwrap();
        let german = b"#include <winsock2.h>\n#include <stdio.h>\n/* f\xfcr \xc4 */ int main() { puts(\"gr\xf6\xdfer\"); return 0; }\n";
        write(folder.path(), &[("a.c", german)]);
        assert_eq!(build_and_run(compiler, folder.path(), &["--ws2-codepage=1252", "a.c"], &[]), "größer\n");
        let utf16: Vec<u8> = std::iter::once(0xfeff_u16)
            .chain("#include <stdio.h>\nint main() { puts(\"größer\"); return 0; }\n".encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        write(folder.path(), &[("b.c", &utf16)]);
        assert_eq!(build_and_run(compiler, folder.path(), &["b.c"], &[]), "größer\n");
        // The second byte of this character of GBK is a backslash, which ends no comment line.
        let chinese = b"#include <stdio.h>\nint main() {\nint x = 1; // \xb3\xf5\xca\xbc\xbb\xaf\xcc\xd7\xbd\xd3\xd7\xd6 \x95\x5c\nx = 2;\nprintf(\"%d\\n\", x); return 0; }\n";
        write(folder.path(), &[("c.c", chinese)]);
        assert_eq!(build_and_run(compiler, folder.path(), &["--ws2-codepage=936", "c.c"], &[]), "2\n");
    }
}

#[test]
fn errors_name_the_original_and_its_line() {
    for compiler in compilers() {
        let folder = tempfile::tempdir().unwrap();
        write(
            folder.path(),
            &[("src/a.c", b"#include <WINSOCK2.h>\n#include \"B.h\"\nint main() { return nothing_there; }\n")],
        );
        write(folder.path(), &[("src/b.h", b"\n\nint broken = no_such_name;\n")]);
        let output = driver()
            .current_dir(folder.path())
            .args(["-c", "src/a.c", &format!("--ws2-compiler={compiler}")])
            .output()
            .unwrap();
        let said = text(&output.stderr);
        assert!(!output.status.success());
        assert!(said.contains("src/a.c:3:") && said.contains("src/b.h:3:"), "{compiler}: {said}");
        assert!(!said.contains("/ws2cc-"), "{compiler}: {said}");
    }
}

#[test]
fn objects_know_nothing_of_temporary_folders() {
    for compiler in compilers() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[("a.c", b"#include \"B.h\"\nint f(void) { return g(__FILE__); }\n")]);
        write(folder.path(), &[("b.h", b"#include <WINSOCK2.h>\nstatic int g(const char *p) { return *p; }\n")]);
        let compiler = format!("--ws2-compiler={compiler}");
        succeed(driver().current_dir(folder.path()).args(["-g", "-c", "a.c", &compiler]));
        let object = fs::read(folder.path().join("a.o")).unwrap();
        assert!(!object.windows(6).any(|bytes| bytes == b"ws2cc-"), "{compiler}");
    }
}

#[test]
fn dependencies_are_the_originals() {
    for compiler in compilers() {
        let folder = tempfile::tempdir().unwrap();
        write(
            folder.path(),
            &[("a.c", b"#include \"INC\\B.h\"\nint x;\n"), ("inc/b.h", b"#include \"c.h\"\n"), ("inc/c.h", b"\n")],
        );
        let compiler = format!("--ws2-compiler={compiler}");
        succeed(driver().current_dir(folder.path()).args(["-c", "a.c", "-MMD", "-MF", "a.dep", &compiler]));
        let rule = fs::read_to_string(folder.path().join("a.dep")).unwrap();
        let names: Vec<&str> = rule.split_whitespace().filter(|word| *word != "\\").collect();
        assert_eq!(names, ["a.o:", "a.c", "inc/b.h", "inc/c.h"], "{compiler}");
        let printed = text(&succeed(driver().current_dir(folder.path()).args(["-MM", "a.c", &compiler])).stdout);
        assert_eq!(printed.split_whitespace().filter(|word| *word != "\\").collect::<Vec<_>>(), names, "{compiler}");
    }
}

#[test]
fn windows_is_defined_for_windows_programs() {
    let program = b"#include <stdio.h>\n#ifdef _WIN32\n#include <winsock2.h>\n#define SYSTEM \"windows\"\n#else\n#define SYSTEM \"other\"\n#endif\nint main() { puts(SYSTEM); return 0; }\n";
    let plain = b"#include <stdio.h>\nint main() {\n#ifdef _WIN32\nputs(\"windows\");\n#else\nputs(\"other\");\n#endif\nreturn 0; }\n";
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("a.c", program), ("b.c", plain)]);
    for (arguments, expected) in [
        (&["a.c"][..], "windows\n"),
        (&["a.c", "--ws2-win32=no"], "other\n"),
        (&["b.c"], "other\n"),
        (&["b.c", "--ws2-win32=yes"], "windows\n"),
    ] {
        assert_eq!(build_and_run("gcc", folder.path(), arguments, &[]), expected, "{arguments:?}");
    }
}

#[test]
fn what_needs_no_change_is_compiled_in_place() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[("a.c", b"#include <stdio.h>\n#include \"b.h\"\nint main() { return B; }\n"), ("b.h", b"#define B 0\n")],
    );
    let output = succeed(driver().current_dir(folder.path()).args(["--ws2-explain", "-c", "a.c"]));
    let said = text(&output.stderr);
    assert!(said.contains("\"a.c\"") && !said.contains("/ws2cc-"), "{said}");
}

#[test]
fn explaining_names_every_change() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("a.cpp", b"#include <Winsock2.H>\n#pragma comment(lib, \"ws2_32\")\nvoid main() { }\n")]);
    let output = succeed(driver().current_dir(folder.path()).args(["--ws2-explain", "a.cpp", "-lkernel32"]));
    let said = text(&output.stderr);
    for wanted in
        ["a.cpp:1: <Winsock2.H> is <winsock2.h>", "a.cpp:3: main returns int", "-lkernel32", "_WIN32 is defined"]
    {
        assert!(said.contains(wanted), "{wanted} in {said}");
    }
}

#[test]
fn the_static_library_needs_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let program = b"#include <winsock2.h>\nint main() { WSADATA d; return WSAStartup(514, &d); }\n";
    write(folder.path(), &[("a.c", program)]);
    assert_eq!(build_and_run("gcc", folder.path(), &["--ws2-static", "a.c"], &[]), "");
    let needed = succeed(Command::new("readelf").args(["-d"]).arg(folder.path().join("program")));
    assert!(!text(&needed.stdout).contains("libws2_32"));
}

#[test]
fn bind_is_winsocks_beside_the_standard_librarys() {
    let program = b"#include <functional>\n#include <iostream>\n#include <winsock2.h>\nusing namespace std;\n\
        static int add(int a, int b) { return a + b; }\n\
        int main() { WSADATA d; WSAStartup(514, &d); SOCKET s = socket(AF_INET, SOCK_STREAM, 0); sockaddr_in a{};\n\
        a.sin_family = AF_INET; a.sin_addr.s_addr = htonl(INADDR_LOOPBACK); int length = sizeof a;\n\
        bind(s, (sockaddr *)&a, sizeof a); if (bind(s, (SOCKADDR *)&a, sizeof(a)) != SOCKET_ERROR) return 1;\n\
        getsockname(s, (sockaddr *)&a, &length); if (a.sin_port == 0) return 2;\n\
        auto five = bind(add, 2, 3); cout << five() << endl; return 0; }\n";
    for compiler in compilers() {
        for standard in ["-std=c++11", "-std=c++20"] {
            let folder = tempfile::tempdir().unwrap();
            write(folder.path(), &[("a.cpp", program)]);
            assert_eq!(
                build_and_run(compiler, folder.path(), &[standard, "a.cpp"], &[]),
                "5\n",
                "{compiler} {standard}"
            );
        }
    }
}

/// On Windows, winsock2.h brings windows.h; and sources of 32-bit days keep their completion keys in 32 bits.
#[test]
fn winsock2_alone_is_enough_and_keys_may_be_narrow() {
    let program = b"#include <winsock2.h>\n#include <stdio.h>\n\
        int main() { HANDLE port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0); DWORD bytes, key; ULONG other;\n\
        ULONG_PTR wide; OVERLAPPED *taken; for (int i = 1; i < 4; i++) PostQueuedCompletionStatus(port, 0, i, NULL);\n\
        GetQueuedCompletionStatus(port, &bytes, &key, &taken, INFINITE); GetQueuedCompletionStatus(port, &bytes, &other, &taken, 0);\n\
        GetQueuedCompletionStatus(port, &bytes, &wide, &taken, 0); printf(\"%d %d %d %d\\n\", (int)key, (int)other, (int)wide, h_errno);\n\
        Sleep(0); return 0; }\n";
    for compiler in compilers() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[("a.cpp", program)]);
        assert_eq!(build_and_run(compiler, folder.path(), &["a.cpp"], &[]), "1 2 3 0\n", "{compiler}");
    }
}

#[test]
fn a_missing_function_is_named_by_the_linker() {
    let folder = tempfile::tempdir().unwrap();
    let program = b"#include <winsock2.h>\nint CreateWindowThatIsNotThere(void);\nint main() { return CreateWindowThatIsNotThere(); }\n";
    write(folder.path(), &[("a.c", program)]);
    let output = driver().current_dir(folder.path()).arg("a.c").output().unwrap();
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("CreateWindowThatIsNotThere"));
}

#[test]
fn questions_are_answered_by_the_compiler() {
    for question in ["--version", "-dumpversion", "-dumpmachine"] {
        let ours = succeed(driver().args([question, "--ws2-compiler=gcc"]));
        assert_eq!(ours.stdout, succeed(Command::new("gcc").arg(question)).stdout, "{question}");
    }
}

/// C++ that is refused at first, and what is said of the way in which it compiles.
const REFUSED_AT_FIRST: [(&str, &str); 5] = [
    // Clang has no int from a pointer without a cast, gcc can be told to.
    ("int f(int *p) { return 0; } int main() { int x = 0; return f(&x) + f((long long)0 + 0 * x); }", "g++"),
    ("int main() { if (WSAGetLastError()) goto end; int x = 1; (void)x; end: return 0; }", "imitation of Microsoft"),
    ("int index = 0; int main() { return index; }", "index renamed"),
    ("#include <span>\nint main() { int a[1] = {0}; std::span<int> s(a); return s[0]; }", "as gnu++20"),
    (
        "int main() { unsigned long sent; WSABUF b = {0, 0}; WSASend(0, &b, 1, &sent, 0, NULL, NULL); return 0; }",
        "a long of 32 bits",
    ),
];

#[test]
fn other_ways_are_tried_before_giving_up() {
    if compilers().len() < 2 {
        return;
    }
    for (program, said) in REFUSED_AT_FIRST {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[("a.cpp", format!("#include <winsock2.h>\n#include <atomic>\n{program}\n").as_bytes())]);
        let output = succeed(driver().current_dir(folder.path()).args(["--ws2-explain", "a.cpp"]));
        assert!(text(&output.stderr).contains(said), "{said}: {}", text(&output.stderr));
        let once = driver().current_dir(folder.path()).args(["--ws2-no-retry", "a.cpp"]).output().unwrap();
        assert!(!once.status.success(), "{program}");
        succeed(&mut Command::new(folder.path().join("a.out")));
    }
}

/// libstdc++'s headers look at _WIN32 too, and mean another library by it.
#[test]
fn the_standard_library_is_linuxs() {
    let program = b"#include <fstream>\n#include <filesystem>\n#include <iostream>\n#include <thread>\n#include <winsock2.h>\n\
        int main() { std::filesystem::path p = std::filesystem::path(\"here\") / \"x.txt\";\n\
        std::filesystem::create_directory(\"here\"); { std::ofstream out(p); out << \"hi\"; }\n\
        std::thread([&] { std::cout << std::filesystem::file_size(p) << p.filename().string() << std::endl; }).join();\n\
        return sizeof(std::filesystem::path::value_type) - 1; }\n";
    for compiler in compilers() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[("a.cpp", program)]);
        let arguments = ["-std=c++17", "a.cpp"];
        let compiled = driver()
            .current_dir(folder.path())
            .arg(format!("--ws2-compiler={compiler}"))
            .args(arguments)
            .output()
            .unwrap();
        assert!(compiled.status.success(), "{}", text(&compiled.stderr));
        let printed = succeed(Command::new(folder.path().join("a.out")).current_dir(folder.path()));
        assert_eq!(text(&printed.stdout), "2x.txt\n", "{compiler}");
    }
}

/// Windows has none of these names; many programs bring their own.
#[test]
fn a_program_may_have_functions_that_linux_has_too() {
    let program = b"#include <winsock2.h>\n#include <stdio.h>\n\
        struct timezone { int tz_minuteswest; int tz_dsttime; };\n\
        int gettimeofday(struct timeval *tv, struct timezone *tz) { tv->tv_sec = 3; tv->tv_usec = tz == NULL; return 0; }\n\
        int index; int getline(char s[], int most) { s[0] = 'x'; return most + index; }\n\
        int main(void) { struct timeval now; char s[2]; int n = getline(s, 2); gettimeofday(&now, NULL);\n\
        printf(\"%d %d %d %c\\n\", (int)now.tv_sec, (int)now.tv_usec, n, s[0]); return 0; }\n";
    for compiler in compilers() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[("a.c", program)]);
        let compiler = format!("--ws2-compiler={compiler}");
        succeed(driver().current_dir(folder.path()).args(["a.c", "-o", "program", &compiler]));
        assert_eq!(text(&succeed(&mut Command::new(folder.path().join("program"))).stdout), "3 1 2 x\n", "{compiler}");
    }
}

/// Linux' `long` has 64 bits, of which a function that takes a `DWORD *` writes half.
#[test]
fn a_long_passed_for_a_dword_has_32_bits_in_c() {
    let program = b"#include <winsock2.h>\n#include <stdio.h>\n\
        int main(void) { unsigned long a = ~0ul, size = sizeof(long); WSADATA d; WSAStartup(514, &d);\n\
        { SOCKET s = socket(AF_INET, SOCK_STREAM, 0); DWORD on = 0; int r = WSAIoctl(s, FIONBIO, &on, 4, NULL, 0, &a, NULL, NULL);\n\
        printf(\"%d %d %d\\n\", r, a == 0, (int)size); } return 0; }\n";
    let with_format = b"#include <winsock2.h>\n#include <stdio.h>\n\
        int main(void) { unsigned long a = sizeof(long); long b; sscanf(\"5\", \"%ld\", &b); if (b < 0) WSAIoctl(0, 0, 0, 0, 0, 0, &a, 0, 0);\n\
        printf(\"%d\\n\", (int)a); return 0; }\n";
    for compiler in compilers() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[("a.c", program), ("b.c", with_format)]);
        let run = |name: &str| {
            let compiler = format!("--ws2-compiler={compiler}");
            succeed(driver().current_dir(folder.path()).args([name, "-o", "program", &compiler]));
            text(&succeed(&mut Command::new(folder.path().join("program"))).stdout)
        };
        assert_eq!(run("a.c"), "0 1 4\n", "{compiler}");
        assert_eq!(run("b.c"), "8\n", "{compiler}: not where a format wants the other width");
    }
}

#[test]
fn make_builds_with_it() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[
            ("Makefile", b"OBJS = main.o Part.o\nprog.exe: $(OBJS)\n\t$(CC) -o $@ $(OBJS) -lws2_32 -lmswsock -mconsole\nmain.o: main.c\nPart.o: PART.C\n\t$(CC) -c PART.C -o $@\n"),
            ("main.c", b"#include <WINSOCK2.H>\nint part(void);\nint main(void) { return part(); }\n"),
            ("PART.C", b"#include \".\\main.h\"\nint part(void) { return VALUE; }\n"),
            ("Main.h", b"#define VALUE 0\n"),
        ],
    );
    if Command::new("make").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "make is not installed");
        eprintln!("SKIPPED: make is not installed");
        return;
    }
    succeed(Command::new("make").current_dir(folder.path()).arg(format!("CC={}", env!("CARGO_BIN_EXE_ws2cc"))));
    succeed(&mut Command::new(folder.path().join("prog.exe")));
}

#[test]
fn cmake_takes_it_for_the_compiler_below() {
    if Command::new("cmake").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "cmake is not installed");
        eprintln!("SKIPPED: cmake is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[
            ("CMakeLists.txt", b"cmake_minimum_required(VERSION 3.13)\nproject(p C CXX)\nadd_executable(a main.c Other.Cpp)\nset_source_files_properties(Other.Cpp PROPERTIES LANGUAGE CXX)\ntarget_link_libraries(a ws2_32 kernel32)\n"),
            ("main.c", b"#include <WINSOCK2.H>\nint other(void);\nint main(void) { return other(); }\n"),
            ("Other.Cpp", b"#include <Windows.h>\nextern \"C\" int other(void) { return 0; }\n"),
        ],
    );
    let cxx = folder.path().join("ws2c++");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_ws2cc"), &cxx).unwrap();
    let mut define = std::ffi::OsString::from("-DCMAKE_CXX_COMPILER=");
    define.push(std::ffi::OsStr::from_bytes(cxx.as_os_str().as_bytes()));
    let said = succeed(
        Command::new("cmake")
            .current_dir(folder.path())
            .args(["-S", ".", "-B", "build", &format!("-DCMAKE_C_COMPILER={}", env!("CARGO_BIN_EXE_ws2cc"))])
            .arg(define),
    );
    let said = text(&said.stdout);
    assert!(
        said.contains("The C compiler identification is Clang") || said.contains("identification is GNU"),
        "{said}"
    );
    succeed(Command::new("cmake").current_dir(folder.path()).args(["--build", "build"]));
    succeed(&mut Command::new(folder.path().join("build/a")));
}

#[test]
fn microsofts_cxx_is_taken() {
    let program = b"typedef unsigned __int64 big;\n\
        #include <winsock2.h>\n#include <clocale>\n#include <exception>\n#include <iostream>\n#include <locale>\n\
        struct Shape { virtual int area(__in int side) abstract; virtual ~Shape() {} };\n\
        struct Square sealed : Shape { int area(__in int side) override { return side * side; } };\n\
        struct Failure : public std::exception { Failure(const char *text) : std::exception(text) {} };\n\
        int main() {\n\
        Square square; int numbers[] = { 1, 2 }, sum = 0;\n\
        for each (int number in numbers) sum += number;\n\
        big size = sizeof SOCKADDR_IN;\n\
        std::cout << square.area(3) << sum << size << std::endl;\n\
        try { throw Failure(\"derived\"); } catch (std::exception &e) { std::cout << e.what() << std::endl; }\n\
        try { throw std::exception(\"plain\"); } catch (const std::exception &e) { std::cout << e.what() << std::endl; }\n\
        std::cout << (setlocale(LC_ALL, \"korean\") != NULL) << (setlocale(LC_ALL, \"none such\") == NULL) << std::endl;\n\
        std::cout << std::locale(\"rus\").name() << std::endl;\n\
        }\n";
    for compiler in compilers() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[("a.cpp", program)]);
        let printed = build_and_run(compiler, folder.path(), &["a.cpp"], &[]);
        assert_eq!(printed, "9316\nderived\nplain\n11\nC.UTF-8\n", "{compiler}");
    }
}

/// Pointers and numbers as keys, with the casts of 32-bit days.
#[test]
fn keys_of_completions_keep_their_size() {
    let program = b"#include <winsock2.h>\n#include <stdio.h>\n#include <stdlib.h>\n\
        typedef struct { int number; } DATA, *LPDATA;\n\
        int main() {\n\
        HANDLE port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);\n\
        LPDATA data = (LPDATA)malloc(sizeof(DATA)), taken; DWORD count, small[2] = { 1, 2 }; LPOVERLAPPED transfer;\n\
        data->number = 7;\n\
        PostQueuedCompletionStatus(port, 0, (DWORD)data, NULL); PostQueuedCompletionStatus(port, 0, 5, NULL);\n\
        GetQueuedCompletionStatus(port, &count, (LPDWORD)&taken, &transfer, 1000);\n\
        GetQueuedCompletionStatus(port, &count, &small[0], &transfer, 1000);\n\
        printf(\"%d %d %d\\n\", taken->number, (int)small[0], (int)small[1]); return 0; }\n";
    for compiler in compilers() {
        for language in ["c", "c++"] {
            let folder = tempfile::tempdir().unwrap();
            write(folder.path(), &[("a.c", program)]);
            assert_eq!(
                build_and_run(compiler, folder.path(), &["-w", "-x", language, "a.c"], &[]),
                "7 5 2\n",
                "{compiler}"
            );
        }
    }
}
