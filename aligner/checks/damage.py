"""Text that was damaged before it came here: read in a wrong encoding, or with glyphs that have no characters.

None of the 3,312 true pairs of news (WMT21) and of the sample releases is flagged (`python -m benchmarks flags`). Not
seen: bytes read as another encoding of East Asia that give rare but possible characters.
"""

import re
from collections.abc import Iterator

from aligner.checks.context import Context
from aligner.records import Finding, Flag, Language, Mark, TranslationUnit


def _list_continuations() -> str:
    """The characters that the bytes 80..BF give in Windows-1252, or in Latin-1 where that has none, for a pattern."""
    characters = set(map(chr, range(0x80, 0xC0)))
    characters |= set(bytes(range(0x80, 0xC0)).decode("cp1252", errors="ignore"))
    return re.escape("".join(sorted(characters)))


_NEXT = f"[{_list_continuations()}]"
_DAMAGE = re.compile(
    "[\ufffd\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+"  # lost glyphs, private use
    r"|\(cid:[0-9]+\)"  # how PDF libraries write a glyph without a character
    f"|[ÂÃ]{_NEXT}|[âãäåæçèï]{_NEXT}{{2}}"  # UTF-8 read as Windows-1252: Ã©, â€œ, ï¼Œ
    "|[鈥锛銆][^\\s，。、]?|锟斤拷|烫烫烫"  # UTF-8 read as GBK: 鈥淭his, 锛, 銆
)


def check(unit: TranslationUnit, context: Context) -> Iterator[Finding]:  # noqa: ARG001  # as all checks
    """One finding that marks every damaged place."""
    marks = tuple(
        Mark(language, *match.span())
        for language, text in ((Language.EN, unit.en), (Language.ZH, unit.zh))
        for match in _DAMAGE.finditer(text)
    )
    if marks:
        yield Finding(Flag.DAMAGED, marks)
