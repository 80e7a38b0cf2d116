"""Self-made PDFs whose paragraphs are known: text of some width, place and direction, English and Chinese.

Everything is drawn line by line, so that what a typesetter did is known exactly; nothing is random.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

EN = (
    "The harbour board opened its new ferry terminal on Tuesday.",
    "The building cost 46.5 million dollars and took three years to build, and it was paid for by the council of the "
    "city and by the two shipping lines that will use it from the summer.",
    "It has six berths and can handle 18,000 passengers a day. Trains from the city centre stop beside the main hall "
    "every ten minutes from early in the morning.",
    "The board plans to plant 2,400 trees along the shore before the end of next year, and asks for help with it.",
)
ZH = (
    "港务局周二启用了新的渡轮码头。",
    "该建筑耗资4650万美元，历时三年建成，由市议会和两家将从夏季开始使用码头的航运公司出资兴建。",
    "码头设有六个泊位，每天可接待1.8万名旅客。从清晨开始，从市中心开出的列车每十分钟在主大厅旁停靠一次。",
    "港务局计划在明年年底前沿海岸种植2400棵树，并请市民前来帮忙。",
)
WIDTH, HEIGHT = A4
_SIZE = 11.0
_LEADING = 15.0
_CHINESE = "STSong-Light"


@dataclass(frozen=True, slots=True)
class Document:
    """One PDF and the texts of its paragraphs, in reading order."""

    name: str
    data: bytes
    expected: tuple[str, ...]


def build_documents() -> Iterator[Document]:
    """All documents of the table."""
    pdfmetrics.registerFont(UnicodeCIDFont(_CHINESE))
    for width in (180, 200, 220, 240, 260, 280, 300, 320, 340, 360, 380, 400, 420, 440, 460):
        yield _document(f"width {width}", partial(_draw_all, left=72, width=width))
    for left in (30, 120, 150, 200, 240):
        yield _document(f"left margin {left}", partial(_draw_all, left=left, width=300))
    for hang in (18, 24, 30, 38, 46):
        clauses = tuple(f"{number}. {text}" for texts in (EN, ZH) for number, text in enumerate(texts, 1))
        yield _document(f"hanging clauses {hang}", partial(_draw_clauses, hang=hang, form="{}."), clauses)
    clauses = tuple(f"2.{number} {text}" for texts in (EN, ZH) for number, text in enumerate(texts, 1))
    for hang in (30, 38, 46):
        yield _document(f"dotted clauses {hang}", partial(_draw_clauses, hang=hang, form="2.{}"), clauses)
    for angle in (90, 180, 270):
        yield _document(f"turned {angle}", partial(_draw_turned, angle=angle))
    for times in (2, 3, 20):
        yield _document(f"drawn {times} times", partial(_draw_often, times=times))
    yield _document("outside the page", _draw_outside)
    yield from _side_by_side()


def _side_by_side() -> Iterator[Document]:
    for gap in (20, 30, 40):
        width = (WIDTH - 100 - gap) / 2
        yield _document(
            f"bilingual columns {gap}",
            partial(_draw_beside, width=width, gap=gap),
        )
    third = (WIDTH - 140) / 3
    yield _document(
        "three columns",
        lambda canvas: [
            _draw(canvas, texts, 50 + column * (third + 20), 780, third) for column, texts in enumerate((EN, ZH, EN))
        ],
        (*EN, *ZH, *EN),
    )
    contact = ("Media contact: Ann Lee", "Tel: 5550 1234")
    yield _document(
        "contact block beside the text",
        partial(_draw_contact, contact=contact),
        (*EN, *ZH, *contact),
    )


def _document(name: str, draw: Callable[[Canvas], object], expected: tuple[str, ...] = (*EN, *ZH)) -> Document:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return Document(name, buffer.getvalue(), expected)


def _lines(text: str, width: float) -> tuple[str, list[str]]:
    if text.isascii():
        return "Helvetica", simpleSplit(text, "Helvetica", _SIZE, width)
    lines, line = [], ""
    for character in text:
        if pdfmetrics.stringWidth(line + character, _CHINESE, _SIZE) > width and character not in "，。":
            lines.append(line)
            line = ""
        line += character
    return _CHINESE, [*lines, line]


def _draw(canvas: Canvas, texts: tuple[str, ...], left: float, top: float, width: float, hang: float = 0) -> float:
    """Draw paragraphs with a gap between them, all but the first lines' edge at `left`; the height where they end."""
    for text in texts:
        font, lines = _lines(text, width)
        canvas.setFont(font, _SIZE)
        for line in lines:
            canvas.drawString(left + hang, top, line)
            top -= _LEADING
        top -= 8
    return top


def _draw_all(canvas: Canvas, left: float, width: float, top: float = 780) -> None:
    _draw(canvas, ZH, left, _draw(canvas, EN, left, top, width), width)


def _draw_beside(canvas: Canvas, width: float, gap: float) -> None:
    _draw(canvas, EN, 50, 780, width)
    _draw(canvas, ZH, 50 + width + gap, 780, width)


def _draw_contact(canvas: Canvas, contact: tuple[str, ...]) -> None:
    _draw_all(canvas, 50, 330)
    _draw(canvas, contact, 430, 600, 130)


def _draw_clauses(canvas: Canvas, hang: float, form: str) -> None:
    top = 780.0
    for texts in (EN, ZH):
        for number, text in enumerate(texts, 1):
            canvas.setFont("Helvetica", _SIZE)
            canvas.drawString(72, top, form.format(number))
            top = _draw(canvas, (text,), 72 + hang, top, 380)


def _draw_turned(canvas: Canvas, angle: int) -> None:
    canvas.translate(*{90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, HEIGHT)}[angle])
    canvas.rotate(angle)
    _draw_all(canvas, 60, 440, {90: WIDTH, 180: HEIGHT, 270: WIDTH}[angle] - 60)


def _draw_often(canvas: Canvas, times: int) -> None:
    for step in range(times):
        _draw_all(canvas, 72 + 0.4 * step / times, 400)


def _draw_outside(canvas: Canvas) -> None:
    _draw_all(canvas, 72, 400)
    _draw(canvas, EN, 72, -60, 400)
    _draw(canvas, ZH, WIDTH + 50, 780, 400)
