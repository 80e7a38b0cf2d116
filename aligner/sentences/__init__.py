"""Sentence boundaries of both languages: a section in, sentences with their spans in the page out.

The rules are our own because the libraries lose clearly on press releases. Cases of `sentence_cases.json` split right,
and F1 of the boundaries inside WMT21 news segments (`python -m benchmarks sentence_splitters`, 2 cores, Python 3.11):

|                  | English  | Chinese | F1 en | F1 zh | sentences/s en, zh |
|------------------|---------:|--------:|------:|------:|-------------------:|
| these rules      |  83 / 83 | 63 / 63 | 0.972 | 0.977 |   113,000, 235,000 |
| sentencex 1.0.32 |  69 / 83 | 43 / 63 | 0.615 | 0.640 |   2.3 M, 1.4 M     |
| pysbd 0.3.4      |  71 / 83 | 28 / 63 | 0.447 | 0.407 |     7,000, 20,000  |
| syntok 1.4.4     |  71 / 83 |  6 / 63 | 0.640 | 0.000 |    19,000, 37,000  |

The cases are those the rules were written for; the news lines were split by other rules than these. F1 zh leaves
boundaries after a semicolon out (there a semicolon always ends a line; with them it is 0.756 for these rules and 0.425
for sentencex). A library under the rules would have to be overruled about as often as it is right, so none is used.

What the rules do:
- A sentence ends at `.!?…` (English, before a capital, a number or an opening mark) or `。！？…` (Chinese), together
  with the closing quotation marks and brackets that follow, even where a stray space stands before them.
- Nothing splits inside brackets, nor in Chinese inside title marks 《》; a bracket that never closes protects nothing.
- Sentences inside one quotation are sentences: a quotation may run over a paragraph, and the aligner joins what the
  other language keeps together. What follows the quotation stays with it when it belongs to it grammatically: a
  short attribution (`“…？”他问。`, `“…?” Mr. Chan asked.`), 的, 等, a comma.
- A Chinese semicolon ends a sentence only where both clauses are long (`LONG_CLAUSE`).

What they do not catch: an abbreviation we do not list before a capital (`Sino-Brit. Joint`), a company name that ends
in `!` before a capital (`oOh! Media`), and a sentence that ends in an initial or a company form before a word that is
no common sentence opening (`… by Lumen Inc. Regulators agreed.`): these stay joined or split one time too often.
"""

import re
from collections.abc import Iterator

from aligner.records import Language, Section, Sentence
from aligner.text.characters import SPACE, normalise_space

LONG_CLAUSE = 40
"""Characters a Chinese clause must have, on both sides of a semicolon, for the semicolon to end a sentence.

Translators mostly keep the clauses in one English sentence: of 66 WMT21 news segments with a semicolon, 64 have as many
English sentences as Chinese ones if no semicolon splits, 47 at 40 characters, 30 at 30, 11 at 20. Only beyond 40 is a
clause long enough to be a unit that a translator can use again."""

LONGEST_BRACKET = 300
"""Characters beyond which a bracketed text no longer protects its inside: a closing mark that far off is most likely
not the counterpart of the opening one."""

LONGEST_SLOGAN = {Language.EN: 40, Language.ZH: 10}
"""Characters up to which a quotation with several stops is a slogan, a title or an outcry, and stays whole."""

_BLANK = r"[\s\u200b\u2060\ufeff]"
_BRACKET = re.compile("[()（）\\[\\]【】《》〈〉]")
_OPENING = {"(": ")", "（": ")", "[": "]", "【": "】", "《": "》", "〈": "〉"}
_SHORT_QUOTATION = {
    language: re.compile(f"“[^“”]{{1,{limit}}}”|「[^「」]{{1,{limit}}}」") for language, limit in LONGEST_SLOGAN.items()
}
_CLOSING = {")": ")", "）": ")", "]": "]", "】": "】", "》": "》", "〉": "〉"}

# --- English -------------------------------------------------------------------------------------------------------

