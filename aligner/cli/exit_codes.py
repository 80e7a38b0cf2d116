"""What the process ends with. 130, 143 and 129 stand for Ctrl-C, SIGTERM and SIGHUP, as in the shell."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aligner.summary import Summary

DONE = 0
"""Units were written and no page failed."""
FAILED_PAGES = 1
"""Some page, or every page, failed; the units of the others are written."""
USAGE = 2
"""Nothing was written because the run as a whole could not be done as asked: wrong options, a model that cannot be
loaded, an output that exists already or cannot be written, a full disk."""
NOTHING = 3
"""No page failed, and none had anything to align."""


def exit_code_of(summary: "Summary") -> int:
    """The code for a run that went through."""
    if summary.failed:
        return FAILED_PAGES
    return DONE if summary.units else NOTHING
