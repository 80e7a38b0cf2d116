"""Agreement with gold: beads of evaluation sets, and units of whole pages.

Every set is scored with the weights that the package ships. Sets that those weights were fitted on are not held out
here; `models/scorer.report.txt` has figures that are.
"""

import argparse
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.processes import call_in_child
from benchmarks.report import Report
from benchmarks.sets import CORPORA, evaluation_sets, shared_folder

Texts = tuple[str, str]
"""English and Chinese of a unit, white space left out."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What this benchmark can be told."""
    parser.add_argument("sets", nargs="*", help="corpora, news-dev, …; all that are present if none is named")


def run(report: Report, options: argparse.Namespace) -> None:
    """See the registry in `benchmarks.__main__`."""
    measure_accuracy(report, options.sets)


@dataclass(frozen=True, slots=True)
class PageScore:
    """Units of one page against its gold."""

    gold: int
    found: int
    """Gold units that are in the output exactly."""
    finer: int
    """Units that lie within a gold unit on both sides: right, though smaller."""
    wrong: int
    """Units that are neither."""


def measure_accuracy(report: Report, names: list[str]) -> None:
    """Print F1 on evaluation sets, then gold units of pages; `names` picks sets, none means everything."""
    rows = [call_in_child(score_set, name=name, folder=str(path)) for name, path in evaluation_sets(names).items()]
    report.add("Beads against gold, lines given", rows, "F1 with its 95 % interval over documents.")
    if not names:
        report.add("Units of whole pages against gold", call_in_child(score_pages)["rows"])


def score_set(name: str, folder: str) -> dict[str, Any]:
    """All figures of one evaluation set."""
    from aligner.api import find_beads
    from aligner.evaluation import read_documents, score_documents

    documents = read_documents(Path(folder))
    scores = score_documents(documents, {each.name: find_beads(each.en, each.zh).beads for each in documents})
    figures, intervals = scores.figures.as_dict(), scores.intervals
    crossing = scores.by_type.get("crossing")

    def shown(figure: str) -> str:
        if figure not in figures:
            return ""
        interval = intervals.get(figure)
        return f"{figures[figure]:.4f}" + (f" ({interval.low:.3f} to {interval.high:.3f})" if interval else "")

    return {
        "set": name,
        "documents": len(documents),
        "strict F1": shown("f1_strict"),
        "lax F1": shown("f1_lax"),
        "merged strict F1": shown("merged_f1_strict"),
        "unaligned F1": shown("f1_unaligned"),
        "crossing found": f"{crossing.strict}/{crossing.count}" if crossing and crossing.count else "",
    }


def score_pages() -> dict[str, Any]:
    """Gold units of the repository's pages and, where they are present, of the published ones."""
    return {"rows": [_row(name, paths, gold) for name, paths, gold in _pages()]}


def _row(name: str, paths: list[Path], gold: Path) -> dict[str, Any]:
    import aligner

    result = aligner.align_page(paths[0]) if len(paths) == 1 else aligner.align_files(paths[0], paths[1])
    score = score_units([(unit.en, unit.zh) for unit in result.units], read_gold(gold) if gold.is_file() else [])
    return {
        "page": name,
        "gold units": score.gold,
        "found": score.found,
        "finer": score.finer,
        "wrong": score.wrong,
        "reason": result.error or result.reason,
    }


def _pages() -> Iterator[tuple[str, list[Path], Path]]:
    for gold in sorted((CORPORA / "gold").glob("*.gold.jsonl")):
        name = gold.name.removesuffix(".gold.jsonl")
        yield name, sorted((CORPORA / "pages").glob(f"{name}.*")), gold
    shared = shared_folder()
    for page in sorted((shared / "seeds").glob("*.txt")) if shared else []:
        yield f"seed {page.name[:3]}", [page], page.with_suffix(".gold.jsonl")


def read_gold(path: Path) -> list[Texts]:
    """The two-sided gold units of a page, titles included."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(" ".join(line["en"]), "".join(line["zh"])) for line in lines if line["en"] and line["zh"]]


def score_units(units: list[Texts], gold: list[Texts]) -> PageScore:
    """Compare units with gold units, white space left out."""
    wanted = [(_squeeze(en), _squeeze(zh)) for en, zh in gold]
    made = [(_squeeze(en), _squeeze(zh)) for en, zh in units]
    finer = sum(pair not in wanted and any(pair[0] in en and pair[1] in zh for en, zh in wanted) for pair in made)
    exact = sum(pair in wanted for pair in made)
    return PageScore(len(wanted), sum(pair in made for pair in wanted), finer, len(made) - exact - finer)


def _squeeze(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
