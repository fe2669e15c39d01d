"""Lines of printed pages become blocks in reading order: columns, notes at the foot, paragraphs.

All is told by places and sizes: a gutter that hardly a line crosses parts columns; smaller type at
a column's foot, marked or below a rule, is notes; an indent, a wider gap or another size begins a
paragraph. What one page can't tell (whether its first lines go on with the paragraph before) is
told by the habit of all pages.
"""

from __future__ import annotations

import itertools
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quire.sources.beginnings import (
    LARGER,
    Column,
    Habit,
    begins_column,
    begins_entry,
    begins_paragraph,
    ends_set_in,
    goes_on_below_mark,
    goes_on_set_in,
    hanging_sizes,
    has_room,
    inset_of,
    is_first_line,
    is_next_item,
    is_set_right,
)
from quire.sources.captions import is_caption
from quire.sources.composition import BlockText
from quire.sources.glyphs import Line, joined_hints
from quire.sources.gutters import gutters_of, parted, usual_gutters
from quire.sources.model import Hint, HintKind
from quire.sources.rows import furniture_apart, is_folio, rows_of

__all__ = ["PageLines", "blocks_of_pages"]

_SMALLER = 0.95  # type below this share of the text's is small type
_LARGEST_TEXT = 1.6  # notes' sizes that a text's isn't above
_LEAST_TEXT = 0.2  # characters of the text for one of its notes
_MOSTLY = 0.7
_IN_COLUMNS = 0.3  # share of the pages whose columns make a document one in columns
_MOST_KNOWN = 8
_LEAST_ALIKE = 4  # lines that end at one place by more than chance
_MOST_NOTE_LINES = 15  # in the text's own size, below a rule


@dataclass(frozen=True, slots=True)
class PageLines:
    """A page's lines in any order, and what was drawn that tells of them.

    Attributes:
        lines: its lines.
        rules: thin rules that part notes from text, each with its height, its left and its right
            end, in points from the page's lower left.
        pictures: blocks for pictures and for tables' rows, each with the height of its upper and
            lower edge.
    """

    lines: tuple[Line, ...]
    rules: tuple[tuple[float, float, float], ...] = ()
    pictures: tuple[tuple[float, float, BlockText], ...] = ()


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines of a paragraph; how far the first is set in, in its type sizes, when that tells."""

    lines: tuple[Line, ...]
    inset: float | None = None
    in_notes: bool = False
    fills: bool = True  # whether its last line reaches the column's end
    is_text: bool = False
    hangs: bool = False  # whether all lines but an entry's first are set in
    last_inset: float = 0.0  # how far its last line is set in, if it isn't its first


def blocks_of_pages(pages: Sequence[PageLines]) -> list[list[BlockText]]:
    """Each page's blocks in reading order: heads, text, notes, feet.

    Blocks in a zone of notes say so (``note-zone``). The first lines of pages say whether they go
    on with the paragraph before (``goes-on``), where that can be told.
    """
    habit = _habit(pages)
    set_pages = [_paragraphs_of(page, habit) for page in pages]
    indented = _is_indented(set_pages)
    blocks = []
    last: _Paragraph | None = None
    for page, held in zip(set_pages, pages, strict=True):
        blocks.append(_placed(_blocks(page, last, indented), held.pictures))
        # A page of pictures or tables may stand between.
        last = next((one for one in reversed(page) if one.is_text or one.hangs), last)
    return blocks


def _habit(pages: Sequence[PageLines]) -> Habit:
    size = _text_size(pages)
    gaps: Counter[float] = Counter()
    for page in pages:
        for above, line in itertools.pairwise(page.lines):
            gap = above.bottom - line.bottom
            if above.size == line.size == size and 0.8 * size < gap < 3 * size:
                gaps[round(gap, 1)] += 1
    leading = max(gaps.items(), key=lambda item: (item[1], -item[0]))[0] if gaps else 1.4 * size
    return Habit(size, leading, _is_justified(pages, size), _known_gutters(pages, size))


def _text_size(pages: Sequence[PageLines]) -> float:
    """The commonest size; the larger one above it where that is the size of notes at the feet."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    if not sizes:
        return 10.0
    size = max(sizes.items(), key=lambda item: (item[1], item[0]))[0]
    larger = [
        one for one in sizes
        if size < _SMALLER * one and one < _LARGEST_TEXT * size
        and sizes[one] > _LEAST_TEXT * sizes[size]
    ]  # fmt: skip
    if larger:
        text = max(larger, key=lambda one: (sizes[one], one))
        at_feet = sum(_at_foot(page.lines, size, text) for page in pages)
        if at_feet > _MOSTLY * sizes[size]:
            return text
    return size


