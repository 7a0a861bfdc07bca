//! `cargo xtask install`: the library, its headers, and what finds them, under a prefix.
//!
//! ```text
//! PREFIX/bin/ws2cc, ws2c++, ws2windres  the compiler driver
//! PREFIX/include/ws2_32/            the headers, in every spelling
//! PREFIX/lib/libws2_32.so, .a       the library
//! PREFIX/lib/libwsock32.so, ...     other names that programs link, as linker scripts that lead to it
//! PREFIX/lib/ws2_32/                the same for names that mean more than sockets (kernel32 and others)
//! PREFIX/lib/pkgconfig/ws2_32.pc    pkg-config
//! PREFIX/lib/cmake/ws2_32/          find_package(ws2_32)
//! ```
//!
//! Nothing in it names the prefix, so that the tree may be moved or packed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

const USAGE: &str = "usage: cargo xtask install --prefix DIR [--static-only] [--profile NAME]";

/// Names of Winsock's own import libraries.
const WINSOCK_NAMES: [&str; 2] = ["wsock32", "mswsock"];

/// Import libraries that build files of Winsock programs name beside them. Names that Linux has too, as uuid, are left
/// out. A function that is not there is named by the linker.
const COMPANION_NAMES: [&str; 21] = [
    "advapi32",
    "comctl32",
    "comdlg32",
    "crypt32",
    "dnsapi",
    "fwpuclnt",
    "gdi32",
    "iphlpapi",
    "kernel32",
    "netapi32",
    "ntdll",
    "ole32",
    "oleaut32",
    "psapi",
    "rpcrt4",
    "secur32",
    "shell32",
    "shlwapi",
    "synchronization",
    "user32",
    "winmm",
];

struct Options {
    prefix: PathBuf,
    static_only: bool,
    profile: String,
}

/// Runs the command with what follows its name.
pub(crate) fn run(arguments: &[&str]) -> Result<()> {
    let options = parse(arguments)?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in the workspace root")?;
    let built = build(root, &options.profile)?;
    let library = options.prefix.join("lib");
    install_headers(&root.join("crates/ws2_32/include"), &options.prefix.join("include/ws2_32"))?;
    install_libraries(&built, &library, options.static_only)?;
    install_driver(&built.driver, &options.prefix.join("bin"))?;
    let version = env!("CARGO_PKG_VERSION");
    put(&library.join("pkgconfig/ws2_32.pc"), &pkg_config(version, &options))?;
    let cmake = library.join("cmake/ws2_32");
    put(&cmake.join("ws2_32-config.cmake"), &cmake_config(options.static_only))?;
    put(&cmake.join("ws2_32-config-version.cmake"), &CMAKE_VERSION.replace("@VERSION@", version))?;
    println!("installed under {}", options.prefix.display());
    Ok(())
}

fn parse(arguments: &[&str]) -> Result<Options> {
    let (mut prefix, mut static_only, mut profile) = (None, false, "release".to_owned());
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut value = || rest.next().with_context(|| format!("{argument} wants a value; {USAGE}"));
        match *argument {
            "--prefix" => prefix = Some(PathBuf::from(value()?)),
            "--profile" => profile = (*value()?).to_owned(),
            "--static-only" => static_only = true,
            other => bail!("unknown argument {other}; {USAGE}"),
        }
    }
    let prefix = prefix.context(USAGE)?;
    fs::create_dir_all(&prefix).with_context(|| format!("cannot make {}", prefix.display()))?;
    Ok(Options { prefix: prefix.canonicalize()?, static_only, profile })
}

/// Where cargo left the two libraries and the compiler driver.
struct Built {
    shared: PathBuf,
    archive: PathBuf,
    driver: PathBuf,
}

