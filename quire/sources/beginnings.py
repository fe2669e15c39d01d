"""Where a paragraph begins among the lines of a printed page.

An indent, a wider gap, another size of type, or room that the next word would have filled: each
is told by what the column and the whole document do elsewhere.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from quire.sources.glyphs import Line

__all__ = [
    "LARGER", "Column", "Habit", "begins_column", "begins_entry", "begins_paragraph",
    "ends_set_in", "goes_on_below_mark", "goes_on_set_in", "hanging_sizes", "has_room",
    "inset_of", "is_first_line", "is_next_item", "is_set_right",
]  # fmt: skip

LARGER = 1.1  # type above this share of the text's is a heading's
_LEAST_ENTRIES = 2  # entries of several lines that show how a column sets them
_SHORT = 0.2  # share of a column's width
_MARK_AT_END = re.compile(r"[，。；：？！,.;:?!…—”’\"')）》」』]$")
_ITEM_MARK = re.compile(r"[•·▪‣◦●○■□–*-] ?|[(（]?(?:\d{1,2}|[a-z])[.)、．）](?!\d)")
_ITEM = re.compile(r"[(（]?(\d{1,2})(?:[.)）](?=\s)|[、．])")


@dataclass(frozen=True, slots=True)
class Habit:
    """How a document is set: its text's size, and the way from line to line, in points."""

    size: float
    leading: float
    justified: bool = False
    gutters: tuple[tuple[tuple[float, float], ...], ...] = ()


@dataclass
class Column:
    """A column's lines from the top down; its text stands between `edge` and `right`."""

    text: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    edge: float = 0.0
    right: float = 0.0


def is_first_line(
    group: Sequence[Line], line: Line, above: Line | None, below: Line | None, column: Column
) -> bool:
    """Whether a line below a paragraph of one line, both set in alike, begins another.

    Passages that are set in as a whole look the same; they have white above, or a narrower
    measure, and lines that stand in below.

    Args:
        group: the paragraph that the line would go on with.
        line: the line.
        above: the one above the group.
        below: the one below the line.
        column: where all stand.
    """
    first, gap = group[0], group[-1].bottom - line.bottom
    stand_in = all(0.8 < inset_of(one, column) < 5 for one in (first, line))
    if len(group) > 1 or not stand_in or abs(first.left - line.left) > 0.8 * line.size:
        return False
    if not _MARK_AT_END.search(first.text):
        return False
    if below is not None and _is_flush(below, line, column):
        return line.bottom - below.bottom < 1.25 * gap
    if above is None or first.right < column.right - line.size:
        return False
    return above.bottom - first.bottom < 1.25 * gap and _is_flush(above, line, column)


def _is_flush(one: Line, line: Line, column: Column) -> bool:
    """Whether another line in a line's type begins at the column's edge."""
    return abs(one.size - line.size) < 0.05 * line.size and abs(inset_of(one, column)) < 0.7


def is_set_right(above: Line, line: Line, column: Column) -> bool:
    """Whether one of two lines is pushed to the right, as who said a saying is, below it."""
    right = max(above, line, key=lambda one: one.left)
    is_far = abs(above.left - line.left) > 5 * line.size
    return is_far and right.right > column.right - line.size and not _is_centred(above, line)


def goes_on_below_mark(group: Sequence[Line], line: Line, column: Column) -> bool:
    """Whether a line goes on with a list's item: below its words, its line above being full."""
    inset = line.left - group[0].left
    if not _ITEM_MARK.match(group[0].text) or _ITEM_MARK.match(line.text):
        return False
    if len(group) > 1:
        return abs(line.left - group[1].left) < 1
    is_full = group[0].right + _first_word(line) + 0.3 * line.size > column.right
    return is_full and 0.4 * line.size < inset < 4 * line.size


def goes_on_set_in(group: Sequence[Line], line: Line, column: Column) -> bool:
    """Whether a line that is set in goes on with a full one above, which ends amid a sentence.

    Items, speeches and entries are set so among paragraphs.
    """
    first = group[0]
    if len(group) > 1 or not _is_indent(line.left - first.left, line):
        return False
    is_full = first.right + _first_word(line) + 0.3 * line.size > column.right
    is_alike = abs(first.size - line.size) < 0.05 * line.size
    return is_full and is_alike and _MARK_AT_END.search(first.text) is None


def ends_set_in(group: Sequence[Line], line: Line, column: Column) -> bool:
    """Whether a line at the column's edge stands below an entry whose later lines are set in."""
    first = group[0]
    if len(group) < 2 or abs(inset_of(line, column)) > 0.5 or abs(first.left - line.left) > 1:
        return False
    return all(_is_indent(one.left - first.left, one) for one in group[1:])


def inset_of(line: Line, column: Column) -> float:
    """How far a line stands in from its column's edge, in its type sizes."""
    return (line.left - column.edge) / line.size


def _is_indent(inset: float, line: Line) -> bool:
    return 0.8 * line.size < inset < 5 * line.size


