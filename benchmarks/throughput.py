"""Sentences a second from text to beads, and what each stage takes of it."""

import time
from pathlib import Path
from typing import Any

from benchmarks.processes import call_in_child
from benchmarks.report import Report
from benchmarks.sets import CORPORA, count_sentences, evaluation_sets


def measure_throughput(report: Report, names: list[str], repeats: int) -> None:
    """Print speeds on evaluation sets (a child each), then on the repository's pages by stage."""
    rows = [
        call_in_child(time_set, name=name, folder=str(path), repeats=repeats)
        for name, path in evaluation_sets(names).items()
    ]
    report.add("Text to beads, lines given", rows, f"Best of {repeats} runs in one process, models loaded.")
    if not names:
        report.add("Pages to units, by stage", call_in_child(time_pages, repeats=repeats)["rows"])


def time_set(name: str, folder: str, repeats: int) -> dict[str, Any]:
    """Speed on one evaluation set; sentences of both languages are counted."""
    from aligner.align.document import align_document
    from aligner.align.prepare import prepare_sides
    from aligner.encoders.embedded import UseEncoder
    from aligner.evaluation import read_documents
    from aligner.lexicon import load_lexicon
    from benchmarks.product import ClockedEncoder

    documents = read_documents(Path(folder))
    encoder, lexicon = ClockedEncoder(UseEncoder()), load_lexicon()
    align_document(*prepare_sides(encoder, lexicon, documents[0].en[:20], documents[0].zh[:20]))
    best: tuple[float, float] = (float("inf"), 0.0)
    for _ in range(repeats):
        begun, encoded = time.perf_counter(), encoder.seconds
        for document in documents:
            align_document(*prepare_sides(encoder, lexicon, document.en, document.zh))
        best = min(best, (time.perf_counter() - begun, encoder.seconds - encoded))
    sentences = count_sentences(documents)
    return {
        "set": name,
        "sentences": sentences,
        "sentences/s": sentences / best[0],
        "encoding, s": best[1],
        "aligning, s": best[0] - best[1],
        "peak_mb": 0,
    }


def time_pages(repeats: int) -> dict[str, Any]:
    """Seconds of each stage over all pages of the repository that hold both languages in one file."""
    from aligner.api import align_page
    from aligner.ingest import read_page
    from aligner.sections import read_sections
    from aligner.sentences import split_sentences

    pages = [path for path in sorted((CORPORA / "pages").iterdir()) if path.suffixes[0] not in (".en", ".zh")]
    align_page(pages[0])
    best = [float("inf")] * 4
    for _ in range(repeats):
        begun = time.perf_counter()
        read = [read_page(path) for path in pages]
        after_reading = time.perf_counter()
        sectioned = [read_sections(page) for page in read]
        after_sections = time.perf_counter()
        for page in sectioned:
            for pair in page.pairs:
                split_sentences(pair.en)
                split_sentences(pair.zh)
        after_sentences = time.perf_counter()
        for path in pages:
            align_page(path)
        whole = time.perf_counter() - after_sentences
        taken = (after_reading - begun, after_sections - after_reading, after_sentences - after_sections, whole)
        best = [min(pair) for pair in zip(best, taken, strict=True)]
    stages = ("read", "sections", "sentences", "all stages, embedding and alignment included")
    rows = [
        {"stage": stage, "seconds": seconds, "pages/s": len(pages) / seconds}
        for stage, seconds in zip(stages, best, strict=True)
    ]
    return {"rows": rows}