def _at_foot(lines: Sequence[Line], size: float, text: float) -> int:
    """How many characters of a size stand below a page's text, as notes do."""
    heights = [
        line.bottom for line in lines if line.size == text and not is_folio(line.text)
    ]  # fmt: skip
    below = [line for line in lines if line.size == size and line.bottom < min(heights, default=0)]
    is_notes = any(line.marked for line in below)
    return sum(len(line.text) for line in below) if is_notes else 0


def _known_gutters(
    pages: Sequence[PageLines], size: float
) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The gutters that pages of a document in columns have, the commonest first.

    Where few pages can tell, their last columns being short, all left or all right ones together
    may.
    """
    found: Counter[tuple[tuple[float, float], ...]] = Counter()
    for page in pages:
        gutters = _rounded(gutters_of(page.lines, size))
        if gutters:
            found[gutters] += 1
    if sum(found.values()) < _IN_COLUMNS * len(pages):
        sides = ([line for page in pages[first::2] for line in page.lines] for first in (0, 1))
        told = [_rounded(gutters_of(lines, size)) for lines in sides]
        return tuple(dict.fromkeys(told)) if len(pages) > 1 and all(told) else ()
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple(gutters for gutters, _ in ordered[:_MOST_KNOWN])


def _rounded(gutters: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    return tuple((round(left), round(right)) for left, right in gutters)


def _is_justified(pages: Sequence[PageLines], size: float) -> bool:
    """Whether most lines that come near the measure's end reach it: a few places.

    The last lines of short paragraphs tell nothing.
    """
    rights: Counter[int] = Counter()
    for page in pages:
        rights.update(round(line.right) for line in page.lines if line.size == size)
    # Two columns, on left and right pages, with half a point of play.
    ends = [place for place, count in rights.most_common(8) if count >= _LEAST_ALIKE]
    full = sum(rights[place] for place in ends)
    near = sum(
        count for right, count in rights.items()
        if any(0 <= place - right < 3 * size for place in ends)
    )  # fmt: skip
    return 5 * full > 3 * near and 3 * full > sum(rights.values())


def _paragraphs_of(page: PageLines, habit: Habit) -> list[_Paragraph]:
    rows = rows_of(page.lines)
    heads, middle, feet = furniture_apart(rows, habit.size, habit.leading, page.rules)
    columns = _columns([line for row in middle for line in row], habit)
    for column in columns:
        _part_notes(column, page.rules, habit)
    usual = _usual_gap([column.text for column in columns], habit)
    found = [_Paragraph((line,)) for row in heads for line in row]
    found += _gathered(columns, "text", usual, habit)
    found += _gathered(columns, "notes", usual, habit)
    return found + [_Paragraph((line,)) for row in feet for line in row]


def _columns(lines: Sequence[Line], habit: Habit) -> list[Column]:
    """The columns in reading order; a line across the gutter parts those above and below it."""
    gutters = gutters_of(lines, habit.size) or usual_gutters(lines, habit.gutters)
    if not gutters:
        return [_column(lines)]
    bands: list[tuple[bool, dict[int, list[Line]]]] = []
    for place, line in enumerate(lines):
        pieces = parted(line, gutters)
        if pieces[0][0] < 0 and _is_overfull(line, lines[max(0, place - 4) : place + 5]):
            number = sum(line.left > gap[0] for gap in gutters)
            pieces = [(number, replace(line, right=gutters[number][0]))]
        is_across = pieces[0][0] < 0
        if not bands or bands[-1][0] != is_across:
            bands.append((is_across, {}))
        for number, piece in pieces:
            bands[-1][1].setdefault(number, []).append(piece)
    return [_column(band[number]) for _, band in bands for number in sorted(band)]


def _is_overfull(line: Line, near: Sequence[Line]) -> bool:
    """Whether a line that lies across a gutter is one that ran out of its column.

    A heading across columns has white above and below.
    """
    return any(
        one is not line
        and abs(one.bottom - line.bottom) < 0.8 * line.size
        and one.left < line.right
        and one.right > line.left
        for one in near
    )


def _column(lines: Sequence[Line]) -> Column:
    lefts = Counter(round(line.left) for line in lines)
    # The leftmost place at which several lines begin: quotations stand in from it.
    often = max(lefts.values(), default=0) / 8
    edge = min((left for left, count in lefts.items() if count > often), default=0)
    edge_of = min((line.left for line in lines if abs(line.left - edge) <= 1), default=float(edge))
    return Column(list(lines), [], edge_of, _end_of(lines))


def _end_of(lines: Sequence[Line]) -> float:
    """Where a column ends: lines that ran out of it, few beyond where many end, tell nothing.

    Marks hang into the white by less than two type sizes.
    """
    rights = Counter(round(line.right) for line in lines)
    usual = max((right for right, count in rights.items() if count >= _LEAST_ALIKE), default=0)
    inside = [line.right for line in lines if line.right < usual + 2 * line.size]
    if 10 * len(inside) < 9 * len(lines):
        inside = [line.right for line in lines]
    return max(inside, default=0.0)


def _part_notes(column: Column, rules: Sequence[tuple[float, float, float]], habit: Habit) -> None:
    """Move the notes at a column's foot out of its text."""
    lines = column.text
    reach = column.edge - 3 * habit.size, column.right
    heights = [height for height, left, _ in rules if reach[0] < left < reach[1]]
    start = len(lines)
    while start and lines[start - 1].size < _SMALLER * habit.size:
        start -= 1
    below = [
        number for number in range(1, len(lines))
        if any(lines[number].bottom + 0.6 * lines[number].size < rule < lines[number - 1].bottom
               for rule in heights)
    ]  # fmt: skip
    if below and (below[-1] >= start or _are_notes(lines[below[-1] :])):
        start = below[-1]
    elif start < len(lines) and not (start == 0 or lines[start].marked):
        start = next((n for n in range(start, len(lines)) if lines[n].marked), len(lines))
    elif start == 0 and lines and not any(line.marked for line in lines):
        return
    column.text, column.notes = lines[:start], lines[start:]


