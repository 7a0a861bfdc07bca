//! The entries' Markdown on a terminal.

use anstyle::Style;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use textwrap::fill;

use crate::render::style::{BOLD, COMMAND, DIM, hanging, paint, width};

/// Markdown as wrapped, styled text for a terminal of this width.
#[must_use]
pub fn to_terminal(markdown: &str, width: usize) -> String {
    let mut renderer = Renderer { width, ..Renderer::default() };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        renderer.event(event);
    }
    renderer.out.trim_end().to_owned() + "\n"
}

#[derive(Default)]
struct Renderer {
    out: String,
    width: usize,
    /// The paragraph, heading or cell being gathered.
    text: String,
    /// Open lists: the next number, or `None` for bullets.
    lists: Vec<Option<u64>>,
    /// What the first line of the next block begins with, instead of indentation.
    marker: Option<String>,
    heading: Option<HeadingLevel>,
    code: bool,
    link: Option<String>,
    rows: Vec<Vec<String>>,
}

impl Renderer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code => self.code_lines(&text),
            Event::Text(text) => self.text += &text,
            Event::Code(code) => self.text += &paint(COMMAND, code),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            Event::Rule => self.out += "\n",
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.heading = Some(level),
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = true;
            }
            Tag::List(start) => {
                self.flush();
                self.lists.push(start);
            }
            Tag::Item => {
                let indent = "  ".repeat(self.lists.len());
                self.marker = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{indent}{}. ", *number - 1)
                    }
                    _ => format!("{indent}- "),
                });
            }
            Tag::Link { dest_url, .. } => self.link = Some(dest_url.to_string()),
            Tag::Strong => self.text += &BOLD.render().to_string(),
            Tag::Emphasis => self.text += &Style::new().italic().render().to_string(),
            Tag::TableRow | Tag::TableHead => self.rows.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.finish_heading(level),
            TagEnd::Paragraph => {
                self.flush();
                if self.lists.is_empty() {
                    self.out.push('\n');
                }
            }
            TagEnd::CodeBlock => {
                self.code = false;
                self.out.push('\n');
            }
            TagEnd::Item => self.flush(),
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.out.push('\n');
                }
            }
            TagEnd::Link => {
                if let Some(url) = self.link.take().filter(|url| !self.text.ends_with(url.as_str())) {
                    self.text += &format!(" {}", paint(DIM, format!("({url})")));
                }
            }
            TagEnd::Strong | TagEnd::Emphasis => self.text += "\u{1b}[0m",
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.text);
                if let Some(row) = self.rows.last_mut() {
                    row.push(cell);
                }
            }
            TagEnd::Table => self.finish_table(),
            _ => {}
        }
    }

    fn finish_heading(&mut self, level: HeadingLevel) {
        let text = std::mem::take(&mut self.text);
        self.heading = None;
        // The entry's own title repeats what stands above the story.
        if level > HeadingLevel::H1 {
            self.out += &format!("{}\n\n", paint(BOLD, text));
        }
    }

    fn code_lines(&mut self, text: &str) {
        for line in text.lines() {
            let line = if line.is_empty() { String::new() } else { paint(COMMAND, format!("    {line}")) };
            self.out += &format!("{line}\n");
        }
    }

    /// Writes the gathered paragraph, wrapped.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if text.trim().is_empty() {
            return;
        }
        let first = self
            .marker
            .take()
            .unwrap_or_else(|| "  ".repeat(self.lists.len()) + if self.lists.is_empty() { "" } else { "  " });
        let rest = " ".repeat(width(&first));
        self.out += &fill(text.trim(), hanging(self.width, &first, &rest));
        self.out.push('\n');
    }

    fn finish_table(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widest =
            |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(widest).collect();
        for row in &rows {
            let before: usize = widths[..columns.saturating_sub(1)].iter().map(|width| width + 2).sum();
            let mut line = String::new();
            for (cell, width_of) in row.iter().zip(&widths).take(columns.saturating_sub(1)) {
                line += &format!("{cell}{}", " ".repeat(width_of - width(cell) + 2));
            }
            let last = row.get(columns.saturating_sub(1)).map_or("", String::as_str);
            let room = self.width.saturating_sub(before).max(20);
            let indent = " ".repeat(before);
            let wrapped = fill(last, hanging(room + before, &line, &indent));
            self.out += &format!("{}\n", wrapped.trim_end());
        }
        self.out.push('\n');
    }
}