def begins_column(
    group: Sequence[Line], line: Line, before: Column, column: Column, hangs: bool
) -> bool:
    """Whether a paragraph begins at a column's top."""
    if abs(line.size - group[-1].size) > 0.09 * group[-1].size:
        return True
    if hangs:
        return not _is_indent(line.left - column.edge, line)
    if 0.8 < inset_of(line, column) < 5:
        return not _stands_in(group, before, inset_of(line, column))
    return group[-1].right < before.right - 2.5 * group[-1].size


def begins_entry(group: Sequence[Line], line: Line, column: Column, usual: float) -> bool:
    """Whether an entry begins with a line, where all lines but an entry's first are set in."""
    above = group[-1]
    gap = above.bottom - line.bottom
    if abs(line.size - above.size) > 0.09 * above.size or gap > 1.25 * usual:
        return True
    return not _is_indent(line.left - column.edge, line)


def begins_paragraph(
    group: Sequence[Line], line: Line, gap: float, usual: float, habit: Habit
) -> bool:
    """Whether a paragraph begins with a line, `gap` points below a group of lines."""
    above = group[-1]
    if abs(line.size - above.size) > 0.09 * above.size:
        return True
    # Larger type has wider leading.
    if gap > 1.25 * usual * max(1.0, line.size / habit.size):
        return True
    if line.size > LARGER * habit.size and _is_centred(above, line):
        return False
    if len(group) == 1:
        inset = line.left - above.left
        is_own_line = abs(inset) < 1 and above.right < line.right - 4 * line.size
        return _is_indent(inset, line) or is_own_line
    return _is_indent(line.left - min(one.left for one in group[1:]), line)


def hanging_sizes(lines: Sequence[Line], column: Column) -> frozenset[float]:
    """The type sizes in which a column sets all lines of its entries in but the first.

    So are bibliographies and lists of notes set. There a line that is set in follows a full one;
    where paragraphs are indented it follows the end of one, which is seldom full. Full lines amid
    a sentence, with lines below that aren't set in, are of paragraphs.
    """
    hanging: Counter[float] = Counter()
    indented: Counter[float] = Counter()
    for above, line in itertools.pairwise(lines):
        if above.size != line.size:
            continue
        is_full = above.right > column.right - 2 * above.size
        if _is_indent(line.left - above.left, line):
            (hanging if is_full else indented)[line.size] += 1
        elif is_full and not _is_indent(line.left - column.edge, line):
            indented[line.size] += _MARK_AT_END.search(above.text) is None
    return frozenset(
        size
        for size, count in hanging.items()
        if count >= _LEAST_ENTRIES and count > 4 * indented[size]
    )


def has_room(group: Sequence[Line], line: Line, column: Column, habit: Habit) -> bool:
    """Whether the last line of a group has room that a line which goes on would have filled."""
    above = group[-1]
    if line.size > LARGER * habit.size:
        return False
    stands_in = 0.8 * line.size < line.left - column.edge < 5 * line.size
    if stands_in and len(group) > 1 and line.right > max(o.right for o in group) + 1.5 * line.size:
        return True  # the group's measure is a narrower one
    is_shared = any(abs(one.right - above.right) < 1 for one in (line, *group[:-1]))
    is_short = _is_short(above, column)
    if habit.justified and is_short and abs(above.left - line.left) < 1:
        return True
    if is_shared and not is_short:
        return False  # several lines end here: it is the measure
    if habit.justified:
        right = max(line.right, *(one.right for one in group))
        if abs(above.left - column.edge) < 1:
            right = max(right, column.right)
        if above.right < right - 1.5 * above.size:
            return True
    # What stands in at the left may stand in at the right as well.
    limit = column.right - max(0.0, min(above.left, line.left) - column.edge)
    return above.right + _first_word(line) + above.size < limit


def _stands_in(group: Sequence[Line], column: Column, inset: float) -> bool:
    """Whether a group's last lines stand in as far as a line, and fill their measure."""
    last = group[-2:]
    return (
        len(last) > 1
        and all(abs(inset_of(one, column) - inset) < 0.2 for one in last)
        and abs(last[0].right - last[1].right) < last[0].size
        and not _is_short(last[1], column)
    )


def _is_short(line: Line, column: Column) -> bool:
    """Whether a line that stands in ends short of where it would if it stood in on both sides.

    A line that ends in a mark, as verse does, need not be much shorter.
    """
    inset = line.left - column.edge
    room = column.right - inset - line.right
    least = 1.2 * line.size if _MARK_AT_END.search(line.text) else math.inf
    return inset > 0.8 * line.size and room > min(least, _SHORT * (column.right - column.edge))


def _first_word(line: Line) -> float:
    """About how wide the first word of a line is; of Chinese, one character."""
    word = line.text.split(maxsplit=1)[0]
    length = len(word) if word.isascii() else 1
    return (line.right - line.left) * length / len(line.text)


def is_next_item(group: Sequence[Line], line: Line) -> bool:
    """Whether a line begins with the number that follows the one its paragraph began with."""
    first, here = _ITEM.match(group[0].text), _ITEM.match(line.text)
    return first is not None and here is not None and int(here[1]) == int(first[1]) + 1


def _is_centred(above: Line, line: Line) -> bool:
    """Whether two lines have one middle."""
    return abs(above.left + above.right - line.left - line.right) < 0.3 * line.size
