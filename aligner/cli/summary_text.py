"""The summary of a run, for a reader or for a program."""

from collections.abc import Iterator
from typing import Any

from aligner.cli.console import print_out_json, say, say_json
from aligner.cli.exit_codes import exit_code_of
from aligner.records import PageResult, Verdict
from aligner.summary import Summary

_SHOWN = 20
_LINE_SHOWN = 100


def tell_summary(summary: Summary, destination: str, json: bool, quiet: bool, list_all: bool) -> None:
    """Print the summary: JSON on stdout (on stderr where the memory goes to stdout), text on stderr.

    :param quiet: tell failed pages only.
    :param list_all: whether to name all pages without units.
    """
    if json:
        print_json = say_json if destination == "-" else print_out_json
        print_json(as_json(summary))
    elif quiet:
        say(error for _, error in summary.failed)
    else:
        say(summary_lines(summary, destination, list_all))


def as_json(summary: Summary) -> dict[str, Any]:
    """For `--json`."""
    return {**summary.as_dict(), "exit_code": exit_code_of(summary)}


def summary_lines(summary: Summary, destination: str, list_all: bool = False) -> Iterator[str]:
    """For the terminal; of many pages without units the first 20 are named unless `list_all` is set."""
    units = _count(summary.units, "unit")
    yield units + (f" written to {destination}" if summary.units else ", so nothing was written")
    if summary.flagged:
        yield f"{_count(summary.flagged, 'unit')} flagged for review: aligner inspect --flagged shows them"
    if summary.repeated:
        yield f"{_count(summary.repeated, 'unit')} left out because the same pair was there before"
    if summary.en_alone or summary.zh_alone:
        yield f"unaligned sentences: {summary.en_alone} English, {summary.zh_alone} Chinese"
    if summary.left_out:
        near = f", {summary.left_out_near} of them near the article" if summary.left_out_near else ""
        yield f"{_count(summary.left_out, 'line')} left out as boilerplate{near}: aligner inspect shows them"
    if summary.without_units:
        yield f"{_count(len(summary.without_units), 'page')} without units:"
        yield from _listed((f"{page}: {reason}" for page, reason in summary.without_units), list_all)
    if summary.failed:
        yield f"{_count(len(summary.failed), 'page')} failed:"
        yield from _listed((error for _, error in summary.failed), True)


def list_left_out(result: PageResult) -> None:
    """Tell each line of a page that was left out as boilerplate, with the reason."""
    for reading in result.readings:
        for report in reading.reports:
            if report.verdict in (Verdict.FURNITURE, Verdict.WATERMARK):
                text = " ".join(reading.page.blocks[report.block].text.split())
                shown = text if len(text) <= _LINE_SHOWN else text[:_LINE_SHOWN] + " …"
                say([f"{reading.page.origin}: left out: {shown!r} ({report.reason})"])


def _listed(entries: Iterator[str], list_all: bool) -> Iterator[str]:
    rest = 0
    for number, entry in enumerate(entries):
        if list_all or number < _SHOWN:
            yield f"  {entry}"
        else:
            rest += 1
    if rest:
        yield f"  and {rest} more (-v lists all)"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
