//! Days and deadlines: glyphs in, calendar dates out.
//!
//! ```text
//! day      = year "年" month "月" day "日" | year [-/.] month [-/.] day      digits or 二〇一八年九月二十五日
//! deadline = every | ongoing | term | point ("前" | "完成" | …)* | point? ("—" | "至" | "到") point
//! term     = (… ("之日起" | "后"))? number ("日" | "个工作日" | "个月" | "年" | …) "内"
//! point    = year? (half | quarter | month (day | "上旬" | "中旬" | "下旬" | "底" | "末")? | "底" | "末")
//! ```
//!
//! | written (notice of 2018) | kind | date |
//! |---|---|---|
//! | `2018年12月底前` `2018.12` | by | 2018-12-31 |
//! | `6月底前完成` | by | 2018-06-30, year inferred |
//! | `三季度` `第三季度末` | by | 2018-09-30, year inferred |
//! | `2025—2027年` | period | 2027-12-31 from 2025-01-01 |
//! | `即日起至6月底` | period | 2018-06-30 |
//! | `“十四五”期间` | period | 2025-12-31 from 2021-01-01 |
//! | `每季度末` `每月28日前` | recurring | none |
//! | `持续推进` `长期坚持` | ongoing | none |
//! | `9月起` | ongoing | none, from 2018-09-01 |
//! | `6个月内` `印发之日起30日内` | by | none |

use crate::glyph::{Glyph, Page, begins, ends, find};
use crate::lexicon::Standing;
use crate::model::{Deadline, DeadlineKind, Inference, Str};
use crate::{lexicon, numeral};

/// Years that a number of four digits may be.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2199;

/// A calendar day, or the month or year that was written instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day {
    pub year: u32,
    pub month: u32,
    pub day: u32,
}

impl Day {
    /// Whether the calendar has it.
    pub(crate) fn exists(self) -> bool {
        (1..=12).contains(&self.month)
            && self.day >= 1
            && self.day <= days(self.year, self.month)
            && YEARS.contains(&self.year)
    }

    /// `YYYY-MM-DD`
    pub(crate) fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400) => 29,
        2 => 28,
        _ => 31,
    }
}

/// A whole day at the start: how many glyphs, and the day, which the calendar may lack.
pub(crate) fn read_day(glyphs: &[Glyph]) -> Option<(usize, Day)> {
    let (year, mut at) = numeral::read(glyphs)?;
    if !YEARS.contains(&year) {
        return None;
    }
    let separator = glyphs.get(at)?.ch;
    if !matches!(separator, '年' | '-' | '/' | '.' | '—') {
        return None;
    }
    at += 1;
    let (month, length) = read_two(&glyphs[at..])?;
    at += length;
    let second = glyphs.get(at)?.ch;
    if separator == '年' && second != '月' || separator != '年' && second != separator {
        return None;
    }
    at += 1;
    let (day, length) = read_two(&glyphs[at..])?;
    at += length;
    if separator == '年' {
        if !matches!(glyphs.get(at)?.ch, '日' | '号') {
            return None;
        }
        at += 1;
    }
    (month <= 99 && day <= 99).then_some((at, Day { year, month, day }))
}

/// A day whose `年`, `月`, `日` a copy lost, `20251123`, `202599`, where its figures leave no choice.
pub(crate) fn read_bare_day(glyphs: &[Glyph]) -> Option<Day> {
    if !(6..=8).contains(&glyphs.len()) || !glyphs.iter().all(|glyph| glyph.ch.is_ascii_digit()) {
        return None;
    }
    let figure = |from: usize, to: usize| numeral::read(&glyphs[from..to]).map(|(value, _)| value);
    let year = figure(0, 4)?;
    let mut days = (5..=6.min(glyphs.len() - 1))
        .filter(|&at| glyphs.len() - at <= 2)
        .filter(|&at| glyphs.len() == 8 || glyphs[4].ch != '0' && glyphs[at].ch != '0')
        .filter_map(|at| {
            Some(Day {
                year,
                month: figure(4, at)?,
                day: figure(at, glyphs.len())?,
            })
        })
        .filter(|day| day.exists());
    days.next().filter(|_| days.next().is_none())
}

/// `.12` behind a year, also at the begin of a period, `2024.10-2025.3`: how many glyphs, and the month.
fn read_dotted_month(glyphs: &[Glyph]) -> Option<(usize, u32)> {
    let (month, length) = read_two(glyphs.get(1..)?)?;
    let rest = &glyphs[1 + length..];
    let ends = rest
        .first()
        .is_none_or(|next| !next.ch.is_ascii_digit() && !matches!(next.ch, '.' | '-' | '/' | '年'));
    let period = rest.first().is_some_and(|next| next.ch == '-')
        && matches!(numeral::read(&rest[1..]), Some((year, _)) if YEARS.contains(&year));
    let ends = ends || period;
    (ends && (1..=12).contains(&month)).then_some((1 + length, month))
}

