#!/usr/bin/env python3
"""Fits the weights of the chain over asks for money and writes src/asks/weights.txt.

usage: asks.py --eval DIR [--program PROGRAM] [--only-check]
DIR is the evaluation folder that holds score_residue.py and dev/. PROGRAM is the example `blocks` of the package
cleancopy, built in release.

Texts: written/ holds fifty sets of texts written for this project, in 32 languages: articles, asks of outlets to their
readers, news and letters that come near to asks, and other residue. Each ask is put at the head, in the middle and at
the end of an article, each other text in one place. Real pages (fit.py says which) show what is no ask, their kept
words, and what is one, dropped blocks with phrases of appeals; for what else is dropped there, and for other residue, either
label will do.
Model: a linear chain with the labels text and ask, fitted by maximum likelihood with a quadratic penalty.
Bars: `high`, the chance that one block of an ask must reach, and `low`, what all must, are chosen for the largest gain
in words of asks, where a word of text costs WORTH words of asks, on sets and outlets that the fit had not seen;
WITHOUT_ASK times that in a text that holds none; of nearly equal ones the lowest `low`. The table printed is made with these bars."""
import argparse, collections, json, os, re, subprocess, sys, tempfile
import numpy as np, scipy.optimize, scipy.sparse
import fit as residue
from written import ANY, ASK, TEXT, squeezed, texts as written

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "../src/asks/weights.txt")
N_PLACES = 1 << 16
N_FOLDS = 5
PENALTY, WORD_PENALTY = 0.45, 0.05
UNIT = 0.03
MAX_STEPS = 200
MAX_PARAGRAPH, MAX_BUTTON = 300, 5
# Words from which a block is long, and what the words of a long one weigh at least if it may be an ask.
MAX_READ_WHOLE, AGAINST = 90, -1.0
# No outlet counts more than so many texts.
MAX_OF_OUTLET = 8
# How much more a real page with an ask counts than one without.
REAL_ASK = 10.0
WORTH = {"precision": 10.0, "balanced": 0.4, "recall": 0.2}
# How many times that a word costs where a text holds no ask, as most real ones do but few of these.
WITHOUT_ASK = 7.0
# Finer steps choose by chance.
HIGHS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99)
# Below a half a block is text more likely than not.
LOWS = (0.5, 0.6, 0.7, 0.8)
# What part of the gain a lower `low` may cost: of an ask that is cut, no sentence should stay.
TIE = 0.002
# Phrases that make a dropped block of a real page an ask.
PHRASES = {f"cue appeal-{name}" for name in ("head", "ask", "need", "reason", "button")}
# What other residue asks for, and phrases that make an ask of it nevertheless.
OTHER = {"cue " + name for name in ("newsletter", "newsletter-label", "share-ask", "cookie", "cookie-label", "comment", "comment-label", "app", "ad", "ad-label")}
ASKING = {"cue appeal-" + name for name in ("ask", "need", "reason", "amount", "button")}
# Residue that may stand between the paragraphs of an ask, unless it speaks of giving itself.
BESIDE = {"cue " + name for name in ("rights", "copyright", "share-ask", "tags", "navigation", "cookie", "cookie-label", "comment", "comment-label", "ad", "ad-label")}
# Things that a block must speak of, giving among them, to be sure from which chance on.
MIN_FULL, SURE_IF_FULL = 6, 0.3
# From which chance on a sentence in which nobody speaks opens or closes an ask, and from which one of few words does.
SURE_IF_SILENT, SURE_IF_SHORT, MAX_SHORT = 0.97, 0.7, 12
# Words from which a block counts as text, and from which one that is a sentence does, by half.
MIN_PROSE, MIN_SENTENCE = 12, 6
# Fewest halves of text outside of an ask, and most words in it.
MIN_HALVES, MAX_WORDS = 6, 700
# Most words of an ask that does not say plainly what it is, and of one that names neither reader nor press besides.
MAX_UNSAID, MAX_UNNAMED = 200, 60
# Words of a label, and the chance from which on it belongs to an ask.
MAX_LABEL, LOW_OF_LABEL = 8, 0.4
# Signals of blocks in a text that itself speaks as asks do, and what an ask must say there.
TONES = {"sign " + tone for tone in ("need", "free", "deed", "offer", "thanks", "hail")}
LOUD = ("elsewhere to-a-third", "elsewhere more")
SENTENCES = ("end stop", "end call", "end ellipsis")
PLAIN = ("sign give-plainly", "sign press-plainly", "sign bank", "sign plea", "cue appeal-head", "cue appeal-ask", "cue appeal-need", "cue appeal-button")

