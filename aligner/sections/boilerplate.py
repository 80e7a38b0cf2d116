"""Furniture that a line shows by itself or by its place in the markup: menus, share bars, disclaimers, link lists."""

import re
from collections import Counter
from collections.abc import Sequence

from aligner.sections import thresholds as limits
from aligner.sections.cues import FURNITURE_LINES, FURNITURE_STARTS, FURNITURE_TAGS, LIST_HEADINGS
from aligner.sections.lines import Line, Shape
from aligner.text.characters import HAN, normalise_space
from aligner.text.chinese import to_simplified
from aligner.text.dates import find_date

_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_BREADCRUMB = re.compile(r"^[^。！？!?]{1,30}(?:\s*(?:>+|›|»|＞|→|>>)\s*[^。！？!?>›»＞]{1,40})+(?:>|›|»|＞)?$")
_PATH = re.compile(r"^(?:home|首页|主页|新闻)\s*(?:[/|>›»·-]|\s)\s*\S.{0,60}$", re.IGNORECASE)
_URL = re.compile(r"^\W*(?:https?://|www\.)\S+$", re.IGNORECASE)
_NAMED_URL = re.compile(r"^\D{0,40}(?:https?://|www\.)\S+$", re.IGNORECASE)
_MENU_PARTS = re.compile(r"\s*[|｜·•]\s*|\s{2,}")
_MENU = re.compile(r"^[^.。!！?？,，;；]{1,20}(?:\s*[|｜·•/]\s*[^.。!！?？,，;；|｜·•]{1,20}){3,}[|｜]?$")
_SHORT_DATE = re.compile(
    r"^[\[(（]?(?:\d{1,4}[-/.年月]\d{1,2}(?:[-/.月]\d{1,2})?日?|\d{1,2}:\d\d)(?:\s+\d{1,2}:\d\d(?::\d\d)?)?[\])）]?$"
)
_DATED_TEASER = re.compile(
    r"(?:^[\[(（]?\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[\])）]?\s+\S|\S\s*[\[(（]?(?:\d{4}[-/.])?\d{1,2}[-/.]\d{1,2}[\])）]?$)"
)
_RIGHTS = re.compile(
    r"^(?:copyright|©|\(c\)|版权)|all rights reserved|icp[备证]|公网安备|京公网|许可证[:：号]", re.IGNORECASE
)
_PARTS = re.compile(
    rf"[|｜·•/、]|\s{{2,}}|(?<={HAN.pattern})\s*(?=[a-z])|(?<=[a-z])\s*(?={HAN.pattern})|(?<={HAN.pattern})\s"
)
_APPEAL = re.compile(
    r"(?:下载|关注|订阅|扫码|扫描|打开|下載|關注|訂閱|掃碼|掃描|打開).{0,12}(?:app|客户端|客戶端|公众号|公眾號|微信|微博|二维码|二維碼)"
    r"|\b(?:download|follow|subscribe|scan)\b.{0,40}\b(?:app|wechat|newsletter|qr code|facebook|twitter|channel)\b",
    re.IGNORECASE,
)
_SUBSCRIBE = re.compile(
    r"(?:加入|成为|成為|欢迎|歡迎|立即|马上|馬上|请|請).{0,12}(?:订户|訂戶|订阅|訂閱|付费会员|付費會員|月费|月費)"
    r"|\b(?:become a (?:subscriber|paying member|patron)|subscribe (?:now|today|to our))\b"
    r"|\bsupport our (?:journalism|newsroom)\b",
    re.IGNORECASE,
)
_COMPANY_ZH = re.compile(
    r"[^\W\d_a-zA-Z]{2,12}(?:[(（][^\W\d_a-zA-Z]{1,6}[)）][^\W\d_a-zA-Z]{0,8})?(?:有限公司|有限责任公司|有限責任公司|集团公司|集團公司)"
)
_COMPANY_ENDS = frozenset({"ltd", "limited", "inc", "incorporated", "corp", "corporation", "plc", "llc"})
_SMALL_WORDS = frozenset({"and", "of", "for", "the"})
_HEADING_TAG = re.compile(r"h[1-6]\b")
"""Ids of headings are made from their text, and say nothing about them."""
_TAG_WORD = re.compile(r"[A-Za-z]+")


def plain_form(text: str) -> str:
    """The start of `text` as cues are written: lower case, simplified, single half-width spaces and colons."""
    start = (
        normalise_space(text[: 4 * limits.CUE_LENGTH])[: limits.CUE_LENGTH].lower().replace("：", ":").replace("“”", "")
    )
    return to_simplified(start) if HAN.search(start) else start


def find_boilerplate(lines: Sequence[Line]) -> dict[int, str]:
    """Reason by position in `lines`, for the lines that are furniture whatever stands around them."""
    containers = _main_containers(lines)
    found = {}
    for position, line in enumerate(lines):
        reason = _by_markup(line, containers) or _by_words(line) or _by_form(line)
        if reason:
            found[position] = reason
    return found


def is_list_heading(line: Line) -> bool:
    """Whether `line` opens a list of other pages, or names the neighbouring article: the article has ended."""
    plain = _EDGE.sub("", plain_form(line.text))
    return plain.startswith(LIST_HEADINGS) and any(
        plain == cue
        or (plain.startswith(cue) and (len(plain) <= limits.LIST_HEADING_LENGTH or plain[len(cue)] in ": "))
        for cue in LIST_HEADINGS
    )


