"""What became of the pages of a run, as counts that do not grow with its units."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aligner.records import PageResult

EXIT_DONE = 0
"""Units were written and no page failed."""
EXIT_FAILED_PAGES = 1
"""Some page, or every page, failed; the units of the others are written."""
EXIT_USAGE = 2
"""Nothing was written because the run as a whole could not be done as asked: wrong options, a model that cannot be
loaded, an output that exists already or cannot be written, a full disk."""
EXIT_NOTHING = 3
"""No page failed, and none had anything to align."""
_SHOWN = 20


@dataclass(slots=True)
class Summary:
    """Counts over pages; grows by `add`."""

    pages: int = 0
    units: int = 0
    flagged: int = 0
    """Units with at least one flag."""
    repeated: int = 0
    """Units left out because the same pair of texts was there before."""
    en_alone: int = 0
    """English sentences of aligned pages that are in no unit."""
    zh_alone: int = 0
    left_out: int = 0
    """Lines of pages with units that were left out as boilerplate."""
    left_out_near: int = 0
    """Those of them that stand near the text of a release, without a rule that is certain."""
    failed: list[tuple[str, str]] = field(default_factory=list)
    """Page and error."""
    without_units: list[tuple[str, str]] = field(default_factory=list)
    """Page and reason."""

    def add(self, result: PageResult) -> None:
        """Count one more page."""
        self.pages += 1
        self.units += len(result.units)
        self.flagged += sum(bool(unit.flags) for unit in result.units)
        self.repeated += result.repeated
        self.en_alone += result.en_alone
        self.zh_alone += result.zh_alone
        if result.units:
            self.left_out += result.left_out
            self.left_out_near += result.left_out_near
        if result.error:
            self.failed.append((result.origin, result.error))
        elif not result.units:
            self.without_units.append((result.origin, result.reason))

    @property
    def exit_code(self) -> int:
        """What the process should end with, see the constants above."""
        if self.failed:
            return EXIT_FAILED_PAGES
        return EXIT_DONE if self.units else EXIT_NOTHING

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "pages": self.pages,
            "units": self.units,
            "flagged": self.flagged,
            "repeated": self.repeated,
            "en_without_counterpart": self.en_alone,
            "zh_without_counterpart": self.zh_alone,
            "left_out": self.left_out,
            "left_out_near": self.left_out_near,
            "failed": [{"page": page, "error": error} for page, error in self.failed],
            "without_units": [{"page": page, "reason": reason} for page, reason in self.without_units],
            "exit_code": self.exit_code,
        }

    def lines(self, destination: str, list_all: bool = False) -> Iterator[str]:
        """For the terminal; of many pages without units the first 20 are named unless `list_all` is set."""
        yield _count(self.units, "unit") + (f" written to {destination}" if self.units else ", so nothing was written")
        if self.units:
            yield f"{_count(self.flagged, 'unit')} flagged for review"
        if self.repeated:
            yield f"{_count(self.repeated, 'unit')} left out because the same pair was there before"
        if self.en_alone or self.zh_alone:
            yield f"sentences without a counterpart: {self.en_alone} English, {self.zh_alone} Chinese"
        if self.left_out:
            near = f", {self.left_out_near} of them near the article" if self.left_out_near else ""
            yield f"{_count(self.left_out, 'line')} left out as boilerplate{near}: aligner inspect shows them"
        if self.without_units:
            yield f"{_count(len(self.without_units), 'page')} without units:"
            yield from _listed((f"{page}: {reason}" for page, reason in self.without_units), list_all)
        if self.failed:
            yield f"{_count(len(self.failed), 'page')} failed:"
            yield from _listed((error for _, error in self.failed), True)


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
