"""Layouts of pages in both languages, each reduced to what makes it hard."""

import time
from dataclasses import dataclass, field

import pytest
from section_pages import page_of_blocks, page_of_lines, page_of_rows

from aligner.api import Aligner
from aligner.records import Block, BlockKind, Language, Page, PageResult, Passage, Verdict
from aligner.sections import read_sections, section_of_one_file

EN_TITLE = "Marlow Bay Ferries orders four electric boats"
ZH_TITLE = "马洛湾轮渡公司订购四艘电动渡船"
EN = [
    "MARLOW BAY, 12 May 2025 – Marlow Bay Ferries has ordered four electric boats from the Haldane shipyard. "
    "They will replace diesel boats that have been in service since 1994.",
    "Each boat carries 320 passengers and charges in nine minutes at either pier. The company expects to save 2.1 "
    "million litres of fuel a year.",
    '"Our passengers asked for quieter boats, and they will get them," said Helen Marsh, the managing director. '
    "Ticket prices will stay as they are.",
    "The first boat is due in the spring of 2027. Two more piers will be fitted with chargers before then.",
]
ZH = [
    "马洛湾2025年5月12日——马洛湾轮渡公司向霍尔丹造船厂订购了四艘电动渡船。这些渡船将取代1994年投入服务的柴油船。",
    "每艘渡船可载客320人，在任一码头充电只需九分钟。公司预计每年可节省燃油210万升。",
    "“乘客希望渡船更安静，我们会做到，”公司总经理海伦·马什表示。船票价格将维持不变。",
    "首艘渡船将于2027年春季交付。在此之前，还有两座码头将安装充电设备。",
]
EN2_TITLE = "Tessaro Robotics opens a training centre in Quayside"
ZH2_TITLE = "泰萨罗机器人公司在码头区开设培训中心"
EN2 = [
    "Tessaro Robotics opened a training centre in the Quayside district on Monday. It can teach 600 technicians.",
    "The centre cost 18 million pounds, a third of which was paid by the city. Courses last two days to six weeks.",
    "Applications are open until the end of June. Residents of the district pay half the fee.",
]
ZH2 = [
    "泰萨罗机器人公司周一在码头区启用了一座培训中心。该中心每年可培训600名技术人员。",
    "培训中心耗资1800万英镑，其中三分之一由市政府承担。课程为期两天至六周不等。",
    "报名截至六月底。本区居民可享受半价优惠。",
]
EN_ALL, ZH_ALL = [EN_TITLE, *EN], [ZH_TITLE, *ZH]


def interleave(*columns: list[str]) -> list[str]:
    return [text for row in zip(*columns, strict=True) for text in row]


ALIGNER = Aligner()


def split(page: Page) -> PageResult:
    """The page, aligned and judged."""
    return ALIGNER.align_read_page(page)


def kept_passages(result: PageResult, language: Language) -> list[Passage]:
    (reading,) = result.readings
    kept = {span for report in reading.reports for span in report.kept}
    return [
        passage
        for pair in result.aligned
        for passage in (pair.pair.en if language is Language.EN else pair.pair.zh).passages
        if (passage.start, passage.end) in kept
    ]


def texts(result: PageResult, language: Language) -> list[str]:
    return [passage.text for passage in kept_passages(result, language)]


def check_account(page: Page, result: PageResult) -> None:
    """Every block has one report; spans and verdicts agree."""
    (reading,) = result.readings
    assert [report.block for report in reading.reports] == list(range(len(page.blocks)))
    for report in reading.reports:
        assert report.reason
        assert bool(report.kept) == (report.verdict in (Verdict.TITLE, Verdict.ARTICLE)), report
        block = page.blocks[report.block]
        assert all(block.start <= start < end <= block.end for start, end in report.kept)
    for pair in result.aligned:
        for passage in (*pair.pair.en.passages, *pair.pair.zh.passages):
            assert passage.text == page.text[passage.start : passage.end]


@dataclass
class Case:
    """A page of lines, and the passages its pairs must hold."""

    lines: list[str]
    en: list[str] = field(default_factory=lambda: EN_ALL)
    zh: list[str] = field(default_factory=lambda: ZH_ALL)


