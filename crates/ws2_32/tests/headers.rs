//! The headers under every compiler, standard and order of inclusion that programs use, and against mingw-w64's.
//!
//! Skipped aloud where a compiler is missing, never with CI=true.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The headers by their usual spelling; those that only lead to another one are below.
const HEADERS: [&str; 57] = [
    "winsock2.h",
    "winsock.h",
    "ws2tcpip.h",
    "ws2ipdef.h",
    "ws2def.h",
    "mswsock.h",
    "mstcpip.h",
    "wspiapi.h",
    "inaddr.h",
    "in6addr.h",
    "aclapi.h",
    "afunix.h",
    "nb30.h",
    "winerror.h",
    "windows.h",
    "ntstatus.h",
    "process.h",
    "WinSock2.h",
    "ws2spi.h",
    "nspapi.h",
    "svcguid.h",
    "conio.h",
    "direct.h",
    "fileapi.h",
    "bcrypt.h",
    "icmpapi.h",
    "ip2string.h",
    "intrin.h",
    "io.h",
    "iphlpapi.h",
    "iprtrmib.h",
    "malloc.h",
    "mmsystem.h",
    "ntsecapi.h",
    "objbase.h",
    "psapi.h",
    "rpc.h",
    "shellapi.h",
    "strsafe.h",
    "sys/timeb.h",
    "sysinfoapi.h",
    "tchar.h",
    "tlhelp32.h",
    "winbase.h",
    "wincon.h",
    "wincrypt.h",
    "windef.h",
    "winnls.h",
    "winnt.h",
    "winternl.h",
    "winreg.h",
    "winuser.h",
    "initguid.h",
    "processthreadsapi.h",
    "windns.h",
    "ws2bth.h",
    "wsnwlink.h",
];

/// Headers that only lead to another one or are small parts of it, and those that stand in for Visual Studio's own.
const LEADING: [&str; 72] = [
    "_mingw.h",
    "fcntl.h",
    "accctrl.h",
    "basetsd.h",
    "combaseapi.h",
    "consoleapi.h",
    "debugapi.h",
    "errhandlingapi.h",
    "fibersapi.h",
    "handleapi.h",
    "heapapi.h",
    "ifdef.h",
    "interlockedapi.h",
    "ioapiset.h",
    "ipifcons.h",
    "ipmib.h",
    "minwindef.h",
    "namedpipeapi.h",
    "netioapi.h",
    "processenv.h",
    "profileapi.h",
    "rpcdce.h",
    "share.h",
    "specstrings.h",
    "stringapiset.h",
    "synchapi.h",
    "tcpmib.h",
    "threadpoolapiset.h",
    "timeapi.h",
    "timezoneapi.h",
    "utilapiset.h",
    "absent/framework.h",
    "absent/pch.h",
    "absent/stdafx.h",
    "absent/targetver.h",
    "lmcons.h",
    "sal.h",
    "crtdbg.h",
    "ipexport.h",
    "versionhelpers.h",
    "libloaderapi.h",
    "memoryapi.h",
    "iptypes.h",
    "minwinbase.h",
    "af_irda.h",
    "guiddef.h",
    "intsafe.h",
    "qos.h",
    "sys/stat.h",
    "shlwapi.h",
    "shlobj.h",
    "sys/locking.h",
    "wtypes.h",
    "windowsx.h",
    "winsvc.h",
    "ws2atm.h",
    "wsipx.h",
    "unistd.h",
    "corecrt.h",
    "crtdefs.h",
    "dos.h",
    "eh.h",
    "excpt.h",
    "new.h",
    "ntverp.h",
    "sdkddkver.h",
    "securitybaseapi.h",
    "signal.h",
    "sys/utime.h",
    "winapifamily.h",
    "winioctl.h",
    "winver.h",
];

/// Headers that begin a packing; `poppack.h` ends it.
const PACKING: [(&str, usize); 4] = [("pshpack1.h", 5), ("pshpack2.h", 6), ("pshpack4.h", 8), ("pshpack8.h", 8)];

/// Other spellings that sources use.
const SPELLINGS: [&str; 13] = [
    "SDKDDKVer.h",
    "WinSock2.h",
    "Winsock2.h",
    "WINSOCK2.H",
    "WinSock.h",
    "WS2tcpip.h",
    "Ws2tcpip.h",
    "WS2TCPIP.H",
    "MSWSock.h",
    "Mswsock.h",
    "Mstcpip.h",
    "Windows.h",
    "Wspiapi.h",
];

