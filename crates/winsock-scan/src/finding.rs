//! [`Finding`]: one Winsock error in one record, and the closed sets that describe it.

use std::ops::Range;

use winsock_codes::Code;
use winsock_codes::related::Lookalike;

use crate::time::Stamp;

/// One Winsock error, told by one record of a log.
///
/// Everything borrowed lives only during the call of the sink; [`OwnedFinding`](crate::OwnedFinding) keeps it longer.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Finding<'r> {
    /// The code.
    pub code: Code,
    /// Where the code is written: absolute byte offsets into the input, the first byte being 0. For a text form it is
    /// the recognised part of the text.
    pub span: Range<u64>,
    /// Line of `span.start`, counted from 1. Lines end with LF.
    pub line: u64,
    /// Column of `span.start` in its line, in bytes, counted from 1.
    pub column: u64,
    /// How the code is written.
    pub form: Form,
    /// How sure it is that this is a Winsock error and not a number or word that looks like one.
    pub confidence: Confidence,
    /// What speaks for it.
    pub evidence: Evidence,
    /// When, as far as the record or the lines shortly before it tell.
    pub time: Option<Stamp>,
    /// The failing operation, if the record names a function, verb or stack frame that says so, or the lines before a
    /// record without a date do.
    pub operation: Option<Operation>,
    /// The remote end of the failing operation, normalised to `host:port`, `[v6]:port` or a bare host: the record's, or
    /// what the columns of a table or the lines before say where the record names none.
    pub peer: Option<&'r str>,
    /// The language, library or product that wrote the record, if its wording shows that.
    pub runtime: Option<Runtime>,
    /// The record: one line, or a line and those that continue it (stack frames and the like).
    pub record: Record<'r>,
    /// Whether another code came first in the same record; this one is then more likely a consequence than a cause.
    pub follow_up: bool,
}

impl<'r> Finding<'r> {
    /// The bytes that `span` covers.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use winsock_scan::{Finding, Scanner};
    ///
    /// let mut seen = Vec::new();
    /// let mut keep = |finding: &Finding<'_>| {
    ///     seen.push(String::from_utf8_lossy(finding.written()).into_owned());
    ///     ControlFlow::Continue(())
    /// };
    /// Scanner::default().scan_slice(b"recv failed with error: 10054", &mut keep);
    /// assert_eq!(seen, ["10054"]);
    /// ```
    #[must_use]
    pub fn written(&self) -> &'r [u8] {
        let start = (self.span.start - self.record.span.start) as usize;
        let end = (self.span.end - self.record.span.start) as usize;
        &self.record.text[start..end]
    }
}

/// The lines that tell of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record<'r> {
    /// Absolute byte offsets, without the last line's end.
    pub span: Range<u64>,
    /// The bytes of `span`, whatever their encoding.
    pub text: &'r [u8],
    /// Line of the record's first byte, counted from 1.
    pub line: u64,
}

