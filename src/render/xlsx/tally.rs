//! Who has how many tasks in which role: selected tasks in, the sheet `按单位` out.
//!
//! ```text
//! 单位      合计  牵头  责任  牵头事项        责任事项
//! 省科技厅    7     5     2  (十三)、(十四)…  (十五)、(四十四)
//! ```
//!
//! A unit is one row, however it is written, where its full legal name is sure. An item is named by its
//! number, or by its id where the notice uses the number twice; of several notices, each has a line.

use std::collections::{HashMap, HashSet};

use rust_xlsxwriter::XlsxError;

use super::sheet::Sheet;
use crate::model::{Notice, Role};
use crate::render::column::Cell;
use crate::render::row::{Party, Selected};
use crate::render::words::{self, ROLES};
use crate::tasks::Task;

#[derive(Debug, Default)]
pub(super) struct Tally {
    sources: Vec<String>,
    repeated: HashSet<String>,
    numbers: HashMap<String, usize>,
    units: Vec<Share>,
}

/// The tasks of one unit.
#[derive(Debug)]
struct Share {
    name: String,
    canonical: String,
    items: [Vec<Named>; ROLES.len()],
}

/// An item, by the number of its source and its own name.
#[derive(Debug, PartialEq, Eq)]
struct Named {
    source: usize,
    item: String,
}

impl Tally {
    /// Turns to the next notice.
    pub(super) fn begin(&mut self, notice: &Notice<'_>) {
        self.sources
            .push(notice.source.name.as_deref().unwrap_or("").to_owned());
        let mut ids = HashMap::new();
        self.repeated.clear();
        for task in notice.tasks() {
            if let Some(number) = task.number().map(str::trim)
                && *ids.entry(number).or_insert(task.id()) != task.id()
            {
                self.repeated.insert(number.to_owned());
            }
        }
    }

    pub(super) fn count(&mut self, selected: &Selected<'_>) {
        for party in &selected.parties {
            let number = *self.numbers.entry(party.identity()).or_insert_with(|| {
                self.units.push(Share::new(party));
                self.units.len() - 1
            });
            let named = self.name(&selected.task);
            let items = &mut self.units[number].items[party.role as usize];
            if items.last() != Some(&named) {
                items.push(named);
            }
        }
    }

    fn name(&self, task: &Task<'_>) -> Named {
        let number = task.number().map(str::trim);
        let number = number.filter(|number| !number.is_empty() && !self.repeated.contains(*number));
        Named {
            source: self.sources.len() - 1,
            item: number.map_or_else(|| task.id().into_owned(), str::to_owned),
        }
    }

    /// Units with most tasks first; roles that nobody has are left out.
    pub(super) fn sheet(mut self) -> Result<Sheet, XlsxError> {
        self.units
            .sort_by_key(|share| std::cmp::Reverse(share.total()));
        let has = |role: &Role| {
            self.units
                .iter()
                .any(|share| !share.items[*role as usize].is_empty())
        };
        let roles: Vec<Role> = ROLES.into_iter().filter(has).collect();
        let lists: Vec<String> = roles
            .iter()
            .map(|role| format!("{}事项", words::role(*role)))
            .collect();
        let mut headings = vec![("单位", 36), ("规范名称", 36), ("合计", 10)];
        headings.extend(roles.iter().map(|role| (words::role(*role), 10)));
        headings.extend(lists.iter().map(|list| (list.as_str(), 60)));
        let mut sheet = Sheet::new("按单位", &headings, headings.len())?;
        for share in &self.units {
            let of_role = |role: &Role| &share.items[*role as usize];
            let mut cells = vec![
                Cell::Text(share.name.as_str().into()),
                Cell::Text(share.canonical.as_str().into()),
                Cell::Number(share.total() as u32),
            ];
            cells.extend(
                roles
                    .iter()
                    .map(|role| Cell::Number(of_role(role).len() as u32)),
            );
            cells.extend(
                roles
                    .iter()
                    .map(|role| Cell::Text(self.list(of_role(role)).into())),
            );
            sheet.write(cells)?;
        }
        Ok(sheet)
    }

    /// `(十三)、(十四)`; of several notices, a line each: `a.txt：(十三)、(十四)`
    fn list(&self, items: &[Named]) -> String {
        let by_source = items.chunk_by(|a, b| a.source == b.source).map(|items| {
            let names: Vec<&str> = items.iter().map(|named| &*named.item).collect();
            let names = names.join("、");
            if self.sources.len() == 1 {
                names
            } else {
                format!("{}：{names}", self.sources[items[0].source])
            }
        });
        by_source.collect::<Vec<_>>().join("\n")
    }
}

impl Share {
    fn new(party: &Party<'_>) -> Self {
        let canonical = party.canonical();
        Self {
            name: party.name().into_owned(),
            canonical: canonical.map_or_else(String::new, |known| known.name.to_string()),
            items: Default::default(),
        }
    }

    fn total(&self) -> usize {
        self.items.iter().map(Vec::len).sum()
    }
}
