//! Where units end and verbs begin: the glyphs of a chunk in, lengths and roles out.

use crate::glyph::{Glyph, Page, begins, is_close, is_open};
use crate::lexicon::Predicate;
use crate::model::Role;
use crate::unit::Marks;
use crate::{lexicon, unit};

/// Glyphs that the manner before a verb may have.
const LONGEST_MANNER: usize = 24;

/// The predicate at the end: its length, and the role that its verb gives, if it has one.
pub(crate) fn strip_predicate(glyphs: &[Glyph]) -> Option<(usize, Option<Role>)> {
    let mut length = 0;
    let mut role: Option<Role> = None;
    while let Some((word, predicate)) =
        lexicon::predicates().longest(&glyphs[..glyphs.len() - length])
    {
        // `市政协办`: the office of a body.
        let (before, verb) = glyphs[..glyphs.len() - length].split_at(glyphs.len() - length - word);
        let body = match before {
            [.., level, Glyph { ch: '政', .. }] => "省市州县区旗、".contains(level.ch),
            [Glyph { ch: '政', .. }] => true,
            _ => false,
        };
        if body && verb[0].ch == '协' {
            break;
        }
        // `市监督局`: words inside names do not stand at their end; `各牵头` is no predicate of its own.
        length += word;
        if let Predicate::Verb(verb) = predicate {
            role = Some(match role {
                Some(known) if priority(known) >= priority(verb) => known,
                _ => verb,
            });
        }
    }
    length += role.map_or(0, |_| manner(&glyphs[..glyphs.len() - length]));
    (length > 0).then_some((length, role))
}

/// Whether the `由` at this glyph hands work over: not that of `自由贸易试验区`.
pub(crate) fn is_by(glyphs: &[Glyph], at: usize) -> bool {
    glyphs[at].ch == '由' && !(at > 0 && glyphs[at - 1].ch == '自')
}

/// How the work is shared out, between units and their verb, `按“三管三必须”要求`, `按照属地管理的原则`: how
/// many glyphs.
fn manner(glyphs: &[Glyph]) -> usize {
    let tail = &glyphs[glyphs.len().saturating_sub(LONGEST_MANNER)..];
    if lexicon::manners().longest(tail).is_none() {
        return 0;
    }
    let at = tail.iter().rposition(|glyph| glyph.ch == '按');
    at.map_or(0, |at| tail.len() - at)
}

pub(crate) fn priority(role: Role) -> u8 {
    match role {
        Role::Lead => 3,
        Role::Cooperating => 2,
        Role::Supervising => 1,
        Role::Responsible | Role::Other => 0,
    }
}

/// Whether these glyphs are an enumeration of units and nothing else.
pub(crate) fn all_units(page: &Page<'_>, first: usize, last: usize) -> bool {
    first < last && {
        let end = last - filler(&page.glyphs[last.min(first + 2)..last]);
        unit_prefix(page, first, end, false) == end - first
    }
}

/// Whether an enumeration holds a name of this kind.
pub(crate) fn names_any(glyphs: &[Glyph], asked: impl Fn(&[Glyph]) -> bool) -> bool {
    glyphs
        .split(|glyph| glyph.ch == '、')
        .any(|name| name.len() >= 3 && asked(name))
}

/// `等`, `等部门`, `等科室` at the end: how many glyphs.
fn filler(glyphs: &[Glyph]) -> usize {
    let tail = &glyphs[glyphs.len().saturating_sub(8)..];
    tail.iter()
        .rposition(|glyph| glyph.ch == '等')
        .filter(|&at| at + 1 == tail.len() || unit::is_filler(&tail[at + 1..]))
        .map_or(0, |at| tail.len() - at)
}

/// How many glyphs from the start are an enumeration of units; in prose a name ends where a verb goes on.
pub(crate) fn unit_prefix(page: &Page<'_>, first: usize, last: usize, prose: bool) -> usize {
    let glyphs = &page.glyphs;
    let mut end = first;
    let mut start = first;
    let limit = last.min(first + 400);
    let ends =
        Marks::new(glyphs, first, limit).filter(|&at| matches!(glyphs[at].ch, '、' | ',' | ';'));
    for at in ends.chain(std::iter::once(limit)) {
        if prose && at < limit && glyphs[at].ch == ',' {
            return unit_prefix(page, first, at, true);
        }
        let piece = &glyphs[start..at];
        let stop = if prose {
            name_end(piece)
        } else {
            unit::is_unit(piece).then_some(piece.len())
        };
        let bare = (at - start <= 4 || start == first)
            && at < limit
            && glyphs[at].ch == '、'
            && is_bare_part(piece);
        if stop == Some(piece.len()) || stop.is_none() && bare {
            end = at;
            start = at + 1;
        } else {
            // The last unit, with a verb behind it.
            if let Some(stop) = stop.or_else(|| name_end(piece)) {
                end = start + stop;
                if let Some(filler) = ["等部门", "等单位", "等有关部门", "等"]
                    .iter()
                    .find_map(|word| begins(&glyphs[end..last], word))
                {
                    end += filler;
                }
            }
            return end - first;
        }
    }
    end - first
}

/// Where the name of a unit ends in running text: before a verb, `等`, or at the end; where nothing known
/// follows, behind the first name and what makes a longer word of its end (`有关部` `门`, `镇` `（街道）`).
pub(crate) fn name_end(glyphs: &[Glyph]) -> Option<usize> {
    let mut best = None;
    // How far a longer name is looked for: behind a verb that names hold too, not far.
    let mut window = 20;
    // Whether a verb stands behind the best.
    let mut acts = false;
    let mut open = 0;
    for stop in 2..=glyphs.len().min(60) {
        if best.is_some_and(|best| stop > best + window) {
            break;
        }
        match glyphs[stop - 1].ch {
            ch if is_open(ch) => open = stop,
            ch if is_close(ch) => open = 0,
            _ => {}
        }
        if open > 0 || !unit::is_unit(&glyphs[..stop]) {
            continue;
        }
        let rest = &glyphs[stop..];
        match lexicon::verbs().longest(rest) {
            Some((_, true)) => return Some(stop),
            // `主管部门组织编制`
            Some((length, false))
                if matches!(lexicon::verbs().longest(&rest[length..]), Some((_, true))) =>
            {
                return Some(stop);
            }
            Some((_, false)) => {
                best = Some(stop);
                window = 8;
                acts = true;
            }
            None if rest.is_empty() || matches!(rest[0].ch, '等' | '和' | '及' | '与' | '于') =>
            {
                return Some(stop);
            }
            None if best.is_none_or(|best| !acts && lengthens(&glyphs[best..stop])) => {
                best = Some(stop);
            }
            None => {}
        }
    }
    best
}

/// Whether a name goes on with these glyphs: one more, or a bracket.
fn lengthens(more: &[Glyph]) -> bool {
    more.len() == 1 || more.first().is_some_and(|glyph| is_open(glyph.ch))
}

/// A part of a name that `、` parts from the rest: `南沙`, `广州`, `各市`.
pub(crate) fn is_bare_part(glyphs: &[Glyph]) -> bool {
    (1..=5).contains(&glyphs.len())
        && lexicon::prose().longest(glyphs).is_none()
        && glyphs.iter().all(|glyph| !glyph.ch.is_ascii())
        && lexicon::predicates().longest(glyphs).is_none()
}
