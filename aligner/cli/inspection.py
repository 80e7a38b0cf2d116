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
_SIDE_BY_SIDE = 100
"""Columns of a terminal from which the languages stand side by side."""
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


def describe_result(result: PageResult, flagged: bool = False) -> dict[str, Any]:
    """Everything about the page as plain data, for JSON.

    :param flagged: whether to leave out the beads that nobody need look at.
    """
    return {
        "origin": result.origin,
        "pages": [_describe_page(reading.page, reading.reports) for reading in result.readings],
        "metadata": _describe_metadata(result.metadata),
        "pairs": [_describe_pair(pair, flagged) for pair in result.aligned],
        "units": len(result.units),
        "en_without_counterpart": result.en_alone,
        "zh_without_counterpart": result.zh_alone,
        "reason": result.reason,
        "error": result.error,
    }


def render_result(result: PageResult, width: int, colours: bool, flagged: bool = False) -> str:
    """The same for the eye: blocks and then beads as tables of `width` columns.

    What was cut off a block stands in ⟦ ⟧, so that it shows without colours too.
    """
    from rich.console import Console

    out = io.StringIO()
    console = Console(file=out, force_terminal=colours, no_color=not colours, width=width, highlight=False)
    for part in _render_parts(result, width, flagged):
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


def _choose_beads(pair: AlignedPair, flagged: bool) -> Iterator[tuple[int, Outcome]]:
    """The beads with their numbers, from 1; of those that are written, only the doubtful ones if `flagged` is set."""
    for number, outcome in enumerate(pair.outcomes, start=1):
        if not flagged or (outcome.fate is Fate.WRITTEN and is_doubtful(outcome)):
            yield number, outcome


def is_doubtful(outcome: Outcome) -> bool:
    """Whether a person should look at a bead."""
    return outcome.unit is not None and bool(outcome.unit.flags)


def _describe_pair(pair: AlignedPair, flagged: bool) -> dict[str, Any]:
    return {
        "layout": pair.pair.layout,
        "en_lang": pair.pair.en.tag,
        "zh_lang": pair.pair.zh.tag,
        "signature": pair.alignment.signature,
        "beads": [_describe_bead(pair, number, outcome) for number, outcome in _choose_beads(pair, flagged)],
    }


def _describe_bead(pair: AlignedPair, number: int, outcome: Outcome) -> dict[str, Any]:
    bead, unit = outcome.bead, outcome.unit
    return {
        "number": number,
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


def _render_parts(result: PageResult, width: int, flagged: bool) -> "Iterator[RenderableType]":
    if not flagged:
        yield from _render_page(result)
    for pair in result.aligned:
        yield _heading(f"{pair.pair.layout}: {pair.pair.en.tag} and {pair.pair.zh.tag}", pair.alignment.signature)
        render = _render_beads if width >= _SIDE_BY_SIDE else _render_stacked
        yield render(pair, flagged)
    if result.error:
        yield _labelled("failed", result.error)
    reason = f" ({result.reason})" if result.reason else ""
    doubtful = sum(bool(unit.flags) for unit in result.units)
    yield _labelled("units", f"{len(result.units)}{reason}" + (f", {doubtful} flagged" if doubtful else ""))


def _render_page(result: PageResult) -> "Iterator[RenderableType]":
    """The blocks of the page, and what it says about itself."""
    for reading in result.readings:
        declared = ", ".join(f"{name} {shorten(value, _CUT_SHOWN)}" for name, value in reading.page.declared)
        yield _heading(f"{reading.page.origin} ({reading.page.format})", declared)
        yield _render_blocks(reading.page, reading.reports)
    found = {name: value for name, value in _describe_metadata(result.metadata).items() if value}
    for name, value in found.items():
        yield _labelled(name, "; ".join(value) if isinstance(value, list) else value)


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


def _render_beads(pair: AlignedPair, flagged: bool) -> "RenderableType":
    """A row for each bead, the languages side by side."""
    from rich.table import Table

    table = Table("bead", "type", "confidence", "English", "Chinese", "flags", show_lines=True)
    for number, outcome in _choose_beads(pair, flagged):
        en, zh = _side_texts(pair, outcome)
        remarks = "\n".join(_remarks(outcome))
        table.add_row(str(number), outcome.bead.type, _score(outcome), en, zh, remarks, style=_style(outcome))
    _set_widths(table, 3, 2)
    return table


def _render_stacked(pair: AlignedPair, flagged: bool) -> "RenderableType":
    """The same where there is no room: a line of figures, English, Chinese, and an empty line for each bead."""
    from rich.text import Text

    out = Text()
    for number, outcome in _choose_beads(pair, flagged):
        head = [f"{number}.", outcome.bead.type, _score(outcome), *_remarks(outcome)]
        out.append("  ".join(filter(None, head)) + "\n", style="bold yellow" if is_doubtful(outcome) else "bold")
        for text in _side_texts(pair, outcome):
            if text.plain:
                out.append(text.plain + "\n", style=_style(outcome))
        out.append("\n")
    return out


def _side_texts(pair: AlignedPair, outcome: Outcome) -> "tuple[Text, Text]":
    """English and Chinese of a bead, sentences parted by strokes."""
    from rich.text import Text

    bead = outcome.bead
    en, zh = (
        Text(strip_illegal(shorten(" / ".join(sentences[index].text for index in indices), _SIDE_SHOWN)))
        for sentences, indices in ((pair.en, bead.en), (pair.zh, bead.zh))
    )
    return en, zh


def _score(outcome: Outcome) -> str:
    """The confidence, cut and not rounded, so that only what is certain shows as 1."""
    if outcome.unit is None:
        return ""
    return f"{int(outcome.unit.confidence * 10_000) / 10_000:.4f}"


def _remarks(outcome: Outcome) -> list[str]:
    if outcome.unit is None:
        return ["unaligned"]
    doubtful = ["(!)"] if is_doubtful(outcome) else []  # not by colour alone
    left_out = [] if outcome.fate is Fate.WRITTEN else [_FATES[outcome.fate]]
    return [*doubtful, *outcome.unit.flags, *left_out]


def _style(outcome: Outcome) -> str:
    if outcome.fate is not Fate.WRITTEN:
        return "dim"
    return "yellow" if is_doubtful(outcome) else ""


def _set_widths(table: "Table", fourth: int, fifth: int) -> None:
    """Share the width between the two columns of text, and wrap in them even where no word ends."""
    for column, ratio in zip(table.columns[3:5], (fourth, fifth), strict=True):
        column.ratio, column.overflow = ratio, "fold"
