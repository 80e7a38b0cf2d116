"""PDF files with a text layer by reportlab: running header, page numbers, paragraphs that cross a page break."""

import io
from html import escape
from typing import Any

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate

from aligner.training.source import Source
from corpora.lines import Line, creation_time, has_chinese, template_lines

# Fonts that every PDF reader brings along, so that none is embedded. MSung-Light is wired to the wrong encoding in
# reportlab's own table (`UniGB-UCS2-H`), hence STSong-Light, which holds traditional characters too.
_ZH_FONT, _EN_FONT = "STSong-Light", "Times-Roman"
# Style of our lines: size, leading, space before (all in points), centred.
_LOOK = {
    "letterhead": (15, 20, 0, True),
    "small": (9, 13, 2, True),
    "title": (17, 24, 12, False),
    "heading": (13, 18, 12, False),
    "body": (11.5, 18, 8, False),
    "centre": (11.5, 18, 8, True),
    "contact": (10, 14, 14, False),
}


def render(source: Source) -> bytes:
    """The file.

    Keys of `[page]`: `template`, `author`, `created`, and perhaps `header` and `page_number` of each page, in which
    `{page}` and `{pages}` are filled.
    """
    pdfmetrics.registerFont(UnicodeCIDFont(_ZH_FONT))
    pages = _build(source, page_count=0)[1]
    return _build(source, page_count=pages)[0]


def text_of(data: bytes) -> str:
    """All text of the file: what to compare where another reportlab writes other bytes."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def _build(source: Source, page_count: int) -> tuple[bytes, int]:
    """The file and its number of pages, which the second run prints at the foot of each."""
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=2.6 * cm,
        rightMargin=2.6 * cm,
        topMargin=2.8 * cm,
        bottomMargin=2.4 * cm,
        title=source.metadata["title"],
        author=source.page["author"],
        invariant=1,
    )

    def frame(canvas: Canvas, _document: Any) -> None:
        canvas.setDateFormatter(lambda *_now: creation_time(source).strftime("D:%Y%m%d%H%M%S+08'00'"))
        _print_frame(canvas, source.page, page_count)

    flowables = [_flowable(line) for line in template_lines(source)]
    document.build(flowables, onFirstPage=frame, onLaterPages=frame)
    return buffer.getvalue(), document.page


def _flowable(line: Line) -> Flowable:
    if line.style == "break":
        return PageBreak()
    size, leading, before, centred = _LOOK[line.style]
    chinese = has_chinese(line.text)
    style = ParagraphStyle(
        line.style,
        fontName=_ZH_FONT if chinese else _EN_FONT,
        fontSize=size,
        leading=leading,
        spaceBefore=before,
        allowWidows=1,
        allowOrphans=1,
    )
    if centred:
        style.alignment = TA_CENTER
    if chinese:
        style.wordWrap = "CJK"
    return Paragraph(escape(line.text, quote=False), style)


def _print_frame(canvas: Canvas, page: dict[str, Any], page_count: int) -> None:
    """Running header and page number; the release itself is printed by reportlab's layout engine."""
    width, height = A4
    canvas.setFont(_ZH_FONT, 8.5)
    canvas.drawString(2.6 * cm, height - 1.6 * cm, page.get("header", ""))
    number = page.get("page_number", "").format(page=canvas.getPageNumber(), pages=page_count)
    canvas.drawCentredString(width / 2, 1.3 * cm, number)
