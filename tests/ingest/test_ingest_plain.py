"""Plain text and Markdown: what is a block, and where it stands in the page's text."""

import textwrap
from pathlib import Path

import pytest

from aligner.ingest import read_bytes, read_page
from aligner.ingest.joining import join_lines
from aligner.records import BlockKind, Page

EN = (
    "Cedar Quay Logistics said on Monday that it will open a second cold-chain hub beside the river port, adding 1,200 "
    "jobs over three years. The hub will serve twelve cities and cut delivery times by a third."
)
ZH = (
    "雪松码头物流周一宣布,将在内河港旁开设第二个冷链枢纽,三年内新增1200个岗位。该枢纽将服务十二座城市,"
    "并与现有的CedarBox仓库相连,形成覆盖整个流域的配送网络,把送货时间缩短三分之一。"
).replace(",", "\uff0c")


def blocks(text: str, name: str = "page.txt") -> list[str]:
    page = read_bytes(text.encode("utf-8", "surrogatepass"), name)
    check_offsets(page)
    return [block.text for block in page.blocks]


def check_offsets(page: Page) -> None:
    assert page.text == "\n".join(block.text for block in page.blocks)
    for block in page.blocks:
        assert page.text[block.start : block.end] == block.text
        assert len(block.text.splitlines()) == 1


def wrap_columns(text: str, width: int) -> str:
    """Chinese as a terminal wraps it, two columns a character."""
    lines, used = [""], 0
    for character in text:
        size = 1 if character.isascii() else 2
        if used + size > width:
            lines.append("")
            used = 0
        lines[-1] += character
        used += size
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{EN}\n{ZH}", [EN, ZH]),  # a paragraph a line, as web pages are saved
        (f"{EN}\n\n\n{ZH}\n", [EN, ZH]),
        ("  • Home\n  • News\n    Today", ["• Home", "• News", "Today"]),  # menus: short lines stay apart
        ("Text|Lin\nPhoto|Wu\nEditor|Sun", ["Text|Lin", "Photo|Wu", "Editor|Sun"]),  # credits
        ("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h", list("abcdefgh")),  # every line break there is
        ("\u3000\u3000首段\u00a0文字\u3000\n", ["首段\u00a0文字"]),  # outer space goes, inner stays
        (
            "The hub\x00 opens in spring\ud800.\x1b[0m\x9f 枢纽",
            ["The hub opens in spring.[0m 枢纽"],
        ),  # nothing that XML forbids
    ],
)
def test_each_line_is_a_block(text: str, expected: list[str]) -> None:
    assert blocks(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(["Cedar Quay opens hub", textwrap.fill(EN, 72), "雪松码头开设枢纽", wrap_columns(ZH, 70)]),
        "\n\n".join(["Cedar Quay opens hub", textwrap.fill(EN, 72), "雪松码头开设枢纽", textwrap.fill(ZH, 28)]),
        # Paragraphs told by their indent alone, and no blank line between the languages.
        "\n".join(["Cedar Quay opens hub", textwrap.fill(EN, 72), "雪松码头开设枢纽", wrap_columns(ZH, 72)]),
    ],
    ids=["by columns", "by characters", "without blank lines"],
)
def test_wrapped_paragraphs_are_joined(text: str) -> None:
    assert blocks(text) == ["Cedar Quay opens hub", EN, "雪松码头开设枢纽", ZH]


def test_lists_in_wrapped_text_stay_apart() -> None:
    items = ["- " + EN, "- " + EN]
    text = textwrap.fill(EN, 72) + "\n\n" + "\n".join(textwrap.fill(item, 72, subsequent_indent="  ") for item in items)
    assert blocks(text) == [EN, *items]


def test_sentences_a_line_are_not_wrapped_text() -> None:
    lines = [
        "The hub will open in March.",
        "It will serve twelve cities in all.",
        "Two hundred people applied on day one.",
    ]
    assert blocks("\n".join(lines)) == lines


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["the river", "port"], "the river port"),
        (["内河港旁", "开设"], "内河港旁开设"),
        (["将在Cedar", "Quay开设枢纽和港口"], "将在Cedar Quay开设枢纽和港口"),  # Latin within Chinese keeps its space
        (["岗位1200", "个岗位新增"], "岗位1200个岗位新增"),
        (["a well-", "known firm"], "a well-known firm"),
        (["said Lin Hao (林皓)", "on Monday at the port"], "said Lin Hao (林皓) on Monday at the port"),
    ],
)
def test_join_lines(lines: list[str], expected: str) -> None:
    assert join_lines(lines) == expected


MARKDOWN = """---
title: "Hub opens"
date: 2024-01-02
---
# Hub *opens* today #

First line of **bold** and [a link](http://a.example/b_(c) "t") and
second `code` \\*kept\\* snake_case &amp; more.
中文第一行
接着第二行。

* item one
  goes on
1. item two

| English | 中文 |
|---|:---:|
| Hello<br>there | 你好 |
| A \\| B | 甲 |

Setext
------
> quoted ~~text~~
![logo](x.png)
***
[ref]: http://a.example
end[^1] of <b>page</b>
"""


