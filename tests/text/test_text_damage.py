"""Mojibake is found, and text that only looks unusual is not."""

import pytest

from aligner.text.damage import find_damage

TEXTS = ("“We are proud,” said the mayor — twice.", "新渡轮码头周一启用。", "the café — on Söderstraße")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("wrong", ["gb18030", "cp1252", "latin-1", "big5hkscs"])
def test_utf8_read_in_another_encoding(text: str, wrong: str) -> None:
    read = text.encode().decode(wrong, "replace")
    assert find_damage(read)


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_gb18030_read_as_western(wrong: str) -> None:
    assert find_damage("新渡轮码头启用".encode("gb18030").decode(wrong, "replace"))


@pytest.mark.parametrize("text", ["鈥淭his is", "â€œWe", "码头ï¼Œ启用", "lost \ufffd sign", "锟斤拷"])
def test_pieces(text: str) -> None:
    assert find_damage(text)


@pytest.mark.parametrize("text", ["", "plain", *TEXTS, "SÃO PAULO", "naïve £5 · Zürich’s", "鑫鼎集团錦江紡織", "ÀÉÎÕÜ"])
def test_sound_text_is_not_damaged(text: str) -> None:
    assert find_damage(text) == ""
