//! The chain over the blocks of a text: from scores of single blocks to the chance that each belongs to an ask.

/// Largest score that counts, so that no single block decides alone.
const MAX_SCORE: f32 = 20.0;

/// Replaces the score of each block, the logarithm of its odds, by its chance given all blocks.
///
/// `steps` are the odds from text and ask to text and ask; `forward` is for reuse.
pub(super) fn solve(scores: &mut [f32], steps: [[f32; 2]; 2], forward: &mut Vec<f32>) {
    // How likely the blocks so far end in an ask.
    forward.clear();
    let mut now: Option<f32> = None;
    for score in scores.iter_mut() {
        *score = score.clamp(-MAX_SCORE, MAX_SCORE).exp();
        let (text, ask) = match now {
            None => (1.0, steps[0][1]),
            Some(chance) => (
                (1.0 - chance) * steps[0][0] + chance * steps[1][0],
                (1.0 - chance) * steps[0][1] + chance * steps[1][1],
            ),
        };
        let chance = ask * *score / (text + ask * *score);
        forward.push(chance);
        now = Some(chance);
    }
    let mut below = [0.5, 0.5];
    for (score, chance) in scores.iter_mut().zip(forward.iter()).rev() {
        let (text, ask) = ((1.0 - chance) * below[0], chance * below[1]);
        let emitted = [below[0], below[1] * *score];
        *score = ask / (text + ask);
        let from = |from: usize| steps[from][0] * emitted[0] + steps[from][1] * emitted[1];
        let sum = from(0) + from(1);
        below = [from(0) / sum, from(1) / sum];
    }
}
