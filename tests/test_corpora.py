"""The sample releases agree with themselves: page, gold, evaluation files and README tell the same."""

import json
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aligner.text.characters import count_han
from aligner.training.source import Source, SourceError, load
from corpora import build

if TYPE_CHECKING:
    from pdfplumber.page import Page

SOURCES = build.load_all()
BILINGUAL = [source for source in SOURCES if not source.decoy]
DECOYS = [source for source in SOURCES if source.decoy]
CORPORA = build.FOLDER
TRAINING = [load(path) for path in sorted((CORPORA / "training").glob("*/*.toml"))]


def name(source: Source) -> str:
    return source.name


def page_paths(source: Source) -> list[Path]:
    return [CORPORA / "pages" / file for file in source.files()]


def page_text(path: Path) -> str:
    """What a plain reader of the format sees; none of the aligner's own readers, which the corpora are to judge."""
    if path.suffix == ".html":
        import lxml.html

        tree = lxml.html.fromstring(path.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))
        return "\n".join(tree.body.itertext())
    if path.suffix == ".docx":
        import docx

        body = docx.Document(str(path)).element.body
        return "".join(node.text or "" for node in body.iter("{*}t"))
    if path.suffix == ".pdf":
        import pdfplumber

        with pdfplumber.open(path) as pdf:
            return "\n".join(without_running_lines(page).extract_text() for page in pdf.pages)
    return path.read_text(encoding="gb18030" if path.name.endswith(".zh.txt") else "utf-8")


def without_running_lines(page: "Page") -> "Page":
    """Without header and page number, which stand inside a sentence that crosses a page break."""
    margin = 60
    return page.crop((0, margin, page.width, page.height - margin))


def whole_text(source: Source) -> str:
    return squeeze("\n".join(page_text(path) for path in page_paths(source)))


