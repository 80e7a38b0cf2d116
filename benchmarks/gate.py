"""Fits the gate of `aligner/matching/` and tells how right it is.

    python -m benchmarks gate [--cache FILE] [--write]

Translations: the releases and chapters of `corpora/training`, whole, with up to 60 % left out, in excerpts of 1 to 8
beads, and put together to texts of up to thousands of sentences. No translations: the same shuffled, whole and in
excerpts; texts on one event or about each other (`corpora/unrelated`); a text with foreign quotations in it, of which
the quotations alone are right. Figures are those of texts that the weights were not fitted on (two halves in turn).
"""

import argparse
import pickle
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from aligner.api import Aligner
from aligner.matching import weights
from aligner.matching.evidence import BEAD_FEATURES, PAGE_FEATURES, Evidence, gather_evidence
from aligner.records import Bead, DoubleArray
from aligner.sections.thresholds import LEAST_PROBABILITY, STANDS_OUT
from aligner.training.lessons import read_lessons
from benchmarks.report import Report

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
_SEED = 11
_MOST_LEFT_OUT = 0.6
_RIDGE = 0.02
_KINDS = {
    "translation": 1.0, "left out": 1.0, "excerpt": 1.0, "long": 1.0, "shuffled": 0.0, "shuffled excerpt": 0.0,
    "same event": 0.0, "report": 0.0, "quotations": None,
}  # fmt: skip
"""Whether the texts of a kind are translations; quotations teach only the judgement of beads."""
_WEIGHTS = {"same event": 8.0, "report": 8.0, "excerpt": 0.5}
"""What a text of the rare kinds counts in fitting, where not 1."""


