//! `Code` from and into `std::io::Error`.
#![cfg(feature = "std")]

use std::io::{Error, ErrorKind};

use winsock_codes::{Code, entries, errno};

#[test]
fn every_code_survives_the_way_through_io_error() {
    for entry in entries() {
        let error = Error::from(entry.code);
        assert_eq!(Code::from_io_error(&error), Some(entry.code), "{}", entry.name);
        if !cfg!(windows) {
            assert_eq!(error.kind(), entry.code.io_error_kind(), "{}", entry.name);
        }
    }
}

#[test]
fn every_kind_of_the_catalogue_is_a_kind_of_the_standard_library() {
    for entry in entries() {
        let kind = entry.code.io_error_kind();
        let word = entry.twins.rust;
        // Kinds that the standard library has and does not yet let others name come out as `Other`.
        let unnameable = ["Uncategorized", "TooManyOpenFiles"].contains(&word);
        assert_eq!(kind == ErrorKind::Other, unnameable, "{}: {word}", entry.name);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn linux_errors_are_what_windows_would_say() {
    let from_errno = |number| Code::from_io_error(&Error::from_raw_os_error(number));
    assert_eq!(from_errno(104), Some(Code::WSAECONNRESET));
    assert_eq!(from_errno(11), Some(Code::WSAEWOULDBLOCK));
    assert_eq!(from_errno(9), Some(Code::WSAENOTSOCK));
    assert_eq!(from_errno(5), None, "EIO has no Winsock twin");
}

/// The C library is the referee for its own texts.
#[test]
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn texts_are_those_of_strerror() {
    let known: Vec<i32> = (1..200).filter(|number| errno::name(*number).is_some()).collect();
    assert!(known.len() > 40);
    for number in known {
        let text = std::io::Error::from_raw_os_error(number).to_string();
        assert_eq!(errno::by_text(&text).map(|(found, _)| found), Some(number), "{text}");
    }
}
