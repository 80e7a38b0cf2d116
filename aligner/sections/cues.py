"""What press offices and news sites call their own furniture and credits: the words, kept in one place as data.

Words are the second kind of evidence; position, repetition, script and markup come first. Chinese is in simplified
characters (lines are converted before they are compared), English in lower case.
"""

# A line that consists of one of these, whatever brackets, colons or bullets stand around it, is furniture.
FURNITURE_LINES = frozenset({
    # English: switches, tools, sharing
    "settings", "light", "dark", "menu", "search", "home", "login", "log in", "sign in", "sign up", "register",
    "mobile version", "desktop version", "download", "download app", "download the app", "app download", "follow us",
    "follow us on wechat", "wechat", "weibo", "facebook", "twitter", "x", "instagram", "youtube", "linkedin",
    "tiktok", "whatsapp", "telegram", "email", "print", "share", "share this", "share this article", "share to",
    "copy link", "save", "subscribe", "newsletter", "rss", "comments", "comment", "leave a comment", "back",
    "back to top", "top", "next", "previous", "next page", "previous page", "more", "more...", "read more",
    "view more", "load more", "learn more", "see more", "contact us", "about us", "site map", "sitemap", "careers",
    "privacy policy", "privacy", "terms of use", "terms of service", "terms and conditions", "cookie policy",
    "advertisement", "advertise", "skip to main content", "skip to content", "language", "english", "chinese",
    "simplified chinese", "traditional chinese", "font size", "small", "medium", "large", "a a a", "close",
    "press release", "press releases", "news release", "for immediate release", "news", "media centre",
    "media center", "newsroom", "end", "ends", "the end", "english version", "chinese version",
    "english version follows", "chinese version follows", "chinese translation", "english translation",
    "translation", "original text", "photo", "scan the qr code", "view comments", "accept", "accept all",
    "reject all", "cookie settings", "important notice", "important notices", "press room", "accessibility",
    # Chinese
    "设置", "日夜间", "随系统", "浅色", "深色", "主题色", "菜单", "搜索", "首页", "登录", "注册", "登录注册", "下载",
    "手机版", "电脑版", "客户端", "下载客户端", "关注我们", "微信", "微博", "朋友圈", "微信好友", "qq好友", "qq空间",
    "打印", "分享", "分享到", "收藏", "复制链接", "订阅", "评论", "发表评论", "返回", "返回顶部", "返回首页",
    "返回列表", "下一页", "上一页", "更多", "更多>>", "查看更多", "加载更多", "阅读更多", "点击查看更多", "联系我们",
    "关于我们", "网站地图", "隐私政策", "使用条款", "免责声明", "版权声明", "广告", "招聘", "加入我们", "日榜",
    "周榜", "月榜", "总榜", "简体", "繁体", "简体中文", "繁体中文", "中文", "英文", "英语", "大", "中", "小",
    "大中小", "字号", "关闭", "关闭窗口", "新闻稿", "新闻中心", "新闻", "完", "全文完", "即时发布", "立即发布",
    "供即时发布", "英文版", "中文版", "译文", "中文译文", "英文译文", "原文", "中译文", "英文原文", "中文原文",
    "参考译文", "双语", "中英对照", "中英双语", "扫一扫", "扫码关注", "举报", "点赞", "纠错", "接受", "全部接受",
    "打开app", "打开微信", "保存图片", "图片", "重要告示", "重要声明", "新闻室", "无障碍网页", "网页指南",
    # Headers of two-column tables
    "english original", "source text", "target text", "source", "target", "original", "en", "zh", "英", "汉", "汉语",
})  # fmt: skip

