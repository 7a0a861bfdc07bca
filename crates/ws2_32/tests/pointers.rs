//! Every pointer argument of every exported function, null, near null and misaligned: a failure or a success, and never
//! a crash.
//!
//! The functions and their parameters are read from the sources, so a new one is tested from its first day. The calls for
//! each pointer and value run in a process of their own. Addresses below 64 KiB are judged by the library, as its documentation promises; other
//! wild ones crash on Windows as well.
#![allow(unsafe_code, reason = "calls the C ABI with arguments that no type would allow")]

use std::collections::BTreeMap;
use std::ffi::{CString, c_void};
use std::path::Path;
use std::process::Command;

use windows_sys::Win32::Networking::WinSock as winsock;

/// Functions that do to the calling process or thread what no test survives, that must jump to the address given, or that
/// give it back to the heap: on Windows as here.
const NOT_CALLED: [&str; 17] = [
    "ExitProcess",
    "ExitThread",
    "TerminateProcess",
    "TerminateThread",
    "_endthread",
    "_endthreadex",
    "CreateThread",
    "_beginthread",
    "_beginthreadex",
    "QueueUserAPC",
    "LocalFree",
    "GlobalFree",
    "HeapFree",
    "RtlFillMemory",
    "RtlMoveMemory",
    "lstrlenW",
    "lstrlenA",
];

/// What a parameter takes, as far as this test tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Parameter {
    Pointer,
    Socket,
    Handle,
    Number {
        is_signed: bool,
    },
    /// A function, which is called or not, and never read.
    Function,
}

struct Function {
    name: String,
    parameters: Vec<Parameter>,
}

const REGION: usize = 64 << 10;
/// Below what either system maps; the last is the last such address.
const BAD: [usize; 3] = [0, 8, 0xffff];
/// Into memory that is there, misaligned for everything but bytes.
const SKEW: usize = 1;
const NUMBERS: [isize; 4] = [0, 1, 28, -1];

