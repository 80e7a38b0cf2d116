"""Cold start: whole processes from nothing to their end, beside the imports that such a program cannot do without."""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.processes import Run, run_process
from benchmarks.report import Report
from benchmarks.sets import CORPORA, sample_page

BASELINE = "import numpy, faiss, jieba; jieba.initialize()"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What this benchmark can be told."""
    parser.add_argument("--repeats", type=int, default=7)


def run(report: Report, options: argparse.Namespace) -> None:
    """See the registry in `benchmarks.__main__`."""
    measure_start(report, options.repeats)


def measure_start(report: Report, repeats: int) -> None:
    """Print medians of processes that take turns, and their ratio to the baseline."""
    page = sample_page()
    with tempfile.TemporaryDirectory() as folder:
        commands = _commands(page, Path(folder))
        first = run_process(commands["align, caches empty"], {"ALIGNER_CACHE": f"{folder}/cache"})
        timed = {name: command for name, command in commands.items() if name != "align, caches empty"}
        runs: dict[str, list[Run]] = {name: [] for name in timed}
        for command in timed.values():  # once uncounted: files into the system's memory, caches filled
            run_process(command)
        for _ in range(repeats):
            for name, command in timed.items():
                runs[name].append(run_process(command))
    baseline = statistics.median(run.seconds for run in runs["baseline"])
    rows = [_row(name, taken, baseline) for name, taken in runs.items()]
    rows.append(_row("align, caches empty", [first], baseline))
    report.add(
        f"Cold start, {page.name}",
        rows,
        f"Medians of {repeats} processes each, taking turns. The baseline is `python -c {BASELINE!r}`.",
    )


def _commands(page: Path, folder: Path) -> dict[str, list[str]]:
    aligner = [sys.executable, "-m", "aligner"]
    align = [*aligner, "align", "--force"]
    return {
        "baseline": [sys.executable, "-c", BASELINE],
        "aligner --help": [*aligner, "--help"],
        "align": [*align, str(page), "-o", f"{folder}/page.tmx"],
        "align, caches empty": [*align, str(page), "-o", f"{folder}/first.tmx"],
        "align a DOCX": [*align, str(CORPORA / "pages" / "009-lanqiao-buses.docx"), "-o", f"{folder}/docx.tmx"],
        "align a PDF": [*align, str(CORPORA / "pages" / "011-suyuan-trial.pdf"), "-o", f"{folder}/pdf.tmx"],
        "align HTML": [*align, str(CORPORA / "pages" / "002-qinghe-hospital.html"), "-o", f"{folder}/html.tmx"],
    }


def _row(name: str, runs: list[Run], baseline: float) -> dict[str, Any]:
    if failed := [run.exit_code for run in runs if run.exit_code]:
        raise RuntimeError(f"{name}: ended with exit code {failed[0]}")
    seconds = statistics.median(run.seconds for run in runs)
    return {
        "process": name,
        "seconds": seconds,
        "from": min(run.seconds for run in runs),
        "to": max(run.seconds for run in runs),
        "CPU seconds": statistics.median(run.cpu_seconds for run in runs),
        "of baseline": f"{seconds / baseline:.2f}",
        "peak MB": round(max(run.peak_mb for run in runs)),
    }
