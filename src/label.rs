//! Labels of assignment clauses: the glyphs before a colon in, a [`Label`] out.
//!
//! ```text
//! label    = modifier* stem noun | field          牵头单位 · 第一责任人 · 完成时限 · 市分工方案
//! stem     = 牵头 | 责任 | 配合 | 督导 …             (label_stems.tsv)
//! noun     = 单位 | 部门 | 处室 | 领导 | 人 …          (label_nouns.tsv)
//! field    = 完成时限 | 任务分解 | 适用范围 …           (label_fields.tsv)
//! ```
//!
//! A label is read backwards from its colon, so that it is found where it follows other text
//! without a mark between: `…集中统一领导 牵头单位：`.

use crate::glyph::{Glyph, apart, begins, ends, is_close, is_mark, is_open};
use crate::lexicon::{self, Field, Noun};
use crate::model::Role;

/// Glyphs that a label may have at most.
pub(crate) const LONGEST: usize = 16;

/// What stands between two labels of one value, or two nouns of one label.
const LINKS: [&str; 6] = ["及", "和", "与", "、", "或", "/"];

/// A label and what it says of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// Glyphs before the colon.
    pub length: usize,
    pub kind: LabelKind,
}

impl Label {
    /// A label of units that the lexicon lacks.
    pub(crate) fn unlisted(length: usize) -> Self {
        Self {
            length,
            kind: LabelKind::Role {
                role: Role::Other,
                person: false,
            },
        }
    }
}

/// What a label says of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LabelKind {
    /// Units or persons in a role.
    Role { role: Role, person: bool },
    /// `完成时限`
    Deadline,
    /// `任务分解`
    Tier,
    /// No role.
    Remark,
}

/// The label that these glyphs end with; a colon stands behind them.
pub(crate) fn read_back(glyphs: &[Glyph]) -> Option<Label> {
    let glyphs = &glyphs[glyphs.len().saturating_sub(LONGEST)..];
    // `责任部门〔单位〕`, as it is written inside round brackets.
    if glyphs
        .last()
        .is_some_and(|last| is_close(last.ch) && last.ch != ')')
    {
        let mut round = [Glyph { at: 0, ch: ' ' }; LONGEST];
        for (round, &glyph) in round.iter_mut().zip(glyphs) {
            let ch = match glyph.ch {
                ch if is_open(ch) => '(',
                ch if is_close(ch) => ')',
                ch => ch,
            };
            *round = Glyph { ch, ..glyph };
        }
        return read_back(&round[..glyphs.len()]);
    }
    let role = read_role(glyphs);
    let field = lexicon::label_fields()
        .longest(glyphs)
        .and_then(|(length, field)| {
            let kind = match field {
                Field::Deadline => LabelKind::Deadline,
                Field::DeadlineBeside => return None,
                Field::Tier => LabelKind::Tier,
                Field::Remark => LabelKind::Remark,
            };
            let length = modified(glyphs, length);
            Some(Label { length, kind })
        });
    match (role, field) {
        (Some(role), Some(field)) => Some(if field.length > role.length {
            field
        } else {
            role
        }),
        (role, field) => role.or(field),
    }
}

/// `modifier* stem noun`, also `牵头（责任）单位`, `配合处室、单位` and `责任单位及责任人`.
fn read_role(glyphs: &[Glyph]) -> Option<Label> {
    let (noun_length, noun) = lexicon::label_nouns().longest(glyphs)?;
    let mut rest = &glyphs[..glyphs.len() - noun_length];
    if rest.last().is_some_and(|last| is_close(last.ch)) {
        let open = rest.iter().rposition(|glyph| is_open(glyph.ch))?;
        rest = &rest[..open];
    }
    // `配合处室、单位`: a stem holds for all nouns behind it.
    let stem = loop {
        if let Some(stem) = lexicon::label_stems().longest(rest) {
            break stem;
        }
        let link = LINKS.iter().find_map(|link| ends(rest, link))?;
        rest = &rest[..rest.len() - link];
        let (length, _) = lexicon::label_nouns().longest(rest)?;
        rest = &rest[..rest.len() - length];
    };
    let (stem_length, role) = stem;
    let mut length = glyphs.len() - rest.len() + stem_length;
    // `责任单位及责任人`: the first of two labels gives the role.
    let before = &glyphs[..glyphs.len() - length];
    let mut first_role = role;
    let mut person = noun == Noun::Person;
    for link in LINKS.into_iter().chain(["("]) {
        if let Some(link) = ends(before, link)
            && let Some(first) = read_role(&before[..before.len() - link])
            && let LabelKind::Role {
                role,
                person: first_person,
            } = first.kind
        {
            length += link + first.length;
            first_role = role;
            person = first_person;
            break;
        }
    }
    Some(Label {
        length: modified(glyphs, length),
        kind: LabelKind::Role {
            role: first_role,
            person,
        },
    })
}

