//! Compiles the functions with a variable number of arguments, which stable Rust cannot define.

fn main() {
    println!("cargo::rerun-if-changed=src/companion/stdio.c");
    cc::Build::new().file("src/companion/stdio.c").warnings(true).extra_warnings(true).compile("ws2_stdio");
}