@dataclass(frozen=True, slots=True)
class Text:
    """Two texts and their gold beads, as sets of sentences."""

    kind: str
    number: int
    """Texts made from one source share it, and are never on both sides of the fit."""
    en: Sequence[str]
    zh: Sequence[str]
    gold: Sequence[tuple[frozenset[int], frozenset[int]]] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """What the aligner made of a text."""

    kind: str
    number: int
    evidence: Evidence
    right: DoubleArray
    """`(n,)` whether each bead shares a sentence pair with the gold."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights of the two regressions, the bias last."""

    page: DoubleArray
    bead: DoubleArray

    def page_log_odds(self, sample: Sample) -> float:
        """Log-odds that the text is a translation."""
        return float(sample.evidence.page_features() @ self.page[:-1] + self.page[-1])

    def chances(self, sample: Sample) -> DoubleArray:
        """`(n,)` probability of each bead that it lies in a translation."""
        features = sample.evidence.bead_features(self.page_log_odds(sample))
        return _sigmoid(features @ self.bead[:-1] + self.bead[-1])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What this benchmark can be told."""
    parser.add_argument("--cache", type=Path, help="where the alignments are kept from run to run")
    parser.add_argument("--write", action="store_true", help="write aligner/matching/weights.py")


def run(report: Report, options: argparse.Namespace) -> None:  # noqa: ARG001  # the signature of every benchmark
    """Fit, print the figures, and write the weights where that is asked for."""
    samples = _read_samples(options.cache)
    halves = [[sample for sample in samples if sample.number % 2 == half] for half in (0, 1)]
    judged = [(sample, fit(halves[1 - half])) for half in (0, 1) for sample in halves[half]]
    _report_kinds(judged)
    final = fit(samples)
    print("page", dict(zip([*PAGE_FEATURES, "bias"], final.page.round(2).tolist(), strict=True)))
    print("bead", dict(zip([*BEAD_FEATURES, "bias"], final.bead.round(2).tolist(), strict=True)))
    if options.write:
        write(final)


def _read_samples(cache: Path | None) -> list[Sample]:
    if cache and cache.exists():
        return list(pickle.loads(cache.read_bytes()))  # noqa: S301  # written by this program
    aligner = Aligner()
    samples = [sample for text in make_texts() if len((sample := align(aligner, text)).right)]
    if cache:
        cache.write_bytes(pickle.dumps(samples))
    return samples


def align(aligner: Aligner, text: Text) -> Sample:
    """What the aligner finds in a text, and which of it is right."""
    beads = [bead for bead in aligner.find_beads(text.en, text.zh).beads if bead.en and bead.zh]
    links = {(i, j) for en, zh in text.gold for i in en for j in zh}
    right = [any((i, j) in links for i in bead.en for j in bead.zh) for bead in beads]
    return Sample(text.kind, text.number, gather_evidence(beads, text.en, text.zh), np.array(right, np.float64))


def make_texts() -> Iterator[Text]:
    """All texts, in a fixed order."""
    chosen = random.Random(_SEED)  # noqa: S311  # a sample, no secret
    folders = (CORPORA / "training" / "releases", CORPORA / "training" / "fiction")
    documents = [lesson.document for folder in folders for lesson in read_lessons(folder)]
    whole = [Text("translation", n, each.en, each.zh, _links(each.gold or ())) for n, each in enumerate(documents)]
    yield from whole
    for text in whole:
        yield _leave_out(text, chosen)
        yield from (_excerpt(text, chosen) for _ in range(3))
    for text in whole:
        other = whole[(text.number + 2 * chosen.randrange(1, len(whole) // 2)) % len(whole)]
        yield Text("shuffled", text.number, text.en, other.zh)
        for _ in range(4):
            one, two = _excerpt(text, chosen), _excerpt(whole[(other.number + 2) % len(whole)], chosen)
            yield Text("shuffled excerpt", text.number, one.en, two.zh)
        yield _quote(text, other, chosen)
    for number, count in enumerate((4, 8, 12, 20, 30, 40)):
        yield _join(number, chosen.sample(whole[number % 2 :: 2], count))
    for kind, name in (("same event", "same-event.txt"), ("report", "reports.txt")):
        records = (CORPORA / "unrelated" / name).read_text("utf-8").split("\n===\n")
        for number, record in enumerate(records):
            en, _, zh = record.partition("\n---\n")
            yield Text(kind, number, _sentences(en), _sentences(zh))


def _links(gold: Sequence[Bead]) -> list[tuple[frozenset[int], frozenset[int]]]:
    return [(frozenset(bead.en), frozenset(bead.zh)) for bead in gold if bead.en and bead.zh]


def _sentences(text: str) -> list[str]:
    from aligner.records import Language, Passage, Section
    from aligner.sentences import split_sentences
    from aligner.text.characters import language_of

    language = language_of(text) or Language.EN
    passages = tuple(Passage(line, 0, len(line), 0) for line in text.splitlines() if line.strip())
    return [sentence.text for sentence in split_sentences(Section(language, language, passages))]


def _take(text: Text, kind: str, en: Sequence[int], zh: Sequence[int]) -> Text:
    """The text of some of its sentences."""
    en_places, zh_places = ({old: new for new, old in enumerate(side)} for side in (en, zh))
    gold = [
        (frozenset(en_places[i] for i in one if i in en_places), frozenset(zh_places[j] for j in two if j in zh_places))
        for one, two in text.gold
    ]
    return Text(kind, text.number, [text.en[i] for i in en], [text.zh[j] for j in zh], gold)


def _leave_out(text: Text, chosen: random.Random) -> Text:
    share = chosen.uniform(0.1, _MOST_LEFT_OUT)
    one_side = chosen.random() < 0.5
    en = [i for i in range(len(text.en)) if chosen.random() >= share]
    zh = [j for j in range(len(text.zh)) if one_side or chosen.random() >= share / 2]
    return _take(text, "left out", en or [0], zh or [0])


def _excerpt(text: Text, chosen: random.Random) -> Text:
    length = min(chosen.randint(1, 8), len(text.gold))
    first = chosen.randint(0, len(text.gold) - length)
    part = text.gold[first : first + length]
    en, zh = (sorted(set().union(*(bead[side] for bead in part))) for side in (0, 1))
    return _take(text, "excerpt", en, zh)


def _quote(text: Text, other: Text, chosen: random.Random) -> Text:
    """The English text, and another Chinese one that quotes a bead or two of it."""
    zh = list(other.zh)
    gold: list[tuple[frozenset[int], frozenset[int]]] = []
    quoted = chosen.sample([bead for bead in text.gold if len(bead[1]) == 1], 2)
    for en, (sentence,) in quoted:
        place = chosen.randint(0, len(zh))
        zh.insert(place, text.zh[sentence])
        gold = [(one, frozenset(j + (j >= place) for j in two)) for one, two in gold]
        gold.append((en, frozenset({place})))
    return Text("quotations", text.number, text.en, zh, gold)


def _join(number: int, texts: Sequence[Text]) -> Text:
    en: list[str] = []
    zh: list[str] = []
    gold: list[tuple[frozenset[int], frozenset[int]]] = []
    for text in texts:
        gold += [(frozenset(i + len(en) for i in one), frozenset(j + len(zh) for j in two)) for one, two in text.gold]
        en += text.en
        zh += text.zh
    return Text("long", number, en, zh, gold)


def fit(samples: Sequence[Sample]) -> Fit:
    """Both regressions on these texts."""
    known = [sample for sample in samples if _KINDS[sample.kind] is not None]
    page = _regress(
        np.stack([sample.evidence.page_features() for sample in known]),
        np.array([_KINDS[sample.kind] for sample in known], np.float64),
        np.array([_WEIGHTS.get(sample.kind, 1.0) for sample in known]),
    )
    half = Fit(page, np.zeros(len(BEAD_FEATURES) + 1))
    weight = [np.full(len(each.right), _WEIGHTS.get(each.kind, 1.0) / np.sqrt(len(each.right))) for each in samples]
    bead = _regress(
        np.concatenate([sample.evidence.bead_features(half.page_log_odds(sample)) for sample in samples]),
        np.concatenate([sample.right for sample in samples]),
        np.concatenate(weight),
    )
    return Fit(page, bead)


def _regress(features: DoubleArray, labels: DoubleArray, counts: DoubleArray) -> DoubleArray:
    """Weights and bias of a logistic regression with a ridge, by Newton's method on standardised features."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    rows = np.concatenate([(features - mean) / spread, np.ones((len(features), 1))], axis=1)
    counts = counts / np.where(labels > 0, counts[labels > 0].sum(), counts[labels == 0].sum()) * len(labels) / 2
    ridge = _RIDGE * len(labels) * 0.01 * np.diag([1.0] * features.shape[1] + [0.0])
    found = np.zeros(rows.shape[1])
    for _ in range(30):
        chances = _sigmoid(rows @ found)
        gradient = rows.T @ (counts * (labels - chances)) - ridge @ found
        hessian = (rows * (counts * chances * (1 - chances))[:, None]).T @ rows + ridge + 1e-9 * np.eye(len(found))
        found = found + np.linalg.solve(hessian, gradient)
    raw = found[:-1] / spread
    return np.append(raw, found[-1] - raw @ mean)


