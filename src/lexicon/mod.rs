//! Words as data: role words, unit endings, collective words, deadline words, names.
//!
//! Each table is a TSV file beside this one, one row a word; its header says what the columns mean
//! and where the words come from. A clerk can correct a row without touching code. Rooms read the
//! tables through [`Words`]; nobody writes to them.

pub(crate) mod variants;

use std::sync::LazyLock;

use crate::glyph::Glyph;
use crate::model::{Level, Role, UnitKind};

/// A set of words, each with a tag, that can be looked for at either end of a run of glyphs: a trie
/// over the words read from that end.
pub(crate) struct Words<T> {
    /// Which characters a word may begin with: a bit for each of the basic plane.
    first: Box<[u64; 1024]>,
    /// How many such characters stand before each word of `first`.
    before: Box<[u16; 1024]>,
    /// The characters of the nodes, level by level; the children of a node stand together, sorted.
    chars: Vec<char>,
    nodes: Vec<Node<T>>,
    side: Side,
}

struct Node<T> {
    /// Its children, as indices.
    first: u32,
    last: u32,
    /// Of the word that ends here.
    tag: Option<T>,
}

/// Which end of the words is looked at first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Prefix,
    Suffix,
}

impl<T: Copy> Words<T> {
    fn new(side: Side, words: impl Iterator<Item = (&'static str, T)>) -> Self {
        let mut words: Vec<(Vec<char>, T)> = words
            .map(|(word, tag)| match side {
                Side::Prefix => (word.chars().collect(), tag),
                Side::Suffix => (word.chars().rev().collect(), tag),
            })
            .collect();
        words.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut table = Self {
            first: Box::new([0; 1024]),
            before: Box::new([0; 1024]),
            chars: Vec::new(),
            nodes: Vec::new(),
            side,
        };
        // Level by level: each entry is a node and its words, which share their first `depth` characters.
        let mut level = vec![(None, 0, words.len())];
        for depth in 0.. {
            let mut below = Vec::new();
            for (parent, from, to) in level {
                let start = table.nodes.len() as u32;
                let mut at = from;
                while at < to {
                    let Some(&ch) = words[at].0.get(depth) else {
                        at += 1;
                        continue;
                    };
                    let end = at + words[at..to].partition_point(|(word, _)| word[depth] == ch);
                    let tag = (words[at].0.len() == depth + 1).then_some(words[at].1);
                    below.push((Some(table.nodes.len()), at, end));
                    table.chars.push(ch);
                    table.nodes.push(Node {
                        first: 0,
                        last: 0,
                        tag,
                    });
                    at = end;
                }
                if let Some(parent) = parent {
                    let parent: &mut Node<T> = &mut table.nodes[parent];
                    (parent.first, parent.last) = (start, table.chars.len() as u32);
                } else {
                    for &ch in &table.chars {
                        table.first[ch as usize >> 6 & 1023] |= 1 << (ch as usize & 63);
                    }
                }
            }
            if below.is_empty() {
                break;
            }
            level = below;
        }
        for at in 1..1024 {
            table.before[at] = table.before[at - 1] + table.first[at - 1].count_ones() as u16;
        }
        table
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
        let (outer, rest) = match self.side {
            Side::Prefix => glyphs.split_first()?,
            Side::Suffix => glyphs.split_last()?,
        };
        if self.may_be(outer.ch) {
            self.walk(outer.ch, rest)
        } else {
            None
        }
    }

    fn walk(&self, outer: char, rest: &[Glyph]) -> Option<(usize, T)> {
        let (slot, bit) = (outer as usize >> 6 & 1023, outer as usize & 63);
        let smaller = self.first[slot] & ((1 << bit) - 1);
        let mut at = usize::from(self.before[slot]) + smaller.count_ones() as usize;
        // A character beyond the basic plane shares its bit with another.
        if self.chars[at] != outer {
            return None;
        }
        let mut best = None;
        let mut length = 1;
        loop {
            let node = &self.nodes[at];
            if let Some(tag) = node.tag {
                best = Some((length, tag));
            }
            let next = match self.side {
                Side::Prefix => rest.get(length - 1),
                Side::Suffix => rest.len().checked_sub(length).map(|at| &rest[at]),
            };
            let children = &self.chars[node.first as usize..node.last as usize];
            let Some(child) = next.and_then(|glyph| {
                if children.len() > 16 {
                    children.binary_search(&glyph.ch).ok()
                } else {
                    children.iter().position(|&ch| ch == glyph.ch)
                }
            }) else {
                return best;
            };
            at = node.first as usize + child;
            length += 1;
        }
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
    /// `市分工方案`, `任务分解`: a second tier, whose clause reads like a predicate.
    Tier,
    /// `适用范围`: no role; the value is passed over.
    Remark,
}

fn field(tag: &str) -> Field {
    match tag {
        "deadline" => Field::Deadline,
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
table!(/// How lines begin that are residue of a web page.
    residue, Prefix, "residue.tsv", (), |_| ());
table!(/// Verbs that a sentence goes on with behind the name of a unit; whether they stand in no name.
    verbs, Prefix, "verbs.tsv", bool, |tag| tag == "strong");
