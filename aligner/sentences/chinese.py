"""Chinese sentence boundaries: at `。！？…`, with the closing marks that follow, quotations and their speakers kept."""

import re
from collections.abc import Iterator

from aligner.records import Language
from aligner.sentences.protected import BLANK, CLOSING, closed_spans, find_notes
from aligner.text.characters import SPACE

LONG_CLAUSE = 40
"""Characters a Chinese clause must have, on both sides of a semicolon, for the semicolon to end a sentence.

Translators mostly keep the clauses in one English sentence: of 66 WMT21 news segments with a semicolon, 64 have as many
English sentences as Chinese ones if no semicolon splits, 47 at 40 characters, 30 at 30, 11 at 20. Only beyond 40 is a
clause long enough to be a unit that a translator can use again."""


# An opening mark at the very end of the text is a closing one in the wrong shape, seen on many sites.
_STOP = re.compile(
    rf"(?P<stop>[。！？!?｡．]+|…+|\.+|[；;])(?P<close>(?:{BLANK}?[”’」』）)】\]])*"
    rf"(?:{BLANK}?“(?={BLANK}*\Z))?(?P<straight>{BLANK}?[\"＂])?)"
)
_CREDIT = re.compile(
    rf"{BLANK}*[（(](?:本报|本刊|实习|實習|特约|特約)?(?:记者|記者|通讯员|通訊員|编辑|編輯|责编|責編|作者|摄影|攝影|图|圖|来源|來源|完)[^（()）。]{{0,60}}[）)]"
)
"""Who wrote or sent the text, after its last stop: no part of the sentence before or after."""
_ELLIPSIS = re.compile(rf"\.{{6,}}|\.{{3,}}(?={BLANK})|。{{3,}}")
_QUOTE = re.compile('[“”「」"＂]')
_HAN_OR_MARK = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff”」』）)]")
_CONTINUES = re.compile("[，,、。；;：:！!？?…—)）》〉】”’」』%％]")
_AFTER_QUOTE = re.compile(
    "的|地|等|和|与|與|及|或|之|就|便|后[，就便]|後[，就便]|时[，就]|時[，就]|字[样樣]|[二两三四五六七八几幾]个?字|一[词詞句文语語说說]"
)
_LATIN = re.compile("[A-Za-z]")
_QUOTATIONS = re.compile("(?:[“「『][^“”「」『』]{1,30}[”」』])+")
_AFTER_QUESTION = re.compile("这[一个样种句]|這[一個樣種句]|是|成为|成為|为[主题]|為[主題]")
_ATTRIBUTION = re.compile(
    '[^，。！？；：、,;:!?“”「」没沒不无無\\s]{0,14}(?:[说說道问問称稱]|表示|指出|强调|強調|回答|坦言|感慨|介[绍紹])(?:[。！.]|，[“「"]|$)'
)
_AFTER_ELLIPSIS = re.compile("都|也|等|的|以及|还|還|这些|這些|一[一个应]")
_CLAUSE_END = re.compile("[。！？!?；;]")


def find_cuts(text: str) -> Iterator[int]:
    """Offsets just after the marks that end a sentence."""
    closed = closed_spans(text, Language.ZH)
    inside = next(closed, None)
    quotes, notes = _OpenQuotes(text), find_notes(text)
    dot_is_stop = "。" not in text and text.rstrip(' \u3000\u00a0”"」)）').endswith((".", "．"))
    start = 0
    for match in _STOP.finditer(text):
        stop, end = match.start(), match.end("close")
        if match["straight"] and not quotes.straight_open(stop):
            end = match.start("straight")
        while inside and inside[1] <= stop:
            inside = next(closed, None)
        if inside and inside[0] < stop and _stays_whole(text, start, end, inside):
            continue
        note = notes.match(text, end)
        if _ends_chinese(text, start, match, end, dot_is_stop=dot_is_stop, quoted=quotes.curly_open(stop)):
            start = note.end() if note else end
            yield start
            if credit := _CREDIT.match(text, start):
                start = credit.end()
                yield start