def _main_containers(lines: Sequence[Line]) -> frozenset[str]:
    """The elements that hold so much of the page's sentences that their name cannot be held against them."""
    weights: Counter[str] = Counter()
    total = 0
    for line in lines:
        if line.shape is Shape.SENTENCES:
            total += line.weight
            for tag in set(line.block.tags):
                weights[tag] += line.weight
    return frozenset(tag for tag, weight in weights.items() if weight >= limits.CONTAINER_SHARE * total)


def _by_markup(line: Line, containers: frozenset[str]) -> str:
    for tag in line.block.tags:
        if tag not in containers and not _HEADING_TAG.match(tag):
            word = _furniture_word(tag)
            if word:
                return f"inside <{tag}>"
    if line.block.link_share >= limits.LINKED and line.shape is not Shape.SENTENCES:
        return "a link"
    return ""


def _furniture_word(tag: str) -> str:
    """The first word of an element's name, class and id that announces furniture, or nothing."""
    words = _TAG_WORD.findall(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", tag))
    return next((word for word in words if word.lower() in FURNITURE_TAGS), "")


def _by_words(line: Line) -> str:
    plain = plain_form(line.text)
    bare = _EDGE.sub("", plain)
    if bare in FURNITURE_LINES:
        return f"a fixed phrase of sites ({bare})"
    if line.weight <= limits.CUE_LENGTH and _is_all_phrases(bare):
        return "nothing but fixed phrases of sites"
    if is_list_heading(line) and line.shape is not Shape.SENTENCES:
        return "heads a list of other pages"
    opened = plain.lstrip("【[(（「*#-—• ")
    if opened.startswith(FURNITURE_STARTS):
        cue = next(cue for cue in FURNITURE_STARTS if opened.startswith(cue))
        if _cue_is_whole(opened, cue):
            return f"begins with “{cue.strip()}”"
    return ""


def _is_all_phrases(plain: str) -> bool:
    """Whether a line of several parts holds no part but phrases of sites: `Press release 新闻稿`, `Light Dark 浅色`."""
    parts = [bare for part in _PARTS.split(plain) if (bare := _EDGE.sub("", part))]
    return len(parts) > 1 and all(part in FURNITURE_LINES for part in parts)


def _cue_is_whole(opened: str, cue: str) -> bool:
    """Whether `cue` ends where a word of `opened` ends."""
    rest = opened[len(cue) :]
    return not cue[-1].isalpha() or not rest or not rest[0].isascii() or not rest[0].isalpha()


def _by_form(line: Line) -> str:
    text = normalise_space(line.text[:400])
    if line.shape is Shape.WORDLESS:
        return "a short date" if _SHORT_DATE.match(text) else "no words"
    if _URL.match(text) or (line.shape is Shape.SHORT and _NAMED_URL.match(text)):
        return "an address"
    if line.shape is not Shape.SENTENCES and len(text) <= limits.APPEAL_LENGTH and _APPEAL.search(text):
        return "an appeal to follow or download"
    if _RIGHTS.search(text[:200]) and len(line.text) <= 300:
        return "rights and registration"
    if line.shape is Shape.SHORT and _is_spaced_menu(line.text):
        return "a menu in one line"
    return _by_pattern(text) if line.shape is not Shape.SENTENCES and line.weight <= 60 else ""


def _by_pattern(text: str) -> str:
    if _BREADCRUMB.match(text) or _PATH.match(text):
        return "a breadcrumb"
    if _MENU.match(text) and not find_date(text):
        return "a menu in one line"
    return ""


def _is_spaced_menu(text: str) -> bool:
    """Whether a line is several short names far apart, as menus and tool bars come out of HTML."""
    parts = [part for part in _MENU_PARTS.split(text[:400]) if part]
    names = [part for part in parts if len(part) <= limits.MENU_NAME and not re.search(r"[.。!！?？,，;；]\s*$", part)]
    return len(parts) >= limits.MENU_FEWEST and len(names) == len(parts) and not find_date(text[:400])


def is_dated_teaser(line: Line) -> bool:
    """Whether `line` is a headline with a date before or after it, as in lists of news."""
    return line.shape is not Shape.SENTENCES and bool(
        _DATED_TEASER.search(line.text[-200:] if len(line.text) > 200 else line.text)
    )


def is_appeal(line: Line) -> bool:
    """Whether a line of sentences asks readers to subscribe to what publishes the page."""
    return bool(_SUBSCRIBE.search(line.text[: limits.CREDIT_LENGTH]))


def is_letterhead(text: str) -> bool:
    """Whether `text` is the name of a company in either language or both, and nothing else."""
    if len(text) > limits.LETTERHEAD_LENGTH:
        return False
    rest = _COMPANY_ZH.sub(" ", text)
    words = re.findall(r"[A-Za-z]+", rest)
    named = [word for word in words if word.lower() not in _SMALL_WORDS]
    company = bool(words) and words[-1].lower() in _COMPANY_ENDS and all(word[0].isupper() for word in named)
    return not HAN.search(rest) and (company or (not words and rest != text))