/// A month or a day: two digits at most, for a clock time may follow.
fn read_two(glyphs: &[Glyph]) -> Option<(u32, usize)> {
    let digits = glyphs
        .iter()
        .take(2)
        .take_while(|glyph| glyph.ch.is_ascii_digit())
        .count();
    numeral::read(if digits > 0 {
        &glyphs[..digits]
    } else {
        glyphs
    })
}

/// Whether these glyphs are a year and a month: `2025年3月`.
pub(crate) fn is_month(glyphs: &[Glyph]) -> bool {
    numeral::read(glyphs)
        .filter(|(year, _)| YEARS.contains(year))
        .and_then(|(_, length)| glyphs.get(length..)?.split_first())
        .filter(|(mark, _)| mark.ch == '年')
        .and_then(|(_, rest)| Some((read_two(rest)?, rest)))
        .is_some_and(|((_, length), rest)| {
            begins(&rest[length..], "月") == Some(rest.len() - length)
        })
}

/// A clock time behind a day, as web pages print it: `09:30`, `09:30:12`; how many glyphs.
pub(crate) fn clock(glyphs: &[Glyph]) -> usize {
    glyphs
        .iter()
        .take(9)
        .take_while(|glyph| glyph.ch.is_ascii_digit() || glyph.ch == ':')
        .count()
}

/// Reads glyphs `first..last` as a deadline, whole; `year` is that of the notice.
pub(crate) fn read_deadline<'t>(
    page: &Page<'t>,
    first: usize,
    last: usize,
    year: Option<u32>,
) -> Option<Deadline<'t>> {
    if !may_begin(page.glyphs.get(first)?.ch) {
        return None;
    }
    let last = trimmed(&page.glyphs, first, last);
    let glyphs = &page.glyphs[first..last];
    let read = read_span(glyphs, year)?;
    Some(deadline(page, first, last, &read))
}

/// The deadline with which these glyphs begin, and where it ends: `2025年底前取得明显成效`, `2025年秋季学期完成`.
pub(crate) fn read_front<'t>(
    page: &Page<'t>,
    first: usize,
    last: usize,
    year: Option<u32>,
) -> Option<(Deadline<'t>, usize)> {
    let glyphs = page.glyphs.get(first..last)?;
    let point = |at: &usize| {
        matches!(
            page.glyphs[at - 1].ch,
            '前' | '底' | '末' | '起' | '内' | '月' | '份' | '日'
        )
    };
    let longest = match glyphs.first() {
        Some(glyph) if may_begin(glyph.ch) => last.min(first + 20),
        _ => first,
    };
    let end = (first + 2..=longest)
        .rev()
        .find(|&at| point(&at) && read_deadline(page, first, at, year).is_some());
    if let Some(end) = end {
        return read_deadline(page, first, end, year).map(|deadline| (deadline, end));
    }
    let counted = numeral::read(glyphs)
        .and_then(|(_, digits)| glyphs.get(digits))
        .is_some_and(|glyph| matches!(glyph.ch, '年' | '月'));
    // `汛期前完成`
    if !counted && ends(glyphs, "前完成").is_none() {
        return None;
    }
    // `2025年秋季学期起全面推行`
    let since = glyphs.iter().take(14).position(|glyph| glyph.ch == '起');
    if let Some(since) = since.filter(|&since| counted && names_season(&glyphs[..since])) {
        let from = Read {
            kind: DeadlineKind::Ongoing,
            from: None,
            to: None,
            inferred: false,
        };
        let end = first + since + 1;
        return Some((deadline(page, first, end, &from), end));
    }
    // `秋季学期`, `汛期前`: a time that is no date.
    let end = trimmed(&page.glyphs, first, last);
    let undated = Read {
        kind: DeadlineKind::By,
        from: None,
        to: None,
        inferred: false,
    };
    (end < last && last - first <= 14).then(|| (deadline(page, first, end, &undated), last))
}

