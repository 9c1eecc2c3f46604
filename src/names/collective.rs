//! Collectives: which region the members of `各市、县（区）政府`, `省政府各部门`, `省…领导小组成员单位` belong to, and who they are.
//!
//! In: a unit with `members`, whose levels and kind are read already, and the [`Context`]. Out: the region, or nothing where it is not
//! sure; and for governments of a region the list of them.

use std::sync::Arc;

use super::Days;
use super::context::{Context, deepest};
use super::lexicon::organs;
use super::organ::Organ;
use super::region::{Region, regions};
use crate::{Canonical, Level, Members, Unit, UnitKind};

/// The region that the members of a collective belong to.
pub(super) fn region_of(
    name: &str,
    members: &Members<'_>,
    context: &Context,
) -> Option<&'static Region> {
    let each = name.starts_with('各') || name.starts_with("所有");
    if each || members.of == UnitKind::Government {
        let named = (!each).then(|| deepest(name, context.near())).flatten();
        return match named {
            Some(place) if place.len < name.len() => Some(place.region),
            _ => container(members.levels.iter().copied().min()?, context),
        };
    }
    match context.head(name) {
        Some((_, region)) => region,
        None => deepest(name, context.near()).map(|place| place.region),
    }
}

/// The region that holds every government of a level: the widest that the notice speaks from or under.
fn container(level: Level, context: &Context) -> Option<&'static Region> {
    context.upwards().find(|region| region.level() < level)
}

/// The governments that a collective takes in, with their codes, where the table knows them all: those of a region, by the kinds
/// that the name lists, without a word that narrows them. Empty otherwise.
pub(super) fn governments(unit: &Unit<'_>, at: Days) -> Vec<Arc<Canonical>> {
    let Some(members) = unit.members.as_deref() else {
        return vec![];
    };
    let region = members
        .region
        .as_deref()
        .and_then(|code| regions().with_code(code.parse().ok()?, at));
    let (Some(region), UnitKind::Government, None, None) =
        (region, members.of, &members.body, &members.filter)
    else {
        return vec![];
    };
    let government = organs()
        .rows_of("", "人民政府")
        .find(|(row, _)| row.is_of(region));
    let Some((government, _)) = government else {
        return vec![];
    };
    regions()
        .inside(region, at)
        .filter(|inner| members.levels.contains(&inner.level()) && listed(&unit.name, inner))
        .map(|inner| Organ::new(government, Some(inner), at).canonical())
        .collect()
}

/// Whether a name such as `各市、县（区）政府` lists the kind of this division.
fn listed(name: &str, region: &Region) -> bool {
    let word = match region.level() {
        Level::City if region.name.ends_with("地区") => "地",
        _ => &region.name[region.name.len() - 3..],
    };
    name.contains(word)
}