def _stays_whole(text: str, start: int, end: int, inside: tuple[int, int]) -> bool:
    """Whether a stop within the closed span `inside` cannot end the sentence that began at `start`.

    At the very end of the span it can (`“…。”`, `（…。）`), but not a question or a cry put in brackets in passing.
    """
    passing = inside[0] > start and text[inside[1] - 1] in CLOSING and text[inside[1] - 2] in "？！?!"
    return end < inside[1] or passing


def _ends_chinese(text: str, start: int, match: re.Match[str], end: int, *, dot_is_stop: bool, quoted: bool) -> bool:
    """Whether the sentence that began at `start` ends at `end`, after the stop of `match` and its closing marks."""
    stop, kind = match.start(), match["stop"][-1]
    gap = SPACE.match(text, end)
    after = gap.end() if gap else end
    if after == len(text):
        return False
    if _CONTINUES.match(text, after) or not _is_chinese_stop(text, stop, match.end("stop"), after, dot_is_stop):
        return False
    if kind in "；;":
        return _long_clauses(text, start, stop, after)
    closed = end > match.end("stop")
    if kind == "…" and (_AFTER_ELLIPSIS.match(text, after) or (quoted and not closed)):
        return False
    return not (closed and _belongs_to_quotation(text, kind, after))


def _is_chinese_stop(text: str, stop: int, stop_end: int, after: int, dot_is_stop: bool) -> bool:
    """Whether the mark is punctuation of the sentence, not part of a number, a Latin name or an address."""
    mark = text[stop]
    before = text[stop - 1] if stop else ""
    if _ELLIPSIS.match(text, stop):
        return bool(_HAN_OR_MARK.match(before))
    if mark == ".":
        return dot_is_stop and bool(_HAN_OR_MARK.match(before)) and not text[after].isascii()
    if mark == "．":  # in Taiwan it also divides foreign names
        return dot_is_stop and not before.isdigit()
    if mark in "!?" and _LATIN.match(before) and _LATIN.match(text, after):
        return False
    if mark in "!?":
        return bool(_HAN_OR_MARK.match(before)) or not text[stop_end].isascii() or text[stop_end].isspace()
    return True


def _belongs_to_quotation(text: str, kind: str, after: int) -> bool:
    """Whether what begins at `after`, behind a closing mark, goes on with the quotation."""
    chain = _QUOTATIONS.match(text, after)
    if chain:
        return bool(_AFTER_QUOTE.match(text, chain.end()))
    if _AFTER_QUOTE.match(text, after) or _ATTRIBUTION.match(text, after, after + 24):
        return True
    return kind in "？！?!" and bool(_AFTER_QUESTION.match(text, after))


def _long_clauses(text: str, start: int, stop: int, after: int) -> bool:
    """Whether the clauses on both sides of a semicolon at `stop` have at least `LONG_CLAUSE` characters."""
    if stop - start < LONG_CLAUSE or len(text) - after < LONG_CLAUSE:
        return False
    before_is_long = _CLAUSE_END.search(text, stop - LONG_CLAUSE, stop) is None
    return before_is_long and _CLAUSE_END.search(text, after, after + LONG_CLAUSE) is None


class _OpenQuotes:
    """Tells, for ascending offsets, whether a quotation is open there; reads the text once."""

    def __init__(self, text: str) -> None:
        self._marks = _QUOTE.finditer(text)
        self._next = next(self._marks, None)
        self._curly = False
        self._straight = False

    def straight_open(self, offset: int) -> bool:
        """Whether an odd number of straight quotation marks stands before `offset`."""
        self._read_to(offset)
        return self._straight

    def curly_open(self, offset: int) -> bool:
        """Whether the last directed quotation mark before `offset` is an opening one."""
        self._read_to(offset)
        return self._curly

    def _read_to(self, offset: int) -> None:
        while self._next and self._next.start() < offset:
            mark = self._next.group()
            if mark in '"＂':
                self._straight = not self._straight
            else:
                self._curly = mark in "“「"
            self._next = next(self._marks, None)
