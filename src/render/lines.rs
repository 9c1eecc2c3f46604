//! Where the lines of a text begin: a byte position in, a line number out, or every line in turn.
//!
//! A line ends at `\n`, `\r\n` or a lone `\r`, as an editor shows it.

#[cfg(feature = "report")]
use std::ops::Range;

/// The first byte of every line.
pub(super) struct Lines(Vec<u32>);

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = (0..bytes.len()).filter(|&at| match bytes[at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        let mut starts = vec![0];
        starts.extend(ends.map(|at| at as u32 + 1));
        Self(starts)
    }

    /// The line that a byte stands in, from 1.
    pub(super) fn line(&self, byte: u32) -> u32 {
        self.0.partition_point(|&start| start <= byte) as u32
    }

    /// Every line with its end; what follows the last line end is a line where it holds something.
    #[cfg(feature = "report")]
    pub(super) fn ranges(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        let starts = self.0.iter().map(|&start| start as usize);
        let ends = starts.clone().skip(1).chain([text.len()]);
        starts
            .zip(ends)
            .map(|(start, end)| start..end)
            .filter(|line| !line.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let lines = Lines::new("一\n二\r\n三\r四");
        let found: Vec<u32> = [0, 3, 4, 7, 8, 9, 12, 13, 99]
            .map(|at| lines.line(at))
            .into();
        assert_eq!(found, [1, 1, 2, 2, 2, 3, 3, 4, 4]);
        assert_eq!(Lines::new("").line(0), 1);
    }
}
