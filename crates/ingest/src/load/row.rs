//! One CSV row.

use super::{Loaded, decode_record, document};
use crate::own::unguarded;
use crate::read::{Header, Raw, cells};
use crate::{Cause, Failure, Options, OwnRow};

pub(super) fn load(raw: Raw, header: &Header, options: &Options) -> Result<Loaded, Failure> {
    let Raw { source, bytes, charset, .. } = raw;
    let columns = header.names.len();
    // Decoded as one, so that there is more to guess from.
    let original = if str::from_utf8(&bytes).is_ok() { None } else { Some(bytes.clone()) };
    let row = decode_record(bytes, charset, options.encoding);
    let mut cells = cells(&row.text, header.delimiter);
    if cells.len() != columns {
        let cause = Cause::Ragged { columns, cells: cells.len() };
        return Err(Failure { source, cause, bytes: Some(original.unwrap_or_else(|| row.text.into_bytes())) });
    }
    let own = header.own.then(|| OwnRow::Cells { cells: cells.clone(), excel: charset.bom });
    if header.own && charset.bom {
        for cell in &mut cells {
            *cell = unguarded(cell).to_owned();
        }
    }
    let fields = if header.own { cells.pop().filter(|fields| !fields.is_empty()) } else { fields(header, &cells) };
    let text = std::mem::take(&mut cells[header.text]);
    let id = header.id.map(|at| std::mem::take(&mut cells[at])).filter(|id| !id.is_empty());
    Ok(Loaded {
        source,
        id,
        bytes_in: text.len() as u64,
        document: document(text, own.as_ref(), options),
        encoding: row.encoding,
        found: row.found,
        replaced: row.replaced,
        fields,
        own,
    })
}

/// The cells that are neither text nor id, as a JSON object of strings.
fn fields(header: &Header, cells: &[String]) -> Option<String> {
    let mut fields = String::new();
    for (at, (name, cell)) in header.names.iter().zip(cells).enumerate() {
        if at == header.text || Some(at) == header.id {
            continue;
        }
        fields.push(if fields.is_empty() { '{' } else { ',' });
        fields.push_str(&json_string(name));
        fields.push(':');
        fields.push_str(&json_string(cell));
    }
    (!fields.is_empty()).then(|| fields + "}")
}

pub(super) fn json_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
