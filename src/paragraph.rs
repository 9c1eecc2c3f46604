//! Lines in, paragraphs out: hard wraps joined, markers found.
//!
//! | between two lines | decided by |
//! |---|---|
//! | the second begins with a marker that fits | a new paragraph |
//! | the second begins with a label (`责任单位：`) | a new paragraph |
//! | a blank line (not beside a page mark, nor behind every wrapped line) | a new paragraph |
//! | the text is hard-wrapped and the first line is full | joined |
//! | the first ends in `、` `，` or the second begins with `，` `。` `）` | joined |
//! | both fit into one line of the page: PDF extraction splits lines at quotes and brackets | joined |
//!
//! Every line is looked at once, with at most [`LOOK`] glyphs ahead.

use crate::date;
use crate::glyph::{Glyph, Line, Page, apart, begins, find, is_close, is_mark, is_open};
use crate::label::{self, LabelKind};
use crate::marker::{self, Mark};
use crate::model::MarkerStyle;
use crate::numeral;
use crate::table::{Rows, Strip};
use crate::{lexicon, unit};

/// Lines that a text has at least, where a blank line behind each of them says nothing.
const SPACED: usize = 12;

/// Columns of the narrowest page whose margin shows, and lines that break off at it.
const MARGIN: u32 = 40;
const BROKEN: usize = 3;

/// Columns of a line that may have broken off before its last character.
const FILLED: u32 = 40;

/// Glyphs that a title may have, and paragraphs that may stand over it.
const TITLE: usize = 120;
const ABOVE_TITLE: usize = 12;

/// Lines from the top that may be a document number.
const NUMBERED: usize = 40;

/// Glyphs that the label of an annex may have: `附件10：`.
const ANNEX: usize = 6;

/// Glyphs looked ahead from the start of a line.
const LOOK: usize = 24;

/// Glyphs that a bracket may hold open over a line break.
const OPEN: usize = 600;

/// Glyphs that a heading hardly has.
const LONG: usize = 40;

/// Columns of blank in front of the first line of a paragraph; a centred line has more.
const INDENT: std::ops::Range<u32> = 2..6;

/// Lines that belong together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paragraph {
    /// Its lines, as indices.
    pub line: u32,
    pub last_line: u32,
    /// Its glyphs, as indices; Markdown dress in front is left out.
    pub first: u32,
    pub last: u32,
    /// The marker in front, if there is one.
    pub mark: Option<Mark>,
    /// The rows of a table that it is, if a table has claimed its lines.
    pub rows: Option<Rows>,
}

impl Paragraph {
    /// Its glyphs.
    pub(crate) fn glyphs<'p>(&self, page: &'p Page<'_>) -> &'p [Glyph] {
        &page.glyphs[self.first as usize..self.last as usize]
    }

    /// Its glyphs behind the marker.
    pub(crate) fn body<'p>(&self, page: &'p Page<'_>) -> &'p [Glyph] {
        let glyphs = self.glyphs(page);
        &glyphs[self.mark.map_or(0, |mark| mark.length).min(glyphs.len())..]
    }

    /// Whether its marker goes on behind it, `（三十` over `九）`.
    fn breaks_off(&self) -> bool {
        self.mark
            .is_some_and(|mark| mark.length > (self.last - self.first) as usize)
    }
}

/// How the lines of a text are laid out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    /// Columns of a full line, where the text is hard-wrapped.
    pub wrap: Option<u32>,
    /// Whether paragraphs are told by their indent: many lines have none.
    pub indented: bool,
    /// Whether a blank line stands behind every line, so that it parts no paragraphs.
    pub spaced: bool,
}

impl Layout {
    /// As it is where nothing is known of the lines.
    const PLAIN: Self = Self {
        wrap: None,
        indented: false,
        spaced: false,
    };
}