/// As [`read_deadline`], but a text that can't be read is kept, without a date.
pub(crate) fn keep_deadline<'t>(
    page: &Page<'t>,
    first: usize,
    last: usize,
    year: Option<u32>,
) -> Option<Deadline<'t>> {
    let end = trimmed(&page.glyphs, first, last);
    if first >= end {
        return None;
    }
    let glyphs = &page.glyphs[first..end];
    let read = read_span(glyphs, year).or_else(|| {
        // `2025年启动，2026年完成`: the part that says when it is to be done.
        let done = (end < last)
            .then(|| glyphs.iter().rposition(|glyph| glyph.ch == ','))
            .flatten();
        let own = numeral::read(glyphs)
            .map(|(own, _)| own)
            .filter(|own| YEARS.contains(own));
        if let Some(read) = done.and_then(|comma| read_span(&glyphs[comma + 1..], own.or(year))) {
            return Some(Read {
                inferred: read.inferred && own.is_none(),
                ..read
            });
        }
        // `立行立改，2024年7月底前`
        let comma = glyphs
            .iter()
            .position(|glyph| matches!(glyph.ch, ',' | '、' | ';'));
        if let Some((at_once, rest)) = comma.map(|comma| glyphs.split_at(comma))
            && standing(at_once) == Some(Standing::AtOnce)
            && let Some(read) = read_span(&rest[1..], year)
        {
            return Some(read);
        }
        // `2023年6月底前并长期坚持`: the part that is a date, not the year of `2025年春节前`.
        (2..glyphs.len())
            .rev()
            .filter(|&length| {
                // No part of `2024.10-2025.3`, `2024.13`.
                !matches!(glyphs[length].ch, '0'..='9' | '-' | '—' | '.' | '/' | '～')
            })
            .find(|&length| read_span(&glyphs[..length], year).is_some())
            .filter(|&length| {
                let year = glyphs[0].ch != '每' && glyphs[length - 1].ch == '年';
                !year || !names_season(&glyphs[length..])
            })
            .and_then(|length| read_span(&glyphs[..length], year))
            .or_else(|| {
                let ongoing = ["长期", "持续", "常态化"]
                    .iter()
                    .any(|word| find(glyphs, word).is_some());
                ongoing.then_some(Read {
                    kind: DeadlineKind::Ongoing,
                    from: None,
                    to: None,
                    inferred: false,
                })
            })
    });
    let read = read.unwrap_or(Read {
        kind: DeadlineKind::By,
        from: None,
        to: None,
        inferred: false,
    });
    Some(deadline(page, first, end, &read))
}

/// Whether a time of the year stands behind the year, that is no date: `春节前`, `秋季学期`.
fn names_season(rest: &[Glyph]) -> bool {
    rest.iter()
        .any(|glyph| matches!(glyph.ch, '前' | '后' | '期' | '季' | '节'))
}

/// Whether a short chunk names a time, though no day: `适时推进`, `汛期前`, `按计划完成`, `“十四五”末`.
pub(crate) fn is_vague(glyphs: &[Glyph]) -> bool {
    // `两会宣传组`, `动态调整名单`, `近期目标：…` are no times.
    let noun = || {
        let end = glyphs.last();
        end.is_some_and(|end| "组台单人标务批队员室站".contains(end.ch))
    };
    (2..=16).contains(&glyphs.len())
        && glyphs.iter().all(|glyph| glyph.ch != ':')
        && (0..glyphs.len()).any(|at| lexicon::times().longest(&glyphs[at..]).is_some())
        && !noun()
}

/// Whether a vague time opens the chunk, or what it depends on: `限时办结`, `根据国家部署适时推进`.
pub(crate) fn begins_vague(glyphs: &[Glyph]) -> bool {
    lexicon::times().longest(glyphs).is_some()
        || ["根据", "按照", "视", "结合"]
            .iter()
            .any(|word| begins(glyphs, word).is_some())
}

/// Whether a deadline can begin with this character: a first look, as most values are names of units.
fn may_begin(ch: char) -> bool {
    ch.is_ascii_digit()
        || "“〇○零一二三四五六七八九十两廿今明次本当年前上下第每按逐定即自印从持长常全并贯立已坚半发收会文方通到"
            .contains(ch)
}

/// Without `完成` and stops at the end, also `6月底前落实` and `9月起实施`.
fn trimmed(glyphs: &[Glyph], first: usize, mut last: usize) -> usize {
    loop {
        let slice = &glyphs[first..last];
        let cut = match lexicon::completions().longest(slice) {
            Some((length, anywhere)) => slice[..slice.len() - length]
                .last()
                .filter(|before| anywhere || matches!(before.ch, '前' | '起' | '内'))
                .map(|_| length),
            None => slice
                .last()
                .filter(|end| matches!(end.ch, '。' | ',' | ';' | '、'))
                .map(|_| 1),
        };
        match cut {
            Some(length) if length < slice.len() => last -= length,
            _ => return last,
        }
    }
}