# A mark with a space on both sides is a closing one whatever its shape: `… is clean. ” The mayor`.
_EN_STOP = re.compile(
    rf"(?P<stop>[.!?…。！？]+)(?P<close>[\"”’'»)\]）」』]*(?:{_BLANK}?[\"”“’]+(?={_BLANK}|$))?)(?P<gap>{_BLANK}*)"
)
_EN_WORD_BEFORE = re.compile(r"[^\s\u200b\u2060\ufeff(\[“\"‘'—–/]*\Z")
_EN_OPENING_MARKS = "\"“‘'«([（「『"
_EN_NEXT_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_EN_ATTRIBUTION = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof)\. )?[A-Z][\w’'-]*(?: [A-Z][\w’'.-]*){0,3} "
    r"(?:said|says|asked|asks|added|adds|replied|wrote)\b"
)
_EN_GLUED = re.compile(r"[A-Z][a-z]*[ ,’']")
_EN_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivx]+)\Z")
_EN_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]\Z")
_EN_UNIT = re.compile(rf"(?:/[A-Za-z]|[0-9]{_BLANK}?[a-z])\Z")
"""A single letter that is no initial: `350 km/h`, `52 m`."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EN_NEVER_LAST = _words(
    "Mr Mrs Ms Messrs Dr Prof St Gen Sen Rep Gov Lt Col Capt Cpl Sgt Maj Cmdr Adm Rev Hon Pres Supt Insp Mt "
    "vs e.g i.e cf viz approx est"
)
"""Abbreviations that never end a sentence: something must follow them."""

_EN_BEFORE_NUMBER = _words(
    "No Nos no nos Art Arts Sec Secs Vol Vols vol p pp Ch Fig Figs Eq ca c Rs "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
)
"""Abbreviations that do not end a sentence before a number, and are words or sentence ends otherwise."""

_EN_CLOCK = _words("a.m p.m A.M P.M")
_EN_AFTER_CLOCK = _words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun Beijing Hong Macao Macau "
    "London Eastern Central Pacific EST EDT ET CST CDT CT PST PDT PT GMT UTC HKT BJT BST CET"
)
"""What goes on after a time of day although it has a capital."""

_EN_MAY_BE_LAST = _words(
    "Inc Ltd Co Corp PLC Plc LLC Bros Jr Sr Dept Univ Assn Ave Blvd Rd Ph.D Calif Colo Conn Fla Ga Ill Ind Kan Mass "
    "Mich Minn Mo Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Ariz Ark Ala Del Md Ca"
)
"""Abbreviations that end a sentence only before a common sentence opening."""

_EN_OPENERS = _words(
    "The A An It Its He His She Her They Their We Our I You Your This That These Those There Here In On At By For From "
    "With To As After Before When While If Since During Under Until Although Though However But And So Yet Also Both "
    "All Many Most Some Such Another Each Every No Not Nearly About Over More Meanwhile According Then Now Today What "
    "Who Why How Where Which Founded Last Next Once One Two Three"
)
"""Words that open a sentence far more often than they go on with a name."""


def _english_cuts(text: str) -> Iterator[int]:
    """Offsets just after the marks that end a sentence."""
    closed = _closed_spans(text, Language.EN)
    inside = next(closed, None)
    start = 0
    for match in _EN_STOP.finditer(text):
        stop, end = match.start(), match.end("close")
        if match.end() == len(text):
            return
        while inside and inside[1] <= stop:
            inside = next(closed, None)
        if inside and inside[0] < stop and end < inside[1]:
            continue
        if _ends_english(text, start, match):
            yield end
            start = match.end()


def _ends_english(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the sentence that began at `start` ends at the stop of `match`, which is not at the end of the text."""
    stop, close, after = match["stop"], match["close"], match.end()
    if not match["gap"] and stop[-1] not in "。！？" and not _is_glued(text, start, match):
        return False
    while after < len(text) and text[after] in _EN_OPENING_MARKS:
        after += 1
    if after == len(text) or not _can_open_english(text, after):
        return False
    if close and stop[-1] in "?!" and _EN_ATTRIBUTION.match(text, after):
        return False
    return stop != "." or bool(close) or not _is_abbreviation(text, start, match.start(), after)


