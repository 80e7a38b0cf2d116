"""Alignment of one document: sentences of both languages in, beads with confidence out."""

from itertools import chain

import numpy as np

from aligner.align.decode import align_stretch
from aligner.align.prepare import Side, prepare_side
from aligner.align.reorder import match_moved
from aligner.align.scorer import ScorerPair, load_scorers
from aligner.align.stretches import cut_stretches, describe_document
from aligner.records import Alignment, Bead
from aligner.runtime.threads import run_all, single_threaded_blas

__all__ = ["Side", "align_document", "prepare_side"]


def align_document(en: Side, zh: Side, scorers: ScorerPair | None = None) -> Alignment:
    """The most probable beads; every sentence is in exactly one.

    Beads come in the order of the English sentences, those without English where the Chinese order puts them.

    :param scorers: the package's own where None.
    """
    scorers = scorers or load_scorers()
    signature = f"{en.encoder.name}|{scorers.signature}"
    if not (len(en) and len(zh)):
        return Alignment(tuple(_make_null_beads(range(len(en)), range(len(zh)))), signature)
    with single_threaded_blas():
        beads = _align_sides(en, zh, scorers)
    return Alignment(tuple(beads), signature)


def _align_sides(en: Side, zh: Side, scorers: ScorerPair) -> list[Bead]:
    document = describe_document(en, zh)
    aligned = run_all(lambda stretch: align_stretch(document, stretch, scorers), cut_stretches(document))
    beads = list(chain.from_iterable(found for found, _ in aligned))
    en_hubness, zh_hubness = map(np.concatenate, zip(*(hubness for _, hubness in aligned), strict=True))
    return match_moved(document, beads, scorers, (en_hubness, zh_hubness))


def _make_null_beads(en: range, zh: range) -> list[Bead]:
    """A null bead for each of these sentences."""
    return [Bead((i,), (), 1.0) for i in en] + [Bead((), (j,), 1.0) for j in zh]
