"""What the constants of `aligner/checks/` and `aligner/matching/gate.py` rest on.

    python -m benchmarks units FOLDER

FOLDER is in the evaluation format, with gold. Prints how often each flag meets a
right pair, and how the share of aligned text tells translations from other texts: random ones, and the most similar
one of the folder.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from aligner.align.document import align_document
from aligner.align.prepare import Side, prepare_sides
from aligner.api import align_sentences
from aligner.encoders import load_encoder
from aligner.evaluation import GoldDocument
from aligner.lexicon import load_lexicon
from aligner.matching.gate import aligned_share
from aligner.memory.build import build_units, length_deviation
from aligner.records import Flag, Metadata, TranslationUnit

_RANDOM_PARTNERS = 2
_SEED = 7


def report_flags(documents: Sequence[GoldDocument]) -> None:
    """Share of gold pairs that get each flag, and the spread of the deviation of their lengths."""
    units = [unit for document in documents for unit in gold_units(document)]
    deviations = [length_deviation(unit.en, unit.zh, 0.32) for unit in units]
    print(f"{len(units)} gold pairs, at the typical ratio:", _percentiles(deviations, (50, 95, 98, 99, 99.5)))
    margins = [unit.margin for unit in units if unit.bead_type == "1-1" and unit.margin]
    if margins:
        print("margin of right 1-1 units:", _percentiles(margins, (0.5, 1, 2, 5, 50)))
    for flag in Flag:
        print(f"  {flag:<16}{sum(flag in unit.flags for unit in units) / len(units):.2%}")


def gold_units(document: GoldDocument) -> Iterator[TranslationUnit]:
    """The gold pairs as units; those that the aligner found have its similarity and margin."""
    pair = align_sentences(document.en, document.zh).aligned[0]
    found = {(bead.en, bead.zh): bead for bead in pair.alignment.beads}
    gold = [bead for bead in document.gold or () if bead.en and bead.zh]
    beads = tuple(found.get((bead.en, bead.zh), replace(bead, margin=1.0)) for bead in gold)
    right = replace(pair, alignment=replace(pair.alignment, beads=beads))
    for _, unit in build_units(right, document.name, Metadata()):
        yield unit


def report_shares(documents: Sequence[GoldDocument]) -> None:
    """Aligned share of true pairs of documents, of random pairs and of the most similar ones."""
    chosen = random.Random(_SEED)  # noqa: S311  # a sample, no secret
    similar = _most_similar(documents)
    encoder, lexicon = load_encoder(), load_lexicon()
    sides = [prepare_sides(encoder, lexicon, document.en, document.zh) for document in documents]
    en, zh = [side for side, _ in sides], [side for _, side in sides]
    true, other, near = [], [], []
    for index in range(len(documents)):
        true.append(_share(en[index], zh[index]))
        partners = [number for number in range(len(documents)) if number != index]
        other += [
            _share(en[index], zh[partner]) for partner in chosen.sample(partners, min(_RANDOM_PARTNERS, len(partners)))
        ]
        if partners:
            near.append(_share(en[index], zh[similar[index]]))
    print(f"{len(true)} translations: ", _percentiles(true, (0, 1, 5, 50)))
    print(f"{len(other)} random pairs: ", _percentiles(other, (50, 95, 99, 100)))
    print(f"{len(near)} most similar: ", _percentiles(near, (50, 95, 99, 100)))


def _share(en: Side, zh: Side) -> float:
    return aligned_share(align_document(en, zh).beads, en.chars.tolist(), zh.chars.tolist())


def _most_similar(documents: Sequence[GoldDocument]) -> list[int]:
    """For each document, the other one whose Chinese text is most similar to its English text as a whole."""
    encoder = load_encoder()
    en = np.stack([encoder.encode(document.en).mean(axis=0) for document in documents])
    zh = np.stack([encoder.encode(document.zh).mean(axis=0) for document in documents])
    cosines = (en / np.linalg.norm(en, axis=1)[:, None]) @ (zh / np.linalg.norm(zh, axis=1)[:, None]).T
    np.fill_diagonal(cosines, -1)
    return [int(index) for index in cosines.argmax(axis=1)]


def _percentiles(values: Sequence[float], which: Sequence[float]) -> str:
    return "  ".join(
        f"{value:.3f} ({name:g} %)" for name, value in zip(which, np.percentile(values, which), strict=True)
    )