fn deadline<'t>(page: &Page<'t>, first: usize, last: usize, read: &Read) -> Deadline<'t> {
    let span = page.span(first, last);
    Deadline {
        text: Str::Borrowed(page.cut(span)),
        date: read
            .to
            .filter(|day| day.exists())
            .map(|day| Str::Owned(day.iso())),
        from: read
            .from
            .filter(|day| day.exists())
            .map(|day| Str::Owned(day.iso())),
        kind: read.kind,
        inferred: (read.inferred && read.to.or(read.from).is_some())
            .then_some(Inference::YearFromNotice),
        span,
    }
}

struct Read {
    kind: DeadlineKind,
    from: Option<Day>,
    to: Option<Day>,
    inferred: bool,
}

/// The whole of a deadline.
fn read_span(glyphs: &[Glyph], year: Option<u32>) -> Option<Read> {
    if glyphs.is_empty() || glyphs.len() > 40 {
        return None;
    }
    if let Some(kind) = undated(glyphs) {
        return Some(Read {
            kind,
            from: None,
            to: None,
            inferred: false,
        });
    }
    if let Some(rest) = every(glyphs) {
        return rest.then_some(Read {
            kind: DeadlineKind::Recurring,
            from: None,
            to: None,
            inferred: false,
        });
    }
    if let Some(read) = read_plan(glyphs) {
        return Some(read);
    }
    let mut at = 0;
    let mut start = None;
    if let Some(length) = [
        "即日起",
        "自即日起",
        "印发之日起",
        "自印发之日起",
        "从即日起",
    ]
    .iter()
    .find_map(|word| begins(glyphs, word))
    {
        let rest = &glyphs[length..];
        let link = ["至", "到", ",", "—"]
            .iter()
            .find_map(|word| begins(rest, word))
            .unwrap_or(0);
        if rest.is_empty() {
            return Some(Read {
                kind: DeadlineKind::Ongoing,
                from: None,
                to: None,
                inferred: false,
            });
        }
        at = length + link;
        start = Some(None);
    }
    // `到2027年`
    if at == 0 && glyphs[0].ch == '到' {
        at = 1;
    }
    // `自2025年起`
    if at == 0 && glyphs.iter().any(|glyph| glyph.ch == '起') {
        at = ["自", "从"]
            .iter()
            .find_map(|word| begins(glyphs, word))
            .unwrap_or(0);
    }
    let mut inferred = false;
    if let Some(read) = read_months(&glyphs[at..], year) {
        return Some(read);
    }
    let first = read_point(&glyphs[at..], year)?;
    at += first.length;
    let link = ["至", "到", "—", "-", "～"]
        .iter()
        .find_map(|word| begins(&glyphs[at..], word));
    let (from, to) = if let Some(link) = link {
        let mut second = read_point(&glyphs[at + link..], first.year.or(year))?;
        // `2025—2027年`: the first year lends no unit of its own.
        if first.bare_year && !second.year_written {
            return None;
        }
        if !second.year_written && first.year_written {
            second.inferred = false;
        }
        // `11月至3月` ends in the next year.
        if let (Some(from), Some(to)) = (first.from, &mut second.to)
            && !second.year_written
            && *to < from
        {
            to.year += 1;
        }
        at += link + second.length;
        inferred |= second.inferred;
        start = Some(Some(first.from));
        (start.flatten(), second.to)
    } else {
        if first.bare_year {
            return None;
        }
        inferred |= first.inferred;
        (None, first.to)
    };
    let tail = tail(&glyphs[at..]);
    if at + tail != glyphs.len() {
        return None;
    }
    // `9月起`, `9月起持续推进`: a beginning without an end.
    if start.is_none() && glyphs[at..].iter().any(|glyph| glyph.ch == '起') {
        return Some(Read {
            kind: DeadlineKind::Ongoing,
            from: first.from,
            to: None,
            inferred: first.inferred,
        });
    }
    let kind = if start.is_some() {
        DeadlineKind::Period
    } else {
        DeadlineKind::By
    };
    Some(Read {
        kind,
        from: from.flatten(),
        to,
        inferred,
    })
}