Document = collections.namedtuple("Document", "name kind group fold weight labels n_words cells words silent prose halves speaks plain named full other label")


def labels_of(blocks, text):
    """The label of each block, by where its letters stand among those of the paragraphs."""
    flat, marks, at, labels = "".join(squeezed(p) for p, _ in text), np.repeat([label for _, label in text], [len(squeezed(p)) for p, _ in text]), 0, []
    for block in blocks:
        letters = squeezed(block)
        found = flat.find(letters, at)
        if found < 0 or not letters:
            labels.append(ANY)
            continue
        at = found + len(letters)
        labels.append(int(np.bincount(marks[found:at]).argmax()))
    return labels


def describe(program, texts):
    """Sends texts to the program; gives its rows."""
    with tempfile.TemporaryFile("w+", encoding="utf8") as file:
        for text in texts:
            file.write(json.dumps({"id": "", "text": text}, ensure_ascii=False) + "\n")
        file.seek(0)
        output = subprocess.run([program, "asks"], stdin=file, stdout=subprocess.PIPE, check=True).stdout.decode("utf8").splitlines()
    return json.loads(output[0]), [json.loads(line)["blocks"] for line in output[1:]]


def read(args, scorer):
    documents = []
    made = list(written())
    names, rows = describe(args.program, ["\n\n".join(p for p, _ in text) for *_, text in made])
    for (name, kind, group, of_set, weight, text), blocks in zip(made, rows):
        documents.append(document(name, kind, group, of_set % N_FOLDS, weight, labels_of([b[0] for b in blocks], text), blocks, names, scorer))
    with tempfile.TemporaryDirectory() as temporary:
        folders, truth = residue.texts(os.path.join(args.eval, "dev"), temporary)
        folders.append(main_texts(os.path.join(temporary, "html"), truth))
        for folder in folders:
            found = [name[:-4] for name in sorted(os.listdir(folder)) if name[:-4] in truth]
            texts = [open(os.path.join(folder, name + ".txt"), encoding="utf8", errors="replace", newline="").read() for name in found]
            of_outlet = collections.Counter(truth[name][0] for name in found)
            for name, text, blocks in zip(found, texts, describe(args.program, texts)[1]):
                outlet, source, runs = truth[name]
                if not 0 < len(blocks) <= residue.MAX_BLOCKS:
                    continue
                words = [scorer.words(block[0]) for block in blocks]
                counts = [(len(w), 0) for w in words] if runs is None else residue.count(scorer.words(text), runs, words, scorer)
                labels = [label_of_page(keep, drop, len(w), {names[cell] for cell in block[2]}) for (keep, drop), w, block in zip(counts, words, blocks)]
                weight = min(1.0, MAX_OF_OUTLET / of_outlet[outlet]) * (REAL_ASK if ASK in labels else 1.0)
                documents.append(document(name, "pages: " + source, outlet, residue.fold_of(outlet) % N_FOLDS, weight, labels, blocks, names, scorer))
    return names, documents


def main_texts(html, truth):
    """The text of pages of all kinds, marked by hand: reviews, lists, shops, forums, in which asks are as rare as in news."""
    out = os.path.join(html, "main-texts")
    os.makedirs(out, exist_ok=True)
    for row in residue.rows(os.path.join(html, "truth.jsonl")):
        if row["dataset"] == "wcxb" and row["text"]:
            truth[row["id"]] = (residue.outlet_of(row["url"]), "main texts", None)
            with open(os.path.join(out, row["id"] + ".txt"), "w", encoding="utf8") as file:
                file.write(row["text"] + "\n")
    return out


def label_of_page(n_keep, n_drop, n, signals):
    """Kept words are text; dropped ones with a phrase of asks, an ask; of others nobody knows."""
    if n and 2 * n_keep >= n:
        return TEXT
    return ASK if n and n_drop >= 0.8 * n and signals & PHRASES else ANY