EN_DECK = "The first four of twelve boats carry passengers across the bay from Monday, at no higher fare than before"
ZH_DECK = "十二艘新渡船中的首批四艘周一起投入海湾航线，票价维持不变，老人和学生继续享受半价"
MARK = "q9X滨海速递——每天一分钟，看懂港口BINHAISD.EXAMPLE"
CASES = {
    "English then Chinese": Case([*EN_ALL, *ZH_ALL]),
    "Chinese then English": Case([*ZH_ALL, *EN_ALL]),
    "alternating paragraphs": Case(interleave(EN_ALL, ZH_ALL)),
    "alternating, Chinese first": Case(interleave(ZH_ALL, EN_ALL)),
    "both headlines first": Case([EN_TITLE, ZH_TITLE, *EN, *ZH]),
    "both headlines first, Chinese above": Case([ZH_TITLE, EN_TITLE, *EN, *ZH]),
    "headlines with a second line": Case(
        [EN_TITLE, EN_DECK, *EN, ZH_TITLE, ZH_DECK, *ZH],
        en=[EN_TITLE, EN_DECK, *EN],
        zh=[ZH_TITLE, ZH_DECK, *ZH],
    ),
    "both headlines on one line, divided by a bar": Case([f"{ZH_TITLE} | {EN_TITLE}", *EN, *ZH]),
    "both headlines on one line, divided by a space": Case([f"{EN_TITLE} {ZH_TITLE}", *EN, *ZH]),
    "paragraphs on one line each, English half first": Case(
        [f"{EN_TITLE} {ZH_TITLE}", *(f"{en} {zh}" for en, zh in zip(EN, ZH, strict=True))]
    ),
    "a site around the article": Case(
        [
            "首页 > 新闻中心 > 正文", "港湾之声 Voice of the Harbour", EN_TITLE, "来源：马洛晚报 作者：林一舟",
            *EN, "Source: Voice of the Harbour", *ZH_ALL, "文 | 林一舟", "译 | 陈晓", "责任编辑：何平",
            "分享到：", "微信", "微博", "上一篇：另一则新闻的标题", "下一篇：又一则新闻的标题", "相关新闻",
            "码头区咖啡馆明年开业 2025-05-01", "市政厅修缮工程完工 2025-04-28", "Copyright © 2025 Marlow Evening Post",
        ]
    ),
    "a menu between the halves": Case(
        [*EN_ALL, "Share this", "Facebook", "WeChat", "Print", "Email", "Home", "About us", "Careers", *ZH_ALL]
    ),
    "a menu of words no list knows": Case(
        ["Timetable", "Fares", "Piers", "Lost property", "Map", *EN_ALL, *ZH_ALL, "航班", "票价", "码头", "失物"]
    ),
    "a label before each half": Case(["English Version", *EN_ALL, "中文版", *ZH_ALL]),
    "a watermark on every paragraph": Case(
        [EN_TITLE, *(text + MARK for text in EN), ZH_TITLE, *(text + MARK for text in ZH), MARK,
         "本站编辑为您整理的其他内容还有很多，欢迎常来看看。港口区今日天气晴朗。"]
    ),
    "a watermark before every paragraph": Case(
        [EN_TITLE, *(f"【滨海速递】{text}" for text in EN), ZH_TITLE, *(f"【滨海速递】{text}" for text in ZH)]
    ),
    "subheadings and a list inside": Case(
        [*EN_ALL, "What passengers will notice", "The new boats offer:", "• 320 seats and 40 bicycle racks",
         "• free wireless internet on all decks", "More information follows in June.",
         *ZH_ALL, "乘客将感受到的变化", "新渡船提供：", "• 320个座位和40个自行车架", "• 全船免费无线网络",
         "更多信息将于六月公布。"],
        en=[*EN_ALL, "What passengers will notice", "The new boats offer:", "320 seats and 40 bicycle racks",
             "free wireless internet on all decks", "More information follows in June."],
        zh=[*ZH_ALL, "乘客将感受到的变化", "新渡船提供：", "320个座位和40个自行车架", "全船免费无线网络",
             "更多信息将于六月公布。"],
    ),
    "a list at the very end of both halves": Case(
        [*EN_ALL, "The new boats offer:", "• 320 seats and 40 bicycle racks", "• free wireless internet on all decks",
         *ZH_ALL, "新渡船提供：", "• 320个座位和40个自行车架", "• 全船免费无线网络"],
        en=[*EN_ALL, "The new boats offer:", "320 seats and 40 bicycle racks", "free wireless internet on all decks"],
        zh=[*ZH_ALL, "新渡船提供：", "320个座位和40个自行车架", "全船免费无线网络"],
    ),
    "contacts after each half": Case(
        [*EN_ALL, "Media contact:", "Jo Carver", "Tel: +44 20 5550 0199", "press@marlowbay.example", *ZH_ALL,
         "媒体联络：", "乔·卡弗", "电话：+44 20 5550 0199", "press@marlowbay.example"],
        en=[*EN_ALL, "Media contact:", "Jo Carver"],  # names are text, numbers and addresses at the end are not
        zh=[*ZH_ALL, "媒体联络：", "乔·卡弗"],
    ),
    "lists of other pages between the halves": Case(
        [*EN_ALL, "RELATED STORIES", "Council repairs the old pier", "New cafe opens in Quayside",
         "Rowing club wins again. The cup stays in town.", ZH_TITLE, "2025年5月12日", *ZH]
    ),
    "short courtesies at the ends": Case(
        [*interleave(EN_ALL, ZH_ALL), "Thank you.", "谢谢大家。", "转自公众号", "关注港口公众号获取更多资讯"],
        en=[*EN_ALL, "Thank you."],
        zh=[*ZH_ALL, "谢谢大家。"],
    ),
    "questions in a list that ends in semicolons": Case(
        [EN_TITLE, "The following is a written reply by the Harbour Master to a question in the council today:",
         "Question:", "(1) how many boats are in service; and", "(2) when will they be replaced?", "Reply:", *EN,
         "Ends/Monday, May 12, 2025", "Issued at 17:30", "NNNN",
         ZH_TITLE, "以下是港务长今日对议会一项书面质询的答复：", "问题：",
         "（一）现有多少艘渡船；以及", "（二）何时更换？",
         "答复：", *ZH, "完", "2025年5月12日（星期一）", "17时30分"],
        en=[EN_TITLE, "The following is a written reply by the Harbour Master to a question in the council today:",
             "Question:", "(1) how many boats are in service; and", "(2) when will they be replaced?", "Reply:", *EN],
        zh=[ZH_TITLE, "以下是港务长今日对议会一项书面质询的答复：", "问题：",
             "（一）现有多少艘渡船；以及", "（二）何时更换？",
             "答复：", *ZH],
    ),
    "a wire service's addresses and unlabelled sources": Case(
        [*EN_ALL, "Photo - https://media.example/1.jpg", "View original content: https://www.example.com/302.html",
         "SOURCE Marlow Bay Ferries", *ZH_ALL, "消息来源 马洛湾轮渡公司", "相关链接：", "https://www.marlow.example"]
    ),
    "two releases, each in both languages": Case(
        [*EN_ALL, *ZH_ALL, EN2_TITLE, *EN2, ZH2_TITLE, *ZH2],
        en=[*EN_ALL, EN2_TITLE, *EN2],
        zh=[*ZH_ALL, ZH2_TITLE, *ZH2],
    ),
    "two releases, English first": Case(
        [EN_TITLE, "2025-05-12 10:00", *EN, EN2_TITLE, "2025-05-13 11:00", *EN2,
         ZH_TITLE, "2025-05-12 10:00", *ZH, ZH2_TITLE, "2025-05-13 11:00", *ZH2],
        en=[*EN_ALL, EN2_TITLE, *EN2],
        zh=[*ZH_ALL, ZH2_TITLE, *ZH2],
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_layout(name: str) -> None:
    case = CASES[name]
    page = page_of_lines(case.lines)
    result = split(page)
    check_account(page, result)
    assert texts(result, Language.EN) == case.en
    assert texts(result, Language.ZH) == case.zh
    for language in Language:
        assert kept_passages(result, language)[0].is_title


def test_alternating_sentences_in_a_paragraph() -> None:
    page = page_of_lines(
        [
            EN_TITLE,
            ZH_TITLE,
            "The Haldane yard builds four boats. 霍尔丹造船厂将建造四艘船。 Mr. Lowe of the yard called it a good day. "
            "该厂的洛先生称这是美好的一天。",
            "Fares stay at £3.50. 票价维持在3.50英镑。 The first boat sails in 2027. 首艘船2027年启航。",
        ]
    )
    result = split(page)
    check_account(page, result)
    assert texts(result, Language.EN) == [
        EN_TITLE,
        "The Haldane yard builds four boats.",
        "Mr. Lowe of the yard called it a good day.",
        "Fares stay at £3.50.",
        "The first boat sails in 2027.",
    ]
    assert len(texts(result, Language.ZH)) == 5


@pytest.mark.parametrize(
    "paragraph",
    [
        "公司表示：“We are very proud of this project.”并感谢所有员工的付出与支持。",  # a quoted sentence
        "霍尔丹造船厂（Haldane Shipyard and Engineering Company）将负责建造全部船只。",  # a name in brackets
        "Haldane Shipyard and Engineering Ltd. 将负责建造全部船只，并于明年交付。",  # an abbreviated company
        "新船采用 Marlow Silent Drive System 3.0 技术，噪音降低了一半。",
        "The dish, known as 荷叶蒸鸡饭配陈皮汤, is served on board every Friday evening.",
        "She thanked the crew with the words “大家辛苦了，谢谢你们。” before the boat left the pier.",
    ],
)
def test_a_few_words_of_the_other_language_do_not_split(paragraph: str) -> None:
    page = page_of_lines([*EN_ALL, *ZH_ALL, paragraph])
    result = split(page)
    assert paragraph in texts(result, Language.EN) + texts(result, Language.ZH)


@pytest.mark.parametrize("columns", [(0, 1), (1, 0)])
@pytest.mark.parametrize("header", [("English", "中文"), ("Source text", "译文"), None])
def test_two_column_table(columns: tuple[int, int], header: tuple[str, str] | None) -> None:
    rows = [*([header] if header else []), *zip(EN_ALL, ZH_ALL, strict=True)]
    page = page_of_rows([tuple(row[column] for column in columns) for row in rows])
    result = split(page)
    check_account(page, result)
    assert texts(result, Language.EN) == EN_ALL
    assert texts(result, Language.ZH) == ZH_ALL


def test_table_with_numbers_and_short_cells() -> None:
    rows = [("No.", "English", "中文"), ("1", EN_TITLE, ZH_TITLE), ("2", "Fares", "票价"), ("3", EN[0], ZH[0])]
    page = page_of_rows(rows, before=["Harbour news 港湾新闻"])
    result = split(page)
    assert texts(result, Language.EN) == [EN_TITLE, "Fares", EN[0]]
    assert texts(result, Language.ZH) == [ZH_TITLE, "票价", ZH[0]]


def html_page(main: bool | None = None) -> Page:
    """A page with its site around it; the main-content extractor took the English half only if `main` is true."""

    def menu(*words: str) -> list[Block]:
        tags = ("body", "ul.kz-91", "li")
        return [Block(word, 0, 0, BlockKind.LIST_ITEM, link_share=1.0, tags=tags) for word in words]

    def paragraphs(lines: list[str], in_main: bool | None) -> list[Block]:
        return [Block(line, 0, 0, tags=("body", "div.content"), in_main=in_main) for line in lines]

    return page_of_blocks(
        [
            *menu("Routes and timetables", "Working at Marlow Bay", "航线与时刻表", "加入我们的团队"),
            Block(EN_TITLE, 0, 0, BlockKind.HEADING, in_main=main, tags=("body", "div.content", "h1")),
            *paragraphs(EN, main),
            *paragraphs(ZH_ALL, False if main else None),
            Block("You may have missed our summer timetable. It is on our website.", 0, 0, tags=("aside.box",)),
            *menu("Council approves a new bus lane on Pier Road", "市议会批准新的公交专用道方案"),
            Block("Marlow Bay Ferries. A company of the Marlow Group.", 0, 0, tags=("body", "footer")),
        ]
    )


@pytest.mark.parametrize("main", [None, True])
def test_html_page_with_its_site(main: bool | None) -> None:
    page = html_page(main)
    result = split(page)
    check_account(page, result)
    assert texts(result, Language.EN) == EN_ALL
    assert texts(result, Language.ZH) == ZH_ALL


def test_element_that_holds_the_article_is_no_furniture_whatever_its_name() -> None:
    tags = ("body.has-sidebar", "div.share-wrap")
    page = page_of_blocks([Block(text, 0, 0, tags=tags) for text in [*EN_ALL, *ZH_ALL]])
    assert texts(split(page), Language.EN) == EN_ALL


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (EN_ALL, "the page is in English only"),
        (ZH_ALL, "the page is in Chinese only"),
        (
            [*EN_ALL, "上一篇：另一则新闻", "热门资讯", "冬季毛衣怎么搭配才好看", "三种方法教你收纳衣柜"],
            "the page is in English only",
        ),
        (["Home", "News", "Contact us", "首页", "新闻", "联系我们"], "the page has no article text"),
        ([], "the page has no article text"),
        (["* * *", "2025", "12:30"], "the page has no article text"),
    ],
)
def test_nothing_to_align(lines: list[str], reason: str) -> None:
    page = page_of_lines(lines)
    result = split(page)
    check_account(page, result)
    assert result.units == ()
    assert result.reason == reason