/// `“十四五”期间`, `十四五末`: the years of a five-year plan, of which the tenth began in 2001.
fn read_plan(glyphs: &[Glyph]) -> Option<Read> {
    let quoted = begins(glyphs, "“").unwrap_or(0);
    let (plan, length) = numeral::read_han(glyphs.get(quoted..quoted + 2)?)?;
    let at = quoted + length + begins(&glyphs[quoted + length..], "五")?;
    let at = at + begins(&glyphs[at..], "”").unwrap_or(0);
    let rest = &glyphs[at..];
    let (word, by) = [
        ("期末", true),
        ("末", true),
        ("期间", false),
        ("时期", false),
    ]
    .into_iter()
    .find_map(|(word, by)| Some((begins(rest, word)?, by)))?;
    if !(10..=20).contains(&plan) || word + tail(&rest[word..]) != rest.len() {
        return None;
    }
    let year = 2001 + (plan - 10) * 5;
    let (first, last) = ((year, 1, 1), (year + 4, 12, 31));
    let day = |(year, month, day)| Some(Day { year, month, day });
    Some(Read {
        kind: if by {
            DeadlineKind::By
        } else {
            DeadlineKind::Period
        },
        from: if by { None } else { day(first) },
        to: day(last),
        inferred: false,
    })
}

/// `3—6月`, `2025年1—6月`: the first month takes its unit from the second.
fn read_months(glyphs: &[Glyph], year: Option<u32>) -> Option<Read> {
    let own = numeral::read(glyphs).filter(|(own, _)| YEARS.contains(own));
    if let Some((own, length)) = own {
        let rest = &glyphs[length..];
        let rest = &rest[begins(rest, "年")?..];
        return read_months(rest, Some(own)).map(|read| Read {
            inferred: false,
            ..read
        });
    }
    let (month, length) = numeral::read(glyphs).filter(|(month, _)| (1..=12).contains(month))?;
    let link = ["至", "到", "—", "-", "～"]
        .iter()
        .find_map(|word| begins(&glyphs[length..], word))?;
    let rest = &glyphs[length + link..];
    let (_, digits) = numeral::read(rest)?;
    begins(rest.get(digits..)?, "月")?;
    let second = read_point(rest, year)?;
    if second.length + tail(&rest[second.length..]) != rest.len() {
        return None;
    }
    // `11月至3月` ends in the next year.
    let to = second.to.map(|day| Day {
        year: day.year + u32::from(day.month < month),
        ..day
    });
    Some(Read {
        kind: DeadlineKind::Period,
        from: year.map(|year| Day {
            year,
            month,
            day: 1,
        }),
        to,
        inferred: second.inferred,
    })
}

/// `持续推进`, `立行立改，长期坚持`, `印发之日起30日内`: no day is named.
fn undated(glyphs: &[Glyph]) -> Option<DeadlineKind> {
    let mut parts = glyphs
        .split(|glyph| matches!(glyph.ch, ',' | '、' | ';' | '并'))
        .filter(|part| !part.is_empty())
        .map(standing);
    if parts.clone().all(|part| part.is_some()) {
        return Some(if parts.any(|part| part == Some(Standing::Ongoing)) {
            DeadlineKind::Ongoing
        } else {
            DeadlineKind::By
        });
    }
    is_term(glyphs).then_some(DeadlineKind::By)
}

/// What the whole of these glyphs says of the time.
fn standing(part: &[Glyph]) -> Option<Standing> {
    let (length, standing) = lexicon::standing().longest(part)?;
    (length == part.len()).then_some(standing)
}

/// `6个月内`, `自本方案印发之日起30个工作日内`
fn is_term(glyphs: &[Glyph]) -> bool {
    let start = ["之日起", "后"]
        .iter()
        .find_map(|word| Some(find(glyphs, word)? + word.chars().count()))
        .unwrap_or(0);
    let rest = &glyphs[start..];
    let rest = &rest[begins(rest, ",").unwrap_or(0)..];
    let number = match numeral::read(rest) {
        // `2025年内` is a year.
        Some((number, _)) if number >= *YEARS.start() => return false,
        Some((_, length)) => length,
        None if begins(rest, "半").is_some() => 1,
        None => return false,
    };
    let rest = &rest[number..];
    let Some(unit) = [
        "个工作日",
        "个自然日",
        "工作日",
        "个月",
        "个季度",
        "年",
        "周",
        "日",
        "天",
        "小时",
    ]
    .iter()
    .find_map(|word| begins(rest, word)) else {
        return false;
    };
    let rest = &rest[unit..];
    ["内", "之内", "以内"].iter().any(|word| {
        begins(rest, word).is_some_and(|length| length + tail(&rest[length..]) == rest.len())
    })
}

