//! Text in, readable characters and lines out.
//!
//! A [`Glyph`] is a character that a reader sees: blanks, controls and invisible characters are
//! left out, page marks on lines of their own too, width and bracket variants are folded to one
//! form, and each glyph remembers where it stands. So a hard wrap, a page mark or a no-break space
//! inside a word is dealt with here once, and every later room compares plain characters. The text
//! itself is never rewritten: glyphs hold positions in it, and every result is cut from it.
//!
//! | written | glyph |
//! |---|---|
//! | `（` `﹙` `(` | `(` |
//! | `：` `︰` `:` | `:` |
//! | `，` `,` | `,` |
//! | `１` `1` | `1` |
//! | `。`, `.` behind Chinese and before Chinese | `。` |
//! | `﹝` `〔` | `〔` |
//! | `責` `责` (only characters that the lexicon uses) | `责` |
//! | `**`, `>` in front of a line, zero width space, `U+3000` | none |

use std::borrow::Cow;
use std::ops::Range;

use crate::span::Span;
use crate::variants;

/// A character that a reader sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Glyph {
    /// Where it begins in the text.
    pub at: u32,
    /// Its folded form.
    pub ch: char,
}

/// A physical line; blank lines in a row are one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// Without the line break.
    pub span: Span,
    /// Its glyphs, as indices.
    pub first: u32,
    pub last: u32,
    /// Columns that it fills, full-width characters as two, outer blanks not counted.
    pub columns: u32,
    /// Columns of blank in front.
    pub indent: u32,
    /// Whether blanks stand between its glyphs.
    pub gaps: bool,
    /// Whether one of its glyphs is the bar of a table: `|`.
    pub bars: bool,
    /// A page mark such as `# Page 12:` or `—3—`; it has no glyphs.
    pub page_mark: bool,
}

impl Line {
    /// Whether a reader sees nothing on it.
    pub(crate) fn is_blank(&self) -> bool {
        self.first == self.last && !self.page_mark
    }
}

/// Glyphs that the number of an item may have: `第二十五条`.
const MARKER: usize = 5;

/// A text with its glyphs and lines.
pub(crate) struct Page<'t> {
    pub text: &'t str,
    pub glyphs: Vec<Glyph>,
    pub lines: Vec<Line>,
}

