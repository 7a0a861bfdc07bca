//! Windows event logs: whole, compressed, truncated and damaged.

#[path = "support/evtx.rs"]
mod evtx_file;
mod support;

use evtx_file::{Event, log};
use support::{gzip, read, read_in_pieces};
use wsa_input::{ErrorKind, OpenOptions};

const TIME: Event<'_> = Event {
    provider: "Microsoft-Windows-Time-Service",
    id: "134",
    level: "3",
    data: &[("ErrorMessage", "No such host is known.\r\n(0x80072AF9)"), ("RetryMinutes", "15")],
};
const SCHANNEL: Event<'_> =
    Event { provider: "Schannel", id: "36887", level: "2", data: &[("AlertDesc", "70 \u{e9}")] };

const TIME_LINE: &str = "2024-02-21T10:14:07.5Z Microsoft-Windows-Time-Service EventID=134 Level=Warning Computer=DC1 \
    ErrorMessage=No such host is known.\\r\\n(0x80072AF9) RetryMinutes=15\n";
const SCHANNEL_LINE: &str =
    "2024-02-21T10:14:07.5Z Schannel EventID=36887 Level=Error Computer=DC1 AlertDesc=70 \u{e9}\n";

fn text_of(bytes: Vec<u8>) -> (String, Vec<wsa_input::InputError>) {
    let (text, errors) = read(bytes);
    (String::from_utf8(text).unwrap(), errors)
}

#[test]
fn each_record_is_a_line_with_time_provider_event_and_data() {
    let (text, errors) = text_of(log(&[&[TIME, SCHANNEL], &[TIME]]));
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(text, format!("{TIME_LINE}{SCHANNEL_LINE}{TIME_LINE}"));
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn a_compressed_log_in_small_pieces_gives_the_same() {
    let file = log(&[&[TIME], &[SCHANNEL]]);
    let (text, errors) = read_in_pieces(gzip(&file), 777, &OpenOptions::default());
    assert_eq!(String::from_utf8(text).unwrap(), format!("{TIME_LINE}{SCHANNEL_LINE}"));
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn unused_chunks_are_no_damage() {
    let mut file = log(&[&[TIME]]);
    file.extend(vec![0; 65536]);
    file.extend(&log(&[&[SCHANNEL]])[4096..]);
    let (text, errors) = text_of(file);
    assert_eq!(text, format!("{TIME_LINE}{SCHANNEL_LINE}"));
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn a_truncated_log_gives_its_whole_chunks_and_says_where_it_ends() {
    let file = log(&[&[TIME], &[SCHANNEL]]);
    let (text, errors) = text_of(file[..file.len() - 1000].to_vec());
    assert_eq!(text, TIME_LINE);
    assert_eq!(errors[0].kind(), ErrorKind::Truncated);
    assert!(errors[0].message().contains("chunk 2"), "{}", errors[0]);
    assert_eq!(text_of(file[..2000].to_vec()).1[0].kind(), ErrorKind::Truncated);
    // Cut where a chunk ends: the header tells how many there were.
    let (text, errors) = text_of(file[..4096 + 65_536].to_vec());
    assert_eq!((&*text, errors.len()), (TIME_LINE, 1));
    assert_eq!((errors[0].kind(), errors[0].message().contains("1 of its 2 chunks")), (ErrorKind::Truncated, true));
}

#[test]
fn a_damaged_chunk_is_named_and_the_others_are_read() {
    let mut file = log(&[&[TIME], &[SCHANNEL], &[TIME]]);
    let second = 4096 + 65536;
    file[second..second + 8].copy_from_slice(b"garbage!");
    let (text, errors) = text_of(file);
    assert_eq!(text, format!("{TIME_LINE}{TIME_LINE}"));
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].kind(), ErrorKind::EventLog);
    assert!(errors[0].message().contains("chunk 2"), "{}", errors[0]);
}

#[test]
fn damage_inside_a_record_is_named_and_nothing_panics_wherever_it_is() {
    let file = log(&[&[TIME, SCHANNEL], &[TIME]]);
    let mut named = 0;
    for at in (4096..4096 + 1800).step_by(7) {
        let mut damaged = file.clone();
        damaged[at] ^= 0xFF;
        let (text, errors) = text_of(damaged);
        assert!(text.ends_with(TIME_LINE), "the second chunk is unharmed; damage at {at}");
        named += usize::from(!errors.is_empty());
    }
    assert!(named > 100, "{named} of 257 damages were noticed");
}
