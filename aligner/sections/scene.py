"""The lines of a page, and what has been decided about them so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aligner.records import Verdict
from aligner.sections.lines import Line
from aligner.sections.metadata import Credit
from aligner.text.characters import normalise_space


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a line was taken as, and a short clause that says why."""

    verdict: Verdict
    reason: str


class Scene:
    """The lines of a page, what each shows by itself, and the judgements so far; positions index `lines`."""

    def __init__(
        self,
        lines: Sequence[Line],
        furniture: Mapping[int, str],
        credit_lines: Mapping[int, Credit],
        cells: frozenset[int],
        declared_title: str,
    ) -> None:
        self.lines = lines
        self.furniture = furniture
        self.credit_lines = credit_lines
        self.cells = cells
        self.declared_title = normalise_space(declared_title).lower()
        self.judgements: dict[int, Judgement] = {}
        self.rejected: set[int] = set()
        """Sentences of clusters that are not the article."""

    def is_open(self, position: int) -> bool:
        """Whether the line may still become article text."""
        return position not in self.judgements

    def is_credit(self, position: int) -> bool:
        """Whether the line is a credit wherever it stands."""
        credit = self.credit_lines.get(position)
        return credit is not None and not credit.at_edges_only

    def judge(self, position: int, verdict: Verdict, reason: str) -> None:
        """Decide about a line, unless that has been done."""
        self.judgements.setdefault(position, Judgement(verdict, reason))
