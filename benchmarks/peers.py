"""Other aligners beside ours: the same sentences, the same vectors, one scorer, a process for each.

    pip install --target PEERS --no-deps --ignore-requires-python bertalign sentalign galechurch numba llvmlite
    pip install --target PEERS --no-deps lingtrain-aligner more-itertools
    python -m benchmarks peers --folder PEERS

The peers are run, none of their code is part of this project (Bertalign and Lingtrain are under the GPL). All read the
texts that ours compares, with Chinese in simplified characters. What each gets:

- `bertalign`: the kernels of Bertalign 2 (Liu and Zhu 2022, "Bertalign: Improved word embedding-based sentence
  alignment", DSH 38) with its default settings but beads of up to 8 sentences, on our windows by corrected sums.
- `bertalign, text windows`: the same, its windows encoded as joined text, which is how it works by itself.
- `sentalign`: the dynamic programme of Vecalign (Thompson and Koehn 2019, "Vecalign", EMNLP), as that package carries
  it, beads of up to 8 sentences, on the same windows.
- `lingtrain`: the alignment of Lingtrain Aligner (see `benchmarks/lingtrain.py`), which encodes what it joins as text;
  not run on `bible`, where it compares millions of pairs one by one in Python.
- `galechurch`: Gale and Church 1993 ("A program for aligning sentences in bilingual corpora", Computational
  Linguistics 19), lengths only, with the set's own ratio of characters.

Compiled kernels are warm: they have aligned another document before the clock starts. Seconds of aligning are all
those in which the encoder does not work; the encoder's count whatever windows and parts of sentences a system asks for.
Ours computes all windows beforehand here, for the clock's sake; the product does so chunk by chunk, in less memory,
which `python -m benchmarks accuracy` shows.
"""

import importlib
import importlib.util
import sys
import time
from collections.abc import Callable, Sequence
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from benchmarks.picture import draw_points
from benchmarks.processes import call_in_child
from benchmarks.report import Report
from benchmarks.sets import add_peers_folder, count_sentences, evaluation_sets, tell_peers_folder

if TYPE_CHECKING:
    import numpy as np

    from aligner.records import Bead

Sides: TypeAlias = "tuple[np.ndarray, np.ndarray]"
"""English and Chinese windows `(depth, n, d)` float32: `[k, i]` is the one of k + 1 sentences that ends at i."""

_KERNEL, _WHOLE = "bertalign", "bertalign, text windows"
"""What seconds of aligning, and speed end to end, are compared with."""
_LEFT_OUT = {("lingtrain", "bible")}
_NOTE = (
    "Seconds of encoding count the windows that the system needs. aligning / kernel: seconds of aligning for one of "
    "Bertalign's compiled kernel on the same vectors; lower is better. end to end ×: times as fast as Bertalign with "
    "windows as text."
)
_SETS = ("corpora", "mac-dev", "news-noisy-dev", "bible")
_DEPTH = 7
"""Sentences on one side of a bead of at most 8."""
_DELETED_SHARE, _BUFFER, _FULL_SIZE, _COST_SAMPLES, _NORM_SAMPLES = 0.2, 5, 300, 20_000, 100
"""Vecalign's own defaults."""
_TOP, _WINDOW, _SKIP = 3, 5, -0.1
"""Bertalign's own defaults."""


def measure_peers(
    report: Report, names: list[str], folder: Path | None, systems: list[str] | None, picture: Path | None
) -> None:
    """Print one table, a row for each system and set, and draw it."""
    present = evaluation_sets()
    chosen = evaluation_sets(names or [name for name in _SETS if name in present])
    rows: list[dict[str, Any]] = []
    for name, path in chosen.items():
        for system in systems or [system for system in SYSTEMS if (system, name) not in _LEFT_OUT]:
            row = call_in_child(time_system, tell_peers_folder(folder), system=system, name=name, folder=str(path))
            rows.append(row)
            print(f"{name}, {system}: {row['F1']:.4f}, {row['sentences/s']:,.0f} sentences/s", flush=True)
    report.add("Aligners side by side", compare_speeds(rows), _NOTE)
    if picture:
        picture.write_text(draw_points(rows, "sentences/s", "F1", "system", "set"), encoding="utf-8")
        print(f"\npicture: {picture}")