def _are_notes(lines: Sequence[Line]) -> bool:
    """Whether what is below a rule is notes though its type is no smaller."""
    return lines[0].marked and len(lines) <= _MOST_NOTE_LINES


def _usual_gap(columns: Sequence[Sequence[Line]], habit: Habit) -> float:
    gaps = [
        above.bottom - line.bottom
        for lines in columns
        for above, line in itertools.pairwise(lines)
        if 0 < above.bottom - line.bottom < 3 * line.size
    ]
    return statistics.median_low(gaps) if gaps else habit.leading


def _gathered(
    columns: Sequence[Column], part: str, usual: float, habit: Habit
) -> Iterator[_Paragraph]:
    """The paragraphs of the columns' texts, or of their notes; one may run over several columns."""
    group: list[Line] = []
    inset: float | None = None
    last: Column | None = None
    for column in columns:
        lines = column.text if part == "text" else column.notes
        if part == "notes":
            usual = _usual_gap([lines], habit)
        hanging = hanging_sizes(lines, column)
        for number, line in enumerate(lines):
            hangs = line.size in hanging
            if not group:
                begins = True
            elif number == 0:
                begins = begins_column(group, line, last or column, column, hangs)
            elif hangs:
                begins = begins_entry(group[-number:], line, column, usual)
            else:
                begins = _begins(group, lines, number, column, usual, habit, part == "text")
            if group and (line.marked if part == "notes" else is_next_item(group, line)):
                begins = True
            if begins:
                if group:
                    yield _paragraph(group, inset, last or column, part, habit)
                group, inset = [], inset_of(line, column)
            group.append(line)
            last = column
    if group and last:
        yield _paragraph(group, inset, last, part, habit)


def _begins(
    group: Sequence[Line],
    lines: Sequence[Line],
    number: int,
    column: Column,
    usual: float,
    habit: Habit,
    is_text: bool,
) -> bool:
    """Whether a paragraph begins with a column's line, `number` in `lines`, below a group."""
    line = lines[number]
    # A paragraph's lines in the column before stand in from another edge.
    here = group[-number:]
    if is_text and (goes_on_below_mark(here, line, column) or goes_on_set_in(here, line, column)):
        return here[-1].bottom - line.bottom > 1.25 * usual
    if begins_paragraph(here, line, here[-1].bottom - line.bottom, usual, habit):
        return True
    if not is_text:
        return False
    above = lines[number - len(here) - 1] if number > len(here) else None
    below = lines[number + 1] if number + 1 < len(lines) else None
    if ends_set_in(here, line, column):
        return True
    is_pushed = line.size < LARGER * habit.size and is_set_right(here[-1], line, column)
    return (
        is_pushed
        or is_first_line(here, line, above, below, column)
        or has_room(group, line, column, habit)
    )