# A line that begins so is furniture however it goes on.
FURNITURE_STARTS = (
    "share this", "share to", "share on", "follow us on", "follow us:", "subscribe to our", "sign up for our",
    "download our app", "download the app", "scan the qr", "scan to", "click here", "read more:", "see also:",
    "you may also like", "previous article", "next article", "previous:", "next:", "this site uses cookies",
    "this website uses cookies", "we use cookies", "by continuing to browse", "please enable javascript",
    "all rights reserved", "copyright ©", "copyright (c)", "© ", "copyright 1", "copyright 2", "icp ", "disclaimer:",
    "permalink:", "article link:", "link to this article", "current location", "you are here", "current position",
    "views:", "page views", "print this", "back to ", "tags:", "keywords:", "font size:", "当前位置", "您的位置",
    "您现在的位置", "你的位置", "您所在的位置", "分享到", "分享至", "点击右上角", "点击浏览器", "点击下载",
    "下载app", "扫一扫", "扫码", "扫描二维码", "长按", "关注微信", "关注我们", "微信扫一扫", "更多精彩", "更多资讯",
    "更多新闻", "欢迎关注", "欢迎订阅", "上一篇", "下一篇", "上一条", "下一条", "上篇", "下篇", "本文链接",
    "本文网址", "原文链接", "文章链接", "阅读原文", "点击阅读", "声明:", "免责声明", "版权声明", "版权所有",
    "特别声明", "郑重声明", "本网站", "本站所有", "本网页内容", "凡本网", "未经授权", "未经许可", "转载请",
    "如需转载", "沪icp", "京icp", "粤icp", "浙icp", "苏icp", "icp备", "icp证", "互联网新闻信息服务许可证",
    "网络视听许可证", "违法和不良信息举报", "举报电话", "本网站使用cookie", "我们使用cookie", "标签:", "关键词:",
    "关键字:", "相关链接:", "延伸阅读:", "相关阅读:", "字号:", "字体:", "您的浏览器", "请启用javascript", "打开手机",
    "用微信扫", "网友评论", "发表评论",
)  # fmt: skip

# A line that begins so opens a list that is not the article: what follows needs strong evidence to be article again.
LIST_HEADINGS = (
    "related news", "related stories", "related articles", "related reading", "related content", "related links",
    "related posts", "related topics", "related releases", "more news", "more stories", "more from", "more on this",
    "latest news", "latest stories", "latest articles", "most read", "most popular", "most viewed", "editor's picks",
    "editors' picks", "recommended", "recommended for you", "trending", "top stories", "top news", "hot news",
    "you may also like", "you might also like", "what to read next", "popular posts", "recent posts", "recent news",
    "other news", "photo gallery", "special reports", "previous article", "next article", "share your thoughts",
    "相关新闻", "相关阅读", "相关文章", "相关推荐", "相关资讯", "相关报道", "相关链接", "相关稿件", "相关内容",
    "延伸阅读", "推荐阅读", "推荐资讯", "推荐新闻", "推荐文章", "热门资讯", "热门新闻", "热门文章", "热门推荐",
    "热门排行", "热点新闻", "热点推荐", "热点资讯", "为你推荐", "为您推荐", "猜你喜欢", "最新资讯", "最新新闻",
    "最新文章", "最新消息", "更多新闻", "更多资讯", "更多文章", "精彩推荐", "精彩图片", "图片新闻", "编辑推荐",
    "今日推荐", "今日热点", "阅读排行", "点击排行", "新闻排行", "排行榜", "热榜", "其他新闻", "往期回顾", "往期精彩",
    "专题推荐", "上一篇", "下一篇", "上一条", "下一条", "本文链接", "日榜", "周榜", "月榜", "网友评论",
)  # fmt: skip

# Words in `class` and `id` of HTML elements, and element names, that announce furniture.
FURNITURE_TAGS = frozenset({
    "nav", "footer", "aside", "form", "button", "select", "noscript", "menu", "dialog", "navbar", "navigation",
    "breadcrumb", "breadcrumbs", "crumb", "crumbs", "sidebar", "share", "sharing", "social", "related", "recommend",
    "recommended", "recommendation", "recommendations", "comment", "comments", "copyright", "subscribe",
    "newsletter", "cookie", "cookies", "consent", "banner", "advert", "ads", "ad", "promo", "pagination", "pager",
    "prev", "next", "rank", "ranking", "hot", "login", "toolbar", "topbar", "qrcode", "download", "disclaimer",
    "popup", "modal", "prevnext", "hotlist", "ranklist", "sitemap", "links", "skip",
})  # fmt: skip

