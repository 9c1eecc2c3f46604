//! One chunk of a value: units and their verbs into duties.

use super::duty::is_dummy;
use super::value::Expect;
use super::{Draft, Reader};
use crate::glyph::{Glyph, begins, ends, find, is_mark};
use crate::model::{Role, Unit};
use crate::predicate::{all_units, is_by, names_any, strip_predicate, unit_prefix};
use crate::{lexicon, unit};

/// A chunk: units, and the predicate behind them.
#[derive(Clone, Copy)]
struct Chunk {
    first: usize,
    /// Where the units end.
    end: usize,
    last: usize,
    /// The role that the verb gives, if there is one.
    verb: Option<Role>,
}

impl Chunk {
    /// The glyphs of the predicate.
    fn predicate(self) -> (usize, usize) {
        (self.end, self.last)
    }
}

impl<'t> Reader<'_, 't> {
    /// One chunk: `省科技厅、省财政厅按职责分工负责`; whether it could be read. Units that still wait for
    /// their verb are pending.
    pub(super) fn read_chunk(
        &self,
        from: usize,
        to: usize,
        pending: &mut Vec<(usize, usize)>,
        expect: Expect,
        draft: &mut Draft<'t>,
    ) -> bool {
        let chunk = self.chunk(from, to);
        if chunk.first >= chunk.end {
            // The verb stands behind a comma: `X，Y，按职责分工负责`.
            if let Some(role) = chunk.verb
                && !pending.is_empty()
            {
                let claimed = std::mem::take(pending);
                self.push_duty(draft, role, Some(chunk.predicate()), &claimed);
                draft.predicate = true;
            }
            return true;
        }
        if let Some(read) = self.read_linked(chunk, pending, expect, draft) {
            return read;
        }
        let glyphs = &self.page.glyphs[chunk.first..chunk.end];
        // `市教育局负责中小学` ends like a unit and is none.
        let known = find(glyphs, "负责").is_none() && self.all_units(chunk.first, chunk.end);
        if let Some(role) = chunk.verb {
            return self.read_charged(chunk, role, known, pending, expect, draft);
        }
        if known
            || expect == Expect::Predicate
                && names_any(glyphs, unit::is_organ)
                && may_be_units(glyphs)
        {
            pending.push((chunk.first, chunk.end));
            return true;
        }
        if self.read_opening(chunk.first, to, expect, draft) {
            return true;
        }
        let readable = matches!(expect, Expect::Labelled { .. })
            && (glyphs.len() <= 60 || may_be_units(glyphs))
            && !names_none(glyphs);
        if readable {
            pending.push((chunk.first, chunk.end));
        }
        readable
    }

    /// Where units and predicate begin: `由X牵头`, `请X负责`, `以X为主`.
    fn chunk(&self, from: usize, to: usize) -> Chunk {
        let glyphs = &self.page.glyphs;
        let chunk = &glyphs[from..to];
        let by = ["由", "请", "责成"]
            .iter()
            .find_map(|word| begins(chunk, word));
        let mainly = ends(chunk, "为主").and_then(|_| begins(chunk, "以"));
        let mut first = from + by.or(mainly).unwrap_or(0);
        let (length, verb) = strip_predicate(&glyphs[first..to]).unwrap_or((0, None));
        let end = to - length;
        // `技工院校内由X负责`: what stands before `由` narrows the work.
        if verb.is_some()
            && let Some(by) = (first..end).find(|&at| is_by(glyphs, at))
            && (self.all_units(by + 1, end) || names_person(&glyphs[by + 1..end]))
        {
            first = by + 1;
        }
        Chunk {
            first,
            end,
            last: to,
            verb,
        }
    }

    /// `X会同Y负责`, `会同Y`, `X商Y`: whether it could be read; none where nothing links two sides.
    fn read_linked(
        &self,
        chunk: Chunk,
        pending: &mut Vec<(usize, usize)>,
        expect: Expect,
        draft: &mut Draft<'t>,
    ) -> Option<bool> {
        let (link, word) = self.find_link(chunk.first, chunk.end)?;
        let lead = self.strip_lead(chunk.first, link);
        if lead.is_none() && chunk.first < link && !self.all_units(chunk.first, link) {
            return None;
        }
        let left_end = lead.unwrap_or(link);
        let mut right = (link + word, chunk.end);
        let mut acts = false;
        if !self.all_units(right.0, right.1) && !matches!(expect, Expect::Labelled { .. }) {
            // `由X会同Y举办`: a verb of the work itself.
            let end = right.0 + unit_prefix(self.page, right.0, chunk.last, true);
            acts = end > right.0 && end < chunk.last && chunk.last - end <= 6 && chunk.first < link;
            if !acts {
                return Some(self.read_opening(chunk.first, chunk.last, expect, draft));
            }
            right.1 = end;
        }
        if left_end > chunk.first {
            pending.push((chunk.first, left_end));
        }
        if chunk.verb.is_some() || lead.is_some() || acts || left_end == chunk.first {
            let role = match (lead, chunk.verb) {
                (Some(_), _) => Role::Lead,
                (None, Some(role)) if role != Role::Cooperating => role,
                _ => expect
                    .fallback()
                    .map_or(Role::Responsible, |(role, _)| role),
            };
            let words = (chunk.verb.is_some() && lead.is_none()).then(|| chunk.predicate());
            let claimed = std::mem::take(pending);
            self.push_duty(draft, role, words, &claimed);
        }
        self.push_duty(
            draft,
            Role::Cooperating,
            Some((link, link + word)),
            &[right],
        );
        draft.predicate = true;
        Some(true)
    }

    /// Units with a verb that charges them; `known` where nothing but units stands before it.
    fn read_charged(
        &self,
        chunk: Chunk,
        role: Role,
        known: bool,
        pending: &mut Vec<(usize, usize)>,
        expect: Expect,
        draft: &mut Draft<'t>,
    ) -> bool {
        let glyphs = &self.page.glyphs[chunk.first..chunk.end];
        // `市教育局已完成` tells what was done.
        if matches!(glyphs.last(), Some(end) if end.ch == '已') {
            return false;
        }
        // `X牵头Y配合` without a comma.
        if let Some((split, lead_verb)) = self.inner_lead(chunk.first, chunk.end) {
            pending.push((chunk.first, split));
            let claimed = std::mem::take(pending);
            let right = [(lead_verb, chunk.end)];
            self.push_duty(draft, Role::Lead, Some((split, lead_verb)), &claimed);
            self.push_duty(draft, role, Some(chunk.predicate()), &right);
            draft.predicate = true;
            return true;
        }
        if !known {
            // `（张某副市长牵头，市教育局负责）`
            if expect == Expect::Predicate && pending.is_empty() && names_person(glyphs) {
                let person = [(chunk.first, chunk.end)];
                self.push_persons(draft, role, Some(chunk.predicate()), &person);
                draft.predicate = true;
                return true;
            }
            let certain =
                draft.predicate || !pending.is_empty() || names_any(glyphs, unit::is_organ);
            match expect {
                Expect::Predicate | Expect::List if !certain || !may_be_units(glyphs) => {
                    return false;
                }
                Expect::Tier { .. } => {
                    return self.read_opening(chunk.first, chunk.last, expect, draft);
                }
                _ => {}
            }
        }
        // `责任单位：X、Y，Z配合`, `牵头单位：X，Y按职责分工负责`: what stands before is what the label says.
        if let Expect::Labelled {
            role: labelled,
            word,
            ..
        } = expect
            && labelled != role
            && (matches!(role, Role::Cooperating | Role::Supervising)
                || labelled == Role::Lead && role == Role::Responsible)
            // `责任单位：X牵头，Y，Z配合`: behind a lead with its verb the verb says it.
            && !draft.duties.iter().any(|duty| {
                let verb = |unit: &Unit<'_>| self.page.range(unit.span).start >= word.1;
                labelled != Role::Lead && duty.role == Role::Lead && duty.units.iter().any(verb)
            })
        {
            let claimed = std::mem::take(pending);
            self.push_duty(draft, labelled, Some(word), &claimed);
        }
        pending.push((chunk.first, chunk.end));
        let claimed = std::mem::take(pending);
        self.push_duty(draft, role, Some(chunk.predicate()), &claimed);
        draft.predicate = true;
        true
    }

    /// Units and a verb at the start of a chunk that goes on: `X牵头做好…工作`, in a tier `X做好…`.
    pub(super) fn read_opening(
        &self,
        from: usize,
        to: usize,
        expect: Expect,
        draft: &mut Draft<'t>,
    ) -> bool {
        let page = self.page;
        let tier = matches!(expect, Expect::Tier { .. });
        let length = unit_prefix(page, from, to, tier);
        if length == 0 {
            return tier && draft.predicate;
        }
        let end = from + length;
        let rest = &page.glyphs[end..to];
        let verbs = [
            ("牵头", Role::Lead),
            ("负责", Role::Responsible),
            ("配合", Role::Cooperating),
            ("协助", Role::Cooperating),
            ("参与", Role::Cooperating),
            ("指导", Role::Supervising),
            ("督导", Role::Supervising),
            ("督促", Role::Supervising),
        ];
        let verb = verbs
            .into_iter()
            .find_map(|(word, role)| Some((begins(rest, word)?, role)));
        match (verb, expect) {
            (Some((length, role)), _)
                if draft.predicate
                    || matches!(expect, Expect::Tier { .. } | Expect::Labelled { .. }) =>
            {
                self.push_duty(draft, role, Some((end, end + length)), &[(from, end)]);
                draft.predicate = true;
                true
            }
            // `X牵头制定方案，Y保障经费`: units that a level heads, and in a few words what each does.
            (_, Expect::Predicate)
                if unit::begins_with_organ(&page.glyphs[from..end])
                    && match verb {
                        Some((length, Role::Lead | Role::Responsible)) => {
                            says_work(&rest[length..])
                        }
                        _ => {
                            draft.predicate
                                && says_work(rest)
                                && lexicon::verbs().longest(rest).is_some()
                        }
                    } =>
            {
                let role = verb.map_or(Role::Responsible, |(_, role)| role);
                let word = verb.map(|(length, _)| (end, end + length));
                self.push_duty(draft, role, word, &[(from, end)]);
                draft.predicate = true;
                true
            }
            (_, Expect::Tier { .. }) if !rest.is_empty() => {
                self.push_duty(draft, Role::Responsible, None, &[(from, end)]);
                draft.predicate = true;
                true
            }
            _ => false,
        }
    }

    /// Where `会同`, or `商` between units, stands, and its length.
    fn find_link(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let glyphs = &self.page.glyphs;
        if let Some(at) = find(&glyphs[from..to], "会同") {
            return Some((from + at, 2));
        }
        let at = from + find(&glyphs[from..to], "商")?;
        // `自治区商务厅`, `行业协会商会`, `农村商业银行`: no organ is called `务厅`, `务和粮食局`, `会党委`, `业银行`.
        let names = unit::is_organ(&glyphs[from..at])
            && to - at > 3
            && !matches!(glyphs[at + 1].ch, '务' | '会' | '业');
        (names && self.all_units(from, at) && self.all_units(at + 1, to)).then_some((at, 1))
    }

    /// Where `牵头` stands at the end of these glyphs: the units before it.
    pub(super) fn strip_lead(&self, from: usize, to: usize) -> Option<usize> {
        let (length, role) = strip_predicate(&self.page.glyphs[from..to])?;
        (role == Some(Role::Lead) && length < to - from).then_some(to - length)
    }

    /// `X牵头Y`: the end of X and the start of Y.
    pub(super) fn inner_lead(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let at = from + find(&self.page.glyphs[from..to], "牵头")?;
        (at > from && at + 2 < to && self.all_units(from, at) && self.all_units(at + 2, to))
            .then_some((at, at + 2))
    }

    pub(super) fn all_units(&self, first: usize, last: usize) -> bool {
        all_units(self.page, first, last)
    }
}

