//! The parts of a DOCX file: a ZIP archive of XML.
//!
//! In: the bytes of the file. Out: the text of a part, inflated within limits.
//!
//! | limit | |
//! |---|---|
//! | files in the archive | [`ENTRIES`] |
//! | all parts read, inflated | [`INFLATED`] |
//! | a part, against its compressed size | [`RATIO`], past the first megabyte |

use std::collections::HashMap;

use encoding_rs::UTF_8;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};

use crate::Error;

/// Files in an archive; a document with every page a picture has some hundreds.
const ENTRIES: usize = 10_000;
/// Bytes of XML that are read, all parts together.
const INFLATED: usize = 64 << 20;
/// Bytes that a compressed byte may inflate to.
const RATIO: usize = 200;

/// An opened file.
pub(super) struct Package<'b> {
    archive: ZipSliceArchive<&'b [u8]>,
    /// Parts by their names in lower case, as names of parts don't differ by case.
    parts: HashMap<String, (ZipArchiveEntryWayfinder, CompressionMethod)>,
    /// Bytes that may still be inflated.
    left: usize,
}

impl<'b> Package<'b> {
    /// Lists the parts of the file.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Error> {
        let archive = ZipArchive::from_slice(bytes).map_err(|_| DAMAGED)?;
        let mut parts = HashMap::new();
        for entry in archive.entries() {
            let entry = entry.map_err(|_| DAMAGED)?;
            if entry.flags().is_encrypted() {
                return Err(ENCRYPTED);
            }
            if parts.len() == ENTRIES {
                return Err(TOO_LARGE);
            }
            let name = String::from_utf8_lossy(entry.file_path().as_bytes()).to_lowercase();
            let name = name.replace('\\', "/");
            parts
                .entry(name)
                .or_insert((entry.wayfinder(), entry.compression_method()));
        }
        Ok(Self {
            archive,
            parts,
            left: INFLATED,
        })
    }

    /// The text of a part; `None` where there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Error> {
        let Some(&(wayfinder, method)) = self.parts.get(&name.to_lowercase()) else {
            return Ok(None);
        };
        let entry = self.archive.get_entry(wayfinder).map_err(|_| DAMAGED)?;
        let data = entry.data();
        let limit = self.left.min(data.len().saturating_mul(RATIO).max(1 << 20));
        if wayfinder.uncompressed_size_hint() > limit as u64 {
            return Err(TOO_LARGE);
        }
        let inflated;
        let content = match method {
            CompressionMethod::STORE => data,
            CompressionMethod::DEFLATE => {
                inflated = miniz_oxide::inflate::decompress_to_vec_with_limit(data, limit)
                    .map_err(|_| DAMAGED)?;
                &inflated
            }
            _ => return Err(DAMAGED),
        };
        if content.len() > limit {
            return Err(TOO_LARGE);
        }
        if rawzip::crc32(content) != entry.claim_verifier().crc {
            return Err(DAMAGED);
        }
        self.left -= content.len();
        Ok(Some(UTF_8.decode(content).0.into_owned()))
    }
}

/// The archive or its XML is broken.
pub(super) const DAMAGED: Error = Error::Binary {
    what: "a damaged DOCX file",
    next: "open it in Word, WPS or LibreOffice and save it again",
};

/// The file goes beyond a limit.
pub(super) const TOO_LARGE: Error = Error::Binary {
    what: "a DOCX file that unpacks to more than 64 MB of XML, or nests too deeply",
    next: "save it as text first, for example with `soffice --convert-to txt:Text`",
};

const ENCRYPTED: Error = Error::Binary {
    what: "an encrypted DOCX file",
    next: "open it with its password and save it without one",
};

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use rawzip::{DataDescriptorOutput, ZipArchiveWriter};

    use super::*;

    fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut archive = ZipArchiveWriter::new(&mut bytes);
        for (name, content) in parts {
            let builder = archive
                .new_file(*name)
                .compression_method(CompressionMethod::DEFLATE);
            let (mut entry, _) = builder.start().unwrap();
            entry
                .write_all(&miniz_oxide::deflate::compress_to_vec(content, 6))
                .unwrap();
            let descriptor =
                DataDescriptorOutput::new(rawzip::crc32(content), content.len() as u64);
            entry.finish(descriptor).unwrap();
        }
        archive.finish().unwrap();
        bytes
    }

    #[test]
    fn parts_are_inflated() {
        let bytes = archive(&[("word\\Document.xml", b"\xEF\xBB\xBF<a/>"), ("empty", b"")]);
        let mut package = Package::open(&bytes).unwrap();
        assert_eq!(
            package.part("Word/document.xml"),
            Ok(Some("<a/>".to_owned()))
        );
        assert_eq!(package.part("empty"), Ok(Some(String::new())));
        assert_eq!(package.part("missing"), Ok(None));
    }

    #[test]
    fn what_goes_beyond_the_limits_is_given_up() {
        let bomb = archive(&[("a", &vec![b' '; 2 << 20])]);
        assert_eq!(Package::open(&bomb).unwrap().part("a"), Err(TOO_LARGE));
        let text: Vec<u8> = (0..9 << 20_u32)
            .map(|n: u32| (n.wrapping_mul(2_654_435_761) >> 28) as u8)
            .collect();
        let bytes = archive(&[("a", &text)]);
        let mut package = Package::open(&bytes).unwrap();
        let read = (0..8).filter(|_| package.part("a").is_ok()).count();
        assert_eq!(read, INFLATED / text.len());
    }

    #[test]
    fn damage_is_found() {
        let bytes = archive(&[("a", "关于春耕的通知".as_bytes())]);
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            if let Ok(mut package) = Package::open(&damaged) {
                let part = package.part("a");
                assert!(
                    part.is_err()
                        || part == Ok(None)
                        || part == Ok(Some("关于春耕的通知".to_owned()))
                );
            }
            assert!(Package::open(&bytes[..at]).is_err());
        }
    }
}
