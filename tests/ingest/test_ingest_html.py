"""HTML: blocks as a reader sees them, and hostile markup."""

import pytest

from aligner.errors import IngestError
from aligner.ingest import html_main, read_bytes
from aligner.records import Block, BlockKind, Page


def page_of(markup: str, name: str = "page.html") -> Page:
    page = read_bytes(markup.encode("utf-8", "surrogatepass"), name)
    assert page.text == "\n".join(block.text for block in page.blocks)
    assert all(page.text[block.start : block.end] == block.text for block in page.blocks)
    return page


def texts(markup: str) -> list[str]:
    return [block.text for block in page_of(f"<html><body>{markup}</body></html>").blocks]


def block_of(page: Page, text: str) -> Block:
    return next(block for block in page.blocks if block.text == text)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One<br>two<br/><br>three</p>", ["One", "two", "three"]),
        ("<p>Un<b>believ</b>able <i>yes</i></p>", ["Unbelievable yes"]),  # inline tags add no space
        ("<p>a\n  b\tc</p>", ["a b c"]),
        (
            "<p>中文\n   继续,\n下文 Cedar\nQuay</p>",
            ["中文继续,下文 Cedar Quay"],
        ),  # a source line is no space in Chinese
        ("<p>中文继续\uff0c\n下文\n\uff08完\uff09</p>", ["中文继续\uff0c下文\uff08完\uff09"]),
        ("<p>a\u00a0\u00a0b</p>", ["a\u00a0\u00a0b"]),  # a no-break space is text
        ("<div>before<p>inside</p>after</div>", ["before", "inside", "after"]),
        ("text<!-- c -->more<?pi x?> end", ["textmore end"]),
        ("<p>a<script>s</script>b<style>s</style>c<noscript>n</noscript><template>t</template></p>", ["abc"]),
        ("<p>a<span hidden>x</span><span style='DISPLAY : none'>y</span><i aria-hidden=true>z</i>b</p>", ["ab"]),
        ("<div hidden><p>deep <b>inside</b></p></div><p>shown</p>", ["shown"]),
        ("<p>old <del>price</del><ins>offer</ins></p>", ["old offer"]),
        ("<select><option>EN</option></select><textarea>t</textarea><p>x</p>", ["x"]),
        ("<pre>first line\nsecond line</pre>", ["first line", "second line"]),
        ("<span style='display:block'>a</span><span style='display: block'>b</span>", ["a", "b"]),
        ("<ruby>中<rt>zhong</rt></ruby>文", ["中文"]),
        ("<p>&lt;b&gt; &amp; &#20013;&nbsp;x</p>", ["<b> & 中\u00a0x"]),
        ("<p>a&#8;b&#x1b;c\ud800d</p>", ["abcd"]),
        ("<ul><li>one<ul><li>inner</li></ul>tail</li></ul>", ["one", "inner", "tail"]),
    ],
)
def test_blocks_as_a_browser_shows_them(markup: str, expected: list[str]) -> None:
    assert texts(markup) == expected


def test_page_hidden_until_its_script_runs_is_read() -> None:
    assert page_of("<html><body style='visibility:hidden'><p>text</p></body></html>").text == "text"


def test_kinds_tags_and_link_share() -> None:
    page = page_of(
        "<body class='page'><nav class='Main-Nav top' id=menu><ul><li><a href=/>Home</a></li></ul></nav>"
        "<article><h2>Hub opens</h2><div><p>Half <a href=x>link</a></p></div>"
        "<div role=complementary><p>aside</p></div></article></body>"
    )
    home, title, half = block_of(page, "Home"), block_of(page, "Hub opens"), block_of(page, "Half link")
    assert home.kind is BlockKind.LIST_ITEM
    assert home.tags == ("body.page", "nav.main-nav.top.menu", "ul", "li")
    assert home.link_share == 1.0
    assert title.kind is BlockKind.HEADING
    assert half.link_share == pytest.approx(0.5)
    assert half.tags == ("body.page", "article")
    assert block_of(page, "aside").tags[-1] == "div.complementary"


