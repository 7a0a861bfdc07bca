//! How the `wsa` program is linked.

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |name: &str| env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    // A position-independent program has its tens of thousands of pointers to texts written anew at every start, a third
    // of what answering one question takes. At a fixed address they are right as they lie in the file. The price: the
    // program's own code is not moved about from run to run; libraries, heap and stacks still are.
    if target("OS") == "linux"
        && target("ENV") == "gnu"
        && env::var("PROFILE").is_ok_and(|profile| profile == "release")
    {
        println!("cargo::rustc-link-arg-bin=wsa=-no-pie");
        // Rust's backtraces need the compiler's unwinder. As a shared library it is another file to find, map and link at
        // every start, a tenth of what answering one question takes.
        if env::var("HOST") == env::var("TARGET") && has_static_unwinder() {
            println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
        }
    }
}

/// Whether the C compiler, which links, has the unwinder as an archive: it names the path then, and else only the file.
fn has_static_unwinder() -> bool {
    let output = Command::new("cc").arg("-print-file-name=libgcc_eh.a").output();
    output.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_absolute())
}
