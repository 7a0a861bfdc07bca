//! `scan-once FILE [ROUNDS]`: reads a file and scans it, for counting instructions and comparing findings.
//!
//! `valgrind --tool=callgrind target/release/scan-once FILE`; the difference between two values of ROUNDS is free of the
//! start. Prints the number of findings and a digest of everything they say, look-alikes excluded: two versions of the
//! library that print the same digest for a file found the same in it. ROUNDS of 0 prints the digest alone.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;

use winsock_scan::{Count, Finding, Scanner, ScannerBuilder};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let name = args.next().ok_or("scan-once FILE [ROUNDS]")?;
    let rounds: u32 = args.next().map_or(Ok(1), |rounds| rounds.parse())?;
    let input = std::fs::read(&name)?;
    if rounds == 0 {
        return digest(&name, &input);
    }
    let mut findings = 0;
    for _ in 0..rounds {
        findings += Scanner::new().scan_slice(&input, &mut Count::default()).findings;
    }
    println!("{name}: {findings} findings in {rounds} rounds");
    Ok(())
}

fn digest(name: &str, input: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
    for assumed in [false, true] {
        let mut hasher = DefaultHasher::new();
        let mut count = 0;
        let mut sink = |finding: &Finding<'_>| {
            count += 1;
            // Everything that a finding holds.
            format!("{finding:?}").hash(&mut hasher);
            ControlFlow::Continue(())
        };
        ScannerBuilder::new().assume_windows(assumed).build().scan_slice(input, &mut sink);
        println!("{name}: {count} findings, digest {:016x}, assume_windows {assumed}", hasher.finish());
    }
    Ok(())
}
