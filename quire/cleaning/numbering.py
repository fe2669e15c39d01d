"""Numerals, and the labels that number headings, such as 第三章, （三）, 【篇3】 or CHAPTER III."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = [
    "CHAPTER_STYLES", "HAN_NUMERAL", "PART_STYLES", "Label", "Style", "bare_label", "circled",
    "heading_label", "inner_label", "number_of",
]  # fmt: skip

HAN_NUMERAL = r"[〇零一二两三四五六七八九十百千廿卅]{1,7}"
_ROMAN = r"(?=[IVXLC])(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_WORDS = [
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
    "twenty",
]
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
        return _WORDS.index(numeral.casefold()) + 1
    upper = numeral.upper()
    return _roman(upper) if re.fullmatch(_ROMAN, upper) else 0


@dataclass(frozen=True, slots=True)
class Style:
    """A way to number headings.

    Attributes:
        name: kebab-case.
        pattern: of the label at a heading's start; group ``n`` is the numeral.
        bare: whether the label can be the whole heading.
        inner: whether such a label is looked for inside a run of glued text.
    """

    name: str
    pattern: re.Pattern[str]
    bare: bool = False
    inner: bool = False


_HAN_OR_ARABIC = rf"(?:{HAN_NUMERAL}|[0-9０-９]{{1,4}})"
_ENGLISH = rf"(?:[0-9]{{1,3}}|{_ROMAN}|(?i:{'|'.join(sorted(_WORDS, key=len, reverse=True))}))"

# Tried in this order: the first that fits is the label's style.
STYLES = (
    Style(
        "volume",
        re.compile(
            rf"(?:第\s*(?P<n>{_HAN_OR_ARABIC})\s*[部卷编集]|卷(?P<m>{_HAN_OR_ARABIC}))"
            r"(?=[\s:：、·.]|$|[^\s，,。]{1,20}$)"
        ),
        bare=True,
        inner=True,
    ),
    Style(
        "piece-of",
        re.compile(
            rf"(?:篇(?P<n>{_HAN_OR_ARABIC})\s*(?:[:：、]|\s|$)|"
            rf"第\s*(?P<m>{_HAN_OR_ARABIC})\s*篇(?=[\s:：、]|$|[^\s，,。]{{1,20}}$))"
        ),
        bare=True,
    ),
    Style(
        "part",
        re.compile(
            rf"(?:PART|Part|BOOK|Book|VOLUME|Volume)\s+(?P<n>{_ENGLISH})"
            r"(?=[\s.:—–-]|$)[.:—–-]?\s*"
        ),
        bare=True,
    ),
    Style(
        "chapter-han",
        re.compile(rf"第\s*(?P<n>{_HAN_OR_ARABIC})\s*[章回](?![节程])\s*[:：、.]?\s*"),
        bare=True,
        inner=True,
    ),
    Style(
        "chapter",
        re.compile(rf"(?:CHAPTER|Chapter)\s+(?P<n>{_ENGLISH})(?=[\s.:—–-]|$)[.:—–-]?\s*"),
        bare=True,
    ),
    Style(
        "piece",
        re.compile(rf"[【\[［]\s*第?篇?\s*(?P<n>{_HAN_OR_ARABIC})\s*篇?\s*[】\]］]\s*(?=\S)"),
    ),
    Style(
        "section",
        re.compile(rf"第\s*(?P<n>{_HAN_OR_ARABIC})\s*节\s*[:：、.]?\s*"),
        bare=True,
        inner=True,
    ),
    Style("han-comma", re.compile(rf"(?P<n>{HAN_NUMERAL})\s*[、．.]\s*"), inner=True),
    Style(
        "han-bracket",
        re.compile(rf"[(（](?P<n>{HAN_NUMERAL})[)）]\s*[、.．]?\s*"),
        inner=True,
    ),
    Style(
        "decimal",
        re.compile(r"(?P<path>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3})\.?(?=\s|[^\x00-\x7f])\s*"),
    ),
    Style("arabic", re.compile(r"(?P<n>[0-9]{1,3})(?:[、．]|\.(?![0-9])|(?=\s))\s*")),
    Style("arabic-bracket", re.compile(r"[(（](?P<n>[0-9]{1,2})[)）]\s*")),
    Style("roman", re.compile(rf"(?P<n>{_ROMAN})[.．、]\s*")),
)
PART_STYLES = frozenset({"volume", "part", "piece-of"})
CHAPTER_STYLES = frozenset({"chapter-han", "chapter", "piece", "title", "named"})
_BARE = re.compile(rf"(?:{HAN_NUMERAL}|[0-9]{{1,3}}|{_ROMAN})\.?")
_INNER = tuple(style for style in STYLES if style.inner)


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
    for style in STYLES:
        label = _label(style, text)
        if label and (style.bare or not label.alone):
            return label
    return None


def bare_label(text: str) -> Label | None:
    """A line that is a numeral and nothing else: 一, 12, IV."""
    if not _BARE.fullmatch(text):
        return None
    numeral = text.rstrip(".")
    kind = "arabic" if numeral.isdecimal() else "roman" if numeral.isascii() else "han"
    return Label(f"bare-{kind}", number_of(numeral), len(text), True)


def inner_label(text: str, place: int) -> Label | None:
    """A label at `place` inside a run of glued text."""
    for style in _INNER:
        label = _label(style, text, place)
        if label:
            return label
    return None