/// A text is hard-wrapped where many lines of about the same width end in the middle of a sentence
/// and the line below goes on with it.
pub(crate) fn read_layout(page: &Page<'_>, claimed: &[Strip]) -> Layout {
    let mut strips = claimed.iter().peekable();
    let free = |&(index, _): &(usize, &Line)| {
        while strips
            .next_if(|strip| (strip.last_line as usize) < index)
            .is_some()
        {}
        strips
            .peek()
            .is_none_or(|strip| index < strip.line as usize)
    };
    let mut lines: Vec<&Line> = page
        .lines
        .iter()
        .enumerate()
        .filter(free)
        .map(|(_, line)| line)
        .collect();
    let mut widths: Vec<u32> = lines
        .iter()
        .filter(|line| line.first < line.last)
        .map(|line| line.columns + line.indent.min(4))
        .collect();
    if widths.len() < 3 {
        return Layout::PLAIN;
    }
    let count = widths.len();
    let at = (count * 95 / 100).min(count - 1);
    let (_, &mut width, _) = widths.select_nth_unstable(at);
    if !(16..=140).contains(&width) {
        return Layout::PLAIN;
    }
    let adjacent = lines
        .windows(2)
        .filter(|pair| !pair[0].is_blank() && !pair[1].is_blank())
        .count();
    let spaced = count >= SPACED && adjacent * 20 <= count;
    if spaced {
        lines.retain(|line| !line.is_blank());
    }
    let goes_on = |line: &Line| {
        !line.is_blank() && !is_day(&page.glyphs[line.first as usize..line.last as usize])
    };
    let full = lines
        .windows(2)
        .filter(|pair| pair[0].first < pair[0].last && goes_on(pair[1]))
        .map(|pair| pair[0])
        .filter(|line| line.columns + line.indent.min(4) + 6 >= width)
        .filter(|line| !ends_sentence(page.glyphs[line.last as usize - 1].ch))
        .count();
    let flush = lines
        .iter()
        .filter(|line| line.first < line.last && line.indent < INDENT.start)
        .count();
    // Of lines that are paragraphs of their own some are as wide as most, and some much wider.
    let extent = |line: &Line| line.columns + line.indent.min(4);
    let widest = lines.iter().map(|line| extent(line)).max().unwrap_or(0);
    let times = if spaced && widest > width + 4 { 4 } else { 10 };
    let mut wrap = (full >= 2 && full * times >= count).then_some(width);
    if wrap.is_none() && (MARGIN..=140).contains(&widest) {
        // Most paragraphs are short, but no line passes the margin, and those that reach it break off.
        let broken = lines
            .windows(2)
            .filter(|pair| extent(pair[0]) + 2 >= widest && breaks_off(page, pair[0], pair[1]))
            .count();
        wrap = (broken >= BROKEN && broken * 40 >= count).then_some(widest);
    }
    Layout {
        wrap,
        indented: flush * 3 >= count,
        spaced: spaced && wrap.is_some(),
    }
}

/// Whether a line ends in the middle of a sentence, and the line below goes on with it.
fn breaks_off(page: &Page<'_>, line: &Line, below: &Line) -> bool {
    let glyphs = |line: &Line| &page.glyphs[line.first as usize..line.last as usize];
    let (Some(end), [start, ..]) = (glyphs(line).last(), glyphs(below)) else {
        return false;
    };
    let below_glyphs = glyphs(below);
    let starts = marker::read(below_glyphs).is_some() || label::read_front(below_glyphs).is_some();
    is_han(end.ch)
        && !starts
        && below.indent <= line.indent
        && (continues(start.ch) || is_han(start.ch))
        && !is_day(below_glyphs)
}

fn is_han(ch: char) -> bool {
    matches!(ch, '\u{4E00}'..='\u{9FFF}')
}

