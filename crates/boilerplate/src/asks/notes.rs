//! What is known of the blocks of a page: who speaks in them, and of what.

use std::sync::LazyLock;

use memchr::memmem;

use super::signs::{BANK, BUTTON, GIVE, Language, OWN, READER};
use super::{MAX_BUTTON, MAX_PARAGRAPH};
use crate::cues::Cue;
use crate::shape::End;
use crate::view::View;
use crate::words::{MadeFor, Word};

/// Words from which a block may be what a speaker says.
const MIN_SPOKEN: u32 = 17;

/// What dashes behind a full stop begin with.
static DASHES: LazyLock<memmem::Finder<'_>> = LazyLock::new(|| memmem::Finder::new(b". \xE2\x80"));

/// Words of a block of which all are read, and of a longer one those at its end that are.
pub(super) const MAX_READ_WHOLE: u32 = 90;
const READ_OF_LONG: usize = 60;

/// Bytes of a quotation that may be a name or title: `the account of «Stichting Dorpskrant»`.
const MAX_TITLE: u32 = 48;

/// What is known of a block.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Note {
    /// Words in quotation marks but for names and titles, and whether they are hardly any.
    pub(super) n_quoted: u32,
    pub(super) is_unquoted: bool,
    /// Voices outside quotation marks, as flags of [`Word`].
    voices: u16,
    /// Whether it is somebody else's words: reported, or a speaker's.
    pub(super) reports: bool,
    pub(super) is_spoken: bool,
    /// What it speaks of; nothing if it is quoted.
    pub(super) signs: u32,
}

impl Note {
    /// Whether it is nobody else's words, as far as can be told.
    pub(super) fn is_own(self) -> bool {
        self.is_unquoted && !self.reports && !self.is_spoken
    }

    /// Whether a voice speaks outside quotation marks.
    pub(super) fn has(self, voice: u16) -> bool {
        self.voices & voice != 0
    }
}

/// The notes of a page, made where they are asked for and kept for the next text.
#[derive(Debug, Default)]
pub(super) struct Notes {
    all: Vec<Option<Note>>,
    /// The same of the text before, in the language in which it was read.
    last: Vec<Option<Note>>,
    language: Option<Language>,
    /// Whether the language is that of the present page.
    begun: bool,
    made_for: MadeFor,
}

impl Notes {
    /// Takes up a page.
    pub(super) fn take_up(&mut self) {
        std::mem::swap(&mut self.all, &mut self.last);
        self.all.clear();
        self.begun = false;
    }

    /// The language of the page, known once a note was asked for.
    pub(super) fn language(&self) -> Option<Language> {
        self.language
    }

    /// The language of the page of a block.
    pub(super) fn language_of(&mut self, view: &View<'_>) -> Option<Language> {
        self.begin(view);
        self.language
    }

    /// The note of a block for which one was made.
    pub(super) fn made(&self, at: usize) -> Note {
        self.all.get(at).copied().flatten().unwrap_or_default()
    }

    /// What is known of a block.
    pub(super) fn of(&mut self, view: &View<'_>) -> Note {
        self.begin(view);
        if let Some(note) = self.all[view.index] {
            return note;
        }
        let mut note = Note { is_spoken: is_spoken(view), ..Note::default() };
        let mut flags = 0;
        for part in view.words().chunk_by(|one, other| one.has(Word::QUOTED) == other.has(Word::QUOTED)) {
            let seen = part.iter().fold(0, |seen, word| seen | word.flags);
            flags |= seen;
            if seen & Word::QUOTED == 0 {
                note.voices |= seen & (Word::OWN | Word::READER);
            } else if part[part.len() - 1].end - part[0].start > MAX_TITLE {
                note.n_quoted += part.len() as u32;
            }
        }
        note.reports = flags & Word::REPORT != 0;
        note.is_unquoted = note.n_quoted * 4 <= view.words().len() as u32;
        if note.is_unquoted {
            note.signs = self.signs(view, note);
        }
        self.all[view.index] = Some(note);
        note
    }

    fn signs(&self, view: &View<'_>, note: Note) -> u32 {
        let mut signs = match self.language {
            Some(language) if view.n_words() <= MAX_PARAGRAPH => language.signs(view, read(view)),
            _ => 0,
        };
        // These know `US` from `us`, and `Sie` from `sie`.
        let is = |name| self.language.is_none_or(|language| language.is(name));
        if is("en") && note.has(Word::OWN) {
            signs |= OWN;
        }
        if (is("en") || is("de")) && note.has(Word::READER) {
            signs |= READER;
        }
        if view.shape().digits == 0 {
            signs &= !BANK;
        }
        let is_line = view.n_words() <= MAX_BUTTON && !matches!(view.shape().end, End::Stop | End::Open);
        if is_line && (view.set().has(Cue::AppealButton) || signs & GIVE != 0) {
            signs |= BUTTON;
        }
        if is_line { signs } else { signs & !BUTTON }
    }

    /// Tells the language of the page. What is known of blocks that stood in the text before is taken over.
    fn begin(&mut self, view: &View<'_>) {
        if self.begun {
            return;
        }
        self.begun = true;
        let views = view.views();
        let language = Language::of(views);
        let origins = views.words.origins(&mut self.made_for);
        let is_same = language == self.language;
        let known = |at: usize| origins.get(at).copied().flatten().filter(|_| is_same);
        let last = &self.last;
        let notes = (0..views.page.blocks.len())
            .map(|at| known(at).and_then(|origin| last.get(origin as usize).copied().flatten()));
        self.all.extend(notes);
        self.language = language;
    }
}

/// The words of a block that are read: of a long one its end. Asks that tell news first come to the point there, and a long text
/// names many things by the way.
pub(super) fn read<'v>(view: &View<'v>) -> &'v [Word] {
    let words = view.words();
    if view.n_words() <= MAX_READ_WHOLE {
        return words;
    }
    // Of a script without spaces a word is two characters.
    let n_read = READ_OF_LONG * words.len() / view.n_words() as usize;
    &words[words.len() - n_read..]
}

/// Whether a sentence opens as speech does: with a dash, or a mark that may be an apostrophe, so that its words do not count as
/// quoted.
pub(super) fn opens_speech(text: &str) -> bool {
    text.starts_with(['–', '—', '-', '\'', '’', '‘'])
}

/// Whether the block is what a speaker says: it or a sentence in it opens with a dash, or it opens with a name or letter and a
/// colon.
fn is_spoken(view: &View<'_>) -> bool {
    if view.n_words() < MIN_SPOKEN {
        return false;
    }
    let text = view.text();
    let mut names = view.words().iter().take(3).take_while(|word| word.has(Word::UPPER));
    let after = |word: &Word| text[(word.end - view.span().start) as usize..].strip_prefix(':');
    let label = names.find_map(after).is_some_and(|rest| !rest.trim_start().starts_with(char::is_lowercase));
    label
        || text.starts_with(['–', '—', '-'])
        || DASHES.find_iter(text.as_bytes()).any(|at| text[at..].starts_with(". – ") || text[at..].starts_with(". — "))
}