/// `每季度末` `每月28日前` `按月`: whether all of it is one; none where it does not begin so.
fn every(glyphs: &[Glyph]) -> Option<bool> {
    // `6月、12月各一次`
    let words = "年月季度半周旬日天末底初前上中下第一二三四五六七八九十0123456789号个两次场期轮批至和、,—完成报送工作份(以)各学";
    let each = glyphs.iter().any(|glyph| glyph.ch == '各') && ends(glyphs, "次").is_some();
    if each && glyphs.iter().all(|glyph| words.contains(glyph.ch)) {
        return Some(true);
    }
    let start = [
        "每",
        "按月",
        "按季度",
        "按季",
        "按年",
        "逐月",
        "定期",
        "次月",
        "按半年",
        "按周",
    ]
    .iter()
    .find_map(|word| begins(glyphs, word))?;
    let rest = &glyphs[start..];
    // `按月推进`
    let done = ["推进", "落实", "开展", "实施"]
        .iter()
        .find_map(|word| ends(rest, word))
        .unwrap_or(0);
    let rest = &rest[..rest.len() - done];
    Some(rest.iter().all(|glyph| words.contains(glyph.ch)))
}

/// `前` `之前` `完成` … behind a point: how many glyphs.
fn tail(glyphs: &[Glyph]) -> usize {
    let mut at = 0;
    while let Some(length) = [
        "之前", "以前", "前", "内", "底", "末", "止", "完成", "期间", "起", "左右",
    ]
    .iter()
    // `8月底前完成前期调研`
    .find_map(|word| begins(&glyphs[at..], word).filter(|_| ends(&glyphs[..at], "完成").is_none()))
    .or_else(|| goes_on(&glyphs[..at], &glyphs[at..]))
    {
        at += length;
    }
    at
}

/// `并持续推进`, `，长期坚持`, and behind `起` `持续推进`: how many glyphs.
fn goes_on(before: &[Glyph], rest: &[Glyph]) -> Option<usize> {
    let since = matches!(before.last(), Some(last) if last.ch == '起');
    let link = [",并", ",", "并"]
        .iter()
        .find_map(|link| begins(rest, link));
    let link = link.or(since.then_some(0))?;
    let (word, standing) = lexicon::standing().longest(&rest[link..])?;
    // `持续` alone begins what is done.
    (standing == Standing::Ongoing && word >= 4).then_some(link + word)
}

struct Point {
    length: usize,
    /// First and last day of what is named, where the year is known.
    from: Option<Day>,
    to: Option<Day>,
    year: Option<u32>,
    year_written: bool,
    /// A year without `年`, as in `2025—2027年`.
    bare_year: bool,
    inferred: bool,
}

/// One point or stretch of time.
fn read_point(glyphs: &[Glyph], notice: Option<u32>) -> Option<Point> {
    let mut at = 0;
    let mut year = None;
    let mut written = false;
    let mut bare_year = false;
    if let Some((value, length)) = numeral::read(glyphs)
        && YEARS.contains(&value)
    {
        written = true;
        year = Some(value);
        at = length;
        match glyphs.get(at).map(|glyph| glyph.ch) {
            Some('年') => at += 1,
            Some('.' | '-' | '/') if read_day(glyphs).is_some() => {
                let (length, day) = read_day(glyphs)?;
                return Some(Point {
                    length,
                    from: Some(day),
                    to: Some(day),
                    year,
                    year_written: true,
                    bare_year: false,
                    inferred: false,
                });
            }
            // `2024.12`
            Some('.' | '-' | '/')
                if let Some((length, month)) = read_dotted_month(&glyphs[at..]) =>
            {
                let day = |day| {
                    Some(Day {
                        year: value,
                        month,
                        day,
                    })
                };
                return Some(Point {
                    length: at + length,
                    from: day(1),
                    to: day(days(value, month)),
                    year,
                    year_written: true,
                    bare_year: false,
                    inferred: false,
                });
            }
            Some('—' | '～' | '至' | '到' | '-') => bare_year = true,
            // `2025Q3`
            Some('Q' | 'q') => {}
            _ => return None,
        }
        if begins(&glyphs[at..], "度").is_some() {
            at += 1;
        }
    } else {
        for (word, add) in [
            ("今年", 0),
            ("本年度", 0),
            ("本年", 0),
            ("当年", 0),
            ("明年", 1),
            ("次年", 1),
            ("年内", 0),
        ] {
            if let Some(length) = begins(glyphs, word) {
                year = notice.map(|year| year + add);
                at = if word == "年内" { 0 } else { length };
                break;
            }
        }
    }
    let known = year.or(notice);
    let (length, from, to) = read_within(&glyphs[at..], written || year.is_some() && at > 0)?;
    let day = |(month, day): (u32, u32)| {
        known.map(|year| Day {
            year,
            month,
            day: if day == 99 { days(year, month) } else { day },
        })
    };
    Some(Point {
        length: at + length,
        from: day(from),
        to: day(to),
        year,
        year_written: written,
        bare_year: bare_year && length == 0,
        inferred: !written && known.is_some(),
    })
}

