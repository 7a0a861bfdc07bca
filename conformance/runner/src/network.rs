//! Network conditions that loopback cannot make: a namespace set up by a script in `networks/`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// A namespace that exists until it is dropped.
pub(crate) struct Network {
    name: String,
    script: PathBuf,
}

/// Whether this user may make namespaces and filter rules.
pub(crate) fn permitted() -> bool {
    let probe = Network { name: format!("conformance-probe-{}", std::process::id()), script: PathBuf::new() };
    let made = ip(&["netns", "add", &probe.name]);
    made && ip(&["netns", "exec", &probe.name, "nft", "add", "table", "inet", "probe"])
}

fn ip(arguments: &[&str]) -> bool {
    let mut command = Command::new("ip");
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

impl Network {
    /// Runs `networks/<name>.sh NAMESPACE up`.
    pub(crate) fn set_up(home: &Path, name: &str) -> Result<Self> {
        let script = home.join("networks").join(format!("{name}.sh"));
        ensure!(script.is_file(), "no such network: {}", script.display());
        let network = Self { name: format!("conformance-{}", std::process::id()), script };
        let status = network.script(&["up"]).status().context("start sh")?;
        ensure!(status.success(), "{} up: {status}", network.script.display());
        Ok(network)
    }

    fn script(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("sh");
        command.arg(&self.script).arg(&self.name).args(arguments);
        // The runner is also the name server that `dns.sh` starts, and the changer of `changing.sh`.
        if let Ok(runner) = std::env::current_exe() {
            command.env("CONFORMANCE_RUNNER", runner);
        }
        command
    }

    /// Puts a command into the namespace, with its environment.
    pub(crate) fn inside(&self, command: &Command) -> Command {
        let mut inside = Command::new("ip");
        inside.args(["netns", "exec", &self.name]).arg(command.get_program()).args(command.get_args());
        for (key, value) in command.get_envs() {
            match value {
                Some(value) => inside.env(key, value),
                None => inside.env_remove(key),
            };
        }
        inside
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        if self.script.is_file() {
            // The namespace below goes in any case; the script only has what lies outside of it.
            let _ = self.script(&["down"]).status();
        }
        ip(&["netns", "del", &self.name]);
    }
}
