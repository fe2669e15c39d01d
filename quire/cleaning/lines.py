"""What the ends of lines mean: a paragraph's end, a hard wrap, or a line of verse.

Text that was wrapped by a program shows it: all lines but a paragraph's last are nearly as long
as the longest, and the next line's first word would not have fitted. Widths are in cells: a
full-width character takes two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from quire.cleaning.vocabulary import HAN, ends_sentence
from quire.sources.model import Span

__all__ = [
    "BLANKS", "MeasuredLine", "Wrapping", "groups_of_lines", "verse_runs", "width", "wrapping_of",
]  # fmt: skip

# Every blank that can stand at a line's edge, as the inside of a character class.
BLANKS = " \\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"

_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f"
    "\uff00-\uff60\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003fffd]+"
)
_FIRST_WIDE = "\u1100"
_BETWEEN_HAN = re.compile(f"(?<=[{HAN}]) (?=[{HAN}])")
_INDENT = re.compile(f"[{BLANKS}]*")
_FIRST_WORD = re.compile(r"[!-~\u00a1-\u024f]+|.")
_NUMBERED = re.compile(r"[①-⑳⑴-⒇]|[\[〔(（]?\d{1,3}[\]〕)）.、．](?!\d)|[-•●*] ")

_NARROWEST, _WIDEST = 30, 140  # the measures that programs wrap at
_FULL = 0.7  # of the measure: a line that may have been wrapped
_EVEN = 0.85  # of the measure: a line that was wrapped for sure
_SHORTER = 0.6  # of the measure: a line that was ended, if it is shorter than even
_TIMES = 8  # lines that tell how a text was wrapped
_VERSE_WIDTH = 44
_VERSE_LINES = 3
_ROOM = 0.08  # of the measure: what a line of verse leaves free at the least
_USUAL = 0.97  # of the lines that surely go on: how many leave no more room than the rest may


def width(text: str) -> int:
    """How many cells a text takes. Blanks between ideographs, which scans put there, take none."""
    if text.isascii():
        return len(text)
    if " " in text:
        text = _BETWEEN_HAN.sub("", text)
    return 2 * len(text) - len(_WIDE.sub("", text))


class MeasuredLine(NamedTuple):
    """A line with something on it; `start` and `end` hold its blanks, `text` doesn't."""

    start: int
    end: int
    text: str
    indent: int
    width: int
    ended: bool  # whether it ends a sentence


def groups_of_lines(text: str, leave_out: Iterable[Span]) -> Iterator[list[MeasuredLine]]:
    """Lines that follow one another without a blank line.

    Args:
        text: all of it.
        leave_out: lines that touch these are like blank ones; in order, without overlap.
    """
    group: list[MeasuredLine] = []
    place = 0
    none = Span(len(text) + 1, len(text) + 1)
    left_out = iter(leave_out)
    leave = next(left_out, none)
    for raw in text.split("\n"):
        end = place + len(raw)
        bare = raw.strip()
        while leave.end <= place:
            leave = next(left_out, none)
        if bare and leave.start >= end:
            wide = len(bare) if bare.isascii() else width(bare)
            inset = 0 if raw[0] == bare[0] else _inset(raw)
            group.append(MeasuredLine(place, end, bare, inset, wide, ends_sentence(bare)))
        elif group:
            yield group
            group = []
        place = end + 1
    if group:
        yield group


