"""Every page of the corpora: all gold sentences are kept, and nothing else is."""

import json
from pathlib import Path

import pytest

from aligner.api import Aligner
from aligner.records import Language, PageResult
from aligner.text.characters import language_of

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
EXTRA = {"012-xiling-railway": 2}
"""Two files count as the release but for certain boilerplate: a letterhead and an address are kept there."""
PAGES = sorted(page for page in (CORPORA / "pages").iterdir())


ALIGNER = Aligner()


def align(name: str) -> PageResult:
    paths = [path for path in PAGES if path.name.split(".")[0] == name]
    return ALIGNER.align_files(*paths) if len(paths) == 2 else ALIGNER.align_page(paths[0])


def kept_texts(result: PageResult, language: Language) -> list[str]:
    """What counts as text of the release, in the order of the pages."""
    readings = [result.readings[list(Language).index(language)]] if len(result.readings) == 2 else result.readings
    return [
        reading.page.text[start:end]
        for reading in readings
        for report in reading.reports
        for start, end in report.kept
        if language_of(reading.page.text[start:end]) is language
    ]


def squeeze(text: str) -> str:
    return "".join(text.split())


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted({path.name.split(".")[0] for path in PAGES}))
def test_kept_text_is_the_gold_text(name: str) -> None:
    result = align(name)
    gold_file = CORPORA / "gold" / f"{name}.gold.jsonl"
    beads = [json.loads(line) for line in gold_file.read_text(encoding="utf-8").splitlines()]
    if not beads:
        assert result.units == ()
        return
    for language in Language:
        rest = "\n".join(squeeze(text) for text in kept_texts(result, language))
        for sentence in (sentence for bead in beads for sentence in bead[language]):
            assert squeeze(sentence) in rest, "a gold sentence was not kept"
            rest = rest.replace(squeeze(sentence), "", 1)
        assert len(rest.split()) <= EXTRA.get(name, 0), f"text was kept that is not gold: {rest}"
