//! Where the examples run: as programs of this system with our library, and as Windows programs under wine.

use std::fmt;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// How long a program may take.
const LIMIT: Duration = Duration::from_secs(60);

/// A way to build and run the examples.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum World {
    Ours { compiler: &'static str },
    Wine,
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ours { compiler } => write!(f, "with {compiler}"),
            Self::Wine => f.write_str("under wine"),
        }
    }
}

/// The worlds that this machine has.
pub(crate) fn worlds() -> Vec<World> {
    let mut worlds = Vec::new();
    for compiler in ["gcc", "clang"] {
        if is_installed(compiler) {
            worlds.push(World::Ours { compiler });
        }
    }
    assert!(!worlds.is_empty(), "neither gcc nor clang is installed");
    if is_installed("x86_64-w64-mingw32-g++") && is_installed("wine") {
        worlds.push(World::Wine);
    } else {
        assert!(std::env::var_os("CI").is_none(), "mingw and wine are not installed");
        eprintln!("SKIPPED under wine: mingw and wine are not installed");
    }
    worlds
}

fn is_installed(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

impl World {
    /// Builds an example.
    pub(crate) fn build(&self, name: &str) -> Program {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/winsock").join(name);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("examples-{self:?}").replace(' ', "-"));
        std::fs::create_dir_all(&folder).unwrap();
        // Tests that run at the same time may build the same example.
        let stem = format!("{}-{:?}", source.file_stem().unwrap().to_str().unwrap(), std::thread::current().id());
        let path = folder.join(stem.replace(['(', ')'], "")).with_extension("exe");
        let output = self.compile(&source, &path);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name} {self:?} does not build:\n{said}");
        Program { world: self.clone(), path, folder }
    }

    fn compile(&self, source: &Path, program: &Path) -> Output {
        let warnings = ["-Wall", "-Wextra", "-Werror"];
        match self {
            Self::Ours { compiler } => {
                let mut driver = Command::new(env!("CARGO_BIN_EXE_ws2cc"));
                driver.env_remove("WS2_PREFIX").arg(format!("--ws2-compiler={compiler}")).arg("--ws2-no-retry");
                driver.args(warnings).arg(source).arg("-o").arg(program).output().unwrap()
            }
            Self::Wine => {
                let is_cxx = source.extension().is_some_and(|extension| extension == "cpp");
                let mut mingw = Command::new(if is_cxx { "x86_64-w64-mingw32-g++" } else { "x86_64-w64-mingw32-gcc" });
                mingw.args(warnings).arg("-static").arg(source).arg("-o").arg(program);
                mingw.args(["-liphlpapi", "-lmswsock", "-lws2_32"]).output().unwrap()
            }
        }
    }
}

/// An example that was built.
pub(crate) struct Program {
    world: World,
    path: PathBuf,
    folder: PathBuf,
}

impl Program {
    /// The folder in which it runs.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    fn command(&self) -> Command {
        let mut command = match self.world {
            World::Ours { .. } => Command::new(&self.path),
            World::Wine => {
                let mut wine = wine("wine");
                wine.arg(&self.path);
                wine
            }
        };
        // Cargo's search path would win over the program's own and may lead to an older library.
        command.current_dir(&self.folder).env_remove("LD_LIBRARY_PATH").stdin(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Runs it to its end, which must be a good one, and returns what it printed.
    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        let mut running = self.start(arguments);
        running.rest()
    }

    /// Starts it.
    pub(crate) fn start(&self, arguments: &[&str]) -> Running {
        let mut child = self.command().args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let printed = BufReader::new(child.stdout.take().unwrap());
        let name = format!("{:?} {}", self.world, self.path.file_stem().unwrap().display());
        Running { name, child, printed }
    }
}

/// A program that runs; it is ended with this value.
pub(crate) struct Running {
    name: String,
    child: Child,
    printed: BufReader<ChildStdout>,
}

impl Running {
    /// The port that a server says first.
    pub(crate) fn port(&mut self) -> u16 {
        let mut line = String::new();
        self.printed.read_line(&mut line).unwrap();
        line.trim().strip_prefix("on port ").unwrap_or_else(|| panic!("{}: {line:?}", self.name)).parse().unwrap()
    }

    /// Waits for its end and returns what it prints until then.
    pub(crate) fn rest(&mut self) -> String {
        let end = Instant::now() + LIMIT;
        let status = loop {
            match self.child.try_wait().unwrap() {
                Some(status) => break Some(status),
                None if Instant::now() > end => break None,
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        };
        if status.is_none() {
            self.child.kill().unwrap();
        }
        let mut printed = String::new();
        self.printed.read_to_string(&mut printed).unwrap();
        let printed = printed.replace('\r', "");
        match status {
            None => panic!("{} did not end; it printed\n{printed}", self.name),
            Some(status) => assert!(status.success(), "{}: {status}; it printed\n{printed}", self.name),
        }
        printed
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already, unless a test failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command with a wine of these tests' own, whose server is started first, by one of them.
fn wine(program: &str) -> Command {
    static STARTED: OnceLock<()> = OnceLock::new();
    let command = || {
        let mut command = Command::new(program);
        command
            .env("WINEPREFIX", Path::new(env!("CARGO_TARGET_TMPDIR")).join("wine"))
            .env("WINEDEBUG", "-all")
            .env("WINEDLLOVERRIDES", "mscoree,mshtml,winedbg.exe=")
            .env_remove("DISPLAY");
        command
    };
    STARTED.get_or_init(|| {
        let quiet =
            |command: &mut Command| command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        let status = quiet(command().args(["cmd", "/c", "exit"])).unwrap();
        assert!(status.success(), "wine does not start: {status}");
    });
    command()
}
