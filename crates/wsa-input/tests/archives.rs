//! Archives: each member a text with a name of its own, whatever packed it and however much of it is left.

mod support;

use std::io::{Cursor, Write as _};
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use support::{Pieces, bzip2, gzip, log, utf16, zstd};
use tar::{Builder, EntryType, Header};
use wsa_input::{ErrorKind, Globs, InputError, OpenOptions, Text, open_reader};
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

/// What there is in an archive, by name, and what is wrong with it.
#[derive(Debug, Default)]
struct Contents {
    texts: Vec<(String, String)>,
    skipped: Vec<String>,
    errors: Vec<InputError>,
    modified: Vec<Option<SystemTime>>,
}

impl Contents {
    fn names(&self) -> Vec<&str> {
        self.texts.iter().map(|(name, _)| name.as_str()).collect()
    }

    fn kinds(&self) -> Vec<ErrorKind> {
        self.errors.iter().map(InputError::kind).collect()
    }
}

fn read_with(bytes: &[u8], piece: usize, options: &OpenOptions) -> Contents {
    let mut contents = Contents::default();
    let reader = Pieces { bytes: Cursor::new(bytes.to_vec()), piece };
    let mut archive = match open_reader("a", Box::new(reader), options) {
        Ok(Text::Archive(archive)) => archive,
        // Of a decoder that has given nothing before its data end.
        Ok(Text::Stream(mut stream)) => {
            assert_eq!(stream.read(&mut [0]), 0, "no archive");
            return Contents { errors: stream.take_errors(), ..contents };
        }
        Ok(_) => panic!("no archive"),
        Err(error) => return Contents { errors: vec![error], ..contents },
    };
    while let Some(member) = archive.next_member() {
        contents.modified.push(member.modified);
        match member.text {
            Ok(Text::Stream(mut stream)) => {
                let (mut text, mut buffer) = (Vec::new(), vec![0; 10_007]);
                while let read @ 1.. = stream.read(&mut buffer) {
                    text.extend_from_slice(&buffer[..read]);
                }
                contents.texts.push((member.name, String::from_utf8_lossy(&text).into_owned()));
                contents.errors.extend(stream.take_errors());
            }
            Ok(Text::Skipped { .. }) => contents.skipped.push(member.name),
            Ok(_) => panic!("{} is neither", member.name),
            Err(error) => contents.errors.push(error),
        }
    }
    contents.errors.extend(archive.take_errors());
    contents
}

fn read(bytes: &[u8]) -> Contents {
    read_with(bytes, usize::MAX, &OpenOptions::default())
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mtime(1_738_577_472);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn packed(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::from_date_and_time(2025, 2, 3, 10, 11, 12).unwrap())
}

