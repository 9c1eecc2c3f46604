//! A text without line breaks in, its lines cut where a drafter would have broken them.
//!
//! Crawled text often comes as one line. It is cut where a blank stands between two Chinese
//! characters, before markers that continue a numbering, behind the document number and the
//! addressees, and around the signature and the day.
//!
//! ```text
//! …的通知 国发〔2018〕38号 各省…： 正文。国务院 2018年11月7日 一、营造环境（一）借鉴…
//!        |              |      |     |                 |         |
//! ```
//!
//! The lines of an ordinary text are left as they are, but for an article in the line of its chapter and
//! for an item whose line break was lost: `（一）…（责任单位：甲）（二）…`.

use crate::date;
use crate::glyph::{Glyph, Line, Page, is_close, is_mark};
use crate::label;
use crate::marker;
use crate::model::MarkerStyle;
use crate::number::read_number;
use crate::span::Span;
use crate::unit;

/// Glyphs that a line of a text without line breaks has on average.
const FLAT: usize = 250;

/// By how much a number may be greater than the one before: letters are lost in scans.
const MISSED: u32 = 4;

/// Glyphs of a heading that the number of its first item follows without a mark.
const HEADING: usize = 30;

/// Cuts the lines of a text that has next to none.
pub(crate) fn cut_flat(page: &mut Page<'_>) {
    let lines = page
        .lines
        .iter()
        .filter(|line| line.first < line.last)
        .count();
    let mut cuts = if lines > 0 && page.glyphs.len() / lines >= FLAT {
        find_cuts(page)
    } else {
        let mut cuts = find_articles(page);
        find_run_on(page, &mut cuts);
        cuts
    };
    cuts.sort_unstable();
    cuts.dedup();
    if cuts.is_empty() {
        return;
    }
    let mut cut_lines = Vec::with_capacity(page.lines.len() + cuts.len());
    let mut next = 0;
    for line in &page.lines {
        let mut rest = *line;
        while next < cuts.len() && cuts[next] < rest.last {
            let cut = cuts[next];
            next += 1;
            if cut <= rest.first {
                continue;
            }
            let at = page.glyphs[cut as usize].at;
            cut_lines.push(Line {
                span: Span::new(rest.span.start, at),
                last: cut,
                columns: 0,
                ..rest
            });
            rest = Line {
                span: Span::new(at, rest.span.end),
                first: cut,
                indent: 0,
                ..rest
            };
        }
        cut_lines.push(rest);
    }
    page.lines = cut_lines;
}

/// Articles that begin in the line of their chapter: `第一章　总则　　第一条　…`.
fn find_articles(page: &Page<'_>) -> Vec<u32> {
    let mut cuts = Vec::new();
    for line in &page.lines {
        let (first, last) = (line.first as usize, line.last as usize);
        let divides = |at: usize, divisions: &[MarkerStyle]| {
            page.glyphs[at].ch == '第'
                && marker::read(&page.glyphs[at..last])
                    .is_some_and(|mark| divisions.contains(&mark.style))
        };
        if first == last || !divides(first, &[MarkerStyle::Chapter, MarkerStyle::Section]) {
            continue;
        }
        let article = (first + 1..last.min(first + HEADING * 2))
            .find(|&at| divides(at, &[MarkerStyle::Article]) && page.spaced(at));
        cuts.extend(article.map(|at| at as u32));
    }
    cuts
}

