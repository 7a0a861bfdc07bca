//! Runs a program with a limit on its time and on what it may print.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// More output than any case prints; the rest is dropped.
const OUTPUT_LIMIT_BYTES: u64 = 1 << 20;

/// What a program did.
pub(crate) struct Outcome {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// How it ended, when not by exit code 0.
    pub(crate) trouble: Option<String>,
}

impl Outcome {
    /// The printed lines, without line ends and blanks at the end.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.stdout.lines().map(|line| line.trim_end().to_owned()).collect()
    }
}

/// Starts the command and waits at most `limit`; then it is killed and the outcome says so.
pub(crate) fn run(command: &mut Command, limit: Duration) -> Result<Outcome> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("start {program}"))?;
    let stdout = drain(child.stdout.take());
    let stderr = drain(child.stderr.take());
    let deadline = Instant::now() + limit;
    let trouble = loop {
        if let Some(status) = child.try_wait()? {
            break (!status.success()).then(|| status.to_string());
        }
        if Instant::now() >= deadline {
            child.kill()?;
            child.wait()?;
            break Some(format!("still running after {} s: stopped", limit.as_secs()));
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    Ok(Outcome { stdout: stdout.join().unwrap_or_default(), stderr: stderr.join().unwrap_or_default(), trouble })
}

fn drain(pipe: Option<impl Read + Send + 'static>) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            // A pipe that breaks while the program dies has given all it had.
            let _ = pipe.take(OUTPUT_LIMIT_BYTES).read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}
