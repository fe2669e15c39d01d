"""Names that matter of a book goes by in its heading, as a table: a name more is an entry more."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["named_length", "role_of"]

_NAMES: Mapping[str, tuple[str, ...]] = {
    "dedication": ("献辞", "献词", "题献", "獻辭", "dedication"),
    "epigraph": ("题记", "题词", "題記", "epigraph"),
    "foreword": (
        "序", "序言", "代序", "总序", "推荐序", "他序", "序一", "序二", "foreword",
    ),
    "preface": (
        "前言", "自序", "作者序", "卷首语", "写在前面", "出版说明", "编者的话", "译者序",
        "译序", "preface", "author's preface", "translator's preface", "to the reader",
    ),
    "acknowledgments": (
        "致谢", "鸣谢", "谢辞", "致謝", "acknowledgments", "acknowledgements",
    ),
    "introduction": ("导论", "绪论", "引言", "导言", "导读", "緒論", "introduction"),
    "prologue": ("楔子", "序章", "引子", "序幕", "prologue"),
    "conclusion": ("结语", "结论", "余论", "結語", "conclusion", "conclusions"),
    "epilogue": ("尾声", "尾聲", "终章", "epilogue"),
    "afterword": (
        "后记", "後記", "跋", "编后记", "译后记", "写在后面", "afterword", "postscript",
    ),
    "glossary": ("术语表", "名词解释", "词汇表", "術語表", "glossary"),
    "bibliography": (
        "参考文献", "參考文獻", "参考书目", "主要参考文献", "引用书目", "bibliography",
        "references", "works cited",
    ),
    "index": (
        "索引", "主题索引", "人名索引", "地名索引", "名词索引", "综合索引", "index",
        "general index", "subject index", "name index", "index of names", "index of subjects",
        "index of persons", "index of places",
    ),
    "colophon": ("版权页", "制作说明", "colophon"),
}  # fmt: skip
_ROLES = {name: role for role, names in _NAMES.items() for name in names}
# Names that stand alone, or with words of their own behind a blank or a colon.
_WITH_WORDS = re.compile(
    r"(?:附[录錄]|appendix|annex)\s*(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2}|[A-Za-z](?![A-Za-z])|"
    r"[IVX]{1,4}(?![A-Za-z]))?(?=$|[\s:：.、—–-])",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s*[:：—–]\s*|[ \u3000]+(?=[^\x00-\x7f])")
_ROLE_SERIES = re.compile(
    r"(?:[^\s，。,]{1,3}版|中文版|修订版|译本)?(?:序|序言|前言|后记|自序|代序)[一二三四五]?"
)
# A line that begins with none of the names, nor with what may stand before one, has none.
_BEGINS_WITH_NAME = re.compile(
    r"[\s:：.。]*(?:(?:[^\s，。,]{1,3}版|译本)?(?:序|前言|后记|自序|代序)|附[录錄]|appendix|annex|"
    + "|".join(
        re.escape(name).replace("'", "['’]") if name.isascii() else r"\s*".join(name)
        for name in sorted(_ROLES)
    )
    + ")",
    re.IGNORECASE,
)
# An appendix has a number or a title of its own behind its name.
_APPENDIX = re.compile(r"附录|附錄|appendix\b|appendices\b")


def _bare(title: str) -> str:
    """The title in small letters, without the blanks that space out two characters (前　言)."""
    text = title.casefold().replace("’", "'").strip(" 　:：.。")
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", text)


def role_of(title: str) -> str:
    """The role that a heading's own name gives its chapter; ``chapter`` when it tells none."""
    bare = _bare(title)
    if _APPENDIX.match(bare):
        return "appendix"
    return _ROLES.get(bare, "chapter")


def named_length(text: str) -> int:
    """How long the name of matter is that a heading begins with; 0 when it has none.

    The name is the whole line (前言, Preface), or has words behind a colon or a wide blank
    (代序：河上; Appendix A: Tides).
    """
    if not _BEGINS_WITH_NAME.match(text):
        return 0
    line = text.strip()
    appendix = _WITH_WORDS.match(line)
    if appendix:
        return appendix.end()
    if _bare(line) in _ROLES or _ROLE_SERIES.fullmatch(line):
        return len(line)
    parted = _PARTED.search(line)
    name = line[: parted.start()] if parted else ""
    if (
        parted
        and len(line) > parted.end()
        and (_bare(name) in _ROLES or _ROLE_SERIES.fullmatch(name))
    ):
        return parted.end()
    return 0
