//! How the `wsa` program is linked: so that it starts at once. What is done here concerns the program alone, in release
//! builds for the machine's own glibc; wherever it cannot be done, an ordinary program is linked.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |name: &str| env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    if target("OS") != "linux"
        || target("ENV") != "gnu"
        || env::var("PROFILE").is_ok_and(|profile| profile != "release")
    {
        return;
    }
    // A position-independent program has its tens of thousands of pointers to texts written anew at every start, a third
    // of what answering one question takes. At a fixed address they are right as they lie in the file. The price: the
    // program's own code is not moved about from run to run; libraries, heap and stacks still are.
    link_arg("-no-pie");
    if env::var("HOST") == env::var("TARGET")
        && let Some(archives) = Archives::of_compiler()
    {
        archives.link().expect("cargo's folder for what build scripts make can be written to");
    }
}

fn link_arg(argument: &str) {
    println!("cargo::rustc-link-arg-bin=wsa={argument}");
}

/// The C library and the compiler's unwinder as archives. To find, map and bind them as shared libraries takes longer than
/// all else that a short run does: a third of a bare hello-world's life.
struct Archives([PathBuf; 3]);

impl Archives {
    /// What the C compiler, which links, would take; `None` if it has not all of it.
    fn of_compiler() -> Option<Archives> {
        // Before glibc 2.34 threads were a library of their own, full of weak symbols that archives resolve wrongly.
        // Since then its archive is an empty one, eight bytes that say so.
        let threads = fs::metadata(archive("libpthread.a")?).ok()?;
        let all = Archives([archive("libc.a")?, archive("libm.a")?, archive("libgcc_eh.a")?]);
        (threads.len() == 8).then_some(all)
    }

    /// Links the program with them and with no shared library.
    ///
    /// rustc asks for shared libraries by name, after all else. So a folder where the linker looks first has linker scripts
    /// under these names: one for the archives, and empty ones.
    fn link(&self) -> io::Result<()> {
        let folder = Path::new(&env::var_os("OUT_DIR").expect("cargo names it")).join("archives");
        fs::create_dir_all(&folder)?;
        for part in ["gcc_s", "util", "rt", "pthread", "m", "dl"] {
            fs::write(folder.join(format!("lib{part}.so")), "/* see libc.so */\n")?;
        }
        let names: String = self.0.iter().map(|path| format!(" \"{}\"", path.display())).collect();
        fs::write(folder.join("libc.so"), format!("GROUP({names} )\n"))?;
        link_arg(&format!("-L{}", folder.display()));
        link_arg("-static");
        Ok(())
    }
}

/// Where the C compiler has an archive: it names the path then, and else only the file.
fn archive(name: &str) -> Option<PathBuf> {
    let output = Command::new("cc").arg(format!("-print-file-name={name}")).output().ok()?;
    let path = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    path.is_absolute().then_some(path)
}
