//! The options of a run, and the ways in: text, bytes, or bytes decoded before.

use std::sync::Arc;

use crate::names;
use crate::{Canonical, Decoded, EncodingFrom, Error, Lexicon, Notice, Offsets, Source};
use crate::{decode, decode_as};

/// What a caller may settle before reading; made once, used by any number of threads.
///
/// ```
/// let parser = gongwen::Parser::new().region("江西省").source_name("春耕.txt");
/// let notice = parser.parse("关于春耕的通知");
/// assert_eq!(notice.source.name.as_deref(), Some("春耕.txt"));
/// ```
#[derive(Clone, Debug)]
pub struct Parser {
    region: Option<String>,
    names: bool,
    lexicon: Arc<Lexicon>,
    source_name: Option<String>,
    encoding: Option<String>,
    offsets: Offsets,
}

impl Default for Parser {
    fn default() -> Self {
        Self {
            region: None,
            names: true,
            lexicon: Arc::default(),
            source_name: None,
            encoding: None,
            offsets: Offsets::Bytes,
        }
    }
}

impl Parser {
    /// Everything as it is by default: names looked up, encoding detected, offsets in bytes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The region whose organs `省科技厅` or `市政府` mean, such as `江西省`, where the document does not say.
    /// A name that no region has changes nothing: [`region_code`](crate::region_code) tells whether one is called so.
    #[must_use]
    pub fn region(mut self, name: &str) -> Self {
        self.region = Some(name.to_owned());
        self
    }

    /// Whether units are looked up in the register of organs ([`Unit::canonical`](crate::Unit::canonical)).
    #[must_use]
    pub fn names(mut self, wanted: bool) -> Self {
        self.names = wanted;
        self
    }

    /// Names of organs that go before the built-in ones.
    #[must_use]
    pub fn lexicon(mut self, added: Lexicon) -> Self {
        self.lexicon = Arc::new(added);
        self
    }

    /// What [`Source::name`] says.
    #[must_use]
    pub fn source_name(mut self, name: &str) -> Self {
        self.source_name = Some(name.to_owned());
        self
    }

    /// The WHATWG label of the encoding, such as `gbk`; it wins over what the bytes show.
    #[must_use]
    pub fn encoding(mut self, label: &str) -> Self {
        self.encoding = Some(label.to_owned());
        self
    }

    /// What spans count.
    #[must_use]
    pub fn offsets(mut self, offsets: Offsets) -> Self {
        self.offsets = offsets;
        self
    }

    /// Reads a text. Never fails: what is odd becomes a diagnostic.
    #[must_use]
    pub fn parse<'t>(&self, text: &'t str) -> Notice<'t> {
        let source = Source {
            name: None,
            encoding: "UTF-8".into(),
            encoding_from: EncodingFrom::Given,
            bytes: text.len() as u64,
            sha256: None,
            replaced: 0,
            offsets: Offsets::Bytes,
            extracted_from: None,
        };
        self.read(text, source)
    }

    /// Decodes bytes, in the [encoding](Self::encoding) given or the one found.
    ///
    /// # Errors
    /// Where the bytes are no text: see [`Error`].
    pub fn decode<'b>(&self, bytes: &'b [u8]) -> Result<Decoded<'b>, Error> {
        match &self.encoding {
            Some(label) => decode_as(bytes, label),
            None => decode(bytes),
        }
    }

    /// Reads what was decoded before; the notice borrows from it.
    #[must_use]
    pub fn parse_decoded<'t>(&self, decoded: &'t Decoded<'_>) -> Notice<'t> {
        self.read(&decoded.text, decoded.source.clone())
    }

    /// Reads bytes: [`decode`](Self::decode) and [`parse_decoded`](Self::parse_decoded) in one, for a
    /// notice that stands alone.
    ///
    /// # Errors
    /// Where the bytes are no text: see [`Error`].
    pub fn parse_bytes(&self, bytes: &[u8]) -> Result<Notice<'static>, Error> {
        let decoded = self.decode(bytes)?;
        Ok(self.parse_decoded(&decoded).into_owned())
    }

    /// The organ that a name means where a notice says it; none where that is not sure, and without [names](Self::names).
    ///
    /// ```
    /// let parser = gongwen::Parser::new();
    /// let notice = parser.parse("江西省人民政府关于春耕的通知\n一、备种。（省发展改革委负责）");
    /// let organ = parser.organ("省发改委", &notice).unwrap();
    /// assert_eq!(organ.name, "江西省发展和改革委员会");
    /// ```
    #[must_use]
    pub fn organ(&self, name: &str, notice: &Notice<'_>) -> Option<Arc<Canonical>> {
        names::organ_named(name, notice, self.naming()?)
    }

    fn naming(&self) -> Option<names::Options<'_>> {
        self.names.then(|| names::Options {
            region: self.region.as_deref().and_then(names::region_named),
            lexicon: Some(&self.lexicon),
        })
    }

    fn read<'t>(&self, text: &'t str, mut source: Source<'t>) -> Notice<'t> {
        if let Some(name) = &self.source_name {
            source.name = Some(name.clone().into());
        }
        let mut notice = crate::pipeline::read(text, source, self.naming());
        notice.count_in(text, self.offsets);
        notice
    }
}