def document(name, kind, group, fold, weight, labels, blocks, names, scorer):
    n_words = np.array([len(scorer.words(b[0])) for b in blocks])
    # Other residue in an ask may be either; what phrases alone show is no achievement of the chain.
    labels = [ANY if label == ASK and is_beside({names[cell] for cell in b[2]}) else label for label, b in zip(labels, blocks)]
    labels = [ANY if known and label == TEXT else label for label, (_, known, _, _) in zip(labels, blocks)]
    plain = np.array([any(names[cell].startswith(PLAIN) for cell in b[2]) for b in blocks])
    signs = [{names[cell] for cell in b[2] if names[cell].startswith("sign ")} - {"sign self", "sign plea", "sign letter"} - TONES for b in blocks]
    named = np.array([bool(s & {"sign reader", "sign press"}) for s in signs])
    full = np.array([len(s) >= MIN_FULL and "sign give-plainly" in s and bool(s & {"sign own", "sign reader"}) for s in signs])
    cues = [{names[cell] for cell in b[2] if names[cell].startswith("cue ")} for b in blocks]
    other = np.array([bool(c & OTHER) and not c & ASKING for c in cues])
    stop = np.array([any(names[cell].startswith("end stop") for cell in b[2]) for b in blocks])
    halves = np.where(n_words >= MIN_PROSE, 2, np.where((n_words >= MIN_SENTENCE) & stop, 1, 0))
    prose = halves > 0
    speaks = prose & np.array([bool(s & {"sign own", "sign reader"}) for s in signs])
    sentence = np.array([any(names[cell].startswith(SENTENCES) for cell in b[2]) for b in blocks])
    silent = np.array([is_silent({names[cell] for cell in b[2]}, n) for b, n in zip(blocks, n_words)])
    return Document(name, kind, group, fold, weight, np.array(labels), n_words, [b[2] for b in blocks], [b[3] for b in blocks], silent, prose, halves, speaks, plain, named, full, other, ~sentence & (n_words <= MAX_LABEL))


def is_beside(signals):
    """Whether a block of an ask is other residue."""
    return bool(signals & BESIDE) and not signals & (ASKING | {"sign give"})


def is_silent(signals, n_words):
    """Whether a block is a sentence in which neither outlet nor reader is named, or that opens as speech does, or, in a text that
    speaks so itself, that says nothing plainly."""
    ends = {signal.split(",")[0] for signal in signals if signal.startswith("end ")}
    if n_words > MAX_BUTTON and any(s.startswith(SENTENCES) for s in signals) and any(s.startswith(LOUD) for s in signals) and not any(s.startswith(PLAIN) for s in signals):
        return True
    if ends != {"end stop"}:
        return False
    phrase = any(signal.startswith("cue appeal-") and signal != "cue appeal-press" for signal in signals)
    return "speaker dash" in signals or not phrase and not signals & {"sign own", "sign reader", "sign plea"}


def matrices(documents, n_cells):
    def build(lists, width, scaled):
        ends = np.cumsum([0] + [len(one) for one in lists])
        values = np.concatenate([np.full(len(one), max(1, len(one)) ** -0.5 if scaled else 1.0) for one in lists])
        matrix = scipy.sparse.csr_matrix((values, np.concatenate([np.array(one, np.int32) for one in lists]), ends), shape=(len(lists), width))
        matrix.sum_duplicates()
        return matrix
    return build([c for d in documents for c in d.cells], n_cells, False), build([w for d in documents for w in d.words], N_PLACES, True)