impl<'t> Page<'t> {
    /// One pass over the text; eight bytes a glyph.
    pub(crate) fn new(text: &'t str) -> Self {
        let mut page = Self {
            text,
            glyphs: Vec::with_capacity(text.len() / 3 + 16),
            lines: Vec::with_capacity(text.len() / 100 + 16),
        };
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            at = page.read_line(at);
        }
        page.drop_page_numbers();
        page
    }

    /// Makes page marks of the numbers that stand bare on lines a page apart and count up by one: `5`, `5/12`.
    fn drop_page_numbers(&mut self) {
        let mut marks: Vec<(usize, u32)> = Vec::new();
        // Lines behind the last mark, and their columns: cells are narrow.
        let (mut lines, mut columns) = (0, 0);
        for (at, line) in self.lines.iter().enumerate() {
            let Some(number) = page_number(&self.glyphs[line.first as usize..line.last as usize])
            else {
                lines += usize::from(!line.is_blank());
                columns += line.columns as usize;
                continue;
            };
            match marks.last() {
                Some(&(_, last))
                    if (last + 1..last + 3).contains(&number)
                        && columns >= PAGE.max(WIDE * lines) =>
                {
                    marks.push((at, number));
                }
                // A cell or a figure in the text.
                Some(_) if marks.len() > 1 => continue,
                _ => marks = vec![(at, number)],
            }
            (lines, columns) = (0, 0);
        }
        if marks.len() < 2 {
            return;
        }
        let mut glyphs = Vec::with_capacity(self.glyphs.len());
        let mut marks = marks.into_iter().map(|(at, _)| at).peekable();
        for (at, line) in self.lines.iter_mut().enumerate() {
            let own = line.first as usize..line.last as usize;
            line.first = glyphs.len() as u32;
            line.page_mark |= marks.next_if_eq(&at).is_some();
            if !line.page_mark {
                glyphs.extend_from_slice(&self.glyphs[own]);
            }
            line.last = glyphs.len() as u32;
        }
        self.glyphs = glyphs;
    }

    /// Reads the line that begins at `start`; the position behind its line break.
    fn read_line(&mut self, start: usize) -> usize {
        let first = self.glyphs.len();
        let mut columns = 0;
        let mut indent = 0;
        let mut trailing = 0;
        let mut end = self.text.len();
        let mut next = self.text.len();
        let mut starred = false;
        let mut gaps = false;
        let mut bars = false;
        let mut at = start;
        loop {
            let ideographs = self.read_ideographs(at);
            if ideographs > 0 {
                // Most of a text: no blank, no break, two columns each.
                gaps |= trailing > 0;
                columns += 2 * ideographs + trailing;
                trailing = 0;
                starred = false;
                at += ideographs as usize * IDEOGRAPH;
            }
            let Some(ch) = self.text[at..].chars().next() else {
                break;
            };
            if matches!(ch, '\u{3001}'..='\u{3020}' | '\u{FF01}'..='\u{FF5E}') && ch != '．' {
                // Most of the rest: `、` `，` `（`.
                gaps |= trailing > 0;
                columns += 2 + trailing;
                trailing = 0;
                starred = false;
                let folded = fold(ch);
                bars |= is_bar(folded);
                self.glyphs.push(Glyph {
                    at: at as u32,
                    ch: folded,
                });
                at += IDEOGRAPH;
                continue;
            }
            if ch == '&'
                && let Some(entity) = BLANK_ENTITIES
                    .iter()
                    .find(|entity| self.text[at..].starts_with(**entity))
            {
                at += entity.len();
                trailing += 1;
                continue;
            }
            if is_break(ch) {
                end = at;
                next = at + ch.len_utf8();
                if ch == '\r' && self.text.as_bytes().get(next) == Some(&b'\n') {
                    next += 1;
                }
                break;
            }
            let here = at as u32;
            at += ch.len_utf8();
            let wide = if (ch as u32) < 0x1100 { 1 } else { 2 };
            if is_blank(ch) {
                let wide = match ch {
                    '\t' => 4,
                    ' ' | '\u{a0}' | '\u{3000}' => wide,
                    _ => 0,
                };
                if self.glyphs.len() == first {
                    indent += wide;
                } else {
                    trailing += wide;
                }
                continue;
            }
            gaps |= trailing > 0;
            columns += wide + trailing;
            trailing = 0;
            if ch == '>' && self.glyphs.len() == first {
                // Markdown's quotation.
                continue;
            }
            if ch == '*' {
                // Markdown's `**` is dress, a single `*` may be text.
                if starred {
                    self.glyphs.pop();
                    starred = false;
                    continue;
                }
                starred = true;
            } else {
                starred = false;
            }
            let mut folded = fold(ch);
            if folded == '.' && self.ends_sentence(first, &self.text[at..]) {
                folded = '。';
            }
            bars |= is_bar(folded);
            self.glyphs.push(Glyph {
                at: here,
                ch: folded,
            });
        }
        // Nothing but a page break is a page mark too.
        let bare = self.glyphs.len() == first;
        let fed = bare && self.text.as_bytes().get(end) == Some(&0x0C);
        if let Some(above) = self.lines.last_mut()
            && bare
            && above.first == above.last
            && above.page_mark == fed
        {
            // Blank lines, and page breaks, in a row say no more than one.
            above.span.end = end as u32;
            return next;
        }
        let page_mark = fed || is_page_mark(&self.glyphs[first..]);
        if page_mark {
            self.glyphs.truncate(first);
        }
        self.lines.push(Line {
            span: Span::new(start as u32, end as u32),
            first: first as u32,
            last: self.glyphs.len() as u32,
            columns,
            indent,
            gaps,
            bars,
            page_mark,
        });
        next
    }

    /// Reads the ideographs that stand in a row from `start` on; how many.
    fn read_ideographs(&mut self, start: usize) -> u32 {
        let before = self.glyphs.len();
        let (characters, _) = self.text.as_bytes()[start..].as_chunks::<IDEOGRAPH>();
        let mut at = start as u32;
        for &bytes in characters {
            let Some(ch) = variants::ideograph(bytes) else {
                break;
            };
            self.glyphs.push(Glyph { at, ch });
            at += IDEOGRAPH as u32;
        }
        (self.glyphs.len() - before) as u32
    }

    /// Whether a half-width point is a full stop: behind Chinese or a figure that is no number of an item,
    /// before Chinese, a bracket or the end of the line, blanks left out.
    fn ends_sentence(&self, first: usize, rest: &str) -> bool {
        let han = |ch: char| matches!(ch, '\u{4E00}'..='\u{9FFF}');
        let Some(before) = self.glyphs.last().map(|glyph| glyph.ch) else {
            return false;
        };
        // `5.加强` behind other text is a number, `达到90.` before a bracket or the end is none.
        let (text, digit) = (
            han(before) || matches!(before, '”' | '》' | '"' | ')' | '%'),
            before.is_ascii_digit(),
        );
        let next = rest
            .trim_start_matches(|ch| is_blank(ch) && !is_break(ch))
            .chars()
            .next()
            .is_none_or(|ch| {
                han(ch) && !digit
                    || is_break(ch)
                    || matches!(ch, '(' | '（' | '[' | '【' | '〔' | '"' | '“')
            });
        let before = text || digit;
        let line = &self.glyphs[first..];
        let number = line.len() <= MARKER
            && line.iter().all(|glyph| {
                glyph.ch.is_ascii_alphanumeric()
                    || "一二三四五六七八九十百第条章节()〔〕.".contains(glyph.ch)
            });
        before && next && (!number || line.is_empty() && !digit)
    }

    /// Where the glyph ends in the text.
    pub(crate) fn end_of(&self, glyph: usize) -> u32 {
        let at = self.glyphs[glyph].at as usize;
        let length = match self.text.as_bytes()[at] {
            0..0x80 => 1,
            0x80..0xE0 => 2,
            0xE0..0xF0 => 3,
            _ => 4,
        };
        (at + length) as u32
    }

    /// The stretch of text from the first to the last of these glyphs.
    pub(crate) fn span(&self, first: usize, last: usize) -> Span {
        if first < last {
            Span::new(self.glyphs[first].at, self.end_of(last - 1))
        } else {
            let at = self
                .glyphs
                .get(first)
                .map_or(self.text.len() as u32, |glyph| glyph.at);
            Span::new(at, at)
        }
    }

    /// Verbatim text.
    pub(crate) fn cut(&self, span: Span) -> &'t str {
        &self.text[span.range()]
    }

    /// These glyphs as a person would write them in one line: wraps joined, blanks kept between
    /// Latin words only, width as written.
    pub(crate) fn reading(&self, first: usize, last: usize) -> Cow<'t, str> {
        let span = self.span(first, last);
        let verbatim = self.cut(span);
        // No character between them that is no glyph.
        if verbatim.chars().count() == last.saturating_sub(first) {
            return Cow::Borrowed(verbatim);
        }
        let mut reading = String::with_capacity(verbatim.len());
        let mut from = span.start as usize;
        for (before, pair) in (first..).zip(self.glyphs[first..last].windows(2)) {
            let (end, begin) = (self.end_of(before) as usize, pair[1].at as usize);
            if end == begin {
                continue;
            }
            reading.push_str(&self.text[from..end]);
            if pair[1].ch.is_ascii_alphanumeric() && pair[0].ch.is_ascii_alphabetic() {
                reading.push(' ');
            }
            from = begin;
        }
        reading.push_str(&self.text[from..span.end as usize]);
        Cow::Owned(reading)
    }

    /// Whether something blank, but no line break, stands between this glyph and the one before.
    pub(crate) fn spaced(&self, glyph: usize) -> bool {
        let Some(&[before, here]) = self.glyphs.get(glyph.wrapping_sub(1)..=glyph) else {
            return false;
        };
        // Most of a text: ideographs side by side.
        if !is_mark(before.ch) && !apart(before, here) {
            return false;
        }
        let gap = &self.text[self.end_of(glyph - 1) as usize..here.at as usize];
        !gap.contains(is_break)
            && gap
                .chars()
                .any(|ch| matches!(ch, ' ' | '\t' | '\u{a0}' | '\u{3000}'))
    }

    /// Whether a line break stands between this glyph and the one before.
    pub(crate) fn broken(&self, glyph: usize) -> bool {
        if glyph == 0 {
            return true;
        }
        let gap = &self.text[self.end_of(glyph - 1) as usize..self.glyphs[glyph].at as usize];
        !gap.is_empty() && gap.contains(is_break)
    }

    /// The glyphs of a span, as indices.
    pub(crate) fn range(&self, span: Span) -> Range<usize> {
        self.glyph_at(span.start)..self.glyph_at(span.end)
    }

    /// First glyph that begins at or behind a position of the text.
    pub(crate) fn glyph_at(&self, at: u32) -> usize {
        self.glyphs.partition_point(|glyph| glyph.at < at)
    }

    /// The line that holds a position of the text.
    pub(crate) fn line_at(&self, at: u32) -> usize {
        self.lines
            .partition_point(|line| line.span.start <= at)
            .saturating_sub(1)
    }
}

