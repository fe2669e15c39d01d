"""What stands beside a punctuation mark, and in which language the text around it is written."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from quire.cleaning.draft import Draft, MarkKind, SpanSet

__all__ = [
    "LEFT_ALONE",
    "Passage",
    "has_wide",
    "is_wide",
    "left_alone",
    "left_of",
    "passages",
    "right_of",
]

# What width, quotes and dashes leave as it is: Markdown, and a figure's residue, kept as evidence.
LEFT_ALONE = (MarkKind.MARKDOWN, MarkKind.DESCRIPTION)

# Letters, and those of their marks that no ASCII mark is ever made into: 、《》「」【】〔〕.
_HAN = re.compile(
    "[\u2e80-\u2fdf\u3001\u3005-\u3011\u3014\u3015\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
)
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
# A mark looks through these to the letters on their other side. Marks of both widths are here, so
# that making one full-width never changes what the others see.
_THROUGH = frozenset(
    ",.:;?!\"'()[]*-“”‘’（），。：；？！—…"
    + "".join(map(chr, range(0x2460, 0x24EA)))  # circled numbers
)
# A blank behind one of these is looked through too: it goes when the mark becomes full-width.
_ASCII_MARKS = ",.:;?!"
_ADDRESS = re.compile(
    r"(?<![a-z])(?:[a-z][a-z+.-]{0,20}://|www\.)[!-~]+"
    r"|(?<![a-z0-9._+-])[a-z0-9._+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}",
    re.IGNORECASE,
)
_REACH = 200  # characters looked through at the most, so that a long row of marks costs little
_SAMPLE = 20_000  # characters of a line that tell its language


def is_wide(character: str) -> bool:
    """Whether it is Han, kana, or a mark that only their scripts have."""
    return bool(_HAN.match(character))


def has_wide(text: str, start: int, end: int) -> bool:
    """Whether Han or kana stand between `start` and `end`."""
    return bool(_HAN.search(text, start, end))


def left_of(text: str, place: int, start: int = 0) -> str:
    """The character before `place`, looking through marks and callouts; or ``""``."""
    at = place - 1
    while at >= max(start, place - _REACH) and (
        text[at] in _THROUGH or (text[at] == " " and at and text[at - 1] in _ASCII_MARKS)
    ):
        at -= 1
    return text[at] if at >= start else ""


def right_of(text: str, place: int, end: int) -> str:
    """The character at `place` or after, looking through marks and callouts."""
    at = place
    while at < min(end, place + _REACH) and (
        text[at] in _THROUGH or (text[at] == " " and text[at - 1] in _ASCII_MARKS)
    ):
        at += 1
    return text[at] if at < end else ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A line of the text, and whether Chinese or Japanese is its language."""

    start: int
    end: int
    wide: bool


def _has_address(text: str) -> bool:
    """Whether a look for addresses is worth its time."""
    return "://" in text or "@" in text or "www." in text.casefold()


def _is_wide_line(line: str) -> bool:
    if line.isascii():
        return False
    sample = _ADDRESS.sub("", line) if _has_address(line) else line
    wide = len(sample) - len(_HAN.sub("", sample))
    return bool(wide) and wide > len(_LATIN_WORD.findall(sample))


def passages(draft: Draft) -> Iterator[Passage]:
    """The lines that hold something. A line with more Han characters than Latin words is wide.

    Web and mail addresses don't count.
    """
    place = 0
    for line in draft.text.split("\n"):
        if line:
            yield Passage(place, place + len(line), _is_wide_line(line[:_SAMPLE]))
        place += len(line) + 1


class LeftAlone:
    """Places where marks stay as they are."""

    def __init__(self, spans: SpanSet, addresses: list[tuple[int, int]]) -> None:
        """Take the spans that marks cover, and web and mail addresses."""
        self._spans = spans
        self._starts = [start for start, _ in addresses]
        self._ends = [end for _, end in addresses]

    def __contains__(self, place: int) -> bool:
        """Whether the character at `place` stays as it is."""
        index = bisect_right(self._starts, place) - 1
        return (index >= 0 and place < self._ends[index]) or place in self._spans


def left_alone(draft: Draft) -> LeftAlone:
    """The places that rules about punctuation don't touch."""
    text = draft.text
    addresses = [found.span() for found in _ADDRESS.finditer(text)] if _has_address(text) else []
    return LeftAlone(draft.spans(*LEFT_ALONE), addresses)
