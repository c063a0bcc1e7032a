#!/usr/bin/env python3
"""Fits the weights of the block model and writes src/model/weights.txt.

usage: fit.py --eval DIR --folds FOLDS [--program PROGRAM] [--blocks FILE] [--only-folds]
DIR is the evaluation folder that holds score_residue.py and dev/. PROGRAM is the example `blocks` of the package
cleancopy, built in release. FILE keeps the described texts, so that another fit need not describe them again.

Texts: the residue set without whole-page dumps, whose words are labelled; clean article bodies and texts of the lines
set that are no news pages, in which nothing is residue. Each is described as it is and after the named rules.
Labels: a block is body where its words are kept, residue where they are dropped; where they are neither for certain,
any label will do. Whether residue is at the head, inside or at the tail follows from the order of the chain.
Model: a linear chain with the labels head, body, inline and tail, fitted by maximum likelihood with a quadratic
penalty. All outlets with many texts count alike. A word's weight is the same for all kinds of residue, and
words of fewer than three outlets have none.
Bars: from which probability on a block goes is chosen for the largest gain in words of residue, where a word of an
article costs WORTH words of residue, on the outlets that a fit had not seen.
Folds: the outlets are dealt into five. For each fold a fit is made on the other four. Its bars are chosen on those
four: each of them as judged by the fit that had not seen it. The documents of the fold are cleaned by the program
with these weights and bars, so that neither was chosen by looking at them. The table printed at the end is what
score_residue.py says of all folds together, for each profile. The shipped weights are fitted on all outlets; their
bars are chosen on all of them, each as judged by the fit that had not seen it."""
import argparse, collections, hashlib, itertools, json, os, pickle, re, subprocess, sys, tarfile, tempfile, urllib.parse
import numpy as np, scipy.optimize, scipy.sparse

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "../src/model/weights.txt")
N_GRAMS = 1 << 15
N_FOLDS = 5
MIN_OUTLETS = 3
PENALTY, GRAM_PENALTY = 1.0, 1.0
GRAM_UNIT = 0.05
MAX_BLOCKS = 250
CLEAN_WEIGHT = 0.5
MAX_STEPS = 120
WORTH = {"precision": 100.0, "balanced": 40.0, "recall": 5.0}
# What a document that loses more than 5 % of its words costs besides, in words of residue.
HARM = 100.0
# What a word is worth that is neither article nor residue for certain: captions, titles and dates, mostly.
UNSURE = 0.25
LEVELS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998, 0.999)
SHARES = {"precision": (0.05, 0.1, 0.15), "balanced": (0.1, 0.15, 0.2, 0.25, 0.3, 0.35), "recall": (0.15, 0.25, 0.35, 0.45)}
BARE_SHARES = {"precision": (), "balanced": (), "recall": (0.03, 0.05, 0.1)}
# What the program never removes more of: verdict.rs says why. It counts running text, for which long blocks stand here.
FREE, LONG, FREE_LONG, MAX_LONG_SHARE = 30, 40, 80, 0.1
HEAD, BODY, INLINE, TAIL = range(4)
OPEN, CLAIMED, SPARED = range(3)
FOLLOW = np.array([[1, 1, 0, 0], [0, 1, 1, 1], [0, 1, 1, 0], [0, 0, 0, 1]], float)
BEGIN, END = np.array([1.0, 1, 0, 0]), np.array([0.0, 1, 0, 1])
KINDS_OF_LINES = ("gut_blank", "reuters_indent", "keep_", "transcript_wrap", "mixed_blocks")

Document = collections.namedtuple("Document", "name outlet source round standing cells grams labels words")


def unpack(data, name, folder):
    out = os.path.join(folder, name)
    if not os.path.exists(out):
        with tarfile.open(os.path.join(data, name + ".tar.xz")) as tar:
            tar.extractall(out, filter="data")
    return out


def outlet_of(url):
    return re.sub(r"^www\.", "", urllib.parse.urlsplit(url).netloc)


def fold_of(outlet):
    return int(hashlib.sha256(("fold " + outlet).encode()).hexdigest(), 16) % N_FOLDS


def rows(path):
    with open(path, encoding="utf8") as file:
        yield from map(json.loads, file)


