//! `--html`: the report as one page that needs nothing else: no network, no script, light and dark, printable.

mod chart;

use std::path::PathBuf;

use self::chart::{Bar, Series, bars, stacked};
use super::progress::size;
use super::related;
use super::report::{CodeReport, Counted, Peers, Report, rounded};
use super::text::{counted, nothing, sentence, thousands};

/// Codes with a colour of their own; the others share one.
const COLOURED: usize = 6;

/// The page.
pub(crate) fn render(report: &Report, paths: &[PathBuf]) -> String {
    let names: Vec<String> = paths.iter().map(|path| escape(&path.display().to_string())).collect();
    let title = format!("Winsock errors: {}", thousands(report.findings));
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"wsa {}\">\n<title>{title}</title>\n<style>{}</style>\n</head>\n<body>\n\
         <header>\n<h1>{title}</h1>\n<p>{}</p>\n<p class=\"aside\">{}</p>\n</header>\n<main>\n",
        env!("CARGO_PKG_VERSION"),
        include_str!("html/page.css"),
        when(report),
        scanned(report, &names),
    );
    if !report.codes.is_empty() {
        page += &charts(report);
        page += &table(report);
        page += "<h2>What to check</h2>\n";
        for (code, colour) in report.codes.iter().zip(colours(report)) {
            page += &card(report, code, colour);
        }
    }
    page += &related::html(&report.related);
    page += &errors(report);
    page += "</main>\n<footer><p>Times are as the logs write them. Made by <code>wsa scan --html</code>; \
             <code>wsa explain CODE</code> tells all about a code.</p></footer>\n</body>\n</html>\n";
    page
}

fn when(report: &Report) -> String {
    match (&report.first, &report.last) {
        _ if report.codes.is_empty() => escape(&nothing(report)),
        (Some(first), Some(last)) if first == last => format!("At {first}."),
        (Some(first), Some(last)) => format!("From {first} to {last}."),
        _ => "The records tell no times.".to_owned(),
    }
}

fn scanned(report: &Report, names: &[String]) -> String {
    let scanned = &report.scanned;
    let names =
        if names.is_empty() { String::new() } else { format!(" in <code>{}</code>", names.join("</code>, <code>")) };
    let mut text = format!(
        "{} with errors out of {} scanned{names}: {} of text, {}.",
        counted(scanned.files_with_findings, "file"),
        thousands(scanned.files),
        size(scanned.bytes),
        counted(scanned.lines, "line")
    );
    if report.undated > 0 {
        text += &format!(" {} without a time: not in the charts over time.", counted(report.undated, "finding"));
    }
    if scanned.left_out > 0 {
        text += &format!(" {} did not pass the filters.", counted(scanned.left_out, "more finding"));
    }
    text
}

/// The class of each code's colour, the commonest first: the worst may be so rare that no chart shows them.
fn colours(report: &Report) -> Vec<usize> {
    let mut by_count: Vec<usize> = (0..report.codes.len()).collect();
    by_count.sort_by_key(|index| std::cmp::Reverse(report.codes[*index].count));
    let mut colours = vec![COLOURED; report.codes.len()];
    for (colour, index) in by_count.into_iter().take(COLOURED).enumerate() {
        colours[index] = colour;
    }
    colours
}

/// Bars for the commonest.
const BARS: usize = 12;

fn charts(report: &Report) -> String {
    let mut out = String::new();
    let colours = colours(report);
    let label = |code: &CodeReport| format!("{} {}", code.code, code.name);
    if let Some((first, last)) = report.span.filter(|(first, last)| first < last) {
        let series = report.codes.iter().zip(&colours);
        let series: Vec<Series<'_>> = series
            .map(|(code, colour)| Series { name: label(code), counts: &code.over_time, colour: *colour })
            .collect();
        out += "<section>\n<h2>Over time</h2>\n";
        out += &legend(report, &colours);
        out += &stacked(&series, first, last);
        out += "</section>\n";
    }
    let mut codes: Vec<Bar> = report
        .codes
        .iter()
        .zip(&colours)
        .map(|(code, colour)| Bar { label: label(code), count: code.count, class: format!("c{colour}") })
        .collect();
    codes.sort_by_key(|code| std::cmp::Reverse(code.count));
    let more = codes.len().saturating_sub(BARS);
    codes.truncate(BARS);
    out += "<div class=\"columns\">\n<section>\n<h2>By code</h2>\n";
    out += &bars("Findings by code", &codes);
    if more > 0 {
        out += &format!("<p class=\"aside\">{more} more below.</p>\n");
    }
    out += "</section>\n";
    if report.peers.different > 0 {
        let peers = report.peers.top.iter();
        let peers: Vec<Bar> =
            peers.map(|peer| Bar { label: escape(&peer.name), count: peer.count, class: "peer".to_owned() }).collect();
        out += "<section>\n<h2>By peer</h2>\n";
        if !peers.is_empty() {
            out += &bars("Findings by peer", &peers);
        }
        out += &peers_note(&report.peers);
        out += "</section>\n";
    }
    out + "</div>\n"
}

fn legend(report: &Report, colours: &[usize]) -> String {
    let mut out = String::from("<ul class=\"legend\">");
    for (code, colour) in report.codes.iter().zip(colours).filter(|(_, colour)| **colour < COLOURED) {
        out += &format!("<li><span class=\"key c{colour}\"></span>{} {}</li>", code.code, code.name);
    }
    if report.codes.len() > COLOURED {
        out += &format!("<li><span class=\"key c{COLOURED}\"></span>others</li>");
    }
    out + "</ul>\n"
}

