//! A stretch into a typed unit: its name, aliases, kind, and who belongs to a collective.

use super::level::{is_level_run, level_run, levels};
use super::name::BODIES;
use super::split::split;
use super::{Piece, bare, is_collective, is_organ};
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
) -> Unit<'t> {
    let glyphs = &page.glyphs;
    let span = page.span(piece.first, piece.last);
    let name = &glyphs[piece.first..piece.last];
    let (core, aliases) = aliases(page, piece);
    let mut text = page.reading(piece.first, core);
    if head.is_some() || tail.is_some() {
        let mut full = String::new();
        if let Some((first, last)) = head {
            full.push_str(&page.reading(first, last));
        }
        full.push_str(&text);
        if let Some((first, last)) = tail {
            full.push_str(&page.reading(first, last));
        }
        text = Str::Owned(full);
    }
    let each = head.is_some_and(|(first, _)| glyphs[first].ch == '各');
    let members_of = tail.is_some_and(|(first, _)| glyphs[first].ch == '成');
    let kind = if each || members_of {
        UnitKind::Collective
    } else {
        kind(name, tail.is_some())
    };
    let members =
        (kind == UnitKind::Collective).then(|| Box::new(members(page, name, piece.first)));
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
pub(super) fn aliases<'t>(page: &Page<'t>, piece: Piece) -> (usize, Vec<Str<'t>>) {
    let glyphs = &page.glyphs;
    let name = &glyphs[piece.first..piece.last];
    let core = bare(name);
    if core.len() == name.len() || !is_organ(core) || is_collective(core) {
        return (piece.last, Vec::new());
    }
    let inside = (piece.first + core.len() + 1, piece.last - 1);
    let mut found = Vec::new();
    for (first, last, _) in split(page, inside.0, inside.1) {
        let part = &glyphs[first..last];
        if part.len() < 3 || !is_organ(part) || is_collective(part) {
            return (piece.last, Vec::new());
        }
        found.push(page.reading(first, last));
    }
    if found.is_empty() {
        (piece.last, found)
    } else {
        (piece.first + core.len(), found)
    }
}

/// What a name says the unit is.
pub(super) fn kind(name: &[Glyph], has_tail: bool) -> UnitKind {
    if has_tail {
        return UnitKind::Government;
    }
    if is_collective(name)
        || is_level_run(name)
        || find(name, "各").is_some()
        || level_run(name) > 2 && name.iter().any(|glyph| glyph.ch == '、')
    {
        return UnitKind::Collective;
    }
    let core = bare(name);
    match lexicon::endings().longest(core) {
        Some((length, Ending::Organ(kind))) => {
            let level = lexicon::heads().longest(core);
            match level {
                // `厅法规处`, `局办公室`
                Some((1, true))
                    if matches!(core[0].ch, '厅' | '局' | '委' | '院' | '校')
                        && kind != UnitKind::Collective =>
                {
                    UnitKind::Division
                }
                _ if kind == UnitKind::Agency && length < core.len() && is_party_office(core) => {
                    UnitKind::Party
                }
                _ => kind,
            }
        }
        Some((_, Ending::Area)) => UnitKind::Government,
        _ => UnitKind::Other,
    }
}

/// `市委办公室`, `省委巡视办`.
pub(super) fn is_party_office(name: &[Glyph]) -> bool {
    match lexicon::heads().longest(name) {
        Some((length, true)) => {
            name.get(length).is_some_and(|glyph| glyph.ch == '委')
                || begins(&name[length..], "党委").is_some()
        }
        _ => false,
    }
}

/// Who belongs to a collective.
pub(super) fn members<'t>(page: &Page<'t>, name: &[Glyph], first: usize) -> Members<'t> {
    let levels = levels(name);
    let of = match lexicon::endings().longest(bare(name)) {
        Some((_, Ending::Area)) => UnitKind::Government,
        Some((_, Ending::Organ(UnitKind::Collective))) => {
            if find(name, "企业").is_some() || find(name, "公司").is_some() {
                UnitKind::Enterprise
            } else if is_level_run(name)
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
    let body = BODIES.iter().find_map(|word| {
        let at = find(name, word)? + word.chars().count();
        let member = find(&name[at..], "成员单位").is_some_and(|gap| gap <= 2);
        member.then(|| page.reading(first, first + at))
    });
    let filter = ["有关", "相关", "涉农", "试点", "牵头", "主管", "其他"]
        .iter()
        .find_map(|word| {
            let at = find(name, word)?;
            Some(page.reading(first + at, first + at + word.chars().count()))
        });
    Members {
        of,
        levels,
        region: None,
        body,
        filter,
    }
}
