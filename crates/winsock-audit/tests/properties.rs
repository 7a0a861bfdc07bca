//! Whatever is said, in whatever layout: what is corrected is clean, corrected once and for all, and nothing else moves.

use proptest::prelude::*;
use winsock_audit::{Auditor, Document, FixMode, Kind, Language, Lines, apply, edits};
use winsock_codes::entries;

/// Layouts in which a name and a number stand, with the language of each.
const LAYOUTS: &[(Language, &str)] = &[
    (Language::Text, "N X"),
    (Language::Text, "X N"),
    (Language::Text, "error N (X) came"),
    (Language::Text, "X: N"),
    (Language::Markdown, "| X | N |"),
    (Language::Markdown, "* `X` (N): und so weiter"),
    (Language::Html, "<tr><td>X</td>\n<td>N</td></tr>"),
    (Language::Csv, "N,X"),
    (Language::C, "#define X NL"),
    (Language::C, "{ N, \"X\" },"),
    (Language::C, "case N: // X"),
    (Language::C, "#define X (WSABASEERR+O)"),
    (Language::Source, "const X: i32 = N;"),
    (Language::Source, "'X': N,"),
    (Language::Source, "pub const X: i32 = 0xH;"),
    (Language::Caseless, "Const X = &HH"),
];

fn fill(layout: &str, name: &str, number: i32) -> String {
    let mut line = String::new();
    let mut before = ' ';
    for (at, c) in layout.char_indices() {
        let after = layout[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        let alone = !before.is_alphabetic();
        match c {
            'X' if alone => line += name,
            'N' if alone && (!after.is_alphabetic() || after == 'L') => line += &number.to_string(),
            'O' if alone => line += &(number - 10_000).to_string(),
            'H' if before == 'x' || before == 'H' => line += &format!("{number:X}"),
            _ => line.push(c),
        }
        before = c;
    }
    line
}

fn statement() -> impl Strategy<Value = (usize, i32)> {
    (6..entries().len(), prop_oneof![10_001..10_130_i32, 10_990..11_050_i32])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn an_audit_after_the_correction_is_clean(
        layout in 0..LAYOUTS.len(),
        statements in prop::collection::vec(statement(), 1..12),
        crlf in any::<bool>(),
        noise in "[ \u{e9}\u{4e2d}a-z.]{0,20}",
    ) {
        let (language, layout) = LAYOUTS[layout];
        let end = if crlf { "\r\n" } else { "\n" };
        let mut text = if language == Language::Csv { format!("code,name{end}") } else { format!("{noise}{end}{end}") };
        for (index, number) in &statements {
            text += &fill(layout, entries()[*index].name, *number);
            text += end;
        }
        let auditor = Auditor::new();
        let report = auditor.audit(&text, language);
        let wrong = statements.iter().filter(|(index, number)| entries()[*index].value() != *number).count();
        let found = report.findings.iter().filter(|finding| finding.kind != Kind::Conflict).count();
        prop_assert_eq!(found, wrong, "{}", text);

        let changes = edits(&report.findings, FixMode::Number);
        let fixed = apply(&text, &changes);
        prop_assert!(auditor.audit(&fixed, language).findings.is_empty(), "{}", fixed);
        prop_assert_eq!(apply(&fixed, &edits(&auditor.audit(&fixed, language).findings, FixMode::Number)), fixed.clone());
        // Outside of the corrections every byte is as before.
        let right: String = {
            let mut right = if language == Language::Csv { format!("code,name{end}") } else { format!("{noise}{end}{end}") };
            for (index, _) in &statements {
                right += &fill(layout, entries()[*index].name, entries()[*index].value());
                right += end;
            }
            right
        };
        prop_assert_eq!(fixed, right);
    }

    #[test]
    fn names_are_corrected_where_the_number_is_assigned(
        layout in 0..8_usize,
        pairs in prop::collection::vec((6..entries().len(), 6..entries().len()), 1..8),
    ) {
        let (language, layout) = LAYOUTS[layout];
        let mut text = if language == Language::Csv { "code,name\n".to_owned() } else { String::new() };
        for (name, number) in &pairs {
            text += &fill(layout, entries()[*name].name, entries()[*number].value());
            text.push('\n');
        }
        let auditor = Auditor::new();
        let fixed = apply(&text, &edits(&auditor.audit(&text, language).findings, FixMode::Name));
        prop_assert!(auditor.audit(&fixed, language).findings.is_empty(), "{}", fixed);
    }

    #[test]
    fn no_bytes_make_it_panic_and_every_place_lies_in_the_text(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(document) = Document::decode(&bytes) {
            for language in [Language::Text, Language::Markdown, Language::Html, Language::Csv, Language::C, Language::Source] {
                check_places(document.text(), language);
            }
            let rewritten = document.encode(document.text());
            prop_assert!(rewritten.is_none_or(|rewritten| rewritten == bytes));
        }
    }

    #[test]
    fn no_mixture_of_its_own_words_makes_it_panic(
        words in prop::collection::vec(prop::sample::select(vec![
            "WSAECONNRESET", "10053", "10054", "WSABASEERR", "+", "54", "#define", "case", ":", "|", "\n", "<tr>", "<td>",
            "</td>", "</tr>", "\"", "'", "(", ")", "{", "}", ",", ";", "//", "/*", "*/", "0x2746", "0x80072746", "-2147014842",
            "é", "中", "=", "=>", "return", "errno", "WSAEMSGSZ", "ECONNRESET", "HOST_NOT_FOUND", "\\_", "wsa-audit: ignore",
            "wsa-audit: off", "An existing connection was forcibly closed", "\r\n", "\t", " ", "[", "]", "#", "`", "**", "-",
        ]), 0..60),
        joined in any::<bool>(),
    ) {
        let text = words.join(if joined { "" } else { " " });
        for language in [Language::Text, Language::Markdown, Language::Html, Language::Csv, Language::C, Language::Caseless, Language::Source] {
            check_places(&text, language);
        }
    }

    #[test]
    fn encodings_come_back_byte_by_byte(text in "\\PC{0,40}", bom in any::<bool>(), big in any::<bool>()) {
        let units = bom.then_some(0xFEFF_u16).into_iter().chain(text.encode_utf16());
        let bytes: Vec<u8> = units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect();
        if let Ok(document) = Document::decode(&bytes) {
            prop_assert_eq!(document.encode(document.text()), Some(bytes.clone()));
            if bom && !text.starts_with('\0') {
                prop_assert_eq!(document.text(), text);
            }
        }
    }
}

fn check_places(text: &str, language: Language) {
    let report = Auditor::with_kinds(Kind::ALL).audit(text, language);
    let lines = Lines::new(text);
    for finding in &report.findings {
        assert!(text.get(finding.span.clone()).is_some(), "{text:?} {finding:?}");
        assert!(lines.position(text, finding.span.start).line >= 1);
    }
    for mode in [FixMode::Number, FixMode::Name] {
        let fixed = apply(text, &edits(&report.findings, mode));
        let again = Auditor::with_kinds(Kind::ALL).audit(&fixed, language);
        assert!(edits(&again.findings, mode).is_empty(), "{text:?} became {fixed:?} {:?}", again.findings);
    }
}