/// Every header of ISO C and POSIX, and others of glibc that programs use; but those of libc's own sockets.
const LIBC: &str = "aio.h alloca.h assert.h byteswap.h complex.h cpio.h ctype.h dirent.h dlfcn.h elf.h endian.h err.h \
    errno.h execinfo.h fcntl.h fenv.h float.h fnmatch.h ftw.h getopt.h glob.h grp.h iconv.h inttypes.h iso646.h langinfo.h \
    libgen.h libintl.h limits.h link.h locale.h malloc.h math.h memory.h monetary.h mqueue.h nl_types.h poll.h pthread.h \
    pty.h pwd.h regex.h sched.h search.h semaphore.h setjmp.h shadow.h signal.h spawn.h stdalign.h stdarg.h stdatomic.h \
    stdbool.h stddef.h stdint.h stdio.h stdlib.h stdnoreturn.h string.h strings.h sys/epoll.h sys/eventfd.h sys/file.h \
    sys/inotify.h sys/ioctl.h sys/ipc.h sys/mman.h sys/msg.h sys/param.h sys/poll.h sys/prctl.h sys/ptrace.h sys/random.h \
    sys/resource.h sys/select.h sys/sem.h sys/sendfile.h sys/shm.h sys/signalfd.h sys/stat.h sys/statvfs.h sys/syscall.h \
    sys/sysinfo.h sys/sysmacros.h sys/time.h sys/timeb.h sys/timerfd.h sys/times.h sys/types.h sys/uio.h sys/utsname.h \
    sys/wait.h syslog.h tar.h termios.h tgmath.h threads.h time.h uchar.h ucontext.h ulimit.h unistd.h utime.h utmpx.h \
    wchar.h wctype.h wordexp.h";

const LIBSTDCXX: [&str; 20] = [
    "algorithm",
    "atomic",
    "chrono",
    "condition_variable",
    "cstdio",
    "cstdlib",
    "cstring",
    "fstream",
    "functional",
    "iostream",
    "map",
    "memory",
    "mutex",
    "set",
    "sstream",
    "string",
    "thread",
    "unordered_map",
    "utility",
    "vector",
];

const C: [&str; 4] = ["-std=c99", "-std=c11", "-std=c17", "-std=c2x"];
const CXX: [&str; 5] = ["-std=c++11", "-std=c++14", "-std=c++17", "-std=c++20", "-std=c++2b"];

fn include() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("include")
}

/// Whether the compiler is there; a missing one is said aloud, and fails the test in CI.
fn have(compiler: &str) -> bool {
    let there = Command::new(compiler).arg("--version").output().is_ok();
    if !there {
        assert!(!std::env::var("CI").is_ok_and(|ci| ci == "true"), "{compiler} is missing; nothing is skipped in CI");
        println!("SKIPPED: {compiler} is not installed");
    }
    there
}

/// One translation unit for one compiler.
struct Unit {
    compiler: &'static str,
    standard: &'static str,
    text: String,
}

/// What the compiler says, when it refuses the unit.
fn refused(unit: &Unit) -> Option<String> {
    let language = if unit.standard.starts_with("-std=c++") { "c++" } else { "c" };
    let mut child = Command::new(unit.compiler)
        .args(["-x", language, unit.standard, "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I"])
        .arg(include())
        .arg("-idirafter")
        .arg(include().join("absent"))
        .arg("-")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the compiler starts");
    child.stdin.take().expect("piped").write_all(unit.text.as_bytes()).expect("the compiler reads");
    let output = child.wait_with_output().expect("the compiler ends");
    (!output.status.success()).then(|| {
        let words = String::from_utf8_lossy(&output.stderr);
        let words: Vec<&str> = words.lines().filter(|line| line.contains("error")).take(4).collect();
        format!("{} {}\n{}\n{}", unit.compiler, unit.standard, unit.text, words.join("\n"))
    })
}

/// Compiles all, two at a time, and fails with everything that was refused.
fn accept_all(units: Vec<Unit>) {
    let units: Vec<Unit> = {
        let mut known = std::collections::BTreeMap::new();
        units.into_iter().filter(|unit| *known.entry(unit.compiler).or_insert_with(|| have(unit.compiler))).collect()
    };
    let next = AtomicUsize::new(0);
    let work = || {
        let mut wrong = Vec::new();
        while let Some(unit) = units.get(next.fetch_add(1, Ordering::Relaxed)) {
            wrong.extend(refused(unit));
        }
        wrong
    };
    let wrong = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        let mut wrong = work();
        wrong.extend(other.join().expect("no panic"));
        wrong
    });
    assert!(wrong.is_empty(), "{} of {} refused:\n{}", wrong.len(), units.len(), wrong.join("\n\n"));
}

fn unit(compiler: &'static str, standard: &'static str, includes: &[&str], body: &str) -> Unit {
    let mut text: String = includes.iter().map(|name| format!("#include <{name}>\n")).collect();
    text.push_str(body);
    text.push_str("\nint main(void) { return 0; }\n");
    Unit { compiler, standard, text }
}

