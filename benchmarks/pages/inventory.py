"""Invented lines of releases and of sites, in both languages: lists, names, dates, notes, menus, footers."""

from opencc import OpenCC

Pair = tuple[str, str]
Block = tuple[Pair, str, tuple[Pair, ...]]
"""Heading, kind of its lines, lines."""

_BLOCKS: tuple[Block, ...] = (
    (
        ("Members of the committee", "委员会成员"),
        "name",
        (
            ("Eleanor Marsh, Chair", "埃莉诺·马什，主席"),
            ("Tomás Rivera, Deputy Chair", "托马斯·里韦拉，副主席"),
            ("Ingrid Solheim, Treasurer", "英格丽德·索尔海姆，司库"),
            ("Li Wenhao, Secretary", "李文浩，秘书长"),
            ("Chen Yulan, Member", "陈玉兰，委员"),
        ),
    ),
    (
        ("Signed by", "签署人"),
        "name",
        (
            ("Marguerite Fontaine, President of the Harbour Council", "玛格丽特·方丹，港务委员会主席"),
            ("Zhou Jianping, Mayor of Qingshan", "周建平，青山市市长"),
            ("Oliver Brandt, Director of Works", "奥利弗·布兰特，工程总监"),
        ),
    ),
    (
        ("Important dates", "重要日期"),
        "date",
        (
            ("12 March: applications open", "3月12日：开始接受申请"),
            ("30 April: applications close", "4月30日：申请截止"),
            ("15 May: shortlist announced", "5月15日：公布入围名单"),
            ("20 June: award ceremony", "6月20日：颁奖典礼"),
        ),
    ),
    (
        ("What the programme includes", "项目内容"),
        "list",
        (
            ("a training workshop for teachers", "教师培训工作坊"),
            ("a library of 2,400 books", "藏书2400册的图书馆"),
            ("scholarships for 60 students", "60个学生奖学金名额"),
            ("a new science laboratory", "一间新的科学实验室"),
        ),
    ),
    (
        ("Facilities", "设施"),
        "list",
        (
            ("two indoor swimming pools", "两个室内游泳池"),
            ("parking for 350 cars", "350个停车位"),
            ("a café with a sea view", "海景咖啡厅"),
            ("wheelchair access on all floors", "各楼层均设无障碍通道"),
            ("free wireless internet", "免费无线上网"),
        ),
    ),
    (
        ("Opening hours", "开放时间"),
        "date",
        (
            ("Monday to Friday: 9 a.m. to 6 p.m.", "周一至周五：上午9时至下午6时"),
            ("Saturday: 10 a.m. to 4 p.m.", "周六：上午10时至下午4时"),
            ("Closed on Sundays and public holidays", "周日及公众假期休息"),
        ),
    ),
    (
        ("Board of directors", "董事会"),
        "name",
        (
            ("Executive directors: Harold Whitcombe and Sun Meiling", "执行董事：哈罗德·惠特科姆、孙美玲"),
            ("Non-executive director: Priya Raman", "非执行董事：普里娅·拉曼"),
            ("Independent directors: Gao Zhiyuan and Anna Lindqvist", "独立董事：高志远、安娜·林德奎斯特"),
        ),
    ),
)
_NOTES: tuple[Pair, ...] = (
    ("Note: All figures are unaudited and may change.", "注：所有数据未经审计，可能会有变动。"),
    ("[1] Including visitors who came more than once.", "[1] 包括多次到访的游客。"),
    ("The Chinese text prevails in case of doubt.", "如有歧义，以中文文本为准。"),
)
EN_MENU = ("Home", "About us", "News", "Services", "Investors", "Careers", "Contact us", "Site map")
_ZH_MENU = ("首页", "关于我们", "新闻中心", "服务", "投资者关系", "加入我们", "联系我们", "网站地图")
WATERMARKS = ("【转载自信息网】", "本文来自新闻资讯平台", "更多内容请关注公众号")


def _traditional(text: str) -> str:
    return str(_TO_TRADITIONAL.convert(text))


_TO_TRADITIONAL = OpenCC("s2t")
BLOCKS: tuple[tuple[Block, ...], tuple[Block, ...]] = (
    _BLOCKS,
    tuple(
        ((heading[0], _traditional(heading[1])), kind, tuple((en, _traditional(zh)) for en, zh in lines))
        for heading, kind, lines in _BLOCKS
    ),
)
"""In simplified and in traditional characters."""
NOTES = (_NOTES, tuple((en, _traditional(zh)) for en, zh in _NOTES))
ZH_MENU = (_ZH_MENU, tuple(map(_traditional, _ZH_MENU)))
