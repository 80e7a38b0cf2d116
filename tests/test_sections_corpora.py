"""Every page of the corpora: all gold sentences are kept, and nothing else is."""

import json
from pathlib import Path

import pytest

from aligner.ingest import read_page
from aligner.records import Language, Section
from aligner.sections import section_of_one_file, split_sections

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
PAGES = sorted(page for page in (CORPORA / "pages").iterdir())


def sections_of(path: Path) -> list[Section]:
    page = read_page(str(path))
    for language in Language:
        if f".{language}." in path.name:
            return [section_of_one_file(page, language)[0]]
    return [section for pair in split_sections(page).pairs for section in (pair.en, pair.zh)]


def squeeze(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_kept_text_is_the_gold_text(path: Path) -> None:
    sections = sections_of(path)
    gold_file = CORPORA / "gold" / f"{path.name.split('.')[0]}.gold.jsonl"
    beads = [json.loads(line) for line in gold_file.read_text(encoding="utf-8").splitlines()]
    for language in {section.language for section in sections} or set(Language):
        rest = "\n".join(
            squeeze(passage.text)
            for section in sections
            if section.language is language
            for passage in section.passages
        )
        for sentence in (sentence for bead in beads for sentence in bead[language]):
            assert squeeze(sentence) in rest, "a gold sentence was not kept"
            rest = rest.replace(squeeze(sentence), "", 1)
        assert rest.split() == [], "text was kept that is not gold"