def texts(data, folder):
    """Folders of texts; by name: outlet, source, labels of words or None."""
    truth, folders = {}, []
    residue = unpack(data, "residue", folder)
    folders.append(os.path.join(residue, "docs"))
    for row in rows(os.path.join(residue, "truth.jsonl")):
        if row["tier"] != "dump":
            truth[row["id"]] = (row["domain"], "residue", "".join(c * n for c, n in row["runs"]))
    lines, chosen = unpack(data, "lines", folder), os.path.join(folder, "chosen-lines")
    os.makedirs(chosen, exist_ok=True)
    for row in rows(os.path.join(lines, "truth.jsonl")):
        if row["kind"].startswith(KINDS_OF_LINES) and row.get("only") != "hyph" and not str(row["src"]).startswith(("ft_", "fe_")):
            truth[row["id"]] = (str(row["src"]), "lines", None)
            link = os.path.join(chosen, row["id"] + ".txt")
            if not os.path.exists(link):
                os.symlink(os.path.abspath(os.path.join(lines, "docs", row["id"] + ".txt")), link)
    folders.append(chosen)
    bodies = os.path.join(folder, "bodies")
    os.makedirs(bodies, exist_ok=True)
    for row in rows(os.path.join(unpack(data, "html", folder), "truth.jsonl")):
        if row["dataset"] in ("scrapinghub", "fundus"):
            paragraphs = row.get("paragraphs") or re.split(r"\n\s*\n", row["text"])
            paragraphs = [" ".join(p.replace("[...]", "").split()) for p in paragraphs]
            paragraphs = [p for p in paragraphs if p and not (p.startswith("[") and p.endswith("]"))]
            truth[row["id"]] = (outlet_of(row["url"]), "bodies", None)
            with open(os.path.join(bodies, row["id"] + ".txt"), "w", encoding="utf8") as file:
                file.write("\n\n".join(paragraphs) + "\n")
    return folders + [bodies], truth


def label(n_keep, n_drop, n):
    """Which labels a block may have, as a bit a label."""
    if n_keep >= 0.5 * n and n:
        return 1 << BODY
    if n_drop >= 0.8 * n and n_keep <= 0.1 * n and n:
        return 1 << HEAD | 1 << INLINE | 1 << TAIL
    return 15


def read(program, folders, truth, scorer):
    documents, names = [], None
    for folder in folders:
        output = subprocess.run([program, "describe", folder], stdout=subprocess.PIPE, check=True).stdout.decode("utf8").splitlines()
        names = json.loads(output[0])
        for row in map(json.loads, output[1:]):
            if row["id"] not in truth or len(row["blocks"]) > MAX_BLOCKS or not row["blocks"]:
                continue
            outlet, source, runs = truth[row["id"]]
            of_blocks = [scorer.words(block[0]) for block in row["blocks"]]
            if runs is None:
                counts = [(len(words), 0) for words in of_blocks]
            else:
                with open(os.path.join(folder, row["id"] + ".txt"), encoding="utf8", newline="") as file:
                    raw = scorer.words(file.read())
                counts = count(raw, runs, of_blocks, scorer)
            labels = [label(keep, drop, len(words)) for (keep, drop), words in zip(counts, of_blocks)]
            grams = [block[3] for block in row["blocks"]]
            standing = np.array([block[1] for block in row["blocks"]])
            documents.append(Document(row["id"], outlet, source, row["round"], standing, [block[2] for block in row["blocks"]], grams, np.array(labels), np.array([(k, d, len(w)) for (k, d), w in zip(counts, of_blocks)])))
    return documents, names


def count(raw, runs, of_blocks, scorer):
    """Kept and dropped words of each block."""
    flat = [word for words in of_blocks for word in words]
    back = scorer.align(flat, raw)
    counts, at = [], 0
    for words in of_blocks:
        found = [runs[back[i]] for i in range(at, at + len(words)) if back[i] >= 0]
        counts.append((found.count("k"), found.count("d")))
        at += len(words)
    return counts


def matrices(documents, n_cells):
    blocks = [(cells, grams) for document in documents for cells, grams in zip(document.cells, document.grams)]
    def build(lists, width, scaled):
        ends = np.cumsum([0] + [len(one) for one in lists])
        values = np.concatenate([np.full(len(one), len(one) ** -0.5 if scaled else 1.0) for one in lists])
        columns = np.concatenate([np.array(one, np.int32) for one in lists])
        matrix = scipy.sparse.csr_matrix((values, columns, ends), shape=(len(lists), width))
        matrix.sum_duplicates()
        return matrix
    return build([b[0] for b in blocks], n_cells, False), build([b[1] for b in blocks], N_GRAMS, True)


