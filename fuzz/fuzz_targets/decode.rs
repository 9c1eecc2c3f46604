//! Any bytes: text or an error, in every encoding, and nothing lost where the bytes are clean.
#![no_main]

use libfuzzer_sys::fuzz_target;

const LABELS: [&str; 6] = ["utf-8", "gb18030", "gbk", "big5", "utf-16le", "utf-16be"];

fuzz_target!(|bytes: &[u8]| {
    if let Ok(decoded) = gongwen::decode(bytes) {
        let source = &decoded.source;
        assert_eq!(source.bytes, bytes.len() as u64);
        if source.replaced == 0 && source.encoding == "UTF-8" && source.extracted_from.is_none() {
            let clean = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            assert_eq!(decoded.text.as_bytes(), clean);
        }
        if source.extracted_from.is_none() {
            let shown = decoded.text.matches(char::REPLACEMENT_CHARACTER).count() as u64;
            assert!(source.replaced <= shown);
        }
    }
    let label = LABELS[bytes
        .first()
        .map_or(0, |&byte| usize::from(byte) % LABELS.len())];
    if let Ok(decoded) = gongwen::decode_as(bytes, label) {
        assert_eq!(decoded.source.bytes, bytes.len() as u64);
    }
});
