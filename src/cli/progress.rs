//! A line that counts, on a terminal's standard error only: `1204 read, 310/s, 2 failed`.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

const EVERY: Duration = Duration::from_millis(100);

pub struct Progress {
    /// None where nobody watches.
    since: Option<Instant>,
    shown: Instant,
    read: u64,
    failed: u64,
}

impl Progress {
    /// `wanted` is false where the results themselves run over the terminal, and with `--quiet`.
    pub fn new(wanted: bool) -> Self {
        let now = Instant::now();
        let since = (wanted && io::stderr().is_terminal()).then_some(now);
        Self {
            since,
            shown: now,
            read: 0,
            failed: 0,
        }
    }

    pub fn count(&mut self, read: u64, failed: u64) {
        self.read += read;
        self.failed += failed;
        if self.shown.elapsed() >= EVERY {
            self.shown = Instant::now();
            self.show("");
        }
    }

    /// Frees the line for something else.
    pub fn clear(&self) {
        if self.since.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }

    /// Leaves the last count standing.
    pub fn end(&self) {
        self.show("\n");
    }

    fn show(&self, behind: &str) {
        if let Some(since) = self.since {
            let rate = self.read * 1000 / since.elapsed().as_millis().max(1) as u64;
            let (read, failed) = (self.read, self.failed);
            let _ = write!(
                io::stderr(),
                "\r{read} read, {rate}/s, {failed} failed\x1b[K{behind}"
            );
        }
    }
}
