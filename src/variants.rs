//! Character variants as const tables: traditional to simplified, Kangxi radical to character.
//!
//! The tables are read from their TSV files at compile time and cost nothing at start-up.

const FIRST: u32 = 0x4E00;
const ROWS: usize = 0x9FFF - 0x4E00 + 1;

/// For each character its simplified form, most often itself.
static SIMPLIFIED: [char; ROWS] = read_pairs(include_bytes!("lexicon/variants.tsv"), FIRST);
static RADICALS: [char; 0xE0] = read_pairs(include_bytes!("lexicon/radicals.tsv"), 0x2F00);

/// The simplified form of a character of U+4E00–U+9FFF, or the character itself.
#[inline]
pub(crate) fn simplified(ch: char) -> char {
    SIMPLIFIED
        .get((ch as u32).wrapping_sub(FIRST) as usize)
        .copied()
        .unwrap_or(ch)
}

/// As [`simplified`], for the three bytes at a place of a UTF-8 text where a character begins; nothing
/// where they are another character.
#[inline]
pub(crate) fn ideograph([first, second, third]: [u8; 3]) -> Option<char> {
    // What the marker bits of three bytes add up to.
    const MARKS: u32 = (0xE0 << 12) + (0x80 << 6) + 0x80;
    // One or two bytes stay below `FIRST`, four pass the end.
    let code = (u32::from(first) << 12) + (u32::from(second) << 6) + u32::from(third);
    SIMPLIFIED
        .get(code.wrapping_sub(MARKS + FIRST) as usize)
        .copied()
}

/// The character that a Kangxi radical of U+2F00–U+2FDF stands for, or the radical itself.
pub(crate) fn radical(ch: char) -> char {
    RADICALS
        .get((ch as u32 - 0x2F00) as usize)
        .copied()
        .unwrap_or(ch)
}

/// For `N` characters from `first` on the one that takes its place: rows of `from TAB to LF`, both three
/// bytes of UTF-8; lines that begin with `#` are the header.
const fn read_pairs<const N: usize>(tsv: &[u8], first: u32) -> [char; N] {
    let mut table = ['\0'; N];
    let mut at = 0;
    while at < N {
        table[at] = character(first + at as u32);
        at += 1;
    }
    at = 0;
    while at < tsv.len() {
        if tsv[at] == b'#' {
            while tsv[at] != b'\n' {
                at += 1;
            }
            at += 1;
        } else {
            let from = three_bytes(tsv, at);
            assert!(
                tsv[at + 3] == b'\t' && tsv[at + 7] == b'\n',
                "a row is two characters of three bytes"
            );
            table[(from - first) as usize] = character(three_bytes(tsv, at + 4));
            at += 8;
        }
    }
    table
}

const fn character(code: u32) -> char {
    match char::from_u32(code) {
        Some(ch) => ch,
        None => panic!("no character"),
    }
}

const fn three_bytes(tsv: &[u8], at: usize) -> u32 {
    ((tsv[at] as u32 & 0x0F) << 12)
        | ((tsv[at + 1] as u32 & 0x3F) << 6)
        | (tsv[at + 2] as u32 & 0x3F)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_variants() {
        assert_eq!(simplified('責'), '责');
        assert_eq!(simplified('责'), '责');
        assert_eq!(radical('⽉'), '月');
    }
}