type MonthDay = (u32, u32);

/// `前三季度`, `Q3`: how many glyphs, first and last day.
fn read_quarters(glyphs: &[Glyph]) -> Option<(usize, MonthDay, MonthDay)> {
    let first = glyphs.first()?.ch;
    if !matches!(first, '前' | 'Q' | 'q') {
        return None;
    }
    let (value, length) =
        numeral::read(&glyphs[1..]).filter(|(value, _)| (1..=4).contains(value))?;
    let at = 1 + length;
    if first != '前' {
        return Some((at, (value * 3 - 2, 1), (value * 3, 99)));
    }
    let at = at + begins(&glyphs[at..], "个").unwrap_or(0);
    let word = begins(&glyphs[at..], "季度")?;
    Some((at + word, (1, 1), (value * 3, 99)))
}

/// What stands behind the year: how many glyphs, first and last day (99 is the last of the month).
fn read_within(glyphs: &[Glyph], has_year: bool) -> Option<(usize, MonthDay, MonthDay)> {
    for (word, from, to) in [
        ("上半年", 1, 6),
        ("下半年", 7, 12),
        ("年底", 1, 12),
        ("年末", 1, 12),
        ("年内", 1, 12),
        ("年终", 1, 12),
        ("全年", 1, 12),
    ] {
        if let Some(length) = begins(glyphs, word) {
            return Some((length, (from, 1), (to, 99)));
        }
    }
    if has_year
        && let Some(length) = ["底", "末", "内", "年底"]
            .iter()
            .find_map(|word| begins(glyphs, word))
    {
        return Some((length, (1, 1), (12, 99)));
    }
    if let Some(quarters) = read_quarters(glyphs) {
        return Some(quarters);
    }
    let ordinal = usize::from(begins(glyphs, "第").is_some());
    if let Some((value, length)) = numeral::read(&glyphs[ordinal..]) {
        let at = ordinal + length;
        if let Some(word) = begins(&glyphs[at..], "季度")
            && (1..=4).contains(&value)
        {
            return Some((at + word, (value * 3 - 2, 1), (value * 3, 99)));
        }
        if ordinal == 0 && begins(&glyphs[at..], "月").is_some() && (1..=12).contains(&value) {
            let mut at = at + 1;
            if begins(&glyphs[at..], "份").is_some() {
                at += 1;
            }
            for (word, from, to) in [
                ("上旬", 1, 10),
                ("中旬", 11, 20),
                ("下旬", 21, 99),
                ("初", 1, 10),
                ("中", 11, 20),
                ("底", 1, 99),
                ("末", 1, 99),
            ] {
                if let Some(length) = begins(&glyphs[at..], word) {
                    return Some((at + length, (value, from), (value, to)));
                }
            }
            if let Some((day, length)) = numeral::read(&glyphs[at..])
                && glyphs
                    .get(at + length)
                    .is_some_and(|glyph| matches!(glyph.ch, '日' | '号'))
                && (1..=31).contains(&day)
            {
                return Some((at + length + 1, (value, day), (value, day)));
            }
            return Some((at, (value, 1), (value, 99)));
        }
        // `5.31`, `5.31前`: nothing else stands in a deadline like that.
        if let Some((day, more)) = glyphs
            .get(at)
            .filter(|dot| dot.ch == '.' && ordinal == 0)
            .and_then(|_| read_two(&glyphs[at + 1..]))
            && (1..=12).contains(&value)
            && (1..=days(2000, value)).contains(&day)
            && glyphs.get(at + 1 + more).is_none_or(|next| next.ch == '前')
        {
            return Some((at + 1 + more, (value, day), (value, day)));
        }
        return has_year.then_some((0, (1, 1), (12, 99)));
    }
    has_year.then_some((0, (1, 1), (12, 99)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(DeadlineKind, Option<&str>, Option<&str>, bool)>) {
        let page = Page::new(text);
        let read = read_deadline(&page, 0, page.glyphs.len(), Some(2018));
        let read = read.as_ref().map(|deadline| {
            (
                deadline.kind,
                deadline.date.as_deref(),
                deadline.from.as_deref(),
                deadline.inferred.is_some(),
            )
        });
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn reads_deadlines() {
        use DeadlineKind as K;
        check(
            "2018年12月底前",
            Some((K::By, Some("2018-12-31"), None, false)),
        );
        check(
            "2023 年6 月",
            Some((K::By, Some("2023-06-30"), None, false)),
        );
        check("6月底前完成", Some((K::By, Some("2018-06-30"), None, true)));
        check("年底前", Some((K::By, Some("2018-12-31"), None, true)));
        check("今年底", Some((K::By, Some("2018-12-31"), None, true)));
        check("明年2月底前", Some((K::By, Some("2019-02-28"), None, true)));
        check("三季度", Some((K::By, Some("2018-09-30"), None, true)));
        check("第三季度末", Some((K::By, Some("2018-09-30"), None, true)));
        check("上半年", Some((K::By, Some("2018-06-30"), None, true)));
        check("9月中旬", Some((K::By, Some("2018-09-20"), None, true)));
        check("10月15日前", Some((K::By, Some("2018-10-15"), None, true)));
        check(
            "2025—2027年",
            Some((K::Period, Some("2027-12-31"), Some("2025-01-01"), false)),
        );
        check(
            "2023年1月至6月",
            Some((K::Period, Some("2023-06-30"), Some("2023-01-01"), false)),
        );
        check(
            "即日起至6月底",
            Some((K::Period, Some("2018-06-30"), None, true)),
        );
        check("每季度末", Some((K::Recurring, None, None, false)));
        check("每月28日前", Some((K::Recurring, None, None, false)));
        check("持续推进", Some((K::Ongoing, None, None, false)));
        check("长期坚持", Some((K::Ongoing, None, None, false)));
        check("立行立改，长期坚持", Some((K::Ongoing, None, None, false)));
        check("立行立改", Some((K::By, None, None, false)));
        check(
            "3—6月",
            Some((K::Period, Some("2018-06-30"), Some("2018-03-01"), true)),
        );
        check(
            "2018年11月至3月",
            Some((K::Period, Some("2019-03-31"), Some("2018-11-01"), false)),
        );
        check(
            "11—3月",
            Some((K::Period, Some("2019-03-31"), Some("2018-11-01"), true)),
        );
        check("6个月内完成", Some((K::By, None, None, false)));
        check("半年内", Some((K::By, None, None, false)));
        check("印发之日起30日内", Some((K::By, None, None, false)));
        check(
            "自本方案印发之日起3个工作日内",
            Some((K::By, None, None, false)),
        );
        check(
            "9月起实施",
            Some((K::Ongoing, None, Some("2018-09-01"), true)),
        );
        check(
            "自9月起持续推进",
            Some((K::Ongoing, None, Some("2018-09-01"), true)),
        );
        check("6月底前落实", Some((K::By, Some("2018-06-30"), None, true)));
        check(
            "6月底前，长期坚持",
            Some((K::By, Some("2018-06-30"), None, true)),
        );
        check("2024.12", Some((K::By, Some("2024-12-31"), None, false)));
        check("2024-2025", None);
        check(
            "2024.10-2025.3",
            Some((K::Period, Some("2025-03-31"), Some("2024-10-01"), false)),
        );
        check(
            "2025年1—6月",
            Some((K::Period, Some("2025-06-30"), Some("2025-01-01"), false)),
        );
        check("前三季度", Some((K::By, Some("2018-09-30"), None, true)));
        check(
            "2025年前三季度",
            Some((K::By, Some("2025-09-30"), None, false)),
        );
        check("5.31前", Some((K::By, Some("2018-05-31"), None, true)));
        check("5.31", Some((K::By, Some("2018-05-31"), None, true)));
        check("5.32", None);
        check("5.3亿元", None);
        check("2025Q3前", Some((K::By, Some("2025-09-30"), None, false)));
        check("6月、12月各一次", Some((K::Recurring, None, None, false)));
        check("2025年前", Some((K::By, Some("2025-12-31"), None, false)));
        check(
            "“十四五”期间",
            Some((K::Period, Some("2025-12-31"), Some("2021-01-01"), false)),
        );
        check("十五五末", Some((K::By, Some("2030-12-31"), None, false)));
        check("立行立改并长期坚持", Some((K::Ongoing, None, None, false)));
        check("一部", None);
        check("省科技厅", None);
        check("2018", None);
        check("一体推进", None);
    }

    #[test]
    fn reads_days() {
        let day = |text: &str| read_day(&Page::new(text).glyphs).map(|(_, day)| day.iso());
        assert_eq!(day("2018年9月25日").as_deref(), Some("2018-09-25"));
        assert_eq!(day("二〇一八年九月二十五日").as_deref(), Some("2018-09-25"));
        assert_eq!(day("二○○四年一月十六日").as_deref(), Some("2004-01-16"));
        assert_eq!(day("2018-09-29 09:30").as_deref(), Some("2018-09-29"));
        assert_eq!(day("2018年9月"), None);
        assert!(
            !Day {
                year: 2023,
                month: 2,
                day: 29
            }
            .exists()
        );
    }
}
