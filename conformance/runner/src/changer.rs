//! Changes the network of its namespace when a case asks for it by a datagram, and answers when that is done.
//!
//! | datagram | what |
//! |---|---|
//! | `address` | the host gets another address |
//! | `no-route` | there is no way to 203.0.113.0/24 any more |
//! | `unreachable` | the way to 203.0.113.0/24 is marked as leading nowhere |

use std::net::UdpSocket;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Serves 127.0.0.1:7777 until the process is ended.
pub(crate) fn serve() -> Result<()> {
    let socket = UdpSocket::bind("127.0.0.1:7777").context("bind 127.0.0.1:7777")?;
    let mut wish = [0; 64];
    loop {
        let (length, from) = socket.recv_from(&mut wish)?;
        let Some(wish) = wish.get(..length) else { continue };
        match wish {
            b"address" => ensure!(ip("addr add 192.0.2.77/24 dev out")?, "no address"),
            b"no-route" => ensure!(ip("route del 203.0.113.0/24")?, "no route to take away"),
            b"down" => ensure!(ip("link set out down")?, "the interface stays up"),
            b"unreachable" => {
                ensure!(ip("route del 203.0.113.0/24")?, "no route to take away");
                ensure!(ip("route add unreachable 203.0.113.0/24")?, "no route");
            }
            _ => continue,
        }
        socket.send_to(b"done", from)?;
    }
}

fn ip(arguments: &str) -> Result<bool> {
    let status = Command::new("ip").args(arguments.split(' ')).status().context("start ip")?;
    Ok(status.success())
}
