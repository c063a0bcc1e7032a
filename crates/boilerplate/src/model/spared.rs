//! Blocks that look like residue and are none, whatever the model says.

use std::ops::Range;
use std::sync::LazyLock;

use cleancopy_core::Page;

use crate::rules::is_editor_note;
use crate::verdicts::Verdicts;
use crate::view::{View, Views};
use crate::word_map::WordMap;
use crate::words::Word;
use crate::zones::PROMO;

/// What the model leaves to the article: notes of the editors, which a rule of their own removes when asked to, posts
/// that the article shows, and recipes.
pub(crate) struct Spared<'p> {
    views: Views<'p>,
    recipe: Range<usize>,
}

/// Lines of ingredients that make a recipe, and lines over the first of them that may belong to it: its name, a heading,
/// what needs no unit.
const MIN_INGREDIENTS: usize = 3;
const MAX_ABOVE: usize = 6;

/// Most words of an ingredient, and of the amount before it in which the unit stands.
const MAX_INGREDIENT: usize = 16;
const MAX_AMOUNT: usize = 4;

/// Most blocks from one ingredient of a recipe to the next.
const MAX_GAP: usize = 6;

/// Most blocks of a post over its signature.
const MAX_POST: usize = 4;

impl<'p> Spared<'p> {
    pub(crate) fn of(page: &'p Page<'p>) -> Self {
        let views = Views::of(page);
        let recipe = recipe(&views, page.measured());
        Self { views, recipe }
    }

    /// Whether a block is left alone.
    pub(crate) fn has(&self, block: usize) -> bool {
        let view = self.views.view(block);
        self.recipe.contains(&block) || is_editor_note(&view) || is_of_post(&view)
    }
}

/// The blocks of a recipe: from the first ingredient to the next block that is no part of an article.
fn recipe(views: &Views<'_>, verdicts: &Verdicts) -> Range<usize> {
    let mut ingredients = views.iter().filter(is_ingredient).map(|view| view.index);
    let (mut first, mut last, mut n) = (0, 0, 0);
    while let Some(index) = ingredients.next()
        && (n < MIN_INGREDIENTS || index - last <= MAX_GAP)
    {
        (first, n) = if n == 0 || index - last > MAX_GAP { (index, 1) } else { (first, n + 1) };
        last = index;
    }
    if n < MIN_INGREDIENTS {
        return 0..0;
    }
    let ends = |view: &View<'_>| verdicts.goes(view.index) || view.set().meets(PROMO);
    let n_blocks = views.page.blocks.len();
    let end = (last + 1..n_blocks).find(|&index| ends(&views.view(index))).unwrap_or(n_blocks);
    let is_line = |&index: &usize| {
        let view = views.view(index);
        view.is_line() && view.words().len() <= MAX_INGREDIENT && !ends(&view)
    };
    let n_above = (0..first).rev().take(MAX_ABOVE).take_while(is_line).count();
    first - n_above..end
}

/// Whether a block is an amount and what it is an amount of: `2 cups of flour`; or holds more than one amount.
fn is_ingredient(view: &View<'_>) -> bool {
    let words = view.words();
    let is_unit = |word: &Word| UNITS.get(word.hash).is_some();
    let leads = words.len() <= MAX_INGREDIENT
        && words.first().is_some_and(|word| word.has(Word::DIGIT))
        && words.iter().skip(1).take(MAX_AMOUNT).any(is_unit);
    leads || words.windows(2).filter(|pair| pair[0].has(Word::DIGIT) && is_unit(&pair[1])).nth(1).is_some()
}

/// Units of kitchens.
static UNITS: LazyLock<WordMap<()>> = LazyLock::new(|| {
    WordMap::of(
        include_str!("../tables/kitchen.txt").lines().filter(|line| !line.starts_with('#')).map(|line| ((), line)),
    )
});

/// Whether a block is a post that the article shows, or its signature: `— Ada Brook (@adabrook) May 4, 2019`.
fn is_of_post(view: &View<'_>) -> bool {
    let mut below = Some(*view);
    for _ in 0..MAX_POST {
        let Some(block) = below else { return false };
        if is_signed(block.text()) {
            return true;
        }
        // Nothing but addresses stands between the words of a post and its signature.
        below = block.near(1).filter(|next| is_signed(next.text()) || is_address(next.text()));
    }
    false
}

/// Whether a text ends with the signature of a post, or is one.
fn is_signed(text: &str) -> bool {
    let Some(handle) = text.find("(@").or_else(|| text.find("([@")) else { return false };
    let before = &text[..handle];
    before.rfind(['—', '–']).is_some_and(|dash| before.len() - dash <= MAX_NAME)
}

/// Bytes of the longest name before a handle.
const MAX_NAME: usize = 80;

fn is_address(text: &str) -> bool {
    let text = text.trim_start_matches(['>', ' ', '[']);
    text.is_empty() || ["http://", "https://", "pic.", "t.co/"].iter().any(|start| text.starts_with(start))
}
