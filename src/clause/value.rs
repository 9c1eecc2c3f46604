//! The value of a label, or a clause without labels: cut into chunks of units, verbs and deadlines.

use super::{Draft, Reader};
use crate::glyph::{Glyph, begins, is_close, is_mark};
use crate::label::LabelKind;
use crate::lexicon::Opening;
use crate::model::{Deadline, Role};
use crate::predicate::{names_any, strip_predicate, unit_prefix};
use crate::unit::Marks;
use crate::{date, label, lexicon, rule, unit};

impl<'t> Reader<'_, 't> {
    /// Reads chunks of units, verbs and deadlines; whether all of it could be read.
    pub(super) fn read_value(
        &self,
        first: usize,
        last: usize,
        expect: Expect,
        draft: &mut Draft<'t>,
    ) -> bool {
        let page = self.page;
        let mut pending: Vec<(usize, usize)> = Vec::new();
        let mut whole = true;
        let mut start = first;
        let person = matches!(expect, Expect::Labelled { person: true, .. });
        let ends = Marks::new(&page.glyphs, first, last).filter(|&at| match page.glyphs[at].ch {
            ',' | ';' | '。' => true,
            '、' => !person && ends_duty(&page.glyphs[first..at]),
            _ => false,
        });
        for to in ends.chain(std::iter::once(last)) {
            let from = std::mem::replace(&mut start, to + 1);
            if from >= to {
                continue;
            }
            let to = self.strip_rule(from, to, draft);
            if from >= to {
                continue;
            }
            let chunk = &page.glyphs[from..to];
            if rule::begins_rule(chunk) {
                let mut end = self.trim(from, last);
                // `…排在第一位的为牵头部门，下同。2025年底前完成`
                if draft.deadline.is_none()
                    && let Some(stop) = (to..end).rev().find(|&at| page.glyphs[at].ch == '。')
                    && let Some(deadline) =
                        date::read_deadline(page, stop + 1, end, self.context.year)
                {
                    draft.deadline = Some(deadline);
                    end = stop;
                }
                draft.rule = Some((from, end));
                break;
            }
            if person {
                pending.push((from, to));
                continue;
            }
            let from = from + self.deadline_word(from, to);
            if draft.deadline.is_none()
                && let Some(deadline) = date::read_deadline(page, from, to, self.context.year)
            {
                draft.deadline = Some(deadline);
                continue;
            }
            let behind_units = !pending.is_empty() || !draft.duties.is_empty();
            if behind_units && self.read_time(from, to, draft) {
                continue;
            }
            // `报市政府备案`, `报省政府审定后实施`: what follows the work of the units.
            if draft.predicate && opens_remark(chunk) {
                continue;
            }
            let mut read = self.read_chunk(from, to, &mut pending, expect, draft);
            let enclosed = matches!(page.glyphs.get(last), Some(end) if is_close(end.ch));
            // `（水管所牵头，各连队配合）`: what is no organ by its name is one beside others.
            if !read
                && enclosed
                && expect == Expect::Predicate
                && !draft.predicate
                && charges(chunk, may_be_office)
                && charges_below(&page.glyphs[(to + 1).min(last)..last])
            {
                draft.predicate = true;
                read = self.read_chunk(from, to, &mut pending, expect, draft);
            }
            if !read {
                let sentence = from > first && page.glyphs[from - 1].ch == ';';
                if enclosed
                    && expect == Expect::Predicate
                    && draft.predicate
                    && says_more(chunk, sentence)
                {
                    continue;
                }
                whole = false;
                if matches!(expect, Expect::Predicate | Expect::List) {
                    return false;
                }
            }
        }
        if !pending.is_empty() {
            match expect.fallback() {
                Some((role, label)) if person => self.push_persons(draft, role, label, &pending),
                Some((role, label)) => self.push_duty(draft, role, label, &pending),
                None if draft.predicate || draft.rule.is_some() => {
                    self.push_duty(draft, Role::Responsible, None, &pending);
                }
                None => return false,
            }
        }
        whole
    }

    /// Takes off a rule in brackets behind units, `市教育局（列第一位者为牵头单位，下同）`: where the units end.
    fn strip_rule(&self, from: usize, to: usize, draft: &mut Draft<'t>) -> usize {
        let glyphs = &self.page.glyphs[from..to];
        let open = matches!(glyphs.last(), Some(end) if end.ch == ')')
            .then(|| glyphs.iter().rposition(|glyph| glyph.ch == '('))
            .flatten();
        let Some(open) = open.filter(|&open| rule::begins_rule(&glyphs[open + 1..])) else {
            return to;
        };
        draft.rule = Some((from + open + 1, to - 1));
        from + open
    }

    /// `完成时限` in front of a deadline, where the colon between is missing: how many glyphs.
    fn deadline_word(&self, from: usize, to: usize) -> usize {
        let chunk = &self.page.glyphs[from..to];
        let Some(digit) = chunk
            .iter()
            .take(8)
            .position(|glyph| glyph.ch.is_ascii_digit())
        else {
            return 0;
        };
        label::read_back(&chunk[..digit])
            .filter(|label| label.length == digit && label.kind == LabelKind::Deadline)
            .map_or(0, |label| label.length)
    }

    /// A deadline with what is to be reached by it: `2025年底前取得明显成效`, `于5月15日前完成`.
    fn read_effect(&self, from: usize, to: usize) -> Option<Deadline<'t>> {
        let glyphs = &self.page.glyphs;
        let skipped = ["并于", "并在", "力争", "确保", "于", "在"]
            .iter()
            .find_map(|word| begins(&glyphs[from..to], word))
            .unwrap_or(0);
        let (deadline, end) = date::read_front(self.page, from + skipped, to, self.context.year)?;
        let rest = &glyphs[end..to];
        // `9月开学前` is another time.
        let acts = rest.iter().any(|glyph| matches!(glyph.ch, '由' | '前'))
            || unit_prefix(self.page, end, to, true) > 0;
        (rest.len() <= 16 && !acts).then_some(deadline)
    }

    /// A time in front of the labels: `6月底前建成投用，牵头单位：X`, `持续优化，责任单位：X`.
    pub(super) fn read_time_alone(&self, from: usize, to: usize) -> Option<Deadline<'t>> {
        let chunk = &self.page.glyphs[from..to];
        self.read_effect(from, to).or_else(|| {
            let figure = chunk.iter().any(|glyph| glyph.ch.is_ascii_digit());
            (!figure && date::is_vague(chunk) && date::begins_vague(chunk) && !unit::is_unit(chunk))
                .then(|| date::keep_deadline(self.page, from, to, self.context.year))
                .flatten()
        })
    }

    /// A time behind units that says what is reached by it, that is no date, or that says more of the
    /// deadline before it: `2025年底前取得明显成效`, `适时推进`, `6月底前启动，12月底前完成`.
    fn read_time(&self, from: usize, to: usize, draft: &mut Draft<'t>) -> bool {
        let page = self.page;
        let year = self.context.year;
        let chunk = &page.glyphs[from..to];
        let vague = || {
            date::is_vague(chunk)
                && (date::begins_vague(chunk) && !unit::is_unit(chunk)
                    || unit_prefix(page, from, to, true) == 0)
        };
        let effect = self.read_effect(from, to);
        let Some(before) = &draft.deadline else {
            draft.deadline = match effect {
                None if vague() => date::keep_deadline(page, from, to, year),
                effect => effect,
            };
            return draft.deadline.is_some();
        };
        let whole = date::read_deadline(page, from, to, year).is_some();
        let end = match effect {
            _ if whole => to,
            Some(effect) => page.range(effect.span).end,
            None if vague() => to,
            None => return false,
        };
        let before = page.range(before.span);
        // Up to `完成`, the chunk before it ends where this one begins.
        if before.end + 5 >= from {
            draft.deadline = date::keep_deadline(page, before.start, end, year);
        }
        true
    }
}

