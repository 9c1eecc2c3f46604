//! Character variants as const tables: traditional to simplified, Kangxi radical to character.
//!
//! The tables are read from their TSV files at compile time and cost nothing at start-up.

const FIRST: u32 = 0x4E00;
const ROWS: usize = 0x9FFF - 0x4E00 + 1;

static SIMPLIFIED: [u16; ROWS] = read_pairs(include_bytes!("variants.tsv"), [0; ROWS], FIRST);
static RADICALS: [u16; 0xE0] = read_pairs(include_bytes!("radicals.tsv"), [0; 0xE0], 0x2F00);

/// The simplified form of a character of U+4E00–U+9FFF, or the character itself.
#[inline]
pub(crate) fn simplified(ch: char) -> char {
    match SIMPLIFIED[(ch as u32 - FIRST) as usize] {
        0 => ch,
        code => char::from_u32(u32::from(code)).unwrap_or(ch),
    }
}

/// The character that a Kangxi radical of U+2F00–U+2FDF stands for.
pub(crate) fn radical(ch: char) -> char {
    match RADICALS.get((ch as u32 - 0x2F00) as usize) {
        Some(&code) if code > 0 => char::from_u32(u32::from(code)).unwrap_or(ch),
        _ => ch,
    }
}

/// Rows of `from TAB to LF`, both three bytes of UTF-8; lines that begin with `#` are the header.
const fn read_pairs<const N: usize>(tsv: &[u8], mut table: [u16; N], first: u32) -> [u16; N] {
    let mut at = 0;
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
            table[(from - first) as usize] = three_bytes(tsv, at + 4) as u16;
            at += 8;
        }
    }
    table
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
