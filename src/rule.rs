//! What a document states once for many clauses: glyphs in, a [`Rule`] out.
//!
//! | written | kind |
//! |---|---|
//! | `列第一位者为牵头单位，下同` `未列明牵头单位的，由第一责任单位牵头` | first-is-lead |
//! | `逗号前为牵头单位` | before-comma-is-lead |
//! | either with `，其余为配合单位` | the others cooperate |
//! | `以下均需各市政府落实，不再列出` `X均为责任单位，以下不再列出` | document-default |

use crate::glyph::{Glyph, Page, find, is_star};
use crate::lexicon::Opening;
use crate::model::{Role, Rule, RuleKind, Str};
use crate::predicate::strip_predicate;
use crate::{lexicon, unit};

/// Whether a chunk of a clause begins a rule.
pub(crate) fn begins_rule(chunk: &[Glyph]) -> bool {
    match lexicon::openings().longest(chunk) {
        Some((_, Opening::Rule)) => return true,
        Some((_, Opening::Remark)) => return false,
        _ => {}
    }
    // One of these stands in every form below.
    if !chunk
        .iter()
        .any(|glyph| matches!(glyph.ch, '牵' | '均' | '再' | '主'))
    {
        return false;
    }
    is_rank(chunk)
        || is_starred(chunk)
        || find(chunk, "均为责任单位").is_some()
        || ["不再", "均需", "均须", "均由", "均涉及", "均包含"]
            .iter()
            .any(|word| find(chunk, word).is_some())
}

/// `列第一位的为牵头单位`
fn is_rank(chunk: &[Glyph]) -> bool {
    ["牵头", "主办", "主责", "主要责任"]
        .iter()
        .any(|word| find(chunk, word).is_some())
        && (0..chunk.len()).any(|at| lexicon::ranks().longest(&chunk[at..]).is_some())
}

/// `带★的为牵头单位`: a rule that is not read, but names no unit.
fn is_starred(chunk: &[Glyph]) -> bool {
    find(chunk, "的为牵头").is_some() && chunk.iter().any(|glyph| is_star(glyph.ch))
}

/// Whether a rule says what the units behind the lead do: `…，其余为配合单位`.
pub(crate) fn others_cooperate(rule: &[Glyph]) -> bool {
    let others = ["其余", "其他", "其它"]
        .iter()
        .find_map(|word| find(rule, word));
    others.is_some_and(|at| {
        ["配合", "协办", "参与", "协同"]
            .iter()
            .any(|word| find(&rule[at..], word).is_some())
    })
}

/// Reads the rule in glyphs `first..last`.
pub(crate) fn read_rule<'t>(page: &Page<'t>, first: usize, last: usize) -> Option<Rule<'t>> {
    let glyphs = &page.glyphs[first..last];
    let span = page.span(first, last);
    let stated = |kind, role, units| Rule {
        kind,
        text: Str::Borrowed(page.cut(span)),
        span,
        role,
        units,
        from: None,
    };
    if find(glyphs, "逗号前").is_some() {
        return Some(stated(RuleKind::BeforeCommaIsLead, None, Vec::new()));
    }
    if is_rank(glyphs) {
        return Some(stated(RuleKind::FirstIsLead, None, Vec::new()));
    }
    let (from, to) = default_units(page, first, last)?;
    let (length, role) = strip_predicate(&page.glyphs[from..to]).unwrap_or((0, None));
    let units = unit::read_units(page, from, to - length).units;
    (!units.is_empty()).then(|| {
        stated(
            RuleKind::DocumentDefault,
            Some(role.unwrap_or(Role::Responsible)),
            units,
        )
    })
}

/// The units, and the verb behind them, of a carry-down rule.
fn default_units(page: &Page<'_>, first: usize, last: usize) -> Option<(usize, usize)> {
    let glyphs = &page.glyphs;
    let end = |from: usize| {
        (from..last)
            .find(|&at| matches!(glyphs[at].ch, ',' | '。' | ';'))
            .unwrap_or(last)
    };
    // `以下均需X落实`, `以下责任单位中均包含X`
    for word in [
        "均需",
        "均须",
        "均由",
        "均涉及",
        "均包含",
        "均包括",
        "均要求",
        "都需",
        "都由",
        "均含",
        "均请",
        "需",
    ] {
        if let Some(at) = find(&glyphs[first..last], word) {
            let from = first + at + word.chars().count();
            if from < last {
                return Some((from, end(from)));
            }
        }
    }
    // `X均为责任单位，以下不再列出`
    let at = find(&glyphs[first..last], "均为")?;
    Some((first, first + at))
}

/// A rank or comma rule in running text around `牵头` at `at`: the chunk that states it.
pub(crate) fn sentence_rule(
    page: &Page<'_>,
    floor: usize,
    at: usize,
    end: usize,
) -> Option<(usize, usize)> {
    let glyphs = &page.glyphs;
    let from = (floor..at)
        .rev()
        .find(|&at| matches!(glyphs[at].ch, '。' | ';' | ',' | '(' | ':'))
        .map_or(floor, |at| at + 1);
    let to = (at..end)
        .find(|&at| matches!(glyphs[at].ch, '。' | ';' | ',' | ')'))
        .unwrap_or(end);
    let chunk = &glyphs[from..to];
    let states = [
        "为牵头",
        "是牵头",
        "牵头单位为",
        "系牵头",
        "的牵头",
        "作为牵头",
    ]
    .iter()
    .any(|word| find(chunk, word).is_some())
        || find(chunk, "由第一").is_some();
    if chunk.len() > 40 || !states || !is_rank(chunk) && find(chunk, "逗号前").is_none() {
        return None;
    }
    // `，其余为配合单位`
    let goes_on = to < end && glyphs[to].ch == ',';
    let next = (to + 1..end.min(to + 40))
        .find(|&at| matches!(glyphs[at].ch, '。' | ';' | ',' | ')'))
        .unwrap_or(end.min(to + 40));
    if goes_on && to < next && others_cooperate(&glyphs[to..next]) {
        return Some((from, next));
    }
    Some((from, to))
}