def test_bilingual_table_becomes_cells() -> None:
    page = page_of(
        "<table><tr><th>English<th>中文</tr><tr><td><p>Hello</p><p>there</p><td>你好</tr>"
        "<tr><td rowspan=2>A<td>甲</tr><tr><td>乙</tr><tr><td colspan=2>End</tr></table><p>after</p>"
        "<table><tr><td>x<td>y</table>"
    )
    places = [(block.text, block.table, block.row, block.column) for block in page.blocks]
    assert places == [
        ("English", 0, 0, 0), ("中文", 0, 0, 1), ("Hello", 0, 1, 0), ("there", 0, 1, 0), ("你好", 0, 1, 1),
        ("A", 0, 2, 0), ("甲", 0, 2, 1), ("乙", 0, 3, 1), ("End", 0, 4, 0), ("after", None, None, None),
        ("x", 1, 0, 0), ("y", 1, 0, 1),
    ]  # fmt: skip
    assert block_of(page, "Hello").kind is BlockKind.CELL


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td><table><tr><td>a<td>b</table><td>c</table>",  # tables within: only the inner one holds data
        "<table role=presentation><tr><td>a<td>b</table>",
        "<table><tr><td>a</table>",
        "<table><tr><td>a<tr><td>b</table>",  # one column
        "<table><tr><td><nav>menu</nav><td>text</table>",
        f"<table><tr><td>{'<p>a</p>' * 4}<td>{'<p>b</p>' * 4}</table>",  # two columns of running text
        f"<table><tr><td>a<td>b<tr><td>{'<p>a</p>' * 13}<td>b</table>",
    ],
)
def test_layout_tables_give_ordinary_blocks(table: str) -> None:
    assert page_of(f"<body>{table}<p>x</p></body>").blocks[-2].table is None or "<table><tr><td><table>" in table
    first = page_of(f"<body>{table}</body>").blocks[0]
    assert first.table == (0 if "<td><table>" in table else None)


LONG = "The hub at the river port will serve twelve cities and cut delivery times by a third, the company said. "


def test_main_content_is_marked_and_furniture_is_not() -> None:
    page = page_of(
        "<html><body><nav><a href=/>Home</a> <a href=/n>News</a></nav><article><h1>Hub opens at river port</h1>"
        + "".join(f"<p>{number}. {LONG * 2}</p>" for number in range(5))
        + "</article><footer><p>Contact us</p></footer></body></html>"
    )
    marks = {block.text[:10]: block.in_main for block in page.blocks}
    assert marks["0. The hub"] is True
    assert marks["Home News"] is False
    assert marks["Contact us"] is False


def test_page_is_read_without_the_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("trafilatura.core.bare_extraction", fail)
    assert [block.in_main for block in page_of(f"<p>{LONG}</p><p>x</p>").blocks] == [None, None]


def test_page_too_large_for_the_extractor_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_main, "_MAX_ELEMENTS", 3)
    assert page_of(f"<p>{LONG}</p><p>x</p>").blocks[0].in_main is None


def test_declarations() -> None:
    page = page_of(
        """<!DOCTYPE html><html lang="zh-HK"><head><title>Hub opens - Cedar News</title><meta charset="utf-8">
        <meta property="og:title" content=" Hub  opens "><meta name="author" content="Lin Hao">
        <meta property="article:author" content="https://social.example/lin">
        <link rel="canonical" href="https://news.example/1">
        <script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2024-03-01",
        "author": [{"name": "Wu Ping"}], "publisher": {"name": "Cedar News"}}]}</script>
        <script type="application/ld+json">{broken</script>
        <script type="application/ld+json">"""
        + "[" * 100_000
        + "</script></head><body><p>text</p></body></html>"
    )
    assert set(page.declared) == {
        ("lang", "zh-HK"), ("title", "Hub opens"), ("author", "Lin Hao"), ("author", "Wu Ping"),
        ("url", "https://news.example/1"), ("date", "2024-03-01"), ("source", "Cedar News"), ("charset", "utf-8"),
    }  # fmt: skip


def test_meta_date_goes_before_json() -> None:
    page = page_of(
        '<html><meta property="article:published_time" content="2024-03-02T10:00">'
        '<script type="application/ld+json">{"datePublished": "2024-03-01"}</script><p>text'
    )
    assert dict(page.declared)["date"] == "2024-03-02T10:00"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="utf-8">', "gb18030"),  # wrong
        ('<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "utf-8"),  # wrong
        ('<?xml version="1.0" encoding="big5"?>', "gb18030"),  # wrong, in an XML declaration
        ('<meta charset="gb2312">', "gb18030"),  # right
        ("", "gb18030"),  # silent
        ('<meta charset="utf-8">', "utf-16"),  # what the declaration is written in decides
    ],
)
def test_wrong_charset_declaration_gives_no_mojibake(head: str, encoding: str) -> None:
    body = "<p>枢纽今日启用</p>"
    markup = head + "<html><body>" + body if head.startswith("<?") else f"<html><head>{head}</head><body>{body}"
    assert read_bytes(markup.encode(encoding), "page.html").text == "枢纽今日启用"


