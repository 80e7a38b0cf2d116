"""Characters that are invisible or look like others: what units hold, and that spans still point to them."""

import pytest

from aligner.ingest import read_bytes
from aligner.records import Language
from aligner.sentences import split_text
from aligner.text.characters import normalise_space, strip_illegal
from aligner.text.lookalikes import replace_lookalikes

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufe0f\ufeff\U000e0100"


@pytest.mark.parametrize("character", INVISIBLE, ids=lambda character: f"U+{ord(character):04X}")
def test_invisible_characters_leave_no_space_and_spans_stay(character: str) -> None:
    text = f"The fer{character}ry opened.{character} It{character} runs."
    spans = split_text(text, Language.EN)
    assert [normalise_space(text[start:end]) for start, end in spans] == ["The ferry opened.", "It runs."]


def test_a_page_keeps_invisible_characters_inside_its_text() -> None:
    page = read_bytes("渡轮码\u200b头周一启用。".encode(), "page.txt")
    assert page.text == "渡轮码\u200b头周一启用。"
    assert normalise_space(page.text) == "渡轮码头周一启用。"


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("启⽤⼤厅3⽉12⽇列⻋镇⻓", "启用大厅3月12日列车镇长"),
        ("\uf0b7 a hall", "• a hall"),
        ("  \uf0d8a hall", "  •a hall"),
        ("\ue123 a hall", "• a hall"),
        ("a \uf0b7 hall", "a \uf0b7 hall"),
        ("Ｔｈｅ ｎｅｗ ｈａｌｌ， ２０２４．", "The new hall, 2024."),
        ("ＡＢＣＤ公司，２０２４", "ＡＢＣＤ公司，２０２４"),
        ("ＡＢＣ", "ＡＢＣ"),
    ],
)
def test_lookalikes_become_what_was_meant(line: str, meant: str) -> None:
    assert replace_lookalikes(line) == meant
    assert read_bytes(line.encode(), "page.txt").text == meant.strip()


def test_every_radical_with_an_ideograph_is_replaced_by_one_character() -> None:
    radicals = "".join(map(chr, range(0x2F00, 0x2FD6)))
    assert all(0x4E00 <= ord(character) <= 0x9FFF for character in replace_lookalikes(radicals))
    supplement = "".join(map(chr, [*range(0x2E81, 0x2E9A), *range(0x2E9B, 0x2EF4)]))
    unchanged = [one for one, other in zip(supplement, replace_lookalikes(supplement), strict=True) if one == other]
    assert len(unchanged) <= 2


@pytest.mark.parametrize("code", [0xFDD0, 0xFFFE, 0x1FFFE, 0xFFFFF, 0x10FFFF])
def test_noncharacters_are_taken_out(code: int) -> None:
    assert strip_illegal(f"a{chr(code)}b") == "ab"
