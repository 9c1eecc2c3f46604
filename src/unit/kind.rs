//! A stretch into a typed unit: its name, aliases, kind, and who belongs to a collective.

use super::level::Levels;
use super::split::split;
use super::{Look, Piece, is_collective, is_organ};
use crate::glyph::{Glyph, Page, begins, find};
use crate::lexicon;
use crate::lexicon::Ending;
use crate::model::{Members, Str, Unit, UnitKind};

/// The typed unit of a piece.
pub(super) fn build<'t>(
    page: &Page<'t>,
    piece: Piece,
    head: Option<(usize, usize)>,
    tail: Option<(usize, usize)>,
    person: bool,
) -> Unit<'t> {
    let glyphs = &page.glyphs;
    let span = page.span(piece.first, piece.last);
    let name = &glyphs[piece.first..piece.last];
    let look = piece.look;
    let (core, aliases) = aliases(page, piece);
    let mut text = page.reading(piece.first, core);
    if head.is_some() || tail.is_some() {
        let lent = |ends: Option<(usize, usize)>| {
            ends.map_or(Str::Borrowed(""), |(first, last)| page.reading(first, last))
        };
        text = Str::Owned([lent(head), text, lent(tail)].concat());
    }
    let each = head.is_some_and(|(first, _)| glyphs[first].ch == '各');
    let members_of = tail.is_some_and(|(first, _)| glyphs[first].ch == '成');
    let kind = if each || members_of {
        UnitKind::Collective
    } else if person {
        // `县水利局 张某`
        UnitKind::Person
    } else {
        kind(name, look, tail.map(|(first, last)| &glyphs[first..last]))
    };
    let members = (kind == UnitKind::Collective).then(|| {
        let mut members = members(page, name, look, piece.first);
        // `民政局` of `各市、县教育局、民政局`
        if let Some((first, last)) = head
            && members.levels.is_empty()
        {
            members.levels = Levels::new(&glyphs[first..last]).named().collect();
        }
        Box::new(members)
    });
    Unit {
        text: Str::Borrowed(page.cut(span)),
        span,
        name: text,
        aliases,
        kind,
        canonical: None,
        members,
    }
}

/// Where the name itself ends, and the other names in brackets behind it.
fn aliases<'t>(page: &Page<'t>, piece: Piece) -> (usize, Vec<Str<'t>>) {
    let glyphs = &page.glyphs;
    let name = &glyphs[piece.first..piece.last];
    let core = &name[..piece.look.core];
    if core.len() == name.len() || !is_organ(core) || piece.look.collective {
        return (piece.last, Vec::new());
    }
    let inside = (piece.first + core.len() + 1, piece.last - 1);
    let mut found = Vec::new();
    let mut others = false;
    split(page, inside.0, inside.1, |first, last, _| {
        let part = &glyphs[first..last];
        others |= part.len() < 3 || !is_organ(part) || is_collective(part);
        found.push(page.reading(first, last));
    });
    if found.is_empty() || others {
        (piece.last, Vec::new())
    } else {
        (piece.first + core.len(), found)
    }
}

/// What a name says the unit is.
fn kind(name: &[Glyph], look: Look, tail: Option<&[Glyph]>) -> UnitKind {
    if let Some(tail) = tail {
        return match lexicon::endings().longest(tail) {
            Some((_, Ending::Organ(kind))) => kind,
            _ => UnitKind::Government,
        };
    }
    let run = look.levels.run;
    if look.collective
        || run == name.len()
        || name.iter().any(|glyph| glyph.ch == '各')
        || run > 2 && name.iter().any(|glyph| glyph.ch == '、')
    {
        return UnitKind::Collective;
    }
    let core = &name[..look.core];
    match look.ending {
        Some((length, Ending::Organ(kind))) => {
            match look.head {
                // `厅法规处`, `局办公室`
                Some((1, true))
                    if matches!(core[0].ch, '厅' | '局' | '委' | '院' | '校')
                        && kind != UnitKind::Collective =>
                {
                    UnitKind::Division
                }
                Some((head, true))
                    if kind == UnitKind::Agency
                        && length < core.len()
                        && is_party(&core[head.min(core.len())..]) =>
                {
                    UnitKind::Party
                }
                _ => kind,
            }
        }
        Some((_, Ending::Area)) => UnitKind::Government,
        // `市政府政务公开办`: an office that a level heads.
        _ if matches!(look.head, Some((_, true)))
            && core.last().is_some_and(|last| last.ch == '办') =>
        {
            UnitKind::Agency
        }
        _ => UnitKind::Other,
    }
}

/// `市委办公室`, `省委巡视办`, behind the level word.
fn is_party(behind_head: &[Glyph]) -> bool {
    begins(behind_head, "委").is_some() || begins(behind_head, "党委").is_some()
}

/// Who belongs to a collective.
fn members<'t>(page: &Page<'t>, name: &[Glyph], look: Look, first: usize) -> Members<'t> {
    let levels = look.levels.named().collect();
    let of = match look.ending {
        Some((_, Ending::Area)) => UnitKind::Government,
        Some((_, Ending::Organ(UnitKind::Collective))) => {
            if find(name, "企业").is_some() || find(name, "公司").is_some() {
                UnitKind::Enterprise
            } else if look.levels.run == name.len()
                || ["各地", "各地区"]
                    .iter()
                    .any(|word| begins(name, word) == Some(name.len()))
            {
                UnitKind::Government
            } else {
                UnitKind::Agency
            }
        }
        Some((_, Ending::Organ(kind))) => kind,
        _ => UnitKind::Other,
    };
    // `…领导小组成员单位`, `…领导小组各成员单位`
    let body = find(name, "成员单位").and_then(|at| {
        (at.saturating_sub(2)..=at)
            .rev()
            .find(|&end| lexicon::bodies().longest(&name[..end]).is_some())
            .map(|end| page.reading(first, first + end))
    });
    let filter = (0..name.len()).find_map(|at| {
        let (length, ()) = lexicon::filters().longest(&name[at..])?;
        Some(page.reading(first + at, first + at + length))
    });
    Members {
        of,
        levels,
        region: None,
        body,
        filter,
    }
}
