//! Appeals for money or membership.
use cleancopy_core::{Edits, Example, Page, Rule, Scope, Stage};

use crate::appeals::Appeals;

pub(crate) static RULE: Rule = Rule {
    id: "appeal",
    stage: Stage::Blocks,
    scope: Scope::Everywhere,
    about: "Removes an outlet's appeal to its readers whole: head, salutation, reasons, ask, thanks and buttons.",
    why: "It is about the outlet, stands under every article, and its middle reads like news.",
    limits: "Needs an ask in the first person outside quotation marks and two further signs, or, whatever its wording, the \
             voice of an outlet that speaks to its readers of giving, its work and sums, as a fitted chain weighs it; in a text \
             that speaks so all through, something that hardly anything but an ask says. Stories about campaigns, other \
             people's appeals and letters columns stay.",
    source: "Form of appeals by outlets that live on gifts; phrases in tables/appeal.txt, words in tables/ask-word.txt, weights in asks/weights.txt.",
    examples: &[
        Example::changes(
            "The registry will send somebody to look.\nA message from the Lowfield Post:\nDear reader,\nLast month a court \
             ordered three small papers to hand over their sources.\nThat costs money. If you can, please support us with \
             a monthly gift, starting from just £2. Every contribution counts.\nThank you for helping us to keep going.\n\
             Remind me next month\nDonate now",
            "The registry will send somebody to look.",
        ),
        Example::changes(
            "The registry will send somebody to look in the autumn, when the hedges have been cut back.\n\n\
             The gate stays locked until then, and the old man climbs it every morning with his spade.\n\n\
             He has written to the county eleven times, and has had eleven letters of thanks for his interest.\n\n\
             We have no owner and no shareholders: 1,204 readers pay for the walks that you read about here. Chip in £4 a month, \
             and our reporter gets a new pair of boots.\n\n\
             Fill the tin\n\n\
             Another day",
            "The registry will send somebody to look in the autumn, when the hedges have been cut back.\n\n\
             The gate stays locked until then, and the old man climbs it every morning with his spade.\n\n\
             He has written to the county eleven times, and has had eleven letters of thanks for his interest.",
        ),
        Example::keeps(
            "The registry will send somebody to look in the autumn, when the hedges have been cut back.\n\n\
             The gate stays locked until then, and the old man climbs it every morning with his spade.\n\n\
             A campaign to buy the path has raised £9,000 from 312 donors, among them the reporters of two newspapers.\n\n\
             We asked the county what the path is worth. It does not say, but you can read its letter at the library.",
        ),
        Example::keeps(
            "Posters in all 22 branches carry the same words: “We need your help. Support us from just £2 a month.”\n\
             “Every contribution makes a difference,” the director told reporters.",
        ),
        Example::keeps(
            "Dear readers,\nYou have sent us 212 letters about the gull on the town hall. We print six of them.\nWe thank \
             her for her patience with us.",
        ),
    ],
    run,
};

fn run(page: &Page<'_>, edits: &mut Edits<'_>) {
    for &(first, last) in &page.measured::<Appeals>().runs {
        (first..=last).for_each(|index| edits.remove_block(index));
    }
}