class Batch:
    """Documents of about one length, padded."""
    def __init__(self, members, firsts):
        self.length = max(len(d.labels) for d in members)
        self.index = np.zeros((self.length, len(members)), int)
        self.mask = np.zeros((self.length, len(members)), bool)
        self.allowed = np.ones((self.length, len(members), 4))
        for at, document in enumerate(members):
            n = len(document.labels)
            self.index[:n, at] = firsts[id(document)] + np.arange(n)
            self.mask[:n, at] = True
            for bit in range(4):
                self.allowed[:n, at, bit] = document.labels >> bit & 1
        self.weight = np.array([WEIGHTS.get(id(d), 1.0) for d in members])
        self.members = members

    def run(self, scores, steps, free=True):
        """Minus log likelihoods, gradients of the scores (or probabilities), gradient of the steps."""
        e = np.exp(np.where(self.mask[..., None], scores[self.index], 0.0))
        if not free:
            e = e * self.allowed
        a = np.exp(steps) * FOLLOW
        T, B = self.mask.shape
        alpha, logz, m = np.empty((T, B, 4)), np.zeros(B), self.mask[..., None]
        now = BEGIN * e[0]
        for t in range(T):
            if t:
                now = np.where(m[t], (alpha[t - 1] @ a) * e[t], alpha[t - 1])
            total = now.sum(1)
            logz += np.log(total)
            now = now / total[:, None]
            alpha[t] = now
        last = (alpha[-1] * END).sum(1)
        logz += np.log(last)
        marginal, xi = np.zeros((T, B, 4)), np.zeros((4, 4))
        beta = np.broadcast_to(END, (B, 4)).copy()
        for t in range(T - 1, -1, -1):
            p = alpha[t] * beta
            marginal[t] = p / p.sum(1)[:, None]
            emitted = beta * e[t]
            if t:
                total = ((alpha[t - 1] @ a) * emitted).sum(1)
                xi += a * ((alpha[t - 1] * np.where(self.mask[t], self.weight / total, 0.0)[:, None]).T @ emitted)
                beta = np.where(m[t], emitted @ a.T, beta)
                beta /= beta.sum(1)[:, None]
        return logz, marginal, xi


WEIGHTS = {}


def batches_of(documents, make=Batch, order=lambda d: (len(d.labels), d.name, d.round), size=96):
    """Documents of about one length together, as `make` takes them: with the number of the first block of each."""
    firsts, at = {}, 0
    for document in documents:
        firsts[id(document)] = at
        at += len(document.labels)
    ordered = sorted(documents, key=order)
    return [make(ordered[i:i + size], firsts) for i in range(0, len(ordered), size)]


def feasible(document):
    """Whether the labels allow a path: some block may be body."""
    return any(labels >> BODY & 1 for labels in document.labels)


def fit(documents, n_cells):
    documents = [d for d in documents if feasible(d)]
    per_outlet = collections.Counter((d.outlet, d.source) for d in documents)
    for d in documents:
        WEIGHTS[id(d)] = (CLEAN_WEIGHT if d.source != "residue" else 1.0) * 8.0 / max(8, per_outlet[d.outlet, d.source])
    X, G = matrices(documents, n_cells)
    outlets = np.array([fold for d in documents for fold in [d.outlet] * len(d.labels)])
    seen = np.zeros(N_GRAMS, int)
    order = {}
    for name in sorted(set(outlets)):
        seen += np.asarray((G[outlets == name] != 0).sum(0) > 0).ravel()
    used = seen >= MIN_OUTLETS
    G = (G @ scipy.sparse.diags(used.astype(float))).tocsr()
    XT, GT = X.T.tocsr(), G.T.tocsr()
    batches = batches_of(documents)
    n_blocks = X.shape[0]
    def unpacked(theta):
        return theta[:3 * n_cells].reshape(n_cells, 3), theta[3 * n_cells:3 * n_cells + N_GRAMS], theta[3 * n_cells + N_GRAMS:].reshape(4, 4)
    def loss(theta):
        cells, grams, steps = unpacked(theta)
        scores = np.zeros((n_blocks, 4))
        scores[:, [HEAD, INLINE, TAIL]] = X @ cells + (G @ grams)[:, None]
        total, slope, step_slope = 0.0, np.zeros((n_blocks, 4)), np.zeros((4, 4))
        for batch in batches:
            za, pa, xa = batch.run(scores, steps)
            zb, pb, xb = batch.run(scores, steps, free=False)
            total += float((batch.weight * (za - zb)).sum())
            difference = (pa - pb) * batch.weight[:, None]
            slope[batch.index[batch.mask]] = difference[batch.mask]
            step_slope += xa - xb
        s = slope[:, [HEAD, INLINE, TAIL]]
        total += PENALTY / 2 * float((cells ** 2).sum()) + GRAM_PENALTY / 2 * float((grams ** 2).sum()) + 0.05 * float((steps ** 2).sum())
        return total, np.concatenate([(XT @ s + PENALTY * cells).ravel(), GT @ s.sum(1) + GRAM_PENALTY * grams, (step_slope + 0.1 * steps).ravel()])
    result = scipy.optimize.minimize(loss, np.zeros(3 * n_cells + N_GRAMS + 16), jac=True, method="L-BFGS-B", options={"maxiter": MAX_STEPS, "maxcor": 12})
    print(f"  {len(documents)} documents, {n_blocks} blocks, loss {result.fun:.1f} after {result.nit} steps", file=sys.stderr, flush=True)
    return unpacked(result.x)


