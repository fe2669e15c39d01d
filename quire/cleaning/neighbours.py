"""What stands beside a punctuation mark, and in which language the text around it is written."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from quire.cleaning.draft import Draft, MarkKind, SpanSet

__all__ = [
    "LEFT_ALONE",
    "Passage",
    "has_wide",
    "is_wide",
    "is_wide_text",
    "left_alone",
    "left_of",
    "passages",
    "right_of",
]

# What width, quotes and dashes leave as it is: Markdown, and a figure's residue, kept as evidence.
LEFT_ALONE = (MarkKind.MARKDOWN, MarkKind.DESCRIPTION)

# Letters, and those of their marks that no ASCII mark is ever made into: 、《》「」【】〔〕.
_WIDE = (
    "\u2e80-\u2fdf\u3001\u3005-\u3011\u3014\u3015\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff"
    "\uf900-\ufaff\U00020000-\U000323af"
)
_WIDE_RUN = re.compile(f"[{_WIDE}]+")
_WORD_RUN = re.compile(
    "[A-Za-z\u00c0-\u024f\u0370-\u052f\u0590-\u08ff\u0900-\u10ff\u1780-\u17ff\uac00-\ud7a3]+"
)
_HANGUL = re.compile("[\uac00-\ud7a3]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
# A mark looks through these to the letters on their other side. Marks of both widths are here, so
# that making one full-width never changes what the others see.
_THROUGH = frozenset(
    ",.:;?!\"'()[]*-“”‘’（），。：；？！—…"
    + "".join(map(chr, range(0x2460, 0x24EA)))  # circled numbers
)
# A blank behind one of these is looked through too: it goes when the mark becomes full-width.
_ASCII_MARKS = ",.:;?!"
# A bracket that closes behind the address, with a date in Chinese in it, is none of it.
_ADDRESS = re.compile(
    r"(?<![a-z])(?:[a-z][a-z+.-]{0,20}://|www\.)(?:[!-'*-~]|\([!-'*-~]*\))+(?<![,;:.!?])"
    r"|(?<![a-z0-9._+-])[a-z0-9._+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}",
    re.IGNORECASE,
)
_REACH = 200  # characters looked through at the most, so that a long row of marks costs little
_SAMPLE = 1_000  # characters at a line's beginning, middle and end that tell its language


def is_wide(character: str) -> bool:
    """Whether it is Han, kana, or a mark that only their scripts have."""
    return "\u3400" <= character <= "\u9fff" or bool(_WIDE_RUN.match(character))


def has_wide(text: str, start: int, end: int) -> bool:
    """Whether Han or kana stand between `start` and `end`."""
    return bool(_WIDE_RUN.search(text, start, end))


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
    """A line of the text, and in which language it is written.

    Attributes:
        start: of its first character.
        end: half-open.
        wide: whether Chinese or Japanese is its language.
        japanese: whether it has kana among the Han.
    """

    start: int
    end: int
    wide: bool
    japanese: bool = False


def _has_address(text: str) -> bool:
    """Whether a look for addresses is worth its time."""
    return "://" in text or "@" in text or "www." in text.casefold()


def _passage(start: int, line: str, prior: int) -> Passage:
    end = start + len(line)
    if len(line) > 3 * _SAMPLE:
        middle = len(line) // 2
        line = line[:_SAMPLE] + line[middle : middle + _SAMPLE] + line[-_SAMPLE:]
    if line.isascii() or not _WIDE_RUN.search(line):
        return Passage(start, end, wide=False)
    sample = _ADDRESS.sub("", line) if _has_address(line) else line
    wide = sum(map(len, _WIDE_RUN.findall(sample)))
    korean = 2 * len(_HANGUL.findall(sample)) > wide  # which has Han in brackets
    if korean or wide + prior <= len(_WORD_RUN.findall(sample)):
        return Passage(start, end, wide=False)
    return Passage(start, end, wide=True, japanese=10 * len(_KANA.findall(sample)) > wide)


@lru_cache(maxsize=1)
def is_wide_text(text: str) -> bool:
    """Whether Chinese or Japanese is the language of a text on the whole."""
    return _passage(0, text, 0).wide


@lru_cache(maxsize=1)
def _passages(text: str) -> tuple[Passage, ...]:
    # A line that could be either goes with the document.
    prior = int(is_wide_text(text))
    found, place = [], 0
    for line in text.split("\n"):
        if line:
            found.append(_passage(place, line, prior))
        place += len(line) + 1
    return tuple(found)


def passages(draft: Draft) -> tuple[Passage, ...]:
    """The lines that hold something. A line with more Han characters than words is wide.

    Words are those of Latin, Cyrillic, hangul and other scripts that part words by blanks. Web and
    mail addresses don't count.
    """
    return _passages(draft.text)


class LeftAlone:
    """Places where marks stay as they are."""

    def __init__(self, spans: SpanSet, addresses: list[tuple[int, int]]) -> None:
        """Take the spans that marks cover, and web and mail addresses."""
        self._spans = spans
        self._starts = [start for start, _ in addresses]
        self._ends = [end for _, end in addresses]

    def __bool__(self) -> bool:
        """Whether there is such a place."""
        return bool(self._starts) or bool(self._spans)

    def __contains__(self, place: int) -> bool:
        """Whether the character at `place` stays as it is."""
        index = bisect_right(self._starts, place) - 1
        return (index >= 0 and place < self._ends[index]) or place in self._spans


@lru_cache(maxsize=1)
def _addresses(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _ADDRESS.finditer(text)] if _has_address(text) else []


def left_alone(draft: Draft) -> LeftAlone:
    """The places that rules about punctuation don't touch."""
    return LeftAlone(draft.spans(*LEFT_ALONE), _addresses(draft.text))
