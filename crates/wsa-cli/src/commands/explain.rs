//! `wsa explain`: what an error is, who caused it, what to do.

mod input;
mod json;
mod markdown;
mod text;

use anyhow::Result;

use crate::args::{ExplainArgs, ProseFormat};
use crate::exit::Outcome;
use crate::query::{Answer, Reading};
use crate::render::screen::Screen;

/// One WHAT and all that it may mean.
struct Asked {
    what: String,
    readings: Vec<Reading>,
}

impl Asked {
    /// Whether something real was found: a guess at a misspelt name is help, not an answer.
    fn is_answered(&self) -> bool {
        self.readings.iter().any(|reading| !matches!(reading.answer, Answer::Near(_)))
    }
}

/// Explains every WHAT, or the lines of standard input.
///
/// # Errors
///
/// Standard input cannot be read, standard output not written, or there is nothing to explain.
pub fn run(args: &ExplainArgs, screen: &Screen) -> Result<Outcome> {
    let asked = input::gather(&args.what)?;
    let format = if args.json { ProseFormat::Json } else { args.format };
    match format {
        ProseFormat::Json => screen.print(&json::render(&asked, args.call)?)?,
        ProseFormat::Markdown => screen.print(&markdown::render(&asked, args))?,
        ProseFormat::Text => screen.page(&text::render(&asked, args, screen))?,
    }
    for unanswered in asked.iter().filter(|asked| !asked.is_answered()) {
        anstream::eprintln!("{}", text::not_known(unanswered));
    }
    Ok(if asked.iter().all(Asked::is_answered) { Outcome::Found } else { Outcome::Nothing })
}
