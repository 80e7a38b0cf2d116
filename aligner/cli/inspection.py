"""What `aligner inspect` shows: why each block and each bead of a page is what it is."""

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from aligner.records import AlignedPair, BlockReport, Fate, Metadata, Outcome, Page, PageResult, Verdict
from aligner.text.characters import strip_illegal

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

_KEPT_SHOWN = 240
_CUT_SHOWN = 72
"""Characters of a kept and of a cut-off piece that are shown in the terminal; the middle goes first."""
_SIDE_SHOWN = 600
_STYLES = {
    Verdict.TITLE: "bold green",
    Verdict.ARTICLE: "green",
    Verdict.METADATA: "cyan",
    Verdict.FURNITURE: "dim",
    Verdict.WATERMARK: "magenta",
}

_FATES = {
    Fate.LOW_CONFIDENCE: "not written",
    Fate.REPEATED: "not written: given before",
    Fate.NO_TRANSLATION: "not written: no translation",
    Fate.BOILERPLATE: "not written: boilerplate",
}
"""What is told of beads with two sides that were not written."""


def describe_result(result: PageResult) -> dict[str, Any]:
    """Everything about the page as plain data, for JSON."""
    return {
        "origin": result.origin,
        "pages": [_describe_page(reading.page, reading.reports) for reading in result.readings],
        "metadata": _describe_metadata(result.metadata),
        "pairs": [_describe_pair(pair) for pair in result.aligned],
        "units": len(result.units),
        "en_without_counterpart": result.en_alone,
        "zh_without_counterpart": result.zh_alone,
        "reason": result.reason,
        "error": result.error,
    }


def render_result(result: PageResult, width: int, colours: bool) -> str:
    """The same for the eye: blocks and then beads as tables of `width` columns.

    What was cut off a block stands in ⟦ ⟧, so that it shows without colours too.
    """
    from rich.console import Console

    out = io.StringIO()
    console = Console(file=out, force_terminal=colours, no_color=not colours, width=width, highlight=False)
    for part in _render_parts(result):
        console.print(part)
    return out.getvalue()


def split_kept(page: Page, report: BlockReport) -> Iterator[tuple[str, bool]]:
    """The text of a block in pieces, each with whether it was kept; pieces of white space alone are left out."""
    block = page.blocks[report.block]
    position = block.start
    for start, end in sorted(report.kept):
        if page.text[position:start].strip():
            yield page.text[position:start], False
        yield page.text[start:end], True
        position = end
    if page.text[position : block.end].strip():
        yield page.text[position : block.end], False


def shorten(text: str, most: int) -> str:
    """`text` in at most `most` characters: start and end tell what it is, and what is glued to it."""
    if len(text) <= most:
        return text
    tail = most // 3
    return f"{text[: most - tail - 3]} … {text[-tail:]}"


def _describe_page(page: Page, reports: Iterable[BlockReport]) -> dict[str, Any]:
    return {
        "origin": page.origin,
        "format": page.format,
        "declared": dict(page.declared),
        "blocks": [_describe_block(page, report) for report in reports],
    }


def _describe_block(page: Page, report: BlockReport) -> dict[str, Any]:
    pieces = list(split_kept(page, report))
    block = page.blocks[report.block]
    return {
        "block": report.block,
        "kind": block.kind,
        "verdict": report.verdict,
        "language": report.language,
        "prior": round(report.prior, 2),
        "reason": report.reason,
        "other_language": report.other_language,
        "span": [block.start, block.end],
        "kept": [text for text, kept in pieces if kept],
        "cut": [text for text, kept in pieces if not kept],
    }


def _describe_metadata(metadata: Metadata) -> dict[str, Any]:
    return {
        "title": metadata.title,
        "source": metadata.source,
        "authors": list(metadata.authors),
        "date": metadata.date,
        "url": metadata.url,
    }


def _describe_pair(pair: AlignedPair) -> dict[str, Any]:
    return {
        "layout": pair.pair.layout,
        "en_lang": pair.pair.en.tag,
        "zh_lang": pair.pair.zh.tag,
        "signature": pair.alignment.signature,
        "beads": [_describe_bead(pair, outcome) for outcome in pair.outcomes],
    }


