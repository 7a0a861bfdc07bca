//! A wine of our own: its prefix lies in the target folder, its server is stopped when the runner ends.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// A prefix with a running server.
pub(crate) struct Wine {
    prefix: PathBuf,
}

/// Whether both wine and the cross compiler are installed.
pub(crate) fn installed() -> bool {
    [super::compile::MINGW, "wine", "wineserver"].iter().all(|program| found(program))
}

fn found(program: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else { return false };
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

impl Wine {
    /// Makes the prefix if it is new and starts its server.
    pub(crate) fn start(work: &Path) -> Result<Self> {
        std::fs::create_dir_all(work)?;
        let wine = Self { prefix: work.join("wineprefix") };
        wine.warm_up(&mut wine.command("wine"))?;
        Ok(wine)
    }

    /// Starts the server through `launcher`. Sockets are made by the server, so it has to live in the network
    /// namespace of the programs; its helpers must not hold the pipes that the runner reads, hence the null streams.
    pub(crate) fn warm_up(&self, launcher: &mut Command) -> Result<()> {
        let quiet = launcher.args(["cmd", "/c", "exit"]);
        let status = quiet.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        ensure!(status.success(), "wine does not start: {status}");
        Ok(())
    }

    /// A command with the environment of this prefix.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env("WINEPREFIX", &self.prefix)
            .env("WINEDEBUG", "-all")
            .env("WINEDLLOVERRIDES", "mscoree,mshtml,winedbg.exe=")
            .env_remove("DISPLAY");
        command
    }

    /// Stops the server and waits for it.
    pub(crate) fn stop(&self) -> Result<()> {
        for action in ["-k", "-w"] {
            let mut server = self.command("wineserver");
            let server = server.arg(action).stdout(Stdio::null()).stderr(Stdio::null());
            server.status().context("start wineserver")?;
        }
        Ok(())
    }
}

impl Drop for Wine {
    fn drop(&mut self) {
        // Nothing is lost when this fails: an idle server ends by itself after a few seconds.
        let _ = self.stop();
    }
}
