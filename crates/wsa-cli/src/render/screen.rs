//! The terminal: its width, and the pager for text longer than it.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::process::{Child, Command, Stdio};

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};

/// Where a command's text goes.
#[derive(Debug)]
pub struct Screen {
    /// Columns that text may take.
    pub width: usize,
    /// Lines that the terminal shows; `None` when standard output is no terminal.
    height: Option<usize>,
    pager_allowed: bool,
    /// Whether `COLUMNS` says how wide text may be.
    width_is_told: bool,
}

/// Width for files, pipes and terminals that do not say.
const DEFAULT_WIDTH: usize = 80;
/// Prose wider than this is hard to read, whatever the terminal.
const MAX_PROSE_WIDTH: usize = 100;

impl Screen {
    /// Looks at standard output and `COLUMNS`.
    #[must_use]
    pub fn new(no_pager: bool) -> Screen {
        let is_terminal = io::stdout().is_terminal();
        let size = if is_terminal { terminal_size::terminal_size() } else { None };
        let columns: Option<usize> = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = columns.or(size.map(|(width, _)| usize::from(width.0))).unwrap_or(DEFAULT_WIDTH);
        Screen {
            width: width.clamp(40, 400),
            height: size.map(|(_, height)| usize::from(height.0)),
            pager_allowed: !no_pager,
            width_is_told: columns.is_some(),
        }
    }

    /// Columns for lines that are not wrapped: as many as they have where no terminal shows them, for `| grep`.
    #[must_use]
    pub fn line_width(&self) -> usize {
        if self.is_terminal() || self.width_is_told { self.width } else { usize::MAX }
    }

    /// Columns for prose.
    #[must_use]
    pub fn prose_width(&self) -> usize {
        self.width.min(MAX_PROSE_WIDTH)
    }

    /// Whether standard output is a terminal.
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        self.height.is_some()
    }

    /// Lines that the terminal shows; `None` when standard output is no terminal.
    #[must_use]
    pub fn height(&self) -> Option<usize> {
        self.height
    }

    /// Writes text as it is, styles taken out where they are not wanted.
    ///
    /// # Errors
    ///
    /// What writing to standard output gives; a broken pipe is the caller's to judge.
    pub fn print(&self, text: &str) -> io::Result<()> {
        let stdout = io::stdout();
        if AutoStream::choice(&stdout) != ColorChoice::Never {
            let mut out = anstream::stdout().lock();
            out.write_all(text.as_bytes())?;
            return out.flush();
        }
        // Taken out as a stream, each style would end a piece, and each piece cost a system call.
        let mut out = stdout.lock();
        out.write_all(strip_str(text).to_string().as_bytes())?;
        out.flush()
    }

    /// Writes text through the pager if it is longer than the terminal.
    ///
    /// # Errors
    ///
    /// As [`Screen::print`]. A pager that cannot be started is done without.
    pub fn page(&self, text: &str) -> io::Result<()> {
        let too_long = self.height.is_some_and(|height| text.lines().count() + 1 > height);
        if !(too_long && self.pager_allowed) {
            return self.print(text);
        }
        let Some(mut pager) = start_pager() else { return self.print(text) };
        let choice = match AutoStream::choice(&io::stdout()) {
            ColorChoice::Never => ColorChoice::Never,
            _ => ColorChoice::AlwaysAnsi,
        };
        if let Some(input) = pager.stdin.take() {
            // The reader may leave before the end; that is what pagers are for.
            let mut input = AutoStream::new(Box::new(input) as Box<dyn Write>, choice);
            let _ = input.write_all(text.as_bytes());
        }
        pager.wait().map(drop)
    }
}

/// `$WSA_PAGER`, `$PAGER` or `less`; an empty variable or `cat` means none.
fn start_pager() -> Option<Child> {
    let command = env::var("WSA_PAGER").or_else(|_| env::var("PAGER")).unwrap_or_else(|_| "less".to_owned());
    let mut words = command.split_whitespace();
    let program = words.next().filter(|program| *program != "cat")?;
    let mut pager = Command::new(program);
    pager.args(words).stdin(Stdio::piped());
    if env::var_os("LESS").is_none() {
        // Quit if it fits after all, let colours through, leave the text on the screen.
        pager.env("LESS", "FRX");
    }
    pager.spawn().ok()
}