def test_long_chinese_text_of_other_pages_is_not_the_counterpart() -> None:
    others = "秋冬季节气候干燥，专家提醒市民注意补水。多吃水果有助于保持健康。" * 4
    result = split(page_of_lines([*EN_ALL, *EN2, "相关阅读", others]))
    assert result.units == ()


def test_section_of_one_language_stays_out() -> None:
    for extra in ([EN2_TITLE, *EN2], [ZH2_TITLE, *ZH2, "本报记者将继续关注此事。欢迎读者来信。"]):
        lines = [*EN_ALL, *extra, *ZH_ALL] if extra[0] is EN2_TITLE else [*EN_ALL, *ZH_ALL, *extra]
        units = split(page_of_lines(lines)).units
        assert len(units) == 9
        assert not {unit.en for unit in units} & set(EN2)
        assert not any(unit.zh in text for unit in units for text in extra)


def test_english_abstract_gives_its_few_units_and_no_more() -> None:
    abstract = (
        "Marlow Bay Ferries has ordered four electric boats. They replace boats that have been in use since 1994."
    )
    result = split(page_of_lines([*ZH_ALL, *ZH2, abstract]))
    assert len(result.units) <= 2
    assert all(unit.zh in "".join(ZH_ALL) for unit in result.units)


def test_third_language_is_left_alone() -> None:
    japanese = ["マーロウ湾フェリーは電動船4隻を発注した。", "各船は320人を乗せ、9分で充電できる。", "新製品発表"]
    result = split(page_of_lines([*EN_ALL, *japanese, *ZH_ALL]))
    assert texts(result, Language.ZH) == ZH_ALL
    assert split(page_of_lines([*EN_ALL, *japanese])).reason == "the page is in English only"


