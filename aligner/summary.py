"""What became of the pages of a run, as counts that do not grow with its units."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aligner.records import BlockReport, Page, PageResult, Verdict

_RELEASE = (Verdict.TITLE, Verdict.ARTICLE)
_LEFT_OUT = (Verdict.FURNITURE, Verdict.WATERMARK)


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
    """Those of them that stand beside a line of the release."""
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
        if result.error:
            self.failed.append((result.origin, result.error))
        elif not result.units:
            self.without_units.append((result.origin, result.reason))
        else:
            near = [near for _, _, near in left_out_blocks(result)]
            self.left_out += len(near)
            self.left_out_near += sum(near)

    def as_dict(self) -> dict[str, Any]:
        """The counts as plain data."""
        return {
            "pages": self.pages,
            "units": self.units,
            "flagged": self.flagged,
            "repeated": self.repeated,
            "en_without_counterpart": self.en_alone,
            "zh_without_counterpart": self.zh_alone,
            "left_out_as_boilerplate": self.left_out,
            "left_out_near_the_article": self.left_out_near,
            "failed": [{"page": page, "error": error} for page, error in self.failed],
            "without_units": [{"page": page, "reason": reason} for page, reason in self.without_units],
        }


def left_out_blocks(result: PageResult) -> Iterator[tuple[Page, BlockReport, bool]]:
    """Each block that was left out as boilerplate, and whether a block beside it is of the release."""
    for reading in result.readings:
        kept = {report.block for report in reading.reports if report.verdict in _RELEASE}
        for report in reading.reports:
            if report.verdict in _LEFT_OUT:
                yield reading.page, report, not kept.isdisjoint({report.block - 1, report.block + 1})
