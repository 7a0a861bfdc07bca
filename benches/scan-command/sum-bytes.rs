//! Adds up the bytes of a file: what reading costs when nothing is looked for.
use std::io::Read;

fn main() {
    let mut file = std::fs::File::open(std::env::args().nth(1).expect("a file")).expect("it opens");
    let mut block = vec![0_u8; 1 << 20];
    let mut sum = 0_u64;
    loop {
        let read = file.read(&mut block).expect("it reads");
        if read == 0 {
            break;
        }
        // Lanes of 32 bytes become vector additions.
        sum += block[..read].chunks(4096).map(|part| part.iter().map(|byte| u64::from(*byte)).sum::<u64>()).sum::<u64>();
    }
    println!("{sum}");
}
