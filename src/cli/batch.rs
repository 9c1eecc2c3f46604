//! An input cut into batches of whole lines.
//!
//! In: bytes as they come. Out: what has arrived up to its last line end, as soon as it has arrived; the rest
//! waits for its own line end. So a pause of the input holds nothing back, and a busy one fills its batches.

use std::io::{self, ErrorKind, Read};
use std::sync::Arc;

use super::failure;
use super::inputs::Input;

/// Whole lines.
#[derive(Debug)]
pub struct Batch {
    pub lines: Vec<u8>,
    /// The number of the first line, from 1.
    pub first: u64,
    /// What the input is called in a message.
    pub name: Arc<str>,
}

/// How much is asked for at a time.
const READ: usize = 64 * 1024;

/// The batches of one input, or the one message about what is wrong with it.
pub fn batches(input: Result<Input, String>) -> impl Iterator<Item = Result<Batch, String>> + Send {
    let opened = input.and_then(|input| {
        let name: Arc<str> = input.shown().into();
        let opened = input.open().map_err(|error| failure(&name, &error))?;
        Ok(Batches {
            input: opened,
            name: Arc::clone(&name),
            held: Vec::new(),
            next: 1,
            ended: false,
        }
        .map(move |batch| batch.map_err(|error| failure(&name, &error))))
    });
    let (batches, wrong) = match opened {
        Ok(batches) => (Some(batches), None),
        Err(message) => (None, Some(Err(message))),
    };
    wrong.into_iter().chain(batches.into_iter().flatten())
}

struct Batches<R> {
    input: R,
    name: Arc<str>,
    /// The start of a line whose end has not arrived.
    held: Vec<u8>,
    next: u64,
    ended: bool,
}

impl<R: Read> Iterator for Batches<R> {
    type Item = io::Result<Batch>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let arrived = self.held.len();
            match self.fill() {
                Ok(0) => self.ended = true,
                Ok(_) => {
                    if let Some(end) = self.held[arrived..].iter().rposition(|&byte| byte == b'\n')
                    {
                        let rest = self.held.split_off(arrived + end + 1);
                        return Some(Ok(self.batch(rest)));
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.ended = true;
                    self.held.clear();
                    return Some(Err(error));
                }
            }
        }
        (!self.held.is_empty()).then(|| Ok(self.batch(Vec::new())))
    }
}

impl<R: Read> Batches<R> {
    fn fill(&mut self) -> io::Result<usize> {
        let arrived = self.held.len();
        self.held.resize(arrived + READ, 0);
        let read = self.input.read(&mut self.held[arrived..]);
        self.held.truncate(arrived + *read.as_ref().unwrap_or(&0));
        read
    }

    fn batch(&mut self, rest: Vec<u8>) -> Batch {
        let lines = std::mem::replace(&mut self.held, rest);
        let first = self.next;
        self.next += lines.split(|&byte| byte == b'\n').count() as u64 - 1;
        Batch {
            lines,
            first,
            name: Arc::clone(&self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    /// Gives what arrives piece by piece.
    struct Pieces(VecDeque<&'static str>);

    impl Read for Pieces {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let piece = self.0.pop_front().unwrap_or_default();
            buffer[..piece.len()].copy_from_slice(piece.as_bytes());
            Ok(piece.len())
        }
    }

    #[track_caller]
    fn check(pieces: &[&'static str], expected: &[(u64, &str)]) {
        let input = Pieces(pieces.iter().copied().collect());
        let batches = Batches {
            input,
            name: "".into(),
            held: Vec::new(),
            next: 1,
            ended: false,
        };
        let found: Vec<_> = batches
            .map(|batch| {
                batch
                    .map(|batch| (batch.first, String::from_utf8(batch.lines).unwrap()))
                    .unwrap()
            })
            .collect();
        let found: Vec<_> = found
            .iter()
            .map(|(first, lines)| (*first, &**lines))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn whole_lines_leave_as_they_arrive() {
        check(&[], &[]);
        check(&["a\n"], &[(1, "a\n")]);
        check(&["a\nb\nc", "d", "\ne\n"], &[(1, "a\nb\n"), (3, "cd\ne\n")]);
        check(&["a", "b"], &[(1, "ab")]);
        check(&["a\n", "b"], &[(1, "a\n"), (2, "b")]);
    }
}