def _paragraph(
    group: list[Line], inset: float | None, column: Column, part: str, habit: Habit
) -> _Paragraph:
    fills = group[-1].right > column.right - 2.5 * group[-1].size
    in_size = abs(group[0].size - habit.size) < 0.06 * habit.size
    is_text = part == "text" and in_size and not is_caption(group[0].text)
    hangs = group[0].size in hanging_sizes(column.text if part == "text" else column.notes, column)
    last_inset = inset_of(group[-1], column) if len(group) > 1 else 0.0
    return _Paragraph(tuple(group), inset, part == "notes", fills, is_text, hangs, last_inset)


def _is_indented(pages: Sequence[Sequence[_Paragraph]]) -> bool:
    """Whether the document indents its paragraphs' first lines; a page's first may go on."""
    texts = [[one for one in page if one.is_text] for page in pages]
    told = [one for page in texts for one in page[1:] if len(one.lines) > 1]
    inset = sum(0.8 < (one.inset or 0) < 5 for one in told)
    return bool(told) and 2 * inset > len(told)


def _blocks(
    page: Sequence[_Paragraph], last: _Paragraph | None, indented: bool
) -> list[tuple[float, BlockText]]:
    """A page's blocks with the heights of their first lines; a text may say that it goes on.

    `last` is the paragraph that it may go on with.
    """
    found = []
    is_first = True
    for one in page:
        block = _block(one.lines)
        hints = list(block.hints)
        whole = (0, len(block.text))
        if one.in_notes:
            hints.append(Hint(*whole, HintKind.NOTE_ZONE))
        elif one.is_text or one.hangs or (is_first and last and _is_last_line(one, last)):
            goes_on = _goes_on(one, last, indented) if is_first else ""
            if goes_on:
                hints.append(Hint(*whole, HintKind.GOES_ON, goes_on))
            is_first = False
        found.append((one.lines[0].bottom, replace(block, hints=tuple(sorted(hints)))))
    return found


def _is_last_line(one: _Paragraph, last: _Paragraph) -> bool:
    """Whether a page begins with lines of the entry before, and may have no whole one itself."""
    return (
        last.hangs
        and not one.hangs
        and one.lines[0].size == last.lines[0].size
        and abs((one.inset or 0) - last.last_inset) < 0.3
    )


def _goes_on(one: _Paragraph, last: _Paragraph | None, indented: bool) -> str:
    """Whether a text at a page's top goes on with the one before: yes, no, or not told."""
    if one.inset is not None and (one.hangs or (last is not None and _is_last_line(one, last))):
        return "yes" if 0.8 < one.inset < 5 else "no"
    if one.inset is not None and 0.8 < one.inset < 5:
        # A passage that stands in may go on.
        stands_in = last is not None and last.fills and abs(last.last_inset - one.inset) < 0.2
        return "" if stands_in else "no"
    if indented and one.inset is not None and abs(one.inset) < 0.5:
        # Behind verse, or a passage that stands in, no indent is needed.
        return ("yes" if last.fills else "") if last is not None else "no"
    return "no" if last is None or (not last.fills and not indented) else ""


def _block(lines: Sequence[Line]) -> BlockText:
    text = "\n".join(line.text for line in lines)
    hints: list[Hint] = []
    place = 0
    for line in lines:
        hints += [
            replace(hint, start=hint.start + place, end=hint.end + place) for hint in line.hints
        ]
        place += len(line.text) + 1
    return BlockText(text, tuple(sorted(joined_hints(sorted(hints), text))))


def _placed(
    blocks: list[tuple[float, BlockText]], pictures: Sequence[tuple[float, float, BlockText]]
) -> list[BlockText]:
    """The blocks with pictures before the first block that stands below them."""
    placed = [block for _, block in blocks]
    heights = [height for height, _ in blocks]
    for _, lower, picture in sorted(pictures, key=lambda one: one[1]):
        at = next((n for n, height in enumerate(heights) if height < lower + 1), len(heights))
        placed.insert(at, picture)
        heights.insert(at, lower)
    return placed
