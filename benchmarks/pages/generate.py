"""Pages by template and seed: the same bytes whenever they are made."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.pages import html_sites, office_sites, text_sites
from benchmarks.pages.content import Content, GoldUnit, make_content, make_decoy

TEMPLATES = {**html_sites.SITES, **text_sites.SITES, **office_sites.SITES}
FITTED = tuple(sorted(TEMPLATES))[::2]
"""Templates that priors and thresholds may be fitted on."""
HELD_OUT = tuple(sorted(TEMPLATES))[1::2]
"""Templates that figures are given for."""
_DECOY_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """One page and the units that its memory should hold."""

    name: str
    """With the suffix of its format."""
    template: str
    data: bytes
    gold: tuple[GoldUnit, ...]
    decoy: bool


def generate_pages(count: int, templates: tuple[str, ...], seed: int) -> Iterator[GeneratedPage]:
    """`count` pages, the templates in turn; one in five is a decoy, on which nothing is to be aligned."""
    for number in range(count):
        template = templates[number % len(templates)]
        chosen = random.Random(f"{seed} {number} {template}")  # noqa: S311  # a sample, no secret
        decoy = chosen.random() < _DECOY_SHARE
        content = make_decoy(chosen) if decoy else make_content(chosen)
        yield _print_page(number, template, content, decoy)


def _print_page(number: int, template: str, content: Content, decoy: bool) -> GeneratedPage:
    suffix = template.split("-", maxsplit=1)[0]
    name = f"{number:04}-{template}.{suffix}"
    return GeneratedPage(name, template, TEMPLATES[template](content), content.gold, decoy)
