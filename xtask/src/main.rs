//! `cargo xtask`: writes what is generated from the catalogue, and installs the C library.
//!
//! `generate` writes every product; `generate --check` writes nothing and fails if a committed file differs from what
//! would be written. `install` puts the library and its headers under a prefix. Nothing in the workspace depends on this
//! crate.

// Sources of the catalogue that the generator shares. It does not depend on the compiled crate: tables that do not
// compile must not keep it from making better ones.
#[path = "../../crates/winsock-codes/src/call.rs"]
#[allow(dead_code, unreachable_pub, reason = "the generator needs a part of it")]
mod call;
mod codes;
mod entry;
mod exports;
mod install;
mod literal;
#[path = "../../crates/winsock-codes/src/name_hash.rs"]
mod name_hash;
mod options;
mod provided;
mod win_sock;
mod windows_names;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

const USAGE: &str = "usage: cargo xtask generate [--check]
       cargo xtask install --prefix DIR [--static-only] [--profile NAME]
       cargo xtask windows-names FOLDER   # the sources of windows-sys; renews the names that wsa port-check knows, and ws2_32::Win32";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["generate"] => write(&products()?),
        ["generate", "--check"] => check(&products()?),
        ["install", ref rest @ ..] => install::run(rest),
        ["windows-names", folder] => {
            let (root, folder) = (root()?, Path::new(folder));
            let names = root.join("crates/winsock-port/data/windows.txt");
            let declarations = root.join("crates/ws2_32/src/win32/declarations.rs");
            write(&[
                Product { path: names, content: windows_names::table(folder)? },
                Product { path: declarations, content: exports::rust_declarations(root, folder)? },
            ])
        }
        _ => bail!(USAGE),
    }
}

/// A generated file: where it goes, and what it holds.
struct Product {
    path: PathBuf,
    content: String,
}

fn root() -> Result<&'static Path> {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in the workspace root")
}

fn products() -> Result<Vec<Product>> {
    let root = root()?;
    let catalogue = entry::Catalogue::read(&root.join("crates/winsock-codes"))?;
    let mut products = codes::products(root, &catalogue)?;
    products.extend(exports::products(root, &catalogue)?);
    products.extend(options::products(root)?);
    Ok(products)
}

fn write(products: &[Product]) -> Result<()> {
    for product in products {
        if fs::read_to_string(&product.path).is_ok_and(|current| current == product.content) {
            continue;
        }
        let folder = product.path.parent().context("a product lies in a folder")?;
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        fs::write(&product.path, &product.content)
            .with_context(|| format!("cannot write {}", product.path.display()))?;
        println!("wrote {}", product.path.display());
    }
    Ok(())
}

fn check(products: &[Product]) -> Result<()> {
    let stale: Vec<String> = products
        .iter()
        .filter(|product| fs::read_to_string(&product.path).ok().as_ref() != Some(&product.content))
        .map(|product| product.path.display().to_string())
        .collect();
    if !stale.is_empty() {
        bail!(
            "these files differ from what the catalogue makes; run `cargo xtask generate`:\n  {}",
            stale.join("\n  ")
        );
    }
    println!("{} generated files are current", products.len());
    Ok(())
}