/// Groups the lines of a text; lines that a table has claimed stay as they are.
pub(crate) fn read_paragraphs(
    page: &Page<'_>,
    layout: Layout,
    claimed: &[Strip],
) -> Vec<Paragraph> {
    let mut reader = Reader {
        page,
        layout,
        decimals: page.lines.iter().any(|line| {
            let glyphs = &page.glyphs[line.first as usize..line.last as usize];
            let (_, digits) = numeral::read_digits(glyphs).unwrap_or_default();
            digits > 0
                && begins(&glyphs[digits..], ".1").is_some()
                && marker::read(glyphs).is_some_and(|mark| {
                    mark.style == MarkerStyle::Decimal && mark.ordinal == Some(1)
                })
        }),
        paragraphs: Vec::with_capacity(page.lines.len()),
        last: [0; 16],
        visual: 0,
        open: Vec::new(),
    };
    let mut strips = claimed.iter().peekable();
    let (mut blank, mut beside_mark) = (false, false);
    for (index, line) in page.lines.iter().enumerate() {
        if let Some(strip) = strips.peek().filter(|strip| strip.line as usize <= index) {
            if strip.line as usize == index {
                reader.claim(strip);
            }
            // What follows a table begins a paragraph.
            (blank, beside_mark) = (true, false);
            strips.next_if(|strip| strip.last_line as usize == index);
        } else if line.page_mark {
            beside_mark = true;
        } else if line.is_blank() {
            blank = true;
        } else {
            reader.add(index, blank && !beside_mark && !layout.spaced, beside_mark);
            blank = false;
            beside_mark = false;
        }
    }
    let mut paragraphs = reader.paragraphs;
    for at in 0..paragraphs.len() {
        // A table, or the end of the text, cut the marker off.
        if paragraphs[at].breaks_off() || counts_on(page, &paragraphs[at..]) {
            paragraphs[at].mark = None;
        }
    }
    paragraphs
}

/// Whether the first of these paragraphs counts on in its own text, `一是…；二是…`, and the next does not.
fn counts_on(page: &Page<'_>, paragraphs: &[Paragraph]) -> bool {
    let ordinal = |paragraph: &Paragraph, ordinal| {
        paragraph.mark.is_some_and(|mark| {
            mark.style == MarkerStyle::Ordinal && mark.length == 2 && mark.ordinal == Some(ordinal)
        })
    };
    ordinal(&paragraphs[0], 1)
        && !paragraphs.get(1).is_some_and(|next| ordinal(next, 2))
        && ["二是", "二要"]
            .iter()
            .any(|word| find(paragraphs[0].body(page), word).is_some())
}

/// How the paragraph before ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// Another paragraph follows.
    Closed,
    /// A line that PDF extraction split, unless a marker follows.
    Seam,
    /// It goes on.
    Open,
}

struct Reader<'p, 't> {
    page: &'p Page<'t>,
    layout: Layout,
    /// Whether items are numbered `1.1`, `2.1`: then `1 总则` is one too.
    decimals: bool,
    paragraphs: Vec<Paragraph>,
    /// The last ordinal accepted of each style.
    last: [u32; 16],
    /// Columns filled of the current line of the page.
    visual: u32,
    /// Brackets open in the current paragraph, as glyph indices.
    open: Vec<u32>,
}

impl Reader<'_, '_> {
    fn claim(&mut self, strip: &Strip) {
        let (first, last) = (
            self.page.lines[strip.line as usize].first,
            self.page.lines[strip.last_line as usize].last,
        );
        self.open.clear();
        self.paragraphs.push(Paragraph {
            line: strip.line,
            last_line: strip.last_line,
            first,
            last,
            mark: None,
            rows: Some(strip.rows),
        });
    }

