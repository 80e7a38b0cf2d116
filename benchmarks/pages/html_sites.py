"""HTML pages as sites publish them: each function is one template, from content to the bytes of a page."""

import json
from collections.abc import Callable, Sequence
from html import escape

from benchmarks.pages.content import Content, Kind, Line

_TAGS = {Kind.TITLE: "h1", Kind.HEADING: "h2", Kind.PARAGRAPH: "p", Kind.NOTE: "p"}


def cms_chrome(page: Content) -> bytes:
    """A content management system: menus, a breadcrumb, related news beside the text, a footer; English first."""
    body = f"""<header><nav><ul>{_menu(page, 0)}</ul></nav></header>
<div class="breadcrumb">Home &gt; News &gt; Press releases</div>
<main><article>{_blocks(page.en)}<hr>{_blocks(page.zh, page.watermark)}</article></main>
<aside class="related-news"><h3>Related news</h3><ul>{_links(page.related[0])}</ul></aside>
<footer><p>Copyright © 2025 Harbour Press. All rights reserved.</p><p>版权所有 海港通讯社</p></footer>"""
    return _document(page, body)


def tabs(page: Content) -> bytes:
    """Two tabs, of which the second is shown by a script."""
    body = f"""<div id="top"><a href="/">Logo</a> <a href="/search">Search</a></div>
<ul class="tabs"><li><a href="#en">English</a></li><li><a href="#zh">中文</a></li></ul>
<div id="en" class="tab-pane active">{_blocks(page.en)}</div>
<div id="zh" class="tab-pane" style="display:none">{_blocks(page.zh, page.watermark)}</div>
<div class="footer">Terms of use | Privacy | 使用条款 | 隐私政策</div>"""
    return _document(page, body)


def wechat(page: Content) -> bytes:
    """A messenger's article: sections and spans in the place of paragraphs, Chinese first."""

    def sections(lines: Sequence[Line], mark: str = "") -> str:
        return "".join(f"<section><span>{_text(line.text)}{mark}</span></section>" for line in lines)

    body = f"""<div id="js_article"><div class="rich_media_meta"><span>海港发布</span> <em>{page.dateline}</em></div>
<div id="js_content">{sections(page.zh, page.watermark)}<section><br></section>{sections(page.en)}</div>
<div class="tool"><span>阅读 1024</span> <span>赞</span> <span>在看</span></div>
<p>微信扫一扫 关注该公众号</p></div>"""
    return _document(page, body)


def government(page: Content) -> bytes:
    """A government site laid out by tables, with a bilingual head and a row of links."""
    body = f"""<table width="980"><tr><td><img alt="logo"></td><td>GovHK 香港政府一站通</td>
<td><a>繁體</a> | <a>简体</a> | <a>English</a></td></tr></table>
<table><tr><td width="180" class="leftmenu">{_menu(page, 1)}</td>
<td><div class="date">{page.dateline}</div>{_blocks(page.zh, page.watermark)}<p>&nbsp;</p>{_blocks(page.en)}
<p>Ends/{page.dateline}</p></td></tr></table>
<table><tr><td>{"".join(f"<a>{en} {zh}</a> " for en, zh in page.menu)}</td></tr></table>
<div>Important notices | 重要告示</div>"""
    return _document(page, body)


def newsroom(page: Content) -> bytes:
    """A company's newsroom: credits, share buttons, contacts, one article after the other."""
    share = "<ul class='share'><li>Facebook</li><li>X</li><li>LinkedIn</li><li>微信</li></ul>"
    body = f"""<nav>{_menu(page, 0)}</nav><article><p class="meta">By Newsroom Staff | {page.dateline}</p>{share}
{_blocks(page.en)}</article><article lang="{page.zh_lang}"><p class="meta">发布时间：{page.dateline} 来源：新闻中心</p>
{_blocks(page.zh, page.watermark)}{share}</article>
<section class="more"><h3>You may also like</h3><ul>{_links(page.related[0])}</ul></section>
<footer>Sign up for our newsletter <form><input><button>Subscribe</button></form></footer>"""
    return _document(page, body)


def amp(page: Content) -> bytes:
    """An accelerated mobile page: custom elements around everything."""
    body = f"""<amp-sidebar id="s"><ul>{_menu(page, 0)}</ul></amp-sidebar>
<amp-img src="a.jpg" alt="photo"></amp-img><div class="amp-wp-article-content">{_blocks(page.en)}
<amp-ad width="300"></amp-ad>{_blocks(page.zh, page.watermark)}</div>
<amp-social-share type="twitter"></amp-social-share><div class="amp-wp-footer">Back to top</div>"""
    return _document(page, body)


def two_columns(page: Content) -> bytes:
    """Two boxes side by side, English left."""
    body = f"""<div class="topbar">{"".join(f"<a>{zh}</a>" for _, zh in page.menu)}</div>
<div style="display:flex"><div class="col">{_blocks(page.en)}</div>
<div class="col">{_blocks(page.zh, page.watermark)}</div></div>
<div class="bottom"><a>Privacy policy</a><a>Cookies</a></div>"""
    return _document(page, body)


