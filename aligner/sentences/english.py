"""English sentence boundaries: at `.!?…` before a capital, a number or an opening mark, abbreviations apart."""

import re
from collections.abc import Iterator

from aligner.records import Language
from aligner.sentences.protected import BLANK, closed_spans, find_notes
from aligner.text.characters import SPACE, normalise_space

# A mark with a space on both sides is a closing one whatever its shape: `… is clean. ” The mayor`.
_STOP = re.compile(
    rf"(?P<stop>[.!?…。！？]+)(?P<close>[\"”’'»)\]）」』]*(?:{BLANK}?[\"”“’]+(?={BLANK}|$))?)(?P<gap>{BLANK}*)"
)
_WORD_BEFORE = re.compile(r"[^\s(\[“\"‘'—–/]*\Z")
_OPENING_MARKS = "\"“‘'«([（「『"
_NEXT_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_ATTRIBUTION = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof)\. )?[A-Z][\w’'-]*(?: [A-Z][\w’'.-]*){0,3} "
    r"(?:said|says|asked|asks|added|adds|replied|wrote)\b"
)
_GLUED = re.compile(r"[A-Z][a-z]*[ ,’']")
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivx]+)\Z")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]\Z")
_UNIT = re.compile(rf"(?:/[A-Za-z]|[0-9]{BLANK}?[a-z])\Z")
"""A single letter that is no initial: `350 km/h`, `52 m`."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER_LAST = _words(
    "Mr Mrs Ms Messrs Dr Prof St Gen Sen Rep Gov Lt Col Capt Cpl Sgt Maj Cmdr Adm Rev Hon Pres Supt Insp Mt "
    "vs e.g i.e cf viz approx Approx est"
)
"""Abbreviations that never end a sentence: something must follow them."""

_BEFORE_NUMBER = _words(
    "No Nos no nos Art Arts Sec Secs Sect sect Vol Vols vol p pp Ch ch Chs chs Chap chap Fig Figs Eq ca c Rs Para "
    "Paras para paras Cl cl Reg reg Tel tel Fax fax Ext ext Ref ref Mob Pt pt "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
)
"""Abbreviations that do not end a sentence before a number, and are words or sentence ends otherwise."""

_CLOCK = _words("a.m p.m A.M P.M")
_AFTER_CLOCK = _words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun Beijing Hong Macao Macau "
    "London Eastern Central Pacific EST EDT ET CST CDT CT PST PDT PT GMT UTC HKT BJT BST CET"
)
"""What goes on after a time of day although it has a capital."""

_MAY_BE_LAST = _words(
    "Inc Ltd Co Corp PLC Plc LLC Bros Jr Sr Dept Univ Assn Ave Blvd Rd Ph.D Calif Colo Conn Fla Ga Ill Ind Kan Mass "
    "Mich Minn Mo Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Ariz Ark Ala Del Md Ca"
)
"""Abbreviations that end a sentence only before a common sentence opening."""

_OPENERS = _words(
    "The A An It Its He His She Her They Their We Our I You Your This That These Those There Here In On At By For From "
    "With To As After Before When While If Since During Under Until Although Though However But And So Yet Also Both "
    "All Many Most Some Such Another Each Every No Not Nearly About Over More Meanwhile According Then Now Today What "
    "Who Why How Where Which Founded Last Next Once One Two Three"
)
"""Words that open a sentence far more often than they go on with a name."""


def find_cuts(text: str) -> Iterator[int]:
    """Offsets just after the marks that end a sentence."""
    closed = closed_spans(text, Language.EN)
    inside = next(closed, None)
    notes = find_notes(text)
    start = 0
    for match in _STOP.finditer(text):
        stop, end, after = match.start(), match.end("close"), match.end()
        if note := notes.match(text, end):
            end = note.end()
            blank = SPACE.match(text, end)
            after = blank.end() if blank else end
        if after == len(text):
            return
        while inside and inside[1] <= stop:
            inside = next(closed, None)
        if inside and inside[0] < stop and end < inside[1]:
            continue
        if (note or _is_set_off(text, start, match)) and _ends_english(text, start, match, after):
            yield end
            start = after


def _is_set_off(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the stop of `match` is followed by white space, or ends a sentence without it."""
    return bool(match["gap"]) or match["stop"][-1] in "。！？" or _is_glued(text, start, match)


def _ends_english(text: str, start: int, match: re.Match[str], after: int) -> bool:
    """Whether the sentence that began at `start` ends at the stop of `match`; the next would begin at `after`."""
    stop, close = match["stop"], match["close"]
    while after < len(text) and text[after] in _OPENING_MARKS:
        after += 1
    if after == len(text) or not _can_open_english(text, after):
        return False
    if close and stop[-1] in "?!" and _ATTRIBUTION.match(text, after):
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
        and _GLUED.match(text, match.end())
    )


def _can_open_english(text: str, position: int) -> bool:
    """Whether a sentence may begin here: not with a lowercase word, brands such as `iPhone` apart."""
    first = text[position]
    if first.islower():
        return text[position + 1 : position + 2].isupper()
    return first.isalnum() or first in "$€£¥#@•*…"


def _word_before(text: str) -> str:
    """The last word of `text`, without opening marks."""
    found = _WORD_BEFORE.search(text)
    return found.group() if found else ""


def _is_abbreviation(text: str, start: int, stop: int, after: int) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation, so that what begins at `after` goes on with it."""
    word = _word_before(text[max(start, stop - 40) : stop])
    if _LIST_NUMBER.match(word) and _opens_item(text, start, stop - len(word)):
        return True
    if word in _NEVER_LAST:
        return True
    if word in _BEFORE_NUMBER and text[after].isdigit():
        return True
    found = _NEXT_WORD.match(text, after)
    following = found.group() if found else ""
    if found and len(following) == 1 and text.startswith(".", found.end()):  # an initial, not the word A or I
        following += "."
    if word in _CLOCK:
        return not following or text[after - 1] in _OPENING_MARKS or following in _AFTER_CLOCK
    is_et_al = word == "al" and text.endswith("et al", start, stop)
    if is_et_al or word in _MAY_BE_LAST or (_INITIALS.match(word) and not _UNIT.search(text[start:stop])):
        return following not in _OPENERS
    return False


def _opens_item(text: str, start: int, position: int) -> bool:
    """Whether a number at `position` counts an item: it opens the sentence, or a colon or semicolon stands before."""
    if position - start < 8 and not normalise_space(text[start:position]).strip(_OPENING_MARKS):
        return True
    return text[max(start, position - 8) : position].rstrip(f" {_OPENING_MARKS}").endswith((":", ";", "："))
