"""Credit lines: source, authors, date, translators, contacts; and the `Metadata` read from them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from aligner.records import Metadata
from aligner.sections import thresholds as limits
from aligner.sections.cues import EDGE_LABELS, LABEL_ENDS, LABELS, TRADES
from aligner.sections.lines import Line, Shape
from aligner.text.characters import HAN, normalise_space
from aligner.text.chinese import to_simplified
from aligner.text.dates import find_date

_BRACKETS = "()（）[]【】《》〈〉<>"
_RELATIVE_DATE = re.compile(
    r"^(?:\d+|an?)\s*(?:分钟|小时|天|日|周|个?月|年|minutes?|hours?|days?|weeks?|months?|years?)\s*(?:前|ago\b)"
)
_TIME_LINE = re.compile(r"^(?:[A-Za-z-]+ ){0,5}\W*\d{1,2}:\d\d\W*(?:[ap]\.?m\.?)?$|^\D{0,12}\d{1,2}[时時]\d{1,2}分\W*$")
_CONTACT_LINE = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.]+|^https?://\S+$|^www\.\S+$|\(?\+?\d{2,4}\)?[\s-]\d{3,4}[\s-]?\d{3,4}\b|\b\d{3}-\d{3}-\d{4}\b",
    re.IGNORECASE,
)
_UNMARKED_SOURCE = re.compile(r"^(?:SOURCE:?|消息来源|消息來源|来源|來源)\s+(?P<name>\S.{1,60})$")
_DATE_WORDS = re.compile(
    r"ends?|issued|released?|updated|published|embargoed|until|at|on|for|release|before|after|local|time|the"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}(?::\d\d|[时時](?:\d\d分)?)|[ap]\.?m\.?|(?:utc|gmt|hkt)(?:[+-]\d+)?"
    r"|星期[一二三四五六日天]|周[一二三四五六日天]|上午|下午|完|发布|發布|更新|发稿|發稿|前|后|後|于|於|[\W_]+"
)
"""What a line may say beside a date without saying anything else."""
_ITEM = re.compile(r"^(?:\(?\d{1,2}[.)、）]|[一二三四五六七八九十]{1,2}、|[(（][一二三四五六七八九十]{1,2}[)）])\s*\S")
_SENTENCE_INSIDE = re.compile(r"[。！？]\s*\S|[a-z]{3}[.!?] [A-Z]\w*(?: [\w’'-]+){2}")
"""A sentence ends and the line goes on: text, whatever label it holds."""
_BYLINE_EN = re.compile(
    r"^(?:by|reported by|written by)\s+(?P<names>[A-Z][\w.'’-]+(?:[ ,&]+(?:and\s+)?[A-Z][\w.'’-]+){0,9})\s*$"
)
_BYLINE_PLACE = re.compile(
    r"^(?:By )?(?P<names>(?!By )[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}) in "
    r"[A-Z][\w.'’-]+(?: [A-Z]\w+){0,2}(?:, [A-Z]\w+)*\s*(?:\||$)"
)
_BYLINE_ZH = re.compile(r"^[^。！？；:：]{0,30}(?:记者|报道组|通讯员)[^。！？；:：]{0,24}$")
_BYLINE_END = re.compile(r"(?:报道|摄影报道|摄|讯|电|文)[)）]?$")
_GLUED_LABEL = re.compile(
    r"(?<=[^\s|｜:：/／(（\[【])(?<!本报|实习|特约|信息|新闻|文章|稿件|图片|资料|媒体)"
    r"(?=(?:来源|作者|记者|责任编辑|发布时间|阅读量?|浏览量?|点击量?)[:：])"
)
"""Where a label lost the space before it, as when a page's `<span>`s stand side by side."""
_NAME_BREAK = re.compile(r"[、,，;；/&]|\s+and\s+|\s{2,}")
_ASIDE = re.compile(r"[(（\[][^)）\]]*(?:[)）\]]|$)")
_TRADE = re.compile("|".join(map(re.escape, TRADES)))
_NAME_ZH = re.compile(f"(?:{HAN.pattern}){{2,4}}(?:·(?:{HAN.pattern}){{1,6}})?")


