//! Sentences that give a named organ the work of their item: `X会同Y…`, `由X牵头…`, `请X于…前完成`.

use super::chunk::names_person;
use super::value::Expect;
use super::{Draft, Reader};
use crate::glyph::{Glyph, begins, ends, find};
use crate::lexicon::Opening;
use crate::model::{Deadline, Form, Role, UnitKind};
use crate::predicate::{is_by, strip_predicate, unit_prefix};
use crate::{date, label, lexicon, rule, unit};

/// Glyphs behind a deadline that say no more than that the work is done by then: `前完成`, `前全部完成`.
const COMPLETED: usize = 4;

/// Glyphs behind the verb that are looked at: a sentence without end is cut there.
const SENTENCE: usize = 400;

impl<'t> Reader<'_, 't> {
    /// `X会同Y组织实施`, `由X牵头制定`, `请X于6月底前完成`: the glyph behind it.
    pub(super) fn read_prose(&mut self, first: usize, last: usize, at: usize) -> Option<usize> {
        let page = self.page;
        let glyphs = &page.glyphs;
        let floor = first.max(self.scope).max(at.saturating_sub(240));
        let word = ["会同", "牵头", "请"]
            .into_iter()
            .find(|word| begins(&glyphs[at..last], word).is_some())?;
        // `公司会同时扮演…`
        if word == "会同"
            && matches!(glyphs.get(at + 2), Some(next) if matches!(next.ch, '时' | '步'))
        {
            return None;
        }
        let limit = last.min(at + SENTENCE);
        let end = (at..limit)
            .find(|&at| matches!(glyphs[at].ch, '。' | ';' | '!'))
            .unwrap_or(limit);
        let start = (floor..at)
            .rev()
            .find(|&at| matches!(glyphs[at].ch, '。' | ';' | '!' | ':' | ',' | '?'))
            .map_or(floor, |at| at + 1);
        if word == "牵头"
            && let Some((from, to)) = rule::sentence_rule(page, floor, at, end)
        {
            let draft = Draft {
                rule: Some((from, to)),
                ..Draft::default()
            };
            self.make_rule(&draft);
            return Some(to);
        }
        match word {
            "请" => self.read_request(start, at, end),
            "会同" => self.read_joint(floor, start, at, end),
            _ => self.read_led(floor, start, at, end),
        }
    }

    /// `请X于6月底前完成`
    fn read_request(&mut self, start: usize, at: usize, end: usize) -> Option<usize> {
        let page = self.page;
        let glyphs = &page.glyphs;
        if at != start {
            return None;
        }
        let length = unit_prefix(page, at + 1, end, true);
        let behind = at + 1 + length;
        if length == 0 || begins(&glyphs[behind..end], "于").is_none() {
            return None;
        }
        let close = (behind..end).find(|&at| glyphs[at].ch == '前')?;
        let chunk_end = (close..end).find(|&at| glyphs[at].ch == ',').unwrap_or(end);
        let rest = &glyphs[close + 1..chunk_end];
        // Who is asked to report gets no work; `完成可行性研究报告` is work.
        let reports = ["报", "反馈", "提交", "将", "送", "函", "把"]
            .iter()
            .any(|word| begins(rest, word).is_some())
            || [
                "报送", "上报", "反馈", "报至", "送至", "报我", "报市", "报省", "报县", "报区",
            ]
            .iter()
            .any(|word| find(rest, word).is_some());
        let works = [
            "完成", "落实", "补齐", "建成", "完工", "竣工", "修复", "办结", "拆除", "到位",
        ]
        .iter()
        .any(|word| find(rest, word).is_some());
        if reports || !works {
            return None;
        }
        let deadline = date::read_deadline(page, behind + 1, close + 1, self.context.year)?;
        let mut draft = Draft {
            deadline: Some(deadline),
            ..Draft::default()
        };
        self.push_duty(&mut draft, Role::Responsible, None, &[(at + 1, behind)]);
        self.push(draft, Form::Prose, at, chunk_end);
        Some(chunk_end)
    }

    /// `X会同Y组织实施`
    fn read_joint(&mut self, floor: usize, start: usize, at: usize, end: usize) -> Option<usize> {
        let page = self.page;
        let glyphs = &page.glyphs;
        let mut from = self.skip_opening(start, at);
        // `具体安排由X会同Y`
        if let Some(by) = (from..at).rev().find(|&at| is_by(glyphs, at)) {
            from = by + 1;
        }
        let lead = self.strip_lead(from, at);
        // `市教育局要会同市财政局`; `应当` is of regulations.
        let must = ["要", "将"]
            .iter()
            .find_map(|word| ends(&glyphs[from..at], word))
            .unwrap_or(0);
        let left_end = lead.unwrap_or(at - must);
        // `我厅会同X下达资金` reports; `各主办单位会同协办单位制定方案` says how units of that role work.
        if !self.all_units(from, left_end)
            || matches!(glyphs[from].ch, '我' | '本')
            || label::is_role(&glyphs[from..left_end])
        {
            return None;
        }
        let length = unit_prefix(page, at + 2, end, true);
        if length == 0 {
            return None;
        }
        let right = (at + 2, at + 2 + length);
        // `X要会同有关部门加强督促` is how things are done everywhere.
        if must > 0 && unit::is_collective(&glyphs[right.0..right.1]) {
            return None;
        }
        // A standing duty `X会同Y负责…` and what was done give no work.
        let rest = &glyphs[right.1..end];
        let standing = ["负责", "具体负责"]
            .iter()
            .find_map(|word| begins(rest, word))
            .is_some_and(|length| {
                // `关于…的问题，由X会同Y负责落实。`
                let given = from > floor
                    && glyphs[from - 1].ch == '由'
                    && find(&glyphs[floor..from], "关于").is_some();
                let whole = ["", "落实"]
                    .iter()
                    .any(|word| begins(&rest[length..], word) == Some(rest.len() - length));
                !(given && whole)
            });
        if standing || is_done(rest) || interprets(rest) || self.is_closing(floor, at) {
            return None;
        }
        let mut chunk_end = (right.1..end)
            .find(|&at| glyphs[at].ch == ',')
            .unwrap_or(end);
        let mut draft = Draft {
            deadline: self.read_by(right.1, chunk_end),
            ..Draft::default()
        };
        // `X会同Y，于6月底前完成`
        if chunk_end == right.1 && chunk_end + 1 < end && glyphs[chunk_end + 1].ch == '于' {
            let from = chunk_end + 1;
            chunk_end = (from..end).find(|&at| glyphs[at].ch == ',').unwrap_or(end);
            draft.deadline = self.read_by(from, chunk_end);
        }
        let role = if lead.is_some() {
            Role::Lead
        } else {
            Role::Responsible
        };
        self.push_duty(&mut draft, role, None, &[(from, left_end)]);
        self.push_duty(&mut draft, Role::Cooperating, Some((at, at + 2)), &[right]);
        let by = usize::from(from > floor && glyphs[from - 1].ch == '由');
        self.push(draft, Form::Prose, from - by, chunk_end);
        Some(chunk_end)
    }

    /// `于6月底前完成` at the start.
    fn read_by(&self, from: usize, to: usize) -> Option<Deadline<'t>> {
        let glyphs = &self.page.glyphs;
        let link = ["于", "在"]
            .iter()
            .find_map(|word| begins(&glyphs[from..to], word))?;
        let before = (from + link..to).find(|&at| glyphs[at].ch == '前')?;
        date::read_deadline(self.page, from + link, before + 1, self.context.year)
    }

    /// `由X牵头制定，Y配合，7月1日前完成`
    fn read_led(&mut self, floor: usize, start: usize, at: usize, end: usize) -> Option<usize> {
        let page = self.page;
        let glyphs = &page.glyphs;
        let rest = &glyphs[at + 2..end];
        if attributive(rest)
            || ["单位", "部门", "会同"]
                .iter()
                .any(|word| begins(rest, word).is_some())
        {
            return None;
        }
        let by = (start..at).find(|&at| is_by(glyphs, at));
        if by.is_none() {
            if let Some(behind) = self.read_sentence(floor, start, end) {
                return Some(behind);
            }
            if !self.opens_sentence(floor, start, at, end) {
                return None;
            }
        }
        // Where the sentence and its units begin: `请X牵头，会同Y…`.
        let (by, first) = by.map_or_else(
            || {
                let first = self.skip_opening(start, at);
                (first, first)
            },
            |by| (by, by + 1),
        );
        // `鼓励由行业协会牵头` charges nobody.
        let may = ["鼓励", "探索", "支持", "允许", "倡导", "引导", "可", "可以"]
            .iter()
            .any(|word| ends(&glyphs[start..by], word).is_some());
        // `由我厅牵头代拟` tells of the writer.
        let own = matches!(glyphs[first].ch, '我' | '本');
        // `以上工作由王某牵头`
        let person = by < first && names_person(&glyphs[first..at]);
        // `由X、Y分别牵头`
        let manner = strip_predicate(&glyphs[first..at]).filter(|(_, role)| role.is_none());
        let last = at - manner.map_or(0, |(length, _)| length);
        if may
            || own
            || !person && !self.all_units(first, last)
            || is_done(rest)
            || interprets(rest)
            || self.is_closing(floor, by)
        {
            return None;
        }
        let mut draft = Draft::default();
        let (word, lead) = (Some((at, at + 2)), [(first, last)]);
        if person {
            self.push_persons(&mut draft, Role::Lead, word, &lead);
        } else {
            self.push_duty(&mut draft, Role::Lead, word, &lead);
        }
        if by == first && !self.is_named(&draft) {
            return None;
        }
        // `由X牵头、Y配合`
        let parted = begins(rest, "、").map(|_| at + 2);
        let comma = (at..end).find(|&at| glyphs[at].ch == ',');
        let mut chunk_end = parted.or(comma).unwrap_or(end);
        // `，Y配合`
        while chunk_end < end {
            let stop = |from: usize| (from..end).find(|&at| glyphs[at].ch == ',').unwrap_or(end);
            let mut next = stop(chunk_end + 1);
            // `由X牵头，Y、Z，各市政府配合`: one verb for both groups.
            let near = next;
            while next < end && self.all_units(chunk_end + 1, next) {
                next = stop(next + 1);
            }
            if strip_predicate(&glyphs[near..next]).is_none_or(|(_, role)| role.is_none()) {
                next = near;
            }
            let mut more = Draft::default();
            // `由X牵头，会同Y健全机制`, `由X牵头，联合Y组建专班`
            if ["会同", "联合"]
                .iter()
                .any(|word| begins(&glyphs[chunk_end + 1..next], word).is_some())
            {
                let from = chunk_end + 3;
                let length = unit_prefix(page, from, next, true);
                if length > 0 {
                    self.push_duty(
                        &mut draft,
                        Role::Cooperating,
                        Some((chunk_end + 1, from)),
                        &[(from, from + length)],
                    );
                    if draft.deadline.is_none() {
                        draft.deadline = self.read_by(from + length, next);
                    }
                    chunk_end = next;
                    continue;
                }
            }
            // `，7月1日前完成评选`, `，9月底前完工`
            let skipped = ["于", "在", "并于", "并在"]
                .iter()
                .find_map(|word| begins(&glyphs[chunk_end + 1..next], word))
                .unwrap_or(0);
            let begin = chunk_end + 1 + skipped;
            if draft.deadline.is_none()
                && let Some((deadline, behind)) =
                    date::read_front(page, begin, next, self.context.year)
                // `，6月底前提交审议` says when to report.
                && (matches!(glyphs[behind - 1].ch, '前' | '起')
                    && ["提交", "提请", "报", "反馈"]
                        .iter()
                        .all(|word| begins(&glyphs[behind..next], word).is_none())
                    || ["完成", "完工", "竣工", "建成", "投用"]
                        .iter()
                        .any(|word| begins(&glyphs[behind..next], word).is_some()))
            {
                draft.deadline = Some(deadline);
                chunk_end = next;
                break;
            }
            // `，全年推进。`
            let close = next == end && draft.deadline.is_none();
            if let Some(deadline) = close
                .then(|| date::read_deadline(page, chunk_end + 1, next, self.context.year))
                .flatten()
            {
                draft.deadline = Some(deadline);
                chunk_end = next;
                break;
            }
            if strip_predicate(&glyphs[chunk_end + 1..next]).is_some_and(|(_, role)| role.is_some())
                && self.read_value(chunk_end + 1, next, Expect::Predicate, &mut more)
                && !more.duties.is_empty()
            {
                draft.duties.extend(more.duties);
                chunk_end = next;
            } else {
                break;
            }
        }
        // `市教育局牵头，开展检查12次` may tell what was done; others and a day make it work to do.
        if by == first && draft.duties.len() < 2 && draft.deadline.is_none() {
            return None;
        }
        self.push(draft, Form::Prose, by, chunk_end);
        Some(chunk_end)
    }

    /// A sentence behind another that is a clause from end to end: `…10月底前完成。市城管局牵头，各区政府配合。`
    fn read_sentence(&mut self, floor: usize, start: usize, end: usize) -> Option<usize> {
        let page = self.page;
        let before = page.glyphs[..start].last().filter(|_| start > floor)?.ch;
        let ends = page.glyphs.get(end).is_some_and(|glyph| glyph.ch == '。');
        // In the middle of a sentence only with others and a day: `逐户评估，X牵头，Y配合，7月底前完成移交；`.
        let within = before == ',';
        if !(within || ends && matches!(before, '。' | ';' | '!' | '?')) {
            return None;
        }
        let start = self.skip_opening(start, end);
        let mut draft = Draft::default();
        let whole = self.read_value(start, end, Expect::Predicate, &mut draft);
        let named = self.is_named(&draft);
        let led = draft.duties.iter().any(|duty| duty.role == Role::Lead);
        let placed = !within || draft.duties.len() > 1 && draft.deadline.is_some();
        if !(whole && named && led && placed && draft.rule.is_none()) {
            return None;
        }
        // `…，年底前完成试点应用`: the sentence tells the work too.
        let work = draft
            .deadline
            .as_ref()
            .is_some_and(|deadline| page.range(deadline.span).end + COMPLETED < end);
        if work {
            self.push(draft, Form::Prose, start, end);
        } else {
            self.make(draft, start, end);
        }
        Some(end)
    }

    /// Whether the lead has a name: `主管部门牵头，有关部门配合` is how things are done everywhere.
    fn is_named(&self, draft: &Draft<'_>) -> bool {
        draft.duties.iter().all(|duty| {
            duty.units.iter().all(|unit| match unit.kind {
                UnitKind::Other => false,
                UnitKind::Collective => duty.role != Role::Lead,
                _ => !label::is_role(&self.page.glyphs[self.page.range(unit.span)]),
            })
        })
    }

    /// Whether a sentence begins with a named lead, behind which others or the work follow: `市发改委牵头，…`.
    fn opens_sentence(&self, floor: usize, start: usize, at: usize, end: usize) -> bool {
        let glyphs = &self.page.glyphs;
        // What was done is told, and a paragraph that is a clause from end to end is read as one.
        let told = ["了", "已", "先后"]
            .iter()
            .any(|word| find(&glyphs[at..end], word).is_some())
            || start == floor
                && self.read_value(start, end, Expect::Predicate, &mut Draft::default());
        let opens = start == floor || matches!(glyphs[start - 1].ch, '。' | ';' | '!' | '?');
        let comma = matches!(glyphs.get(at + 2), Some(next) if next.ch == ',');
        // `以龙头企业牵头，联合上下游…`
        let charged = start < at && glyphs[start].ch != '以';
        opens && comma && charged && !told
    }

    /// Whether the sentence is the closing provision of a document: `本措施自印发之日起施行，由X…`.
    fn is_closing(&self, floor: usize, at: usize) -> bool {
        let glyphs = self.glyphs();
        let from = (floor..at)
            .rev()
            .find(|&at| glyphs[at].ch == '。')
            .map_or(floor, |at| at + 1);
        find(&glyphs[from..at], "之日起").is_some()
    }

    /// Skips `由`, `请`, `并` in front of units, not `应` of `应急管理部` or `经` of `经济和信息化局`.
    pub(super) fn skip_opening(&self, mut from: usize, to: usize) -> usize {
        while let Some((length, Opening::LeadIn)) =
            lexicon::openings().longest(&self.glyphs()[from..to])
        {
            from += length;
        }
        from
    }

    pub(super) fn glyphs(&self) -> &[Glyph] {
        &self.page.glyphs
    }
}

/// `由民营企业牵头的项目`, `由其牵头或参与的比例`, `由企业牵头承担的课题`: the sentence tells which, not who is to do it.
fn attributive(rest: &[Glyph]) -> bool {
    begins(rest, "或").is_some()
        || begins(rest, "的").is_some()
        || rest.get(2).is_some_and(|glyph| glyph.ch == '的')
}

/// Whether the work is to interpret the document itself: `由X会同Y解释`, `由X牵头负责解释`.
fn interprets(rest: &[Glyph]) -> bool {
    let skipped = begins(rest, "负责").unwrap_or(0);
    begins(&rest[skipped..], "解释").is_some()
}

/// Whether the verb behind the units tells what was done: `研究提出了…`, `制定的《…》已经国务院同意`.
fn is_done(rest: &[Glyph]) -> bool {
    let chunk = rest
        .iter()
        .position(|glyph| glyph.ch == ',')
        .map_or(rest, |at| &rest[..at]);
    find(chunk, "已").is_some()
        || find(chunk, "的《").is_some()
        || find(chunk, "了").is_some_and(|at| at <= 8)
}
