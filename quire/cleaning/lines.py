"""What the ends of lines mean: a paragraph's end, a hard wrap, or a line of verse.

Text that was wrapped by a program shows it: all lines but a paragraph's last are nearly as long
as the longest. Widths are in cells: a full-width character takes two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quire.cleaning.vocabulary import ends_sentence

__all__ = ["BLANKS", "Line", "breaks", "groups_of_lines", "is_verse", "measure_of", "width"]

# Every blank that can stand at a line's edge, as the inside of a character class.
BLANKS = " \\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"

_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f"
    "\uff00-\uff60\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003fffd]"
)
_INDENT = re.compile(f"[{BLANKS}]*")
_FIRST_WORD = re.compile(r"[!-~\u00a1-\u024f]+|.")
_NUMBERED = re.compile(r"[①-⑳⑴-⒇]|[\[〔(（]?\d{1,3}[\]〕)）.、．](?!\d)|[-•●*] ")

_NARROWEST, _WIDEST = 30, 140  # the measures that programs wrap at
_FULL = 0.7  # of the measure: a line that may have been wrapped
_VERSE_WIDTH = 44


def width(text: str) -> int:
    """How many cells a text takes."""
    return 2 * len(text) - len(_WIDE.sub("", text))


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it; `start` and `end` hold its blanks, `text` doesn't."""

    start: int
    end: int
    text: str
    indent: int
    width: int


def groups_of_lines(text: str, leave_out: Callable[[int, int], bool]) -> Iterator[list[Line]]:
    """Lines that follow one another without a blank line; of `leave_out` places, none."""
    group: list[Line] = []
    place = 0
    for raw in text.split("\n"):
        end = place + len(raw)
        bare = raw.strip()
        if bare and not leave_out(place, end):
            indent = _INDENT.match(raw)
            inset = width(indent.group()) if indent else 0
            group.append(Line(place, end, bare, inset, width(bare)))
        elif group:
            yield group
            group = []
        place = end + 1
    if group:
        yield group


def measure_of(groups: Sequence[Sequence[Line]]) -> int:
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
    ended = sum(ends_sentence(line.text) for line in inner)
    lines = len(inner)
    wrapped = full >= 0.6 * lines and longer <= 0.1 * lines and ended < 0.8 * lines
    return measure if wrapped else 0


def is_verse(group: Sequence[Line], measure: int) -> bool:
    """Whether short lines belong together and yet stay lines.

    Lines that were wrapped are full but for the last; dialogue ends its sentences line by line.
    """
    if len(group) < 3:
        return False
    widest = max(line.width for line in group)
    if widest > (measure * _FULL if measure else _VERSE_WIDTH):
        return False
    ended = sum(ends_sentence(line.text) for line in group)
    return ended <= len(group) / 2 and not any(_NUMBERED.match(line.text) for line in group)


def breaks(group: Sequence[Line], measure: int) -> list[Line]:
    """The lines of a group that end a paragraph, the last left out.

    Args:
        group: lines without a blank line between them.
        measure: what `measure_of` says of the whole text.
    """
    if not measure:
        return list(group[:-1])
    widest = max(line.width + line.indent for line in group)
    own = measure if widest > 0.8 * measure else max(widest, _NARROWEST)
    return [line for line, following in pairwise(group) if _ends_paragraph(line, following, own)]


def _ends_paragraph(line: Line, following: Line, measure: int) -> bool:
    if following.indent > line.indent:
        return True
    if ends_sentence(line.text) and _NUMBERED.match(following.text):
        return True
    word = _FIRST_WORD.match(following.text)
    room = line.indent + line.width + 1 + (width(word.group()) if word else 0)
    # A program that wraps would have put the next word on this line.
    return room <= measure * (0.85 if ends_sentence(line.text) else _FULL)
