"""Slots such as `{{body.en}}` in the templates of text and HTML pages."""

import re
from collections.abc import Callable, Iterator

from aligner.training.source import NO_COUNTERPART, Paragraph, Release, Source, SourceError, join

_SLOT = re.compile(r"\{\{([a-z.]+)(\d*)\}\}")
Slot = Callable[[Release], str]


def slots(block: Callable[[str, int], str], inline: Callable[[str], str], gap: str) -> dict[str, Slot]:
    """The slots that text and HTML have in common.

    `block` prints a paragraph from its text and its heading level (0 for text), `inline` the text of a headline;
    `gap` parts the blocks.
    """

    def body(language: str) -> Slot:
        return lambda release: gap.join(block(join(one, language), one.heading) for one in release.body(language))

    def pairs(release: Release) -> Iterator[str]:
        for pair in release.paired_body():
            for paragraph, language in zip(pair, ("en", "zh"), strict=True):
                if paragraph:
                    yield block(join(paragraph, language), paragraph.heading)

    def mixed(release: Release) -> Iterator[str]:
        for en, zh in release.paired_body():
            yield block(" ".join(interleave(en, zh)), en.heading if en else 0)

    return {
        "title.en": lambda release: inline(release.title("en")),
        "title.zh": lambda release: inline(release.title("zh")),
        "body.en": body("en"),
        "body.zh": body("zh"),
        "pairs": lambda release: gap.join(pairs(release)),
        "mixed": lambda release: gap.join(mixed(release)),
    }


def fill(source: Source, filling: dict[str, Slot]) -> str:
    """The template of `source` with every slot filled from its release (`{{body.en2}}`: the second).

    :raises SourceError: if a slot has no such name or release.
    """

    def content(match: re.Match[str]) -> str:
        number = int(match[2] or 1)
        if match[1] not in filling or number > len(source.releases):
            raise SourceError(f"{source.name}: cannot fill {match[0]}; there are {', '.join(filling)}")
        return filling[match[1]](source.releases[number - 1])

    return _SLOT.sub(content, source.page["template"].replace("&nbsp;", "\u00a0"))


def interleave(en: Paragraph | None, zh: Paragraph | None) -> list[str]:
    """Sentences of two paragraphs bead by bead: each English part, then its Chinese, as printed."""
    english = list(en.sentences) if en else []
    chinese = list(zh.sentences) if zh else []
    printed: list[str] = []
    for position, sentence in enumerate(english):
        printed.append(sentence.printed)
        same_label_follows = any(other.label == sentence.label for other in english[position + 1 :])
        if sentence.label == NO_COUNTERPART or same_label_follows:
            continue
        while chinese and chinese[0].label in (sentence.label, NO_COUNTERPART):
            printed.append(chinese.pop(0).printed)
    return printed + [sentence.printed for sentence in chinese]
