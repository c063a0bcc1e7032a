//! The whole of cleaning, on any text.

use cleancopy::core::{Fate, Paragraphs, Settings};
use cleancopy::{Cleaner, Rules};

/// Cleans a text: the ledger balances, replays and undoes, a second cleaning changes nothing, and a used cleaner does
/// as a new one would.
pub fn clean(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    for paragraphs in [Paragraphs::Blank, Paragraphs::Newline] {
        let mut cleaner = Cleaner::with_rules(Rules::default(), Settings { paragraphs, ..Settings::default() });
        let cleaned = cleaner.clean(&text);
        assert_eq!(cleaned.ledger.replay(&text).as_deref(), Some(cleaned.text), "replay");
        assert_eq!(cleaned.ledger.undo(cleaned.text).as_deref(), Some(&*text), "undo");
        let (mut source, mut output) = (String::new(), String::new());
        for fate in cleaned.ledger.fates(text.len()) {
            match fate {
                Fate::Kept(span) => {
                    source.push_str(span.in_text(&text));
                    output.push_str(span.in_text(&text));
                }
                Fate::Removed(span, _) => source.push_str(span.in_text(&text)),
                Fate::Inserted(inserted, _) => output.push_str(inserted),
            }
        }
        assert_eq!(source, *text, "every byte of the source is accounted for once");
        assert_eq!(output, cleaned.text, "every byte of the output is accounted for once");
        let once = cleaned.text.to_owned();
        let again = cleaner.clean(&once);
        assert_eq!(again.text, once, "a second cleaning changes nothing");
        assert!(again.ledger.is_empty());
        assert_eq!(cleaner.clean(&text).text, once, "a used cleaner does as a new one would");
    }
}
