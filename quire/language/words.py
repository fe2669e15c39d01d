"""The words a book says by itself (Notes, Contents, 第三章 …), a YAML table a language.

Tables lie in ``quire/language/tables/<tag>.yaml``; adding a language is adding one file. Values
may hold fields in braces (``注释（第{first}—{last}页）``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml

__all__ = ["Words", "languages", "words_of"]

_TABLES = Path(__file__).parent / "tables"
_HAN_DIGITS = "〇一二三四五六七八九"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def _han(number: int) -> str:
    """Chinese numeral of 1 to 99, as chapters count (十, 十一, 二十); digits beyond."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _HAN_DIGITS[tens] + "十")
    return head + (_HAN_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    """Roman numeral in capitals, for 1 and more."""
    letters = ""
    for value, sign in _ROMAN:
        while number >= value:
            letters += sign
            number -= value
    return letters


_NUMERALS: Mapping[str, Callable[[int], str]] = {"arabic": str, "han": _han, "roman": _roman}


@dataclass(frozen=True)
class Words:
    """One language's words, with the book's own laid over them."""

    tag: str
    table: Mapping[str, str]
    own: Mapping[str, str] = field(default_factory=dict)

    def say(self, name: str, /, **fields: object) -> str:
        """The words of that name, with its fields filled in. KeyError for an unknown name."""
        pattern = self.own.get(name, self.table[name])
        return pattern.format(**fields) if fields else pattern

    def number(self, kind: str, count: int) -> str:
        """The label of the `count`-th part, chapter, appendix, figure or table.

        The table gives ``<kind>-label`` with a field ``{n}`` and ``<kind>-numerals`` (arabic,
        han or roman).
        """
        numerals = _NUMERALS[self.table.get(f"{kind}-numerals", "arabic")]
        return self.say(f"{kind}-label", n=numerals(count))


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The language tags that have a table."""
    return tuple(sorted(path.stem for path in _TABLES.glob("*.yaml")))


@lru_cache(maxsize=32)
def _table(tag: str) -> Mapping[str, str]:
    data = yaml.load((_TABLES / f"{tag}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return {str(key): str(value) for key, value in data.items()}


_ALIASES = {"zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-tw": "zh-Hant",
            "zh-hk": "zh-Hant", "zh-mo": "zh-Hant"}  # fmt: skip


def words_of(tag: str, own: Mapping[str, str] | None = None) -> Words:
    """The words of a language by BCP 47 tag: the nearest table, English when there is none."""
    known = {name.lower(): name for name in languages()}
    wanted = tag.lower()
    while wanted:
        found = known.get(wanted) or _ALIASES.get(wanted)
        if found:
            return Words(found, _table(found), own or {})
        wanted = wanted.rpartition("-")[0]
    return Words("en", _table("en"), own or {})
