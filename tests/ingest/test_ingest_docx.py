"""DOCX: the accepted text in document order, and packages that lie."""

import datetime
import io
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.enum.text import WD_BREAK

from aligner.errors import IngestError
from aligner.ingest import docx_package, read_bytes
from aligner.records import BlockKind, Page

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def page_of(data: bytes) -> Page:
    page = read_bytes(data, "page.docx")
    assert page.format == "docx"
    assert all(page.text[block.start : block.end] == block.text for block in page.blocks)
    return page


def with_document(xml: str | bytes) -> bytes:
    """A package whose document part is `xml`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(docx.Document()))) as source, zipfile.ZipFile(buffer, "w", 8) as target:
        for name in source.namelist():
            target.writestr(name, xml if name == "word/document.xml" else source.read(name))
    return buffer.getvalue()


def with_body(xml: str) -> bytes:
    return with_document(f"<w:document {W} {MC}><w:body>{xml}</w:body></w:document>")


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_paragraphs_tables_and_headings_in_order() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "running header"
    document.sections[0].footer.paragraphs[0].text = "running footer"
    document.add_heading("Hub opens", level=1)
    document.add_paragraph("First paragraph")
    table = document.add_table(rows=3, cols=2)
    for row, (left, right) in enumerate([("Hello", "你好"), ("Merged", ""), ("Bye", "再见")]):
        table.cell(row, 0).text = left
        table.cell(row, 1).text = right
    table.cell(1, 0).merge(table.cell(1, 1))
    document.add_paragraph("an item", style="List Bullet")
    paragraph = document.add_paragraph("line one")
    paragraph.add_run().add_break(WD_BREAK.LINE)
    paragraph.add_run("line\ttwo\u00a0end")
    blocks = page_of(saved(document)).blocks
    assert [(block.kind.value, block.text, block.table, block.row, block.column) for block in blocks] == [
        ("heading", "Hub opens", None, None, None),
        ("paragraph", "First paragraph", None, None, None),
        ("cell", "Hello", 0, 0, 0),
        ("cell", "你好", 0, 0, 1),
        ("cell", "Merged", 0, 1, 0),
        ("cell", "Bye", 0, 2, 0),
        ("cell", "再见", 0, 2, 1),
        ("list-item", "an item", None, None, None),
        ("paragraph", "line one", None, None, None),
        ("paragraph", "line\ttwo\u00a0end", None, None, None),
    ]


def test_cells_merged_downwards_come_once() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Both rows"
    table.cell(0, 1).text, table.cell(1, 1).text = "甲", "乙"
    assert [(block.text, block.row, block.column) for block in page_of(saved(document)).blocks] == [
        ("Both rows", 0, 0), ("甲", 0, 1), ("乙", 1, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<w:p>{run('kept ')}<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins>{run('new')}</w:ins></w:p>",
         ["kept new"]),  # tracked changes, as accepted
        (f"<w:p><w:moveFrom>{run('gone')}</w:moveFrom><w:moveTo>{run('here')}</w:moveTo></w:p>", ["here"]),
        (f"<w:p>{run('a')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>{run('b')}</w:p>", ["ab"]),
        (f"<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>{run('b')}</w:p>", ["b"]),  # field code
        (f"<w:p><w:hyperlink>{run('link')}</w:hyperlink></w:p>", ["link"]),
        (f"<w:sdt><w:sdtContent><w:p>{run('control')}</w:p></w:sdtContent></w:sdt>", ["control"]),
        (f"<w:p>{run('a')}<w:r><w:br/></w:r><w:r><w:br/></w:r>{run('b')}</w:p>", ["a", "b"]),
        ("<w:p><w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>known</w:t></w:r></w:p>", ["well-known"]),
        # A text box in two versions, for new and old programs: one of them, after its paragraph.
        (f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent><w:p>{run('box')}</w:p>"
         f"</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p>{run('box')}</w:p>"
         f"</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>{run('text')}</w:p>", ["text", "box"]),
        (f"<w:tbl><w:tr><w:tc><w:p>{run('framed')}</w:p></w:tc></w:tr></w:tbl>", ["framed"]),
        (f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{run('x')}</w:p></w:tc></w:tr></w:tbl><w:p>{run('y')}</w:p>",
         ["y"]),
    ],
)  # fmt: skip
def test_text_as_accepted(body: str, expected: list[str]) -> None:
    page = page_of(with_body(body))
    assert [block.text for block in page.blocks] == expected
    assert all(block.table is None for block in page.blocks)


def test_hyperlinks_count_as_links() -> None:
    assert (
        page_of(with_body(f"<w:p><w:hyperlink>{run('half')}</w:hyperlink>{run('text')}</w:p>")).blocks[0].link_share
        == 0.5
    )


def test_heading_by_base_style_and_circular_styles() -> None:
    document = docx.Document()
    styles = document.styles
    own = styles.add_style("Release Headline", 1)
    own.base_style = styles["Heading 2"]
    first, second = styles.add_style("First", 1), styles.add_style("Second", 1)
    first.base_style, second.base_style = second, first
    document.add_paragraph("Hub opens", style="Release Headline")
    document.add_paragraph("text", style="First")
    assert [block.kind for block in page_of(saved(document)).blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_core_properties_are_declared() -> None:
    document = docx.Document()
    document.add_paragraph("text")
    properties = document.core_properties
    properties.title, properties.author = "Hub opens", "Press Office"
    properties.created = datetime.datetime(2024, 3, 1, 9, 30)
    declared = dict(page_of(saved(document)).declared)
    assert (declared["title"], declared["author"]) == ("Hub opens", "Press Office")
    assert declared["date"].startswith("2024-03-01T09:30")


def lying_bomb() -> bytes:
    """A part that inflates to 30 MB and declares 1,000 bytes, in local header and directory alike."""
    size = 30_000_000
    data = with_document(b" " * size)
    return data.replace(struct.pack("<L", size), struct.pack("<L", 1000))


def encrypted_flag() -> bytes:
    data = bytearray(with_body(f"<w:p>{run('x')}</w:p>"))
    position = 0
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = data.find(signature)
        while position >= 0:
            data[position + offset] |= 1
            position = data.find(signature, position + 4)
    return bytes(data)


def doubled(xml: bytes) -> bytes:
    return with_document(f"<w:document {W}><w:body>".encode() + xml)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: saved(docx.Document()), "is empty"),
        (lambda: with_body(f"<w:p>{run('x')}</w:p>")[:-400], "truncated or damaged DOCX"),
        (lambda: with_body(f"<w:p>{run('x')}</w:p>")[:300], "truncated or damaged DOCX"),
        (encrypted_flag, "encrypted"),
        (lambda: with_document(b" " * 150_000_000), "ZIP bomb"),  # 1 : 1,000
        (lying_bomb, "damaged DOCX"),
        (lambda: doubled(b"<w:sdt>" * 100_000), "depth"),
        (lambda: with_document(b"no XML"), "damaged DOCX"),
        (lambda: with_document(f"<w:document {W}/>"), "is empty"),
        (lambda: with_body(f"<w:p>{run('x' * 1_000_001)}</w:p>"), "longer than 1,000,000"),
    ],
    ids=[
        "empty",
        "cut tail",
        "cut early",
        "encrypted",
        "bomb",
        "lying bomb",
        "nested",
        "no XML",
        "no body",
        "long line",
    ],
)
def test_bad_documents_are_refused(make: Callable[[], bytes], message: str) -> None:
    with pytest.raises(IngestError, match=message) as caught:
        read_bytes(make(), "page.docx")
    assert str(caught.value).startswith("page.docx")


def test_all_parts_together_stay_within_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "MAX_XML_BYTES", 10_000)
    with pytest.raises(IngestError, match="ZIP bomb"):
        read_bytes(with_body(f"<w:p>{run('x')}</w:p>"), "page.docx")


def test_entities_are_not_expanded() -> None:
    entities = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    body = "<w:p><w:r><w:t>x&b;</w:t></w:r><w:r><w:t>&f;</w:t></w:r><w:r><w:t>y</w:t></w:r></w:p>"
    assert page_of(with_document(f"{entities}<w:document {W}><w:body>{body}</w:body></w:document>")).text == "xy"


M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
RAISED = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'
BREAK = "<w:r><w:br/></w:r>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"{run('The terminal opened')}{BREAK}{run('on Monday.')}", ["The terminal opened on Monday."]),
        (f"{run('大厅周一启用，市长')}{BREAK}{run('到场致辞。')}", ["大厅周一启用，市长到场致辞。"]),
        (f"{run('Ferry terminal opens')}{BREAK}{run('The mayor came.')}", ["Ferry terminal opens", "The mayor came."]),
        (f"{run('It was built.')}{RAISED.format(1)}", ["It was built."]),
        (f"{run('300 m')}{RAISED.format(2)}", ["300 m²"]),
        (
            f"{run('where ')}<m:oMath {M}><m:r><m:t>a=</m:t></m:r><m:f><m:num><m:r><m:t>b</m:t></m:r></m:num>"
            "<m:den><m:r><m:t>c</m:t></m:r></m:den></m:f></m:oMath>",
            ["where a=b/c"],
        ),
    ],
)
def test_breaks_notes_and_equations_within_a_paragraph(content: str, expected: list[str]) -> None:
    assert [block.text for block in page_of(with_body(f"<w:p>{content}</w:p>")).blocks] == expected


def test_strict_open_xml_is_read() -> None:
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("The terminal opened.")
    with zipfile.ZipFile(io.BytesIO(saved(document))) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            for kind in (b"wordprocessingml", b"officeDocument"):
                part = part.replace(
                    b"http://schemas.openxmlformats.org/" + kind + b"/2006/",
                    b"http://purl.oclc.org/ooxml/" + kind + b"/",
                )
            target.writestr(name, part)
    assert page_of(buffer.getvalue()).text == "The terminal opened."
