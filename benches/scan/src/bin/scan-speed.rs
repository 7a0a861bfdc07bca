//! `scan-speed FILE [ROUNDS]`: how fast the library goes over a file in the page cache, beside the sum of its bytes.
//!
//! Prints the median of the rounds, in GB/s: the sum over the mapped file (the floor), the scan of the mapped file with
//! one thread and two, and the chunked form with 1 MiB reads.

use std::fs::File;
use std::hint::black_box;
use std::io::Read;
use std::time::Instant;

use winsock_scan::{Count, Scanner, next_split};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let name = args.next().ok_or("scan-speed FILE [ROUNDS]")?;
    let rounds = args.next().map_or(Ok(5), |rounds| rounds.parse())?;
    let file = File::open(&name)?;
    // SAFETY: the file is one that this crate made, and nobody writes to it now.
    let map = unsafe { memmap2::Mmap::map(&file)? };
    let scanner = Scanner::new();
    let size = map.len();

    let mut count = Count::default();
    let summary = scanner.scan_slice(&map, &mut count);
    println!("{name}: {size} bytes, {} lines, {} findings", summary.lines, summary.findings);

    show("sum of bytes, mapped", size, rounds, || black_box(sum(&map)));
    show("scan, mapped, 1 thread", size, rounds, || scanner.scan_slice(&map, &mut Count::default()).findings);
    show("scan, mapped, 2 threads", size, rounds, || two_threads(&scanner, &map));
    show("scan, 1 MiB reads", size, rounds, || {
        let mut file = File::open(&name).expect("it was open a moment ago");
        let mut block = vec![0; 1 << 20];
        let mut stream = scanner.stream();
        let mut count = Count::default();
        loop {
            let read = file.read(&mut block).expect("it was readable a moment ago");
            if read == 0 || stream.feed(&block[..read], &mut count).is_break() {
                break;
            }
        }
        stream.finish(&mut count).findings
    });
    Ok(())
}

fn sum(bytes: &[u8]) -> u64 {
    bytes.chunks(1 << 16).map(|block| block.iter().map(|byte| u64::from(*byte)).sum::<u64>()).sum()
}

fn two_threads(scanner: &Scanner, map: &[u8]) -> u64 {
    let middle = next_split(map, map.len() / 2);
    std::thread::scope(|scope| {
        let second = scope.spawn(|| scanner.scan_range(map, middle..map.len(), 1, &mut Count::default()).findings);
        scanner.scan_range(map, 0..middle, 1, &mut Count::default()).findings
            + second.join().expect("the scan does not panic")
    })
}

fn show(what: &str, size: usize, rounds: usize, mut work: impl FnMut() -> u64) {
    let mut seconds = Vec::new();
    let mut on_processor = Vec::new();
    for _ in 0..rounds {
        let (start, cpu) = (Instant::now(), processor_seconds());
        black_box(work());
        seconds.push(start.elapsed().as_secs_f64());
        on_processor.push(processor_seconds() - cpu);
    }
    seconds.sort_by(f64::total_cmp);
    on_processor.sort_by(f64::total_cmp);
    let rate = |seconds: f64| size as f64 / seconds / 1e9;
    let (median, best) = (seconds[rounds / 2], seconds[0]);
    println!(
        "{what:26} {:7.3} GB/s by the clock (best {:.3}), {:7.3} GB/s by this thread's processor time (best {:.3})",
        rate(median),
        rate(best),
        rate(on_processor[rounds / 2]),
        rate(on_processor[0])
    );
}

/// Seconds that this thread has spent on a processor: what to look at on a machine that others use too.
fn processor_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}
