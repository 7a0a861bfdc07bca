//! `make-log KIND BYTES FILE`: writes a made log; KIND is `mixed` (0.5% errors), `errors`, `clean` or `traps`.

use std::io::BufWriter;

use wsa_bench_scan::{Kind, write_log};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [kind, bytes, file] = &args[..] else { return Err("make-log KIND BYTES FILE".into()) };
    let kind = match kind.as_str() {
        "mixed" => Kind::PerMille(5),
        "clean" => Kind::PerMille(0),
        "errors" => Kind::Errors,
        "traps" => Kind::Traps,
        other => return Err(format!("{other}: not one of mixed, errors, clean, traps").into()),
    };
    let mut out = BufWriter::with_capacity(1 << 20, std::fs::File::create(file)?);
    write_log(&mut out, kind, bytes.parse()?, 2025)?;
    Ok(())
}
