"""Text that was written in one encoding and read in another.

UTF-8 read as Windows-1252 (Ã© for é), GBK or Big5 read as Windows-1252 (ÖÐ¹ú for 中国), and UTF-8
read as GBK (涓浗 for 中国).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Misread", "misread_as_gbk", "misread_chinese", "misread_places"]

# Windows-1252 puts these in the place of the C1 controls; the other bytes are Latin-1's.
_WINDOWS = {
    bytes([code]).decode("cp1252"): code
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_HIGH = re.compile(f"[\u0080-\u00ff{''.join(_WINDOWS)}]{{2,}}")
_UTF8 = re.compile(
    rb"(?:[\xc3-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+"
)
_GBK = re.compile(
    rb"(?:[\xb0-\xf7][\xa1-\xfe]|\xa3[\xac\xba\xbb\xa1\xbf]|\xa1[\xa2\xa3\xb0\xb1]){2,}"
)
_BIG5 = re.compile(rb"(?:[\xa4-\xc6\xc9-\xf9][\x40-\x7e\xa1-\xfe]|\xa1[\x40-\x7e\xa1-\xfe]){2,}")
_FOR_BIG5 = re.compile(
    f"[\u00a1-\u00f9{''.join(_WINDOWS)}][\u0040-\u007e\u00a1-\u00fe{''.join(_WINDOWS)}]*"
)
# What UTF-8's Chinese looks like as GBK: the commonest of the signs, all of them rare in earnest.
_TELLTALE = re.compile("锛|銆|鈥|鐨|涓|鏄|鍦|鎴|浠|涔")
_FEWEST_TELLTALES = 5
_NOT_ASCII = re.compile("[^\x00-\x7f]{2,}")
# What such a repair may give: Latin, Greek, Cyrillic, general punctuation, kana, Han, full width.
_PLAUSIBLE = re.compile(
    "[\u00a1-\u024f\u0370-\u04ff\u2010-\u2044\u20ac\u2122\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]+"
)


@dataclass(frozen=True, slots=True)
class Misread:
    """Characters `start` to `end` were most likely `meant`; `encoding` is what they were in."""

    start: int
    end: int
    meant: str
    encoding: str


def misread_places(text: str) -> list[Misread]:
    """Every place whose bytes, read as UTF-8 or as GBK, give plausible characters."""
    found: list[Misread] = []
    for run in _HIGH.finditer(text):
        found += list(_pieces(run, _UTF8, "utf-8")) or _pieces(run, _GBK, "gbk")
    return found


# Characters so common that any Chinese text has many of them, in both writings.
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年"
    "這個們來為國說時會對發學後過"
)
_FEWEST = 12  # characters of a text that tell whether it is Chinese


def _is_chinese(text: str) -> bool:
    """Whether a text has as many of the commonest characters as Chinese must have.

    In running text they are two of five; one of seven is asked for.
    """
    han = [sign for sign in text if "\u3400" <= sign <= "\u9fff"]
    return len(han) >= _FEWEST and 7 * sum(sign in _COMMON for sign in han) >= len(han)


def misread_as_gbk(text: str) -> list[Misread]:
    """Every place whose characters, written as GBK and read as UTF-8, give plausible ones.

    Empty unless the whole of them is Chinese.
    """
    if len(_TELLTALE.findall(text)) < _FEWEST_TELLTALES:
        return []
    found = []
    for run in _NOT_ASCII.finditer(text):
        try:
            meant = run.group().encode("gb18030").decode("utf-8")
        except UnicodeError:
            continue
        if _PLAUSIBLE.fullmatch(meant):
            found.append(Misread(run.start(), run.end(), meant, "utf-8"))
    return found if _is_chinese("".join(one.meant for one in found)) else []


def misread_chinese(text: str) -> list[Misread]:
    """Every place whose bytes, read as GBK, or all as Big5, give plausible characters.

    Empty unless the whole of them is Chinese.
    """
    for encoding, runs, pattern in (("gbk", _HIGH, _GBK), ("big5", _FOR_BIG5, _BIG5)):
        found = [one for run in runs.finditer(text) for one in _pieces(run, pattern, encoding)]
        if _is_chinese("".join(one.meant for one in found)):
            return found
    return []


def _pieces(run: re.Match[str], pattern: re.Pattern[bytes], encoding: str) -> Iterator[Misread]:
    """The places of a run whose bytes fit a pattern and give plausible characters."""
    data = bytes(_WINDOWS.get(sign, ord(sign) & 0xFF) for sign in run.group())
    for piece in pattern.finditer(data):
        meant = piece.group().decode(encoding, "replace")
        if _PLAUSIBLE.fullmatch(meant) and "\ufffd" not in meant:
            start = run.start() + piece.start()
            yield Misread(start, run.start() + piece.end(), meant, encoding)
