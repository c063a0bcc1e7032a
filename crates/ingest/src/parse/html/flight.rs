//! The stream in which some frameworks send a page to its scripts, a piece at a time: `self.__next_f.push([1,"..."])`.

use super::walk::Walk;
use serde_json::Value;

/// How a script with a piece begins.
const PUSH: &str = "self.__next_f.push(";

/// Whether a script holds a piece of the stream.
pub(super) fn is_piece(script: &str) -> bool {
    script.trim_start().starts_with(PUSH)
}

/// The values in the rows of a stream, and the texts that are rows of their own.
pub(super) fn rows(pieces: &[&str]) -> (Vec<Value>, Vec<String>) {
    let stream: String = pieces.iter().filter_map(|piece| text_of(piece)).collect();
    let (mut values, mut texts) = (Vec::new(), Vec::new());
    let mut rest = stream.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        // A row begins with its number, sixteen to the base, and a colon.
        let row = line.split_once(':').filter(|(id, _)| id.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let text = row.and_then(|(id, row)| Some((id.len() + 2, row.strip_prefix('T')?.split_once(',')?.0)));
        if let Some((before, size)) = text
            && let Ok(n_bytes) = usize::from_str_radix(size, 16)
        {
            let start = before + size.len() + 1;
            let end = start.saturating_add(n_bytes).min(rest.len());
            let end = (end..=rest.len()).find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
            texts.push(rest.get(start..end).unwrap_or_default().to_owned());
            rest = rest.get(end..).unwrap_or_default();
            continue;
        }
        let json = row.and_then(|(_, row)| row.find(['[', '{', '"']).and_then(|at| row.get(at..)));
        values.extend(json.and_then(|json| serde_json::from_str(json).ok()));
        rest = after;
    }
    (values, texts)
}

/// The text of one piece.
fn text_of(piece: &str) -> Option<String> {
    let array = piece.trim_start().strip_prefix(PUSH)?;
    let mut values = serde_json::Deserializer::from_str(array).into_iter::<Value>();
    match values.next()?.ok()? {
        Value::Array(items) => items.into_iter().nth(1)?.as_str().map(str::to_owned),
        _ => None,
    }
}

/// The paragraphs in a value that holds elements as `["$","p",null,{"children":"..."}]`, a line each.
pub(super) fn paragraphs(value: &Value) -> String {
    let mut lines = String::new();
    let mut walk = Walk::from(value);
    while let Some(value) = walk.next() {
        match value {
            Value::Array(items) => match element(items) {
                Some(("p" | "h2" | "h3" | "h4" | "li" | "blockquote", children)) => {
                    let start = lines.len();
                    words(children, &mut lines);
                    if lines.len() > start {
                        lines.push('\n');
                    }
                }
                Some((_, children)) => walk.add(children),
                None => walk.add_all(items.iter()),
            },
            Value::Object(object) => object.values().for_each(|value| walk.add(value)),
            _ => {}
        }
    }
    lines
}

/// The tag of an element and what it holds.
fn element(items: &[Value]) -> Option<(&str, &Value)> {
    match items {
        [Value::String(mark), Value::String(tag), _, Value::Object(props), ..] if mark == "$" => {
            Some((tag, props.get("children")?))
        }
        _ => None,
    }
}

/// Appends the words of what an element holds.
fn words(value: &Value, to: &mut String) {
    let mut walk = Walk::from(value);
    while let Some(value) = walk.next() {
        match value {
            Value::String(text) if !text.starts_with('$') => to.push_str(text),
            Value::Array(items) => match element(items) {
                Some((_, children)) => walk.add(children),
                None => walk.add_all(items.iter()),
            },
            _ => {}
        }
    }
}