fn zip_of(members: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, packed(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// As programs write it that cannot go back: lengths and checksums stand behind the members.
fn streamed_zip(members: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new_stream(Vec::new());
    for (name, bytes) in members {
        zip.start_file(*name, packed(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A zip of one member that is packed already, without a directory at its end.
fn raw_zip(name: &str, flags: u16, method: u16, bytes: &[u8], unpacked: &[u8]) -> Vec<u8> {
    let mut zip = b"PK\x03\x04\x14\0".to_vec();
    for short in [flags, method, 0, 0] {
        zip.extend(short.to_le_bytes());
    }
    for long in [crc32fast::hash(unpacked), bytes.len() as u32, unpacked.len() as u32] {
        zip.extend(long.to_le_bytes());
    }
    zip.extend((name.len() as u16).to_le_bytes());
    zip.extend([0, 0]);
    [&zip, name.as_bytes(), bytes, b"PK\x05\x06", &[0; 18]].concat()
}

const STORED: CompressionMethod = CompressionMethod::Stored;
const DEFLATED: CompressionMethod = CompressionMethod::Deflated;

/// A way to make an archive.
type Archiver = fn(&[(&str, &[u8])]) -> Vec<u8>;

const ARCHIVERS: [(&str, Archiver); 9] = [
    ("tar", tar),
    ("tar.gz", |members| gzip(&tar(members))),
    ("tar.zst", |members| zstd(&tar(members))),
    ("tar.bz2", |members| bzip2(&tar(members))),
    ("tar.xz", |members| support::xz(&tar(members))),
    ("stored zip", |members| zip_of(members, STORED)),
    ("zip", |members| zip_of(members, DEFLATED)),
    ("streamed zip", |members| streamed_zip(members, DEFLATED)),
    ("stored streamed zip", |members| streamed_zip(members, STORED)),
];

#[test]
fn each_member_is_a_text_told_by_its_content() {
    let text = log(60);
    let recoded = utf16(&text, false, true);
    let members: [(&str, &[u8]); 5] = [
        ("logs/app.log", text.as_bytes()),
        ("./logs/empty.log", b""),
        ("logs/app.log.1.gz", &gzip(text.as_bytes())),
        ("wide.txt", &recoded),
        ("program.exe", b"MZ\0\0\x01\0WSAECONNRESET"),
    ];
    for (kind, archive) in ARCHIVERS {
        let archive = archive(&members);
        for piece in [1, 700, usize::MAX] {
            let contents = read_with(&archive, piece, &OpenOptions::default());
            assert_eq!(
                contents.names(),
                ["a/logs/app.log", "a/logs/empty.log", "a/logs/app.log.1.gz", "a/wide.txt"],
                "{kind}"
            );
            assert_eq!(contents.skipped, ["a/program.exe"], "{kind}");
            assert!(contents.errors.is_empty(), "{kind}: {:?}", contents.errors);
            let expected = [&text, "", &text, &text];
            assert!(contents.texts.iter().zip(expected).all(|((_, got), expected)| got == expected), "{kind}");
            let written = SystemTime::UNIX_EPOCH + Duration::from_secs(1_738_577_472);
            assert_eq!(contents.modified, [Some(written); 5], "{kind}");
        }
    }
}

#[test]
fn members_that_nobody_reads_are_passed_over() {
    let text = log(3000);
    let members = ["a.log", "b.log", "c.log"].map(|name| (name, text.as_bytes()));
    for (kind, archive) in ARCHIVERS {
        let reader = Box::new(Cursor::new(archive(&members)));
        let Ok(Text::Archive(mut archive)) = open_reader("a", reader, &OpenOptions::default()) else {
            panic!("{kind}")
        };
        let mut names = Vec::new();
        while let Some(member) = archive.next_member() {
            names.push(member.name);
        }
        assert_eq!(names, ["a/a.log", "a/b.log", "a/c.log"], "{kind}");
        assert!(archive.take_errors().is_empty(), "{kind}");
    }
}

#[test]
fn archives_in_archives_are_opened_up_to_a_depth() {
    let mut inner = tar(&[("app.log", b"error 10054\n")]);
    let mut path = "app.log".to_owned();
    for depth in 1..=6 {
        let contents = read(&inner);
        if depth <= 4 {
            assert_eq!(contents.names(), [format!("a/{path}")]);
            assert!(contents.errors.is_empty());
        } else {
            assert!(contents.texts.is_empty());
            assert_eq!(contents.kinds(), [ErrorKind::NestedTooDeep]);
        }
        let (name, archiver) = if depth % 2 == 0 { ("in.zip", ARCHIVERS[7].1) } else { ("in.tgz", ARCHIVERS[1].1) };
        inner = archiver(&[(name, &inner), ("program", b"\0\x01")]);
        path = format!("{name}/{path}");
    }
}

#[test]
fn globs_are_for_members_too() {
    let archive =
        tar(&[("logs/a.log", b"1"), ("logs/a.txt", b"2"), ("old/b.log", b"3"), ("in.tar", &tar(&[("c.log", b"4")]))]);
    let names = |globs: &[&str]| -> Vec<String> {
        let globs: Vec<String> = globs.iter().map(|glob| (*glob).to_owned()).collect();
        let options = OpenOptions { globs: Globs::new(&globs).unwrap(), ..OpenOptions::default() };
        read_with(&archive, 4000, &options).names().into_iter().map(str::to_owned).collect()
    };
    assert_eq!(names(&["*.log"]), ["a/logs/a.log", "a/old/b.log"]);
    assert_eq!(names(&["*.log", "*.tar", "!old/"]), ["a/logs/a.log", "a/in.tar/c.log"]);
    assert_eq!(names(&[]).len(), 4);
}

#[test]
fn of_an_archive_that_was_cut_short_what_is_there_is_read_and_the_place_named() {
    let text = log(200);
    let members = ["a.log", "b.log", "c.log"].map(|name| (name, text.as_bytes()));
    for (kind, archive) in ARCHIVERS {
        let whole = archive(&members);
        for eighths in 2..8 {
            let contents = read(&whole[..whole.len() * eighths / 8]);
            assert!(!contents.errors.is_empty() && contents.errors.len() <= 2, "{kind}: {:?}", contents.errors);
            let of_archive = contents.errors.iter().filter(|error| error.message().contains("archive ends")).count();
            assert!(of_archive <= 1, "{kind}: {:?}", contents.errors);
            assert!(contents.kinds().contains(&ErrorKind::Truncated), "{kind}: {:?}", contents.errors);
            let (last, before) =
                contents.texts.split_last().map_or((None, &[][..]), |(last, before)| (Some(last), before));
            assert!(before.iter().all(|(_, got)| *got == text), "{kind}");
            assert!(last.is_none_or(|(_, got)| text.starts_with(got.as_str())), "{kind}");
            // Decoders of whole blocks give nothing of one that is cut.
            let blocks = ["tar.bz2", "tar.zst", "tar.xz"].contains(&kind);
            assert!(blocks || contents.texts.len() >= eighths * 3 / 8, "{kind} {eighths}");
        }
    }
}

#[test]
fn behind_damage_the_next_members_are_read() {
    let text = log(50);
    let members = ["a.log", "b.log", "c.log"].map(|name| (name, text.as_bytes()));
    let mut damaged = tar(&members);
    let second = damaged.windows(5).position(|bytes| bytes == b"b.log").unwrap();
    damaged[second] ^= 1;
    let contents = read(&damaged);
    assert_eq!(contents.names(), ["a/a.log", "a/c.log"]);
    assert_eq!(contents.kinds(), [ErrorKind::Corrupt]);

    for streamed in [false, true] {
        let make = if streamed { streamed_zip } else { zip_of };
        // In the packed text of the second: what follows makes no sense, or has another checksum.
        let mut damaged = make(&members, DEFLATED);
        let second = damaged.windows(5).position(|bytes| bytes == b"b.log").unwrap();
        damaged[second + 200] ^= 0xFF;
        let contents = read(&damaged);
        assert_eq!(contents.names(), ["a/a.log", "a/b.log", "a/c.log"], "{:?}", contents.errors);
        assert!(contents.texts[0].1 == text && contents.texts[2].1 == text);
        assert_eq!(contents.kinds(), [ErrorKind::Corrupt], "{:?}", contents.errors);
        // Its header: the directory tells of one more.
        let mut damaged = make(&members, DEFLATED);
        damaged[second - 30] ^= 0xFF;
        let contents = read(&damaged);
        assert_eq!(contents.names(), ["a/a.log", "a/c.log"]);
        assert!(
            contents.errors[0].message().contains("of 3 members that it names 2 were found"),
            "{:?}",
            contents.errors
        );
    }
}

#[test]
fn what_zip_has_besides_is_read_or_named() {
    let text = log(100);
    for (method, bytes) in [(12, bzip2(text.as_bytes())), (93, zstd(text.as_bytes()))] {
        assert_eq!(
            read(&raw_zip("x.log", 0, method, &bytes, text.as_bytes())).texts,
            [("a/x.log".to_owned(), text.clone())]
        );
    }
    // Deflate64 knows stored blocks as deflate does: 0, 5, 0xFFFA, the text.
    let stored = b"\x01\x05\0\xFA\xFFhello";
    assert_eq!(read(&raw_zip("x.log", 0, 9, stored, b"hello")).texts, [("a/x.log".to_owned(), "hello".to_owned())]);
    let contents = read(&raw_zip("x.log", 0, 9, stored, b"hallo"));
    assert_eq!(contents.kinds(), [ErrorKind::Corrupt], "the checksum");
    for (flags, method, word) in [(1, 8, "1 member is encrypted"), (0, 14, "LZMA"), (0, 98, "PPMd")] {
        let contents = read(&raw_zip("x.log", flags, method, b"no matter", b"no matter"));
        assert!(contents.texts.is_empty());
        assert_eq!(contents.kinds(), [ErrorKind::Unsupported]);
        assert!(contents.errors[0].message().contains(word), "{:?}", contents.errors);
    }
    // Old .NET's separators; a name in the page of DOS; one that holds nothing.
    assert_eq!(read(&raw_zip("logs\\x.log", 0, 0, b"1", b"1")).names(), ["a/logs/x.log"]);
    let mut dos = raw_zip("x_.log", 0, 0, b"1", b"1");
    let at = dos.windows(2).position(|bytes| bytes == b"x_").unwrap();
    dos[at + 1] = 0x81;
    assert_eq!(read(&dos).names(), ["a/xü.log"]);
    assert!(read(&ZipWriter::new(Cursor::new(Vec::new())).finish().unwrap().into_inner()).errors.is_empty());
    // A stored zip within one, both written without going back: the inner's signs are not the outer's.
    let inner = streamed_zip(&[("in.log", text.as_bytes())], STORED);
    let outer = streamed_zip(&[("in.zip", &inner), ("out.log", b"end")], STORED);
    assert_eq!(read(&outer).names(), ["a/in.zip/in.log", "a/out.log"]);
}

#[test]
fn what_tar_has_besides_is_read_or_passed_over() {
    let mut builder = Builder::new(Vec::new());
    let long = format!("{}/app.log", "directory/".repeat(30));
    let mut header = Header::new_gnu();
    header.set_size(3);
    builder.append_data(&mut header, &long, &b"one"[..]).unwrap();
    let mut link = Header::new_gnu();
    link.set_entry_type(EntryType::Symlink);
    link.set_size(0);
    builder.append_link(&mut link, "link.log", "app.log").unwrap();
    let mut directory = Header::new_gnu();
    directory.set_entry_type(EntryType::Directory);
    directory.set_size(0);
    builder.append_data(&mut directory, "logs/", &b""[..]).unwrap();
    builder.append_pax_extensions([("path", &b"pax \xC3\xA9.log"[..]), ("mtime", b"1738577472.5")]).unwrap();
    let mut header = Header::new_ustar();
    header.set_size(3);
    builder.append_data(&mut header, "short", &b"two"[..]).unwrap();
    let first = builder.into_inner().unwrap();
    // As `cat` joins them, and with a tape's padding.
    let all = [first, tar(&[("behind.log", b"three")]), vec![0; 10_240]].concat();
    let contents = read(&all);
    assert!(contents.errors.is_empty(), "{:?}", contents.errors);
    assert_eq!(contents.names(), [&format!("a/{long}"), "a/pax é.log", "a/behind.log"]);
    let texts: Vec<&str> = contents.texts.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["one", "two", "three"]);
    assert_eq!(contents.modified[1], Some(SystemTime::UNIX_EPOCH + Duration::from_millis(1_738_577_472_500)));
}

#[test]
fn members_that_grow_too_much_together_end_the_archive() {
    let quiet = "all is well\n".repeat(20_000);
    let names: Vec<String> = (0..20).map(|number| format!("{number}.log")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), quiet.as_bytes())).collect();
    let bomb = tar(&[("bomb.zip", &zip_of(&members, DEFLATED))]);
    assert!(read(&bomb).errors.is_empty());
    // Each member alone is no bomb under these.
    let mut options = OpenOptions::default();
    (options.limits.expansion, options.limits.expansion_free_bytes) = (50, 1 << 20);
    let contents = read_with(&bomb, 5000, &options);
    assert_eq!(contents.kinds(), [ErrorKind::Bomb]);
    assert!((4..7).contains(&contents.texts.len()), "{}", contents.texts.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damage_anywhere_never_panics_nor_goes_on_for_ever(
        archiver in 0..ARCHIVERS.len(),
        hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        piece in 1_usize..3000,
    ) {
        let text = log(20);
        let inner = ARCHIVERS[(archiver + 3) % ARCHIVERS.len()].1(&[("in.log", text.as_bytes())]);
        let mut bytes = ARCHIVERS[archiver].1(&[("a.log", text.as_bytes()), ("in", &inner), ("d/", b"")]);
        for (at, byte) in hits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(Text::Archive(_)) = open_reader("a", Box::new(Cursor::new(bytes.clone())), &OpenOptions::default()) {
            let contents = read_with(&bytes, piece, &OpenOptions::default());
            prop_assert!(contents.texts.iter().map(|(_, text)| text.len()).sum::<usize>() < 1 << 20);
        }
    }
}
