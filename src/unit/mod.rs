//! The glyphs of an enumeration of units in, typed [`Unit`]s out.
//!
//! ```text
//! list     = unit (("、" | "，" | "；" | "和" | "及") unit)* ("等" collective?)?
//! ```
//!
//! | written | read |
//! |---|---|
//! | `省商务厅、发展改革委` | 省商务厅 · 省发展改革委: the head is shared |
//! | `南昌市、抚州市政府` | 南昌市政府 · 抚州市政府: the tail is shared |
//! | `各县（区）政府、开发区管委会` | … · 各开发区管委会: `各` is distributed |
//! | `各市、县（市、区）政府` | one collective: level words that stand bare belong together |
//! | `市直有关部门、单位` | one collective |
//! | `工业和信息化厅` | one organ: the left side of `和` is none |
//! | `市公安局等有关部门` | 市公安局 · 有关部门 |
//! | `省编办〔省审改办〕` | 省编办, alias 省审改办 |
//!
//! A shared head holds within the units that `、` joins; `，` parts administrative systems.

mod kind;
mod level;
mod name;
mod split;

use crate::glyph::{Glyph, Page, is_close, is_open};
use crate::lexicon;
use crate::lexicon::Ending;
use crate::model::{Unit, UnitKind};
use name::name_all;
use split::{merge, part, split};

/// Units as read from an enumeration.
#[derive(Debug, Default)]
pub(crate) struct Units<'t> {
    pub units: Vec<Unit<'t>>,
    /// Whether `等` leaves the list open.
    pub open_ended: bool,
}

/// A stretch of glyphs that is one unit.
#[derive(Clone, Copy, Debug)]
struct Piece {
    first: usize,
    last: usize,
    /// Parted from the one before by more than `、`.
    parted: bool,
}

/// Reads the units of an enumeration, glyphs `first..last`.
pub(crate) fn read_units<'t>(page: &Page<'t>, first: usize, last: usize) -> Units<'t> {
    let mut pieces = Vec::with_capacity(8);
    let mut open_ended = false;
    let mut parted = true;
    for (start, end, hard) in split(page, first, last) {
        part(page, start, end, parted, &mut pieces, &mut open_ended);
        parted = hard;
    }
    merge(page, &mut pieces);
    let mut units = Vec::with_capacity(pieces.len());
    name_all(page, &pieces, &mut units);
    Units { units, open_ended }
}

/// Whether these glyphs are, from end to end, the name of an organ or a collective.
pub(crate) fn is_organ(glyphs: &[Glyph]) -> bool {
    let glyphs = bare(glyphs);
    if glyphs.len() < 2 || glyphs.len() > 60 {
        return false;
    }
    if let Some((length, ())) = lexicon::prose().longest(glyphs)
        && !is_headed(glyphs)
        && !is_named_after(&glyphs[length..])
    {
        return false;
    }
    if glyphs
        .iter()
        .any(|glyph| matches!(glyph.ch, '。' | ';' | ':' | '《' | '?' | '!' | '%'))
    {
        return false;
    }
    matches!(lexicon::endings().longest(glyphs), Some((length, Ending::Organ(kind)))
        if length < glyphs.len() || glyphs.len() >= 3 || kind == UnitKind::Party || kind == UnitKind::Collective && glyphs[0].ch == '各' || kind == UnitKind::Agency && length >= 2)
}

/// Whether these glyphs name an organ or an area that stands for one.
pub(crate) fn is_unit(glyphs: &[Glyph]) -> bool {
    is_organ(glyphs) || is_area(bare(glyphs))
}

fn is_area(glyphs: &[Glyph]) -> bool {
    glyphs.len() >= 2
        && glyphs.len() <= 24
        && matches!(lexicon::endings().longest(glyphs), Some((_, Ending::Area)))
        && lexicon::prose().longest(glyphs).is_none()
}

/// Whether a verb in front is part of a name: `组织处`, `创新发展局`, not `推动有关部门`.
fn is_named_after(rest: &[Glyph]) -> bool {
    rest.len() <= 4
        && matches!(
            lexicon::endings().longest(rest),
            Some((_, Ending::Organ(UnitKind::Agency | UnitKind::Division)))
        )
        && lexicon::heads()
            .longest(rest)
            .is_none_or(|(length, _)| length == rest.len())
        && !is_collective(rest)
}

fn is_headed(glyphs: &[Glyph]) -> bool {
    matches!(lexicon::heads().longest(glyphs), Some((_, true)))
}

/// Without the brackets at the end.
fn bare(glyphs: &[Glyph]) -> &[Glyph] {
    let mut rest = glyphs;
    while let Some(last) = rest.last() {
        if !is_close(last.ch) {
            break;
        }
        let mut depth = 0;
        let Some(open) = rest.iter().rposition(|glyph| {
            if is_close(glyph.ch) {
                depth += 1;
            } else if is_open(glyph.ch) {
                depth -= 1;
            }
            depth == 0
        }) else {
            break;
        };
        rest = &rest[..open];
    }
    rest
}

/// Where the bracket or quotation that opens at `at` closes, if it does before `last`.
#[inline]
pub(crate) fn closing(glyphs: &[Glyph], at: usize, last: usize) -> Option<usize> {
    match glyphs[at].ch {
        '“' | '《' | '‘' | '(' | '〔' | '[' | '【' | '{' | '<' => {
            find_closing(glyphs, at, last)
        }
        _ => None,
    }
}

fn find_closing(glyphs: &[Glyph], at: usize, last: usize) -> Option<usize> {
    let close = match glyphs[at].ch {
        '“' => '”',
        '《' => '》',
        '‘' => '’',
        ch if is_open(ch) => {
            let mut depth = 0;
            for (index, glyph) in glyphs[at..last].iter().enumerate().take(80) {
                if is_open(glyph.ch) {
                    depth += 1;
                } else if is_close(glyph.ch) {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at + index);
                    }
                }
            }
            return None;
        }
        _ => return None,
    };
    // A quotation that never closes ends with its sentence.
    let end = glyphs[at..last]
        .iter()
        .take(60)
        .position(|glyph| glyph.ch == close || glyph.ch == '。')?;
    (glyphs[at + end].ch == close).then_some(at + end)
}

/// Whether the name begins like a collective: `各`, `有关`, `市直`.
fn is_collective(glyphs: &[Glyph]) -> bool {
    let rest = match lexicon::heads().longest(glyphs) {
        Some((length, true)) => &glyphs[length..],
        _ => glyphs,
    };
    lexicon::collectives().longest(glyphs).is_some()
        || lexicon::collectives().longest(rest).is_some()
}
