"""The lines of a text with pages, and where each of them stands."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from quire.cleaning.folios import Numbered
from quire.cleaning.furniture import HEAD_LENGTH, PAGE_LENGTH, Line
from quire.cleaning.short_lines import NOTE_LINE, SAYS_NOTHING, Said, said_by
from quire.cleaning.vocabulary import ends_sentence

__all__ = ["MOST_AT_A_JOINT", "PageLines"]

MOST_AT_A_JOINT = 4  # lines of furniture one behind the other
_NOTES_AT_A_JOINT = 15  # lines of notes above it
_NOTES_OF_A_PAGE = 60  # the same, where the first of them is looked for
_LINES_OF_A_NOTE = 8
_LONGEST = HEAD_LENGTH + 8  # a head, a blank and a folio


@dataclass
class PageLines:
    """The lines of a text, and what each could be.

    Attributes:
        lines: those that aren't blank.
        edges: those that are known to stand at a page's edge.
        vendors: those such as a vendor puts at a page's foot.
        page_length: characters that a page has at the least, on the average.
        folios: numbers that count pages, by line.
        heads: lines that are heads or feet, by line: the kind.
    """

    lines: Sequence[Line]
    edges: frozenset[int]
    vendors: frozenset[int] = frozenset()
    page_length: int = PAGE_LENGTH
    folios: dict[int, int] = field(default_factory=dict)
    heads: dict[int, str] = field(default_factory=dict)

    @cached_property
    def said(self) -> list[Said]:
        """What each line says; long ones say nothing. What comes again is looked at once."""
        known: dict[str, Said] = {}
        found = []
        for _, _, text in self.lines:
            said = SAYS_NOTHING if len(text) > _LONGEST else known.get(text)
            if said is None:
                said = known[text] = said_by(text)
            found.append(said)
        return found

    @cached_property
    def keys(self) -> list[str]:
        """What each short line is alike by; empty for long lines."""
        return [said.key for said in self.said]

    @cached_property
    def times(self) -> Counter[str]:
        """How often each key stands."""
        return Counter(self.keys)

    @cached_property
    def times_whole(self) -> Counter[str]:
        """How often each line stands with its number."""
        return Counter(said.whole for said in self.said)

    @cached_property
    def numbers(self) -> list[Numbered]:
        """Lines that are a number and nothing else, and those that have one beside a head."""
        return [
            Numbered(
                i, self.lines[i].start, said.number or said.beside, said.roman, not said.number
            )
            for i, said in enumerate(self.said) if said.number or said.beside
        ]  # fmt: skip

    @cached_property
    def below_labels(self) -> frozenset[int]:
        """Lines that may be a title whose number stands on the line above."""
        return frozenset(i for i, said in enumerate(self.said, start=1) if said.is_label)

    @cached_property
    def _note_lines(self) -> list[int]:
        match = NOTE_LINE.match
        return [i for i, (_, _, text) in enumerate(self.lines) if match(text)]

    @cached_property
    def measure(self) -> int:
        """How long wrapped lines are; 0 when lines aren't wrapped."""
        lengths = sorted(len(line.text) for line in self.lines)
        if len(lengths) < 20:
            return 0
        measure = lengths[len(lengths) * 9 // 10]
        full = sum(0.75 * measure <= length <= 1.1 * measure for length in lengths)
        return measure if 15 <= measure <= 140 and full >= 0.5 * len(lengths) else 0

    def is_note(self, i: int) -> bool:
        """Whether a line begins as a note does."""
        return i >= 0 and NOTE_LINE.match(self.lines[i].text) is not None

    def told(self, i: int) -> bool:
        """Whether a line is furniture already."""
        return i in self.folios or i in self.heads

    def apart(self, i: int) -> bool:
        """Whether a line has a blank line before or behind it."""
        before = self.lines[i].start - self.lines[i - 1].end if i else 2
        behind = self.lines[i + 1].start - self.lines[i].end if i + 1 < len(self.lines) else 2
        return before > 1 or behind > 1

    def apart_within(self, first: int, last: int) -> bool:
        """Whether a blank line stands between two lines."""
        lines = self.lines
        return any(lines[i + 1].start - lines[i].end > 1 for i in range(first, last))

    def text_around(self, i: int, candidates: Container[int]) -> tuple[int, int, int]:
        """The lines before and behind a joint, past its furniture.

        Returns:
            the line above what may be the notes before it, the last line before it, the next one.
        """
        left, right = i - 1, i + 1
        while left in candidates and i - left <= 2 * MOST_AT_A_JOINT:
            left -= 1
        while right in candidates and right - i <= 2 * MOST_AT_A_JOINT:
            right += 1
        return self._above_notes(left), left, right

    def _above_notes(self, last: int) -> int:
        """The line above notes that end with a line; where lines are wrapped, near it."""
        notes = self._note_lines
        if self.measure:
            first = bisect_right(notes, last - _NOTES_AT_A_JOINT)
            if first == len(notes) or notes[first] > last:
                return last
            # Before the first of these more may stand, each a few lines long, up to a blank line.
            above = notes[first] - 1
            while last - above < _NOTES_OF_A_PAGE and not self.apart_within(above, above + 1):
                first = bisect_right(notes, above - _LINES_OF_A_NOTE)
                if notes[first] > above or self.apart_within(notes[first], above):
                    return self._above_end_of_note(above)
                above = notes[first] - 1
            return above
        at = bisect_right(notes, last)
        above = last
        while at and notes[at - 1] == above > last - _NOTES_AT_A_JOINT:
            at -= 1
            above -= 1
        return above

    def _above_end_of_note(self, last: int) -> int:
        """The line above the last lines of a note that ran over from the page before."""
        if not ends_sentence(self.lines[last].text):
            return last
        for above in range(last - 1, max(-1, last - _LINES_OF_A_NOTE), -1):
            if self.apart_within(above, above + 1):
                return above
        return last
