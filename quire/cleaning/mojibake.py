"""Text that was written in one encoding and read in another (Ã© for é, ÖÐ¹ú for 中国)."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Misread", "misread_places"]

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
        data = bytes(_WINDOWS.get(c, ord(c) & 0xFF) for c in run.group())
        before = len(found)
        for pattern, encoding in ((_UTF8, "utf-8"), (_GBK, "gbk")):
            for piece in pattern.finditer(data):
                meant = piece.group().decode(encoding, "replace")
                if _PLAUSIBLE.fullmatch(meant) and "\ufffd" not in meant:
                    place = run.start() + piece.start()
                    found.append(Misread(place, run.start() + piece.end(), meant, encoding))
            if len(found) > before:
                break
    return found
