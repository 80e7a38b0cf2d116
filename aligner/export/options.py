"""What a writer needs to know beside the units."""

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from aligner.errors import UsageError

_SUBTAGS = r"(-[A-Za-z0-9]{1,8})*"
# Full width or other scripts' digits are no part of a date that another program must read.
_DIGITS = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a run wants its units written.

    :raises UsageError: when a language code is not English or Chinese, or spelt with an underscore.
    """

    en_lang: str = ""
    """Language code of all English texts, such as `en-US`; empty leaves each unit its own."""
    zh_lang: str = ""
    """Language code of all Chinese texts, such as `zh-HK`; empty leaves each unit its own."""
    creator: str = ""
    """Who is named as the creator of header and units."""
    domain: str = ""
    """Subject field, a property of each unit."""
    client: str = ""
    """Client, a property of each unit."""
    created: datetime | None = None
    """Creation time of header and units; None asks `resolve_date`. Without a time zone it is taken as UTC."""
    force: bool = False
    """Whether an existing file may be replaced."""
    signature: str = ""
    """Encoder, scorer and splitter of the run, with their versions."""

    def __post_init__(self) -> None:
        _check_language(self.en_lang, "en")
        _check_language(self.zh_lang, "zh")

    @property
    def created_utc(self) -> datetime:
        """`created`, or the time `resolve_date` gives, in UTC and in whole seconds."""
        moment = self.created or resolve_date()
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC).replace(microsecond=0)


def resolve_date(text: str = "") -> datetime:
    """The time that a run gives its units: `text` (ISO 8601), else SOURCE_DATE_EPOCH, else now; in UTC.

    :raises UsageError: when the text or the variable is no time.
    """
    try:
        if text:
            moment = datetime.fromisoformat(text)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        if not epoch:
            return datetime.now(UTC)
        if not _DIGITS.fullmatch(epoch):
            raise ValueError("not a whole number of seconds")
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        given, like = (text, "2024-11-28 or 2024-11-28T22:45:00") if text else (f"SOURCE_DATE_EPOCH={epoch}", "seconds")
        raise UsageError(f"{given}: this is no time ({error}); write it as {like}") from error


def _check_language(code: str, language: str) -> None:
    if code and not re.fullmatch(language + _SUBTAGS, code, re.IGNORECASE):
        example = {"en": "en, en-US or en-GB", "zh": "zh-CN, zh-HK or zh-TW"}[language]
        raise UsageError(f"{code!r} is no language code for this side; write it as {example}")
