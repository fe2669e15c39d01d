"""Lines that only a web page has, as tables. To teach the cleaner a site's words, add them."""

from __future__ import annotations

import re

__all__ = ["HEAD_LINE", "LIST_LABEL", "PAGER", "TAIL_LINE"]


def _lines(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_DATE = r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?"
_COUNT = r"(?:阅读|浏览|点击|人气|访问|评论|点赞)(?:次数|量|数)?"
_MENU_HAN = (
    "首页|登录|注册|搜索|导航|菜单|设为首页|加入收藏|我的书架|手机版|网站地图|联系我们|关于我们"
)
_MENU_ENGLISH = (
    "home|menu|search|log ?in|sign ?(?:in|up)|register|subscribe|contact(?: us)?|about(?: us)?|"
    "skip to (?:main )?content|site ?map"
)
_MENU = f"(?:{_MENU_HAN}|{_MENU_ENGLISH})"
_PART = r"[^\n|>»›。！？]{1,24}"

# At the head: where one is in the site, what can be chosen, when and by whom it was put there.
HEAD_LINE = _lines(
    rf"^(?:发布|更新|发表)?(?:时间|日期)\s*[:：]\s*{_DATE}",
    rf"^{_DATE}\s+\d{{1,2}}:\d{{2}}",
    rf"^(?:来源|作者|编辑)\s*[:：].{{1,30}}(?:阅读|浏览|点击|时间|{_DATE})",
    rf"^{_COUNT}\s*[:：]\s*\d*",
    r"^(?:当前|您的|您现在的|你的|所在)?位置\s*[:：]",
    r"^(?:字号|字体|分享(?:到)?)\s*[:：]",
    rf"^(?:{_MENU_HAN}|home)\s*[>»›/→]",
    rf"^{_PART}(?:\s[>»›→]\s{_PART}){{2,6}}$",
    rf"^{_MENU}$",
    rf"^(?:{_PART}\s?[|｜]\s?){{0,8}}{_MENU}(?:\s?[|｜]\s?{_PART}){{1,8}}$",
    rf"^{_MENU}(?:\s+{_MENU})+$",
    r"^(?:posted|published|updated|last updated)\s*(?:on|by|at|:)\s",
    r"^(?:by\s[^\n|]{2,40}\|\s*)?[^\n|]{4,30}\|\s*(?:views?|reads?|comments?|share)\b",
    r"^(?:views?|reads?|comments?)\s*:\s*[\d,]+",
    r"^\d+\s+(?:min(?:ute)?s?\s+read|views|comments|shares)$",
)

# At the tail: what else there is, whose the page is, how to pass it on.
TAIL_LINE = _lines(
    r"^相关(?:热词|搜索|文章|推荐|阅读|标签|内容|链接)",
    r"^(?:热词|标签|关键字|tags?|filed under|categor(?:y|ies))\s*[:：]",
    r"^(?:热门|最新|推荐|精彩|猜你喜欢|大家都在看|延伸)(?:文章|阅读|推荐|小说|图书|内容)?\s*[:：]?$",
    r"^版权(?:所有|声明)",
    r"^(?:上|下)一(?:篇|页|章|节)(?:\s*[:：].*)?$",
    r"^(?:previous|next|older|newer)(?:\s+(?:posts?|article|page|chapter|entry))?\s*(?:[:：»›→].*)?$",
    r"^(?:[«‹←]\s*)(?:previous|prev|older|上一).*$",
    r"^powered\s*by\b|^copyright\b|^©|^all\s*rights\s*reserved",
    r"^(?:本文|原文)(?:来自|来源|链接|地址)|^转载请(?:注明|标明)|^免责声明|^声明\s*[:：].*(?:转载|版权)",
    r"^[^\s]{0,6}ICP[备证]|ICP备\d+号|公网安备",
    r"^(?:share|tweet|pin|like|email|print)(?:\s+(?:this|on|it|via)\b.*)?\s*[:：]?$",
    r"^(?:related|recommended|popular|recent|more)\s+(?:posts?|articles?|stor(?:y|ies)|reading|from)",
    r"^posted\s+(?:on|in|by)\b|^read\s+more\b",
    r"^分享(?:到|至)|^(?:收藏|打印|举报|返回|回到)(?:本[文页]|此[文页]|顶部|首页|列表|目录)?$|^\[?返回(?:顶部|首页|列表|目录)",
    r"^(?:back|return)\s+to\s+(?:top|index|contents|home)",
    r"^(?:\d+\s+)?comments?(?:\s*\(\d+\))?\s*[:：]?$|^leave\s+a\s+(?:reply|comment)",
    r"^(?:网友|用户|最新|全部|发表|我要)?评论(?:列表|\s*[(（]\d+[)）])?\s*[:：]?$",
    r"^(?:扫码|扫一扫|关注我们|微信公众号|客服|投诉|联系我们|关于我们|友情链接)",
    r"^(?:terms|privacy|contact|about|advertis|cookie)[^\n.]{0,40}$",
)

# Behind such a line at the tail stands a list of other pages' titles.
LIST_LABEL = _lines(
    r"^相关|^(?:热门|最新|推荐|精彩|猜你喜欢|大家都在看|延伸)|友情链接",
    r"^(?:related|recommended|popular|recent|more|tags?|filed|categor)",
)

# A line of links to a text's other pages, and nothing else.
_LINK = (
    r"(?:上一页|下一页|上页|下页|首页|尾页|末页|第一页|最后一页|"
    r"previous(?: page)?|prev|next(?: page)?|first|last|"
    r"阅读全文|继续阅读|点击(?:进入)?下一页(?:继续阅读)?)"
)
_SIGN = r"[\s|｜·/«»‹›<>←→\[\]【】()（）.…-]{0,6}"
PAGER = re.compile(
    rf"^{_SIGN}(?:(?:\d{{1,3}}){_SIGN}){{0,12}}{_LINK}{_SIGN}(?:(?:\d{{1,3}}|{_LINK}){_SIGN}){{0,16}}$|"
    rf"^{_SIGN}(?:共\s?\d+\s?页\s?)?(?:{_LINK}{_SIGN}){{2,6}}$|"
    r"^第\s?\d+\s?页\s?[,，/]?\s?共\s?\d+\s?页(?:\s?[上下尾末首]一?页)+$",
    re.IGNORECASE,
)
