"""The evaluation format: documents, gold beads and predictions, read and written.

A folder holds, for each document `NNN`, `NNN.en` and `NNN.zh` (a sentence a line), `NNN.gold` (a bead a line) and
perhaps `NNN.seg` (which segment each line came from); a folder of predictions holds `NNN.pred`. In these files a bead
is `[0, 1]:[0]`: Chinese line numbers first, then English, both 0-based; an empty list marks a null bead, whose lines
are unaligned. What follows a further colon is a score of whoever wrote the file; it is read where it is asked for.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from aligner.errors import EvaluationError
from aligner.records import Bead
from aligner.runtime.atomic import open_destination

_BEAD = re.compile(r"\s*\[([0-9,\s]*)\]\s*:\s*\[([0-9,\s]*)\]\s*(?::(.*))?$")


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document to align: its sentences and, where they are known, the right beads."""

    name: str
    en: tuple[str, ...]
    zh: tuple[str, ...]
    gold: tuple[Bead, ...] | None = None
    """None where there is no `.gold` file."""
    en_segments: tuple[int, ...] | None = None
    """For each English line, the segment it came from; None where there is no `.seg` file."""
    zh_segments: tuple[int, ...] | None = None
    """For each Chinese line, the same."""
    group: str = ""
    """Test set and direction, from `docs.tsv`; empty where the folder has none."""


def read_documents(folder: Path) -> list[GoldDocument]:
    """All documents of `folder`, sorted by name, with gold and segments where there are any.

    :raises EvaluationError: where there is no document, a side is missing, or a file is not what it should be.
    """
    names = sorted({path.stem for suffix in ("en", "zh", "gold") for path in folder.glob(f"*.{suffix}")})
    if not names:
        raise EvaluationError(f"{folder}: there are no documents here (NNN.en and NNN.zh, a sentence a line)")
    groups = _read_groups(folder / "docs.tsv")
    return [_read_document(folder, name, groups) for name in names]


