"""JSON Lines: one object a unit, UTF-8, the keys always all there and in the same order, the texts first."""

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from aligner.export.options import ExportOptions
from aligner.records import TranslationUnit

# Scores are rounded where float32 vectors still agree between machines, and kept as numbers.
_DECIMALS = 6


def write(units: Iterable[TranslationUnit], stream: BinaryIO, options: ExportOptions) -> None:  # noqa: ARG001  # as all writers
    """Write prepared `units`."""
    for unit in units:
        line = json.dumps(_build_object(unit), ensure_ascii=False, allow_nan=False)
        stream.write(line.encode() + b"\n")


def _build_object(unit: TranslationUnit) -> dict[str, Any]:
    """The fields of the record under their own names; `metadata` is taken apart."""
    metadata = unit.metadata
    return {
        "en": unit.en,
        "zh": unit.zh,
        "en_lang": unit.en_lang,
        "zh_lang": unit.zh_lang,
        "confidence": _round(unit.confidence),
        "similarity": _round(unit.similarity),
        "margin": _round(unit.margin),
        "bead": unit.bead_type,
        "flags": list(unit.flags),
        "page": unit.origin,
        "en_spans": unit.en_spans,
        "zh_spans": unit.zh_spans,
        "title": metadata.title,
        "source": metadata.source,
        "authors": metadata.authors,
        "date": metadata.date,
        "url": metadata.url,
    }


def _round(score: float) -> float:
    # float() because a NumPy scalar is no JSON number; adding 0.0 makes -0.0 into 0.0.
    return round(float(score), _DECIMALS) + 0.0
