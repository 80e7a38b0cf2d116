"""Plain text and Markdown pages: a template with slots for titles and bodies."""

from aligner.training.source import Source
from corpora.template import fill, slots


def render(source: Source) -> bytes:
    """The page.

    Keys of `[page]`: `template`, and perhaps `watermark` (ends each paragraph), `indent` (begins it), `gap` (parts
    them) and `encoding` (UTF-8 unless told).
    """
    heading_mark = "## " if source.format == "md" else ""
    watermark: str = source.page.get("watermark", "")
    indent: str = source.page.get("indent", "")

    def block(text: str, heading: int) -> str:
        return indent + (heading_mark if heading else "") + text + watermark

    page = fill(source, slots(block, str, source.page.get("gap", "\n\n")))
    return page.encode(source.page.get("encoding", "utf-8"))
