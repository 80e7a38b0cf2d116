"""Compares sentence splitters on the table of press-release cases and on `news-dev`, in one run.

    python -m benchmarks.sentence_splitters

Libraries that are not installed are left out of the table. The news lines are read from the shared folder
(`ALIGNER_SHARED`, or `../shared` beside the checkout) and that part is empty where the folder is not there.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from aligner.records import Language
from aligner.sentences import split_text
from benchmarks.report import Report

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "data" / "sentence_cases.json"

Splitter = Callable[[str, Language], list[str]]


@dataclass(frozen=True)
class SplitterResult:
    """One row of the table; counts and shares are per language, English first."""

    name: str
    cases_right: tuple[int, int]
    cases: tuple[int, int]
    boundary_f1: tuple[float, float] | None
    """0..1, of the line ends inside joined segments; None without the news lines."""
    boundary_f1_no_semicolon: tuple[float, float] | None
    """The same, boundaries after a semicolon left out on both sides."""
    import_seconds: float
    """Wall time of the import in a fresh interpreter, an empty interpreter's taken off; best of three."""
    sentences_per_second: tuple[float, float]


def _ours(text: str, language: Language) -> list[str]:
    return [text[start:end] for start, end in split_text(text, language)]


def _sentencex() -> Splitter:
    import sentencex

    return lambda text, language: list(sentencex.segment(language.value, text))


def _pysbd() -> Splitter:
    import pysbd

    segmenters = {language: pysbd.Segmenter(language=language.value, clean=False) for language in Language}
    return lambda text, language: list(segmenters[language].segment(text))


def _syntok() -> Splitter:
    from syntok import segmenter

    def split(text: str, _language: Language) -> list[str]:
        return [
            "".join(token.spacing + token.value for token in sentence)
            for paragraph in segmenter.process(text)
            for sentence in paragraph
        ]

    return split


PEERS: dict[str, tuple[str, Callable[[], Splitter]]] = {
    "sentencex": ("sentencex", _sentencex),
    "pysbd": ("pysbd", _pysbd),
    "syntok": ("syntok.segmenter", _syntok),
}


def squeezed(sentences: list[str]) -> list[str]:
    """Sentences without any white space, empty ones dropped: splitters differ in what they do with spaces."""
    return [text for text in ("".join(sentence.split()) for sentence in sentences) if text]


def cases_right(splitter: Splitter, language: Language) -> tuple[int, int]:
    """Cases of the table split exactly as written there, and cases in all."""
    rows = [row for row in json.loads(CASES.read_text("utf-8")) if row["language"] == language]
    right = sum(squeezed(splitter(row["text"], language)) == squeezed(row["sentences"]) for row in rows)
    return right, len(rows)


def shared_news() -> Path | None:
    """Folder of the news lines, or None where it is not there."""
    folder = Path(os.environ.get("ALIGNER_SHARED", ROOT.parent / "shared")) / "eval" / "news-dev"
    return folder if folder.is_dir() else None


def joined_segments(folder: Path, language: Language) -> Iterator[list[str]]:
    """The lines of each translated segment; what to get back from their join."""
    for path in sorted(folder.glob(f"*.{language.value}")):
        lines = path.read_text("utf-8").splitlines()
        both = path.with_suffix(".seg").read_text("utf-8").splitlines()
        segments = json.loads(both[0 if language is Language.ZH else 1])
        grouped: dict[int, list[str]] = {}
        for line, segment in zip(lines, segments, strict=True):
            grouped.setdefault(segment, []).append(line)
        yield from grouped.values()


def boundaries(sentences: list[str], skip_after: str = "") -> set[int]:
    """Inner boundaries as numbers of non-space characters before them, but for those after a mark in `skip_after`."""
    found, count = set(), 0
    for sentence in squeezed(sentences)[:-1]:
        count += len(sentence)
        if not (skip_after and sentence[-1] in skip_after):
            found.add(count)
    return found


def boundary_f1(splitter: Splitter, folder: Path, language: Language, skip_after: str = "") -> float:
    """F1 (0..1) of the boundaries between the lines of each segment, after joining and splitting again."""
    joiner = "" if language is Language.ZH else " "
    right = predicted = wanted = 0
    for lines in joined_segments(folder, language):
        gold = boundaries(lines, skip_after)
        guess = boundaries(splitter(joiner.join(lines), language), skip_after)
        right, predicted, wanted = right + len(gold & guess), predicted + len(guess), wanted + len(gold)
    return 2 * right / max(1, predicted + wanted)


def import_seconds(module: str) -> float:
    """Seconds an import adds to a fresh interpreter; best of three."""

    def best(code: str) -> float:
        seconds = []
        for _ in range(3):
            begun = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)  # our own interpreter
            seconds.append(time.perf_counter() - begun)
        return min(seconds)

    return max(0.0, best(f"import {module}") - best("pass"))


def sentences_per_second(splitter: Splitter, language: Language) -> float:
    """Speed on paragraphs of four of the table's cases each; best of three."""
    rows = [row["text"] for row in json.loads(CASES.read_text("utf-8")) if row["language"] == language]
    paragraphs = [" ".join(rows[i : i + 4]) for i in range(0, len(rows), 4)] * 20
    speeds = []
    for _ in range(3):
        begun = time.perf_counter()
        count = sum(len(splitter(paragraph, language)) for paragraph in paragraphs)
        speeds.append(count / (time.perf_counter() - begun))
    return max(speeds)


def measure(name: str, module: str, splitter: Splitter) -> SplitterResult:
    """All figures of one splitter."""
    english, chinese = (cases_right(splitter, language) for language in Language)
    news = shared_news()
    by_language = [boundary_f1(splitter, news, language) for language in Language] if news else []
    without = [boundary_f1(splitter, news, language, "；;") for language in Language] if news else []
    return SplitterResult(
        name=name,
        cases_right=(english[0], chinese[0]),
        cases=(english[1], chinese[1]),
        boundary_f1=(by_language[0], by_language[1]) if by_language else None,
        boundary_f1_no_semicolon=(without[0], without[1]) if without else None,
        import_seconds=import_seconds(module),
        sentences_per_second=(
            sentences_per_second(splitter, Language.EN),
            sentences_per_second(splitter, Language.ZH),
        ),
    )


def compare() -> list[SplitterResult]:
    """Ours first, then every installed library."""
    results = [measure("ours", "aligner.sentences", _ours)]
    results += [measure(name, module, make()) for name, (module, make) in PEERS.items() if find_spec(name)]
    return results


def add_arguments(parser: argparse.ArgumentParser) -> None:  # this one takes none
    """What this benchmark can be told."""


def run(report: Report, options: argparse.Namespace) -> None:  # noqa: ARG001  # the signature of every benchmark
    """Print the table."""
    print(f"{'splitter':10} {'cases en':>9} {'cases zh':>9} {'F1 en':>6} {'F1 zh':>6} {'zh no ；':>8}", end="")
    print(f" {'import s':>9} {'en sent/s':>10} {'zh sent/s':>10}")
    for row in compare():
        f1 = row.boundary_f1 or (float("nan"), float("nan"))
        without = row.boundary_f1_no_semicolon or f1
        print(
            f"{row.name:10} {row.cases_right[0]:>4}/{row.cases[0]:<4} {row.cases_right[1]:>4}/{row.cases[1]:<4}", end=""
        )
        print(f" {f1[0]:6.3f} {f1[1]:6.3f} {without[1]:8.3f} {row.import_seconds:9.3f}", end="")
        print(f" {row.sentences_per_second[0]:10,.0f} {row.sentences_per_second[1]:10,.0f}")
