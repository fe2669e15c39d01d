"""Numerals, and the labels that number headings, such as 第三章, （三）, 【篇3】 or CHAPTER III."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

__all__ = [
    "CHAPTER_STYLES", "HAN_NUMERAL", "PART_STYLES", "Label", "Style", "bare_label", "circled",
    "heading_label", "inner_label",
    "lone_label", "number_of",
]  # fmt: skip

HAN_NUMERAL = r"[〇零一二两三四五六七八九十百千廿卅]{1,7}"
_ROMAN = r"(?=[IVXLC])(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS_WORDS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_WORDS = {
    **{word: number for number, word in enumerate(_ONES, start=1)},
    **{word: 10 * number for number, word in enumerate(_TENS_WORDS, start=2)},
    **{
        f"{ten}{joint}{one}": 10 * tens + ones
        for tens, ten in enumerate(_TENS_WORDS, start=2)
        for ones, one in enumerate(_ONES[:9], start=1)
        for joint in "- "
    },
    **{word: number for number, word in enumerate(_ORDINALS, start=1)},
}
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"  # numerals as on cheques
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_HALVES = {"上": 1, "中": 2, "下": 3}
_DIGITS = {**{c: i for i, c in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_TENS = {"廿": "二十", "卅": "三十"}
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_CIRCLES = (("①", "⑳", 1), ("㉑", "㉟", 21), ("㊱", "㊿", 36), ("❶", "❿", 1), ("⑴", "⒇", 1))


def circled(character: str) -> int:
    """The number in a circle or in a bracket of one character (③ → 3); 0 when it is none."""
    for first, last, number in _CIRCLES:
        if first <= character <= last:
            return ord(character) - ord(first) + number
    return 0


def _han(numeral: str) -> int:
    for short, full in _TENS.items():
        numeral = numeral.replace(short, full)
    if not any(c in _UNITS for c in numeral):
        return int("".join(str(_DIGITS[c]) for c in numeral))
    total = digit = 0
    for c in numeral:
        if c in _UNITS:
            total += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            digit = _DIGITS[c]
    return total + digit


def _roman(numeral: str) -> int:
    values = [_ROMAN_VALUES[c] for c in numeral]
    following = [*values[1:], 0]
    return sum(-a if a < b else a for a, b in zip(values, following, strict=True))


def number_of(numeral: str) -> int:
    """What a numeral of any kind says: 十二, 12, １２, XII, twelve, ⑫; 0 when it is none."""
    numeral = numeral.strip()
    if not numeral:
        return 0
    if numeral.isdecimal():
        return int(numeral)
    if len(numeral) == 1 and circled(numeral):
        return circled(numeral)
    if re.fullmatch(HAN_NUMERAL, numeral):
        return _han(numeral)
    if numeral.casefold() in _WORDS:
        return _WORDS[numeral.casefold()]
    if len(numeral) == 1 and numeral in _FORMAL + _STEMS:
        return (_FORMAL if numeral in _FORMAL else _STEMS).index(numeral) + 1
    if numeral in _HALVES:
        return _HALVES[numeral]
    upper = numeral.upper()
    return _roman(upper) if re.fullmatch(_ROMAN, upper) else 0


@dataclass(frozen=True, slots=True)
class Style:
    """A way to number headings.

    Attributes:
        name: kebab-case.
        pattern: of the label at a heading's start; group ``n`` is the numeral.
        bare: whether the label can be the whole heading.
        begins: the characters that such a label can begin with.
        inner: whether such a label is looked for inside a run of glued text.
    """

    name: str
    begins: str
    pattern: re.Pattern[str]
    bare: bool = False
    inner: bool = False


_HAN_OR_ARABIC = rf"(?:{HAN_NUMERAL}|[0-9０-９]{{1,4}})"
_ENGLISH = rf"(?:[0-9]{{1,3}}|(?i:{'|'.join(sorted(_WORDS, key=len, reverse=True))})|{_ROMAN})"
_ENDS = r"(?=[\s.:：—–-]|$)[.:：—–-]?\s*"


_PART_WORDS = ("Part", "Book", "Volume", "Teil", "Buch", "Partie", "Livre", "Parte", "Libro")
_CHAPTER_WORDS = (
    "Chapter", "Letter", "Lecture", "Canto", "Stave", "Act", "Kapitel", "Chapitre", "Capítulo",
    "Capitolo",
)  # fmt: skip


def _forms(words: Iterable[str]) -> str:
    """Words as titles write them: Chapter, CHAPTER."""
    return "|".join(form for word in words for form in (word, word.upper()))


def _initials(words: Iterable[str]) -> str:
    """The characters that words begin with, small and capital."""
    return "".join({initial for word in words for initial in (word[0], word[0].upper())})


_HAN_DIGITS = "〇零一二两三四五六七八九十百千廿卅"
_DIGITS_OF_TEN = "0123456789"

# Tried in this order: the first that fits is the label's style.
STYLES = (
    Style(
        "volume",
        "第卷",
        re.compile(
            rf"(?:第\s*(?P<n>{_HAN_OR_ARABIC})\s*[部卷编集編冊册輯辑]分?|卷(?P<m>{_HAN_OR_ARABIC}))"
            r"(?=[\s:：、·.]|$|[^\s，,。]{1,20}$)\s*[:：、·.]?\s*"
        ),
        bare=True,
        inner=True,
    ),
    Style(
        "half",
        "上中下",
        re.compile(r"(?P<n>[上中下])[篇编編卷部](?=[\s:：、·]|$)\s*[:：、·]?\s*"),
        bare=True,
    ),
    Style(
        "piece-of",
        "篇第",
        re.compile(
            rf"(?:篇(?P<n>{_HAN_OR_ARABIC})\s*(?:[:：、]|\s|$)|"
            rf"第\s*(?P<m>{_HAN_OR_ARABIC})\s*篇(?=[\s:：、]|$|[^\s，,。]{{1,20}}$)\s*[:：、]?\s*)"
        ),
        bare=True,
    ),
    Style(
        "part",
        _initials((*_PART_WORDS, *_ORDINALS)),
        re.compile(
            rf"(?:(?:{_forms(_PART_WORDS)})"
            rf"\s+(?:(?i:the)\s+)?(?P<n>{_ENGLISH})"
            rf"|(?P<m>(?i:{'|'.join(_ORDINALS)}))\s+(?:Part|PART|Book|BOOK))" + _ENDS
        ),
        bare=True,
    ),
    Style(
        "chapter-han",
        "第",
        re.compile(
            rf"第\s*(?P<n>{_HAN_OR_ARABIC})\s*[章回讲講课課话話幕折](?![节節程])\s*[:：、.]?\s*"
        ),
        bare=True,
        inner=True,
    ),
    Style(
        "chapter",
        _initials(_CHAPTER_WORDS),
        re.compile(
            rf"(?:{_forms(_CHAPTER_WORDS)})"
            rf"\s+(?:(?i:the)\s+)?(?P<n>{_ENGLISH})" + _ENDS
        ),
        bare=True,
    ),
    Style(
        "chapter-korean", "제", re.compile(r"제\s*(?P<n>[0-9]{1,3})\s*[장화]\s*[.:]?\s*"), bare=True
    ),
    Style(
        "piece",
        "【[［",
        re.compile(rf"[【\[［]\s*第?篇?\s*(?P<n>{_HAN_OR_ARABIC})\s*篇?\s*[】\]］]\s*(?=\S)"),
    ),
    Style(
        "section",
        "第",
        re.compile(rf"第\s*(?P<n>{_HAN_OR_ARABIC})\s*[节節场場]\s*[:：、.]?\s*"),
        bare=True,
        inner=True,
    ),
    Style(
        "section-word",
        "S§",
        re.compile(
            rf"(?:(?:{_forms(('Section', 'Scene'))})\s+(?P<n>{_ENGLISH})"
            + _ENDS
            + r"|§\s*(?P<m>[0-9]{1,3})\.?\s*)"
        ),
        bare=True,
    ),
    Style("han-comma", _HAN_DIGITS, re.compile(rf"(?P<n>{HAN_NUMERAL})\s*[、．.]\s*"), inner=True),
    Style("formal", _FORMAL, re.compile(rf"(?P<n>[{_FORMAL}])\s*[、．.]\s*"), inner=True),
    Style("stem", _STEMS, re.compile(rf"(?P<n>[{_STEMS}])\s*[、．.]\s*")),
    Style(
        "han-bracket",
        "(（",
        re.compile(rf"[(（](?P<n>{HAN_NUMERAL})[)）]\s*[、.．]?\s*"),
        inner=True,
    ),
    Style(
        "decimal",
        _DIGITS_OF_TEN,
        re.compile(
            r"(?P<path>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3})(?:[.、](?![0-9]))?(?=\s|[^\x00-\x7f]|$)\s*"
        ),
    ),
    Style(
        "arabic",
        _DIGITS_OF_TEN,
        re.compile(r"(?P<n>[0-9]{1,3})(?:[、．]|\.(?![0-9])|(?=\s))\s*"),
    ),
    Style("arabic-bracket", "(（", re.compile(r"[(（](?P<n>[0-9]{1,2})[)）]\s*")),
    Style("circle", "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", re.compile(r"(?P<n>[①-⑳])\s*")),
    Style("roman", "IVXLC", re.compile(rf"(?P<n>{_ROMAN})(?:[.．、:：]|(?=\s+[A-Z]))\s*")),
)
PART_STYLES = frozenset({"volume", "part", "piece-of", "half"})
CHAPTER_STYLES = frozenset({"chapter-han", "chapter", "chapter-korean", "piece", "title", "named"})
_BARE = re.compile(rf"(?:{HAN_NUMERAL}|[0-9]{{1,3}}|{_ROMAN}|{'|'.join(_ONES)})\.?", re.IGNORECASE)
_BY_BEGINNING = {
    character: tuple(style for style in STYLES if character in style.begins)
    for character in sorted({character for style in STYLES for character in style.begins})
}
# Characters of a line that are looked at: more than any label has.
_LONGEST_LABEL = 160
_LONGEST_BARE = 20


@dataclass(frozen=True, slots=True)
class Label:
    """A label: `length` characters that number a heading.

    `number` is its own number (the last of a decimal path), `depth` the length of that path.
    """

    style: str
    number: int
    length: int
    alone: bool
    depth: int = 1


def _label(style: Style, text: str, place: int = 0) -> Label | None:
    found = style.pattern.match(text, place)
    if not found:
        return None
    groups = found.groupdict()
    path = (groups.get("path") or "").split(".")
    number = number_of(groups.get("n") or groups.get("m") or path[-1])
    if not number:
        return None
    length = found.end() - place
    depth = len(path) if groups.get("path") else 1
    name = f"decimal-{depth}" if style.name == "decimal" else style.name
    return Label(name, number, length, found.end() >= len(text.rstrip()), depth)


def heading_label(text: str) -> Label | None:
    """The label that a line begins with. A label that can't stand alone needs words behind it."""
    return _heading_label(text[:_LONGEST_LABEL]) if text[:1] in _BY_BEGINNING else None


# Many rules ask about the same lines.
@lru_cache(maxsize=16_384)
def _heading_label(text: str) -> Label | None:
    for style in _BY_BEGINNING[text[0]]:
        label = _label(style, text)
        if label and (style.bare or not label.alone):
            return label
    return None


def lone_label(text: str) -> Label | None:
    """A label that is a line by itself, of a style that has words behind it: 一、, 2.1, (三)."""
    for style in _BY_BEGINNING.get(text[:1], ()):
        label = _label(style, text)
        if label:
            return label if label.alone and not style.bare and style.name != "circle" else None
    return None


def bare_label(text: str) -> Label | None:
    """A line that is a numeral and nothing else: 一, 12, IV."""
    if len(text) > _LONGEST_BARE or not _BARE.fullmatch(text):
        return None
    numeral = text.rstrip(".")
    kind = "arabic" if numeral.isdecimal() else "roman" if numeral.isascii() else "han"
    return Label(f"bare-{kind}", number_of(numeral), len(text), True)


def inner_label(text: str, place: int) -> Label | None:
    """A label at `place` inside a run of glued text."""
    for style in _BY_BEGINNING.get(text[place : place + 1], ()):
        label = _label(style, text, place) if style.inner else None
        if label:
            return label
    return None
