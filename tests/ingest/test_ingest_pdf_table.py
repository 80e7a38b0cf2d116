"""The PDF reader on the table of self-made documents that `python -m benchmarks pdf` measures."""

import pytest

from benchmarks.pdf import read_paragraphs
from benchmarks.pdf_table import Document, build_documents


@pytest.mark.slow
@pytest.mark.parametrize("document", list(build_documents()), ids=lambda document: document.name)
def test_paragraphs(document: Document) -> None:
    assert read_paragraphs(document) == document.expected