def _inset(raw: str) -> int:
    """How many cells the blanks take with which a line begins."""
    indent = _INDENT.match(raw)
    return width(indent.group()) if indent else 0


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a text's lines are wrapped.

    Attributes:
        measure: the width at which a program wrapped them; 0 when each line is a paragraph.
        slack: the room that a wrapped line may have left beside the next line's first word.
        indent: how far a paragraph's first line stands in where no other does; else 0.
    """

    measure: int = 0
    slack: int = 0
    indent: int = 0

    def breaks(self, group: Sequence[MeasuredLine]) -> list[MeasuredLine]:
        """The lines of a group that end a paragraph, the last left out."""
        if not self.measure:
            return list(group[:-1])
        if len(group) == 1:
            return []
        widest = max([line.width + line.indent for line in group])
        measure = self.measure if widest > 0.8 * self.measure else max(widest, _NARROWEST)
        return [line for line, after in pairwise(group) if self._ends(line, after, measure)]

    def _ends(self, line: MeasuredLine, following: MeasuredLine, measure: int) -> bool:
        if following.indent > line.indent:
            return True
        ended = line.ended
        if ended and _NUMBERED.match(following.text):
            return True
        # Where first lines alone stand in, a line that stands in is one, if the last isn't full.
        first = 0 < following.indent == self.indent
        if first and (ended or line.indent + line.width < 0.8 * self.measure):
            return True
        # A program that wraps would have put the next word on this line.
        room = room_beside(line, following, measure)
        if ended and (not self.indent or following.indent):
            return room > self.slack
        return room > max(self.slack, measure * (0.15 if ended else 1 - _FULL))


def room_beside(line: MeasuredLine, following: MeasuredLine, measure: int) -> int:
    """The cells left on a line if it took the next line's first word; below 0 if it can't."""
    text = following.text
    # Most first characters are told from wide ones by their number.
    if text[0] >= _FIRST_WIDE and _WIDE.match(text):
        wide, blank = 2, 0 if _WIDE.match(line.text[-1]) else 1
    else:
        word = _FIRST_WORD.match(text)
        wide, blank = len(word[0]) if word else 0, 1
    return measure - line.indent - line.width - blank - wide


def wrapping_of(groups: Sequence[Sequence[MeasuredLine]]) -> Wrapping:
    """How the lines of a text are wrapped, by all of them."""
    measure = _measure_of(groups)
    if not measure:
        return Wrapping()
    rooms = sorted(
        room_beside(line, following, measure)
        for group in groups for line, following in pairwise(group)
        if not line.ended and following.indent <= line.indent
        and line.indent + line.width >= _FULL * measure
    )  # fmt: skip
    slack = rooms[int(_USUAL * (len(rooms) - 1))] if rooms else 0
    return Wrapping(measure, max(0, min(slack, measure // 5)), _indent(groups, measure))


def _indent(groups: Sequence[Sequence[MeasuredLine]], measure: int) -> int:
    """How far a paragraph's first line stands in; 0 when it doesn't, or others do too."""
    first: Counter[int] = Counter()
    after_end = flush = 0
    for group in groups:
        for line, following in pairwise(group):
            if line.indent + line.width < _FULL * measure and not line.ended:
                continue
            if following.indent > line.indent:
                first[following.indent] += 1
                after_end += line.ended
            flush += not following.indent
    times = first.total()
    if times < _VERSE_LINES or after_end < 0.7 * times or flush < times:
        return 0
    return max(first, key=lambda indent: (first[indent], -indent))


def _measure_of(groups: Sequence[Sequence[MeasuredLine]]) -> int:
    """The width at which a program wrapped the lines; 0 when lines are paragraphs."""
    inner = [line for group in groups for line in group[:-1]]
    if not inner:
        return 0
    widths = sorted(line.width + line.indent for line in inner)
    measure = widths[min(len(widths) - 1, len(widths) * 9 // 10)]
    if not _NARROWEST <= measure <= _WIDEST:
        return 0
    full = sum(measure * _FULL <= one <= measure * 1.1 for one in widths)
    longer = sum(line.width > measure * 1.25 for group in groups for line in group)
    unended = [line.width + line.indent for line in inner if not line.ended]
    lines = len(inner)
    mostly = full >= 0.6 * lines and len(unended) > 0.2 * lines
    # Paragraphs may be so short that many lines end one; those that end none are full.
    even = sum(measure * _EVEN <= one <= measure * 1.1 for one in unended)
    always = len(unended) >= max(_TIMES, 0.15 * lines) and even >= 0.7 * len(unended)
    # Headings, lists and contents may be many; but no text of its own accord has many lines of
    # one length and hardly any a little shorter.
    shorter = sum(measure * _SHORTER <= one < measure * _EVEN for one in unended)
    heaped = even >= max(_TIMES, 0.4 * len(unended)) and even >= 4 * shorter
    if longer > 0.1 * lines or not (mostly or always or heaped):
        return 0
    # Lines that a scan lengthened by a blank or a mark are few: the longest of the others.
    return max(width for width in widths if width <= 1.06 * measure)


def verse_runs(group: Sequence[MeasuredLine], wrapping: Wrapping) -> list[tuple[int, int]]:
    """Where short lines belong together and yet stay lines: first and last number of each run.

    A program would have put more on each of them; and unlike dialogue, whose lines end their
    sentences, most of them end none.
    """
    runs: list[tuple[int, int]] = []
    if len(group) < _VERSE_LINES:
        return runs
    first = 0
    for place, line in enumerate(group):
        last = place + 1 == len(group)
        if not last and _stays(line, group[place + 1], wrapping):
            continue
        end = place if _is_short(line, wrapping) else place - 1
        if 0 < first <= end and group[first].ended:
            first += 1  # the last line of the paragraph before
        lines = group[first : end + 1]
        if len(lines) < _VERSE_LINES:
            first = place + 1
            continue
        ended = sum(one.ended for one in lines)
        numbered = any(_NUMBERED.match(one.text) for one in lines)
        if ended <= len(lines) / 2 and not numbered:
            runs.append((first, end))
        first = place + 1
    return runs


def _is_short(line: MeasuredLine, wrapping: Wrapping) -> bool:
    if not wrapping.measure:
        return line.width <= _VERSE_WIDTH
    return line.indent + line.width <= 0.85 * wrapping.measure


def _stays(line: MeasuredLine, following: MeasuredLine, wrapping: Wrapping) -> bool:
    """Whether a line was ended though more would have fitted on it."""
    if not _is_short(line, wrapping) or following.indent < line.indent:
        return False
    if not wrapping.measure:
        return following.width <= _VERSE_WIDTH
    room = room_beside(line, following, wrapping.measure)
    return room > max(wrapping.slack, _ROOM * wrapping.measure)