def _is_glued(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a stop without a space after it ends a sentence all the same: `is done.The site`, not `Node.js`."""
    before = text[max(start, match.start() - 40) : match.start()]
    word = _word_before(before)
    return bool(
        match["stop"] == "."
        and not match["close"]
        and word[-3:].isalpha()
        and word[-3:].islower()
        and not {"@", "."} & set(word)
        and _EN_GLUED.match(text, match.end())
    )


def _can_open_english(text: str, position: int) -> bool:
    """Whether a sentence may begin here: not with a lowercase word, brands such as `iPhone` apart."""
    first = text[position]
    if first.islower():
        return text[position + 1 : position + 2].isupper()
    return first.isalnum() or first in "$€£¥#@•*…"


def _word_before(text: str) -> str:
    """The last word of `text`, without opening marks."""
    found = _EN_WORD_BEFORE.search(text)
    return found.group() if found else ""


def _is_abbreviation(text: str, start: int, stop: int, after: int) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation, so that what begins at `after` goes on with it."""
    word = _word_before(text[max(start, stop - 40) : stop])
    if _EN_LIST_NUMBER.match(word) and _is_first_word(text, start, stop - len(word)):
        return True
    if word in _EN_NEVER_LAST:
        return True
    if word in _EN_BEFORE_NUMBER and text[after].isdigit():
        return True
    found = _EN_NEXT_WORD.match(text, after)
    following = found.group() if found else ""
    if found and len(following) == 1 and text.startswith(".", found.end()):  # an initial, not the word A or I
        following += "."
    if word in _EN_CLOCK:
        return not following or text[after - 1] in _EN_OPENING_MARKS or following in _EN_AFTER_CLOCK
    if word in _EN_MAY_BE_LAST or (_EN_INITIALS.match(word) and not _EN_UNIT.search(text[start:stop])):
        return following not in _EN_OPENERS
    return False


def _is_first_word(text: str, start: int, position: int) -> bool:
    """Whether only white space and opening marks stand between `start` and `position`."""
    return position - start < 8 and not normalise_space(text[start:position]).strip(_EN_OPENING_MARKS)


# --- Chinese -------------------------------------------------------------------------------------------------------

# An opening mark at the very end of the text is a closing one in the wrong shape, seen on many sites.
_ZH_STOP = re.compile(
    rf"(?P<stop>[。！？!?｡．]+|…+|\.+|[；;])(?P<close>(?:{_BLANK}?[”’」』）)】\]])*"
    rf"(?:{_BLANK}?“(?={_BLANK}*\Z))?(?P<straight>{_BLANK}?[\"＂])?)"
)
_ZH_QUOTE = re.compile('[“”「」"＂]')
_ZH_HAN_OR_MARK = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff”」』）)]")
_ZH_CONTINUES = re.compile("[，,、。；;：:！!？?…—)）》〉】”’」』%％]")
_ZH_AFTER_QUOTE = re.compile("的|地|等|和|与|與|及|或|之|一[词詞句文语語说說]")
_ZH_QUOTATIONS = re.compile("(?:[“「『][^“”「」『』]{1,30}[”」』])+")
_ZH_AFTER_QUESTION = re.compile("这[一个样种句]|這[一個樣種句]|是|成为|成為|为[主题]|為[主題]")
_ZH_ATTRIBUTION = re.compile(
    '[^，。！？；：、,;:!?“”「」没沒不无無\\s]{0,14}(?:[说說道问問称稱]|表示|指出|强调|強調|回答|坦言|感慨|介[绍紹])(?:[。！.]|，[“「"]|$)'
)
_ZH_AFTER_ELLIPSIS = re.compile("都|也|等|的|以及|还|還|这些|這些|一[一个应]")
_ZH_CLAUSE_END = re.compile("[。！？!?；;]")


def _chinese_cuts(text: str) -> Iterator[int]:
    """Offsets just after the marks that end a sentence."""
    closed = _closed_spans(text, Language.ZH)
    inside = next(closed, None)
    quotes = _OpenQuotes(text)
    dot_is_stop = "。" not in text and text.rstrip(' \u3000\u00a0”"」)）').endswith((".", "．"))
    start = 0
    for match in _ZH_STOP.finditer(text):
        stop, end = match.start(), match.end("close")
        if match["straight"] and not quotes.straight_open(stop):
            end = match.start("straight")
        while inside and inside[1] <= stop:
            inside = next(closed, None)
        if inside and inside[0] < stop and _stays_whole(text, start, end, inside):
            continue
        if _ends_chinese(text, start, match, end, dot_is_stop=dot_is_stop, quoted=quotes.curly_open(stop)):
            yield end
            start = end


def _stays_whole(text: str, start: int, end: int, inside: tuple[int, int]) -> bool:
    """Whether a stop within the closed span `inside` cannot end the sentence that began at `start`.

    At the very end of the span it can (`“…。”`, `（…。）`), but not a question or a cry put in brackets in passing.
    """
    passing = inside[0] > start and text[inside[1] - 1] in _CLOSING and text[inside[1] - 2] in "？！?!"
    return end < inside[1] or passing


def _ends_chinese(text: str, start: int, match: re.Match[str], end: int, *, dot_is_stop: bool, quoted: bool) -> bool:
    """Whether the sentence that began at `start` ends at `end`, after the stop of `match` and its closing marks."""
    stop, kind = match.start(), match["stop"][-1]
    gap = SPACE.match(text, end)
    after = gap.end() if gap else end
    if after == len(text):
        return False
    if _ZH_CONTINUES.match(text, after) or not _is_chinese_stop(text, stop, match.end("stop"), after, dot_is_stop):
        return False
    if kind in "；;":
        return _long_clauses(text, start, stop, after)
    closed = end > match.end("stop")
    if kind == "…" and (_ZH_AFTER_ELLIPSIS.match(text, after) or (quoted and not closed)):
        return False
    return not (closed and _belongs_to_quotation(text, kind, after))