fn peers_note(peers: &Peers) -> String {
    let listed = peers.top.len() as u64;
    let different = thousands(rounded(peers.different));
    match (peers.exact, peers.different > listed) {
        (true, false) => String::new(),
        (true, true) => format!("<p class=\"aside\">{}.</p>\n", counted(peers.different - listed, "more peer")),
        (false, _) if listed == 0 => {
            format!("<p class=\"aside\">About {different} different peers; none stands out.</p>\n")
        }
        (false, _) => format!(
            "<p class=\"aside\">About {different} different peers: only common ones are counted, and counts may be up to {} too low.</p>\n",
            thousands(peers.missed)
        ),
    }
}

fn table(report: &Report) -> String {
    let mut out = String::from(
        "<section>\n<h2>All codes</h2>\n<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">Code</th>\
         <th scope=\"col\">Name</th><th scope=\"col\" class=\"number\">Count</th><th scope=\"col\">First</th>\
         <th scope=\"col\">Last</th><th scope=\"col\">Likely fault</th></tr></thead>\n<tbody>\n",
    );
    for code in &report.codes {
        out += &format!(
            "<tr><td>{0}</td><th scope=\"row\"><a href=\"#code-{0}\">{1}</a></th><td class=\"number\">{2}</td>\
             <td class=\"time\">{3}</td><td class=\"time\">{4}</td><td>{5}</td></tr>\n",
            code.code,
            code.name,
            thousands(code.count),
            code.first.as_deref().unwrap_or("–"),
            code.last.as_deref().unwrap_or("–"),
            escape(&code.diagnosis.fault_text),
        );
    }
    out + "</tbody>\n</table></div>\n</section>\n"
}

fn card(report: &Report, code: &CodeReport, colour: usize) -> String {
    let mut out = format!(
        "<article id=\"code-{0}\" class=\"k{colour}\">\n<h3>{0} {1} <span class=\"count\">{2}×</span></h3>\n<p>{3}</p>\n<dl>\n",
        code.code,
        code.name,
        thousands(code.count),
        prose(code.summary)
    );
    out += &pair("Likely fault", &escape(&code.diagnosis.fault_text));
    for pattern in &code.diagnosis.patterns {
        out += &pair("Pattern", &escape(pattern));
    }
    out += &pair_of_commonest("Peers", &code.peers);
    if report.scanned.files_with_findings > 1 {
        out += &pair_of_commonest("Files", &code.files);
    }
    out += &counted_pair("Operations", &code.operations, "");
    out += &counted_pair("Written by", &code.runtimes, "");
    out += "</dl>\n<ol>\n";
    for check in &code.diagnosis.checks {
        out += &format!(
            "<li><strong>{}</strong> {}<br><span class=\"aside\">How to tell: {}</span></li>\n",
            prose(&sentence(&check.cause)),
            prose(&check.remedy),
            prose(&sentence(&check.evidence))
        );
    }
    out += "</ol>\n";
    if let Some(example) = &code.example {
        out += &format!(
            "<figure><figcaption>First in {}, line {}</figcaption><pre>{}</pre></figure>\n",
            escape(&example.path),
            thousands(example.line),
            escape(example.text.trim_end())
        );
    }
    out + "</article>\n"
}

fn pair(term: &str, html: &str) -> String {
    format!("<div><dt>{term}</dt><dd>{html}</dd></div>\n")
}

fn counted_pair(term: &str, items: &[Counted], at_least: &str) -> String {
    if items.is_empty() {
        return String::new();
    }
    pair(term, &counts(items, at_least))
}

/// Each with its count, on one line with it.
fn counts(items: &[Counted], at_least: &str) -> String {
    let items: Vec<String> =
        items.iter().map(|item| format!("{}&nbsp;{at_least}{}", escape(&item.name), thousands(item.count))).collect();
    items.join(" · ")
}

/// The commonest peers or files of a code, and how many there are besides.
fn pair_of_commonest(term: &str, peers: &Peers) -> String {
    let listed = &peers.top[..peers.top.len().min(5)];
    if listed.is_empty() {
        return String::new();
    }
    let mut text = counts(listed, if peers.exact { "" } else { "≥" });
    if let Some((about, others)) = peers.besides(listed.len()) {
        text += &format!(" · {about}{} more", thousands(others));
    }
    pair(term, &text)
}

fn errors(report: &Report) -> String {
    if report.errors.is_empty() {
        return String::new();
    }
    let mut out = String::from("<section>\n<h2>Not read completely</h2>\n<ul>\n");
    for error in &report.errors {
        out += &format!("<li><code>{}</code>: {}</li>\n", escape(&error.path), escape(&error.message));
    }
    out + "</ul>\n</section>\n"
}

/// The catalogue's prose for HTML: what stands between backticks is code.
fn prose(text: &str) -> String {
    let escaped = escape(text);
    let mut parts = escaped.split('`');
    let mut out = parts.next().unwrap_or_default().to_owned();
    while let Some(code) = parts.next() {
        match parts.next() {
            Some(after) => out.extend(["<code>", code, "</code>", after]),
            // One that is not closed is a backtick.
            None => out.extend(["`", code]),
        }
    }
    out
}

/// Text for HTML: what a log holds is data and never markup.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(character),
            control if control.is_control() => out.push('\u{FFFD}'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_in_prose_is_marked_and_data_is_never_markup() {
        assert_eq!(prose("run `netsh <x>`, then `y`."), "run <code>netsh &lt;x&gt;</code>, then <code>y</code>.");
        assert_eq!(prose("`a"), "`a");
        assert_eq!(prose("plain & simple"), "plain &amp; simple");
    }
}
