"""Dates of both languages, as press offices write them, to ISO 8601."""

import re
from dataclasses import dataclass
from datetime import datetime

from aligner.text.numerals import read_numeral

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_CLOCK = r"(?P<hour>\d{1,2})\s*(?::|：|时|時)\s*(?P<minute>\d\d)(?::\d\d|分)?(?:\s*(?P<half>[ap])\.?m\.?)?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}\s*(?:年|[-/.])\s*(?P<month>\d{{1,2}})\s*(?:月|[-/.])\s*(?P<day>\d{{1,2}})(?!\d)\s*日?",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
    )
)
_TIME_AFTER = re.compile(rf"^\s*(?:T|at\b|,|，|\||[(（][^)）]{{1,8}}[)）])?\s*{_CLOCK}", re.IGNORECASE)
_TIME_BEFORE = re.compile(rf"{_CLOCK}\s*,?\s*$", re.IGNORECASE)
_HAN_DATE = re.compile(r"[二][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a line: its ISO 8601 form and where it stands, `[start, end)`."""

    iso: str
    start: int
    end: int


def find_date(text: str) -> FoundDate | None:
    """The first full date of `text`, with its time of day where one stands beside it; None where there is none."""
    for pattern in _DATES:
        for match in pattern.finditer(text):
            found = _read(text, match)
            if found:
                return found
    han = _HAN_DATE.search(text)
    return _read_han(han) if han else None


def _read(text: str, match: re.Match[str]) -> FoundDate | None:
    month = match["month"].lower()[:3]
    number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
    after = _TIME_AFTER.search(text[match.end() : match.end() + 40])
    before = None if after else _TIME_BEFORE.search(text[max(0, match.start() - 20) : match.start()])
    start = match.start() - len(before[0]) if before else match.start()
    end = match.end() + after.end() if after else match.end()
    try:
        day = datetime(int(match["year"]), number, int(match["day"]))
    except ValueError:
        return None
    return FoundDate(day.strftime("%Y-%m-%d") + _read_clock(after or before), start, end)


def _read_clock(clock: re.Match[str] | None) -> str:
    if not clock:
        return ""
    hour, minute = int(clock["hour"]), int(clock["minute"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
    return f"T{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else ""


def _read_han(match: re.Match[str]) -> FoundDate | None:
    year, month, day = re.split("[年月日]", match[0])[:3]
    try:
        found = datetime(read_numeral(year) or 0, read_numeral(month) or 0, read_numeral(day) or 0)
    except ValueError:
        return None
    return FoundDate(found.strftime("%Y-%m-%d"), match.start(), match.end())
