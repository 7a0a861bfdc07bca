//! Linux' own headers that no compiler for Windows has: with `--ws2-win32=yes` they are not there, so that a configure
//! script which looks for headers finds what it would find on Windows.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// What is hidden: what brings names that Winsock has too, and what a program takes for a sign of Unix. libc and libstdc++
/// include none of these themselves.
const HEADERS: [&str; 73] = [
    "arpa/inet.h",
    "arpa/nameser.h",
    "dlfcn.h",
    "execinfo.h",
    "glob.h",
    "grp.h",
    "ifaddrs.h",
    "linux/filter.h",
    "linux/if_packet.h",
    "linux/if_tun.h",
    "linux/ip.h",
    "linux/sockios.h",
    "linux/udp.h",
    "mntent.h",
    "mqueue.h",
    "net/ethernet.h",
    "net/if.h",
    "net/if_arp.h",
    "net/route.h",
    "netdb.h",
    "netinet/ether.h",
    "netinet/icmp6.h",
    "netinet/if_ether.h",
    "netinet/in.h",
    "netinet/in_systm.h",
    "netinet/ip.h",
    "netinet/ip6.h",
    "netinet/ip_icmp.h",
    "netinet/tcp.h",
    "netinet/udp.h",
    "netpacket/packet.h",
    "poll.h",
    "pty.h",
    "pwd.h",
    "resolv.h",
    "spawn.h",
    "sys/epoll.h",
    "sys/eventfd.h",
    "sys/file.h",
    "sys/inotify.h",
    "sys/ioctl.h",
    "sys/ipc.h",
    "sys/mman.h",
    "sys/mount.h",
    "sys/msg.h",
    "sys/poll.h",
    "sys/prctl.h",
    "sys/queue.h",
    "sys/random.h",
    "sys/resource.h",
    "sys/sem.h",
    "sys/sendfile.h",
    "sys/shm.h",
    "sys/signalfd.h",
    "sys/socket.h",
    "sys/statfs.h",
    "sys/statvfs.h",
    "sys/sysinfo.h",
    "sys/syslog.h",
    "sys/timerfd.h",
    "sys/times.h",
    "sys/uio.h",
    "sys/un.h",
    "sys/utsname.h",
    "sys/vfs.h",
    "sys/wait.h",
    "sys/xattr.h",
    "syslog.h",
    "termios.h",
    "utmp.h",
    "utmpx.h",
    "wait.h",
    "wordexp.h",
];

/// Of these Winsock has what matters: after its header they are empty. Headers that know Windows' compilers by name only,
/// such as curl's, include them on seeing gcc or clang.
const WINSOCKS: [&str; 4] = ["arpa/inet.h", "netdb.h", "netinet/in.h", "sys/socket.h"];

/// Writes headers of these names that the compiler refuses into a folder below this one, which it has to search before the
/// system's.
pub(crate) fn write(folder: &Path) -> Result<PathBuf> {
    put(folder, &HEADERS, |header| {
        let refusal = format!("#error \"<{header}> is not on Windows, which --ws2-win32=yes asks for\"\n");
        if WINSOCKS.contains(&header) { behind_winsock(&refusal) } else { refusal }
    })
}

/// The same of those that are empty behind Winsock's header, and only there, for a program that may be for several systems.
pub(crate) fn write_empty(folder: &Path) -> Result<PathBuf> {
    put(folder, &WINSOCKS, |header| behind_winsock(&format!("#pragma GCC system_header\n#include_next <{header}>\n")))
}

fn behind_winsock(otherwise: &str) -> String {
    format!("#ifndef _WINSOCK2API_\n{otherwise}#endif\n")
}

fn put(folder: &Path, headers: &[&str], text: impl Fn(&str) -> String) -> Result<PathBuf> {
    let folder = folder.join("hidden");
    for header in headers {
        let path = folder.join(header);
        let parent = path.parent().unwrap_or(&folder);
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&path, text(header)))
            .context("cannot write a hidden header")?;
    }
    Ok(folder)
}
