//! Numerals of markers and dates: glyphs in, a number and its length out.
//!
//! | form | example |
//! |---|---|
//! | additive | `十` `二十一` `一百零三` `三千二百` `廿五` `卅` |
//! | positional | `二〇一八` `二○二三` |
//! | digits | `12` (full width folded before) |
//! | year and serial | `〔2018〕64号` of a document number |

use crate::glyph::{Glyph, begins, is_close, is_open};

/// The digit that a Chinese character stands for.
fn digit(ch: char) -> Option<u32> {
    Some(match ch {
        '〇' | '○' | '零' | '◯' | 'Ｏ' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn unit(ch: char) -> Option<u32> {
    Some(match ch {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

/// A Chinese numeral at the start, up to 九千九百九十九, additive or positional: value and length in glyphs.
pub(crate) fn read_han(glyphs: &[Glyph]) -> Option<(u32, usize)> {
    let (mut total, mut pending, mut positional) = (0u32, None::<u32>, 0u32);
    let mut length = 0;
    let mut scaled = false;
    for glyph in glyphs.iter().take(9) {
        if let Some(value) = digit(glyph.ch) {
            positional = positional * 10 + value;
            pending = Some(value);
        } else if let Some(scale) = unit(glyph.ch) {
            total += pending.take().unwrap_or(1).max(1) * scale;
            scaled = true;
        } else if matches!(glyph.ch, '廿' | '卅' | '卌') && length == 0 {
            total = match glyph.ch {
                '廿' => 20,
                '卅' => 30,
                _ => 40,
            };
            scaled = true;
        } else {
            break;
        }
        length += 1;
    }
    if length == 0 || !scaled && length > 4 {
        return None;
    }
    let value = if scaled {
        total + pending.unwrap_or(0)
    } else {
        positional
    };
    (value <= 9999).then_some((value, length))
}

/// Digits at the start, at most nine: value and length in glyphs.
pub(crate) fn read_digits(glyphs: &[Glyph]) -> Option<(u32, usize)> {
    let length = glyphs
        .iter()
        .take(10)
        .take_while(|glyph| glyph.ch.is_ascii_digit())
        .count();
    if length == 0 || length > 9 {
        return None;
    }
    let value = glyphs[..length].iter().fold(0, |value, glyph| {
        value * 10 + (glyph.ch as u32 - '0' as u32)
    });
    Some((value, length))
}

/// Either form.
pub(crate) fn read(glyphs: &[Glyph]) -> Option<(u32, usize)> {
    read_digits(glyphs).or_else(|| read_han(glyphs))
}

/// Years that documents are numbered by.
const YEARS: std::ops::RangeInclusive<u32> = 1949..=2199;

/// A year at the start that documents may be numbered by: value and length in glyphs.
pub(crate) fn read_year(glyphs: &[Glyph]) -> Option<(u16, usize)> {
    let (year, length) = read(glyphs)?;
    YEARS.contains(&year).then_some((year as u16, length))
}

/// `〔2018〕64号`, `〔2018〕第64号` at the start: year, serial and length in glyphs.
pub(crate) fn read_year_serial(glyphs: &[Glyph]) -> Option<(u16, u32, usize)> {
    glyphs.first().filter(|glyph| is_open(glyph.ch))?;
    let (year, length) = read_year(&glyphs[1..])?;
    let mut at = 1 + length;
    glyphs.get(at).filter(|glyph| is_close(glyph.ch))?;
    at += 1;
    at += begins(&glyphs[at..], "第").unwrap_or(0);
    let (serial, length) = read(&glyphs[at..])?;
    at += length;
    glyphs.get(at).filter(|glyph| glyph.ch == '号')?;
    Some((year, serial, at + 1))
}

/// `Ⅰ`…`Ⅻ` or `I` `IV` `XII` at the start: value and length in glyphs.
pub(crate) fn read_roman(glyphs: &[Glyph]) -> Option<(u32, usize)> {
    let first = glyphs.first()?.ch as u32;
    if (0x2160..=0x216B).contains(&first) {
        return Some((first - 0x215F, 1));
    }
    if (0x2170..=0x217B).contains(&first) {
        return Some((first - 0x216F, 1));
    }
    let value = |ch| match ch {
        'I' => 1,
        'V' => 5,
        'X' => 10,
        _ => 0,
    };
    let length = glyphs
        .iter()
        .take(6)
        .take_while(|glyph| value(glyph.ch) > 0)
        .count();
    let (mut total, mut greatest) = (0u32, 0u32);
    // From the right: a smaller numeral before a greater one is taken away.
    for glyph in glyphs[..length].iter().rev() {
        let here: u32 = value(glyph.ch);
        total = if here < greatest {
            total.checked_sub(here)?
        } else {
            total + here
        };
        greatest = greatest.max(here);
    }
    (length > 0).then_some((total, length))
}

/// A number in one enclosed character: `①` `⑵` `⒊` `㈠` `❶` and so on, with the shape that encloses it.
pub(crate) fn enclosed(ch: char) -> Option<(u32, Enclosure)> {
    let code = ch as u32;
    Some(match code {
        0x2460..=0x2473 => (code - 0x245F, Enclosure::Circle),
        0x3251..=0x325F => (code - 0x3251 + 21, Enclosure::Circle),
        0x32B1..=0x32BF => (code - 0x32B1 + 36, Enclosure::Circle),
        0x2776..=0x277F => (code - 0x2775, Enclosure::Circle),
        0x2780..=0x2789 => (code - 0x277F, Enclosure::Circle),
        0x278A..=0x2793 => (code - 0x2789, Enclosure::Circle),
        0x24EB..=0x24F4 => (code - 0x24EB + 11, Enclosure::Circle),
        0x3280..=0x3289 => (code - 0x327F, Enclosure::Circle),
        0x2474..=0x2487 => (code - 0x2473, Enclosure::Brackets),
        0x2488..=0x249B => (code - 0x2487, Enclosure::Stop),
        0x3220..=0x3229 => (code - 0x321F, Enclosure::HanBrackets),
        _ => return None,
    })
}

/// What encloses a one-character number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Enclosure {
    /// `①`
    Circle,
    /// `⑴`
    Brackets,
    /// `⒈`
    Stop,
    /// `㈠`
    HanBrackets,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glyph::Page;

    fn check(text: &str, expected: Option<(u32, usize)>) {
        assert_eq!(read(&Page::new(text).glyphs), expected, "{text}");
    }

    #[test]
    fn reads_numerals() {
        check("一、", Some((1, 1)));
        check("十二、", Some((12, 2)));
        check("二十条", Some((20, 2)));
        check("一百零三条", Some((103, 4)));
        check("九千九百九十九", Some((9999, 7)));
        check("廿五日", Some((25, 2)));
        check("二〇一八年", Some((2018, 4)));
        check("二○二三年", Some((2023, 4)));
        check("１２．", Some((12, 2)));
        check("1234567890123", None);
        check("工作", None);
    }

    #[test]
    fn reads_other_numbers() {
        let roman = |text: &str| read_roman(&Page::new(text).glyphs);
        assert_eq!(roman("Ⅲ、"), Some((3, 1)));
        assert_eq!(roman("XIV."), Some((14, 3)));
        assert_eq!(roman("甲"), None);
        assert_eq!(enclosed('⑫'), Some((12, Enclosure::Circle)));
        assert_eq!(enclosed('㈢'), Some((3, Enclosure::HanBrackets)));
    }
}