/// Columns of text that stand between the numbers of two pages at least.
const PAGE: usize = 600;

/// Columns that the lines of a page have on average at least.
const WIDE: usize = 30;

/// The number of a page that is all of a line: `5`, `5/12`.
fn page_number(line: &[Glyph]) -> Option<u32> {
    let digits = |glyphs: &[Glyph]| {
        let plain = (1..=4).contains(&glyphs.len());
        let value = |value: u32, glyph: &Glyph| Some(value * 10 + glyph.ch.to_digit(10)?);
        glyphs.iter().try_fold(0, value).filter(|_| plain)
    };
    if line.is_empty() || line.len() > 9 {
        return None;
    }
    match line.iter().position(|glyph| glyph.ch == '/') {
        Some(slash) => {
            let number = digits(&line[..slash])?;
            digits(&line[slash + 1..])
                .filter(|&all| all >= number)
                .map(|_| number)
        }
        None => digits(line),
    }
}

/// Bytes of a character of U+4E00–U+9FFF, or of a full-width mark.
const IDEOGRAPH: usize = 3;

/// Blanks that scraped text spells out.
const BLANK_ENTITIES: &[&str] = &[
    "&nbsp;", "&emsp;", "&ensp;", "&thinsp;", "&#160;", "&#xa0;", "&#12288;", "&zwj;", "&zwnj;",
];

