"""The lines of a text with pages, and what each of them could be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from quire.cleaning.folios import FOLIO_BESIDE, Numbered, folio_number
from quire.cleaning.furniture import HEAD_LENGTH, PAGE_LENGTH, Line
from quire.cleaning.numbering import heading_label
from quire.cleaning.vocabulary import VENDOR

__all__ = [
    "LEADERS", "MOST_AT_A_JOINT", "NOTE_LINE", "PageLines", "folio_beside", "is_numbered",
    "squashed",
]  # fmt: skip

MOST_AT_A_JOINT = 4  # lines of furniture one behind the other
_NOTES_AT_A_JOINT = 15  # lines of notes above it
# Notes may be alike on many pages (同上), and a running head doesn't end as a sentence does.
NOTE_LINE = re.compile(
    r"^(?:[*＊†‡§①-⑳⑴-⒇㉑-㉟㊱-㊿¹²³⁴-⁹]|[\[〔(（]注?\d{1,3}[\]〕)）]|\d{1,3}[.、．]\s?\S)"
)
_QUOTES = str.maketrans("‘’“”", "''\"\"")
LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|·{4,}")


@dataclass
class PageLines:
    """The lines of a text, and what each could be.

    Attributes:
        lines: those that aren't blank.
        edges: those that are known to stand at a page's edge.
        page_length: characters that a page has at the least, on the average.
        folios: numbers that count pages, by line.
        heads: lines that are heads or feet, by line: the kind.
    """

    lines: Sequence[Line]
    edges: frozenset[int]
    page_length: int = PAGE_LENGTH
    folios: dict[int, int] = field(default_factory=dict)
    heads: dict[int, str] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> list[Numbered]:
        """Lines that are a number and nothing else, and those that have one beside a head."""
        found = []
        for i, line in enumerate(self.lines):
            if len(line.text) > HEAD_LENGTH + 8:
                continue
            number, roman = folio_number(line.text)
            beside = 0 if number else folio_beside(line.text)
            if number or beside:
                found.append(Numbered(i, line.start, number or beside, roman, bool(beside)))
        return found

    @cached_property
    def vendors(self) -> frozenset[int]:
        """Lines such as a vendor puts at a page's foot."""
        return frozenset(
            i for i, line in enumerate(self.lines)
            if len(line.text) < 200 and VENDOR.search(line.text)
        )  # fmt: skip

    @cached_property
    def keys(self) -> list[str]:
        """What each short line is alike by: its words without a folio; empty for long lines."""
        return [_key(line.text) if len(line.text) <= HEAD_LENGTH + 8 else "" for line in self.lines]

    @cached_property
    def measure(self) -> int:
        """How long wrapped lines are; 0 when lines aren't wrapped."""
        lengths = sorted(len(line.text) for line in self.lines)
        if len(lengths) < 20:
            return 0
        measure = lengths[len(lengths) * 9 // 10]
        full = sum(0.75 * measure <= length <= 1.1 * measure for length in lengths)
        return measure if 15 <= measure <= 140 and full >= 0.5 * len(lengths) else 0

    def told(self, i: int) -> bool:
        """Whether a line is furniture already."""
        return i in self.folios or i in self.heads

    def apart(self, i: int) -> bool:
        """Whether a line has a blank line before or behind it."""
        before = self.lines[i].start - self.lines[i - 1].end if i else 2
        behind = self.lines[i + 1].start - self.lines[i].end if i + 1 < len(self.lines) else 2
        return before > 1 or behind > 1

    def text_around(self, i: int, candidates: Iterable[int]) -> tuple[list[int], int]:
        """The lines before and behind a joint, past its furniture.

        Before it these are the last line, and the one above what may be its notes.
        """
        left, right = i - 1, i + 1
        while left in candidates and i - left <= 2 * MOST_AT_A_JOINT:
            left -= 1
        while right in candidates and right - i <= 2 * MOST_AT_A_JOINT:
            right += 1
        highest = left
        for place in range(left, max(-1, left - _NOTES_AT_A_JOINT), -1):
            if NOTE_LINE.match(self.lines[place].text):
                highest = place - 1
            elif not self.measure:
                break
        return sorted({left, highest}), right


def is_numbered(text: str) -> bool:
    """Whether a line's number is a heading's; a number with a blank behind it is a folio here."""
    label = heading_label(text)
    return label is not None and not (label.style == "arabic" and re.match(r"\d+\s", text))


def folio_beside(text: str) -> int:
    """The folio at one end of a line; 0 for none."""
    found = FOLIO_BESIDE.search(text)
    if not found or is_numbered(text) or LEADERS.search(text):
        return 0
    return int(found["left"] or found["right"])


def _key(text: str) -> str:
    beside = FOLIO_BESIDE.search(text) and not is_numbered(text)
    key = squashed(FOLIO_BESIDE.sub("", text) if beside else text)
    return key if len(key) <= HEAD_LENGTH else ""


def squashed(text: str) -> str:
    """What a line is alike by: blanks, capitals and the form of quotes say nothing."""
    return re.sub(r"\s+", "", text).casefold().translate(_QUOTES)