class Batch:
    """Documents of about one length, padded."""
    def __init__(self, members, firsts):
        length = max(len(d.labels) for d in members)
        self.index, self.mask = np.zeros((length, len(members)), int), np.zeros((length, len(members)), bool)
        self.allowed, self.members = np.ones((length, len(members), 2)), members
        for at, d in enumerate(members):
            n = len(d.labels)
            self.index[:n, at], self.mask[:n, at] = firsts[id(d)] + np.arange(n), True
            self.allowed[:n, at, 0], self.allowed[:n, at, 1] = d.labels != ASK, d.labels != TEXT
        self.weight = np.array([d.weight for d in members])

    def run(self, scores, steps, free=True):
        """Logarithms of sums, chances of asks, gradient of the steps."""
        e = np.ones(self.mask.shape + (2,))
        e[..., 1] = np.exp(np.clip(np.where(self.mask, scores[self.index], 0.0), -20, 20))
        if not free:
            e = e * self.allowed
        a, (T, B), m = np.exp(steps), self.mask.shape, self.mask[..., None]
        alpha, logz, now = np.empty((T, B, 2)), np.zeros(B), np.array([1.0, a[0, 1]]) * e[0]
        for t in range(T):
            if t:
                now = np.where(m[t], (alpha[t - 1] @ a) * e[t], alpha[t - 1])
            total = now.sum(1)
            logz += np.log(total)
            alpha[t] = now = now / total[:, None]
        chance, xi, beta = np.zeros((T, B)), np.zeros((2, 2)), np.ones((B, 2))
        for t in range(T - 1, -1, -1):
            p = alpha[t] * beta
            chance[t] = p[:, 1] / p.sum(1)
            if t:
                emitted = beta * e[t]
                total = ((alpha[t - 1] @ a) * emitted).sum(1)
                xi += a * ((alpha[t - 1] * np.where(self.mask[t], self.weight / total, 0.0)[:, None]).T @ emitted)
                beta = np.where(m[t], emitted @ a.T, beta)
                beta /= beta.sum(1)[:, None]
        return logz, chance, xi


def batches_of(documents):
    return residue.batches_of(documents, Batch, lambda d: (len(d.labels), d.kind, d.name), 128)


def fit(documents, n_cells):
    X, W = matrices(documents, n_cells)
    XT, WT, batches = X.T.tocsr(), W.T.tocsr(), batches_of(documents)
    def loss(theta):
        cells, words, steps = theta[:n_cells], theta[n_cells:-4], theta[-4:].reshape(2, 2)
        scores = X @ cells + W @ words
        total, slope, step_slope = 0.0, np.zeros(len(scores)), np.zeros((2, 2))
        for batch in batches:
            za, pa, xa = batch.run(scores, steps)
            zb, pb, xb = batch.run(scores, steps, free=False)
            total += float((batch.weight * (za - zb)).sum())
            slope[batch.index[batch.mask]] = ((pa - pb) * batch.weight)[batch.mask]
            step_slope += xa - xb
        total += PENALTY / 2 * float(cells @ cells) + WORD_PENALTY / 2 * float(words @ words) + 0.05 * float((steps ** 2).sum())
        return total, np.concatenate([XT @ slope + PENALTY * cells, WT @ slope + WORD_PENALTY * words, (step_slope + 0.1 * steps).ravel()])
    result = scipy.optimize.minimize(loss, np.zeros(n_cells + N_PLACES + 4), jac=True, method="L-BFGS-B", options={"maxiter": MAX_STEPS, "maxcor": 12})
    print(f"  {len(documents)} texts, {X.shape[0]} blocks, loss {result.fun:.1f} after {result.nit} steps", file=sys.stderr, flush=True)
    return result.x[:n_cells], result.x[n_cells:-4], result.x[-4:].reshape(2, 2)


def judge(documents, weights, n_cells):
    cells, words, steps = weights
    X, W = matrices(documents, n_cells)
    of_words, judged = W @ words, {}
    against = (of_words < AGAINST) & (np.concatenate([d.n_words for d in documents]) > MAX_READ_WHOLE)
    scores = np.where(against, -np.inf, X @ cells + of_words)
    for batch in batches_of(documents):
        _, chance, _ = batch.run(scores, steps)
        for at, d in enumerate(batch.members):
            judged[id(d)] = chance[:len(d.labels), at]
    return judged


def taken(document, chance, high, low):
    """Which blocks are asks with these bars."""
    chance = np.where(document.full & (chance >= SURE_IF_FULL), 1.0, chance)
    over = (chance >= np.where(document.label, np.minimum(low, LOW_OF_LABEL), low)) & (document.n_words <= MAX_PARAGRAPH)
    sure = (chance >= high) & ~document.other
    edges = np.flatnonzero(np.diff(np.concatenate([[0], over.astype(int), [0]])))
    take, silent = np.zeros(len(over), bool), document.silent & (chance < np.where(document.n_words <= MAX_SHORT, SURE_IF_SHORT, SURE_IF_SILENT))
    for first, end in zip(edges[::2], edges[1::2]):
        while first < end and silent[first]:
            first += 1
        while end > first and silent[end - 1]:
            end -= 1
        take[first:end] = first < end and bool(sure[first:end].any()) and (document.plain[first:end].any() or is_short_enough(document, first, end) and is_quiet_beside(document, first, end)) and fits(document, first, end)
    return take