def compare_speeds(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with both ratios to Bertalign on the same set; None where that was not run."""
    base = {(row["set"], row["system"]): row for row in rows}
    compared = []
    for row in rows:
        kernel, whole = (base.get((row["set"], system)) for system in (_KERNEL, _WHOLE))
        aligning = row["aligning, s"] / kernel["aligning, s"] if kernel else None
        end_to_end = row["sentences/s"] / whole["sentences/s"] if whole else None
        memory = row["peak_mb"]
        figures = {name: value for name, value in row.items() if name != "peak_mb"}
        compared.append({**figures, "aligning / kernel": aligning, "end to end ×": end_to_end, "peak_mb": memory})
    return compared


def time_system(system: str, name: str, folder: str) -> dict[str, Any]:
    """F1, seconds and memory of one system on one set."""
    from aligner.evaluation import read_documents, score_documents
    from benchmarks.product import read_lines_as_product

    add_peers_folder()
    documents = read_documents(Path(folder))
    texts = [read_lines_as_product(document.en, document.zh) for document in documents]
    align = SYSTEMS[system]()
    align(texts[0][0][:20], texts[0][1][:20])
    encoding = aligning = 0.0
    predictions = {}
    for document, (en, zh) in zip(documents, texts, strict=True):
        beads, encode_seconds, align_seconds = align(en, zh)
        predictions[document.name] = beads
        encoding, aligning = encoding + encode_seconds, aligning + align_seconds
    scores = score_documents(documents, predictions)
    merged = scores.figures.merged_strict
    crossing = scores.by_type.get("crossing")
    return {
        "set": name,
        "system": system,
        "strict F1": scores.figures.strict.f1,
        "lax F1": scores.figures.lax.f1,
        "merged strict F1": merged.f1 if merged else None,
        "unaligned F1": scores.figures.unaligned.f1,
        "crossing found": f"{crossing.strict}/{crossing.count}" if crossing and crossing.count else "",
        "F1": merged.f1 if merged else scores.figures.strict.f1,
        "encoding, s": encoding,
        "aligning, s": aligning,
        "sentences/s": count_sentences(documents) / (encoding + aligning),
        "peak_mb": 0.0,
    }


Timed: TypeAlias = "tuple[Sequence[Bead], float, float]"
"""Beads, seconds of encoding, seconds of aligning."""
Aligner: TypeAlias = Callable[[Sequence[str], Sequence[str]], Timed]


def _prepare_ours() -> Aligner:
    from aligner.align.document import align_document
    from aligner.align.prepare import prepare_sides
    from aligner.encoders.embedded import UseEncoder
    from aligner.lexicon import load_lexicon
    from benchmarks.product import ClockedEncoder

    encoder, lexicon = ClockedEncoder(UseEncoder(), ready=True), load_lexicon()

    def align(en: Sequence[str], zh: Sequence[str]) -> Timed:
        begun, encoded = time.perf_counter(), encoder.seconds
        beads = align_document(*prepare_sides(encoder, lexicon, en, zh)).beads
        encoding = encoder.seconds - encoded
        return beads, encoding, time.perf_counter() - begun - encoding

    return align


def _prepare_bertalign(text_windows: bool) -> Aligner:
    import numpy as np

    core = _load_module("bertalign", "corelib.py")
    first_types, types = core.get_alignment_types(2), core.get_alignment_types(_DEPTH + 1)

    def align_vectors(vectors: Sides, lengths: Sides) -> list[tuple[list[int], list[int]]]:
        (en, zh), (en_lengths, zh_lengths) = vectors, lengths
        zh_count, en_count = zh.shape[1], en.shape[1]
        similarity, neighbours = core.find_top_k_sents(zh[0], en[0], k=_TOP)
        width, path = core.find_first_search_path(zh_count, en_count)
        pointers = core.first_pass_align(zh_count, en_count, width, path, first_types, similarity, neighbours)
        anchors = core.first_back_track(zh_count, en_count, pointers, path, first_types)
        width, path = core.find_second_search_path(anchors, _WINDOW, zh_count, en_count)
        ratio = float(zh_lengths[0].sum() / en_lengths[0].sum())
        pointers = core.second_pass_align(
            zh, en, zh_lengths, en_lengths, width, path, types, ratio, _SKIP, margin=True, len_penalty=True
        )
        beads: list[tuple[list[int], list[int]]] = core.second_back_track(zh_count, en_count, pointers, path, types)
        return beads

    embed = _prepare_windows(text_windows)

    def align(en: Sequence[str], zh: Sequence[str]) -> Timed:
        begun = time.perf_counter()
        vectors = embed(en, zh)
        encoded = time.perf_counter()
        lengths = tuple(_window_bytes(lines).astype(np.int64) for lines in (en, zh))
        beads = align_vectors(vectors, (lengths[0], lengths[1]))
        aligned = time.perf_counter()
        return _to_beads((en_side, zh_side) for zh_side, en_side in beads), encoded - begun, aligned - encoded

    return align


def _prepare_vecalign() -> Aligner:
    import numpy as np

    utils = importlib.import_module("sentalign.dp_utils")
    types = utils.make_alignment_types(_DEPTH + 1)
    embed = _prepare_windows(as_text=False)

    def align(en: Sequence[str], zh: Sequence[str]) -> Timed:
        np.random.seed(42)  # the generator that the peer draws from
        begun = time.perf_counter()
        en_vectors, zh_vectors = embed(en, zh)
        encoded = time.perf_counter()
        stack = utils.vecalign(
            vecs0=zh_vectors,
            vecs1=en_vectors,
            final_alignment_types=types,
            del_percentile_frac=_DELETED_SHARE,
            width_over2=ceil((_DEPTH + 1) / 2) + _BUFFER,
            max_size_full_dp=_FULL_SIZE,
            costs_sample_size=_COST_SAMPLES,
            num_samps_for_norm=_NORM_SAMPLES,
        )
        beads = stack[0]["final_alignments"]
        aligned = time.perf_counter()
        return _to_beads((en_side, zh_side) for zh_side, en_side in beads), encoded - begun, aligned - encoded

    return align


def _prepare_lingtrain() -> Aligner:
    from aligner.encoders.embedded import UseEncoder
    from benchmarks.lingtrain import align_with_lingtrain
    from benchmarks.product import ClockedEncoder

    encoder = ClockedEncoder(UseEncoder())

    def align(en: Sequence[str], zh: Sequence[str]) -> Timed:
        begun, encoded = time.perf_counter(), encoder.seconds
        pairs = align_with_lingtrain(encoder, zh, en)
        encoding = encoder.seconds - encoded
        beads = _to_beads((en_side, zh_side) for zh_side, en_side in pairs)
        return beads, encoding, time.perf_counter() - begun - encoding

    return align


def _prepare_gale_church() -> Aligner:
    peer = importlib.import_module("galechurch.core")

    def align(en: Sequence[str], zh: Sequence[str]) -> Timed:
        begun = time.perf_counter()
        ratio = sum(map(len, zh)) / max(1, sum(map(len, en)))  # of source to target, as the peer counts it
        block = peer.align(zh, en, mean_xy=ratio)
        beads = [
            (range(bead.target_start, bead.target_end), range(bead.source_start, bead.source_end))
            for bead in block.beads
        ]
        return _to_beads(beads), 0.0, time.perf_counter() - begun

    return align


SYSTEMS: dict[str, Callable[[], Aligner]] = {
    "aligner": _prepare_ours,
    "bertalign": lambda: _prepare_bertalign(text_windows=False),
    "bertalign, text windows": lambda: _prepare_bertalign(text_windows=True),
    "sentalign": _prepare_vecalign,
    "lingtrain": _prepare_lingtrain,
    "galechurch": _prepare_gale_church,
}


def _prepare_windows(as_text: bool) -> Callable[[Sequence[str], Sequence[str]], Sides]:
    """A function from the lines of both languages to their windows, by sums or by encoding joined text."""
    from aligner.encoders import load_encoder
    from aligner.encoders.windows import EncodedWindows, embed_windows
    from aligner.records import Language

    encoder = load_encoder()
    make = EncodedWindows if as_text else embed_windows

    def embed(en: Sequence[str], zh: Sequence[str]) -> Sides:
        windows = make(encoder, en, Language.EN), make(encoder, zh, Language.ZH)
        en_vectors, zh_vectors = (each.vectors(0, len(each), _DEPTH) for each in windows)
        return _by_last_sentence(en_vectors), _by_last_sentence(zh_vectors)

    return embed


def _by_last_sentence(vectors: "np.ndarray") -> "np.ndarray":
    """`(depth, n, d)` by the last sentence of a window, from `(n, depth, d)` by its first; zero where there is none."""
    import numpy as np

    count, depth, dimension = vectors.shape
    out = np.zeros((depth, count, dimension), np.float32)
    for extra in range(min(depth, count)):
        out[extra, extra:] = vectors[: count - extra, extra]
    return out


def _window_bytes(lines: Sequence[str]) -> "np.ndarray":
    """`(depth, n)` bytes in UTF-8 of the windows that end at each line; 1 where there is no such window."""
    import numpy as np

    total = np.cumsum([0, *(len(line.encode()) for line in lines)])
    out = np.ones((_DEPTH, len(lines)))
    for extra in range(min(_DEPTH, len(lines))):
        out[extra, extra:] = total[extra + 1 :] - total[: len(lines) - extra]
    return out


def _to_beads(pairs: Any) -> "list[Bead]":
    from aligner.records import Bead

    return [Bead(tuple(int(i) for i in en), tuple(int(j) for j in zh)) for en, zh in pairs]


def _load_module(package: str, file: str) -> Any:
    """A module of `package` without running the package's `__init__`, which wants a newer Python."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed; see benchmarks/peers.py")
    path = Path(spec.origin).with_name(file)
    module_spec = importlib.util.spec_from_file_location(f"{package}_{path.stem}", path)
    if module_spec is None or module_spec.loader is None:
        raise SystemExit(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(module_spec)
    sys.modules[module_spec.name] = module
    module_spec.loader.exec_module(module)
    return module
