//! What kind of text a file is, from its name.

/// What a text is written in, as far as the audit cares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// Plain text, logs, anything unknown.
    #[default]
    Text,
    /// Markdown, reStructuredText, AsciiDoc.
    Markdown,
    /// HTML, XML.
    Html,
    /// Comma-, semicolon- or tab-separated values.
    Csv,
    /// C and C++.
    C,
    /// Pascal, Delphi, Visual Basic: source whose names ignore case.
    Caseless,
    /// Any other source: C#, Rust, Python, Go, Java, JavaScript, TypeScript.
    Source,
}

impl Language {
    /// The language of a file with this name.
    ///
    /// ```
    /// use winsock_audit::Language;
    ///
    /// assert_eq!(Language::of("include/winsock2.h"), Language::C);
    /// assert_eq!(Language::of("README"), Language::Text);
    /// ```
    #[must_use]
    pub fn of(path: &str) -> Language {
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
        match extension.as_str() {
            "md" | "markdown" | "mdx" | "rst" | "adoc" | "asciidoc" => Language::Markdown,
            "html" | "htm" | "xhtml" | "xml" => Language::Html,
            "csv" | "tsv" => Language::Csv,
            "c" | "h" | "cc" | "cpp" | "cxx" | "c++" | "hh" | "hpp" | "hxx" | "inl" | "ipp" | "idl" | "rc" => {
                Language::C
            }
            "pas" | "pp" | "inc" | "dpr" | "lpr" | "bas" | "vb" | "cls" | "frm" | "vbs" => Language::Caseless,
            "cs" | "rs" | "py" | "pyi" | "pyw" | "go" | "java" | "kt" | "js" | "mjs" | "cjs" | "jsx" | "ts" | "mts"
            | "cts" | "tsx" | "swift" | "zig" | "d" | "rb" | "php" | "lua" | "nim" | "scala" | "m" | "mm" | "asm"
            | "s" => Language::Source,
            _ => Language::Text,
        }
    }

    /// Whether tags such as `<td>` are layout here.
    pub(crate) const fn has_tags(self) -> bool {
        matches!(self, Language::Markdown | Language::Html | Language::Text)
    }

    /// Whether names may be written in any mixture of case.
    pub(crate) const fn ignores_case(self) -> bool {
        matches!(self, Language::Caseless)
    }
}