/// Items that begin behind the clause or sentence of the item before, in its line: their number is the one
/// due, and no line of their own has it.
fn find_run_on(page: &Page<'_>, cuts: &mut Vec<u32>) {
    let glyphs = &page.glyphs;
    let mut last = [0u32; 16];
    let mut found: [Vec<RunOn>; STYLES.len()] = Default::default();
    for line in page.lines.iter().filter(|line| !line.bars) {
        let (first, end) = (line.first as usize, line.last as usize);
        if let Some(mark) = marker::read(&glyphs[first..end])
            && let Some(ordinal) = mark.ordinal
        {
            if let Some(style) = STYLES.iter().position(|&style| style == mark.style) {
                settle(&mut found[style], Some(ordinal), cuts);
            }
            last[mark.style as usize] = ordinal;
        }
        for at in first + 1..end {
            let before = glyphs[at - 1].ch;
            if !is_mark(before) || !(is_close(before) || matches!(before, '。' | ';')) {
                continue;
            }
            let Some(mark) = marker::read(&glyphs[at..end]) else {
                continue;
            };
            let (Some(index), Some(ordinal)) = (
                STYLES.iter().position(|&style| style == mark.style),
                mark.ordinal,
            ) else {
                continue;
            };
            let known = last[mark.style as usize];
            let due = found[index].last().map_or(known, |item| item.ordinal) + 1;
            // `；（四）项`
            let cited = matches!(glyphs.get(at + mark.length), Some(next) if matches!(next.ch, '项' | '款' | '条'));
            let arabic = mark.style == MarkerStyle::Arabic;
            let counts = is_close(before) || !arabic;
            if known > 0 && ordinal == due && counts && !cited {
                found[index].push(RunOn {
                    ordinal,
                    at: at as u32,
                    certain: !arabic && before != ';',
                });
            }
        }
    }
    for found in &mut found {
        settle(found, None, cuts);
    }
}

/// The styles whose numbers may stand in the middle of a line.
const STYLES: [MarkerStyle; 3] = [MarkerStyle::Han, MarkerStyle::HanParen, MarkerStyle::Arabic];

/// A number in the middle of a line.
struct RunOn {
    ordinal: u32,
    at: u32,
    /// Whether it begins an item where no line goes on from it.
    certain: bool,
}

/// Cuts where the numbers of a style stand whose gap the next line with one shows, or that are certain and
/// that no line repeats.
fn settle(found: &mut Vec<RunOn>, next: Option<u32>, cuts: &mut Vec<u32>) {
    let Some(highest) = found.last().map(|item| item.ordinal) else {
        return;
    };
    let repeated = next.is_some_and(|next| next > 1 && next <= highest);
    let kept = if next == Some(highest + 1) {
        found.len()
    } else if repeated {
        0
    } else {
        // One that is certain vouches for those that it counts on from.
        found
            .iter()
            .rposition(|item| item.certain)
            .map_or(0, |at| at + 1)
    };
    cuts.extend(found.drain(..).take(kept).map(|item| item.at));
}