    fn add(&mut self, index: usize, blank: bool, beside_mark: bool) {
        let line = &self.page.lines[index];
        let (first, mark) = self.read_start(line.first as usize, line.last as usize);
        let glyphs = &self.page.glyphs[first..];
        let end = self.end_before(index, blank, beside_mark);
        let accepted = mark
            .filter(|&mark| self.fits(mark, end != End::Open, &glyphs[..glyphs.len().min(LOOK)]));
        let ended = end == End::Closed;
        let starts = accepted.is_some()
            || self.starts_label(glyphs, line.last as usize - first, ended)
            || ended && !self.holds_open(line.first, blank);
        if starts || self.paragraphs.is_empty() {
            self.open.clear();
            if let Some(mark) = accepted {
                self.last[mark.style as usize] = mark.ordinal.unwrap_or(0);
            }
            self.paragraphs.push(Paragraph {
                line: index as u32,
                last_line: index as u32,
                first: first as u32,
                last: line.last,
                mark: accepted,
                rows: None,
            });
            self.visual = line.columns + line.indent.min(4);
        } else if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.last_line = index as u32;
            paragraph.last = line.last;
            self.visual = match self.layout.wrap {
                Some(width) if !self.is_full(width) && self.visual + line.columns <= width + 2 => {
                    self.visual + line.columns
                }
                _ => line.columns,
            };
        }
        let glyphs = &self.page.glyphs[line.first as usize..line.last as usize];
        for (at, glyph) in (line.first..).zip(glyphs) {
            if !is_mark(glyph.ch) {
                continue;
            }
            if is_open(glyph.ch) {
                self.open.push(at);
            } else if is_close(glyph.ch) {
                self.open.pop();
            }
        }
    }

    /// Skips Markdown dress and reads the marker behind it.
    fn read_start(&self, first: usize, last: usize) -> (usize, Option<Mark>) {
        let glyphs = &self.page.glyphs[first..last];
        let dress = marker::dress(glyphs);
        let behind =
            &self.page.glyphs[first + dress..self.page.glyphs.len().min(first + dress + LOOK)];
        let mark = marker::read(behind).filter(|mark| {
            mark.length <= last - first - dress || mark.style == MarkerStyle::HanParen
        });
        let mark = mark.or_else(|| self.read_bare_number(first + dress, last));
        if dress == 0 {
            return (first, mark);
        }
        let bullet = matches!(glyphs[0].ch, '-' | '*' | '+');
        if dress == glyphs.len()
            || bullet
                && behind
                    .first()
                    .is_some_and(|glyph| glyph.ch.is_ascii_digit())
                && mark.is_none()
        {
            return (first, None);
        }
        let inner = usize::from(behind.first().is_some_and(|glyph| is_open(glyph.ch)));
        if bullet
            && dress == 1
            && mark.is_none()
            && self.page.spaced(first + 1)
            && label::read_front(&behind[inner..]).is_none()
        {
            return (
                first,
                Some(Mark {
                    style: MarkerStyle::Bullet,
                    ordinal: None,
                    length: 1,
                }),
            );
        }
        (first + dress, mark)
    }

    /// `2 组织体系` above `2.1 …`: a number, a blank and a short title.
    fn read_bare_number(&self, first: usize, last: usize) -> Option<Mark> {
        let glyphs = &self.page.glyphs[first..last];
        let (value, length) = numeral::read_digits(glyphs).filter(|_| self.decimals)?;
        let title = glyphs.get(length..)?;
        let titled = length <= 2
            && value > 0
            && (2..=LOOK).contains(&title.len())
            && self.page.spaced(first + length)
            && title.iter().all(|glyph| {
                !glyph.ch.is_ascii_digit() && !ends_sentence(glyph.ch) && glyph.ch != ','
            });
        titled.then_some(Mark {
            style: MarkerStyle::Arabic,
            ordinal: Some(value),
            length,
        })
    }

    /// Whether the paragraph before ends where the line before ends.
    fn end_before(&self, index: usize, blank: bool, beside_mark: bool) -> End {
        let Some(above) = self.paragraphs.last() else {
            return End::Closed;
        };
        if above.breaks_off() {
            return End::Open;
        }
        let before = &self.page.lines[above.last_line as usize];
        let line = &self.page.lines[index];
        if blank {
            // The foot of a page, whose number was left out, in the middle of an enumeration or a bracket.
            let full = self.layout.wrap.is_some_and(|width| self.is_full(width));
            let enumerates = self.page.glyphs[above.last as usize - 1].ch == '、';
            return if full && (enumerates || self.holds_open(line.first, false)) {
                End::Open
            } else {
                End::Closed
            };
        }
        let glyphs = &self.page.glyphs[line.first as usize..line.last as usize];
        let first = before.first.max(above.first) as usize;
        let last = &self.page.glyphs[first..above.last as usize];
        let (start, end) = (glyphs[0].ch, last[last.len() - 1].ch);
        // One character to a line.
        let letters = glyphs.len() == 1 && last.len() == 1;
        // `…2024` over `年9月底前`, `…2025年底` over `前`: nothing begins like that.
        let alone = glyphs.len() == 1 && !is_mark(start) && numeral::read(glyphs).is_none();
        if continues(start)
            || matches!(end, '、' | ',' | '《' | '“' | '‘')
            || is_open(end)
            || letters
            || end.is_ascii_digit() && matches!(start, '年' | '月' | '日')
            || breaks_day(last, glyphs)
            || alone && before.columns >= FILLED && !ends_sentence(end)
            || self.breaks_label(above, last, line)
            || self.breaks_name(above, end)
        {
            return End::Open;
        }
        if let Some(width) = self.layout.wrap {
            return self.end_in_wrap(above, index, last, width);
        }
        // A page mark in the middle of running text; a heading has neither length nor full stop.
        let body = above.body(self.page);
        let running = body.len() > LONG || body.iter().any(|glyph| glyph.ch == '。');
        if beside_mark && running && !ends_sentence(end) {
            End::Open
        } else {
            End::Closed
        }
    }

    /// Whether a label goes on in the line below, or its value begins there; `last` is the line above.
    fn breaks_label(&self, above: &Paragraph, last: &[Glyph], line: &Line) -> bool {
        let glyphs = &self.page.glyphs[line.first as usize..line.last as usize];
        let colon = glyphs
            .iter()
            .take(label::LONGEST)
            .position(|glyph| glyph.ch == ':');
        if let Some(colon) = colon
            && label::read_front(glyphs).is_none()
        {
            // The label itself breaks off: `配合单` over `位：…`.
            let start = above.last as usize - above.body(self.page).len();
            let behind = line.first as usize + colon;
            let broken = label::read_back(&self.page.glyphs[start..behind]);
            if broken.is_some_and(|label| label.length > colon) {
                return true;
            }
        }
        // `责任单位：` over its value; `区级各承办单位：`, `市场监管局：` address them.
        let [word @ .., Glyph { ch: ':', .. }] = last else {
            return false;
        };
        label::read_back(word).is_some_and(|label| {
            let start = word.len() - label.length;
            let before = &word[..start];
            let free = before
                .last()
                .is_none_or(|last| is_mark(last.ch) || apart(*last, word[start]));
            // `各乡镇人民政府，县直包保单位：` addresses them too.
            let listed = matches!(before.last(), Some(last) if matches!(last.ch, ',' | '、'))
                && before
                    .iter()
                    .all(|glyph| glyph.ch != ':' && !is_open(glyph.ch));
            label.kind != LabelKind::Remark && free && !listed
        })
    }

    /// Whether the value of a label breaks off in the middle of a name.
    fn breaks_name(&self, above: &Paragraph, end: char) -> bool {
        let body = above.body(self.page);
        let Some((label, colon)) = label::read_front(body) else {
            return false;
        };
        if !matches!(label.kind, LabelKind::Role { person: false, .. })
            || ends_sentence(end)
            || end == '等'
        {
            return false;
        }
        let value = &body[colon + 1..];
        let piece = value
            .iter()
            .rposition(|glyph| matches!(glyph.ch, '、' | ',' | ';' | ':'))
            .map_or(value, |at| &value[at + 1..]);
        // `省文化厅牵头负责` is whole.
        let charged = lexicon::predicates().longest(piece).is_some();
        (2..=30).contains(&piece.len())
            && !charged
            && !unit::is_unit(piece)
            && piece.iter().all(|glyph| !glyph.ch.is_ascii())
    }

    /// Whether the paragraph ends with its line `last` in text wrapped at this width.
    fn end_in_wrap(&self, above: &Paragraph, index: usize, last: &[Glyph], width: u32) -> End {
        let before = &self.page.lines[above.last_line as usize];
        let line = &self.page.lines[index];
        let glyphs = &self.page.glyphs[line.first as usize..line.last as usize];
        let (start, end) = (glyphs[0].ch, last[last.len() - 1].ch);
        if line.indent >= INDENT.start && before.indent < line.indent
            || self.layout.indented && INDENT.contains(&line.indent)
        {
            return End::Closed;
        }
        if self.ends_title(above, glyphs)
            || index < NUMBERED && (is_number(glyphs) || is_number(above.glyphs(self.page)))
        {
            return End::Closed;
        }
        if is_note(glyphs) || begins(glyphs, "抄送:").is_some() {
            return End::Closed;
        }
        let terminal = matches!(end, '。' | '!' | '?' | ';' | ':' | '…');
        if self.is_full(width) || !terminal && !is_close(end) && self.visual * 100 >= width * 85 {
            let close = glyphs[glyphs.len() - 1].ch;
            let short = end == '。' && line.columns * 10 < width * 7 && !ends_sentence(close);
            return if short || end == ':' {
                End::Closed
            } else {
                End::Open
            };
        }
        if terminal
            || is_day(last)
            || is_bracket(above.glyphs(self.page))
            || begins(glyphs, "(此件").is_some()
        {
            return End::Closed;
        }
        let body = above.body(self.page);
        let piece = last.len() <= 1 && self.visual > before.columns;
        let labelled = end == '等' && label::read_front(body).is_some();
        if body.is_empty() || piece || glyphs.len() <= 1 || labelled {
            return End::Open;
        }
        let quoted = |ch: char| is_open(ch) || matches!(ch, '“' | '《' | '‘' | '"');
        let unquoted = |ch: char| is_close(ch) || matches!(ch, '”' | '》' | '’' | '"');
        // A few characters and a full stop finish the sentence before.
        if unquoted(end) && glyphs.iter().take(8).any(|glyph| glyph.ch == '。') && !is_open(start)
            || glyphs.len() <= 3 && glyphs[glyphs.len() - 1].ch == '。'
        {
            return End::Open;
        }
        // PDF extraction splits a line of the page around what stands in quotes and brackets.
        let seam = quoted(start) || quoted(last[0].ch) && unquoted(end);
        if seam && self.visual + line.columns <= width + 2 {
            End::Seam
        } else {
            End::Closed
        }
    }

    /// Whether the paragraph before is a title, however full its last line: at the head of the text, or
    /// behind the day of a signature or `附件1`, it names its kind (`文种`), and the line below goes on with
    /// none.
    fn ends_title(&self, title: &Paragraph, below: &[Glyph]) -> bool {
        let kind = |glyphs: &[Glyph]| lexicon::types().longest(unit::bare(glyphs)).is_some();
        // The name of the site may stand behind: `分工安排的通知_政策文件`.
        let own = below.iter().position(|glyph| matches!(glyph.ch, '_' | '|'));
        let below = own.map_or(below, |own| &below[..own]);
        let ends_text = |glyph: &Glyph| matches!(glyph.ch, '。' | ';' | ':' | ',');
        let glyphs = title.glyphs(self.page);
        if title.mark.is_some()
            || !(8..=TITLE).contains(&glyphs.len())
            || !kind(glyphs)
            || kind(below)
            || below.first().is_some_and(|first| {
                matches!(first.ch, '的' | '》' | '”' | '(' | '〔') && marker::read(below).is_none()
            })
        {
            return false;
        }
        let mut above = self.paragraphs.iter().rev().skip(1);
        for _ in 0..ABOVE_TITLE {
            let Some(paragraph) = above.next() else {
                return true;
            };
            let glyphs = paragraph.glyphs(self.page);
            if is_day(glyphs) || is_annex_label(glyphs) {
                return true;
            }
            if paragraph.mark.is_some() || glyphs.last().is_some_and(ends_text) {
                return false;
            }
        }
        false
    }

    /// Whether the line of the page is filled, give or take two characters.
    fn is_full(&self, width: u32) -> bool {
        self.visual + 4 >= width || self.visual * 100 >= width * 92
    }

    /// Whether a bracket that opened a little while ago holds the paragraph open.
    fn holds_open(&self, at: u32, blank: bool) -> bool {
        !blank
            && self.open.last().is_some_and(|&open| {
                (at - open) as usize
                    <= if self.layout.wrap.is_some() {
                        OPEN
                    } else {
                        OPEN / 4
                    }
            })
    }

    /// Whether the line begins with a label that is not inside a bracket.
    fn starts_label(&self, glyphs: &[Glyph], length: usize, ended: bool) -> bool {
        let Some((_, colon)) = label::read_front(glyphs) else {
            return false;
        };
        // A label may break off at the end of the line, where the next line does not begin with one.
        if !self.open.is_empty()
            || colon >= length && label::read_front(&glyphs[length..]).is_some()
        {
            return false;
        }
        let Some(paragraph) = self.paragraphs.last() else {
            return true;
        };
        // A heading on one line.
        let headed = paragraph.mark.is_some() && paragraph.line == paragraph.last_line;
        ended
            || headed
            || ends_sentence(self.page.glyphs[paragraph.last as usize - 1].ch)
            || label::read_front(paragraph.body(self.page)).is_some()
    }

    /// Whether the paragraph before is a label and its value.
    fn behind_label(&self) -> bool {
        self.paragraphs.last().is_some_and(|above| {
            label::read_front(above.body(self.page))
                .is_some_and(|(label, _)| label.kind != LabelKind::Remark)
        })
    }

    /// Whether a marker that can be read here is one: it follows the numbers before it, or the
    /// text before has ended and the marker has a form that sentences do not begin with.
    fn fits(&self, mark: Mark, ended: bool, glyphs: &[Glyph]) -> bool {
        let Some(ordinal) = mark.ordinal else {
            // `责任单位：镇文化站` over `——抓实…`
            return ended || glyphs[0].ch == '—' && self.behind_label();
        };
        let before = self.last[mark.style as usize];
        let next = ordinal == before + 1;
        let sentence = self.paragraphs.last().is_none_or(|paragraph| {
            ends_sentence(self.page.glyphs[paragraph.last as usize - 1].ch)
        });
        let joined = self.paragraphs.last().is_some_and(|paragraph| {
            let end = self.page.glyphs[paragraph.last as usize - 1].ch;
            matches!(
                end,
                '、' | ',' | '《' | '“' | '‘' | '第' | '至' | '和' | '或'
            ) || is_open(end)
        });
        let text_follows = glyphs.len() > mark.length;
        match mark.style {
            // No value of a label goes on with a number: `责任单位：X牵头` over `（八）…`.
            MarkerStyle::Han | MarkerStyle::HanParen => {
                ended || sentence || !joined && (next || self.behind_label())
            }
            MarkerStyle::Part
            | MarkerStyle::Chapter
            | MarkerStyle::Section
            | MarkerStyle::Article => ended || sentence || next && !joined,
            MarkerStyle::Arabic | MarkerStyle::ArabicParen | MarkerStyle::Circled => {
                let close = ordinal > before && ordinal <= before + 8;
                // `（一）优化创业环境`, however full its line, over `1.建设创业社区`.
                let first = ordinal == 1
                    && self.paragraphs.last().is_some_and(|above| {
                        above.mark.is_some_and(|above| above.style != mark.style)
                            && above.line == above.last_line
                    });
                // `责任单位：各街道、区直各部门` over `5.推进…`, though the fourth was left out.
                let later =
                    || close && self.behind_label() && !glyphs[mark.length].ch.is_ascii_digit();
                (ended || sentence) && (next || ordinal == 1 || ended && close)
                    || !joined && text_follows && (next || first || later())
            }
            MarkerStyle::Decimal => {
                // No value of a label goes on with a number: `完成时限：2025年12月` over `2.1.2 …`.
                let behind = next && !joined && self.behind_label();
                (ended || sentence || behind)
                    && text_follows
                    && (next || ordinal == 1 || ordinal <= before + 3)
            }
            // `…：一是…。` over `二是…` goes on.
            MarkerStyle::Ordinal => {
                let counted = marker::is_counted(glyphs);
                let headed = || {
                    let above = self.paragraphs.last();
                    above.is_none_or(|above| {
                        above.mark.is_some() && above.line == above.last_line
                            || self.layout.wrap.is_none()
                    })
                };
                // `位居全省` over `第一，…`
                let placed = counted || glyphs[0].ch == '第';
                if placed {
                    // `完成时限：3月底` over `问题2：…`
                    let counts = counted && next && !joined;
                    let apart = sentence || counts || ended && (self.behind_label() || headed());
                    apart && (counted || next || ordinal == 1)
                } else {
                    ended || sentence && (next || ordinal == 1)
                }
            }
            MarkerStyle::Roman | MarkerStyle::Latin => ended && (next || ordinal == 1),
            MarkerStyle::Bullet => ended,
        }
    }
}