/// Builds them; cargo itself says where it put it.
fn build(root: &Path, profile: &str) -> Result<Built> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(root)
        .args([
            "build",
            "-p",
            "ws2_32",
            "-p",
            "ws2cc",
            "--profile",
            profile,
            "--message-format",
            "json-render-diagnostics",
        ])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    ensure!(output.status.success(), "cargo could not build ws2_32 and ws2cc");
    let text = String::from_utf8(output.stdout).context("cargo's messages")?;
    let files: Vec<PathBuf> = text
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["reason"] == "compiler-artifact")
        .flat_map(|message| message["filenames"].as_array().cloned().unwrap_or_default())
        .filter_map(|name| name.as_str().map(PathBuf::from))
        .collect();
    let find = |name: &str| {
        let found = files.iter().find(|file| file.ends_with(name)).cloned();
        found.with_context(|| format!("cargo built no {name}"))
    };
    Ok(Built { shared: find("libws2_32.so")?, archive: find("libws2_32.a")?, driver: find("ws2cc")? })
}

/// Copies the headers. What lies there of an earlier version goes, so that no old header is found.
fn install_headers(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to).with_context(|| format!("cannot remove {}", to.display()))?;
    }
    copy_tree(from, to)
}

fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot list {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            copy(&entry.path(), &target)?;
        }
    }
    Ok(())
}

fn install_libraries(built: &Built, library: &Path, static_only: bool) -> Result<()> {
    let companions = library.join("ws2_32");
    fs::create_dir_all(&companions).with_context(|| format!("cannot make {}", companions.display()))?;
    copy(&built.archive, &library.join("libws2_32.a"))?;
    if !static_only {
        copy(&built.shared, &library.join("libws2_32.so"))?;
    }
    let all =
        WINSOCK_NAMES.iter().map(|name| (library, name)).chain(COMPANION_NAMES.iter().map(|name| (&*companions, name)));
    for (folder, name) in all {
        let script = format!("/* What {name} has is in ws2_32. */\nINPUT(-lws2_32)\n");
        // The linker takes the second for -static, and where there is no shared library.
        put(&folder.join(format!("lib{name}.a")), &script)?;
        if !static_only {
            put(&folder.join(format!("lib{name}.so")), &script)?;
        }
    }
    Ok(())
}

/// The driver goes by the name under which it is called: C++ by the one with `++`, resources by `ws2windres`.
fn install_driver(driver: &Path, bin: &Path) -> Result<()> {
    fs::create_dir_all(bin).with_context(|| format!("cannot make {}", bin.display()))?;
    copy(driver, &bin.join("ws2cc"))?;
    copy(driver, &bin.join("ws2c++"))?;
    copy(driver, &bin.join("ws2windres"))
}

fn pkg_config(version: &str, options: &Options) -> String {
    // The loader looks there by itself.
    let known = ["/usr", "/usr/local"].iter().any(|known| options.prefix == Path::new(known));
    let run_path = if known || options.static_only { "" } else { " -Wl,-rpath,${libdir}" };
    let needed = "-lm -ldl -lpthread";
    let (public, private) = if options.static_only { (needed, "") } else { ("", needed) };
    format!(
        "prefix=${{pcfiledir}}/../..\n\
         libdir=${{prefix}}/lib\n\
         includedir=${{prefix}}/include\n\n\
         Name: ws2_32\n\
         Description: Winsock 2 on Linux\n\
         Version: {version}\n\
         Cflags: -I${{includedir}}/ws2_32 -pthread\n\
         Libs: -L${{libdir}} -L${{libdir}}/ws2_32{run_path} -lws2_32 {public}\n\
         Libs.private: {private}\n"
    )
}

fn cmake_config(static_only: bool) -> String {
    let names: Vec<&str> = WINSOCK_NAMES.into_iter().chain(COMPANION_NAMES).collect();
    let main = if static_only { "static" } else { "shared" };
    CMAKE_CONFIG.replace("@NAMES@", &names.join(" ")).replace("@MAIN@", main)
}

const CMAKE_CONFIG: &str = include_str!("install/config.cmake");
const CMAKE_VERSION: &str = include_str!("install/version.cmake");

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("cannot copy {} to {}", from.display(), to.display())).map(drop)
}

fn put(path: &Path, content: &str) -> Result<()> {
    let folder = path.parent().context("a file lies in a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}
