"""Any bytes give a page whose spans are right, or an `IngestError`: nothing else leaves a reader."""

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.errors import IngestError
from aligner.ingest import read_bytes
from aligner.records import Language
from aligner.sentences import split_text
from aligner.text.characters import strip_illegal

TEXT = ["The hall", "opened", "大厅", "启用", "。", ".", ",", "，", " ", "\n", "\n\n", "\x0b", "\x0c", "\x85", "\u2028"]
TEXT += [
    "\u00ad",
    "\u200b",
    "\ufeff",
    "\uf0b7",
    "⼤",
    "Ａ",
    "\ufffe",
    "\ud800",
    "\x00",
    "[1]",
    "¹",
    "①",
    "🎉",
    "“",
    "”",
]
MARKUP = {
    "txt": ["> ", "1. ", "    ", "• ", "-\n", "(a@b.example)"],
    "md": ["#", "*", "**", "_", "`", "```\n", "[", "](", ")", "![", "[^1]", "[^1]: ", "|", "|---|", "---\n", "> ", "- ",
           "<br>", "<div>", "</div>", "{{<", ">}}", "{%", "%}", ":::", "\\", "&amp;", "<!--", "-->", "~~~\n", "==="],
    "html": ["<p>", "</p>", "<br>", "<sup>", "</sup>", "<a href=x>", "</a>", "<div hidden>",
             "<div style='display:none'>",
             "</div>", "<noscript>", "</noscript>", "<script type='application/json'>", '{"body": "', '"}', "</script>",
             "<table><tr><td>", "</td>", "</table>", "<h2 id=a-b>", "</h2>", "<pre>", "</pre>", "<!--",
                        "-->", "&#8;", "<",
             "<template>", "<svg>", "<html>", "</html>", "<body>", "</body>", "<p a='", "<title>",
                        "<meta charset=gbk>"],
}  # fmt: skip


def _check(data: bytes, name: str) -> None:
    try:
        page = read_bytes(data, name)
    except IngestError:
        return
    assert page.text == "\n".join(block.text for block in page.blocks)
    assert page.text == strip_illegal(page.text)
    for block in page.blocks:
        assert page.text[block.start : block.end] == block.text
        for language in Language:
            assert all(start < end for start, end in split_text(block.text, language))


@pytest.mark.slow
@pytest.mark.parametrize("suffix", list(MARKUP))
def test_markup_in_any_order(suffix: str) -> None:
    @given(st.lists(st.sampled_from(TEXT + MARKUP[suffix]), max_size=40).map("".join))
    def check(text: str) -> None:
        _check(text.encode("utf-8", "surrogatepass"), f"page.{suffix}")

    check()


@given(st.binary(max_size=200), st.sampled_from(["page.txt", "page.md", "page.html", "page.docx", "page.doc", "page"]))
def test_any_bytes(data: bytes, name: str) -> None:
    _check(data, name)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PARTS = ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>The hall</w:t>", "<w:t>大厅</w:t>", "<w:br/>", "<w:tab/>",
         "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>",
         "<w:rPr><w:vertAlign w:val='superscript'/></w:rPr>",
         "<w:pPr><w:numPr/></w:pPr>", "<w:pPr><w:outlineLvl w:val='x'/></w:pPr>", "<w:tcPr><w:gridSpan/></w:tcPr>",
         "<w:sdt>", "</w:sdt>", "<w:del>", "</w:del>", "<w:txbxContent>", "</w:txbxContent>"]  # fmt: skip


@pytest.mark.slow
@settings(max_examples=50)
@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join))
def test_any_document_part(body: str) -> None:
    # libxml2 closes what was left open only when it parses HTML, so most of these are refused, and that is the point.
    plain, changed = io.BytesIO(), io.BytesIO()
    docx.Document().save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            part = f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()
            target.writestr(name, part if name == "word/document.xml" else source.read(name))
    _check(changed.getvalue(), "page.docx")
