"""Word files by python-docx, with nothing in them that depends on when or where they are made."""

import io
import zipfile
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from aligner.training.source import Source
from corpora.lines import Line, creation_time, has_chinese, template_lines

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip entry can carry
_FONTS = {"zh-CN": "SimSun", "zh-HK": "PMingLiU", "zh-TW": "PMingLiU"}
# Style of our lines: name in python-docx's default template, alignment, size in points, shade of grey.
_LOOK = {
    "letterhead": ("Normal", WD_ALIGN_PARAGRAPH.CENTER, 15, 0x22),
    "small": ("Normal", WD_ALIGN_PARAGRAPH.CENTER, 9, 0x66),
    "title": ("Title", WD_ALIGN_PARAGRAPH.LEFT, 18, 0x00),
    "heading": ("Heading 2", WD_ALIGN_PARAGRAPH.LEFT, 13, 0x22),
    "body": ("Normal", WD_ALIGN_PARAGRAPH.JUSTIFY, 11, 0x00),
    "centre": ("Normal", WD_ALIGN_PARAGRAPH.CENTER, 11, 0x00),
    "contact": ("Normal", WD_ALIGN_PARAGRAPH.LEFT, 10, 0x33),
}


def render(source: Source) -> bytes:
    """The file. Keys of `[page]`: `template`, `author`, `created`, and perhaps `header` and `footer` of each page."""
    document = Document()
    _set_properties(document, source)
    for style, lines in groupby(template_lines(source), key=lambda line: line.style):
        if style == "row":
            _add_table(document, list(lines), source)
        else:
            for line in lines:
                _add_line(document, line, source)
    buffer = io.BytesIO()
    document.save(buffer)
    return _with_fixed_times(buffer.getvalue())


def text_of(data: bytes) -> str:
    """All text of the file, a paragraph or cell a line: what to compare where another python-docx packs otherwise."""
    document = Document(io.BytesIO(data))
    section = document.sections[0]
    texts = [paragraph.text for part in (section.header, section.footer) for paragraph in part.paragraphs]
    for block in document.iter_inner_content():
        texts += [cell.text for row in block.rows for cell in row.cells] if hasattr(block, "rows") else [block.text]
    return "\n".join(texts)


def _set_properties(document: Any, source: Source) -> None:
    properties = document.core_properties
    properties.author = properties.last_modified_by = source.page["author"]
    properties.title = source.metadata["title"]
    properties.comments = ""
    properties.created = properties.modified = creation_time(source)
    properties.revision = 1
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    defaults.set(qn("w:eastAsia"), source.zh_lang)
    for part, text in (
        (document.sections[0].header, source.page.get("header")),
        (document.sections[0].footer, source.page.get("footer")),
    ):
        if text:
            _print(part.paragraphs[0], Line("small", text), source)


def _add_line(document: Any, line: Line, source: Source) -> None:
    if line.style == "break":
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    else:
        _print(document.add_paragraph(style=_LOOK[line.style][0]), line, source)


def _add_table(document: Any, rows: Iterable[Line], source: Source) -> None:
    """English in the left column, Chinese in the right one."""
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, (row.text, row.zh_text), strict=True):
            _print(cell.paragraphs[0], Line("body", text), source)


def _print(paragraph: Any, line: Line, source: Source) -> None:
    _, alignment, size, grey = _LOOK[line.style]
    paragraph.alignment = alignment
    run = paragraph.add_run(line.text)
    run.font.size = Pt(size)
    run.font.color.rgb = RGBColor(grey, grey, grey)
    if has_chinese(line.text):
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONTS[source.zh_lang])  # noqa: SLF001  # python-docx has no public way to set the East Asian font


def _with_fixed_times(data: bytes) -> bytes:
    """The same zip archive with one date on all entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return buffer.getvalue()
