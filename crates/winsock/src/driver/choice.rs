//! Which driver a process uses.

use std::sync::OnceLock;

use super::uring;

/// How completions are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DriverKind {
    /// Try, wait for readiness, try again. Works everywhere.
    Epoll,
    /// Hand the work to the kernel.
    IoUring,
}

/// The driver that completion ports of this process are made with.
///
/// The environment variable `WSA_DRIVER` (`epoll` or `io_uring`) decides, read once. Without it, or with another value,
/// it is epoll, which is everywhere and ends within a call what can end there, as Windows does. With few connections
/// io_uring is faster (`benches/runs/`). A demanded io_uring that the
/// kernel forbids (a container's seccomp filter, `kernel.io_uring_disabled`) is replaced by epoll as well, because a
/// program that worked yesterday shall work today.
///
/// ```
/// use winsock::driver::DriverKind;
///
/// assert!(matches!(winsock::driver::driver_kind(), DriverKind::Epoll | DriverKind::IoUring));
/// ```
#[must_use]
pub fn driver_kind() -> DriverKind {
    static KIND: OnceLock<DriverKind> = OnceLock::new();
    *KIND.get_or_init(|| choose(std::env::var("WSA_DRIVER").ok().as_deref(), uring::is_allowed))
}

fn choose(wish: Option<&str>, uring_is_allowed: impl FnOnce() -> bool) -> DriverKind {
    match wish {
        Some("io_uring") if uring_is_allowed() => DriverKind::IoUring,
        _ => DriverKind::Epoll,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_decides_within_what_the_kernel_allows() {
        assert_eq!(choose(Some("epoll"), || true), DriverKind::Epoll);
        assert_eq!(choose(Some("io_uring"), || true), DriverKind::IoUring);
        assert_eq!(choose(Some("io_uring"), || false), DriverKind::Epoll);
        assert_eq!(choose(None, || true), DriverKind::Epoll);
        assert_eq!(choose(Some("kqueue"), || true), DriverKind::Epoll);
    }
}
