//! The rooms of the pipeline one by one, for `benches/stages.rs`; no part of the interface.
//!
//! Each function does the work of one stage on what the stages before it left, and says how much
//! it found, so that nothing is optimised away.

use crate::clause::{self, Context, Stretch};
use crate::flat;
use crate::frame;
use crate::glyph::Page;
use crate::model::{BlockKind, Item};
use crate::outline::{self, Node};
use crate::paragraph::{self, Paragraph};
use crate::reference;
use crate::table::{self, Tables};
use crate::unit;

/// What the stages of one text hand on.
pub struct Stages<'t> {
    page: Page<'t>,
    tables: Tables<'t>,
    paragraphs: Vec<Paragraph>,
    roles: Vec<Option<BlockKind>>,
    nodes: Vec<Node>,
    /// Where the units of each duty stand, as glyphs.
    units: Vec<(usize, usize)>,
}

impl<'t> Stages<'t> {
    /// Runs all stages once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let page = read_page(text);
        let tables = table::read_tables(&page);
        let layout = paragraph::read_layout(&page, &tables.strips);
        let mut paragraphs = paragraph::read_paragraphs(&page, layout, &tables.strips);
        let roles = frame::read_frame(&page, &mut paragraphs).roles;
        let mut stages = Self {
            page,
            tables,
            paragraphs,
            roles,
            nodes: Vec::new(),
            units: Vec::new(),
        };
        stages.nodes = stages.read_outline();
        for part in &crate::parse(text).parts {
            stages.find_units(&part.items);
        }
        stages
    }

    fn find_units(&mut self, items: &[Item<'_>]) {
        for item in items {
            for duty in item.assignments.iter().flat_map(|clause| &clause.duties) {
                let (first, last) = (&duty.units[0], &duty.units[duty.units.len() - 1]);
                let stretch = first.span.hull(last.span);
                self.units.push((
                    self.page.glyph_at(stretch.start),
                    self.page.glyph_at(stretch.end),
                ));
            }
            self.find_units(&item.items);
        }
    }

    /// Text to glyphs and lines.
    #[must_use]
    pub fn lines(text: &str) -> usize {
        read_page(text).lines.len()
    }

    /// Lines to tables and to paragraphs with their markers.
    #[must_use]
    pub fn paragraphs(&self) -> usize {
        let tables = table::read_tables(&self.page);
        let layout = paragraph::read_layout(&self.page, &tables.strips);
        paragraph::read_paragraphs(&self.page, layout, &tables.strips).len()
    }

    /// Paragraphs to parts and metadata.
    #[must_use]
    pub fn frame(&self) -> usize {
        let mut paragraphs = self.paragraphs.clone();
        let frame = frame::read_frame(&self.page, &mut paragraphs);
        frame.parts.len() + reference::read_references(&self.page, &paragraphs).len()
    }

    /// Paragraphs to the tree of items, and a look over their numbers.
    #[must_use]
    pub fn outline(&self) -> usize {
        let nodes = self.read_outline();
        nodes.len() + outline::check_numbering(&self.paragraphs, &self.tables.rows, &nodes).len()
    }

    fn read_outline(&self) -> Vec<Node> {
        let all = 0..self.paragraphs.len();
        outline::read_outline(
            &self.page,
            &self.paragraphs,
            &self.roles,
            &self.tables.rows,
            all,
        )
    }

    /// Items to clauses, the units in them included.
    #[must_use]
    pub fn clauses(&self) -> usize {
        let mut context = Context::default();
        let mut count = 0;
        for node in self.nodes.iter().filter(|node| node.row.is_none()) {
            let stretches: Vec<Stretch> = self.paragraphs[node.first..node.last]
                .iter()
                .map(|paragraph| Stretch {
                    first: paragraph.first as usize + paragraph.mark.map_or(0, |mark| mark.length),
                    last: paragraph.last as usize,
                    apart: false,
                })
                .collect();
            count += clause::read_clauses(&self.page, &stretches, &mut context)
                .clauses
                .len();
        }
        count
    }

    /// Enumerations to units.
    #[must_use]
    pub fn units(&self) -> usize {
        self.units
            .iter()
            .map(|&(first, last)| unit::read_units(&self.page, first, last).units.len())
            .sum()
    }
}

fn read_page(text: &str) -> Page<'_> {
    let mut page = Page::new(text);
    flat::cut_flat(&mut page);
    page
}
