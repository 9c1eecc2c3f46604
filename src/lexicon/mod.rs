//! Words as data: role words, unit endings, collective words, deadline words, names.
//!
//! Each table is a TSV file beside this one, one row a word; its header says what the columns mean
//! and where the words come from. A clerk can correct a row without touching code. Rooms read the
//! tables through [`Words`]; nobody writes to them.

use std::sync::LazyLock;

use crate::glyph::Glyph;
use crate::model::{Level, Relation, Role, UnitKind};

/// A set of words, each with a tag, that can be looked for at either end of a run of glyphs: a trie
/// over the words read from that end.
pub(crate) struct Words<T> {
    /// Which characters a word may begin with: a bit for each of the basic plane.
    first: Box<[u64; 1024]>,
    /// The edges of the trie, hashed by where they begin and by their character.
    edges: Box<[Edge]>,
    /// For each node the tag of the word that ends there.
    tags: Vec<Option<T>>,
    side: Side,
}

/// From a node to the one behind a character; to the root, which nothing leads to, where it is unused.
#[derive(Clone, Copy, Default)]
struct Edge {
    from: u32,
    ch: char,
    to: u32,
}

/// Which end of the words is looked at first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Prefix,
    Suffix,
}

const ROOT: u32 = 0;

impl<T: Copy> Words<T> {
    fn new(side: Side, words: impl Iterator<Item = (&'static str, T)>) -> Self {
        let words: Vec<(&str, T)> = words.collect();
        // A quarter of the places stay free at least, so that a look ends soon.
        let most: usize = words.iter().map(|(word, _)| word.chars().count()).sum();
        let mut table = Self {
            first: Box::new([0; 1024]),
            edges: vec![Edge::default(); (most * 4 / 3 + 1).next_power_of_two()].into(),
            tags: vec![None],
            side,
        };
        for (word, tag) in words {
            let end = match side {
                Side::Prefix => table.insert(word.chars()),
                Side::Suffix => table.insert(word.chars().rev()),
            };
            // Of two rows with one word the first counts.
            table.tags[end as usize].get_or_insert(tag);
        }
        table
    }

    /// Adds the nodes of a word; the last.
    fn insert(&mut self, word: impl Iterator<Item = char>) -> u32 {
        let mut at = ROOT;
        for ch in word {
            if at == ROOT {
                self.first[ch as usize >> 6 & 1023] |= 1 << (ch as usize & 63);
            }
            let slot = self.slot(at, ch);
            let edge = &mut self.edges[slot];
            if edge.to == ROOT {
                *edge = Edge {
                    from: at,
                    ch,
                    to: self.tags.len() as u32,
                };
                self.tags.push(None);
            }
            at = edge.to;
        }
        at
    }

    /// Where the edge stands, or the free place that it would take.
    #[inline]
    fn slot(&self, from: u32, ch: char) -> usize {
        let mask = self.edges.len() - 1;
        let mut at = (from ^ (ch as u32).wrapping_mul(0x9E37_79B1) >> 12) as usize & mask;
        loop {
            let edge = &self.edges[at];
            if edge.to == ROOT || edge.ch == ch && edge.from == from {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    /// Whether a word may begin (for suffix tables: end) with this character; cheap, for a first look.
    #[inline]
    pub(crate) fn may_be(&self, ch: char) -> bool {
        self.first[ch as usize >> 6 & 1023] & (1 << (ch as usize & 63)) != 0
    }

    /// The longest word that these glyphs begin (or, for suffix tables, end) with: its length and tag.
    #[expect(
        clippy::inline_always,
        reason = "most looks end with the first character"
    )]
    #[inline(always)]
    pub(crate) fn longest(&self, glyphs: &[Glyph]) -> Option<(usize, T)> {
        let outer = match self.side {
            Side::Prefix => glyphs.first()?,
            Side::Suffix => glyphs.last()?,
        };
        if self.may_be(outer.ch) {
            match self.side {
                Side::Prefix => self.walk(glyphs.iter()),
                Side::Suffix => self.walk(glyphs.iter().rev()),
            }
        } else {
            None
        }
    }

    fn walk<'g>(&self, glyphs: impl Iterator<Item = &'g Glyph>) -> Option<(usize, T)> {
        let mut best = None;
        let mut at = ROOT;
        for (index, glyph) in glyphs.enumerate() {
            at = self.edges[self.slot(at, glyph.ch)].to;
            if at == ROOT {
                break;
            }
            if let Some(tag) = self.tags[at as usize] {
                best = Some((index + 1, tag));
            }
        }
        best
    }

    /// Whether these glyphs are, from end to end, one of the words.
    pub(crate) fn is(&self, glyphs: &[Glyph]) -> bool {
        self.longest(glyphs)
            .is_some_and(|(length, _)| length == glyphs.len())
    }
}

/// The rows of a table: cells between tabs, header lines left out.
fn rows(tsv: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    tsv.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split_once('\t').unwrap_or((line, "")))
}