#[test]
fn each_header_alone_in_every_standard() {
    let mut units = Vec::new();
    for header in HEADERS {
        for (gcc, clang, standards) in [("gcc", "clang", &C[..]), ("g++", "clang++", &CXX[..])] {
            // The oldest and the newest with both compilers, those between with gcc.
            for (place, standard) in standards.iter().enumerate() {
                units.push(unit(gcc, standard, &[header], ""));
                if place == 0 || place + 1 == standards.len() {
                    units.push(unit(clang, standard, &[header], ""));
                }
            }
        }
    }
    accept_all(units);
}

#[test]
fn headers_that_lead_to_another() {
    let both = |header: &&'static str| {
        [unit("gcc", "-std=c99", &[header], ""), unit("g++", "-std=c++17", &["algorithm", header, "string"], "")]
    };
    accept_all(LEADING.iter().flat_map(both).collect());
}

#[test]
fn headers_that_pack() {
    let text = |(header, size)| {
        format!(
            "#include <{header}>\nstruct packed {{ char a; int b; }};\n#include <poppack.h>\nstruct usual {{ char a; int b; }};
extern char same[sizeof(struct packed) == {size} && sizeof(struct usual) == 8 ? 1 : -1];\n"
        )
    };
    // clang warns about every header that leaves a packing behind, whatever it does.
    let packed = |packing| Unit { compiler: "gcc", standard: "-std=c11", text: text(packing) };
    accept_all(PACKING.into_iter().map(packed).collect());
}

/// The types of pointers to functions that `INCL_WINSOCK_API_TYPEDEFS` asks for take the functions, and names without a
/// width are of the wide ones with `UNICODE`.
#[test]
fn pointers_to_functions_and_names_without_a_width() {
    let uses = "static LPFN_WSARECV a = WSARecv;
static LPFN_BIND b = bind;
static LPFN_IOCTLSOCKET c = ioctlsocket;
static LPFN_GETHOSTNAME d = gethostname;
static LPFN_WSASOCKET e = WSASocket;
static LPFN_GETADDRINFOT f = GetAddrInfo;
static LPFN_GETADDRINFOEX g = GetAddrInfoEx;
static LPFN_FREEADDRINFOEX h = FreeAddrInfoEx;
int used(void) { return a && b && c && d && e && f && g && h; }
int ask(PCSTR narrow, PCWSTR wide, ADDRINFOEX *hints, PADDRINFOEX *answer, PADDRINFOEXA former)
{
    FreeAddrInfoExA(former);
    (void)narrow;
    (void)wide;
    return GetAddrInfoEx(WIDTH, WIDTH, NS_DNS, NULL, hints, answer, NULL, NULL, NULL, NULL);
}";
    let mut units = Vec::new();
    for (compiler, standard) in
        [("gcc", "-std=c99"), ("clang", "-std=c2x"), ("g++", "-std=c++11"), ("clang++", "-std=c++2b")]
    {
        for width in ["#define WIDTH narrow", "#define UNICODE\n#define WIDTH wide"] {
            let mut unit = unit(compiler, standard, &["winsock2.h", "ws2tcpip.h"], uses);
            unit.text.insert_str(0, &format!("#define INCL_WINSOCK_API_TYPEDEFS 1\n{width}\n"));
            units.push(unit);
        }
    }
    accept_all(units);
}

/// What control codes of `mstcpip.h` are given has the size that it has on Windows.
#[test]
fn what_control_codes_are_given() {
    let sizes = [
        ("RCVALL_VALUE", 4),
        ("RCVALL_IF", 8),
        ("TCP_ICW_PARAMETERS", 4),
        ("TCP_ACK_FREQUENCY_PARAMETERS", 1),
        ("PRIORITY_STATUS", 8),
        ("INET_PORT_RESERVATION", 4),
        ("INET_PORT_RESERVATION_INSTANCE", 16),
        ("INET_PORT_RESERVATION_INFORMATION", 4),
    ];
    let size = |(name, size)| format!("extern char of_{name}[sizeof({name}) == {size} ? 1 : -1];\n");
    let body: String = sizes.into_iter().map(size).collect();
    accept_all(vec![
        unit("gcc", "-std=c99", &["mstcpip.h"], &body),
        unit("g++", "-std=c++11", &["mstcpip.h"], &body),
        unit("clang", "-std=c2x", &["mstcpip.h"], &body),
    ]);
}

/// Every header is in one of the lists, so that none goes untested.
#[test]
fn no_header_is_forgotten() {
    let listed: std::collections::BTreeSet<String> = HEADERS
        .iter()
        .chain(&LEADING)
        .chain(PACKING.iter().map(|(name, _)| name))
        .chain(&["poppack.h"])
        .map(|name| name.to_lowercase())
        .collect();
    for folder in ["", "sys", "absent"] {
        for entry in std::fs::read_dir(include().join(folder)).expect("our own folder") {
            let name = Path::new(folder).join(entry.expect("readable").file_name());
            let name = name.to_str().expect("a plain name").to_lowercase();
            assert!(!name.ends_with(".h") || listed.contains(&name), "{name} is in no list of this test");
        }
    }
}