/// Marks that end a sentence or a clause in brackets.
pub(crate) fn ends_sentence(ch: char) -> bool {
    matches!(
        ch,
        '。' | '!' | '?' | ';' | ':' | ')' | '〕' | ']' | '】' | '”' | '.' | '…'
    )
}

/// Whether a day breaks off behind its year or month: `…2025年6月` over `20日前…`, `9月` over `底前`.
fn breaks_day(last: &[Glyph], below: &[Glyph]) -> bool {
    let [.., digit, end] = last else {
        return false;
    };
    let (_, digits) = numeral::read_digits(below).unwrap_or_default();
    let unit = below.get(digits).map_or(' ', |glyph| glyph.ch);
    digit.ch.is_ascii_digit()
        && match end.ch {
            '年' => digits > 0 && unit == '月',
            '月' => digits > 0 && unit == '日' || digits == 0 && matches!(unit, '底' | '末'),
            _ => false,
        }
}

/// Marks that a line of its own never begins with.
fn continues(ch: char) -> bool {
    matches!(
        ch,
        ',' | '、' | '。' | ';' | ':' | '”' | '’' | '》' | '!' | '?'
    ) || is_close(ch)
}

/// Whether a line is a bracket that says of the lines above when, or with whose seal: `（2025年2月11日）`,
/// `（省应急管理厅代章）`.
fn is_note(glyphs: &[Glyph]) -> bool {
    let [open, inside @ .., close] = glyphs else {
        return false;
    };
    let says = || {
        date::read_day(inside).is_some() || matches!(inside.last(), Some(last) if last.ch == '章')
    };
    is_open(open.ch) && is_close(close.ch) && glyphs.len() <= LONG && says()
}

