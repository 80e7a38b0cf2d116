"""Tab-separated values: a header row, then a row a unit; UTF-8, Unix line ends, no quoting.

Prepared units hold no tab and no line break, so that a cell needs no quotes and `cut`, pandas (`quoting=3`) and
spreadsheets read the same.
"""

from collections.abc import Iterable
from typing import BinaryIO

from aligner.export.options import ExportOptions
from aligner.export.prepare import format_score, format_spans
from aligner.records import TranslationUnit


def write(units: Iterable[TranslationUnit], stream: BinaryIO, options: ExportOptions) -> None:  # noqa: ARG001  # as all writers
    """Write prepared `units`."""
    stream.write(_format_row(_COLUMNS))
    for unit in units:
        stream.write(_format_row(_list_cells(unit)))


_COLUMNS = (
    "en",
    "zh",
    "confidence",
    "similarity",
    "margin",
    "bead",
    "flags",
    "en_lang",
    "zh_lang",
    "page",
    "en_spans",
    "zh_spans",
    "date",
    "source",
    "authors",
    "title",
    "url",
)


def _list_cells(unit: TranslationUnit) -> tuple[str, ...]:
    """The cells of one row, in the order of `_COLUMNS`."""
    metadata = unit.metadata
    return (
        unit.en,
        unit.zh,
        format_score(unit.confidence),
        format_score(unit.similarity),
        format_score(unit.margin),
        unit.bead_type,
        ",".join(unit.flags),
        unit.en_lang,
        unit.zh_lang,
        unit.origin,
        format_spans(unit.en_spans),
        format_spans(unit.zh_spans),
        metadata.date,
        metadata.source,
        "; ".join(metadata.authors),
        metadata.title,
        metadata.url,
    )


def _format_row(cells: Iterable[str]) -> bytes:
    return ("\t".join(cells) + "\n").encode()