# Labels of credit and source lines, by the field of `Metadata` they fill; "credit" fills none.
LABELS: dict[str, tuple[str, ...]] = {
    "source": ("source", "sources", "来源", "稿源", "信息来源", "新闻来源", "文章来源", "稿件来源", "资料来源", "出处"),
    "author": (
        "by", "author", "authors", "reporter", "reporters", "writer", "writers", "written by", "reported by",
        "story by", "text", "text by", "words", "words by", "correspondent", "correspondents", "journalist", "作者",
        "记者", "本报记者", "文", "文字", "撰文", "采写", "撰稿", "撰写", "执笔", "通讯员", "采访", "文/图", "图文",
        "文图", "供稿",
    ),
    "date": (
        "date", "time", "published", "published on", "publish time", "publication date", "release date",
        "release time", "date of release", "issued", "posted", "posted on", "updated", "last updated", "发表时间",
        "发布时间", "发布日期", "发表日期", "发稿时间", "发稿日期", "出版日期", "更新时间", "更新日期", "时间",
        "日期", "发表于", "发布于",
    ),
    "credit": (
        "photo", "photos", "photo by", "photos by", "photographer", "picture", "pictures", "image", "images",
        "video", "videos", "video by", "video editor", "editor", "editors", "edited by", "copy editor",
        "chief editor", "executive editor", "managing editor", "editor-in-chief", "responsible editor", "translator",
        "translators", "translated by", "translation by", "proofread by", "proofreader", "proofreading",
        "english proofreader", "reviewer", "reviewed by", "producer", "producers", "chief producer",
        "supervising producer", "executive producer", "produced by", "presented by", "designer", "designed by",
        "design", "poster", "posters", "coordinator", "planner", "supervisor", "planned by", "director", "host",
        "anchor", "cameraman", "camera", "voice-over", "intern", "photo source", "photo credit", "image credit",
        "cover photo", "图", "图片", "图片来源", "摄影", "摄", "摄像", "拍摄", "视频", "剪辑", "海报", "译", "翻译",
        "编译", "译者", "英文翻译", "英文审校", "审校", "英文校对", "校对", "审核", "审稿", "审定", "终审", "初审",
        "复审", "一审", "二审", "三审", "编辑", "责编", "责任编辑", "本文编辑", "本期编辑", "本期责编", "值班编辑",
        "主编", "总编辑", "副主编", "执行主编", "监制", "总监制", "出品", "出品人", "制作", "制片", "策划", "总策划",
        "统筹", "总统筹", "设计", "美编", "排版", "主持", "配音", "实习生", "英文", "英译", "值班主任", "值班编委",
        "签发",
    ),
    "contact": (
        "media contact", "media contacts", "press contact", "press contacts", "contact", "contacts",
        "contact person", "contact information", "media enquiries", "media enquiry", "media inquiries",
        "press enquiries", "enquiries", "for media enquiries", "for media inquiries",
        "for more information, please contact", "tel", "telephone", "phone", "mobile", "fax", "email", "e-mail",
        "website", "web", "url", "investor relations", "媒体联络", "媒体联系", "媒体联系人", "媒体查询", "传媒查询",
        "新闻联系人", "新闻联络", "联系人", "联络人", "联系方式", "联系电话", "电话", "手机", "传真", "电邮", "邮箱",
        "电子邮件", "电子邮箱", "网址", "网站", "官网", "查询", "媒体垂询",
    ),
    "count": (
        "views", "reads", "clicks", "观看", "浏览", "浏览量", "阅读", "阅读量", "点击", "点击量", "访问量", "人气",
        "评论",
    ),
}  # fmt: skip

# These labels also stand in the text of a release (`Date: 5 March`, `时间：…` of an event): credit only at its edges.
EDGE_LABELS = frozenset({
    "text", "words", "date", "time", "时间", "日期", "图", "文", "video", "design", "host", "website", "web", "url",
    "tel", "phone", "telephone", "mobile", "fax", "email", "e-mail", "电话", "手机", "传真", "网址", "网站", "官网",
    "查询", "邮箱", "电邮", "contact", "contacts", "enquiries", "director", "planner", "issued", "supervisor",
    "producer", "英文", "制作", "设计", "翻译", "主持", "出品", "图片", "picture", "image", "photo", "camera",
    "source", "sources", "评论", "阅读",
})  # fmt: skip

# Chinese labels of more characters end so.
LABEL_ENDS = (
    "联络人",
    "联系人",
    "记者",
    "编辑",
    "摄影",
    "翻译",
    "校对",
    "审校",
    "审核",
    "监制",
    "责编",
    "通讯员",
    "来源",
)

# Words for a person's trade that stand before or after names in credits.
TRADES = (
    "全媒体记者", "本报记者", "本网记者", "特约记者", "实习记者", "首席记者", "记者", "通讯员", "实习生", "特约",
    "编辑", "摄影", "文字", "报道", "摄",
)  # fmt: skip