macro_rules! table {
    ($(#[$doc:meta])* $name:ident, $side:ident, $file:literal, $tag:ty, $read:expr) => {
        $(#[$doc])*
        pub(crate) fn $name() -> &'static Words<$tag> {
            static TABLE: LazyLock<Words<$tag>> = LazyLock::new(|| {
                Words::new(Side::$side, rows(include_str!($file)).map(|(word, tag)| (word, $read(tag))))
            });
            &TABLE
        }
    };
}

/// What the last word of a unit's name says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// A complete organ of this kind.
    Organ(UnitKind),
    /// An area, which stands for its government: `南昌市`, `经济开发区`.
    Area,
    /// A line of business, a company behind the name of its house: `国网江西电力`.
    Branch,
    /// A word that ends like an organ and is none: `网站`.
    None,
}

fn ending(tag: &str) -> Ending {
    Ending::Organ(match tag {
        "government" => UnitKind::Government,
        "agency" => UnitKind::Agency,
        "division" => UnitKind::Division,
        "party" => UnitKind::Party,
        "enterprise" => UnitKind::Enterprise,
        "institution" => UnitKind::Institution,
        "collective" => UnitKind::Collective,
        "area" => return Ending::Area,
        "branch" => return Ending::Branch,
        _ => return Ending::None,
    })
}

fn levels_of(tag: &str) -> [Option<Level>; 2] {
    let level = |word| match word {
        "province" => Some(Level::Province),
        "city" => Some(Level::City),
        "county" => Some(Level::County),
        "township" => Some(Level::Township),
        "village" => Some(Level::Village),
        _ => None,
    };
    match tag.split_once('+') {
        Some((upper, lower)) => [level(upper), level(lower)],
        None => [level(tag), None],
    }
}

/// What a role word does in a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Predicate {
    /// Gives the units before it a role.
    Verb(Role),
    /// Goes with a verb and gives no role: `按职责分工`.
    Adverb,
}

fn role(tag: &str) -> Role {
    match tag {
        "lead" => Role::Lead,
        "responsible" => Role::Responsible,
        "cooperating" => Role::Cooperating,
        "supervising" => Role::Supervising,
        _ => Role::Other,
    }
}

fn predicate(tag: &str) -> Predicate {
    match tag {
        "adverb" => Predicate::Adverb,
        _ => Predicate::Verb(role(tag)),
    }
}

/// What the noun of a label says its value is: `牵头单位`, `责任人`, `完成时限`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noun {
    /// Units.
    Unit,
    /// Persons.
    Person,
}

fn noun(tag: &str) -> Noun {
    if tag == "person" {
        Noun::Person
    } else {
        Noun::Unit
    }
}

/// A whole label that is no role word with a noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// `完成时限`: a deadline.
    Deadline,
    /// `时间`: a deadline beside labels of units, else anything.
    DeadlineBeside,
    /// `市分工方案`, `任务分解`: a second tier, whose clause reads like a predicate.
    Tier,
    /// `适用范围`: no role; the value is passed over.
    Remark,
}

fn field(tag: &str) -> Field {
    match tag {
        "deadline" => Field::Deadline,
        "deadline-beside" => Field::DeadlineBeside,
        "tier" => Field::Tier,
        _ => Field::Remark,
    }
}

table!(/// How the name of a unit ends.
    endings, Suffix, "endings.tsv", Ending, ending);
table!(/// Verbs and adverbs at the end of a predicate clause.
    predicates, Suffix, "predicates.tsv", Predicate, predicate);
table!(/// The role word of a label, looked for from its end.
    label_stems, Suffix, "label_stems.tsv", Role, role);
table!(/// The noun of a label.
    label_nouns, Suffix, "label_nouns.tsv", Noun, noun);
table!(/// Words before the role word of a label: `省级`, `第一`.
    label_modifiers, Suffix, "label_modifiers.tsv", (), |_| ());
table!(/// Labels that are no role words.
    label_fields, Suffix, "label_fields.tsv", Field, field);
table!(/// Level words that head a unit's name: `省`, `自治区`, `厅`.
    heads, Prefix, "heads.tsv", bool, |tag| tag != "no");
table!(/// Words that make a unit a collective: `各`, `有关`, `市直`.
    collectives, Prefix, "collectives.tsv", (), |_| ());
table!(/// Level words that may stand bare in an enumeration, and the levels that they name: `各市、县（区）政府`.
    levels, Prefix, "levels.tsv", [Option<Level>; 2], levels_of);
table!(/// How bodies end that have members: `领导小组`.
    bodies, Suffix, "bodies.tsv", (), |_| ());
