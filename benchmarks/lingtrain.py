"""The alignment of `lingtrain-aligner` (GPL), with its models and pictures stubbed: the peer's own code decides.

Its sentences lie in an SQLite database; each gets its most similar counterpart near the diagonal, and where those
contradict each other, it tries all ways to join sentences and takes the most similar. It has no sentences without a
counterpart. Release 1.0.3 reads its own rows, which count from 1, by numbers that count from 0: the last sentence of
a batch gets no vector and later batches are off by one. So a document is one batch here, which loses least.
"""

import contextlib
import importlib
import io
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from aligner.encoders.base import Encoder
from aligner.records import FloatArray

_WINDOW = 40
"""Sentences off the diagonal that are compared, the value of the peer's own examples."""
_CONFLICT_LENGTHS = (6, 10)
"""Sentences in the conflicts that are resolved, in rounds; all partitions of them are tried, 2 to this power."""
_MIN_CHAIN = 2


def align_with_lingtrain(encoder: Encoder, zh: Sequence[str], en: Sequence[str]) -> list[tuple[list[int], list[int]]]:
    """Chinese and English lines of each pair, counted from 0."""
    peer, resolver, helper = _load()
    model = _Model(encoder)
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        database = str(Path(folder) / "document.db")
        peer.fill_db(database, "zh", "en", list(zh), list(en))
        peer.align_db(database, "", batch_size=len(zh), window=_WINDOW, batch_ids=[0], model=model)
        for length in _CONFLICT_LENGTHS:
            _resolve(resolver, database, model, length, ends=False)
        _resolve(resolver, database, model, _CONFLICT_LENGTHS[-1], ends=True)
        rows = helper.get_clear_flatten_doc_index(database)
    return [([i - 1 for i in json.loads(row[1])], [j - 1 for j in json.loads(row[3])]) for row in rows]


def _resolve(resolver: Any, database: str, model: "_Model", length: int, ends: bool) -> None:
    """One round over the conflicts of at most `length` sentences, those at both ends of the text included or not."""
    conflicts, _ = resolver.get_all_conflicts(
        database, _MIN_CHAIN, length, batch_id=-1, handle_start=ends, handle_finish=ends
    )
    resolver.resolve_all_conflicts(database, conflicts, "", model=model)


class _Model:
    """What the peer takes for a sentence-transformers model."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def encode(self, lines: Sequence[str], **_: Any) -> FloatArray:
        return self._encoder.encode(list(lines))


def _load() -> tuple[Any, Any, Any]:
    """Its aligner, resolver and helper; what they import for other models and for pictures is left empty."""
    stubs: dict[str, dict[str, Any]] = {
        "sentence_transformers": {"SentenceTransformer": None},
        "lingtrain_aligner.model_dispatcher": {"models": {}},
        "lingtrain_aligner.vis_helper": {},
    }
    for name, content in stubs.items():
        module = ModuleType(name)
        vars(module).update(content)
        sys.modules.setdefault(name, module)
    package = importlib.import_module("lingtrain_aligner")
    for name in ("model_dispatcher", "vis_helper"):
        setattr(package, name, sys.modules[f"lingtrain_aligner.{name}"])
    return tuple(importlib.import_module(f"lingtrain_aligner.{name}") for name in ("aligner", "resolver", "helper"))  # type: ignore[return-value]  # three names, three modules
