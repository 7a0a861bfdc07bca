//! `wsa audit --explain`: the kinds of finding, from their one home in the library.

use anyhow::{Result, bail};
use winsock_audit::Kind;

use crate::exit::Outcome;
use crate::render::markdown::to_terminal;
use crate::render::screen::Screen;
use crate::render::style::{BOLD, DIM, paint};

/// What a configuration file may hold; the text of `--explain=config`.
const CONFIG: &str = include_str!("config.md");

pub(super) fn run(topic: &str, screen: &Screen) -> Result<Outcome> {
    match topic {
        "" => screen.print(&list())?,
        "config" => screen.page(&to_terminal(CONFIG, screen.prose_width()))?,
        id => match Kind::from_id(id) {
            Some(kind) => screen.page(&to_terminal(kind.explanation(), screen.prose_width()))?,
            None => bail!("there is no kind `{id}`; `wsa audit --explain` lists them"),
        },
    }
    Ok(Outcome::Found)
}

fn list() -> String {
    let mut text = String::new();
    for kind in Kind::ALL {
        let title = kind.title().replace(" (opt-in)", "");
        let aside = if kind.is_opt_in() { paint(DIM, " (with --select)") } else { String::new() };
        text += &format!("{}  {title}{aside}\n", paint(BOLD, format!("{:<20}", kind.id())));
    }
    text
}