/// Whether a name ends like that of an office or body, though it is none that is known: `水管所`, `三连`.
fn may_be_office(name: &[Glyph]) -> bool {
    name.last().is_some_and(|end| {
        "所站队组连营班办室部院校会社司厂场馆局科处股区镇乡村街团委心港矿段".contains(end.ch)
    })
}

/// Whether a chunk names something of this kind, and charges it by a verb.
fn charges(chunk: &[Glyph], asked: impl Fn(&[Glyph]) -> bool) -> bool {
    strip_predicate(chunk).is_some_and(|(length, role)| {
        // `谁主管谁负责`
        role.is_some()
            && !matches!(chunk[0].ch, '谁' | '以' | '按')
            && names_any(&chunk[..chunk.len() - length], asked)
    })
}

/// Whether one of these chunks charges units.
fn charges_below(chunks: &[Glyph]) -> bool {
    chunks
        .split(|glyph| matches!(glyph.ch, ',' | ';' | '。'))
        .any(|chunk| charges(chunk, unit::is_unit))
}

/// Whether a short chunk behind units with their verb, or a sentence behind `；`, says more of the work:
/// `试点先行`.
fn says_more(chunk: &[Glyph], sentence: bool) -> bool {
    let longest = if sentence { 40 } else { 16 };
    (4..=longest).contains(&chunk.len())
        && chunk
            .iter()
            .all(|glyph| !is_mark(glyph.ch) && !matches!(glyph.ch, '已' | '了'))
}

/// Whether a chunk behind units says more of their work by its first word: `报市政府备案`, `含民办学校`.
fn opens_remark(chunk: &[Glyph]) -> bool {
    let units = || &chunk[..chunk.len() - strip_predicate(chunk).map_or(0, |(length, _)| length)];
    chunk.len() <= 20
        && matches!(
            lexicon::openings().longest(chunk),
            Some((_, Opening::Remark))
        )
        && !unit::is_unit(units())
}

/// Whether a unit and its verb end here: `X牵头、Y配合` parts them as `，` does.
fn ends_duty(glyphs: &[Glyph]) -> bool {
    let Some((length, Some(_))) = strip_predicate(glyphs) else {
        return false;
    };
    let units = &glyphs[..glyphs.len() - length];
    let from = units
        .iter()
        .rposition(|glyph| matches!(glyph.ch, '、' | ',' | ';' | '。'))
        .map_or(0, |at| at + 1);
    unit::is_organ(&units[from..])
}

/// What a value is expected to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expect {
    /// Units or persons of this role, as the glyphs of a label say.
    Labelled {
        role: Role,
        word: (usize, usize),
        person: bool,
    },
    /// Behind the glyphs of its label a second tier: units, then what they do.
    Tier { word: (usize, usize) },
    /// Complete names before a verb.
    Predicate,
    /// Complete names.
    List,
}

impl Expect {
    /// The role of units without a verb, and the glyphs that give it.
    pub(super) fn fallback(self) -> Option<(Role, Option<(usize, usize)>)> {
        match self {
            Self::Labelled { role, word, .. } => Some((role, Some(word))),
            Self::Tier { word } => Some((Role::Responsible, Some(word))),
            Self::List => Some((Role::Responsible, None)),
            Self::Predicate => None,
        }
    }
}