def judge(documents, weights, n_cells):
    """For each document the probabilities of the labels of its blocks."""
    cells, grams, steps = weights
    X, G = matrices(documents, n_cells)
    scores = np.zeros((X.shape[0], 4))
    scores[:, [HEAD, INLINE, TAIL]] = X @ cells + (G @ grams)[:, None]
    judged = {}
    for batch in batches_of(documents):
        _, marginal, _ = batch.run(scores, steps)
        for at, document in enumerate(batch.members):
            judged[id(document)] = marginal[:len(document.labels), at]
    return judged


def cases(documents, judged):
    """What the bars are chosen from: for each document its outlet, words and unclaimed blocks that could go."""
    per_outlet = collections.Counter((d.outlet, d.source) for d in documents)
    for d in documents:
        if d.round:
            continue
        rows, free, bare = judged[id(d)], d.standing == OPEN, not (d.standing == CLAIMED).any()
        kind = rows[:, [HEAD, INLINE, TAIL]].argmax(1)
        at = np.flatnonzero(free & (1 - rows[:, BODY] >= LEVELS[0]))
        weight = (CLEAN_WEIGHT if d.source != "residue" else 1.0) * min(1.0, 8.0 / per_outlet[d.outlet, d.source])
        yield d.outlet, bare, weight, int(d.words[d.standing != CLAIMED, 2].sum()), int(d.words[:, 0].sum()), 1 - rows[at, BODY], kind[at], d.words[at]


def gain(case, bars, share, profile):
    _, bare, weight, n_words, n_body, sure, kind, words = case
    going = words[sure >= np.array(bars)[kind]]
    gone, n_long = going.sum(0), going[going[:, 2] >= LONG, 2].sum()
    if gone[2] > (0 if bare else FREE) and gone[2] > share * n_words or n_long > max(FREE_LONG, MAX_LONG_SHARE * n_words):
        return 0.0
    unsure = gone[2] - gone[1] - gone[0]
    return weight * (gone[1] + UNSURE * unsure - WORTH[profile] * gone[0] - HARM * (gone[0] > 0.05 * n_body))


def choose(of_documents):
    """Bars of each profile, as lines of the table."""
    lines = []
    for name, bare, shares_of in (("bars", False, SHARES), ("bare-bars", True, BARE_SHARES)):
        chosen = [case for case in of_documents if case[1] == bare and len(case[5])]
        for profile, shares in shares_of.items():
            best = (-np.inf, None, 0.0)
            for share in shares:
                bars = [0.99, 0.99, 0.99]
                for _, place in itertools.product(range(2), (TAIL - 1, HEAD, INLINE - 1)):
                    tried = [(sum(gain(case, bars[:place] + [level] + bars[place + 1:], share, profile) for case in chosen), level) for level in LEVELS]
                    value, bars[place] = max(tried)
                best = max(best, (value, tuple(bars), share))
            if shares and (best[0] > 0 or not bare):
                lines.append(f"{name} {profile} " + " ".join(f"{x:g}" for x in best[1]) + f" {best[2]:g}")
                print("  " + lines[-1], file=sys.stderr, flush=True)
    return lines


def by_place(name, weights, unit):
    """Lines of a table with the weights of words, in units; rows of nothing are left out."""
    quantised = np.clip(np.rint(weights / unit), -127, 127).astype(int)
    rows = ((first, quantised[first:first + 64]) for first in range(0, len(quantised), 64))
    return [f"{name} {first} " + " ".join(map(str, row)) for first, row in rows if row.any()]