@dataclass(frozen=True, slots=True)
class Credit:
    """What one credit line says."""

    label: str
    """The label that made it a credit line, or what it is otherwise."""
    at_edges_only: bool
    """Whether such a line may also be text: then it is a credit only before or after the text of the article."""
    says_nothing_else: bool = False
    """Whether such a line at the edge of a page is surely no text: a byline, a contact, a time, a date alone."""
    may_be_listed: bool = False
    """Whether it is a date with other words, of which several make a list that is text."""
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Values by label group: `source`, `author`, `date` (ISO 8601), `credit`, `contact`, `count`."""


def _build_label_pattern() -> re.Pattern[str]:
    labels = sorted({label for group in LABELS.values() for label in group}, key=len, reverse=True)
    # Longer titles of the same trades: 视频编辑, 新闻联络人, 英文版校对.
    either = "|".join(map(re.escape, labels)) + f"|(?:{HAN.pattern}){{1,6}}(?:{'|'.join(LABEL_ENDS)})"
    # A label stands at the start, after white space or after a separator, perhaps in brackets, and ends with a colon
    # or a bar; a slash or a bullet between two labels (`文/图`) makes one label of them.
    return re.compile(
        rf"(?:^|(?<=[\s|｜丨/／;；,，。)）\]】]))[\[【(（]?(?P<label>(?:{either})(?:\s*[/／&、]\s*(?:{either}))*)\s*[\]】)）]?\s*(?:[:：|｜丨∣︱](?!//)|[/／](?=.{{1,20}}$))",
        re.IGNORECASE,
    )


_LABEL = _build_label_pattern()
_GROUP_OF_LABEL = {label: group for group, labels in reversed(LABELS.items()) for label in labels}


def read_credit(line: Line) -> Credit | None:
    """What `line` says if it is a credit line, or None. Text that begins with such a word is told by its length."""
    text = normalise_space(line.text)
    if not text or len(text) > limits.CREDIT_LENGTH or _SENTENCE_INSIDE.search(text):
        return None
    return (
        _bare_contact(text) or _labelled(text) or _dated(text) or _timed(text) or _byline(line, text) or _contact(text)
    )


def _bare_contact(text: str) -> Credit | None:
    """A line such as `Media contact` or `傳媒查詢`, with the people on the lines below."""
    if len(text) > 40:
        return None
    label = (to_simplified(text) if HAN.search(text) else text.lower()).strip(" :：*-–—【】[]")
    return Credit(label, label in EDGE_LABELS) if label in LABELS["contact"] else None


def _labelled(text: str) -> Credit | None:
    plain = to_simplified(text) if HAN.search(text) else text
    if len(plain) != len(text):
        plain = text
    bare = plain.lstrip("*·•-— ")
    offset = len(plain) - len(bare)
    spaced = _GLUED_LABEL.sub(" ", bare)
    if len(spaced) > len(bare):
        return _labelled(spaced)
    matches = list(_LABEL.finditer(bare))
    before = _before_labels(text[offset:][: matches[0].start()]) if matches else None
    if before is None:
        return None
    labels = [_base_label(match["label"]) for match in matches]
    values = _values(text[offset:], matches)
    if any(len(value) > limits.CREDIT_VALUE or "。" in value[:-1] for value in values):
        return None
    if len(matches) == 1 and _is_prose(values[0]):
        return None
    fields: dict[str, list[str]] = {group: [*found] for group, found in before.items()}
    for label, value in zip(labels, values, strict=True):
        fields.setdefault(_GROUP_OF_LABEL.get(label, "credit"), []).append(value)
    return Credit(
        label=labels[0],
        at_edges_only=all(label in EDGE_LABELS for label in labels),
        says_nothing_else=all(_GROUP_OF_LABEL.get(label) in ("contact", "author", "source") for label in labels),
        fields=_clean_fields(fields, text),
    )


def _before_labels(text: str) -> Mapping[str, tuple[str, ...]] | None:
    """What stands before the first label: a date, a byline, or a name and a bar; None where it is anything else."""
    before = text.strip(" /,，([【（")
    date = find_date(before)
    if not before or _RELATIVE_DATE.match(before) or (date and len(before) - (date.end - date.start) <= 30):
        return {}
    parts = [part.strip() for part in re.split("[|｜]", before) if part.strip()]
    if not before.endswith(("|", "｜")) or any(len(part) > 40 for part in parts):
        return None
    names = [name for part in parts for name in _names_of_byline(part)]
    sources = [part for part in parts if not _names_of_byline(part)]
    return {"author": tuple(names), "source": tuple(sources)}


def _base_label(label: str) -> str:
    lowered = label.lower().strip()
    if lowered in _GROUP_OF_LABEL:
        return lowered
    return re.split(r"\s*[/／&、]\s*", lowered)[0]


def _values(text: str, matches: list[re.Match[str]]) -> list[str]:
    ends = [match.start() for match in matches[1:]] + [len(text)]
    return [
        text[match.end() : end].strip(" |｜丨/;；,，" + _BRACKETS) for match, end in zip(matches, ends, strict=True)
    ]


def _is_prose(value: str) -> bool:
    """Whether what follows a label is a sentence: `Source: "We are glad", he said.` is one."""
    return value.endswith(("。", "！", "？")) or (value.endswith(".") and len(value.split()) > 8)


def _clean_fields(fields: dict[str, list[str]], text: str) -> dict[str, tuple[str, ...]]:
    cleaned = {group: tuple(value for value in values if value) for group, values in fields.items()}
    date = find_date(text)
    if date:
        cleaned["date"] = (date.iso,)
        source = cleaned.get("source", ())
        cleaned["source"] = tuple(_without_date(value) for value in source)
    else:
        cleaned.pop("date", None)
    if "author" in cleaned:
        cleaned["author"] = tuple(name for value in cleaned["author"] for name in split_names(_without_date(value)))
    return cleaned


def _without_date(value: str) -> str:
    date = find_date(value)
    return (value[: date.start] + " " + value[date.end :]).strip(" |｜/,，") if date else value


def split_names(text: str) -> list[str]:
    """The people named in a credit, without their trades and employers."""
    names = []
    for part in _NAME_BREAK.split(_ASIDE.sub(" ", text)):
        words = _TRADE.sub(" ", part).strip(" :：|｜" + _BRACKETS)
        if HAN.search(words):
            names += [word for word in words.split() if _NAME_ZH.fullmatch(word)] if " " in words else [words]
        elif words:
            names.append(words)
    return [name for name in names if 1 < len(name) <= 40]


def _timed(text: str) -> Credit | None:
    """A line that is little more than a time of day: `Issued at HKT 17:30`, `香港時間17時30分`."""
    if len(text) <= 40 and not text.endswith((".", "。")):
        match = _TIME_LINE.match(text)
        if match:
            return Credit("time", True, says_nothing_else=True)
    return None


def _dated(text: str) -> Credit | None:
    """A line that is little more than a full date: `(Xinhua) 08:22, November 28, 2024`, `2024-11-28 羊城晚报`."""
    date = find_date(text)
    relative = _RELATIVE_DATE.match(text)
    if not date:
        return Credit("relative date", False) if relative and len(text) <= 20 else None
    rest = (text[: date.start] + " " + text[date.end :]).strip()
    if len(rest) > limits.DATE_REST or re.search(r"[.。!！?？;；]\s*$", text) or len(rest.split()) > 6:
        return None
    if sum(1 for _ in HAN.finditer(rest)) > 16:
        return None
    bare = not _DATE_WORDS.sub("", rest.lower())
    return Credit(
        "date", bool(rest), says_nothing_else=bare, may_be_listed=_is_event(rest), fields={"date": (date.iso,)}
    )


def _is_event(rest: str) -> bool:
    """Whether what stands beside a date names an event, and is no name of a paper or an office."""
    return rest.rstrip(" -–—").endswith((":", "：")) or bool(_ITEM.match(rest))


def _byline(line: Line, text: str) -> Credit | None:
    if line.shape is Shape.SENTENCES and not text.startswith(("By ", "by ")):
        return None
    source = _UNMARKED_SOURCE.match(text)
    if source and line.shape is Shape.SHORT:
        return Credit("source", True, says_nothing_else=True, fields={"source": (source["name"],)})
    names = _names_of_byline(text)
    if names:
        return Credit("byline", True, says_nothing_else=True, fields={"author": names})
    plain = to_simplified(text) if HAN.search(text) else text
    if len(plain) <= 50 and _BYLINE_ZH.match(plain) and _BYLINE_END.search(plain):
        return Credit("byline", False, fields={"author": tuple(_names_of_zh_byline(plain))})
    return None


def _names_of_byline(text: str) -> tuple[str, ...]:
    """The people of `By Jane Doe and John Roe` or `JANE DOE in London`; none where `text` is something else."""
    match = _BYLINE_EN.match(text[:1].lower() + text[1:]) or _BYLINE_PLACE.match(text)
    return tuple(_decapitalise(name) for name in split_names(match["names"])) if match else ()


def _names_of_zh_byline(text: str) -> list[str]:
    """Names after the trade, as in `海州晚报记者张三 海州报道`."""
    after = re.split("记者|报道组|通讯员", text)[1:]
    words = [word for part in after for word in re.split(r"[\s、,，]+", part) if word]
    return [word for word in words if _NAME_ZH.fullmatch(word) and not _BYLINE_END.search(word)]


def _decapitalise(name: str) -> str:
    return name.title() if name.isupper() else name


def _contact(text: str) -> Credit | None:
    if len(text) <= 120 and _CONTACT_LINE.search(text) and not re.search(r"[.。!！?？]$", text):
        return Credit("contact", True, says_nothing_else=True)
    return None


def collect_metadata(credit_lines: Iterable[Credit], title: str, declared: Iterable[tuple[str, str]] = ()) -> Metadata:
    """The metadata of a page: what its credit lines say first, then what its container declares.

    `title` is the headline found on the page, which counts more than the declared one: that often names the site too.
    """
    sources: list[str] = []
    authors: list[str] = []
    dates: list[str] = []
    for credit in credit_lines:
        sources += [value for value in credit.fields.get("source", ()) if value]
        authors += [name for name in credit.fields.get("author", ()) if name not in authors]
        dates += credit.fields.get("date", ())
    found = Metadata(title=title, source=sources[0] if sources else "", authors=tuple(authors), date=_best_date(dates))
    return _supplemented(found, dict(reversed(list(declared))))


def _best_date(dates: list[str]) -> str:
    """The first date, with its time where the same day is given with one elsewhere."""
    if not dates:
        return ""
    return next((date for date in dates if date.startswith(dates[0][:10]) and "T" in date), dates[0])


def _supplemented(found: Metadata, declared: Mapping[str, str]) -> Metadata:
    date = find_date(declared.get("date", ""))
    author = declared.get("author", "")
    return replace(
        found,
        title=found.title or normalise_space(declared.get("title", "")),
        source=found.source or normalise_space(declared.get("source", "")),
        authors=found.authors or tuple(split_names(author)),
        date=found.date or (date.iso if date else ""),
        url=found.url or declared.get("url", ""),
    )