def _sigmoid(values: DoubleArray) -> DoubleArray:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))), np.float64)


def _report_kinds(judged: Sequence[tuple[Sample, Fit]]) -> None:
    """A row for each kind of text."""
    print(f"{'kind':18}{'texts':>7}{'accepted':>10}{'unit >= 0.7':>13}{'right units':>13}{'kept >= 0.5':>13}")
    for kind, translated in _KINDS.items():
        rows = [(sample, fitted) for sample, fitted in judged if sample.kind == kind]
        accepted, sure, right, kept = 0, 0, 0, 0
        for sample, fitted in rows:
            taken = _sigmoid(np.array([fitted.page_log_odds(sample)]))[0] >= LEAST_PROBABILITY
            chances = fitted.chances(sample)
            units = sample.evidence.confidences * chances * (taken | (chances >= STANDS_OUT))
            accepted += int(taken)
            wrong = units if translated == 0 else units[sample.right == 0]
            sure += bool((wrong >= 0.7).any())
            right += int(((sample.right > 0) & (sample.evidence.confidences >= 0.5)).sum())
            kept += int(((sample.right > 0) & (units >= 0.5)).sum())
        print(f"{kind:18}{len(rows):7}{accepted / len(rows):10.1%}{sure / len(rows):13.1%}{right:13}{kept:13}")
    _report_curve(judged)


def _report_curve(judged: Sequence[tuple[Sample, Fit]]) -> None:
    """Share of right beads by confidence of the unit."""
    pairs = [
        (sample.evidence.confidences * fitted.chances(sample), sample.right)
        for sample, fitted in judged
        if sample.kind not in ("long", "shuffled", "shuffled excerpt")
    ]
    units, right = (np.concatenate([pair[side] for pair in pairs]) for side in (0, 1))
    for low, high in pairwise((0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)):
        inside = (units >= low) & (units < high)
        if inside.any():
            print(f"confidence {low:.2f}-{min(high, 1):.2f}: {inside.sum():6} beads, {right[inside].mean():.1%} right")


def write(final: Fit) -> None:
    """Write the weights where the package reads them."""
    path = Path(weights.__file__)
    head = (weights.__doc__ or "").rstrip("\n")
    lines = [
        f'"""{head}\n"""\n',
        f"PAGE_WEIGHTS = {tuple(final.page[:-1].round(4).tolist())}",
        f"PAGE_BIAS = {round(float(final.page[-1]), 4)}",
        f"BEAD_WEIGHTS = {tuple(final.bead[:-1].round(4).tolist())}",
        f"BEAD_BIAS = {round(float(final.bead[-1]), 4)}",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