def text_of(weights, names, bars):
    cells, grams, steps = weights
    lines = ["# The weights of the block model, written by train/fit.py. Natural logarithms of odds against `body`.",
             "# bars: by profile, from which probability on residue goes at the head, inside and at the tail, and the largest share of a text.",
             "# bare-bars: those of a text in which no named rule claims a block; none where it is left alone.",
             "# A signal: group, cell, then what it adds to head, inline and tail residue.", "# step FROM: from a label to head, body, inline, tail. grams FIRST: weights of words by place, in gram-units."]
    lines += bars
    lines.append(f"gram-unit {GRAM_UNIT}")
    for label, row in enumerate(steps * (FOLLOW > 0)):
        lines.append(f"step {label} " + " ".join(f"{x:.2f}".replace("-0.00", "0.00") for x in row))
    for name, row in zip(names, cells):
        if np.abs(row).max() >= 0.005:
            lines.append(name + " " + " ".join(f"{x:.2f}".replace("-0.00", "0.00") for x in row))
    lines += by_place("grams", grams, GRAM_UNIT)
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--eval", required=True)
    parser.add_argument("--folds", required=True)
    parser.add_argument("--program", default=os.path.join(HERE, "../../../target/release/examples/blocks"))
    parser.add_argument("--blocks")
    parser.add_argument("--only-folds", action="store_true")
    args = parser.parse_args()
    os.makedirs(args.folds, exist_ok=True)
    sys.path.insert(0, args.eval)
    import score_residue as scorer
    with tempfile.TemporaryDirectory() as temporary:
        folders, truth = texts(os.path.join(args.eval, "dev"), temporary)
        if args.blocks and os.path.exists(args.blocks):
            with open(args.blocks, "rb") as file:
                documents, names = pickle.load(file)
        else:
            documents, names = read(args.program, folders, truth, scorer)
        if args.blocks and not os.path.exists(args.blocks):
            with open(args.blocks, "wb") as file:
                pickle.dump((documents, names), file)
        print(f"{len(documents)} documents", file=sys.stderr, flush=True)
        judged, fits = {}, []
        for fold in range(N_FOLDS):
            fits.append(fit([d for d in documents if fold_of(d.outlet) != fold], len(names)))
            judged.update(judge([d for d in documents if fold_of(d.outlet) == fold], fits[fold], len(names)))
        of_documents = list(cases(documents, judged))
        for fold in range(N_FOLDS):
            bars = choose([case for case in of_documents if fold_of(case[0]) != fold])
            with open(os.path.join(args.folds, f"weights{fold}.txt"), "w", encoding="utf8") as file:
                file.write(text_of(fits[fold], names, bars))
        for profile in WORTH:
            print_table(args, folders[0], truth, profile, scorer)
    if not args.only_folds:
        with open(TABLE, "w", encoding="utf8") as file:
            file.write(text_of(fit(documents, len(names)), names, choose(of_documents)))


def print_table(args, folder, truth, profile, scorer):
    """Cleans each fold with its own weights and prints what the scorer says of all."""
    predictions = os.path.join(args.folds, f"{profile}.jsonl")
    with open(predictions, "w", encoding="utf8") as merged:
        for fold in range(N_FOLDS):
            command = [args.program, "clean", os.path.join(args.folds, f"weights{fold}.txt"), folder, profile]
            for line in subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode("utf8").splitlines():
                name = json.loads(line)["id"]
                if name in truth and fold_of(truth[name][0]) == fold:
                    merged.write(line + "\n")
    totals, per_document, _ = scorer.run(os.path.join(os.path.dirname(folder), "truth.jsonl"), predictions, nodump=True)
    # Hard-wrapped views: many lines of running text, none of them long.
    wrapped = collections.Counter()
    for name, counts in per_document.items():
        with open(os.path.join(folder, name + ".txt"), encoding="utf8", newline="") as file:
            lengths = sorted(len(line) for line in file.read().split("\n") if len(line.split()) > 6)
        if len(lengths) > 10 and 55 <= lengths[-1] <= 110:
            wrapped.update(counts)
    totals["wrapped"] = wrapped
    print(f"{profile}, out of fold")
    print(scorer.HDR)
    for group in ("ALL", "lang=en", "lang=other", "flat", "lined", "wrapped", "tier=clean", "tier=light", "tier=medium", "tier=heavy"):
        if totals[group]["docs"]:
            print(scorer.line(group, totals[group]), flush=True)


if __name__ == "__main__":
    main()