def test_names_below_the_last_sentence_are_wanted() -> None:
    en = ["Board of Directors", "Mr. Chan Tai Man (Chairman)", "Ms. Lee Siu Ling", "Dr. Wong Kwok Wai"]
    zh = ["董事会", "陈大文先生（主席）", "李小玲女士", "黄国伟博士"]
    for lines in ([*EN_ALL, *en, *ZH_ALL, *zh], [*en, *zh]):
        units = split(page_of_lines(lines)).units
        assert [(unit.en, unit.zh) for unit in units][-4:] == list(zip(en, zh, strict=True))


def test_metadata_of_both_languages() -> None:
    page = page_of_lines(
        [EN_TITLE, "By Jane Doe and Li Wen | Updated: May 12, 2025 09:05 p.m.", *EN, *ZH_ALL, "来源：《马洛晚报》"],
        declared=[("url", "https://marlow.example/1"), ("title", "something else"), ("author", "Web Team")],
    )
    metadata = split(page).metadata
    assert metadata.title == EN_TITLE
    assert metadata.date == "2025-05-12T21:05"
    assert metadata.authors == ("Jane Doe", "Li Wen")
    assert metadata.source == "马洛晚报"
    assert metadata.url == "https://marlow.example/1"


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("2025-05-12 10:22来源：马洛晚报记者：李明 王芳阅读：3021", "authors", ("李明", "王芳")),  # spans side by side
        ("2025-05-12 10:22来源：马洛晚报记者：李明 王芳阅读：3021", "source", "马洛晚报"),
        ("文/李明 图/王芳", "authors", ("李明",)),
        ("南港日报全媒体记者 李明 通讯员 王芳", "authors", ()),  # no label, no ending: left alone
        ("港湾晚报记者李明 马洛湾报道", "authors", ("李明",)),
        ("ZHANG WEI in Marlow | Harbour Courier | Updated: 2025-05-12 07:22", "authors", ("Zhang Wei",)),
        ("ZHANG WEI in Marlow | Harbour Courier | Updated: 2025-05-12 07:22", "source", "Harbour Courier"),
        ("By Jo Carver", "authors", ("Jo Carver",)),
        ("发布日期：二〇二五年五月十二日", "date", "2025-05-12"),
        ("(Harbour News) 08:22, May 12, 2025", "date", "2025-05-12T08:22"),
        ("Published: 12 May 2025 at 7:05 pm", "date", "2025-05-12T19:05"),
        ("2025年5月12日 19时05分", "date", "2025-05-12T19:05"),
        ("Date: 31/31/2025", "date", ""),  # no such day
        ("2025-13-40 来源：马洛晚报", "date", ""),
    ],
)
def test_credit_line(line: str, field: str, value: object) -> None:
    metadata = read_sections(page_of_lines([EN_TITLE, line, *EN, *ZH_ALL])).metadata
    assert getattr(metadata, field) == value