def table_rows(page: Content) -> bytes:
    """A table with a row for each pair of paragraphs; where the order differs, one cell a language."""
    rows = page.rows or ((_joined(page.en), _joined(page.zh)),)
    cells = "".join(f"<tr><td>{_cell(en)}</td><td>{_cell(zh)}</td></tr>" for en, zh in rows)
    body = f"""<div class="nav">{_menu(page, 0)}</div><table border="1"><tr><th>English</th><th>中文</th></tr>{cells}
</table><p class="small">Printed from the archive on {page.dateline}</p>"""
    return _document(page, body)


def alternating(page: Content) -> bytes:
    """English and Chinese paragraphs in turn."""
    lines = [line for row in page.rows for line in row if line] or [*page.en, *page.zh]
    body = f"""<div class="header"><ul>{_menu(page, 0)}</ul></div><div class="content">{_blocks(lines)}</div>
<div class="sidebar"><h4>热门文章</h4><ul>{_links(page.related[1])}</ul></div>
<div class="footer">Contact: webmaster@harbour.example</div>"""
    return _document(page, body)


def broken_lines(page: Content) -> bytes:
    """One box of text, in which two breaks part paragraphs and single ones wrap lines."""

    def wrapped(lines: Sequence[Line], width: int) -> str:
        return "<br><br>\n".join("<br>\n".join(_wrap(line.text, width)) for line in lines)

    body = f"""<h3>Press Room 新闻室</h3><div class="text">{wrapped(page.en, 88)}<br><br>{wrapped(page.zh, 44)}</div>
<p><a>Print</a> <a>E-mail this page</a></p>"""
    return _document(page, body)


def language_switch(page: Content) -> bytes:
    """Both languages in the page, one of them hidden by a class and by aria-hidden."""
    body = f"""<div class="lang"><a>EN</a>/<a>中</a></div><div class="lang-en">{_blocks(page.en)}</div>
<div class="lang-zh" hidden aria-hidden="true">{_blocks(page.zh, page.watermark)}</div>
<footer>{"".join(f"<a>{en}</a> <a>{zh}</a> " for en, zh in page.menu)}</footer>"""
    return _document(page, body)


def script_data(page: Content) -> bytes:
    """The Chinese article lies in the page's structured data, the English one in its markup."""
    data = {"@type": "NewsArticle", "inLanguage": page.zh_lang, "articleBody": "\n".join(_texts(page.zh))}
    body = f"""<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>
<nav>{_menu(page, 0)}</nav><article>{_blocks(page.en)}</article><footer>All rights reserved</footer>"""
    return _document(page, body)


def blog(page: Content) -> bytes:
    """A blog: tags, comments, and an archive beside the text."""
    body = f"""<div id="masthead"><h1 class="site">Harbour Notes</h1>{_menu(page, 0)}</div>
<div class="post"><div class="entry">{_blocks(page.zh, page.watermark)}{_blocks(page.en)}</div>
<p class="tags">Tags: harbour, news, 港口, 新闻</p></div>
<div id="comments"><h3>2 comments</h3><p>Great news, thanks for sharing!</p><p>写得很好，学习了。</p></div>
<div class="archive"><ul><li>March 2025</li><li>February 2025</li></ul></div>"""
    return _document(page, body)


SITES: dict[str, Callable[[Content], bytes]] = {
    "html-cms": cms_chrome,
    "html-tabs": tabs,
    "html-wechat": wechat,
    "html-government": government,
    "html-newsroom": newsroom,
    "html-amp": amp,
    "html-two-columns": two_columns,
    "html-table": table_rows,
    "html-alternating": alternating,
    "html-broken-lines": broken_lines,
    "html-language-switch": language_switch,
    "html-script-data": script_data,
    "html-blog": blog,
}


def _document(page: Content, body: str) -> bytes:
    title = escape((page.en or page.zh)[0].text)
    head = f"<head><meta charset='utf-8'><title>{title}</title></head>"
    return f"<!DOCTYPE html><html>{head}<body>{body}</body></html>".encode()


def _blocks(lines: Sequence[Line], mark: str = "") -> str:
    out, items = [], []
    for line in [*lines, None]:
        if line is not None and line.kind not in _TAGS:
            items.append(f"<li>{_text(line.text)}</li>")
            continue
        if items:
            out.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if line is not None:
            glued = mark if line.kind is Kind.PARAGRAPH else ""
            out.append(f"<{_TAGS[line.kind]}>{_text(line.text)}{glued}</{_TAGS[line.kind]}>")
    return "\n".join(out)


def _text(text: str) -> str:
    return escape(text, quote=False)


def _texts(lines: Sequence[Line]) -> list[str]:
    return [line.text for line in lines]


def _joined(lines: Sequence[Line]) -> Line:
    return Line(Kind.PARAGRAPH, "\n".join(_texts(lines)))


def _cell(line: Line | None) -> str:
    return "<br><br>".join(map(_text, line.text.split("\n"))) if line else ""


def _menu(page: Content, language: int) -> str:
    return "".join(f"<li><a href='#'>{entry[language]}</a></li>" for entry in page.menu)


def _links(headlines: Sequence[str]) -> str:
    return "".join(f"<li><a href='#'>{_text(headline)}</a></li>" for headline in headlines)


def _wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters: English broken at spaces, Chinese anywhere."""
    lines, rest = [], text
    while len(rest) > width:
        space = rest.rfind(" ", 0, width)
        cut = space + 1 if space > width // 2 else width
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:]
    return [*lines, rest]