/// Characters that end a line.
pub(crate) fn is_break(ch: char) -> bool {
    matches!(
        ch,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// White_Space, Default_Ignorable_Code_Point or a control: a reader sees nothing.
pub(crate) fn is_blank(ch: char) -> bool {
    match ch as u32 {
        0x4E00..=0x9FFF | 0x21..=0x7E => false,
        0..=0x20
        | 0x7F..=0xA0
        | 0xAD
        | 0x34F
        | 0x61C
        | 0x115F..=0x1160
        | 0x1680
        | 0x17B4..=0x17B5
        | 0x180B..=0x180F
        | 0x2000..=0x200F
        | 0x2028..=0x202F
        | 0x205F..=0x206F
        | 0x3000
        | 0x3164
        | 0xFE00..=0xFE0F
        | 0xFEFF
        | 0xFFA0
        | 0xFFF0..=0xFFF8
        | 0x1_BCA0..=0x1_BCA3
        | 0x1_D173..=0x1_D17A
        | 0xE_0000..=0xE_0FFF => true,
        _ => false,
    }
}

/// One form for what a reader takes as the same.
pub(crate) fn fold(ch: char) -> char {
    let code = ch as u32;
    match code {
        0x4E00..=0x9FFF => variants::simplified(ch),
        0..=0x7E => ch,
        // `、` `。` `《` `》` and their like.
        0x3001..=0x3007 | 0x300A..=0x300B | 0x3010..=0x3011 | 0x3014..=0x3015 => ch,
        0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(ch),
        _ => match ch {
            '｡' | '︒' => '。',
            '､' | '﹑' | '︑' => '、',
            '﹒' | '․' => '.',
            '﹐' | '︐' | '٬' => ',',
            '﹔' | '︔' => ';',
            '﹕' | '︓' | '︰' | '∶' | '꞉' => ':',
            '﹙' | '⁽' | '₍' | '︵' | '❨' => '(',
            '﹚' | '⁾' | '₎' | '︶' | '❩' => ')',
            '﹝' | '❲' | '〘' | '︹' | '⟮' => '〔',
            '﹞' | '❳' | '〙' | '︺' | '⟯' => '〕',
            '︻' | '〖' => '【',
            '︼' | '〗' => '】',
            '﹇' => '[',
            '﹈' => ']',
            '﹛' => '{',
            '﹜' => '}',
            '﹤' | '〈' | '‹' => '<',
            '﹥' | '〉' | '›' => '>',
            '「' | '『' => '“',
            '」' | '』' => '”',
            '﹏' | '﹍' | '﹎' => '_',
            '‐' | '‑' | '‒' | '–' | '―' | '─' | '━' | '－' | '﹣' | '−' => '—',
            '~' | '〜' | '∼' => '～',
            '０'..='９' => ch,
            '⼀'..='⿕' => variants::radical(ch),
            _ => ch,
        },
    }
}

/// How many glyphs of `word` stand at the start, if all do.
pub(crate) fn begins(glyphs: &[Glyph], word: &str) -> Option<usize> {
    let mut length = 0;
    for ch in word.chars() {
        if glyphs.get(length)?.ch != ch {
            return None;
        }
        length += 1;
    }
    Some(length)
}

/// How many glyphs of `word` stand at the end, if all do.
pub(crate) fn ends(glyphs: &[Glyph], word: &str) -> Option<usize> {
    let mut length = 0;
    for ch in word.chars().rev() {
        let at = glyphs.len().checked_sub(length + 1)?;
        if glyphs[at].ch != ch {
            return None;
        }
        length += 1;
    }
    Some(length)
}

/// Where `word` first stands.
pub(crate) fn find(glyphs: &[Glyph], word: &str) -> Option<usize> {
    let first = word.chars().next()?;
    let mut from = 0;
    loop {
        let at = from + glyphs[from..].iter().position(|glyph| glyph.ch == first)?;
        if begins(&glyphs[at..], word).is_some() {
            return Some(at);
        }
        from = at + 1;
    }
}

/// Whether these glyphs read the same.
pub(crate) fn same(one: &[Glyph], other: &[Glyph]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.ch == other.ch)
}

/// Whether something stands between a Chinese character and the glyph behind it.
pub(crate) fn apart(before: Glyph, behind: Glyph) -> bool {
    behind.at > before.at + IDEOGRAPH as u32
}

/// Whether it may be a mark: most characters are ideographs, and one look tells.
#[inline]
pub(crate) fn is_mark(ch: char) -> bool {
    ch < '\u{4E00}'
}

/// Whether it is a star that marks one unit of many: `★市教育局`.
pub(crate) fn is_star(ch: char) -> bool {
    matches!(ch, '*' | '★' | '☆' | '▲' | '△' | '※' | '#')
}

/// Whether it parts the cells of a table.
pub(crate) fn is_bar(ch: char) -> bool {
    matches!(ch, '|' | '│' | '┃' | '¦')
}

/// Whether it opens a bracket.
#[inline]
pub(crate) fn is_open(ch: char) -> bool {
    is_mark(ch) && matches!(ch, '(' | '〔' | '[' | '【' | '{' | '<')
}

/// Whether it closes a bracket.
#[inline]
pub(crate) fn is_close(ch: char) -> bool {
    is_mark(ch) && matches!(ch, ')' | '〕' | ']' | '】' | '}' | '>')
}

/// A page mark as PDF extraction leaves it, on a line of its own:
/// `# Page 12:` · `—3—` · `- 4 -` · `第5页` · `第 5 页 共 12 页` · `5/12` · `Page 5 of 12`.
fn is_page_mark(glyphs: &[Glyph]) -> bool {
    if glyphs.len() < 3 || glyphs.len() > 24 {
        return false;
    }
    let dash = |ch: char| matches!(ch, '—' | '-' | '·' | '…');
    let digits = glyphs
        .iter()
        .filter(|glyph| glyph.ch.is_ascii_digit())
        .count();
    if digits == 0 {
        return false;
    }
    let (first, last) = (glyphs[0].ch, glyphs[glyphs.len() - 1].ch);
    if dash(first) && dash(last) {
        return digits <= 4
            && glyphs
                .iter()
                .all(|glyph| dash(glyph.ch) || glyph.ch.is_ascii_digit());
    }
    if matches!(first, '第' | '共') && last == '页' {
        return glyphs.iter().all(|glyph| {
            glyph.ch.is_ascii_digit() || matches!(glyph.ch, '第' | '页' | '共' | ',' | '/')
        });
    }
    let mut rest = glyphs;
    if rest[0].ch == '#' {
        rest = &rest[1..];
    }
    let word = "page";
    if rest.len() > word.len()
        && rest
            .iter()
            .zip(word.chars())
            .all(|(glyph, ch)| glyph.ch.eq_ignore_ascii_case(&ch))
    {
        return rest[word.len()..]
            .iter()
            .all(|glyph| glyph.ch.is_ascii_digit() || matches!(glyph.ch, ':' | '/' | 'o' | 'f'));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let page = Page::new(text);
        let lines: Vec<String> = page
            .lines
            .iter()
            .map(|line| {
                if line.page_mark {
                    "#".into()
                } else {
                    page.glyphs[line.first as usize..line.last as usize]
                        .iter()
                        .map(|glyph| glyph.ch)
                        .collect()
                }
            })
            .collect();
        assert_eq!(lines.join("|"), expected);
    }

    #[test]
    fn folds_and_skips() {
        check(
            "（一）　牵 头\u{200b}单位：\r\n—3—\r省厅",
            "(一)牵头单位:|#|省厅",
        );
        check("**牵头单位**：＊", "牵头单位:*");
        check("第 5 页 共 12 页\n# Page 12:\n5\n", "#|#|5");
        check("責任單位﹕", "责任单位:");
        check("甲\n\u{c}乙\n\n丙", "甲|#|乙||丙");
        check("> 一、甲\n>\n>> 乙>丙", "一、甲||乙>丙");
    }

    #[test]
    fn spans_cut_the_text() {
        let page = Page::new("甲 乙\n𠮷丙");
        assert_eq!(page.cut(page.span(1, 3)), "乙\n𠮷");
        assert!(page.spaced(1) && !page.spaced(2) && page.broken(2));
    }
}
