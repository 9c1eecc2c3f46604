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

use crate::glyph::{Glyph, Page, ends, is_close, is_mark, is_open};
use crate::lexicon;
use crate::lexicon::Ending;
use crate::model::{Unit, UnitKind};
use level::Levels;
use name::name_all;
pub(crate) use split::is_filler;
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
    /// What its words say.
    look: Look,
}

impl Piece {
    fn new(glyphs: &[Glyph], first: usize, last: usize, parted: bool) -> Self {
        Self {
            first,
            last,
            parted,
            look: Look::new(&glyphs[first..last]),
        }
    }
}

/// Reads the units of an enumeration, glyphs `first..last`.
pub(crate) fn read_units<'t>(page: &Page<'t>, first: usize, last: usize) -> Units<'t> {
    let mut pieces = Vec::with_capacity(8);
    let mut open_ended = false;
    let mut parted = true;
    split(page, first, last, |start, end, hard| {
        part(page, start, end, parted, &mut pieces, &mut open_ended);
        parted = hard;
    });
    merge(page, &mut pieces);
    let mut units = Vec::with_capacity(pieces.len());
    name_all(page, &pieces, &mut units);
    Units { units, open_ended }
}

/// What the words at both ends of a name say, looked up once.
#[derive(Clone, Copy, Debug, Default)]
struct Look {
    /// Glyphs before the brackets at the end.
    core: usize,
    /// How these end.
    ending: Option<(usize, Ending)>,
    /// The level word in front, and whether it heads units.
    head: Option<(usize, bool)>,
    /// Whether the name begins like a collective.
    collective: bool,
    /// The level words in front.
    levels: Levels,
}

impl Look {
    fn new(name: &[Glyph]) -> Self {
        let core = bare(name);
        let head = lexicon::heads().longest(name);
        Self {
            core: core.len(),
            ending: ending_of(core),
            head,
            collective: begins_collective(name, head),
            levels: Levels::new(name),
        }
    }
}

/// How a name ends: `国网江西电力` is a company, as a house stands in front of its branch, `工业电力` is none;
/// `历城区` is an area, `中心城区` is none.
fn ending_of(name: &[Glyph]) -> Option<(usize, Ending)> {
    match lexicon::endings().longest(name)? {
        (length, Ending::Branch) => lexicon::verticals()
            .longest(name)
            .map(|_| (length, Ending::Organ(UnitKind::Enterprise))),
        (_, Ending::None) if lexicon::districts().longest(name).is_some() => {
            Some((1, Ending::Area))
        }
        known => Some(known),
    }
}

/// Whether these glyphs are, from end to end, the name of an organ or a collective.
pub(crate) fn is_organ(glyphs: &[Glyph]) -> bool {
    let name = bare(glyphs);
    matches!(ending_of(name), Some((length, Ending::Organ(kind))) if names_organ(name, length, kind))
}

/// Whether these glyphs name an organ or an area that stands for one.
pub(crate) fn is_unit(glyphs: &[Glyph]) -> bool {
    let name = bare(glyphs);
    match ending_of(name) {
        Some((length, Ending::Organ(kind))) => names_organ(name, length, kind),
        Some((_, Ending::Area)) => names_area(name),
        _ => false,
    }
}

/// Whether these glyphs begin with an organ that its level or `各` heads: `市水务局负责…`.
pub(crate) fn begins_with_organ(glyphs: &[Glyph]) -> bool {
    (is_headed(glyphs) || is_collective(glyphs))
        && (3..=glyphs.len().min(24)).any(|length| is_organ(&glyphs[..length]))
}

/// Whether a name that ends with the word of an organ, so many glyphs long, is one.
fn names_organ(name: &[Glyph], ending: usize, kind: UnitKind) -> bool {
    let complete = ending < name.len()
        || name.len() >= 3
        || kind == UnitKind::Party
        || kind == UnitKind::Collective && name[0].ch == '各'
        || kind == UnitKind::Agency && ending >= 2;
    complete
        && (2..=60).contains(&name.len())
        && lexicon::prose()
            .longest(name)
            .is_none_or(|(length, ())| is_headed(name) || is_named_after(&name[length..]))
        && !name.iter().any(|glyph| {
            is_mark(glyph.ch) && matches!(glyph.ch, '。' | ';' | ':' | '《' | '?' | '!' | '%')
        })
}

/// Whether a name that ends with the word of an area is one.
fn names_area(name: &[Glyph]) -> bool {
    (2..=24).contains(&name.len()) && lexicon::prose().longest(name).is_none()
}

/// Whether a verb in front is part of a name: `组织处`, `组织宣传部`, `创新发展局`, not `推动有关部门`.
fn is_named_after(rest: &[Glyph]) -> bool {
    let committee = ends(rest, "委员会").is_some();
    rest.len() <= if committee { 6 } else { 4 }
        && matches!(
            lexicon::endings().longest(rest),
            Some((
                _,
                Ending::Organ(UnitKind::Agency | UnitKind::Division | UnitKind::Party)
            ))
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
pub(crate) fn bare(glyphs: &[Glyph]) -> &[Glyph] {
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

/// The marks of a stretch that stand outside brackets and quotations, as glyph indices in order.
pub(crate) struct Marks<'g> {
    glyphs: &'g [Glyph],
    at: usize,
    last: usize,
}

impl<'g> Marks<'g> {
    pub(crate) fn new(glyphs: &'g [Glyph], first: usize, last: usize) -> Self {
        Self {
            glyphs,
            at: first,
            last,
        }
    }
}

impl Iterator for Marks<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        loop {
            let rest = self.glyphs.get(self.at..self.last)?;
            let mark = self.at + rest.iter().position(|glyph| is_mark(glyph.ch))?;
            let Some(close) = closing(self.glyphs, mark, self.last) else {
                self.at = mark + 1;
                return Some(mark);
            };
            self.at = close + 1;
        }
    }
}

/// Where the bracket or quotation that opens at `at` closes, if it does before `last`.
#[inline]
pub(crate) fn closing(glyphs: &[Glyph], at: usize, last: usize) -> Option<usize> {
    if !is_mark(glyphs[at].ch) {
        return None;
    }
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
pub(crate) fn is_collective(glyphs: &[Glyph]) -> bool {
    begins_collective(glyphs, lexicon::heads().longest(glyphs))
}

fn begins_collective(glyphs: &[Glyph], head: Option<(usize, bool)>) -> bool {
    let collective = |glyphs: &[Glyph]| {
        let (length, ()) = lexicon::collectives().longest(glyphs)?;
        // `市直机关工委` is one organ.
        let joint = glyphs[length - 1].ch == '直'
            && lexicon::joint_offices()
                .longest(&glyphs[length..])
                .is_some();
        (!joint).then_some(())
    };
    collective(glyphs).is_some()
        || matches!(head, Some((length, true)) if collective(&glyphs[length..]).is_some())
}
