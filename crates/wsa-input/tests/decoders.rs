//! Compressed and recoded inputs: whole, in a row, nested, cut, damaged, and bombs.

mod support;

use proptest::prelude::*;
use support::{PACKERS, gzip, log, read, read_in_pieces, utf16, xz_with_dictionary, zstd};
use wsa_input::{ErrorKind, Format, OpenOptions};

#[test]
fn every_compression_gives_the_text_back() {
    let text = log(2000).into_bytes();
    for (name, pack) in PACKERS {
        let packed = pack(&text);
        assert_ne!(Format::of(&packed), Format::Plain, "{name}");
        let (got, errors) = read(packed);
        assert!(got == text, "{name}");
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

#[test]
fn members_in_a_row_are_one_text() {
    let (first, second) = (log(300).into_bytes(), b"second member\n".to_vec());
    for (name, pack) in PACKERS {
        let packed = [pack(&first), pack(&second), pack(b""), pack(&first)].concat();
        let (got, errors) = read(packed);
        assert!(got == [&first[..], &second, &first].concat(), "{name}");
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

#[test]
fn compressed_twice_is_opened_twice_and_a_nest_of_dolls_is_refused() {
    let text = log(100).into_bytes();
    assert_eq!(read(gzip(&zstd(&text))).0, text);
    let mut doll = text;
    for _ in 0..6 {
        doll = gzip(&doll);
    }
    let (got, errors) = read(doll);
    assert!(got.is_empty());
    assert_eq!(errors[0].kind(), ErrorKind::NestedTooDeep);
}

#[test]
fn a_truncated_file_gives_what_is_there_and_says_so() {
    let text = log(20_000).into_bytes();
    for (name, pack) in PACKERS {
        let packed = pack(&text);
        let (got, errors) = read(packed[..packed.len() * 2 / 3].to_vec());
        assert!(got.len() > text.len() / 4, "{name}: only {} of {} bytes", got.len(), text.len());
        assert!(text.starts_with(&got), "{name}");
        assert_eq!(errors.len(), 1, "{name}: {errors:?}");
        assert_eq!(errors[0].kind(), ErrorKind::Truncated, "{name}: {}", errors[0]);
        assert!(errors[0].message().contains("were read and scanned"), "{name}: {}", errors[0]);
    }
}

#[test]
fn a_file_cut_anywhere_never_panics_and_never_passes_in_silence() {
    let text = log(40).into_bytes();
    for (name, pack) in PACKERS {
        let packed = pack(&text);
        for cut in 8..packed.len() {
            let (got, errors) = read(packed[..cut].to_vec());
            assert!(got.len() <= text.len(), "{name} cut at {cut}");
            // A few bytes of a magic number are a text of their own; from a format's header on, the cut is named.
            assert!(!errors.is_empty() || got == packed[..cut] || cut >= packed.len() - 4, "{name} cut at {cut}");
        }
    }
}

#[test]
fn damage_in_the_middle_is_named_and_what_came_before_is_kept() {
    let text = log(20_000).into_bytes();
    for (name, pack) in PACKERS {
        let mut packed = pack(&text);
        let middle = packed.len() / 2;
        for byte in &mut packed[middle..middle + 64] {
            *byte ^= 0x5A;
        }
        let (got, errors) = read(packed);
        assert!(!errors.is_empty(), "{name}");
        assert!(matches!(errors[0].kind(), ErrorKind::Corrupt | ErrorKind::Truncated), "{name}: {}", errors[0]);
        assert!(got.len() > text.len() / 10, "{name}: {} bytes", got.len());
    }
}

#[test]
fn padding_with_zeros_is_no_damage_and_rubbish_is() {
    for (name, pack) in PACKERS {
        let (got, errors) = read([pack(b"text\n"), vec![0; 1000]].concat());
        // zstd's own program takes zeros for rubbish too.
        assert_eq!((got, errors.len()), (b"text\n".to_vec(), usize::from(name == "zstd")), "{name}");
        let (got, errors) = read([pack(b"text\n"), b"rubbish".to_vec()].concat());
        assert_eq!(got, b"text\n", "{name}");
        assert_eq!(errors[0].kind(), ErrorKind::Corrupt, "{name}");
    }
}

fn small_limits() -> OpenOptions {
    let mut options = OpenOptions::default();
    options.limits.window_bytes = 1 << 20;
    options.limits.expansion = 50;
    options.limits.expansion_free_bytes = 1 << 20;
    options
}

#[test]
fn a_bomb_is_stopped_and_named() {
    let zeros = vec![b'0'; 4 << 20];
    for (name, pack) in PACKERS {
        let (got, errors) = read_in_pieces(pack(&zeros), usize::MAX, &small_limits());
        assert_eq!(errors.first().map(wsa_input::InputError::kind), Some(ErrorKind::Bomb), "{name}: {errors:?}");
        assert!(got.len() < 2 << 20, "{name}: {} bytes", got.len());
    }
}

#[test]
fn a_window_beyond_the_limit_is_refused_with_the_way_out() {
    // Text that does not compress away, so that neither decoder sees a bomb.
    let noise: String = (0_u64..400_000).map(|i| format!("{:x} ", i.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
    let packed = {
        let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
        encoder.window_log(22).unwrap();
        std::io::Write::write_all(&mut encoder, noise.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let (_, errors) = read_in_pieces(packed, usize::MAX, &small_limits());
    assert_eq!(errors[0].kind(), ErrorKind::WindowTooLarge, "{errors:?}");
    assert!(errors[0].message().contains("zstd -dc"), "{}", errors[0]);

    let packed = xz_with_dictionary(noise.as_bytes(), 8 << 20);
    let (got, errors) = read_in_pieces(packed, usize::MAX, &small_limits());
    assert_eq!(errors[0].kind(), ErrorKind::WindowTooLarge, "{errors:?}");
    assert!(got.len() >= (1 << 20) / 32 * 31, "what fits the limit is read");
    // A large dictionary is harmless while the text is short.
    let (got, errors) = read_in_pieces(xz_with_dictionary(b"short\n", 8 << 20), usize::MAX, &small_limits());
    assert_eq!((&got[..], errors.len()), (&b"short\n"[..], 0));
}

#[test]
fn utf16_is_recognised_with_and_without_mark_in_both_orders_and_compressed() {
    let text = log(500);
    for big in [false, true] {
        for mark in [false, true] {
            let recoded = utf16(&text, big, mark);
            assert_eq!(read(recoded.clone()).0, text.as_bytes(), "big {big} mark {mark}");
            assert_eq!(read(gzip(&recoded)).0, text.as_bytes(), "big {big} mark {mark}");
        }
    }
}

#[test]
fn a_lone_surrogate_or_half_a_unit_is_replaced_and_named() {
    let mut recoded = utf16("before ", false, true);
    recoded.extend([0x00, 0xD8]);
    recoded.extend(utf16(" after\n", false, false));
    recoded.push(b'x');
    let (got, errors) = read(recoded);
    assert_eq!(String::from_utf8(got).unwrap(), "before \u{FFFD} after\n\u{FFFD}");
    assert_eq!(errors[0].kind(), ErrorKind::IllFormedText);
}

#[test]
fn a_named_code_page_is_decoded_and_a_mark_outranks_it() {
    let options = |label: &str| OpenOptions { encoding: Some(label.parse().unwrap()), ..OpenOptions::default() };
    let cases: [(&str, &[u8], &str); 4] = [
        ("1251", b"\xCE\xF8\xE8\xE1\xEA\xE0 10060", "Ошибка 10060"),
        ("932", b"\x90\xDA\x91\xB1 10061", "接続 10061"),
        ("gbk", b"\xC1\xAC\xBD\xD3 10061", "连接 10061"),
        ("cp1252", b"R\xE9seau 10051", "Réseau 10051"),
    ];
    for (label, bytes, text) in cases {
        assert_eq!(read_in_pieces(bytes.to_vec(), 1, &options(label)).0, text.as_bytes(), "{label}");
    }
    let marked = utf16("text", false, true);
    assert_eq!(read_in_pieces(marked, usize::MAX, &options("gbk")).0, b"text");
    assert_eq!(read(b"\xEF\xBB\xBFtext".to_vec()).0, b"text");
}

#[test]
fn unsupported_inputs_are_named() {
    for (bytes, word) in
        [(&b"Rar!\x1A\x07\x01\0"[..], "RAR"), (b"7z\xBC\xAF\x27\x1C", "7-Zip"), (b"\xFF\xFE\0\0t\0\0\0", "UTF-32")]
    {
        let (got, errors) = read(bytes.to_vec());
        assert!(got.is_empty());
        assert_eq!(errors[0].kind(), ErrorKind::Unsupported);
        assert!(errors[0].message().contains(word), "{}", errors[0]);
    }
}

#[test]
fn nothing_is_a_text_too() {
    assert_eq!(read(Vec::new()).0, b"");
    for (name, pack) in PACKERS {
        let (got, errors) = read(pack(b""));
        assert!(got.is_empty() && errors.is_empty(), "{name}: {errors:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn text_does_not_depend_on_packing_or_on_the_size_of_the_pieces(
        lines in prop::collection::vec("[ -~é中]{0,60}", 1..60),
        piece in 1_usize..5000,
        packer in 0_usize..4,
        recode in 0_usize..3,
    ) {
        // ASCII at the head lets UTF-16 be recognised without a mark, as every log has.
        let text = format!("2025-02-03 10:11:12 start of log\r\n{}\n", lines.join("\n"));
        let bytes = match recode {
            0 => text.clone().into_bytes(),
            1 => utf16(&text, false, true),
            _ => utf16(&text, true, true),
        };
        let (got, errors) = read_in_pieces(PACKERS[packer].1(&bytes), piece, &OpenOptions::default());
        prop_assert_eq!(String::from_utf8(got).unwrap(), text);
        prop_assert!(errors.is_empty(), "{:?}", errors);
    }

    #[test]
    fn rubbish_behind_any_magic_number_never_panics(
        magic in prop::sample::select(vec![
            &b"\x1F\x8B\x08"[..], b"\x28\xB5\x2F\xFD", b"\x50\x2A\x4D\x18", b"\xFD7zXZ\0", b"BZh91AY&SY", b"ElfFile\0", b"\xFF\xFE", b"",
        ]),
        rubbish in prop::collection::vec(any::<u8>(), 0..3000),
    ) {
        let (got, _) = read([magic, &rubbish].concat());
        prop_assert!(got.len() < 64 << 20);
    }
}