/// Whether a line is a document number: `赣府发〔2018〕64号`, `〔2018〕64号` under its agency.
fn is_number(glyphs: &[Glyph]) -> bool {
    let open = glyphs.iter().take(LOOK).position(|glyph| is_open(glyph.ch));
    open.and_then(|open| Some((open, numeral::read_year_serial(&glyphs[open..])?)))
        .is_some_and(|(open, (.., length))| open + length == glyphs.len())
}

/// `附件`, `附件1`: what stands over the title of an annex.
pub(crate) fn is_annex_label(glyphs: &[Glyph]) -> bool {
    glyphs.len() <= ANNEX && begins(glyphs, "附件").is_some()
}

/// A day from end to end.
fn is_day(glyphs: &[Glyph]) -> bool {
    date::read_day(glyphs).is_some_and(|(length, _)| length == glyphs.len())
}

/// Glyphs that a paragraph in brackets may have: a long assignment.
const BRACKET: usize = 1200;

/// A bracket from end to end, such as `（此件公开发布）`.
fn is_bracket(glyphs: &[Glyph]) -> bool {
    let mut depth = 0;
    (5..=BRACKET).contains(&glyphs.len())
        && glyphs.iter().enumerate().all(|(at, glyph)| {
            depth += i32::from(is_open(glyph.ch)) - i32::from(is_close(glyph.ch));
            depth > 0 || at + 1 == glyphs.len()
        })
}
