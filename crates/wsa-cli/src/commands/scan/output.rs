//! Where the answer goes, known before the scan begins: a page that cannot be written should not cost a scan of hours,
//! and what is written must not be scanned.

use std::fs::{File, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wsa_input::FileIdentity;

use crate::args::scan::ScanOutput;

/// The file of `--html`, opened; what it held stays until the page is there.
pub(crate) struct PageFile {
    path: PathBuf,
    /// `None` for standard output.
    file: Option<File>,
}

impl PageFile {
    /// The file that was asked for, if one was.
    ///
    /// # Errors
    /// If it cannot be written to, if it holds something that is no page, or if standard output would hold two things.
    pub(crate) fn of(output: &ScanOutput) -> Result<Option<PageFile>> {
        let Some(path) = output.html.clone() else { return Ok(None) };
        if path.as_os_str() == "-" {
            if output.json || output.lines || output.summary.is_some() {
                bail!("--html - writes the page to standard output, where the findings go; name a file");
            }
            return Ok(Some(PageFile { path, file: None }));
        }
        if holds_something_else(&path) {
            bail!(
                "{} is no page, so it is left alone: --html takes the name of the page to write, as in --html page.html",
                path.display()
            );
        }
        let file = File::options().write(true).create(true).truncate(false).open(&path);
        Ok(Some(PageFile { file: Some(file.with_context(|| cannot_write(&path))?), path }))
    }

    /// Whether the page goes to standard output, so that nothing else may.
    pub(crate) fn is_stdout(&self) -> bool {
        self.file.is_none()
    }

    pub(crate) fn write(self, page: &str) -> Result<()> {
        let PageFile { path, file } = self;
        let written = match file {
            None => io::stdout().write_all(page.as_bytes()).and_then(|()| io::stdout().flush()),
            Some(mut file) => replace(&mut file, page),
        };
        written.with_context(|| cannot_write(&path))
    }
}

/// Whether a file holds anything but a page: `--html app.log` would cost the log that was to be scanned.
fn holds_something_else(path: &Path) -> bool {
    const BEGINNING: &[u8] = b"<!DOCTYPE html>";
    // A pipe would wait here for a writer.
    if !path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() > 0) {
        return false;
    }
    let mut head = Vec::new();
    File::open(path).and_then(|file| file.take(BEGINNING.len() as u64).read_to_end(&mut head)).is_ok()
        && !head.eq_ignore_ascii_case(BEGINNING)
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write {}", path.display())
}

fn replace(file: &mut File, page: &str) -> io::Result<()> {
    // Pipes and devices hold nothing that could be left over.
    if file.metadata()?.is_file() {
        file.set_len(0)?;
    }
    file.write_all(page.as_bytes())
}

/// The files that are written to.
pub(crate) fn files(page: Option<&PageFile>) -> Vec<FileIdentity> {
    let page = page.and_then(|page| page.file.as_ref()).and_then(|file| file.metadata().ok());
    page.into_iter().chain(of_stdout()).filter(Metadata::is_file).map(|metadata| FileIdentity::of(&metadata)).collect()
}

#[cfg(unix)]
fn of_stdout() -> Option<Metadata> {
    use std::os::fd::AsFd as _;
    File::from(io::stdout().as_fd().try_clone_to_owned().ok()?).metadata().ok()
}

#[cfg(not(unix))]
fn of_stdout() -> Option<Metadata> {
    None
}