def test_markdown_is_reduced_to_its_text() -> None:
    page = read_bytes(MARKDOWN.encode(), "page.md")
    check_offsets(page)
    assert [(block.kind.value, block.text) for block in page.blocks] == [
        ("heading", "Hub opens today"),
        ("paragraph", "First line of bold and a link and second code *kept* snake_case & more."),
        ("paragraph", "中文第一行接着第二行。"),
        ("list-item", "item one goes on"),
        ("list-item", "item two"),
        ("cell", "English"),
        ("cell", "中文"),
        ("cell", "Hello"),
        ("cell", "there"),
        ("cell", "你好"),
        ("cell", "A | B"),
        ("cell", "甲"),
        ("heading", "Setext"),
        ("paragraph", "quoted text"),
        ("paragraph", "end of page"),
    ]
    cells = [block for block in page.blocks if block.kind is BlockKind.CELL]
    assert [(cell.table, cell.row, cell.column) for cell in cells] == [
        (0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 0), (0, 1, 1), (0, 2, 0), (0, 2, 1),
    ]  # fmt: skip
    assert dict(page.declared) == {"charset": "utf-8", "title": "Hub opens", "date": "2024-01-02"}
    assert 0 < page.blocks[1].link_share < 0.5


def test_markdown_marks_mean_nothing_in_plain_text() -> None:
    assert blocks("# Hub *opens*") == ["# Hub *opens*"]


@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"])
def test_published_pages_keep_a_block_a_line(shared: Path, seed: str) -> None:
    path = next((shared / "seeds").glob(f"{seed}_*.txt"))
    page = read_page(path)
    check_offsets(page)
    # White space aside, every non-empty line of the file is a block and nothing is lost.
    lines = ["".join(line.split()) for line in path.read_text(encoding="utf-8").splitlines()]
    assert ["".join(block.text.split()) for block in page.blocks] == [line for line in lines if line]


@pytest.mark.parametrize("character", ["\x0b", "\x0c", "\x85", "\u2028"], ids=["VT", "FF", "NEL", "LS"])
def test_soft_breaks_within_a_sentence_do_not_end_it(character: str) -> None:
    text = (
        f"Vale said on Tuesday that the hall{character}would open in May.\n公司周二表示，大厅{character}将于五月启用。"
    )
    expected = ["Vale said on Tuesday that the hall would open in May.", "公司周二表示，大厅将于五月启用。"]
    assert blocks(text) == expected


def test_wrapped_chinese_item_keeps_a_line_with_an_address() -> None:
    text = (
        "1.  若读者未能在五天内归还逾期图书，图书馆会暂停其借阅权限。读者如需恢复权限，请写信给借阅处\n"
        "    (desk@halden-library.example)\n    ，并附上借书证复印件。\n\n2.  修缮期间，读者可以使用东楼的自习室。\n"
    )
    assert blocks(text) == [
        "1.  若读者未能在五天内归还逾期图书，图书馆会暂停其借阅权限。读者如需恢复权限，请写信给借阅处"
        "(desk@halden-library.example)，并附上借书证复印件。",
        "2.  修缮期间，读者可以使用东楼的自习室。",
    ]


def test_quotation_marks_of_a_mail_are_no_text() -> None:
    assert blocks("> The hall is open.\n>> 大厅已启用。\nThank you.") == [
        "The hall is open.",
        "大厅已启用。",
        "Thank you.",
    ]
    assert blocks("> 5 percent\nmore") == ["> 5 percent", "more"]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("Install it:\n\n```sh\npip install x\n```\n\n~~~\ncode\n~~~\nDone.", ["Install it:", "Done."]),
        ("It is built.[^1]\n\n[^1]: A note of the text,\n    continued.\n\nIt runs.", ["It is built.", "It runs."]),
        ('{{< figure src="a.png" >}}\n\n{% raw %}Text{% endraw %}\n\n::: note\nmore\n:::', ["Text", "more"]),
        ("**注意：**请勿入内。", ["注意：请勿入内。"]),
        ("    The hall is open.\n", ["The hall is open."]),
        ("<div align=center><b>Hub</b> opens</div>\n\ntext", ["Hub opens", "text"]),
        ("The terminal opened  \non Monday.", ["The terminal opened on Monday."]),
        ("/etc/hosts is read.", ["/etc/hosts is read."]),
    ],
)
def test_markdown_without_what_is_no_text(markup: str, expected: list[str]) -> None:
    assert [block.text for block in read_bytes(markup.encode(), "page.md").blocks] == expected


def test_long_runs_of_white_space_are_cut() -> None:
    page = read_bytes(b"The hall" + b" " * 100_000 + b"opened.", "page.txt")
    assert page.text == "The hall" + " " * 200 + "opened."
