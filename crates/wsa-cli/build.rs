//! How the `wsa` program is linked.

use std::env;

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
    }
}