table!(/// Words that narrow a collective to some of its members: `有关`.
    filters, Prefix, "filters.tsv", (), |_| ());
table!(/// Organs whose lines of command run past the local government.
    verticals, Prefix, "verticals.tsv", (), |_| ());
table!(/// Words that begin prose, never an organ's name.
    prose, Prefix, "prose.tsv", (), |_| ());
table!(/// Provinces and prefectures in short form.
    places, Prefix, "places.tsv", (), |_| ());
table!(/// Districts whose names end like words that are no areas: `历城区`.
    districts, Suffix, "districts.tsv", (), |_| ());

/// What a column of a task table holds, where its head is no label of a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Number,
    Category,
    Task,
    Text,
    Remark,
    Deadline,
}

fn column(tag: &str) -> Column {
    match tag {
        "number" => Column::Number,
        "category" => Column::Category,
        "task" => Column::Task,
        "deadline" => Column::Deadline,
        "remark" => Column::Remark,
        _ => Column::Text,
    }
}

table!(/// How the head cells of a task table end.
    columns, Suffix, "columns.tsv", Column, column);

/// What a key of a page head feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Title,
    Number,
    Issuer,
    Issued,
    Published,
    Disclosure,
    Other,
}

fn key(tag: &str) -> Key {
    match tag {
        "title" => Key::Title,
        "number" => Key::Number,
        "issuer" => Key::Issuer,
        "issued" => Key::Issued,
        "published" => Key::Published,
        "disclosure" => Key::Disclosure,
        _ => Key::Other,
    }
}

table!(/// Words that a title ends with; whether the word is an official kind (`文种`).
    types, Suffix, "types.tsv", bool, |tag| tag == "official");
table!(/// Keys of a page head.
    keys, Suffix, "keys.tsv", Key, key);
table!(/// How lines begin that are residue of a web page; whether they say where the page stands in its site.
    residue, Prefix, "residue.tsv", bool, |tag| tag == "crumbs");
table!(/// How the line to a person ends.
    salutes, Suffix, "salutes.tsv", (), |_| ());
table!(/// Offices that the organs of a level share, behind `市直`.
    joint_offices, Prefix, "joint_offices.tsv", (), |_| ());
table!(/// Surnames.
    surnames, Prefix, "surnames.tsv", (), |_| ());
table!(/// How posts end; whether another post of the same person often follows.
    posts, Suffix, "posts.tsv", bool, |tag| tag == "first");

/// What a chunk of a clause is by its first word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// It states a rule for many: `下同`.
    Rule,
    /// It says what the words before hold or mean, or to whom the work is reported: `含功能区`, `报市政府备案`.
    Remark,
    /// A word in front of units: `由`, `请`.
    LeadIn,
    /// A name or a longer word that begins like one of these: `应急管理局`, `报名`.
    None,
}

fn opening(tag: &str) -> Opening {
    match tag {
        "rule" => Opening::Rule,
        "remark" => Opening::Remark,
        "lead-in" => Opening::LeadIn,
        _ => Opening::None,
    }
}

table!(/// How a chunk of a clause begins.
    openings, Prefix, "openings.tsv", Opening, opening);
/// What the whole of a time says that names no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// `长期坚持`
    Ongoing,
    /// `立行立改`
    AtOnce,
}

fn standing_of(tag: &str) -> Standing {
    match tag {
        "ongoing" => Standing::Ongoing,
        _ => Standing::AtOnce,
    }
}

table!(/// The whole of a time that names no day.
    standing, Prefix, "standing.tsv", Standing, standing_of);
table!(/// Words of a time that is no day.
    times, Prefix, "times.tsv", (), |_| ());
table!(/// How the manner of work ends, between units and their verb.
    manners, Suffix, "manners.tsv", (), |_| ());
fn relation(tag: &str) -> Relation {
    match tag {
        "basis" => Relation::Basis,
        "implements" => Relation::Implements,
        "forwards" => Relation::Forwards,
        "repeals" => Relation::Repeals,
        _ => Relation::Mentions,
    }
}

table!(/// Words before a document that is named.
    relations, Prefix, "relations.tsv", Relation, relation);
table!(/// Nouns that a number behind them makes a marker.
    counted, Prefix, "counted.tsv", (), |_| ());
table!(/// Words for the first of a list, in rules that make it the lead.
    ranks, Prefix, "ranks.tsv", (), |_| ());
table!(/// What stands in a value where no unit is named; whether more may follow.
    voids, Prefix, "voids.tsv", bool, |tag| tag == "front");
table!(/// What is said of the work behind its deadline; whether it may stand behind any.
    completions, Suffix, "completions.tsv", bool, |tag| tag != "point");
table!(/// Verbs that a sentence goes on with behind the name of a unit; whether they stand in no name.
    verbs, Prefix, "verbs.tsv", bool, |tag| tag == "strong");