def squeeze(text: str) -> str:
    """Without white space, which line ends of a PDF put anywhere; compatibility forms made one."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def gold_units(source: Source) -> list[dict[str, list[str]]]:
    lines = (CORPORA / "gold" / f"{source.name}.gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def eval_lines(source: Source, suffix: str) -> list[str]:
    return (CORPORA / "eval" / f"{source.name.split('-')[0]}.{suffix}").read_text(encoding="utf-8").splitlines()


def test_committed_files_are_what_the_sources_make(capsys: pytest.CaptureFixture[str]):
    assert build.main(["--check"]) == 0, capsys.readouterr().out


def test_no_file_is_left_over_from_a_renamed_source():
    made = {path for source in SOURCES for path, _ in build.files_of(source)}
    committed = {path for folder in ("pages", "gold", "eval") for path in (CORPORA / folder).iterdir()}
    assert committed == made


@pytest.mark.parametrize("source", BILINGUAL, ids=name)
def test_every_gold_sentence_occurs_on_its_page(source: Source):
    page = whole_text(source)
    sentences = [sentence for unit in gold_units(source) for sentence in unit["en"] + unit["zh"]]
    assert sentences
    assert [sentence for sentence in sentences if squeeze(sentence) not in page] == []


@pytest.mark.parametrize("source", BILINGUAL, ids=name)
def test_sentences_stand_on_the_page_in_the_order_of_the_evaluation_files(source: Source):
    page = whole_text(source)
    for language in ("en", "zh"):
        position = 0
        for line in eval_lines(source, language):
            position = page.find(squeeze(line), position)
            assert position >= 0, line
            position += len(squeeze(line))


@pytest.mark.parametrize("source", BILINGUAL, ids=name)
def test_every_line_is_in_exactly_one_bead(source: Source):
    beads = [[json.loads(side) for side in line.split(":")] for line in eval_lines(source, "gold")]
    for side, language in enumerate(("zh", "en")):
        numbers = sorted(number for bead in beads for number in bead[side])
        assert numbers == list(range(len(eval_lines(source, language))))
    assert all(len(zh) + len(en) == 1 for zh, en in beads if not (zh and en)), "one-sided beads hold one line"


@pytest.mark.parametrize("source", BILINGUAL, ids=name)
def test_gold_units_and_evaluation_beads_hold_the_same_sentences(source: Source):
    en, zh = eval_lines(source, "en"), eval_lines(source, "zh")
    beads = [[json.loads(side) for side in line.split(":")] for line in eval_lines(source, "gold")]
    assert gold_units(source) == [{"en": [en[i] for i in e], "zh": [zh[i] for i in z]} for z, e in beads]


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_each_language_is_in_its_own_field(source: Source):
    assert [s.text for s in source.sentences("en") if count_han(s.text)] == []
    assert [s.text for s in source.sentences("zh") if not count_han(s.text)] == []


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_one_sentence_stands_on_one_line(source: Source):
    """Outside quotations, where README lets full stops be."""
    for language, end in (
        ("en", r"(?<!Mr)(?<!Ms)(?<!Dr)(?<!Prof)(?<!Mrs)(?<!Co)(?<!No)[.!?] +[A-Z]"),
        ("zh", "[。！？]."),
    ):
        for sentence in source.sentences(language):
            outside = re.sub('“[^”]*”|「[^」]*」|"[^"]*"|《[^》]*》', "", sentence.text)
            assert not re.search(end, outside), sentence.text


@pytest.mark.parametrize("source", DECOYS, ids=name)
def test_decoys_have_no_gold(source: Source):
    assert gold_units(source) == []
    assert sum(bool(source.sentences(language)) for language in ("en", "zh")) == 1


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_metadata_occurs_on_the_page(source: Source):
    page = whole_text(source)
    told = [source.metadata.get("title", ""), source.metadata.get("source", ""), *source.metadata.get("authors", [])]
    assert [text for text in told if squeeze(text) not in page] == []


def test_together_they_hold_what_the_readme_promises():
    beads = [bead for source in BILINGUAL for bead in source.beads()]
    assert sum(bool(bead.en and bead.zh) for bead in beads) >= 170
    assert {bead.type for bead in beads} >= {"1-0", "0-1", "1-1", "1-2", "2-1", "2-2", "1-3", "3-1"}
    assert sum(any(build.is_crossing(b, s.beads()) for b in s.beads() if b.en and b.zh) for s in BILINGUAL) >= 2
    assert len(DECOYS) == 3


BROKEN = [  # English, Chinese, what the error says, and why it must not pass
    ("1 | One.", "2 | 一。", "one side only", "a label without a partner would be a bead nobody sees"),
    ("One.", "1 | 一。", "is not `label", "a line without label belongs to no bead"),
    ("# t | Title\n\n1 |", "# t | 标题\n\n1 | 一。", "is not `label", "an empty sentence would be an empty line"),
]


@pytest.mark.parametrize(("en", "zh", "message"), [row[:3] for row in BROKEN], ids=[row[3] for row in BROKEN])
def test_a_broken_source_is_refused(tmp_path: Path, en: str, zh: str, message: str):
    path = tmp_path / "900-broken.toml"
    head = 'format = "txt"\nzh_lang = "zh-CN"\nlayout = ""\n'
    path.write_text(f"{head}[[release]]\nen = '''\n{en}\n'''\nzh = '''\n{zh}\n'''\n", encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        load(path)


def test_paragraphs_in_another_order_cannot_be_printed_side_by_side(tmp_path: Path):
    path = tmp_path / "900-crossing.toml"
    head = 'format = "txt"\nzh_lang = "zh-CN"\nlayout = ""\n[page]\ntemplate = "{{pairs}}"\n'
    text = (
        "[[release]]\nen = '''\n# t | T\n\n1 | One.\n\n2 | Two.\n'''\nzh = '''\n# t | 题\n\n2 | 二。\n\n1 | 一。\n'''\n"
    )
    path.write_text(head + text, encoding="utf-8")
    with pytest.raises(SourceError, match="keep the order"):
        build.page_bytes(load(path))


# --- texts to train on ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", TRAINING, ids=name)
def test_training_texts_hold_one_language_on_each_side(source: Source):
    assert not any(count_han(sentence.text) for sentence in source.sentences("en"))
    assert all(count_han(sentence.text) for sentence in source.sentences("zh"))
    assert len(source.beads()) >= 12


@pytest.mark.parametrize("source", TRAINING, ids=name)
def test_sentences_of_a_training_bead_stand_side_by_side(source: Source):
    """But for sentences alone between them: a label that was used twice would join what is far apart."""
    beads = source.beads()
    alone = [
        {line for bead in beads if not (bead.en and bead.zh) for line in getattr(bead, side)} for side in ("en", "zh")
    ]
    for bead in beads:
        for lines, between in zip((bead.en, bead.zh), alone, strict=True):
            assert not lines or set(range(lines[0], lines[-1])) - set(lines) <= between, bead


def test_no_training_sentence_is_in_the_pages():
    """The pages measure what was not learned."""
    pages = {sentence.text for source in SOURCES for side in ("en", "zh") for sentence in source.sentences(side)}
    training = {sentence.text for source in TRAINING for side in ("en", "zh") for sentence in source.sentences(side)}
    short = 20  # headings
    assert {text for text in pages & training if len(text) > short} == set()
    assert len(training) > 5_000


def test_numbers_of_training_texts_are_their_own():
    numbers = [source.name.split("-")[0] for source in [*SOURCES, *TRAINING]]
    assert len(set(numbers)) == len(numbers)