def _describe_bead(pair: AlignedPair, outcome: Outcome) -> dict[str, Any]:
    bead, unit = outcome.bead, outcome.unit
    return {
        "type": bead.type,
        "en": [pair.en[index].text for index in bead.en],
        "zh": [pair.zh[index].text for index in bead.zh],
        "confidence": round(unit.confidence if unit else bead.confidence, 4),
        "similarity": round(bead.similarity, 4),
        "margin": round(bead.margin, 4),
        "crossing": bead.crossing,
        "flags": list(unit.flags) if unit else [],
        "unit": outcome.fate is Fate.WRITTEN,
        "fate": outcome.fate,
    }


def _render_parts(result: PageResult) -> "Iterator[RenderableType]":
    for reading in result.readings:
        declared = ", ".join(f"{name} {shorten(value, _CUT_SHOWN)}" for name, value in reading.page.declared)
        yield _heading(f"{reading.page.origin} ({reading.page.format})", declared)
        yield _render_blocks(reading.page, reading.reports)
    found = {name: value for name, value in _describe_metadata(result.metadata).items() if value}
    for name, value in found.items():
        yield _labelled(name, "; ".join(value) if isinstance(value, list) else value)
    for pair in result.aligned:
        yield _heading(f"{pair.pair.layout}: {pair.pair.en.tag} and {pair.pair.zh.tag}", pair.alignment.signature)
        yield _render_beads(pair)
    if result.error:
        yield _labelled("failed", result.error)
    yield _labelled("units", f"{len(result.units)}" + (f" ({result.reason})" if result.reason else ""))


def _heading(title: str, detail: str) -> "Text":
    from rich.text import Text

    return Text.assemble("\n", (strip_illegal(title), "bold"), "  ", (strip_illegal(detail), "dim"))


def _labelled(name: str, value: str) -> "Text":
    from rich.text import Text

    return Text.assemble((f"{name}: ", "bold"), strip_illegal(value))


def _render_blocks(page: Page, reports: Iterable[BlockReport]) -> "RenderableType":
    from rich.table import Table
    from rich.text import Text

    table = Table("block", "verdict", "", "text", "why", box=None, pad_edge=False)
    for report in reports:
        style = _STYLES[report.verdict]
        text = Text()
        for piece, kept in split_kept(page, report):
            if kept:
                text.append(shorten(piece, _KEPT_SHOWN))
            else:
                text.append(f"⟦{shorten(piece.strip(), _CUT_SHOWN)}⟧", "dim")
        verdict = Text(report.verdict, style)
        why = "; ".join(filter(None, (report.reason, report.other_language)))
        table.add_row(str(report.block), verdict, report.language or "", text, Text(why, "dim"))
    _set_widths(table, 3, 1)
    return table


def _render_beads(pair: AlignedPair) -> "RenderableType":
    from rich.table import Table
    from rich.text import Text

    table = Table("bead", "confidence", "similarity", "English", "Chinese", "flags", show_lines=True)
    for outcome in pair.outcomes:
        bead, unit, written = outcome.bead, outcome.unit, outcome.fate is Fate.WRITTEN
        en, zh = (
            Text(shorten(" / ".join(sentences[index].text for index in indices), _SIDE_SHOWN))
            for sentences, indices in ((pair.en, bead.en), (pair.zh, bead.zh))
        )
        remarks = [*(unit.flags if unit else ["alone"]), *([_FATES[outcome.fate]] if unit and not written else [])]
        scores = (f"{unit.confidence:.2f}", f"{unit.similarity:.2f}") if unit else ("", "")
        table.add_row(bead.type, *scores, en, zh, "\n".join(remarks), style="" if written else "dim")
    _set_widths(table, 3, 2)
    return table


def _set_widths(table: "Table", fourth: int, fifth: int) -> None:
    """Share the width between the two columns of text, and wrap in them even where no word ends."""
    for column, ratio in zip(table.columns[3:5], (fourth, fifth), strict=True):
        column.ratio, column.overflow = ratio, "fold"
