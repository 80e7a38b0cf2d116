"""What a run can be told, and the defaults. A leaf module, without NumPy, so that the command line starts at once."""

from dataclasses import dataclass
from enum import StrEnum

from aligner.errors import UsageError

DEFAULT_MODEL = "use-multilingual-v3"
"""The encoder inside the package."""
MIN_CONFIDENCE = 0.5
"""Least confidence of a unit that is written."""


class ExportFormat(StrEnum):
    """The file formats; each value is also the suffix."""

    TMX = "tmx"
    TSV = "tsv"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class AlignOptions:
    """How pages are to be aligned.

    :raises UsageError: when the confidence lies outside 0..1.
    """

    min_confidence: float = MIN_CONFIDENCE
    """Units below it are left out; 0..1."""
    split_lines: bool = False
    """Whether files hold one sentence a line already; for two files only."""
    keep_all: bool = False
    """Whether all text of a page counts as the release, but for certain boilerplate; two files always do."""
    assume_parallel: bool = False
    """Whether the two languages are taken as translations of each other whatever the alignment says."""

    def __post_init__(self) -> None:
        if not 0.0 <= self.min_confidence <= 1.0:
            raise UsageError(f"the least confidence is {self.min_confidence}; it must lie between 0 and 1")