def test_one_file_of_one_language() -> None:
    page = page_of_lines(
        ["首页 > 新闻", ZH_TITLE, "2025年5月12日 来源：马洛晚报", *ZH, "Read more in English", "责任编辑：何平"]
    )
    section, reports, metadata = section_of_one_file(page, Language.ZH)
    assert [passage.text for passage in section.passages if passage.prior > 0] == ZH_ALL
    assert len(section.passages) > len(ZH_ALL), "what looks like boilerplate is aligned as well"
    assert section.tag == "zh-CN"
    assert len(reports) == len(page.blocks)
    assert (metadata.title, metadata.date, metadata.source) == (ZH_TITLE, "2025-05-12", "马洛晚报")


def test_one_file_in_the_wrong_language_gives_an_empty_section() -> None:
    section, reports, _ = section_of_one_file(page_of_lines(ZH_ALL), Language.EN)
    assert section.passages == ()
    assert all(not report.kept for report in reports)


@pytest.mark.parametrize(
    ("lines", "declared", "tag"),
    [
        (["渡輪公司訂購了四艘電動船。", "港府表示歡迎，並會在碼頭裏安裝充電設備。"], "", "zh-HK"),
        (["渡輪公司訂購了四艘電動船。", "台北市政府表示歡迎，並會在碼頭裡安裝充電設備與網路。"], "", "zh-TW"),
        (["渡輪公司訂購了四艘電動船。", "乘客對此表示歡迎。"], "zh-HK", "zh-HK"),  # declared decides
        (["渡輪公司訂購了四艘電動船。", "乘客對此表示歡迎。"], "", "zh-TW"),
        (["渡輪公司訂購了四艘電動船。", "乘客對此表示歡迎。"], "zh-CN", "zh-TW"),  # the characters gainsay it
        (["轮渡公司订购了四艘电动船。", "蘋果公司創辦人表示欢迎，乘客们也都很高兴。"], "zh-TW", "zh-CN"),
    ],
)
def test_tag_of_chinese(lines: list[str], declared: str, tag: str) -> None:
    page = page_of_lines(lines, declared=[("lang", declared)] if declared else [])
    section, _, _ = section_of_one_file(page, Language.ZH)
    assert section.tag == tag


@pytest.mark.slow
def test_time_grows_with_the_page_not_with_its_square() -> None:
    def seconds(copies: int) -> float:
        lines = [text + MARK for number in range(copies) for text in (f"{number}. {EN[0]}", f"{number}、{ZH[0]}")]
        page = page_of_lines(lines)
        start = time.perf_counter()
        read_sections(page)
        return time.perf_counter() - start

    seconds(50)  # loads what is loaded on use
    small, large = seconds(250), seconds(2000)
    assert large < 4 * 8 * small  # quadratic would be 64 times; linear is 8, with room for noise
