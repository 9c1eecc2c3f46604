//! What is odd about a document: stable codes and where they point.

use serde::{Deserialize, Serialize};

use super::Str;
use crate::span::Span;

/// A finding, for a person or a program to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Diagnostic<'t> {
    /// What was found.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// In words, Chinese.
    pub message: Str<'t>,
    /// Where.
    pub span: Span,
    /// Line of the start, from 1.
    pub line: u32,
    /// Column of the start in characters, from 1.
    pub column: u32,
    /// The id of the item that it concerns.
    pub item: Option<Str<'t>>,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Probably a slip of the document.
    Warning,
    /// The ledger can't be trusted before a person has looked.
    Error,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $text:literal $severity:ident $meaning:literal;)+) => {
        /// What was found; the serialised names are stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* #[doc = $meaning] $name,)+ }

        impl Code {
            /// Every code there is, in the order of the README's table.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The serialised name, such as `numbering-gap`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// How much a finding of this code matters.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity),+ }
            }

            /// What it means, in one line of English.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning),+ }
            }
        }
    };
}

codes! {
    MalformedText "malformed-text" Warning "bytes that are no character of the encoding were shown as U+FFFD";
    TextTooLong "text-too-long" Error "the text is over 4 GiB and was not read";
    NumberingGap "numbering-gap" Warning "a number was left out before this item";
    NumberingRepeat "numbering-repeat" Warning "the number of this item stood before";
    NumberingDisorder "numbering-disorder" Warning "the number of this item is smaller than the one before";
    UnclosedClause "unclosed-clause" Warning "the bracket of an assignment clause never closes";
    EmptyDuty "empty-duty" Error "a role word is followed by no unit";
    UnknownRole "unknown-role" Warning "a label of an assignment clause is not in the lexicon";
    DoubleRole "double-role" Warning "a unit is both lead and cooperating in one clause";
    UnassignedItem "unassigned-item" Info "an item has no assignment where its siblings have one";
    UnreadDeadline "unread-deadline" Info "a deadline could not be turned into a date";
    UnreadTable "unread-table" Warning "the columns of a table could not be told apart";
    MetadataConflict "metadata-conflict" Warning "two places of the document disagree";
    InvalidDate "invalid-date" Warning "a date names a day that does not exist";
    LapsedName "lapsed-name" Info "an organ's name had lapsed on the day of the notice";
    AmbiguousName "ambiguous-name" Info "an organ's name could stand for several";
    FindingsCapped "findings-capped" Info "more findings of one code than are shown";
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

named! { Severity { Info "info", Warning "warning", Error "error" } }
