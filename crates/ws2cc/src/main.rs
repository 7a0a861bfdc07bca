//! `ws2cc` and, by that name, `ws2c++`.

fn main() -> std::process::ExitCode {
    ws2cc::main(std::env::args_os())
}
