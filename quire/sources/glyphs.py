"""A PDF page's glyphs become lines and paragraphs, by where they stand."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quire.sources.composition import BlockText
from quire.sources.model import Hint, HintKind

__all__ = ["Glyph", "Line", "lines_of", "paragraphs"]

_BOLD_FROM = 600
_RAISED = 0.33  # where a raised figure's ink begins above the type's lower edge, and …
_LOW = 0.6  # … how high it is at most, both in shares of the type size
_NOTE_BEGINS = re.compile(r"[\u2460-\u2473*†‡]|[\[〔]\d{1,3}[\]〕]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it is printed. Places and sizes in points, from the page's lower left.

    `bottom` and `top` are those of the font's box, `ink_bottom` and `ink_top` those of what is
    seen; `generated` characters were put in by the reader of the PDF for a gap.
    """

    character: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    weight: int
    ink_bottom: float
    ink_top: float
    generated: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs of one line in reading order."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(glyph.character for glyph in self.glyphs)

    @property
    def size(self) -> float:
        """The type size that most of its glyphs have."""
        return statistics.mode(glyph.size for glyph in self.glyphs if not glyph.generated)

    @property
    def left(self) -> float:
        """Where its ink begins."""
        return min(glyph.left for glyph in self.glyphs if not glyph.generated)

    @property
    def right(self) -> float:
        """Where its ink ends."""
        return max(glyph.right for glyph in self.glyphs if not glyph.generated)

    @property
    def bottom(self) -> float:
        """The lower edge of its type, raised and lowered glyphs aside."""
        return statistics.median(glyph.bottom for glyph in self.glyphs if not glyph.generated)


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines: they end where the PDF's reader saw an end. Empty ones are left out."""
    lines: list[list[Glyph]] = [[]]
    for glyph in glyphs:
        if glyph.character in "\r\n":
            lines.append([])
        else:
            lines[-1].append(glyph)
    return [Line(_stripped(line)) for line in lines if any(not g.character.isspace() for g in line)]


def _stripped(glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
    start, end = 0, len(glyphs)
    while glyphs[start].character.isspace():
        start += 1
    while glyphs[end - 1].character.isspace():
        end -= 1
    return tuple(glyphs[start:end])


def paragraphs(lines: Sequence[Line]) -> list[BlockText]:
    """The lines gathered to paragraphs; each keeps its line ends.

    A paragraph ends before a wider gap than is usual on the page, before another type size, and
    before a line that is set in more than the one above it.
    """
    if not lines:
        return []
    gaps = [above.bottom - line.bottom for above, line in itertools.pairwise(lines)]
    usual = _usual_gap(lines, gaps)
    body_size = statistics.mode(line.size for line in lines)
    groups: list[list[Line]] = [[lines[0]]]
    for line, gap in zip(lines[1:], gaps, strict=True):
        if _begins(groups[-1], line, gap, usual) or _is_note(line, body_size):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [_block(group) for group in groups]


def _usual_gap(lines: Sequence[Line], gaps: Sequence[float]) -> float:
    ordinary = [gap for gap, line in zip(gaps, lines, strict=False) if 0 < gap < 3 * line.size]
    return statistics.median_low(ordinary) if ordinary else 2 * lines[0].size


def _begins(group: Sequence[Line], line: Line, gap: float, usual: float) -> bool:
    above = group[-1]
    if abs(line.size - above.size) > 0.09 * above.size:
        return True
    if gap < -above.size:
        # The next column, or the page goes on at its top: the paragraph may go on as well.
        return line.left - above.left > 0 and _is_short(group)
    if gap > 1.25 * usual:
        return True
    if len(group) == 1:
        inset = line.left - above.left
        is_own_line = abs(inset) < 1 and above.right < line.right - 4 * line.size
        return _is_indent(inset, line) or is_own_line
    return _is_indent(line.left - min(one.left for one in group[1:]), line)


def _is_indent(inset: float, line: Line) -> bool:
    return 0.8 * line.size < inset < 5 * line.size


def _is_note(line: Line, body_size: float) -> bool:
    """Whether a line at a page's foot begins a note: smaller type, and a note's mark in front."""
    if line.size > 0.95 * body_size:
        return False
    is_marked = _NOTE_BEGINS.match(line.text) is not None
    return is_marked or _is_raised(line.glyphs[0], line.size, line.bottom)


def _is_short(group: Sequence[Line]) -> bool:
    return group[-1].right < max(one.right for one in group) - 2 * group[-1].size


def _block(group: Sequence[Line]) -> BlockText:
    text = "\n".join(line.text for line in group)
    hints: list[Hint] = []
    place = 0
    for line in group:
        hints += _hints(line, place)
        place += len(line.text) + 1
    return BlockText(text, tuple(sorted(_joined(hints, text))))


def _hints(line: Line, place: int) -> Iterator[Hint]:
    size, bottom = line.size, line.bottom
    for offset, glyph in enumerate(line.glyphs):
        if glyph.generated or glyph.character.isspace():
            continue
        start, end = place + offset, place + offset + 1
        yield Hint(start, end, HintKind.SIZE, f"{glyph.size:g}")
        if glyph.weight >= _BOLD_FROM:
            yield Hint(start, end, HintKind.BOLD)
        if _is_raised(glyph, size, bottom):
            yield Hint(start, end, HintKind.SUPERSCRIPT)


def _is_raised(glyph: Glyph, size: float, bottom: float) -> bool:
    """Whether a figure or Latin letter is a superscript on a line of that size and lower edge."""
    is_figure = glyph.character.isascii() and glyph.character.isalnum()
    is_low = glyph.ink_top - glyph.ink_bottom < _LOW * size
    return is_figure and is_low and glyph.ink_bottom - bottom > _RAISED * size


def _joined(hints: Sequence[Hint], text: str) -> Iterator[Hint]:
    """Hints of one kind and value that touch, or have only blanks between, as one."""
    open_hints: dict[HintKind, Hint] = {}
    for hint in hints:
        before = open_hints.get(hint.kind)
        if before and before.value == hint.value and not text[before.end : hint.start].strip():
            open_hints[hint.kind] = Hint(before.start, hint.end, hint.kind, hint.value)
            continue
        if before:
            yield before
        open_hints[hint.kind] = hint
    yield from open_hints.values()