/// Takes in the modifiers before a label; a blank between ends another word: `县财政局 完成时限`. Where the label
/// runs on behind a name, what may end the name is its end: `市教育局配合单位`.
fn modified(glyphs: &[Glyph], mut length: usize) -> usize {
    let own = length;
    let parted = |pair: &[Glyph]| apart(pair[0], pair[1]);
    // `责　任　单　位`; one gap may be a wrap.
    let pairs = glyphs[glyphs.len() - length..].windows(2);
    let spread = pairs.clone().filter(|pair| parted(pair)).count() * 2 > pairs.len();
    while let Some((modifier, ())) =
        lexicon::label_modifiers().longest(&glyphs[..glyphs.len() - length])
    {
        let start = glyphs.len() - length;
        if !spread && parted(&glyphs[start - 1..=start]) {
            break;
        }
        length += modifier;
    }
    let start = glyphs.len() - length;
    let runs_on = start > 0
        && length > own
        && !is_mark(glyphs[start - 1].ch)
        && !parted(&glyphs[start - 1..=start]);
    let ends_name = || lexicon::endings().longest(&glyphs[..glyphs.len() - own]);
    if runs_on && ends_name().is_some() {
        return own;
    }
    length
}

/// A role word that stands for its label: `牵头：`, `配合：`.
pub(crate) fn read_stem(glyphs: &[Glyph]) -> Option<Label> {
    let (length, role) = lexicon::label_stems().longest(glyphs)?;
    (length == glyphs.len()).then_some(Label {
        length,
        kind: LabelKind::Role {
            role,
            person: false,
        },
    })
}

/// A word that is the label of a deadline beside labels of units: `时间：`.
pub(crate) fn read_beside(glyphs: &[Glyph]) -> Option<Label> {
    let (length, field) = lexicon::label_fields().longest(glyphs)?;
    (length == glyphs.len() && field == Field::DeadlineBeside).then_some(Label {
        length,
        kind: LabelKind::Deadline,
    })
}

/// Whether these glyphs are a label from end to end: `各牵头单位` in a sentence names nobody.
pub(crate) fn is_role(glyphs: &[Glyph]) -> bool {
    let word = &glyphs[begins(glyphs, "各").unwrap_or(0)..];
    read_back(word).is_some_and(|label| label.length == word.len())
}

/// Whether these glyphs end like the label of units, whatever their role word: `包干单位`.
pub(crate) fn names_units(glyphs: &[Glyph]) -> bool {
    (4..=8).contains(&glyphs.len())
        && matches!(lexicon::label_nouns().longest(glyphs), Some((length, Noun::Unit)) if length + 2 <= glyphs.len())
}

/// Whether these glyphs begin with a label and its colon: the label, and where the colon stands.
pub(crate) fn read_front(glyphs: &[Glyph]) -> Option<(Label, usize)> {
    let colon = glyphs
        .iter()
        .take(LONGEST + 1)
        .position(|glyph| glyph.ch == ':')?;
    let label = read_back(&glyphs[..colon])?;
    (label.length == colon).then_some((label, colon))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glyph::Page;

    fn check(text: &str, length: usize, kind: Option<LabelKind>) {
        let label = read_back(&Page::new(text).glyphs);
        assert_eq!(label, kind.map(|kind| Label { length, kind }), "{text}");
    }

    #[test]
    fn reads_labels() {
        let unit = |role| {
            Some(LabelKind::Role {
                role,
                person: false,
            })
        };
        let person = |role| Some(LabelKind::Role { role, person: true });
        check("牵头单位", 4, unit(Role::Lead));
        check("指标牵头单位", 6, unit(Role::Lead));
        check("工作。责 任\n单 位", 4, unit(Role::Responsible));
        check("牵头（责任）单位", 8, unit(Role::Lead));
        check("牵头〔责任〕单位", 8, unit(Role::Lead));
        check("责任部门〔单位〕", 8, unit(Role::Responsible));
        check("责任单位及责任人", 8, unit(Role::Responsible));
        check("配合部门", 4, unit(Role::Cooperating));
        check("配合处室、单位", 7, unit(Role::Cooperating));
        check("责任部门和单位", 7, unit(Role::Responsible));
        check("督导单位", 4, unit(Role::Supervising));
        check("牵头领导", 4, person(Role::Lead));
        check("责任人", 3, person(Role::Responsible));
        check("完成时限", 4, Some(LabelKind::Deadline));
        check("县财政局 完成时限", 4, Some(LabelKind::Deadline));
        check("市分工方案", 5, Some(LabelKind::Tier));
        check("适用范围", 4, Some(LabelKind::Remark));
        check("如下要求", 0, None);
        check("各单位", 0, None);
    }
}