#[test]
fn no_bad_pointer_crashes_a_function() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["the_calls", "--exact", "--ignored", "--nocapture", "--test-threads=1"])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let crashes: Vec<&str> = text.lines().filter(|line| line.starts_with("CRASH")).collect();
    assert!(crashes.is_empty(), "{}", crashes.join("\n"));
    assert!(output.status.success() && text.contains("CALLS"), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// Run by the test above, in a process whose sockets and settings nobody else uses.
#[test]
#[ignore = "run by the other test"]
fn the_calls() {
    let library = Library::open();
    let sockets = library.prepare();
    let (mut calls, mut told) = (0, BTreeMap::<&str, usize>::new());
    let functions = functions();
    assert!(functions.len() > 100, "{}", functions.len());
    for function in functions.iter().filter(|function| !NOT_CALLED.contains(&function.name.as_str())) {
        let address = library.find(&format!("ws2_{}", function.name));
        for list in argument_lists(function, &sockets) {
            let (made, outcome) = call_apart(address, &list);
            calls += made;
            *told.entry(outcome).or_default() += 1;
            if outcome.starts_with("signal") {
                let arguments: Vec<String> = list[made - 1].iter().map(Argument::show).collect();
                println!("CRASH {outcome}: {}({})", function.name, arguments.join(", "));
            }
        }
    }
    println!("CALLS {calls}: {told:?}");
}

#[derive(Clone, Copy)]
enum Argument {
    Value(usize),
    /// Memory of its own, so many bytes in.
    Memory {
        skew: usize,
    },
}

impl Argument {
    fn show(&self) -> String {
        match self {
            Argument::Value(value) => format!("{:#x}", value),
            Argument::Memory { skew } => format!("memory + {skew}"),
        }
    }

    fn word(&self) -> usize {
        match *self {
            Argument::Value(value) => value,
            Argument::Memory { skew } => region() + skew,
        }
    }
}

/// One pointer bad or misaligned at a time, the others good; all numbers alike; each kind of socket. One list of calls
/// for each pointer and value.
fn argument_lists(function: &Function, sockets: &[usize]) -> Vec<Vec<Vec<Argument>>> {
    let pointers = (0..function.parameters.len()).filter(|at| function.parameters[*at] == Parameter::Pointer);
    let takes_socket = function.parameters.iter().any(|one| matches!(one, Parameter::Socket | Parameter::Handle));
    let mut lists = Vec::new();
    for at in pointers {
        for value in BAD.map(Argument::Value).into_iter().chain([Argument::Memory { skew: SKEW }]) {
            let mut calls = Vec::new();
            for number in NUMBERS {
                for socket in if takes_socket { sockets } else { &sockets[..1] } {
                    let mut list = good_arguments(function, number, *socket);
                    list[at] = value;
                    calls.push(list);
                }
            }
            lists.push(calls);
        }
    }
    lists
}

fn good_arguments(function: &Function, number: isize, socket: usize) -> Vec<Argument> {
    let good = |parameter: &Parameter| match parameter {
        Parameter::Pointer => Argument::Memory { skew: 0 },
        Parameter::Socket | Parameter::Handle => Argument::Value(socket),
        // As a count of elements, all ones would be a lie about the memory that any implementation must believe.
        Parameter::Number { is_signed: false } if number < 0 => Argument::Value(0),
        Parameter::Number { .. } => Argument::Value(number.cast_unsigned()),
        Parameter::Function => Argument::Value(0),
    };
    function.parameters.iter().map(good).collect()
}

/// Makes the calls one after the other in a process of their own, for at most 50 ms: some would wait for what never
/// comes. Returns how many were begun, and how that process ended.
fn call_apart(function: *mut c_void, list: &[Vec<Argument>]) -> (usize, &'static str) {
    // SAFETY: a page that both processes see; the child does little more than the calls, and ends by `_exit`.
    unsafe {
        let (readable, shared) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_SHARED | libc::MAP_ANONYMOUS);
        let page = libc::mmap(std::ptr::null_mut(), 4096, readable, shared, -1, 0);
        assert_ne!(page, libc::MAP_FAILED);
        let begun = page.cast::<usize>();
        let child = libc::fork();
        assert!(child >= 0);
        if child == 0 {
            let time = libc::timeval { tv_sec: 0, tv_usec: 50_000 };
            let limit = libc::itimerval { it_interval: libc::timeval { tv_sec: 0, tv_usec: 0 }, it_value: time };
            libc::setitimer(libc::ITIMER_REAL, &raw const limit, std::ptr::null_mut());
            let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
            libc::setrlimit(libc::RLIMIT_CORE, &raw const none);
            for arguments in list {
                begun.write_volatile(begun.read_volatile() + 1);
                call(function, std::array::from_fn(|at| arguments.get(at).map_or(0, Argument::word)));
            }
            libc::_exit(0);
        }
        let mut status = 0;
        assert_eq!(libc::waitpid(child, &raw mut status, 0), child);
        let made = begun.read_volatile();
        libc::munmap(page, 4096);
        let outcome = match () {
            () if libc::WIFEXITED(status) => "returned",
            () if libc::WTERMSIG(status) == libc::SIGALRM => "waited",
            () if libc::WTERMSIG(status) == libc::SIGSEGV => "signal 11",
            () if libc::WTERMSIG(status) == libc::SIGABRT => "signal 6",
            () if libc::WTERMSIG(status) == libc::SIGBUS => "signal 7",
            () => "signal",
        };
        (made, outcome)
    }
}

/// Every parameter that Winsock has goes by an integer register or an eight-byte place on the stack, and a callee that
/// takes fewer does not look at the rest.
unsafe fn call(function: *mut c_void, [a, b, c, d, e, f, g, h, i, j, k, l]: [usize; 12]) -> usize {
    type Word = usize;
    type Any = extern "C" fn(Word, Word, Word, Word, Word, Word, Word, Word, Word, Word, Word, Word) -> Word;
    // SAFETY: an exported function of at most twelve such parameters.
    let function: Any = unsafe { std::mem::transmute(function) };
    function(a, b, c, d, e, f, g, h, i, j, k, l)
}

/// Zeroed memory, far larger than any structure. The process ends soon and gives it back.
fn region() -> usize {
    vec![0u64; REGION / 8].leak().as_mut_ptr().expose_provenance()
}

struct Library(*mut c_void);

impl Library {
    /// The shared library that Cargo leaves beside the test program's folder.
    fn open() -> Library {
        let here = std::env::current_exe().unwrap();
        let deps = here.parent().unwrap();
        let path = [deps, deps.parent().unwrap()].map(|folder| folder.join("libws2_32.so"));
        let path = path.iter().find(|path| path.exists()).unwrap();
        let path = CString::new(path.to_str().unwrap()).unwrap();
        // SAFETY: a string; the library's start-up does nothing of note.
        let library = unsafe { libc::dlopen(path.as_ptr(), libc::RTLD_NOW) };
        assert!(!library.is_null());
        Library(library)
    }

