//! Names and addresses: texts, the resolver, services and protocols.

pub mod addrinfo;
pub mod connect;
pub mod hosts;
pub mod services;
pub mod text_address;
