"""Runs the pages through the aligner and reports what came out."""

import json
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from benchmarks.pages.generate import FITTED, HELD_OUT, GeneratedPage, generate_pages
from benchmarks.pages.score import PageScore
from benchmarks.report import Report

HALVES = {"held-out": HELD_OUT, "fitted": FITTED}
SEED = 20


def measure_pages(report: Report, count: int, half: str, failures: Path | None = None) -> PageScore:
    """Figures by template, by kind of line, and seconds a page by stage.

    :param half: which half of the templates.
    :param failures: a file that gets every wrong unit and every missed one, a JSON object a line.
    """
    total = PageScore()
    by_template: dict[str, PageScore] = defaultdict(PageScore)
    seconds: dict[str, float] = defaultdict(float)
    lines = []
    for page in generate_pages(count, HALVES[half], SEED):
        units = _align(page, seconds)
        score = PageScore()
        for each in (total, by_template[page.template], score):
            each.add(units, page.gold, page.decoy)
        lines += [{"page": page.name, "wrong": texts} for texts in score.wrong]
        lines += [{"page": page.name, "missed": [unit.kind, unit.en, unit.zh]} for unit in score.missed]
    _report(report, total, by_template, seconds)
    if failures:
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        failures.write_text(text, encoding="utf-8")
    return total


def _align(page: GeneratedPage, seconds: dict[str, float]) -> list[tuple[str, str]]:
    """The units of the page; the time of reading alone and of the whole way is added to `seconds`."""
    import aligner
    from aligner.ingest import read_page

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / page.name
        path.write_bytes(page.data)
        begun = time.perf_counter()
        read_page(path)
        read = time.perf_counter()
        result = aligner.align_page(path)
        seconds["reading"] += read - begun
        seconds["the whole way"] += time.perf_counter() - read
    return [(unit.en, unit.zh) for unit in result.units]


def _report(report: Report, total: PageScore, by_template: dict[str, PageScore], seconds: dict[str, float]) -> None:
    rows = [_row(name, score) for name, score in sorted(by_template.items())]
    report.add("Pages by template", [*rows, _row("all", total)])
    kinds = [
        {"kind": kind, "gold units": count, "recall": round(total.found_by_kind[kind] / count, 4)}
        for kind, count in sorted(total.gold_by_kind.items())
    ]
    report.add("Recall by kind of line", kinds)
    times = [{"stage": stage, "seconds a page": round(spent / total.pages, 4)} for stage, spent in seconds.items()]
    report.add("Time", times)


def _row(name: str, score: PageScore) -> dict[str, object]:
    return {
        "template": name,
        "pages": score.pages,
        "decoys": score.decoys,
        "units on decoys": score.decoy_units,
        "gold units": score.gold,
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "F1": round(score.f1, 4),
    }