/// Glyphs that begin a line of their own.
fn find_cuts(page: &Page<'_>) -> Vec<u32> {
    let glyphs = &page.glyphs;
    let mut cuts = Vec::new();
    let mut last = [0u32; 16];
    let mut head = true;
    let mut quoted = 0;
    // Where the marker before ends, and where its heading begins.
    let (mut behind, mut heading) = (0, usize::MAX);
    for at in 1..glyphs.len() {
        let before = glyphs[at - 1].ch;
        // No line begins inside a quotation.
        match before {
            '“' | '《' => quoted = at + 60,
            '”' | '》' | '。' => quoted = 0,
            _ => {}
        }
        if at < quoted {
            continue;
        }
        let wide = |ch: char| !ch.is_ascii();
        let spaced = page.spaced(at)
            && (wide(before) || before == ')' || before == ':')
            && wide(glyphs[at].ch)
            && !matches!(glyphs[at].ch, '年' | '月' | '日' | '号');
        if spaced || page.spaced(at) && matches!(before, '。' | ';' | ':') {
            cuts.push(at as u32);
        }
        let line = page.broken(at);
        let ended =
            line || spaced || matches!(before, '。' | ';' | '!' | ':' | '”') || is_close(before);
        if at >= behind
            && let Some(mark) = marker::read(&glyphs[at..glyphs.len().min(at + 24)])
            && let Some(ordinal) = mark.ordinal
        {
            let next = ordinal == last[mark.style as usize] + 1;
            let cited = matches!(
                before,
                '第' | '款' | '条' | '和' | '、' | '及' | '至' | '或' | '本' | '('
            );
            let fits = match mark.style {
                // `标准统一、信息共享`
                MarkerStyle::Han => {
                    (next && ordinal > 1 || ordinal == 1 && (ended || !ends_in_one(before)))
                        && !cited
                }
                MarkerStyle::HanParen | MarkerStyle::Chapter | MarkerStyle::Article => {
                    let known = last[mark.style as usize];
                    let skips =
                        ended && known > 0 && (known + 1..known + MISSED).contains(&ordinal);
                    (next || ordinal == 1 || skips) && !cited
                }
                MarkerStyle::Arabic => {
                    (next || ordinal == 1) && (ended || opens_heading(glyphs, heading, at))
                }
                _ => false,
            };
            if fits || line {
                last[mark.style as usize] = ordinal;
                // `十一、` is one number.
                behind = at + mark.length;
            }
            if fits {
                heading = behind;
                cuts.push(at as u32);
                head = false;
            }
        }
        if head && glyphs[at].ch == '〔' {
            cut_number(page, at, &mut cuts);
        }
        if head && glyphs[at].ch == ':' && at < 500 && label::read_back(&glyphs[..at]).is_none() {
            cuts.push(at as u32 + 1);
        }
        if before == '。' {
            cut_sign_off(page, at, &mut cuts);
        }
    }
    cuts.retain(|&cut| (cut as usize) < glyphs.len());
    cuts
}

/// Whether a word that ends in `一` may end with the `一` behind this character: `统一`, `合一`.
fn ends_in_one(before: char) -> bool {
    "统合唯划如专单万归同其之逐每某任另十百千零第周初独".contains(before)
}

/// Whether nothing but a heading stands between its marker and the first number below: `二、工作任务1.加强…`.
fn opens_heading(glyphs: &[Glyph], heading: usize, at: usize) -> bool {
    heading < at
        && at - heading <= HEADING
        && glyphs[heading..at]
            .iter()
            .all(|glyph| !is_mark(glyph.ch) || matches!(glyph.ch, '、' | '“' | '”'))
}

/// Around the document number: it begins behind the title.
fn cut_number(page: &Page<'_>, open: usize, cuts: &mut Vec<u32>) {
    let from = open.saturating_sub(12);
    for first in (from..open.saturating_sub(1)).rev() {
        let begins = first == 0
            || page.spaced(first)
            || crate::lexicon::types()
                .longest(&page.glyphs[..first])
                .is_some()
                && !page.glyphs[first..open]
                    .iter()
                    .any(|glyph| matches!(glyph.ch, '《' | '》'));
        if begins
            && let Some(number) = read_number(page, first, page.glyphs.len())
            && page.glyph_at(number.span.start) == first
        {
            cuts.push(first as u32);
            cuts.push(page.glyph_at(number.span.end) as u32);
            return;
        }
    }
}

/// An organ and a day behind a full stop, and what follows the day.
fn cut_sign_off(page: &Page<'_>, first: usize, cuts: &mut Vec<u32>) {
    let glyphs = &page.glyphs;
    let end = glyphs.len().min(first + 40);
    for at in first..end {
        if matches!(glyphs[at].ch, '。' | ',' | ';' | ':') {
            return;
        }
        if let Some((length, _)) = date::read_day(&glyphs[at..])
            && at > first + 2
            && unit::is_organ(&glyphs[first..at])
        {
            cuts.extend([first as u32, at as u32, (at + length) as u32]);
            let behind = at + length;
            if glyphs.get(behind).is_some_and(|glyph| glyph.ch == '(')
                && let Some(close) =
                    (behind..glyphs.len().min(behind + 16)).find(|&at| glyphs[at].ch == ')')
            {
                cuts.push(close as u32 + 1);
            }
            return;
        }
    }
}
