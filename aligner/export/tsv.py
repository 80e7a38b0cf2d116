"""Tab-separated values: a header row, then a row a unit; UTF-8, Unix line ends.

Quoted as RFC 4180 says, with tabs in the place of commas: only cells that hold a quote are, so that `cut` reads most
rows as they are, and spreadsheets, pandas and `csv` read all of them, also text that begins with a quote.
"""

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from aligner.export.options import ExportOptions
from aligner.export.prepare import format_score, format_spans
from aligner.records import TranslationUnit


def write(units: Iterable[TranslationUnit], stream: BinaryIO, options: ExportOptions) -> None:  # noqa: ARG001  # as all writers
    """Write prepared `units`."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, dialect=csv.excel_tab, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for unit in units:
        writer.writerow(_list_cells(unit))
    text.detach()


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
