"""Words and signs that a page's apparatus uses, as tables. To teach the cleaner a word, add it."""

from __future__ import annotations

import re

from quire.language.scripts import HAN

__all__ = [
    "CLOSING", "ENDED", "HAN", "MATTER_LABELS", "NOTES_HEADINGS",
    "SENTENCE_END", "VENDOR", "VENDOR_WORDS", "ends_sentence",
]  # fmt: skip

# What a sentence can end in; quotes and brackets may close behind it.
SENTENCE_END = "。！？!?…"
CLOSING = "”’“‘」』）)》】»›«\"'"  # German closes with “ and «
# French has a blank before ! and before ».
ENDED = re.compile(
    rf"(?:[{SENTENCE_END}；;：:—]|\.|--)(?:[ \u00a0\u202f]?[{CLOSING}\]])*$|[」』】]$"
)

_NOTE_MARKS_AT_END = re.compile(
    r"(?:[①-⑳⑴-⒇㉑-㉟㊱-㊿¹²³⁰⁴-⁹]|\[注?\d{1,3}\]|〔注?\d{1,3}〕|[*†‡§‖¶]|(?<=[。！？”])\d{1,3}"
    # Not behind an abbreviation.
    r"|(?<=[a-z]{4}[.!?])\d{1,3}|(?<=[。！？.!?”’])[(（]\d{1,3}[)）])+$"
)


# What says by itself that a sentence ends, and what may stand behind its end, as callouts do too.
_ENDS = frozenset(SENTENCE_END + "；;：:—.」』】")
_MAY_STAND_BEHIND = frozenset(CLOSING + "]〕*†‡§‖¶-")


def ends_sentence(text: str) -> bool:
    """Whether a stretch of text is at the end of a sentence; callouts behind it don't count."""
    tail = text[-60:].rstrip()
    last = tail[-1:]
    # The last character tells of nearly all lines, and quickly.
    if last in _ENDS:
        return True
    if not (last in _MAY_STAND_BEHIND or last.isnumeric()) or last.isalpha():
        return False
    bare = _NOTE_MARKS_AT_END.sub("", tail).rstrip()
    return bool(ENDED.search(bare))


# A vendor's or library's line at the foot of each page.
VENDOR = re.compile(
    r"Copyright|©|All\s*Rights\s*Reserved|https?://|www\.|版权所有|Downloaded\s*(?:from|by)|下载自",
    re.IGNORECASE,
)
# Parts of its words, in small letters: text without any of them has none of its words.
VENDOR_WORDS = (
    "copyright", "©", "reserved", "://", "www.", "版权所有", "downloaded", "下载自",
)  # fmt: skip

# Labels of front and back matter. To add a kind, add a line: its class and how it is announced.
_OPEN, _CLOSE = r"[\[【［〔]", r"[\]】］〕]"


def _label(words: str, brackets_alone: str = "") -> re.Pattern[str]:
    """A label with a colon behind it, in brackets or not; some need no colon when in brackets."""
    pattern = rf"{_OPEN}?(?:{words}){_CLOSE}?\s*[:：]"
    if brackets_alone:
        pattern += rf"|{_OPEN}(?:{brackets_alone}){_CLOSE}"
    return re.compile(pattern, re.IGNORECASE)


MATTER_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("abstract", _label(r"(?:内容)?(?:提\s?要|摘\s?要)|Abstract", "(?:内容)?(?:提要|摘要)")),
    ("keywords", _label(r"关\s?键\s?词|主题词|Key\s?words?", "关键词")),
    ("funding", _label("基金项目|资助项目|基金")),
    ("affiliation", _label("作者简介|作者单位|作者介绍")),
    ("editor", re.compile(rf"(?:{_OPEN}|[(（])?(?:责任编辑|责编|本文编辑){_CLOSE}?\s*[:：/]")),
    ("publication", _label("中图分类号|文献标识码|文章编号|收稿日期|修回日期|DOI")),
)

NOTES_HEADINGS = re.compile(
    r"^(?:注\s*释|注\s*解|尾\s*注|脚\s*注|附\s*注|参考文献|引用文献|"
    r"notes?|endnotes|footnotes|references|bibliography)\s*[:：]?$",
    re.IGNORECASE,
)
