"""How time and memory grow with the length of one document: each size in a process of its own."""

import random
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.processes import call_in_child
from benchmarks.report import Report
from benchmarks.sets import evaluation_sets

_SEED = 20241128
_CHAPTER_BEADS = 40
"""Gold beads that move together when the text is shuffled, as those of a chapter would."""


def measure_scale(report: Report, sizes: list[int]) -> None:
    """Print seconds and memory by size, and how much faster than the length they grow."""
    sets = evaluation_sets()
    folder = str(sets.get("bible", sets["corpora"]))
    rows: list[dict[str, Any]] = []
    for size in sorted(sizes):
        rows.append(call_in_child(time_size, folder=folder, size=size))
        print(f"{size:,} sentences a side: {rows[-1]['seconds']:.1f} s, {rows[-1]['peak_mb']:.0f} MB", flush=True)
    for smaller, larger in pairwise(rows):
        length = larger["sentences"] / smaller["sentences"]
        larger["time growth / length growth"] = larger["seconds"] / smaller["seconds"] / length
        larger["memory growth / length growth"] = larger["peak_mb"] / smaller["peak_mb"] / length
    for name in ("time growth / length growth", "memory growth / length growth"):
        rows[0][name] = None
    note = f"The text of {Path(folder).name}, repeated; its chapters are shuffled anew in every repetition."
    report.add("Growth with length", rows, note)


def time_size(folder: str, size: int) -> dict[str, Any]:
    """Seconds from text to beads for a document of `size` English sentences, models loaded."""
    from aligner.align.document import align_document
    from aligner.align.prepare import prepare_sides
    from aligner.encoders.embedded import UseEncoder
    from aligner.evaluation import read_documents, score_documents
    from aligner.lexicon import load_lexicon
    from benchmarks.product import ClockedEncoder

    document = lengthen(read_documents(Path(folder)), size)
    encoder, lexicon = ClockedEncoder(UseEncoder()), load_lexicon()
    align_document(*prepare_sides(encoder, lexicon, ["Warm.", "Warmer."], ["热身。", "再热身。"]))
    encoder.seconds = 0.0
    begun = time.perf_counter()
    alignment = align_document(*prepare_sides(encoder, lexicon, document.en, document.zh))
    seconds = time.perf_counter() - begun
    scores = score_documents([document], {document.name: alignment.beads})
    return {
        "en": len(document.en),
        "zh": len(document.zh),
        "sentences": len(document.en) + len(document.zh),
        "seconds": seconds,
        "encoding, s": encoder.seconds,
        "aligning, s": seconds - encoder.seconds,
        "lax F1": scores.figures.lax.f1,
        "peak_mb": 0.0,
    }


def lengthen(documents: list[Any], size: int) -> Any:
    """One document of `size` English sentences: the given ones in chapters, shuffled anew for each repetition."""
    from aligner.evaluation import GoldDocument
    from aligner.records import Bead

    chapters = [chapter for document in documents for chapter in _chapters(document)]
    order = random.Random(_SEED)  # noqa: S311  # a shuffle, no secret
    en: list[str] = []
    zh: list[str] = []
    gold: list[Bead] = []
    while len(en) < size:
        order.shuffle(chapters)
        for en_lines, zh_lines, beads in chapters:
            before = len(en), len(zh)
            gold += [Bead(tuple(i + before[0] for i in b.en), tuple(j + before[1] for j in b.zh)) for b in beads]
            en += en_lines
            zh += zh_lines
            if len(en) >= size:
                break
    return GoldDocument("long", tuple(en), tuple(zh), tuple(gold))


def _chapters(document: Any) -> list[tuple[tuple[str, ...], tuple[str, ...], list[Any]]]:
    """English lines, Chinese lines and beads of runs of about forty gold beads; beads count within their run."""
    from aligner.records import Bead

    en_runs, zh_runs = _line_runs(document)
    chapters = []
    for (en_first, en_end), (zh_first, zh_end) in zip(pairwise(en_runs), pairwise(zh_runs), strict=True):
        beads = [
            Bead(tuple(i - en_first for i in bead.en), tuple(j - zh_first for j in bead.zh))
            for bead in document.gold
            if all(en_first <= i < en_end for i in bead.en) and all(zh_first <= j < zh_end for j in bead.zh)
        ]
        chapters.append((document.en[en_first:en_end], document.zh[zh_first:zh_end], beads))
    return chapters


def _line_runs(document: Any) -> tuple[list[int], list[int]]:
    """First lines of the runs of either side, and the number of lines; cut before two-sided beads in order."""
    en_cuts, zh_cuts, passed = [0], [0], 0
    for bead in document.gold:
        passed += 1
        if passed >= _CHAPTER_BEADS and bead.en and bead.zh and bead.en[0] > en_cuts[-1] and bead.zh[0] > zh_cuts[-1]:
            en_cuts.append(bead.en[0])
            zh_cuts.append(bead.zh[0])
            passed = 0
    return [*en_cuts, len(document.en)], [*zh_cuts, len(document.zh)]
