"""PDF: paragraphs out of lines, columns in order, and files that cannot be read."""

import io
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from aligner.errors import IngestError
from aligner.ingest import pdf, pdf_characters, read_bytes
from aligner.ingest.hyphens import Vocabulary
from aligner.ingest.pdf_layout import Line
from aligner.ingest.pdf_paragraphs import join_paragraph
from aligner.records import BlockKind

EN = (
    "Cedar Quay Logistics said on Monday that it will open a second cold-chain hub beside the river port, adding 1,200 "
    "jobs over three years. The hub will serve twelve cities and cut delivery times by a third, the company said. "
)
ZH = (
    "雪松码头物流周一宣布,将在内河港旁开设第二个冷链枢纽,三年内新增1200个岗位。该枢纽将服务十二座城市,"
    "并与现有的仓库相连,形成覆盖整个流域的配送网络。"
).replace(",", "\uff0c")
WIDTH, HEIGHT = A4
EN_PARAGRAPHS = [f"Item {number} begins here. " + (EN * (1 + number % 3)).strip() for number in range(8)]
ZH_PARAGRAPHS = [f"第{number}项由此开始。" + ZH * (1 + number % 3) for number in range(8)]


def release(columns: int = 1, indent: float = 0.0, gap: float = 6.0, alignment: int = 0) -> bytes:
    """Two to four pages, English then Chinese, with a running header and page numbers."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    shared: dict[str, Any] = {"fontSize": 10, "spaceAfter": gap, "firstLineIndent": indent, "alignment": alignment}
    english = ParagraphStyle("en", fontName="Helvetica", leading=13, **shared)
    chinese = ParagraphStyle("zh", fontName="STSong-Light", leading=15, wordWrap="CJK", **shared)
    frames = [Frame(60, 60, WIDTH - 120, HEIGHT - 140)]
    if columns == 2:
        frames = [Frame(50, 60, 235, HEIGHT - 140), Frame(WIDTH - 285, 60, 235, HEIGHT - 140)]

    def decorate(canvas: Canvas, _document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(50, HEIGHT - 30, "Cedar Quay Press Office")
        canvas.drawCentredString(WIDTH / 2, 25, f"- {canvas.getPageNumber()} -")

    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=A4, title="Hub opens", author="Press Office")
    document.addPageTemplates([PageTemplate(frames=frames, onPage=decorate)])
    document.build(
        [Paragraph(text, english) for text in EN_PARAGRAPHS] + [Paragraph(text, chinese) for text in ZH_PARAGRAPHS]
    )
    return buffer.getvalue()


@pytest.mark.parametrize(
    "layout",
    [
        {},
        {"indent": 20.0, "gap": 0.0},  # paragraphs told by their indent alone
        {"alignment": 4},  # justified
        {"columns": 2},
        {"columns": 2, "indent": 20.0, "gap": 0.0, "alignment": 4},
    ],
    ids=["gaps", "indents", "justified", "columns", "columns with indents"],
)
def test_paragraphs_are_whole_and_in_order(layout: dict[str, Any]) -> None:
    page = read_bytes(release(**layout), "release.pdf")
    assert [block.text for block in page.blocks if not block.tags] == EN_PARAGRAPHS + ZH_PARAGRAPHS
    assert all(page.text[block.start : block.end] == block.text for block in page.blocks)


def test_running_lines_are_set_apart() -> None:
    page = read_bytes(release(), "release.pdf")
    assert [(block.text, block.tags) for block in page.blocks if block.tags] == [
        ("Cedar Quay Press Office", ("header",)),
        ("- 1 -", ("footer",)),
    ]
    declared = dict(page.declared)
    assert (declared["title"], declared["author"]) == ("Hub opens", "Press Office")
    assert declared["date"][:2] == "20"


def drawn(draw: Callable[[Canvas], None], **options: Any) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **options)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_title_in_two_lines_is_one_heading() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 20)
        canvas.drawCentredString(WIDTH / 2, 700, "Cedar Quay opens a second hub for frozen")
        canvas.drawCentredString(WIDTH / 2, 675, "goods beside the river port")
        canvas.setFont("Helvetica", 10)
        for row in range(6):
            canvas.drawString(
                60,
                620 - 13 * row,
                "The hub will serve twelve cities and will cut the time of delivery by a third in spring",
            )

    blocks = read_bytes(drawn(draw), "a.pdf").blocks
    assert (blocks[0].kind, blocks[0].text) == (
        BlockKind.HEADING,
        "Cedar Quay opens a second hub for frozen goods beside the river port",
    )
    assert blocks[1].kind is BlockKind.PARAGRAPH


def test_text_across_the_page_is_a_watermark_and_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "The hub will open in March.")
        canvas.rotate(45)
        canvas.drawString(400, 100, "DRAFT COPY")

    assert read_bytes(drawn(draw), "a.pdf").text == "The hub will open in March."


@pytest.mark.parametrize(
    ("first", "second", "vocabulary", "expected"),
    [
        ("of inter-", "national trade", [], "of international trade"),
        ("a well-", "known firm", ["well-known"], "a well-known firm"),  # written so elsewhere
        ("a well-", "known firm", [], "a well-known firm"),  # two words of the dictionary, and no one word
        ("a build-", "ing site", [], "a building site"),
        ("state-of-the-", "art plant", [], "state-of-the-art plant"),
        ("in Hong-", "Kong", [], "in Hong-Kong"),  # a capital letter: a name
        ("co-", "operation", ["cooperation", "co-operation"], "co-operation"),
    ],
)
def test_hyphens_at_line_ends(first: str, second: str, vocabulary: list[str], expected: str) -> None:
    lines = [Line(text, 0, 100, 10 * row, 10 * row + 9, 9, 0, 0, 100) for row, text in enumerate((first, second))]
    assert join_paragraph(lines, Vocabulary(vocabulary)) == expected


def one_line(**options: Any) -> bytes:
    return drawn(lambda canvas: canvas.drawString(60, 700, "The hub will open in March."), **options)


def with_double_bomb() -> bytes:
    packed = zlib.compress(zlib.compress(bytes(65 * 1024 * 1024), 9), 9)
    head = b"99 0 obj <</Length %d /Filter [/FlateDecode /FlateDecode]>>\nstream\n" % len(packed)
    return one_line().replace(b"\nxref\n", b"\n" + head + packed + b"\nendstream endobj\nxref\n")


def with_bomb() -> bytes:
    compressor = zlib.compressobj(9)
    packed = b"".join(compressor.compress(bytes(1024 * 1024)) for _ in range(65)) + compressor.flush()
    head = b"99 0 obj <</Length %d /Filter /FlateDecode>>\nstream\n" % len(packed)
    return one_line().replace(b"\nxref\n", b"\n" + head + packed + b"\nendstream endobj\nxref\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: one_line(encrypt=StandardEncryption("secret", canPrint=0)), "is encrypted"),
        (lambda: release()[:4000], "truncated"),
        (lambda: b"%PDF-1.4\n%%EOF\n", "damaged"),
        (lambda: drawn(lambda canvas: canvas.rect(100, 100, 200, 200, fill=1)), "no text layer"),
        (with_bomb, "inflates beyond"),
        (with_double_bomb, "inflates beyond"),
    ],
    ids=["encrypted", "truncated", "hollow", "no text layer", "stream bomb", "stream bomb, deflated twice"],
)
def test_bad_files_are_refused_each_with_its_message(make: Callable[[], bytes], message: str) -> None:
    with pytest.raises(IngestError, match=message) as caught:
        read_bytes(make(), "a.pdf")
    assert str(caught.value).startswith("a.pdf")


def test_restricted_but_readable_file_is_read() -> None:
    # An owner's password only: every viewer opens it.
    data = one_line(encrypt=StandardEncryption("", ownerPassword="owner", canPrint=0))
    assert read_bytes(data, "a.pdf").text == "The hub will open in March."


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    with pytest.raises(IngestError, match="more than 1 pages"):
        read_bytes(release(), "a.pdf")


def test_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_SECONDS", -1.0)
    with pytest.raises(IngestError, match="page 1: reading took too long"):
        read_bytes(one_line(), "a.pdf")


def test_page_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_characters, "MAX_PAGE_SECONDS", -1.0)
    with pytest.raises(IngestError, match="page 1, is no page of text: more than"):
        read_bytes(one_line(), "a.pdf")


def test_page_of_too_many_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_characters, "MAX_PAGE_CHARACTERS", 10)
    with pytest.raises(IngestError, match="characters on one page"):
        read_bytes(one_line(), "a.pdf")


def test_radicals_and_missing_characters() -> None:
    assert [pdf_characters._character(code) for code in (0x2F64, 0x2ECB, 0, 0x02)] == ["用", "车", "\ufffd", "-"]
