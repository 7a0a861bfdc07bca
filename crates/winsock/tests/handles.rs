//! The table of handles when it is full. Alone in its process, whose handles it takes.

use std::time::Duration;

use winsock::Code;
use winsock::wait::{self, Waited};

#[test]
fn handles_run_out_with_a_code_and_come_back() {
    const NO_SYSTEM_RESOURCES: Code = Code::new(1450);
    let descriptors = || std::fs::read_dir("/proc/self/fd").unwrap().count();
    let before = descriptors();
    let mut events = Vec::new();
    let refusal = loop {
        match wait::create_event(None, true, false) {
            Ok((event, _)) => events.push(event),
            Err(code) => break code,
        }
        assert!(events.len() < 1 << 20, "there is no limit");
    };
    assert_eq!(refusal, NO_SYSTEM_RESOURCES);
    assert!(events.len() > 200_000 && descriptors() < before + 50, "an event is memory and no descriptor");
    events.drain(..).for_each(|event| wait::close(event).unwrap());
    let (again, _) = wait::create_event(None, false, false).unwrap();
    assert_eq!(wait::wait_for_object(again, Some(Duration::ZERO), false), Ok(Waited::TimedOut));
}
