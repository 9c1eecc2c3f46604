//! What an enumeration elides: shared heads, shared tails, a distributed `各`.

use super::kind::build;
use super::level::{is_level_run, joint_run, level_run};
use super::{Piece, bare, is_area, is_collective, is_organ};
use crate::glyph::{Glyph, Page, begins, ends, find};
use crate::lexicon;
use crate::lexicon::Ending;
use crate::model::{Unit, UnitKind};

/// A head that later units share.
#[derive(Clone, Copy)]
pub(super) struct Head {
    first: usize,
    last: usize,
    /// What it may be put before.
    scope: Scope,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// `省`, `厅`: any organ.
    Level,
    /// `市委`: Party organs; others take the level alone.
    Party,
    /// `市场监管厅`: its divisions.
    Organ,
    /// `各`: collectives and areas without a name.
    Each,
    /// `各市、县（区）`: departments.
    EachLevel,
}

/// Names every piece, with what the enumeration elides.
pub(super) fn name_all<'t>(page: &Page<'t>, pieces: &[Piece], units: &mut Vec<Unit<'t>>) {
    let glyphs = &page.glyphs;
    let mut head: Option<Head> = None;
    for (index, piece) in pieces.iter().enumerate() {
        if piece.parted {
            head = None;
        }
        let name = &glyphs[piece.first..piece.last];
        let tail = shared_tail(page, pieces, index);
        let mut shared = None;
        if tail.is_none() {
            let own = own_head(name);
            match own {
                Own::Head(length, scope) => {
                    head = Some(Head {
                        first: piece.first,
                        last: piece.first + length,
                        scope,
                    });
                }
                Own::Stops => head = None,
                Own::None => shared = head.and_then(|head| fitting(head, glyphs, name)),
            }
        }
        units.push(build(page, *piece, shared, tail));
    }
}

/// What a name says of heads.
pub(super) enum Own {
    /// It has one of its own, so many glyphs long.
    Head(usize, Scope),
    /// It has none and shares none: a place name, a vertically managed organ.
    Stops,
    /// It may share one.
    None,
}

pub(super) fn own_head(name: &[Glyph]) -> Own {
    if name[0].ch == '各' {
        let run = joint_run(name);
        let rest = &name[run..];
        let department = run > 0
            && matches!(
                lexicon::endings().longest(bare(rest)),
                Some((
                    _,
                    Ending::Organ(UnitKind::Agency | UnitKind::Institution | UnitKind::Division)
                ))
            )
            && begins(rest, "有关").is_none();
        return if department {
            Own::Head(run, Scope::EachLevel)
        } else {
            Own::Head(1, Scope::Each)
        };
    }
    if lexicon::verticals().longest(name).is_some() || lexicon::places().longest(name).is_some() {
        return Own::Stops;
    }
    if let Some((length, true)) = lexicon::heads().longest(name)
        && name.len() >= length + 2
    {
        if is_collective(name) {
            return Own::Stops;
        }
        let rest = &name[length..];
        let party = ["委", "党委"].iter().find_map(|word| begins(rest, word));
        return match party {
            Some(word) if rest.len() > word && is_party(&rest[word..]) => {
                Own::Head(length + word, Scope::Party)
            }
            _ => Own::Head(length, Scope::Level),
        };
    }
    if is_collective(name) {
        return Own::Stops;
    }
    if let Some(length) = organ_before_division(name) {
        return Own::Head(length, Scope::Organ);
    }
    if names_place(name) || is_vertical_ending(name) {
        return Own::Stops;
    }
    Own::None
}

pub(super) fn is_party(rest: &[Glyph]) -> bool {
    matches!(
        lexicon::endings().longest(bare(rest)),
        Some((_, Ending::Organ(UnitKind::Party)))
    ) || rest
        .last()
        .is_some_and(|glyph| matches!(glyph.ch, '部' | '办' | '委' | '室' | '局'))
}

/// `市场监管厅登记注册局`: the organ that the office belongs to.
pub(super) fn organ_before_division(name: &[Glyph]) -> Option<usize> {
    let at = name.iter().position(|glyph| glyph.ch == '厅')? + 1;
    (at >= 3 && at + 2 <= name.len() && is_organ(&name[at..])).then_some(at)
}

/// Whether an area with a name of its own stands in front of the organ: `航空港区税务局`, `赣江新区管委会`.
pub(super) fn names_place(name: &[Glyph]) -> bool {
    let name = bare(name);
    if is_area(name) {
        return area_word(name) == 0;
    }
    let Some((length, Ending::Organ(_))) = lexicon::endings().longest(name) else {
        return false;
    };
    let base = &name[..name.len() - length];
    (3..=base.len()).any(|end| {
        matches!(base[end - 1].ch, '市' | '区' | '县' | '州' | '旗' | '盟')
            && area_word(&base[..end]) == 0
            && !matches!(base.get(end), Some(glyph) if glyph.ch == '域')
    })
}

/// How many glyphs of a generic area word stand at the start: `开发区`, `园区`.
pub(super) fn area_word(name: &[Glyph]) -> usize {
    for length in (2..=name.len().min(6)).rev() {
        if matches!(lexicon::endings().longest(&name[..length]), Some((word, Ending::Area)) if word == length)
        {
            return length;
        }
    }
    level_run(name)
}

