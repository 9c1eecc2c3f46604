//! The value of a label, or a clause without labels: chunks of units, verbs and deadlines into duties.

use super::person::read_persons;
use super::predicate::{all_units, strip_predicate, unit_prefix};
use super::{Draft, Reader};
use crate::glyph::{Glyph, begins, ends, find, is_mark, is_open};
use crate::label::LabelKind;
use crate::model::{Deadline, Duty, Role, Str};
use crate::unit::{Marks, closing};
use crate::{date, label, lexicon, rule, unit};

impl<'t> Reader<'_, 't> {
    /// Reads chunks of units, verbs and deadlines; whether all of it could be read.
    pub(super) fn read_value(
        &mut self,
        first: usize,
        last: usize,
        default: Option<(Role, Option<(usize, usize)>)>,
        person: bool,
        strict: Strictness,
        draft: &mut Draft<'t>,
    ) -> bool {
        let page = self.page;
        let mut pending: Vec<(usize, usize)> = Vec::new();
        let mut whole = true;
        let mut start = first;
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
            if !self.read_chunk(from, to, &mut pending, default, strict, draft) {
                whole = false;
                if strict == Strictness::Predicate || strict == Strictness::List {
                    return false;
                }
            }
        }
        if !pending.is_empty() {
            match default {
                Some((role, label)) => self.push_duty(draft, role, label, &pending, person),
                None if draft.predicate || draft.rule.is_some() => {
                    self.push_duty(draft, Role::Responsible, None, &pending, false);
                }
                None => return false,
            }
        }
        whole
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

    /// A time behind units that says what is reached by it, that is no date, or that says more of the
    /// deadline before it: `2025年底前取得明显成效`, `适时推进`, `6月底前启动，12月底前完成`.
    fn read_time(&self, from: usize, to: usize, draft: &mut Draft<'t>) -> bool {
        let page = self.page;
        let year = self.context.year;
        let vague =
            || date::is_vague(&page.glyphs[from..to]) && unit_prefix(page, from, to, true) == 0;
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

    /// One chunk: `省科技厅、省财政厅按职责分工负责`.
    pub(super) fn read_chunk(
        &mut self,
        from: usize,
        to: usize,
        pending: &mut Vec<(usize, usize)>,
        default: Option<(Role, Option<(usize, usize)>)>,
        strict: Strictness,
        draft: &mut Draft<'t>,
    ) -> bool {
        let page = self.page;
        let chunk = &page.glyphs[from..to];
        let mut from = from;
        // `由X牵头`, `请X负责`, `以X为主`
        let by = ["由", "请"].iter().find_map(|word| begins(chunk, word));
        let mainly = ends(chunk, "为主").and_then(|_| begins(chunk, "以"));
        from += by.or(mainly).unwrap_or(0);
        let (length, verb) = strip_predicate(&page.glyphs[from..to]).unwrap_or((0, None));
        let units_end = to - length;
        // `技工院校内由X负责`: what stands before `由` narrows the work.
        if verb.is_some()
            && let Some(by) = (from..units_end).find(|&at| page.glyphs[at].ch == '由')
            && self.all_units(by + 1, units_end)
        {
            from = by + 1;
        }
        let verb_words = (units_end, to);
        if from >= units_end {
            // The verb stands behind a comma: `X，Y，按职责分工负责`.
            if let Some(role) = verb
                && !pending.is_empty()
            {
                let claimed = std::mem::take(pending);
                self.push_duty(draft, role, Some(verb_words), &claimed, false);
                draft.predicate = true;
            }
            return true;
        }
        // `X会同Y负责`, `会同Y`, `X商Y`
        if let Some((link, word)) = self.find_link(from, units_end) {
            let left_end = self.strip_lead(from, link);
            if left_end.is_some() || from == link || self.all_units(from, link) {
                let (end, lead) = left_end.map_or((link, false), |end| (end, true));
                let mut right = (link + word, units_end);
                let mut acts = false;
                if !self.all_units(right.0, right.1) && strict != Strictness::Labelled {
                    // `由X会同Y举办`: a verb of the work itself.
                    let end = right.0 + unit_prefix(page, right.0, to, true);
                    acts = end > right.0 && end < to && to - end <= 6 && from < link;
                    if !acts {
                        return self.read_opening(from, to, default, strict, draft);
                    }
                    right.1 = end;
                }
                let mut claimed = std::mem::take(pending);
                if end > from {
                    claimed.push((from, end));
                }
                let primary = if lead {
                    Role::Lead
                } else {
                    verb.filter(|&role| role != Role::Cooperating)
                        .unwrap_or(default.map_or(Role::Responsible, |(role, _)| role))
                };
                if verb.is_some() || lead || acts || end == from {
                    if !claimed.is_empty() {
                        self.push_duty(
                            draft,
                            primary,
                            (verb.is_some() && !lead).then_some(verb_words),
                            &claimed,
                            false,
                        );
                    }
                } else {
                    *pending = claimed;
                }
                self.push_duty(
                    draft,
                    Role::Cooperating,
                    Some((link, link + word)),
                    &[right],
                    false,
                );
                draft.predicate = true;
                return true;
            }
        }
        // `市教育局负责中小学` ends like a unit and is none.
        let charged = find(&page.glyphs[from..units_end], "负责");
        let units_known = charged.is_none() && self.all_units(from, units_end);
        if let Some(role) = verb {
            // `X牵头Y配合` without a comma.
            if let Some((split, lead_verb)) = self.inner_lead(from, units_end) {
                let mut claimed = std::mem::take(pending);
                claimed.push((from, split));
                self.push_duty(draft, Role::Lead, Some((split, lead_verb)), &claimed, false);
                self.push_duty(
                    draft,
                    role,
                    Some(verb_words),
                    &[(lead_verb, units_end)],
                    false,
                );
                draft.predicate = true;
                return true;
            }
            // `（张某副市长牵头，市教育局负责）`
            if !units_known
                && strict == Strictness::Predicate
                && pending.is_empty()
                && names_person(&page.glyphs[from..units_end])
            {
                let person = [(from, units_end)];
                self.push_duty(draft, role, Some(verb_words), &person, true);
                draft.predicate = true;
                return true;
            }
            if !units_known
                && (strict == Strictness::Predicate || strict == Strictness::List)
                && !(self.may_be_units(from, units_end)
                    && (draft.predicate || !pending.is_empty() || self.some_units(from, units_end)))
            {
                return false;
            }
            if !units_known && strict == Strictness::Tier {
                return self.read_opening(from, to, default, strict, draft);
            }
            // `责任单位：X、Y，Z配合`, `牵头单位：X，Y按职责分工负责`: what stands before is what the label says.
            if strict == Strictness::Labelled
                && let Some((labelled, label)) = default
                && labelled != role
                && (matches!(role, Role::Cooperating | Role::Supervising)
                    || labelled == Role::Lead && role == Role::Responsible)
                && !pending.is_empty()
            {
                let claimed = std::mem::take(pending);
                self.push_duty(draft, labelled, label, &claimed, false);
            }
            let mut claimed = std::mem::take(pending);
            claimed.push((from, units_end));
            self.push_duty(draft, role, Some(verb_words), &claimed, false);
            draft.predicate = true;
            return true;
        }
        if units_known
            || strict == Strictness::Predicate
                && self.some_units(from, units_end)
                && self.may_be_units(from, units_end)
        {
            pending.push((from, units_end));
            return true;
        }
        match strict {
            Strictness::Labelled => {
                if self.read_opening(from, to, default, Strictness::Predicate, draft) {
                    return true;
                }
                let value = &self.page.glyphs[from..units_end];
                let readable =
                    (value.len() <= 60 || self.may_be_units(from, units_end)) && !names_none(value);
                if readable {
                    pending.push((from, units_end));
                }
                readable
            }
            _ => self.read_opening(from, to, default, strict, draft),
        }
    }

    /// Units and a verb at the start of a chunk that goes on: `X牵头做好…工作`, in a tier `X做好…`.
    pub(super) fn read_opening(
        &mut self,
        from: usize,
        to: usize,
        default: Option<(Role, Option<(usize, usize)>)>,
        strict: Strictness,
        draft: &mut Draft<'t>,
    ) -> bool {
        let page = self.page;
        // `X负责，报市政府备案`
        if draft.predicate && to - from <= 14 && page.glyphs[from].ch == '报' {
            return true;
        }
        let length = unit_prefix(page, from, to, strict == Strictness::Tier);
        if length == 0 {
            return strict == Strictness::Tier && draft.predicate;
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
        match (verb, strict) {
            (Some((length, role)), _)
                if strict == Strictness::Tier
                    || draft.predicate
                    || strict == Strictness::Predicate && default.is_some() =>
            {
                self.push_duty(
                    draft,
                    role,
                    Some((end, end + length)),
                    &[(from, end)],
                    false,
                );
                draft.predicate = true;
                true
            }
            // `X牵头制定方案，Y保障经费`: units that a level heads, and in a few words what each does.
            (_, Strictness::Predicate)
                if default.is_none()
                    && unit::begins_with_organ(&page.glyphs[from..end])
                    && match verb {
                        Some((length, Role::Lead | Role::Responsible)) => tells(&rest[length..]),
                        _ => {
                            draft.predicate
                                && tells(rest)
                                && lexicon::verbs().longest(rest).is_some()
                        }
                    } =>
            {
                let role = verb.map_or(Role::Responsible, |(_, role)| role);
                let word = verb.map(|(length, _)| (end, end + length));
                self.push_duty(draft, role, word, &[(from, end)], false);
                draft.predicate = true;
                true
            }
            (_, Strictness::Tier) if !rest.is_empty() => {
                self.push_duty(draft, Role::Responsible, None, &[(from, end)], false);
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
        // `自治区商务厅`: an area does not consult, and no organ is called `务厅`, `务和粮食局`.
        let names = unit::is_organ(&glyphs[from..at]) && to - at > 3 && glyphs[at + 1].ch != '务';
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

    /// Whether an enumeration names at least one known unit: then its other names may be units too.
    fn some_units(&self, first: usize, last: usize) -> bool {
        self.page.glyphs[first..last]
            .split(|glyph| glyph.ch == '、')
            .any(|name| name.len() >= 3 && unit::is_organ(name))
    }

    /// Whether every name of an enumeration is short and reads like a name.
    fn may_be_units(&self, first: usize, last: usize) -> bool {
        self.page.glyphs[first..last]
            .split(|glyph| glyph.ch == '、')
            .all(|name| {
                (2..=24).contains(&name.len())
                    && lexicon::prose().longest(name).is_none()
                    && name
                        .iter()
                        .all(|glyph| !matches!(glyph.ch, '。' | ':' | '《' | '%' | '的' | '由'))
            })
    }

    pub(super) fn all_units(&self, first: usize, last: usize) -> bool {
        all_units(self.page, first, last)
    }

    /// Parts an enumeration at units whose role a word in brackets marks, `X（牵头）、Y（配合）`: the
    /// stretches, and the word and role where one is marked.
    fn split_marked(&self, first: usize, last: usize) -> Option<Vec<Marked>> {
        let glyphs = &self.page.glyphs;
        glyphs[first..last].iter().find(|glyph| is_open(glyph.ch))?;
        let mut stretches = Vec::new();
        let (mut from, mut start) = (first, first);
        let mut found = false;
        let mut at = first;
        while at < last {
            let Some(close) = closing(glyphs, at, last) else {
                if matches!(glyphs[at].ch, '、' | ',' | ';') {
                    start = at + 1;
                }
                at += 1;
                continue;
            };
            let word = &glyphs[at + 1..close];
            let role = label::read_stem(word)
                .or_else(|| label::read_back(word))
                .filter(|label| label.length == word.len())
                .and_then(|label| match label.kind {
                    LabelKind::Role {
                        role: role @ (Role::Lead | Role::Cooperating),
                        person: false,
                    } => Some(role),
                    _ => None,
                });
            if at > start
                && let Some(role) = role
            {
                if start > from {
                    stretches.push((from, start - 1, None));
                }
                stretches.push((start, at, Some((role, (at + 1, close)))));
                found = true;
                from = (close + 1 + usize::from(close + 1 < last)).min(last);
                start = from;
            }
            at = close + 1;
        }
        if found && from < last {
            stretches.push((from, last, None));
        }
        found.then_some(stretches)
    }

    pub(super) fn push_duty(
        &mut self,
        draft: &mut Draft<'t>,
        role: Role,
        label: Option<(usize, usize)>,
        stretches: &[(usize, usize)],
        person: bool,
    ) {
        let mut units = Vec::new();
        let mut open_ended = false;
        for &(first, last) in stretches {
            if person {
                let last = self.trim(first, last);
                read_persons(self.page, first, last, &mut units);
                continue;
            }
            let marked = self.split_marked(first, last);
            let whole = [(first, last, None)];
            for &(first, last, mark) in marked.as_deref().unwrap_or(&whole) {
                if let Some((role, word)) = mark {
                    self.push_duty(draft, role, Some(word), &[(first, last)], false);
                    continue;
                }
                let read = unit::read_units(self.page, first, self.trim(first, last));
                open_ended |= read.open_ended;
                if units.is_empty() {
                    units = read.units;
                } else {
                    units.extend(read.units);
                }
            }
        }
        units.retain(|unit| !unit.name.chars().all(is_filler));
        if units.is_empty() {
            return;
        }
        let label =
            label.map(|(first, last)| Str::Borrowed(self.page.cut(self.page.span(first, last))));
        match draft
            .duties
            .iter_mut()
            .find(|duty| duty.role == role && duty.role != Role::Other && duty.label == label)
        {
            Some(duty) => {
                duty.units.extend(units);
                duty.open_ended |= open_ended;
            }
            None => draft.duties.push(Duty {
                role,
                label,
                units,
                open_ended,
                inferred_by: None,
            }),
        }
    }
}

/// Whether a person with a post of two glyphs or more stands here and nothing else: `张某副市长`, `副市长张某`.
fn names_person(glyphs: &[Glyph]) -> bool {
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
    (4..=10).contains(&glyphs.len())
        && lexicon::prose().longest(glyphs).is_none()
        && glyphs.iter().all(|glyph| !is_mark(glyph.ch))
        && (is_post(glyphs) || [2, 3].iter().any(named))
}

/// Whether nobody is named: `无`, `详见附件`, `——`.
fn names_none(value: &[Glyph]) -> bool {
    value.iter().all(|glyph| is_filler(glyph.ch))
        || lexicon::voids()
            .longest(value)
            .is_some_and(|(length, front)| front || length == value.len())
}

/// What stands where a name is still to be filled in: `×××`, `____`.
fn is_filler(ch: char) -> bool {
    matches!(
        ch,
        '_' | '＿' | '—' | '-' | '/' | '…' | '.' | '×' | 'X' | ' '
    )
}

/// Whether a few glyphs tell what is done, not what somebody is or did.
fn tells(rest: &[Glyph]) -> bool {
    (2..=10).contains(&rest.len())
        && find(rest, "解释").is_none()
        && rest.iter().all(|glyph| {
            !matches!(
                glyph.ch,
                '人' | '的' | '了' | '已' | '等' | '《' | '“' | '('
            )
        })
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

/// A stretch of units, and the role that a word in brackets gives them.
type Marked = (usize, usize, Option<(Role, (usize, usize))>);

/// How sure a value must be before its words are taken for units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strictness {
    /// A label said that units follow.
    Labelled,
    /// A second tier: units, then what they do.
    Tier,
    /// Only complete names before a verb.
    Predicate,
    /// Only complete names.
    List,
}