@pytest.mark.parametrize("tag", ["div", "b", "font color=red", "ul><li", "table><tr><td", "span"])
def test_100_000_nested_tags_are_refused(tag: str) -> None:
    with pytest.raises(IngestError, match="depth"):
        page_of("<html><body><p>before</p>" + f"<{tag}>" * 100_000 + "deep")


def test_moderate_nesting_is_read() -> None:
    assert page_of("<div>" * 200 + "deep" + "</div>" * 200 + "<p>after").text == "deep\nafter"


def test_entities_of_the_document_are_not_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    assert page_of(bomb + "<html><body><p>x &b; y &f; z</p></body></html>").blocks[-1].text == "x &b; y &f; z"


@pytest.mark.slow
def test_spans_of_a_hostile_table_stay_bounded() -> None:
    page = page_of("<table>" + "<tr><td rowspan=65534 colspan=9999>x<td>y" * 2000 + "</table>")
    assert len(page.blocks) == 4000
    assert max(block.column or 0 for block in page.blocks) <= 1_100


EN = "The harbour authority opened its new ferry terminal on Tuesday morning, and twelve hundred people came."
ZH = "港务局周二上午启用了新的渡轮码头，一千二百人到场，票价为五美元，儿童免费。"


@pytest.mark.parametrize(
    "hidden",
    [
        "<div style='visibility: hidden; opacity: 0'><p>{}</p></div>",
        "<div style='display:none'><p>{}</p></div>",
        "<div hidden><p>{}</p></div>",
        "<div class='tab-pane' aria-hidden='true'><p>{}</p></div>",
        "<noscript><p>{}</p></noscript>",
        '<script type=\'application/ld+json\'>{{"@type": "NewsArticle", "articleBody": "{}"}}</script>',
        '<script id=\'__NEXT_DATA__\' type=\'application/json\'>{{"props": [{{"body": "<p>{}</p>"}}]}}</script>',
    ],
)
def test_what_a_script_shows_is_read_where_a_language_is_missing(hidden: str) -> None:
    assert texts(f"<p>{EN}</p>{hidden.format(ZH)}") == [EN, ZH]
    assert texts(f"<p>{EN}</p><p>{ZH}</p>{hidden.format('隐藏的菜单，本页不显示，读者看不到这些文字。' * 2)}") == [
        EN,
        ZH,
    ]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("The terminal opened<br>on Monday with songs.", ["The terminal opened on Monday with songs."]),
        ("The mayor of<br>Kestrel Bay came.", ["The mayor of Kestrel Bay came."]),
        ("大厅周一启用，市长<br>到场致辞。", ["大厅周一启用，市长到场致辞。"]),
        ("新渡轮码头启用<br>市长周一到场，并致辞。", ["新渡轮码头启用", "市长周一到场，并致辞。"]),
        ("Ferry terminal opens<br>The mayor came.", ["Ferry terminal opens", "The mayor came."]),
        ("Tel: 1234 5678<br>Fax: 8765 4321", ["Tel: 1234 5678", "Fax: 8765 4321"]),
        ("The terminal opened on Monday<br>码头周一启用", ["The terminal opened on Monday", "码头周一启用"]),
    ],
)
def test_a_line_break_within_a_sentence_does_not_end_it(markup: str, expected: list[str]) -> None:
    assert texts(f"<p>{markup}</p>") == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("It was built.<sup>1</sup>", "It was built."),
        ("建成。<sup>12</sup>下文", "建成。下文"),
        ("built<sup>[3]</sup> here", "built here"),
        ("built<sup><a href='#n1'>1</a></sup> here", "built here"),
        ("built<a href='#n1'><sup>1</sup></a> here", "built here"),
        ("300 m<sup>2</sup> of 10<sup>6</sup>", "300 m² of 10⁶"),
        ("the 21<sup>st</sup> hall", "the 21st hall"),
    ],
)
def test_raised_numbers_are_notes_or_powers(markup: str, expected: str) -> None:
    assert texts(f"<p>{markup}</p>") == [expected]


def test_ids_made_from_headings_are_no_tags() -> None:
    page = page_of(
        "<h2 id='links-to-museums' class='title'>Links to museums</h2><div id='related'><p>x</p></div>"
        "<section id='links-to-other-museums'><h3>Links to other museums</h3><p>y</p></section>"
    )
    assert [block.tags for block in page.blocks] == [
        ("h2.title",),
        ("div.related",),
        ("section",),
        ("section",),
    ]


def test_tag_of_very_many_attributes_is_read_in_time() -> None:
    attributes = " ".join(f'a{number}="<"' for number in range(200_000))
    script = "if (a<b) {" + " x = 1;" * 5_000 + "}"
    assert texts(f"<p {attributes}>Hello there.</p><script>{script}</script><p>End.</p>") == ["Hello there.", "End."]
