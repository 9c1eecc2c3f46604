//! The tree of an HTML page, built by the rules of the HTML standard.
//!
//! In: [tidy](super::tidy) markup, however unclosed its `<p>` and `<td>`. Out: a tree in which every
//! node is reached by links, never by recursion. A page that nests over [`DEPTH`] elements, or whose
//! repairs make more nodes than it has bytes for, is given up, as its cost would not be linear.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, Namespace, QualName, parse_document};

use super::super::start_of;

/// Elements inside one another; browsers stop at 512.
const DEPTH: usize = 512;

/// Bytes between two looks at the tree's size.
const PIECE: usize = 4096;

/// A node's place in the tree.
pub(super) type Id = usize;

/// The tree of a page; node 0 is its root.
pub(super) struct Tree {
    nodes: Vec<Node>,
}

struct Node {
    content: Content,
    /// Empty where the node is no element.
    name: QualName,
    parent: Option<Id>,
    previous: Option<Id>,
    next: Option<Id>,
    first: Option<Id>,
    last: Option<Id>,
}

enum Content {
    Element(Vec<Attribute>),
    Text(String),
    /// The root, comments, processing instructions.
    Silent,
}

/// A step of the walk over a tree.
#[derive(Clone, Copy)]
pub(super) enum Step {
    Open(Id),
    Close(Id),
}

impl Tree {
    /// Builds the tree; `None` where the page nests or multiplies beyond the limits.
    pub(super) fn build(markup: &str) -> Option<Self> {
        let mut parser = parse_document(Sink::default(), html5ever::ParseOpts::default());
        let mut rest = markup;
        while !rest.is_empty() {
            let piece = start_of(rest, PIECE);
            parser.process(StrTendril::from_slice(piece));
            rest = &rest[piece.len()..];
            let tree = parser.tokenizer.sink.sink.tree.borrow();
            let last = tree.nodes.len() - 1;
            let fed = markup.len() - rest.len();
            if last > fed + PIECE || tree.ancestors(last).take(DEPTH).count() == DEPTH {
                return None;
            }
        }
        Some(parser.finish())
    }

    /// Nodes that there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The element's name in lower case; empty for other nodes.
    pub(super) fn name(&self, id: Id) -> &str {
        &self.nodes[id].name.local
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        match &self.nodes[id].content {
            Content::Element(attributes) => attributes
                .iter()
                .find(|attribute| &*attribute.name.local == name)
                .map(|attribute| &*attribute.value),
            _ => None,
        }
    }

    /// The text of a text node.
    pub(super) fn text(&self, id: Id) -> Option<&str> {
        match &self.nodes[id].content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The node around this one.
    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.nodes[id].parent
    }

    /// Whether an element stands beside this node, before or after it.
    pub(super) fn has_sibling(&self, id: Id, before: bool) -> bool {
        let beside = |id: Id| {
            let node = &self.nodes[id];
            if before { node.previous } else { node.next }
        };
        std::iter::successors(beside(id), |&id| beside(id))
            .take(4)
            .any(|id| matches!(self.nodes[id].content, Content::Element(_)))
    }

    /// The step after one; `inside` says whether an opened node is to be entered.
    pub(super) fn next(&self, step: Step, inside: bool) -> Option<Step> {
        match step {
            Step::Open(id) => Some(match self.nodes[id].first {
                Some(first) if inside => Step::Open(first),
                _ => Step::Close(id),
            }),
            Step::Close(id) => match self.nodes[id].next {
                Some(next) => Some(Step::Open(next)),
                None => self.nodes[id].parent.map(Step::Close),
            },
        }
    }

    fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.nodes[id].parent, |&id| self.nodes[id].parent)
    }

    fn add(&mut self, content: Content, name: QualName) -> Id {
        self.nodes.push(Node {
            content,
            name,
            parent: None,
            previous: None,
            next: None,
            first: None,
            last: None,
        });
        self.nodes.len() - 1
    }

    fn detach(&mut self, id: Id) {
        let Node {
            parent,
            previous,
            next,
            ..
        } = self.nodes[id];
        match previous {
            Some(previous) => self.nodes[previous].next = next,
            None => {
                if let Some(parent) = parent {
                    self.nodes[parent].first = next;
                }
            }
        }
        match next {
            Some(next) => self.nodes[next].previous = previous,
            None => {
                if let Some(parent) = parent {
                    self.nodes[parent].last = previous;
                }
            }
        }
        let node = &mut self.nodes[id];
        (node.parent, node.previous, node.next) = (None, None, None);
    }

    /// Puts a node, or text, into a parent: before one of its children, or last.
    fn insert(&mut self, parent: Id, before: Option<Id>, child: NodeOrText<Id>) {
        if let NodeOrText::AppendNode(id) = child {
            self.detach(id);
        }
        let previous = match before {
            Some(before) => self.nodes[before].previous,
            None => self.nodes[parent].last,
        };
        let id = match child {
            NodeOrText::AppendNode(id) => id,
            NodeOrText::AppendText(text) => {
                if let Some(Content::Text(before)) =
                    previous.map(|previous| &mut self.nodes[previous].content)
                {
                    before.push_str(&text);
                    return;
                }
                self.add(Content::Text(text.to_string()), nameless())
            }
        };
        match previous {
            Some(previous) => self.nodes[previous].next = Some(id),
            None => self.nodes[parent].first = Some(id),
        }
        match before {
            Some(before) => self.nodes[before].previous = Some(id),
            None => self.nodes[parent].last = Some(id),
        }
        let node = &mut self.nodes[id];
        (node.parent, node.previous, node.next) = (Some(parent), previous, before);
    }
}

fn nameless() -> QualName {
    QualName::new(None, Namespace::default(), LocalName::default())
}

/// What the parser of html5ever writes the tree through.
struct Sink {
    tree: RefCell<Tree>,
}

impl Default for Sink {
    fn default() -> Self {
        let mut tree = Tree { nodes: Vec::new() };
        tree.add(Content::Silent, nameless());
        Self {
            tree: RefCell::new(tree),
        }
    }
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Tree;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Ref<'a, QualName> {
        Ref::map(self.tree.borrow(), |tree| &tree.nodes[*target].name)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Id {
        self.tree
            .borrow_mut()
            .add(Content::Element(attributes), name)
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.tree.borrow_mut().add(Content::Silent, nameless())
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.tree.borrow_mut().add(Content::Silent, nameless())
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.tree.borrow_mut().insert(*parent, None, child);
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        if self.tree.borrow().parent(*element).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Id) -> Id {
        *target
    }

    fn same_node(&self, x: &Id, y: &Id) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, node: NodeOrText<Id>) {
        let mut tree = self.tree.borrow_mut();
        if let Some(parent) = tree.parent(*sibling) {
            tree.insert(parent, Some(*sibling), node);
        }
    }

    fn add_attrs_if_missing(&self, target: &Id, attributes: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        if let Content::Element(present) = &mut tree.nodes[*target].content {
            for attribute in attributes {
                if present.iter().all(|other| other.name != attribute.name) {
                    present.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        self.tree.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &Id, parent: &Id) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.nodes[*node].first {
            tree.insert(*parent, None, NodeOrText::AppendNode(child));
        }
    }
}