/// Whether every name of an enumeration is short and reads like a name.
fn may_be_units(glyphs: &[Glyph]) -> bool {
    glyphs.split(|glyph| glyph.ch == '、').all(|name| {
        (2..=24).contains(&name.len())
            && lexicon::prose().longest(name).is_none()
            && name
                .iter()
                .all(|glyph| !matches!(glyph.ch, '。' | ':' | '《' | '%' | '的' | '由' | '抓'))
    })
}

/// Whether a person stands here and nothing else: `张某副市长`, `副市长张某`, `张某`.
pub(super) fn names_person(glyphs: &[Glyph]) -> bool {
    let is_post = |glyphs: &[Glyph]| {
        lexicon::posts()
            .longest(glyphs)
            .is_some_and(|(post, _)| post >= 2 && post < glyphs.len())
    };
    // `领导干部带头负责`: in front of a name stands one post, not a group.
    let named = |name: &usize| {
        let post = &glyphs[..glyphs.len() - name];
        matches!(post.last(), Some(last) if matches!(last.ch, '长' | '记' | '任' | '席'))
            && is_post(post)
    };
    let surname = lexicon::surnames().longest(glyphs).is_some();
    // `江苏`, `林长` are no names.
    let bare = surname
        && (glyphs.len() == 3 || glyphs.len() == 2 && glyphs[1].ch == '某')
        && !lexicon::places().is(glyphs)
        && !matches!(
            glyphs[glyphs.len() - 1].ch,
            '长' | '人' | '方' | '员' | '者'
        );
    lexicon::prose().longest(glyphs).is_none()
        && glyphs.iter().all(|glyph| !is_mark(glyph.ch))
        && !unit::is_unit(glyphs)
        && (bare
            || (4..=10).contains(&glyphs.len())
                && (surname && is_post(glyphs) || [2, 3].iter().any(named)))
}

/// Whether nobody is named: `无`, `详见附件`, `——`.
fn names_none(value: &[Glyph]) -> bool {
    value.iter().all(|glyph| is_dummy(glyph.ch))
        || lexicon::voids()
            .longest(value)
            .is_some_and(|(length, front)| front || length == value.len())
}

/// Whether a few glyphs tell what is done, not what somebody is or did.
fn says_work(rest: &[Glyph]) -> bool {
    (2..=10).contains(&rest.len())
        && find(rest, "解释").is_none()
        && rest.iter().all(|glyph| {
            !matches!(
                glyph.ch,
                '人' | '的' | '了' | '已' | '等' | '《' | '“' | '('
            )
        })
}
