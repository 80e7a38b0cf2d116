"""Makes pages, gold units, evaluation files and the README's table from the source files.

python -m corpora.build           write them
python -m corpora.build --check   only compare with what is there; exit code 1 and the names where they differ
"""

import argparse
import importlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from aligner.training.source import Bead, Source, load

FOLDER = Path(__file__).resolve().parent
# Renderers by suffix of the page: each module has `render(source) -> bytes` and is imported on use;
# where a library packs the bytes, also `text_of(data) -> str`.
RENDERERS = {
    "txt": "corpora.render_text",
    "md": "corpora.render_text",
    "html": "corpora.render_html",
    "docx": "corpora.render_docx",
    "pdf": "corpora.render_pdf",
}
_TABLE_MARKS = ("<!-- counts: made by corpora.build -->\n", "<!-- end of counts -->")


def main(arguments: list[str] | None = None) -> int:
    """Writes or checks every file; the exit code."""
    parser = argparse.ArgumentParser(description="Make the corpora's pages, gold and evaluation files.")
    parser.add_argument("--check", action="store_true", help="compare with the files instead of writing them")
    parser.add_argument("--only", metavar="NNN", help="one release; leaves the README alone")
    options = parser.parse_args(arguments)
    sources = load_all(only=options.only or "")
    made = {path: content for source in sources for path, content in files_of(source)}
    if not options.only:
        made[FOLDER / "README.md"] = readme_with_counts(sources)
    differing = [path for path, content in made.items() if not path.is_file() or path.read_bytes() != content]
    return _check(made, differing) if options.check else _write(made, differing)


def _check(made: dict[Path, bytes], differing: list[Path]) -> int:
    """Names the files that differ; the exit code.

    DOCX and PDF whose bytes differ pass when their text is the same: another version of python-docx, reportlab or zlib
    packs the same page otherwise.
    """
    failed = 0
    for path in differing:
        same_text = path.is_file() and _text_of(path, path.read_bytes()) == _text_of(path, made[path])
        failed |= not same_text
        sys.stdout.write(f"{'same text, other bytes' if same_text else 'differs'}: {path.relative_to(FOLDER)}\n")
    return int(failed)


def _write(made: dict[Path, bytes], differing: list[Path]) -> int:
    for path in differing:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(made[path])
        sys.stdout.write(f"written: {path.relative_to(FOLDER)}\n")
    return 0


def _text_of(path: Path, content: bytes) -> str | bytes:
    """The text of a DOCX or PDF; of any other format the bytes themselves."""
    suffix = path.suffix.removeprefix(".")
    if suffix not in ("docx", "pdf"):
        return content
    text_of: Callable[[bytes], str] = importlib.import_module(RENDERERS[suffix]).text_of
    return text_of(content)


def load_all(only: str = "") -> list[Source]:
    """All sources in order of name, or those whose name begins with `only`."""
    return [load(path) for path in sorted((FOLDER / "sources").glob(f"{only}*.toml"))]


def files_of(source: Source) -> Iterator[tuple[Path, bytes]]:
    """Every file that is made from one source, with its bytes."""
    number = source.name.split("-")[0]
    for name, page in source.files().items():
        yield FOLDER / "pages" / name, page_bytes(page)
    yield FOLDER / "gold" / f"{source.name}.gold.jsonl", "".join(gold_lines(source)).encode()
    if source.decoy:
        return
    for language in ("en", "zh"):
        lines = "".join(sentence.text + "\n" for sentence in source.sentences(language))
        yield FOLDER / "eval" / f"{number}.{language}", lines.encode()
    yield FOLDER / "eval" / f"{number}.gold", "".join(f"{format_bead(bead)}\n" for bead in source.beads()).encode()


def page_bytes(source: Source) -> bytes:
    """The page as published."""
    render: Callable[[Source], bytes] = importlib.import_module(RENDERERS[source.format]).render
    return render(source)


def gold_lines(source: Source) -> Iterator[str]:
    """One JSON object a bead; none for a decoy, where nothing may be aligned."""
    if source.decoy:
        return
    texts = {language: [sentence.text for sentence in source.sentences(language)] for language in ("en", "zh")}
    for bead in source.beads():
        unit = {"en": [texts["en"][i] for i in bead.en], "zh": [texts["zh"][i] for i in bead.zh]}
        yield json.dumps(unit, ensure_ascii=False) + "\n"


def format_bead(bead: Bead) -> str:
    """The bead as evaluation files write it: Chinese line numbers, colon, English line numbers."""
    return f"{list(bead.zh)}:{list(bead.en)}"


def is_crossing(bead: Bead, beads: list[Bead]) -> bool:
    """Whether some other two-sided bead comes before this one in one language and after it in the other."""
    return any(
        (bead.en < other.en) != (bead.zh < other.zh) for other in beads if other.en and other.zh and other != bead
    )


def counts_table(sources: list[Source]) -> str:
    """A Markdown table: one row a release, two-sided units, bead types (English-Chinese), crossing beads."""
    beads_of = {source.name: [] if source.decoy else source.beads() for source in sources}
    types = Counter(bead.type for beads in beads_of.values() for bead in beads)
    columns = sorted(types, key=lambda name: (-types[name], name))
    rows = []
    total: Counter[str] = Counter()
    for source in sources:
        beads = beads_of[source.name]
        two_sided = [bead for bead in beads if bead.en and bead.zh]
        counts = Counter(bead.type for bead in beads)
        counts["units"] = len(two_sided)
        counts["crossing"] = sum(is_crossing(bead, two_sided) for bead in two_sided)
        total += counts
        rows.append((source.name, source.format, source.zh_lang, source.layout, counts))
    rows.append(("**all**", "", "", "", total))
    head = ["release", "format", "Chinese", "layout", "units", *columns, "crossing"]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * 4 + "--:|" * (len(head) - 4)]
    for *cells, counts in rows:
        numbers = [str(counts[name] or "") for name in head[4:]]
        lines.append("| " + " | ".join([*cells, *numbers]) + " |")
    return "\n".join(lines) + "\n"


def readme_with_counts(sources: list[Source]) -> bytes:
    """The README with its table made anew."""
    before, rest = (FOLDER / "README.md").read_text(encoding="utf-8").split(_TABLE_MARKS[0])
    after = rest.split(_TABLE_MARKS[1])[1]
    return (before + _TABLE_MARKS[0] + "\n" + counts_table(sources) + "\n" + _TABLE_MARKS[1] + after).encode()


if __name__ == "__main__":
    raise SystemExit(main())
