"""What the command line was given to align: pages and folders, or one release in two files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from aligner.api import Aligner, guard_page, list_inputs
from aligner.cli.console import show_progress
from aligner.errors import UsageError
from aligner.records import PageResult

_STDIN = "-"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Either `pages`, or `en` and `zh`.

    :raises UsageError: for any other combination.
    """

    pages: Sequence[str] = ()
    """Pages that hold both languages, and folders of them."""
    en: str | None = None
    zh: str | None = None
    split_lines: bool = False
    """Whether the two files hold one sentence a line."""

    def __post_init__(self) -> None:
        if (self.en is None) != (self.zh is None):
            given, missing = ("--en", "--zh") if self.zh is None else ("--zh", "--en")
            raise UsageError(f"{given} needs {missing}: give both files of the release")
        if self.en is not None and self.pages:
            raise UsageError(f"--en and --zh are one release, and {self.pages[0]} is another; run them one by one")
        if self.en is None and not self.pages:
            raise UsageError("nothing to align: give pages or folders, or two files with --en and --zh")
        if self.split_lines and self.en is None:
            raise UsageError(
                "--split-lines needs --en and --zh: a page in both languages has no sentences to pair by line"
            )
        if [*self.pages, self.en, self.zh].count(_STDIN) > 1:
            raise UsageError("standard input (-) can be read only once")

    @property
    def are_many(self) -> bool:
        """Whether more than one page may come."""
        return len(self.pages) > 1 or any(Path(page).is_dir() for page in self.pages)

    def check_output(self, output: str) -> None:
        """Refuse an output that is one of the inputs, by whatever name or link.

        :raises UsageError: when writing would destroy a page.
        """
        if output == _STDIN or not Path(output).exists():
            return
        given = [path for path in (self.en, self.zh) if path]
        paths = [*given, *(str(path) for path in list_inputs(self.pages)[0])]
        for path in paths:
            if path != _STDIN and Path(path).exists() and Path(path).samefile(output):
                raise UsageError(f"{output} is an input ({path}): name another file to write")


def align_inputs(inputs: Inputs, aligner: Aligner, quiet: bool) -> Iterator[PageResult]:
    """A result for each page, one at a time, with a bar on stderr unless `quiet`."""
    if inputs.en is not None and inputs.zh is not None:
        origin = f"{inputs.en} + {inputs.zh}"
        yield guard_page(origin, partial(aligner.align_files, inputs.en, inputs.zh))
        return
    paths, unread = list_inputs(inputs.pages)
    results = chain(unread, aligner.align_many(paths))
    yield from show_progress(results, len(unread) + len(paths), "aligning", quiet)