/// Organs that no level heads: banks, customs, supervision bureaus, companies with names of their own.
pub(super) fn is_vertical_ending(name: &[Glyph]) -> bool {
    matches!(
        lexicon::endings().longest(bare(name)),
        Some((_, Ending::Organ(UnitKind::Enterprise)))
    ) || [
        "海关",
        "银保监局",
        "银保监分局",
        "证监局",
        "大学",
        "学院",
        "监管分局",
    ]
    .iter()
    .any(|word| ends(name, word).is_some())
}

/// The head as it stands before this name, if it may: first and last glyph.
pub(super) fn fitting(head: Head, glyphs: &[Glyph], name: &[Glyph]) -> Option<(usize, usize)> {
    let kind = match lexicon::endings().longest(bare(name)) {
        Some((_, Ending::Organ(kind))) => kind,
        Some((_, Ending::Area)) => UnitKind::Other,
        _ => return None,
    };
    let whole = Some((head.first, head.last));
    match head.scope {
        Scope::Level if kind == UnitKind::Collective => None,
        Scope::Level => (kind != UnitKind::Other).then_some((head.first, head.last)),
        Scope::Party if kind == UnitKind::Party || name.last()?.ch == '部' => whole,
        Scope::Party => {
            let level = lexicon::heads().longest(&glyphs[head.first..head.last])?.0;
            (!matches!(kind, UnitKind::Other | UnitKind::Collective))
                .then_some((head.first, head.first + level))
        }
        Scope::Organ => matches!(
            kind,
            UnitKind::Division | UnitKind::Agency | UnitKind::Institution
        )
        .then_some((head.first, head.last)),
        Scope::Each => {
            let generic = area_word(name) > 0 || kind == UnitKind::Collective;
            generic.then_some((head.first, head.last))
        }
        Scope::EachLevel => matches!(
            kind,
            UnitKind::Agency | UnitKind::Institution | UnitKind::Division
        )
        .then_some((head.first, head.last)),
    }
}

/// The tail that a later unit of the enumeration lends: `政府` of `南昌市、抚州市政府`, `区政府` of
/// `南沙、天河区政府`, `成员单位` of `甲领导小组、乙委员会成员单位`; first and last glyph.
pub(super) fn shared_tail(
    page: &Page<'_>,
    pieces: &[Piece],
    index: usize,
) -> Option<(usize, usize)> {
    area_tail(page, pieces, index).or_else(|| member_tail(page, pieces, index))
}

pub(super) fn area_tail(page: &Page<'_>, pieces: &[Piece], index: usize) -> Option<(usize, usize)> {
    let glyphs = &page.glyphs;
    let short = |name: &[Glyph]| {
        lexicon::places().is(name)
            || lexicon::endings().longest(name).is_none()
                && (2..=4).contains(&name.len())
                && lexicon::prose().longest(name).is_none()
    };
    let stands_bare = |piece: &Piece| {
        let name = &glyphs[piece.first..piece.last];
        let named = name[0].ch != '各' && !is_level_run(name) && area_word(name) < name.len();
        named && (is_area(name) || short(name))
    };
    // Most names are organs and need no more looks.
    let own = &glyphs[pieces[index].first..pieces[index].last];
    if matches!(lexicon::endings().longest(own), Some((_, Ending::Organ(_)))) && !short(own)
        || !stands_bare(&pieces[index])
    {
        return None;
    }
    let end = pieces[index + 1..]
        .iter()
        .take_while(|piece| !piece.parted)
        .take(40)
        .find(|piece| !stands_bare(piece))?;
    let name = &glyphs[end.first..end.last];
    if name[0].ch == '各' {
        return None;
    }
    let (length, Ending::Organ(UnitKind::Government)) = lexicon::endings().longest(name)? else {
        return None;
    };
    let base = &name[..name.len() - length];
    let (area, Ending::Area) = lexicon::endings().longest(base)? else {
        return None;
    };
    if base.len() == area || is_level_run(base) {
        return None;
    }
    // A name without a level word takes the level word too.
    let takes_level = short(&glyphs[pieces[index].first..pieces[index].last]);
    if takes_level && area > 1 {
        return None;
    }
    let from = end.last - length - if takes_level { area } else { 0 };
    Some((from, end.last))
}

pub(super) fn member_tail(
    page: &Page<'_>,
    pieces: &[Piece],
    index: usize,
) -> Option<(usize, usize)> {
    let glyphs = &page.glyphs;
    let name = &glyphs[pieces[index].first..pieces[index].last];
    BODIES.iter().find_map(|word| ends(name, word))?;
    let last = pieces[index + 1..]
        .iter()
        .take_while(|piece| !piece.parted)
        .take(8)
        .find(|piece| find(&glyphs[piece.first..piece.last], "成员单位").is_some())?;
    let lender = &glyphs[last.first..last.last];
    let at = find(lender, "成员单位")?;
    BODIES.iter().find_map(|word| ends(&lender[..at], word))?;
    Some((last.first + at, last.last))
}

/// Bodies that have members.
pub(super) const BODIES: &[&str] = &[
    "领导小组",
    "联席会议",
    "指挥部",
    "委员会",
    "工作组",
    "专班",
    "协调机制",
];
