"""The PDF reader on self-made documents: paragraphs right, documents right, and seconds a page."""

import time
from collections import Counter

from aligner.errors import IngestError
from aligner.ingest import read_bytes
from benchmarks.pdf_table import Document, build_documents


def measure_pdf() -> None:
    """Print what the reader does on every document of the table, and the sums."""
    documents = list(build_documents())
    right = exact = paragraphs = 0
    seconds = []
    for document in documents:
        begun = time.perf_counter()
        found = read_paragraphs(document)
        seconds.append(time.perf_counter() - begun)
        here = sum((Counter(found) & Counter(document.expected)).values())
        exact += found == document.expected
        right, paragraphs = right + here, paragraphs + len(document.expected)
        if found != document.expected:
            print(f"{document.name}: {here} of {len(document.expected)} paragraphs, {len(found)} read")
    print(f"{exact} of {len(documents)} documents exactly right, {right} of {paragraphs} paragraphs")
    print(f"{sorted(seconds)[len(seconds) // 2]:.3f} s a page (median)")


def read_paragraphs(document: Document) -> tuple[str, ...]:
    """The texts of the document's blocks; none where it is refused."""
    try:
        return tuple(block.text for block in read_bytes(document.data, "a.pdf").blocks)
    except IngestError:
        return ()
