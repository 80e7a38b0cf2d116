"""Alignment of one document: sentences of both languages in, beads with confidence out."""

import numpy as np

from aligner.align.drafting import decode, describe_document, draft_chunk
from aligner.align.reordering import match_moved
from aligner.align.scorer import ScorerPair, load_scorers
from aligner.align.side import Side, prepare_side
from aligner.records import Alignment, Bead

__all__ = ["Side", "align_document", "prepare_side"]


def align_document(en: Side, zh: Side, scorers: ScorerPair | None = None) -> Alignment:
    """The most probable beads; every sentence is in exactly one.

    Beads come in the order of the English sentences, those without English where the Chinese order puts them.

    :param scorers: the package's own where None.
    """
    scorers = scorers or load_scorers()
    signature = f"{en.encoder.name}|{scorers.signature}"
    if not (len(en) and len(zh)):
        return Alignment(tuple(_leave_alone(range(len(en)), range(len(zh)))), signature)
    document = describe_document(en, zh)
    beads: list[Bead] = []
    en_hubness, zh_hubness = [], []
    for chunk in document.chunks:
        if chunk.is_one_sided:
            en_lines, zh_lines = range(chunk.en_first, chunk.en_last), range(chunk.zh_first, chunk.zh_last)
            beads += _leave_alone(en_lines, zh_lines)
            en_hubness.append(np.zeros(len(en_lines), np.float32))
            zh_hubness.append(np.zeros(len(zh_lines), np.float32))
            continue
        draft = draft_chunk(document, chunk, scorers.draft)
        beads += decode(draft, scorers.final)
        en_hubness.append(draft.evidence.en.hubness)
        zh_hubness.append(draft.evidence.zh.hubness)
    hubness = np.concatenate(en_hubness), np.concatenate(zh_hubness)
    return Alignment(tuple(match_moved(document, beads, scorers, hubness)), signature)


def _leave_alone(en: range, zh: range) -> list[Bead]:
    """Beads without counterpart for all these sentences."""
    return [Bead((i,), (), 1.0) for i in en] + [Bead((), (j,), 1.0) for j in zh]