def fits(document, first, end):
    """Whether a run of blocks is short enough for an ask, and there is more text around."""
    n_inside = document.halves[first:end].sum()
    n_outside = document.halves.sum() - n_inside
    return n_outside >= MIN_HALVES and n_inside <= max(n_outside, MIN_HALVES) and document.n_words[first:end].sum() <= MAX_WORDS


def is_short_enough(document, first, end):
    """Whether a run of blocks that does not say plainly what it is, is short enough for an ask."""
    return document.n_words[first:end].sum() <= (MAX_UNSAID if document.named[first:end].any() else MAX_UNNAMED)


def is_quiet_beside(document, first, end):
    """Whether the text beside a run of blocks, but for those next to it, hardly speaks to the reader or for the outlet."""
    beside = np.ones(len(document.labels), bool)
    beside[max(0, first - 1):end + 1] = False
    n = (document.prose & beside).sum()
    return n > 0 and (document.speaks & beside).sum() * 6 <= n


def choose(documents, judged):
    gains = {}
    for high in HIGHS:
        for low in (low for low in LOWS if low <= high):
            counts = np.zeros(2)
            for d in documents:
                take = taken(d, judged[id(d)], high, low)
                if take.any():
                    counts += d.weight * np.array([d.n_words[take & (d.labels == ASK)].sum(), d.n_words[take & (d.labels == TEXT)].sum() * (1.0 if (d.labels == ASK).any() else WITHOUT_ASK)])
            gains[high, low] = counts
    chosen = {}
    for profile, worth in WORTH.items():
        values = {bars: asks - worth * text for bars, (asks, text) in gains.items()}
        high, best = max(values, key=values.get)[0], max(values.values())
        chosen[profile] = high, min(low for of, low in values if of == high and values[of, low] >= best - TIE * abs(best))
    return chosen


def table(documents, judged, bars):
    for profile, (high, low) in bars.items():
        counts = collections.defaultdict(lambda: np.zeros(5, int))
        for d in documents:
            take, asks = taken(d, judged[id(d)], high, low), d.labels == ASK
            lost = int(d.n_words[take & (d.labels == TEXT)].sum())
            counts[d.kind] += [1, bool(asks.any() and take[asks].all()), d.n_words[take & asks].sum(), d.n_words[asks].sum(), lost]
        print(f"{profile}, unseen: high {high}, low {low}")
        for kind, (n, whole, words, of, lost) in sorted(counts.items()):
            shares = f", {100 * whole / n:.1f} % whole, {100 * words / of:.1f} % of the words" if of else ""
            print(f"  {kind}: {n} texts{shares}, {lost} words of text taken", flush=True)


def text_of(weights, names, bars):
    cells, words, steps = weights
    lines = ["# The weights of the chain over asks for money, written by train/asks.py. Natural logarithms of odds against text.",
             "# bars: by profile, the chance that one block of an ask must reach, and that all must.",
             "# step FROM: from text or ask to text and to ask. A signal: group, cell, weight. words FIRST: weights of words by place, in units."]
    lines += [f"bars {profile} {high:g} {low:g}" for profile, (high, low) in bars.items()]
    lines += [f"step {name} " + " ".join(f"{x:.2f}".replace("-0.00", "0.00") for x in row) for name, row in zip(("text", "ask"), steps)]
    lines += [f"{name} {x:.2f}" for name, x in zip(names, cells) if abs(x) >= 0.005]
    lines.append(f"unit {UNIT}")
    lines += residue.by_place("words", words, UNIT)
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--eval", required=True)
    parser.add_argument("--program", default=os.path.join(HERE, "../../../target/release/examples/blocks"))
    parser.add_argument("--only-check", action="store_true")
    args = parser.parse_args()
    sys.path.insert(0, args.eval)
    import score_residue as scorer
    names, documents = read(args, scorer)
    judged = {}
    for fold in range(N_FOLDS):
        weights = fit([d for d in documents if d.fold != fold], len(names))
        judged.update(judge([d for d in documents if d.fold == fold], weights, len(names)))
    bars = choose(documents, judged)
    table(documents, judged, bars)
    if not args.only_check:
        with open(TABLE, "w", encoding="utf8") as file:
            file.write(text_of(fit(documents, len(names)), names, bars))


if __name__ == "__main__":
    main()