def _is_chinese_stop(text: str, stop: int, stop_end: int, after: int, dot_is_stop: bool) -> bool:
    """Whether the mark is punctuation of the sentence, not part of a number, a Latin name or an address."""
    mark = text[stop]
    before = text[stop - 1] if stop else ""
    if mark == ".":
        return dot_is_stop and bool(_ZH_HAN_OR_MARK.match(before)) and not text[after].isascii()
    if mark == "．":  # in Taiwan it also divides foreign names
        return dot_is_stop and not before.isdigit()
    if mark in "!?":
        return bool(_ZH_HAN_OR_MARK.match(before)) or not text[stop_end].isascii() or text[stop_end].isspace()
    return True


def _belongs_to_quotation(text: str, kind: str, after: int) -> bool:
    """Whether what begins at `after`, behind a closing mark, goes on with the quotation."""
    chain = _ZH_QUOTATIONS.match(text, after)
    if chain:
        return bool(_ZH_AFTER_QUOTE.match(text, chain.end()))
    if _ZH_AFTER_QUOTE.match(text, after) or _ZH_ATTRIBUTION.match(text, after, after + 24):
        return True
    return kind in "？！?!" and bool(_ZH_AFTER_QUESTION.match(text, after))


def _long_clauses(text: str, start: int, stop: int, after: int) -> bool:
    """Whether the clauses on both sides of a semicolon at `stop` have at least `LONG_CLAUSE` characters."""
    if stop - start < LONG_CLAUSE or len(text) - after < LONG_CLAUSE:
        return False
    before_is_long = _ZH_CLAUSE_END.search(text, stop - LONG_CLAUSE, stop) is None
    return before_is_long and _ZH_CLAUSE_END.search(text, after, after + LONG_CLAUSE) is None


class _OpenQuotes:
    """Tells, for ascending offsets, whether a quotation is open there; reads the text once."""

    def __init__(self, text: str) -> None:
        self._marks = _ZH_QUOTE.finditer(text)
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


# --- both ----------------------------------------------------------------------------------------------------------


def _closed_spans(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Outermost spans inside which nothing splits, ascending: brackets and short quotations."""
    spans = [match.span() for match in _SHORT_QUOTATION[language].finditer(text)]
    reached = 0
    for begin, end in sorted(spans + _bracket_spans(text)):
        if end > reached:
            yield begin, end
            reached = end


def _bracket_spans(text: str) -> list[tuple[int, int]]:
    """Spans of matched brackets up to `LONGEST_BRACKET` long; full and half width pair up."""
    opened: dict[str, list[int]] = {}
    spans = []
    for match in _BRACKET.finditer(text):
        mark = match.group()
        if mark in _OPENING:
            opened.setdefault(_OPENING[mark], []).append(match.start())
        elif positions := opened.get(_CLOSING[mark]):
            begin = positions.pop()
            if match.end() - begin <= LONGEST_BRACKET:
                spans.append((begin, match.end()))
    return spans


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; empty where there is nothing else."""
    leading = SPACE.match(text, start, end)
    start = leading.end() if leading else start
    while end > start and SPACE.match(text[end - 1]):
        end -= 1
    return start, end


def split_text(text: str, language: Language) -> list[tuple[int, int]]:
    """Spans `[start, end)` of the sentences in `text`, ascending, disjoint, without white space at their ends.

    Every character of `text` that is not white space lies in exactly one span. Time grows linearly with the text.
    """
    cuts = _chinese_cuts(text) if language is Language.ZH else _english_cuts(text)
    spans = []
    start = 0
    for cut in cuts:
        spans.append(_trim(text, start, cut))
        start = cut
    spans.append(_trim(text, start, len(text)))
    return [(begin, end) for begin, end in spans if begin < end]


def split_sentences(section: Section) -> tuple[Sentence, ...]:
    """The sentences of a section in reading order; no sentence reaches over the end of a passage."""
    return tuple(
        Sentence(
            text=normalise_space(passage.text[begin:end]),
            language=section.language,
            start=passage.start + begin,
            end=passage.start + end,
            paragraph=paragraph,
            is_title=passage.is_title,
        )
        for paragraph, passage in enumerate(section.passages)
        for begin, end in split_text(passage.text, section.language)
    )