#[test]
fn every_spelling() {
    accept_all(SPELLINGS.iter().map(|header| unit("gcc", "-std=c11", &[header], "")).collect());
}

/// Every ordered pair in C with gcc, and with one of the other three compilers in turn; with WS2_ALL_PAIRS in the
/// environment with all four, which takes minutes.
#[test]
fn headers_in_pairs_in_both_orders() {
    const OTHERS: [(&str, &str); 3] = [("clang", "-std=c17"), ("g++", "-std=c++11"), ("clang++", "-std=c++20")];
    let whole = std::env::var_os("WS2_ALL_PAIRS").is_some();
    let mut units = Vec::new();
    for first in HEADERS {
        for second in HEADERS.iter().filter(|second| **second != first) {
            let turn = units.len() / 2 % OTHERS.len();
            units.push(unit("gcc", "-std=c99", &[first, second], ""));
            let chosen = OTHERS.iter().enumerate().filter(|(at, _)| whole || *at == turn);
            units.extend(chosen.map(|(_, (compiler, standard))| unit(compiler, standard, &[first, second], "")));
        }
    }
    accept_all(units);
}

/// Uses every name that libc and Winsock both have.
const TWELVE: &str = "
static int use_names(SOCKET s)
{
    fd_set set;
    struct timeval limit = {1, 0};
    TIMEVAL again = limit;
    u_long on = 1;
    u_int count = 0;
    u_short port = 0;
    u_char byte = 0;
    socklen_t length = 0;
    char name[8];
    FD_ZERO(&set);
    FD_SET(s, &set);
    FD_CLR(s, &set);
    (void)again, (void)count, (void)port, (void)byte, (void)length;
    return select(0, &set, NULL, NULL, &limit) + FD_ISSET(s, &set) + ioctlsocket(s, FIONBIO, &on) + FD_SETSIZE +
           gethostname(name, sizeof name);
}
int used(SOCKET s);
int used(SOCKET s) { return use_names(s); }
";

#[test]
fn libc_headers_before_and_after() {
    let mut units = Vec::new();
    for (place, other) in LIBC.split_whitespace().enumerate() {
        // Turn about, so that both compilers see every header in one of the orders.
        let (first, second) = if place % 2 == 0 { ("gcc", "clang") } else { ("clang", "gcc") };
        units.push(unit(first, "-std=gnu17", &[other, "winsock2.h", "ws2tcpip.h"], TWELVE));
        units.push(unit(second, "-std=gnu17", &["winsock2.h", "ws2tcpip.h", other], TWELVE));
    }
    accept_all(units);
}

/// All of them at once, in every standard, before and after.
#[test]
fn all_libc_headers_in_every_standard() {
    let units = C.iter().flat_map(|standard| {
        ["gcc", "clang"].into_iter().flat_map(|compiler| around(compiler, standard, LIBC.split_whitespace().collect()))
    });
    accept_all(units.collect());
}

/// Every header of the compiler's libstdc++ at once, in every standard, before and after. Those that a standard does not
/// have yet are empty in it.
#[test]
fn all_libstdcxx_headers_in_every_standard() {
    let headers = libstdcxx();
    assert!(headers.len() > 80 || !have("g++"), "{headers:?}");
    let all = |standard: &str| {
        // Refused where the language has none.
        let has_coroutines = !["-std=c++14", "-std=c++17"].contains(&standard);
        headers.iter().map(String::as_str).filter(|header| has_coroutines || *header != "coroutine").collect()
    };
    let units = CXX.iter().flat_map(|standard| around("g++", standard, all(standard)));
    // The oldest and the newest; each takes seconds.
    let others =
        [CXX[0], CXX[CXX.len() - 1]].into_iter().flat_map(|standard| around("clang++", standard, all(standard)));
    accept_all(units.chain(others).collect());
}

/// The others before Winsock's, and after.
fn around(compiler: &'static str, standard: &'static str, others: Vec<&str>) -> [Unit; 2] {
    let ours = vec!["winsock2.h", "ws2tcpip.h", "mswsock.h"];
    [[others.clone(), ours.clone()], [ours, others]].map(|order| unit(compiler, standard, &order.concat(), TWELVE))
}

/// The headers without suffix in g++'s own folder.
fn libstdcxx() -> Vec<String> {
    let version = Command::new("g++").arg("-dumpversion").output().expect("g++ runs");
    let folder = Path::new("/usr/include/c++").join(String::from_utf8_lossy(&version.stdout).trim());
    let entries = std::fs::read_dir(folder).expect("g++'s headers");
    let files = entries.map(|entry| entry.expect("readable")).filter(|entry| entry.path().is_file());
    let mut names: Vec<String> = files.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| !name.contains('.'));
    names.sort();
    names
}