def read_beads(
    path: Path, en_count: int | None = None, zh_count: int | None = None, with_confidence: bool = False
) -> list[Bead]:
    """The beads of a `.gold` or `.pred` file, in its order; `en_count` and `zh_count` are the lines that there are.

    :param with_confidence: read the score of each bead as its confidence, 0..1, as `write_beads` writes it.

    :raises EvaluationError: with the line, for one that is no bead or names a sentence beyond the counts, or has no
    confidence though it is asked for.
    """
    beads = []
    for number, line in enumerate(_read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        bead = _parse_bead(line, with_confidence)
        if bead is None:
            form = "[0, 1]:[0]:0.9731, zh:en:confidence" if with_confidence else "[0, 1]:[0], zh:en"
            raise EvaluationError(f"{path}:{number}: this is no bead: {line[:60]!r}; write it as {form}")
        if problem := find_misfit(bead, en_count, zh_count):
            raise EvaluationError(f"{path}:{number}: {problem}")
        beads.append(bead)
    return beads


def write_beads(path: Path, beads: Iterable[Bead], with_confidence: bool = False) -> None:
    """Write `beads` a line each, whole or not at all, over an existing file; `with_confidence` adds `:0.9731`.

    :raises ExportError: where the file cannot be written.
    """
    lines = (_format_bead(bead, with_confidence) for bead in beads)
    with open_destination(path, force=True) as stream:
        stream.writelines(line.encode() for line in lines)


def find_prediction(folder: Path, name: str) -> Path:
    """Where the prediction for the document `name` stands in `folder`."""
    return folder / f"{name}.pred"


def read_predictions(folder: Path, documents: Iterable[GoldDocument]) -> dict[str, list[Bead]]:
    """The predictions for `documents` that are in `folder`, by name; a document may be missing.

    :raises EvaluationError: for a file that cannot be read or does not fit its document.
    """
    predictions = {}
    for document in documents:
        path = find_prediction(folder, document.name)
        if path.is_file():
            predictions[document.name] = read_beads(path, len(document.en), len(document.zh))
    return predictions


def _read_document(folder: Path, name: str, groups: Mapping[str, str] | None) -> GoldDocument:
    for side in ("en", "zh"):
        if not (folder / f"{name}.{side}").is_file():
            raise EvaluationError(
                f"{folder / name}.{side}: there is no such file; each document needs both .en and .zh"
            )
    en, zh = (_read_lines(folder / f"{name}.{side}") for side in ("en", "zh"))
    gold_path, segments_path = folder / f"{name}.gold", folder / f"{name}.seg"
    zh_segments, en_segments = (
        _read_segments(segments_path, len(zh), len(en)) if segments_path.is_file() else (None, None)
    )
    return GoldDocument(
        name=name,
        en=en,
        zh=zh,
        gold=tuple(read_beads(gold_path, len(en), len(zh))) if gold_path.is_file() else None,
        en_segments=en_segments,
        zh_segments=zh_segments,
        group="" if groups is None else groups.get(name, "other"),
    )


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise EvaluationError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{path}: is not UTF-8 at byte {error.start}; save it as UTF-8") from error


def _read_lines(path: Path) -> tuple[str, ...]:
    lines = _read_text(path).removeprefix("\ufeff").split("\n")
    return tuple(lines if lines[-1] else lines[:-1])


def _read_segments(path: Path, zh_count: int, en_count: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Segment of each Chinese and each English line; the file has one JSON list for either side, Chinese first."""
    try:
        zh, en = (tuple(json.loads(line)) for line in _read_text(path).split("\n") if line)
    except (ValueError, TypeError, RecursionError) as error:
        raise EvaluationError(f"{path}: is not two lines with a JSON list each, zh then en") from error
    if (len(zh), len(en)) != (zh_count, en_count):
        raise EvaluationError(
            f"{path}: has {len(zh)} zh and {len(en)} en segments for {zh_count} and {en_count} lines; make them equal"
        )
    if not all(isinstance(segment, int) for segment in zh + en):
        raise EvaluationError(f"{path}: a segment is no whole number")
    return zh, en


def _read_groups(path: Path) -> dict[str, str] | None:
    """Test set and direction of each document; None where the table is absent or tells neither."""
    if not path.is_file():
        return None
    header, *rows = [line.split("\t") for line in _read_text(path).split("\n") if line] or [[]]
    columns = ("doc", "testset", "direction")
    if not set(columns) <= set(header):
        return None
    doc, testset, direction = (header.index(column) for column in columns)
    if short := next((row for row in rows if len(row) <= max(doc, testset, direction)), None):
        raise EvaluationError(f"{path}: the row of {short[0]!r} has {len(short)} cells, the header {len(header)}")
    return {row[doc]: f"{row[testset]} {row[direction]}" for row in rows}


def _parse_bead(line: str, with_confidence: bool) -> Bead | None:
    match = _BEAD.match(line)
    if not match:
        return None
    try:
        zh, en = (tuple(int(part) for part in side.split(",") if part.strip()) for side in match.groups()[:2])
        confidence = float(match[3] or "") if with_confidence else 0.0
    except ValueError:  # two numbers without a comma, one of thousands of digits, or a confidence that is none
        return None
    return Bead(en=en, zh=zh, confidence=confidence) if 0 <= confidence <= 1 else None


def _format_bead(bead: Bead, with_confidence: bool) -> str:
    zh, en = (", ".join(map(str, side)) for side in (bead.zh, bead.en))
    return f"[{zh}]:[{en}]" + (f":{bead.confidence:.4f}" if with_confidence else "") + "\n"


def find_misfit(bead: Bead, en_count: int | None, zh_count: int | None) -> str:
    """What is wrong with the bead's line numbers, as a sentence; empty where they all exist."""
    for language, lines, count in (("en", bead.en, en_count), ("zh", bead.zh, zh_count)):
        if count is None:
            continue
        beyond = [line for line in lines if not 0 <= line < count]
        if beyond:
            return f"{language} line {beyond[0]} does not exist; there are {count}, counted from 0"
    return ""