    fn find(&self, name: &str) -> *mut c_void {
        let name = CString::new(name).unwrap();
        // SAFETY: an open library and a string.
        let address = unsafe { libc::dlsym(self.0, name.as_ptr()) };
        assert!(!address.is_null(), "{name:?}");
        address
    }

    fn call(&self, name: &str, arguments: [usize; 12]) -> usize {
        // SAFETY: the callers below give what the function asks for.
        unsafe { call(self.find(&format!("ws2_{name}")), arguments) }
    }

    /// Starts Winsock and makes one socket of each kind that matters, all non-blocking, and a value that is none.
    fn prepare(&self) -> Vec<usize> {
        let memory = region();
        let args = |given: &[usize]| std::array::from_fn(|at| given.get(at).copied().unwrap_or(0));
        assert_eq!(self.call("WSAStartup", args(&[0x202, memory])), 0);
        let socket = |kind: i32| self.call("socket", args(&[winsock::AF_INET.into(), kind as usize, 0]));
        let [udp, fresh, listener, client] = [2, 1, 1, 1].map(socket);
        let mut name = winsock::SOCKADDR_IN { sin_family: winsock::AF_INET, ..Default::default() };
        name.sin_addr.S_un.S_addr = u32::from_ne_bytes([127, 0, 0, 1]);
        let mut length = 16i32;
        let (at, length) = ((&raw mut name).expose_provenance(), (&raw mut length).expose_provenance());
        assert_eq!(self.call("bind", args(&[udp, at, 16])) as i32, 0);
        assert_eq!(self.call("bind", args(&[listener, at, 16])) as i32, 0);
        assert_eq!(self.call("listen", args(&[listener, 5])) as i32, 0);
        assert_eq!(self.call("getsockname", args(&[listener, at, length])) as i32, 0);
        assert_eq!(self.call("connect", args(&[client, at, 16])) as i32, 0);
        let mut on = 1u32;
        let on = (&raw mut on).expose_provenance();
        for s in [udp, fresh, listener, client] {
            assert_eq!(self.call("ioctlsocket", args(&[s, winsock::FIONBIO as usize, on])) as i32, 0);
        }
        vec![udp, client, listener, fresh, usize::MAX]
    }
}

/// Every exported function, from its declaration in `src/`.
fn functions() -> Vec<Function> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(sources).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let file = syn::parse_file(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for item in &file.items {
            if let syn::Item::Fn(function) = item
                && let Some(name) = exported_name(&function.attrs)
            {
                let parameters = function.sig.inputs.iter().map(|input| match input {
                    syn::FnArg::Typed(typed) => parameter(&typed.ty),
                    syn::FnArg::Receiver(_) => unreachable!("a method is not exported"),
                });
                found.push(Function { name, parameters: parameters.collect() });
            }
        }
    }
    found
}

/// The text of `#[unsafe(export_name = "ws2_...")]`, without the prefix.
fn exported_name(attributes: &[syn::Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| {
        let tokens = attribute.meta.require_list().ok()?.tokens.to_string();
        let name = tokens.strip_prefix("export_name = \"ws2_")?;
        Some(name.trim_end_matches('"').to_owned())
    })
}

fn parameter(declared: &syn::Type) -> Parameter {
    let syn::Type::Path(path) = declared else { return Parameter::Pointer };
    match path.path.segments.last().unwrap().ident.to_string().as_str() {
        "SOCKET" => Parameter::Socket,
        "HANDLE" => Parameter::Handle,
        "i8" | "i16" | "i32" | "i64" | "isize" => Parameter::Number { is_signed: true },
        "u8" | "u16" | "u32" | "u64" | "usize" | "GROUP" | "IN_ADDR" | "in_addr" => {
            Parameter::Number { is_signed: false }
        }
        "Option" => Parameter::Function,
        name if name.contains("ROUTINE") || name.contains("PROC") || name.contains("FUN") => Parameter::Function,
        name if name.starts_with("LP") || name.starts_with('P') => Parameter::Pointer,
        other => panic!("a parameter of type {other}: say what it is"),
    }
}
