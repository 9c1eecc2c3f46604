//! The typed result: what a [`Notice`] is made of.
//!
//! Nothing is computed here. Every value that was read has its verbatim `text` and the `span` that
//! it was cut from; where a person would write it otherwise, `value` or `name` is the reading. The
//! serialised names are stable. Strings borrow from the parsed text where they can: see
//! [`Notice::into_owned`] to part from it.

/// The serialised names of an enum, for those who write them without JSON.
macro_rules! named {
    ($type:ident { $($variant:ident $name:literal),+ $(,)? }) => {
        impl $type {
            /// The serialised name.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        #[cfg(test)]
        #[allow(non_snake_case)]
        #[test]
        fn $type() {
            for named in [$($type::$variant),+] {
                assert_eq!(serde_json::to_value(named).unwrap(), named.as_str());
            }
        }
    };
}

mod assignment;
mod finding;
mod item;
mod metadata;
mod notice;
mod owned;
mod unit;

pub use assignment::{
    Assignment, Deadline, DeadlineKind, Duty, Form, Inference, Role, Rule, RuleKind,
};
pub use finding::{Code, Diagnostic, Severity};
pub use item::{Item, ItemKind, Marker, MarkerStyle};
pub use metadata::{
    Dated, Disclosure, DisclosureKind, DocumentNumber, Metadata, Reference, Relation, Text, Title,
};
pub use notice::{Block, BlockKind, EncodingFrom, Notice, Part, PartKind, SCHEMA, Source};
pub(crate) use owned::Counted;
pub use unit::{Canonical, Level, Members, Unit, UnitKind};

/// A string that borrows from the parsed text where it can.
pub type Str<'t> = std::borrow::Cow<'t, str>;
