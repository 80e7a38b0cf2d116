"""Writers: units to files, one file a format, each imported on use.

A writer is a function `write(units, stream, options)` in a module of its own. It gets units that `prepare_unit` has
cleaned, one at a time, so that a memory of any size is written in the memory of one unit. A new format is a module
and a row in `_MODULES`.
"""

import importlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TypeAlias

from aligner.config import ExportFormat
from aligner.errors import UsageError
from aligner.export.options import ExportOptions, resolve_date
from aligner.export.prepare import prepare_unit
from aligner.records import TranslationUnit
from aligner.runtime.atomic import check_destination, open_destination

__all__ = ["ExportFormat", "ExportOptions", "check_destination", "resolve_date", "resolve_format", "write_units"]

Writer: TypeAlias = Callable[[Iterable[TranslationUnit], BinaryIO, ExportOptions], None]

_MODULES = {
    ExportFormat.TMX: "aligner.export.tmx",
    ExportFormat.TSV: "aligner.export.tsv",
    ExportFormat.JSONL: "aligner.export.jsonl",
}


def resolve_format(destination: str | Path, format: ExportFormat | None = None) -> ExportFormat:  # noqa: A002  # the option's name
    """The format asked for, else the one of `destination`'s suffix; standard output (`-`) is TMX unless told otherwise.

    :raises UsageError: when the suffix names no format; it lists those that there are.
    """
    if format is not None:
        return format
    if str(destination) == "-":
        return ExportFormat.TMX
    suffix = Path(destination).suffix
    try:
        return ExportFormat(suffix.lower().removeprefix("."))
    except ValueError:
        known = ", ".join(f".{each}" for each in ExportFormat)
        what = f"the suffix {suffix!r} names no format" if suffix else "the name has no suffix"
        raise UsageError(f"{destination}: {what}; use one of {known}, or say the format") from None


def write_units(
    units: Iterable[TranslationUnit],
    destination: str | Path,
    format: ExportFormat | None = None,  # noqa: A002  # the name of the option and of the thing
    options: ExportOptions | None = None,
) -> int:
    """Write `units` to `destination` (`-` is standard output) and return how many were written.

    A file appears whole or not at all, and only if there is a unit: without one nothing is touched and 0 returned.
    Standard output gets each unit as it comes; a reader who closes it early ends the writing without an error.
    Equal units and options, with `options.created` or SOURCE_DATE_EPOCH set, give equal bytes.

    Raises UsageError for an unknown suffix, ExportError where the destination cannot be written, and ValueError for
    a unit with an empty side or a confidence outside 0..1, which is the caller's mistake.
    """
    options = options or ExportOptions()
    chosen = resolve_format(destination, format)
    check_destination(destination, options.force)
    write = _load_writer(chosen)
    counted = _Prepared(units, options)
    first = next(counted, None)
    if first is None:
        return 0
    with open_destination(destination, options.force) as stream:
        write(chain([first], counted), stream, options)
    return counted.count


def _load_writer(chosen: ExportFormat) -> Writer:
    writer: Writer = importlib.import_module(_MODULES[chosen]).write
    return writer


class _Prepared(Iterator[TranslationUnit]):
    """The units, cleaned and counted on their way to a writer."""

    def __init__(self, units: Iterable[TranslationUnit], options: ExportOptions) -> None:
        self.count = 0
        self._units = iter(units)
        self._options = options

    def __next__(self) -> TranslationUnit:
        unit = prepare_unit(next(self._units), self._options)
        self.count += 1
        return unit