macro_rules! words {
    ($(#[$outer:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name { $($(#[$inner])* $variant,)* }

        impl $name {
            /// Every member, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The word that reports and JSON use.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }

            /// The member with this word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<$name> {
                match word { $($text => Some($name::$variant),)* _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

words! {
    /// How a code is written in a log.
    Form {
        /// A decimal number: `error 10054`.
        Decimal = "decimal",
        /// The code in hexadecimal: `0x2746`, `0x0000274D`.
        Hex = "hex",
        /// An HRESULT in hexadecimal: `0x80072746`.
        Hresult = "hresult",
        /// An HRESULT in decimal, signed or not: `-2147014842`, `2147952460`.
        HresultDecimal = "hresult-decimal",
        /// A kernel status of the network, as a number or by name: `0xC000020D`, `STATUS_CONNECTION_RESET`.
        Ntstatus = "ntstatus",
        /// The Apache Portable Runtime's 720000 + code: `E730054`.
        Apr = "apr",
        /// PJSIP's 120000 + code: `[status=130061]`.
        Pjsip = "pjsip",
        /// libuv's number on Windows: `errno: -4078`.
        Libuv = "libuv",
        /// Winsock's own name: `WSAECONNRESET`.
        Name = "name",
        /// A runtime's name of the code: `SocketError.ConnectionReset`, `SE_ECONNREFUSED`, `ECONNRESET`.
        RuntimeName = "runtime-name",
        /// The system's message text in English.
        Text = "text",
        /// The system's message text in another language.
        LocalizedText = "localized-text",
        /// A runtime's own wording that only its Windows build has: `Connection refused: connect`.
        RuntimeText = "runtime-text",
        /// The code minus 10000, as Oracle Net prints it, `64-bit Windows Error: 61`, and mod_jk on Windows, `(errno=61)`.
        Minus10000 = "minus-10000",
    }
}

words! {
    /// How sure a finding is. In order: `Low < Medium < High`.
    Confidence {
        /// A guess that a person should look at; only with [`assume_windows`](crate::ScannerBuilder::assume_windows).
        Low = "low",
        /// A number in an error context with words of networking around it.
        Medium = "medium",
        /// A form that nothing else has: a Winsock name, an HRESULT, the system's text, a number behind `WinError`.
        High = "high",
    }
}

words! {
    /// What speaks for a finding, the strongest reason first.
    Evidence {
        /// The written form itself belongs to Winsock alone.
        Form = "form",
        /// A word beside the number says that it is a Winsock error: `WinError`, `WSAGetLastError`, `SocketException`.
        Label = "label",
        /// The system's text for the same code stands in the same record.
        MatchingText = "matching-text",
        /// An error word beside the number, and a socket function or other word of networking in the record.
        Context = "context",
        /// A POSIX or runtime word, and proof in the record that it was written on Windows.
        Platform = "platform",
        /// The caller said that the log is from Windows.
        Assumed = "assumed",
    }
}

words! {
    /// The operation that failed: the closed list that reports use.
    Operation {
        /// `connect`, `ConnectEx`, dial.
        Connect = "connect",
        /// `accept`, `AcceptEx`.
        Accept = "accept",
        /// `bind`.
        Bind = "bind",
        /// `listen`.
        Listen = "listen",
        /// Making a socket: `socket`, `WSASocket`.
        Socket = "socket",
        /// `recv`, `WSARecv`, read.
        Recv = "recv",
        /// `send`, `WSASend`, write.
        Send = "send",
        /// Name resolution: `getaddrinfo`, lookup.
        Resolve = "resolve",
        /// `closesocket`.
        Close = "close",
        /// `shutdown`.
        Shutdown = "shutdown",
        /// `setsockopt`, `getsockopt`.
        Setsockopt = "setsockopt",
        /// `ioctlsocket`, `WSAIoctl`.
        Ioctl = "ioctl",
        /// Waiting for readiness: `select`, `WSAPoll`, `WSAEnumNetworkEvents`.
        Poll = "poll",
        /// `WSAStartup`.
        Startup = "startup",
    }
}

words! {
    /// The language, library or product whose way of writing a record has.
    Runtime {
        /// Apache httpd.
        Apache = "apache",
        /// A tool on the Apache Portable Runtime: Subversion, `ab`.
        Apr = "apr",
        /// Boost.Asio, Asio, `std::system_error`.
        Asio = "asio",
        /// The Bitcoin family.
        Bitcoin = "bitcoin",
        /// C or C++ with Winsock's own function names.
        Winsock = "winsock",
        /// Cosmos DB SDK.
        Cosmos = "cosmos",
        /// curl, libcurl.
        Curl = "curl",
        /// Dart, Flutter.
        Dart = "dart",
        /// Db2, Informix.
        Db2 = "db2",
        /// Delphi: Indy, `ScktComp`, ICS.
        Delphi = "delphi",
        /// .NET 5 and later, .NET Core.
        DotNet = "dotnet",
        /// .NET Framework.
        DotNetFramework = "dotnet-framework",
        /// Erlang, Elixir, RabbitMQ.
        Erlang = "erlang",
        /// Microsoft Exchange.
        Exchange = "exchange",
        /// FileZilla client and server.
        FileZilla = "filezilla",
        /// Firebird, InterBase.
        Firebird = "firebird",
        /// git.
        Git = "git",
        /// Go.
        Go = "go",
        /// gRPC's C core.
        Grpc = "grpc",
        /// Haskell's network package.
        Haskell = "haskell",
        /// hMailServer.
        HMailServer = "hmailserver",
        /// Icinga 2.
        Icinga = "icinga",
        /// Java.
        Java = "java",
        /// Microsoft's JDBC driver.
        Jdbc = "jdbc",
        /// libwebsockets.
        Libwebsockets = "libwebsockets",
        /// MDaemon.
        MDaemon = "mdaemon",
        /// MongoDB and its drivers.
        MongoDb = "mongodb",
        /// MySQL, MariaDB and their clients.
        MySql = "mysql",
        /// nginx for Windows.
        Nginx = "nginx",
        /// Node.js, libuv.
        Node = "node",
        /// ODBC and OLE DB drivers for SQL Server.
        Odbc = "odbc",
        /// Win32-OpenSSH.
        OpenSsh = "openssh",
        /// OpenSSL's tools and error queue.
        OpenSsl = "openssl",
        /// OpenVPN.
        OpenVpn = "openvpn",
        /// Oracle Net.
        Oracle = "oracle",
        /// Perl.
        Perl = "perl",
        /// PHP.
        Php = "php",
        /// PostgreSQL's server and libpq.
        Postgres = "postgres",
        /// PowerShell.
        PowerShell = "powershell",
        /// Python.
        Python = "python",
        /// Quake III's engine and its descendants.
        Quake = "quake",
        /// Redis and its clients.
        Redis = "redis",
        /// Ruby.
        Ruby = "ruby",
        /// Rust.
        Rust = "rust",
        /// SAP network interface.
        Sap = "sap",
        /// ADO.NET's SqlClient.
        SqlClient = "sqlclient",
        /// SQL Server's own log.
        SqlServer = "sqlserver",
        /// stunnel.
        Stunnel = "stunnel",
        /// Tor.
        Tor = "tor",
        /// Unreal Engine.
        Unreal = "unreal",
        /// Visual Basic 6.
        Vb6 = "vb6",
        /// The Windows Time service.
        W32Time = "w32time",
        /// Windows Communication Foundation.
        Wcf = "wcf",
        /// Zabbix.
        Zabbix = "zabbix",
    }
}

/// A Win32 or WinHTTP error that a record names and that is a neighbour of a Winsock code: reported apart, not counted.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Related<'r> {
    /// What the catalogue says of it.
    pub lookalike: &'static Lookalike,
    /// Where it is written: absolute byte offsets.
    pub span: Range<u64>,
    /// Line of `span.start`, counted from 1.
    pub line: u64,
    /// Column of `span.start` in its line, in bytes, counted from 1.
    pub column: u64,
    /// The record.
    pub record: Record<'r>,
}