#[test]
fn libstdcxx_headers_before_and_after() {
    let mut units = Vec::new();
    for other in LIBSTDCXX {
        units.push(unit("g++", "-std=c++17", &[other, "winsock2.h", "ws2tcpip.h"], TWELVE));
        units.push(unit("g++", "-std=c++17", &["winsock2.h", "ws2tcpip.h", other], TWELVE));
    }
    accept_all(units);
}

#[test]
fn names_of_functions_are_free_for_members() {
    let class = "
struct Connection {
    int send(const char *text) { return text != nullptr; }
    int connect() { return send(\"x\"); }
    int bind() { return connect(); }
    int recv() { return bind(); }
    int select() { return 1; }
    int accept = 0;
};
int used() { Connection c; return c.send(\"\") + c.connect() + c.bind() + c.recv() + c.select() + c.accept; }
";
    let units = ["g++", "clang++"].map(|compiler| unit(compiler, "-std=c++11", &["string", "winsock2.h"], class));
    accept_all(units.into());
}

#[test]
fn ioctlsocket_takes_the_unsigned_long_of_real_programs() {
    let body = "
int used(SOCKET s)
{
    unsigned long wide = 1;
    u_long narrow = 1;
    return ioctlsocket(s, FIONBIO, &wide) + ioctlsocket(s, FIONBIO, &narrow) + ioctlsocket(s, FIONREAD, NULL);
}
int keep(SOCKET s);
int keep(SOCKET s) { return used(s); }
";
    let mut units = vec![];
    for (compiler, standard) in
        [("gcc", "-std=gnu99"), ("clang", "-std=gnu11"), ("g++", "-std=c++11"), ("clang++", "-std=c++20")]
    {
        units.push(unit(compiler, standard, &["winsock2.h"], &body.replace("int used", "static int used")));
    }
    accept_all(units);
}

#[test]
fn fd_setsize_of_the_program_is_kept() {
    let check = |size| format!("char same[sizeof(((fd_set *)0)->fd_array) / sizeof(SOCKET) == {size} ? 1 : -1];");
    let with = |text: &str, size| Unit {
        compiler: "gcc",
        standard: "-std=c11",
        text: format!("{text}\n#include <winsock2.h>\nextern {}\nint main(void) {{ return 0; }}\n", check(size)),
    };
    accept_all(vec![
        with("", 64),
        with("#include <stdlib.h>", 64),
        with("#define FD_SETSIZE 256", 256),
        with("#include <stdlib.h>\n#undef FD_SETSIZE\n#define FD_SETSIZE 512", 512),
        with("#define WS2_FD_SETSIZE 1024\n#include <stdlib.h>", 1024),
    ]);
}

/// The object-like macros of our headers that are whole numbers, with their values.
fn our_values() -> Vec<(String, i64)> {
    let includes = "#include <winsock2.h>\n#include <ws2tcpip.h>\n#include <mswsock.h>\n#include <mstcpip.h>\n#include <windows.h>\n#include <iphlpapi.h>\n#include <icmpapi.h>\n#include <strsafe.h>\n";
    let macros = run("gcc", &["-dM", "-E"], includes);
    let mut program = String::from(includes);
    program.push_str("#include <stdio.h>\nint main(void) {\n");
    for line in macros.lines() {
        let Some((name, value)) = line.strip_prefix("#define ").and_then(|rest| rest.split_once(' ')) else { continue };
        if is_number(name, value) {
            program.push_str(&format!("printf(\"%s %lld\\n\", \"{name}\", (long long)({name}));\n"));
        }
    }
    program.push_str("return 0; }\n");
    let folder = std::env::temp_dir().join(format!("ws2-headers-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let binary = folder.join("values");
    run("gcc", &["-w", "-o", binary.to_str().expect("a plain path")], &program);
    let output = Command::new(&binary).output().expect("the program runs");
    std::fs::remove_dir_all(&folder).expect("our own folder");
    let text = String::from_utf8(output.stdout).expect("plain text");
    let pairs = text.lines().filter_map(|line| line.split_once(' '));
    pairs.map(|(name, value)| (name.to_owned(), value.parse().expect("a number"))).collect()
}

/// Whether a macro is one of Winsock's numbers: by the prefixes of its families.
fn is_number(name: &str, value: &str) -> bool {
    const FAMILIES: [&str; 77] = [
        "AF_",
        "PF_",
        "SOCK_",
        "IPPROTO_",
        "SO_",
        "MSG_",
        "SD_",
        "FIO",
        "SIO",
        "IOC_",
        "IP_",
        "IPV6_",
        "TCP_",
        "UDP_",
        "MCAST_",
        "AI_",
        "NI_",
        "NS_",
        "EAI_",
        "WSA",
        "FD_",
        "XP1_",
        "PFL_",
        "POLL",
        "CF_",
        "JL_",
        "ERROR_",
        "GENERIC_",
        "FILE_",
        "PAGE_",
        "MEM_",
        "HEAP_",
        "LMEM_",
        "GMEM_",
        "CREATE_",
        "OPEN_",
        "STD_",
        "CTRL_",
        "ENABLE_",
        "FOREGROUND_",
        "BACKGROUND_",
        "CP_",
        "MB_",
        "WC_",
        "ID",
        "STATUS_",
        "EXCEPTION_",
        "FORMAT_MESSAGE_",
        "LANG_",
        "SUBLANG_",
        "MOVEFILE_",
        "IF_TYPE_",
        "MIB_",
        "GAA_",
        "E_",
        "S_",
        "STRSAFE_E_",
        "REG_",
        "KEY_",
        "INVALID_",
        "TIME_ZONE_",
        "TLS_",
        "DLL_",
        "PROCESSOR_",
        "VER_",
        "WM_",
        "SW_",
        "WS_OV",
        "WS_V",
        "WS_CH",
        "WS_PO",
        "VK_",
        "IP_SUCCESS",
        "IP_REQ",
        "IP_DEST",
        "IP_TTL",
        "MAX",
    ];
    let ours = FAMILIES.iter().any(|family| name.starts_with(family));
    // Functions under another name, sets and strings are no numbers; FD_SET and its kin are function-like.
    let other = [
        "WSASocket",
        "WSADup",
        "WSAEnum",
        "WSAAddr",
        "WSAString",
        "WSAConnect",
        "WSALookup",
        "WSASetService",
        "WSAGetService",
        "WSAInstall",
        "WSAID_",
        "WSAAPI",
        "FD_SETSIZE",
        "MB_LEN",
        "MB_CUR",
        "INVALID_HANDLE_VALUE",
        "IDI_",
        "IDC_",
    ];
    ours && !value.trim().is_empty()
        && !name.contains('(')
        && !value.contains('{')
        && !other.iter().any(|other| name.starts_with(other))
}

fn run(compiler: &str, arguments: &[&str], text: &str) -> String {
    let mut child = Command::new(compiler)
        .args(arguments)
        // The program runs without the library.
        .args(["-DWS2_NO_PRINTF", "-x", "c", "-I"])
        .arg(include())
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the compiler starts");
    child.stdin.take().expect("piped").write_all(text.as_bytes()).expect("the compiler reads");
    let output = child.wait_with_output().expect("the compiler ends");
    assert!(output.status.success(), "{compiler}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("plain text")
}

const MINGW: &str = "x86_64-w64-mingw32-gcc";
const MINGW_INCLUDES: &str = "#define _WIN32_WINNT 0x0A00\n#include <winsock2.h>\n#include <ws2tcpip.h>\n#include <mswsock.h>\n\
                              #include <mstcpip.h>\n#include <afunix.h>\n#include <windows.h>\n#include <iphlpapi.h>\n#include <icmpapi.h>\n\
                              #include <strsafe.h>\n#include <stddef.h>\n";

fn mingw_refuses(text: &str) -> Option<String> {
    let mut child = Command::new(MINGW)
        .args(["-x", "c", "-fsyntax-only", "-w", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("mingw starts");
    child.stdin.take().expect("piped").write_all(text.as_bytes()).expect("mingw reads");
    let output = child.wait_with_output().expect("mingw ends");
    (!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Where mingw-w64 is wrong or spells a value otherwise; Microsoft's SDK, as windows-sys has it, decides.
/// The two limits grow with the SDK: 33 in mingw-w64, 29 in windows-sys, 35 in the newest.
/// IP_UNSPECIFIED_USER_MTU is spelled there by a name that mingw-w64 forgets to define.
const MINGW_DIFFERS: [&str; 3] = ["AF_MAX", "PF_MAX", "IP_UNSPECIFIED_USER_MTU"];

#[test]
fn numbers_equal_mingws() {
    if !have("gcc") || !have(MINGW) {
        return;
    }
    let values = our_values();
    assert!(values.len() > 400, "only {} numbers found", values.len());
    let mut text = MINGW_INCLUDES.replace("#include <afunix.h>\n", "");
    for (name, value) in values.iter().filter(|(name, _)| !MINGW_DIFFERS.contains(&name.as_str())) {
        // Some are unsigned there and signed here: 32 bits decide.
        text.push_str(&format!(
            "#ifdef {name}\n_Static_assert((unsigned)({name}) == (unsigned)({value}LL), \"{name} here {value}\");\n#endif\n"
        ));
    }
    if let Some(words) = mingw_refuses(&text) {
        // The compiler says which line of the text it refuses.
        let source: Vec<&str> = text.lines().collect();
        let at = |line: &str| line.split(':').nth(1).and_then(|number| number.parse::<usize>().ok());
        let errors = words.lines().filter(|line| line.contains("error"));
        let wrong: Vec<&str> =
            errors.map(|line| at(line).and_then(|at| source.get(at - 1)).copied().unwrap_or(line)).collect();
        panic!("{} of {} numbers differ:\n{}", wrong.len(), values.len(), wrong.join("\n"));
    }
}

/// Types and members whose place and size must be Windows's.
const LAYOUT: &str = "WSADATA:wVersion,iMaxSockets,iMaxUdpDg,lpVendorInfo,szDescription,szSystemStatus
WSABUF:len,buf
WSAMSG:name,namelen,lpBuffers,dwBufferCount,Control,dwFlags
WSACMSGHDR:cmsg_len,cmsg_level,cmsg_type
WSAOVERLAPPED:Internal,InternalHigh,Offset,OffsetHigh,hEvent
WSAPOLLFD:fd,events,revents
WSANETWORKEVENTS:lNetworkEvents,iErrorCode
WSAPROTOCOL_INFOA:dwProviderFlags,ProviderId,dwCatalogEntryId,ProtocolChain,iVersion,iSocketType,dwProviderReserved,szProtocol
fd_set:fd_count,fd_array
struct sockaddr:sa_family,sa_data
SOCKADDR_IN:sin_family,sin_port,sin_addr,sin_zero
SOCKADDR_IN6:sin6_family,sin6_port,sin6_flowinfo,sin6_addr,sin6_scope_id
SOCKADDR_STORAGE:ss_family
SOCKADDR_INET:si_family
SOCKET_ADDRESS:lpSockaddr,iSockaddrLength
SOCKET_ADDRESS_LIST:iAddressCount,Address
CSADDR_INFO:LocalAddr,RemoteAddr,iSocketType,iProtocol
ADDRINFOA:ai_flags,ai_addrlen,ai_canonname,ai_addr,ai_next
ADDRINFOEXW:ai_addr,ai_blob,ai_bloblen,ai_provider,ai_next
LINGER:l_onoff,l_linger
HOSTENT:h_name,h_aliases,h_addrtype,h_length,h_addr_list
PROTOENT:p_name,p_aliases,p_proto
struct ip_mreq:imr_multiaddr,imr_interface
struct ip_mreq_source:imr_multiaddr,imr_sourceaddr,imr_interface
IPV6_MREQ:ipv6mr_multiaddr,ipv6mr_interface
GROUP_REQ:gr_interface,gr_group
GROUP_SOURCE_REQ:gsr_interface,gsr_group,gsr_source
IN_PKTINFO:ipi_addr,ipi_ifindex
IN6_PKTINFO:ipi6_addr,ipi6_ifindex
INTERFACE_INFO:iiFlags,iiAddress,iiBroadcastAddress,iiNetmask
QOS:SendingFlowspec,ReceivingFlowspec,ProviderSpecific
TRANSMIT_FILE_BUFFERS:Head,HeadLength,Tail,TailLength
TRANSMIT_PACKETS_ELEMENT:dwElFlags,cLength,pBuffer
IP_MSFILTER:imsf_multiaddr,imsf_interface,imsf_fmode,imsf_numsrc,imsf_slist
TCP_INITIAL_RTO_PARAMETERS:Rtt,MaxSynRetransmissions
WSAQUERYSETA:lpServiceClassId,dwNameSpace,lpNSProviderId,dwNumberOfCsAddrs,lpcsaBuffer,lpBlob
WSASERVICECLASSINFOA:lpServiceClassId,dwCount,lpClassInfos
WSANSCLASSINFOA:lpszName,dwNameSpace,lpValue
WSANAMESPACE_INFOEXA:NSProviderId,fActive,lpszIdentifier,ProviderSpecific
WSACOMPLETION:Type,Parameters
struct tcp_keepalive:onoff,keepalivetime,keepaliveinterval
LARGE_INTEGER:QuadPart
GUID:Data1,Data2,Data3,Data4
FILETIME:dwLowDateTime,dwHighDateTime
SYSTEMTIME:wYear,wMilliseconds
SECURITY_ATTRIBUTES:nLength,lpSecurityDescriptor,bInheritHandle
WIN32_FIND_DATAA:dwFileAttributes,ftCreationTime,ftLastWriteTime,nFileSizeHigh,nFileSizeLow,cFileName,cAlternateFileName
WIN32_FILE_ATTRIBUTE_DATA:dwFileAttributes,ftLastAccessTime,nFileSizeHigh,nFileSizeLow
BY_HANDLE_FILE_INFORMATION:dwFileAttributes,dwVolumeSerialNumber,nFileSizeLow,nNumberOfLinks,nFileIndexHigh,nFileIndexLow
SYSTEM_INFO:wProcessorArchitecture,dwPageSize,lpMaximumApplicationAddress,dwActiveProcessorMask,dwNumberOfProcessors,wProcessorRevision
OSVERSIONINFOA:dwMajorVersion,szCSDVersion
OSVERSIONINFOEXA:wServicePackMajor,wSuiteMask,wProductType
MEMORYSTATUSEX:dwMemoryLoad,ullTotalPhys,ullAvailExtendedVirtual
CRITICAL_SECTION:DebugInfo,LockCount,RecursionCount,OwningThread,LockSemaphore,SpinCount
SRWLOCK:Ptr
CONDITION_VARIABLE:Ptr
CONSOLE_SCREEN_BUFFER_INFO:dwSize,dwCursorPosition,wAttributes,srWindow,dwMaximumWindowSize
CONSOLE_CURSOR_INFO:dwSize,bVisible
CPINFO:MaxCharSize,DefaultChar,LeadByte
MSG:hwnd,message,wParam,lParam,time,pt
IP_ADAPTER_ADDRESSES:IfIndex,Next,AdapterName,FirstUnicastAddress,Description,FriendlyName,PhysicalAddress,Mtu,OperStatus,ZoneIndices,FirstPrefix,TransmitLinkSpeed,FirstGatewayAddress,Luid,Dhcpv4Server,NetworkGuid,TunnelType,Dhcpv6ClientDuid,FirstDnsSuffix
IP_ADAPTER_UNICAST_ADDRESS:Flags,Next,Address,PrefixOrigin,DadState,ValidLifetime,LeaseLifetime,OnLinkPrefixLength
IP_ADAPTER_DNS_SERVER_ADDRESS:Length,Next,Address
IP_ADAPTER_PREFIX:Next,Address,PrefixLength
IP_ADAPTER_INFO:AdapterName,Description,AddressLength,Address,Index,Type,DhcpEnabled,CurrentIpAddress,IpAddressList,GatewayList,HaveWins,LeaseExpires
FIXED_INFO:HostName,DomainName,CurrentDnsServer,DnsServerList,NodeType,ScopeId,EnableDns
MIB_IPADDRROW:dwAddr,dwIndex,dwMask,dwBCastAddr,dwReasmSize,wType
MIB_IPFORWARDROW:dwForwardDest,dwForwardMask,dwForwardNextHop,dwForwardIfIndex,dwForwardMetric5
MIB_IPNETROW:dwIndex,dwPhysAddrLen,bPhysAddr,dwAddr
MIB_TCPROW:dwLocalAddr,dwRemotePort
MIB_TCPROW_OWNER_PID:dwState,dwOwningPid
MIB_TCP6ROW_OWNER_PID:ucLocalAddr,dwLocalPort,ucRemoteAddr,dwState,dwOwningPid
MIB_UDPROW_OWNER_PID:dwLocalPort,dwOwningPid
MIB_UDP6ROW_OWNER_PID:dwLocalScopeId,dwOwningPid
MIB_IPSTATS:dwDefaultTTL,dwReasmTimeout,dwNumRoutes
MIB_TCPSTATS:dwRtoMin,dwNumConns
MIB_UDPSTATS:dwInDatagrams,dwNumAddrs
MIB_ICMP:stats
ICMP_ECHO_REPLY:Address,Status,RoundTripTime,DataSize,Data,Options
IP_OPTION_INFORMATION:Ttl,OptionsSize,OptionsData";

/// Measured with Microsoft's headers by way of mingw: `struct servent` orders its members by the width of the system and
/// `WSAPROTOCOL_INFOW` holds wchar_t, so they are left to the Rust side's own check.
#[test]
fn layouts_equal_mingws() {
    if !have("gcc") || !have(MINGW) {
        return;
    }
    let mut asks = Vec::new();
    for line in LAYOUT.lines() {
        let (name, members) = line.split_once(':').expect("a type and its members");
        asks.push(format!("sizeof({name})"));
        asks.extend(members.split(',').map(|member| format!("offsetof({name}, {member})")));
    }
    let includes = MINGW_INCLUDES.replace("#include <afunix.h>\n", "");
    let mut text = format!("{includes}#include <stdio.h>\nint main(void) {{\n");
    asks.iter().for_each(|ask| text.push_str(&format!("printf(\"%zu\\n\", {ask});\n")));
    text.push_str("return 0; }\n");
    let folder = std::env::temp_dir().join(format!("ws2-layout-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let binary = folder.join("layout");
    run("gcc", &["-w", "-o", binary.to_str().expect("a plain path")], &text);
    let output = Command::new(&binary).output().expect("the program runs");
    std::fs::remove_dir_all(&folder).expect("our own folder");
    let sizes = String::from_utf8(output.stdout).expect("plain text");
    let mut text = includes;
    for (ask, size) in asks.iter().zip(sizes.lines()) {
        text.push_str(&format!("_Static_assert({ask} == {size}, \"{ask} here {size}\");\n"));
    }
    if let Some(words) = mingw_refuses(&text) {
        let wrong: Vec<&str> = words.lines().filter(|line| line.contains("error")).collect();
        panic!("layouts differ:\n{}", wrong.join("\n"));
    }
}
