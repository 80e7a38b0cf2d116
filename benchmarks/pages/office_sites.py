"""Word files by python-docx and PDF files by reportlab."""

import io
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from docx import Document
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, FrameBreak, NextPageTemplate, PageTemplate, Paragraph
from reportlab.platypus.frames import Frame
from reportlab.platypus.tables import Table

from benchmarks.pages.content import Content, Kind, Line

_SIZES = {Kind.TITLE: 16, Kind.HEADING: 12.5}
_ZH_FONT = "STSong-Light"


def docx_plain(page: Content) -> bytes:
    """A letterhead, both languages one after the other, a running foot."""
    document = Document()
    document.sections[0].footer.paragraphs[0].text = "Harbour Press 海港通讯社"
    document.add_paragraph("HARBOUR PRESS OFFICE")
    _add(document, page.en)
    _add(document, page.zh)
    return _save(document)


def docx_table(page: Content) -> bytes:
    """A table with a row for each pair of paragraphs; where the order differs, text."""
    document = Document()
    if not page.rows:
        _add(document, [*page.en, *page.zh])
        return _save(document)
    table = document.add_table(rows=0, cols=2)
    for row in page.rows:
        for cell, line in zip(table.add_row().cells, row, strict=True):
            cell.text = line.text if line else ""
    return _save(document)


def docx_alternating(page: Content) -> bytes:
    """Paragraphs in turn, lists as list paragraphs."""
    document = Document()
    _add(document, [line for row in page.rows for line in row if line] or [*page.en, *page.zh])
    return _save(document)


def pdf_one_column(page: Content) -> bytes:
    """One column with a running head and page numbers."""
    return _pdf([[*page.en], [*page.zh]], columns=1)


def pdf_two_columns(page: Content) -> bytes:
    """Two columns of text on each page."""
    return _pdf([[*page.en], [*page.zh]], columns=2)


def pdf_three_columns(page: Content) -> bytes:
    """Three narrow columns of text on each page, Chinese first."""
    return _pdf([[*page.zh], [*page.en]], columns=3)


def pdf_sidebar(page: Content) -> bytes:
    """A contact block beside the text of every page."""
    return _pdf([[*page.en], [*page.zh]], columns=1, sidebar=True)


def pdf_clauses(page: Content) -> bytes:
    """Numbered clauses with hanging indents."""
    return _pdf([[*page.en], [*page.zh]], columns=1, hanging=True)


def pdf_table(page: Content) -> bytes:
    """A ruled table of two columns; where the order differs, one column of text."""
    if not page.rows:
        return _pdf([[*page.en], [*page.zh]], columns=1)
    cells = [[_paragraph(line, 11) if line else "" for line in row] for row in page.rows]
    table = Table(
        cells,
        colWidths=[8 * cm, 8 * cm],
        style=[("GRID", (0, 0), (-1, -1), 0.5, "grey"), ("VALIGN", (0, 0), (-1, -1), "TOP")],
    )
    return _build([table], 1, sidebar=False)


SITES: dict[str, Callable[[Content], bytes]] = {
    "docx-plain": docx_plain,
    "docx-table": docx_table,
    "docx-alternating": docx_alternating,
    "pdf-one-column": pdf_one_column,
    "pdf-two-columns": pdf_two_columns,
    "pdf-three-columns": pdf_three_columns,
    "pdf-sidebar": pdf_sidebar,
    "pdf-clauses": pdf_clauses,
    "pdf-table": pdf_table,
}


def _add(document: Any, lines: Sequence[Line]) -> None:
    for line in lines:
        style = {Kind.TITLE: "Title", Kind.HEADING: "Heading 2", Kind.PARAGRAPH: "Normal", Kind.NOTE: "Normal"}
        document.add_paragraph(line.text, style=style.get(line.kind, "List Bullet"))


def _save(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _pdf(parts: Sequence[Sequence[Line]], columns: int, sidebar: bool = False, hanging: bool = False) -> bytes:
    flowables: list[Any] = []
    for part in parts:
        number = 0
        for line in part:
            number += hanging and line.kind is Kind.PARAGRAPH
            bullet = f"{number}." if hanging and line.kind is Kind.PARAGRAPH else None
            flowables.append(_paragraph(line, 10 if columns > 1 else 11, bullet))
        flowables.append(FrameBreak())
    return _build(flowables, columns, sidebar)


def _build(flowables: list[Any], columns: int, sidebar: bool) -> bytes:
    buffer = io.BytesIO()
    width, height = A4
    left, gap = 2 * cm, 0.7 * cm
    room = width - 4 * cm - (5 * cm if sidebar else 0)
    each = (room - gap * (columns - 1)) / columns
    frames = [
        Frame(left + index * (each + gap), 2.2 * cm, each, height - 4.6 * cm, leftPadding=0, rightPadding=0)
        for index in range(columns)
    ]

    def decorate(canvas: Canvas, _document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(left, height - 1.3 * cm, "Harbour Press | Press release")
        canvas.drawCentredString(width / 2, 1.1 * cm, str(canvas.getPageNumber()))
        if sidebar:
            for row, text in enumerate(("Press office", "Tel. 555 0142", "press@harbour.example", "12 Quay Street")):
                canvas.drawString(width - 6.2 * cm, height - (4 + row * 0.6) * cm, text)

    document = BaseDocTemplate(buffer, pagesize=A4, invariant=1)
    document.addPageTemplates([PageTemplate("page", frames, onPage=decorate)])
    document.build([NextPageTemplate("page"), *flowables])
    return buffer.getvalue()


def _paragraph(line: Line, size: float, bullet: str | None = None) -> Paragraph:
    chinese = any("\u4e00" <= character <= "\u9fff" for character in line.text)
    if chinese and _ZH_FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(_ZH_FONT))
    points = _SIZES.get(line.kind, size)
    style = ParagraphStyle(
        line.kind,
        fontName=_ZH_FONT if chinese else "Times-Roman",
        fontSize=points,
        leading=points * 1.5,
        spaceBefore=points * 0.7,
        leftIndent=18 if bullet else 0,
        bulletIndent=0,
        wordWrap="CJK" if chinese else None,
    )
    return Paragraph(escape(line.text, quote=False), style, bulletText=bullet)
