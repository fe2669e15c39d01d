"""A PDF page's glyphs become lines: their text, where they stand, and what their type tells."""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quire.language.scripts import is_cjk
from quire.sources.model import Hint, HintKind

__all__ = ["Glyph", "Line", "cut_line", "joined_hints", "joined_lines", "lines_of"]

_BOLD_FROM = 600
_RAISED = 0.33  # where a raised figure's ink begins above the type's lower edge, and …
_LOW = 0.6  # … how high it is at most, both in shares of the type size
_RISE = 1.5  # type sizes by which no mark is raised above its own line
_LEAST_BLANK = 0.1  # of the type size: letters stand closer to a mark before them
_AIR_BETWEEN_SCRIPTS = 0.6  # of the type size: wider air parts words
_AIR_BETWEEN_IDEOGRAPHS = 0.2
_LIST_NUMBER = re.compile(r"\d{1,2}\.")  # the air behind it stays a blank
_LEAST_TRACKED = 4  # letters that stand alone one after the other
_MOST_TRACKING = 0.22  # of the type size: words stand farther apart
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NOTE_BEGINS = re.compile(r"[\u2460-\u2473\u3251-\u325f\u32b1-\u32bf*†‡§‖¶]|[\[〔]\d{1,3}[\]〕]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it is printed. Places and sizes in points, from the page's lower left.

    `bottom` and `top` are those of the font's box, `ink_…` those of what is seen; `generated`
    characters were put in by the reader of the PDF for a gap.
    """

    character: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool
    ink_left: float
    ink_bottom: float
    ink_top: float
    generated: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line in reading order, without blanks at its edges.

    Attributes:
        text: its characters.
        left: where its ink begins, in points from the page's left.
        right: where its ink ends.
        bottom: the lower edge of its type, raised and lowered glyphs aside.
        size: the type size that most of its glyphs have, in points.
        marked: whether a note's mark stands in front: a raised figure, or a mark of that kind.
        hints: sizes, weights and raised figures, in places of `text`.
        gaps: the wide blanks inside it, as (place in `text` of what is behind, right edge of what
            is before, left edge of what is behind).
    """

    text: str
    left: float
    right: float
    bottom: float
    size: float
    marked: bool
    hints: tuple[Hint, ...]
    gaps: tuple[tuple[int, float, float], ...] = ()


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines: they end where the PDF's reader saw an end. Empty ones are left out."""
    lines: list[list[Glyph]] = [[]]
    last: Glyph | None = None
    for glyph in glyphs:
        if glyph.character in "\r\n":
            lines.append([])
            last = None
            continue
        if not glyph.generated and not glyph.character.isspace():
            if last is not None and _is_next_line(last, glyph):
                lines.append([])
            last = glyph
        lines[-1].append(glyph)
    ordered = (_in_order(_stripped(one)) for one in lines if _has_ink(one))
    return [_line(_without_tracking(_without_air(_with_lost_blanks(one)))) for one in ordered]


def _is_next_line(last: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph stands far back on another height, or at another column's top.

    There PDFium missed a line's end.
    """
    is_back = glyph.ink_left < last.ink_left - 2 * glyph.size
    rise = glyph.bottom - last.bottom
    return (is_back and abs(rise) > 0.3 * glyph.size) or rise > _RISE * max(last.size, glyph.size)


def _in_order(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """From left to right: a mark that was drawn late comes where its ink stands.

    An opening bracket set close to a colon begins before it with its box, but not with its ink.
    """
    places: list[float] = []
    is_ordered = True
    for glyph in glyphs:
        last = places[-1] if places else glyph.ink_left
        place = last if glyph.generated or glyph.character.isspace() else glyph.ink_left
        is_ordered = is_ordered and place > last - 0.3 * glyph.size
        places.append(place)
    if is_ordered or any(_RIGHT_TO_LEFT.match(one.character) for one in glyphs):
        return glyphs
    return [glyphs[n] for n in sorted(range(len(glyphs)), key=places.__getitem__)]


def _with_lost_blanks(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """With a blank behind each Latin mark that stands apart from a word: Mr. Crane, p. 7.

    PDFium leaves out blanks at which no line may end, where justifying has made them narrow.
    """
    found = list(glyphs[:2])
    for before, mark, glyph in zip(glyphs, glyphs[1:], glyphs[2:], strict=False):
        gap = glyph.left - mark.right
        is_abbreviated = mark.character in ".," and before.character.isalpha()
        if is_abbreviated and before.character.isascii() and glyph.character.isalnum() and (
            glyph.character.isascii() and _LEAST_BLANK * glyph.size < gap < glyph.size
        ):  # fmt: skip
            found.append(replace(mark, character=" ", left=mark.right, right=glyph.left,
                                 generated=True))  # fmt: skip
        found.append(glyph)
    return found


def _without_air(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Without the blanks that PDFium reads into the air beside ideographs.

    Setting puts air between scripts, and justifying between ideographs: neither is a character.
    """
    kept: list[Glyph] = []
    for place, glyph in enumerate(glyphs):
        if glyph.generated and glyph.character == " " and kept and place + 1 < len(glyphs):
            before, behind = kept[-1], glyphs[place + 1]
            if _LIST_NUMBER.fullmatch("".join(one.character for one in kept[:4])):
                kept.append(glyph)
                continue
            wide = [one.character for one in (before, behind) if is_cjk(one.character)]
            most = _AIR_BETWEEN_SCRIPTS if len(wide) == 1 else _AIR_BETWEEN_IDEOGRAPHS
            if wide and behind.left - before.right < most * _size_beside(before, behind):
                continue
        kept.append(glyph)
    return kept


def _without_tracking(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """Without the blanks that PDFium reads between letters that are set apart, as in labels.

    There word after word is one letter, or two that are kerned, and all stand at one small
    distance but where a word ends.
    """
    blanks = [n for n, glyph in enumerate(glyphs) if glyph.generated and glyph.character == " "]
    if len(blanks) < _LEAST_TRACKED - 1:
        return glyphs
    edges = [-1, *blanks, len(glyphs)]
    words = [glyphs[start + 1 : end] for start, end in itertools.pairwise(edges)]
    dropped: set[int] = set()
    for is_apart, group in itertools.groupby(range(len(words)), lambda n: _is_apart(words[n])):
        run = list(group)
        if is_apart and sum(len(words[n]) == 1 for n in run) >= _LEAST_TRACKED:
            dropped.update(_inside_words(glyphs, [edges[n] for n in run[1:]]))
    return [glyph for n, glyph in enumerate(glyphs) if n not in dropped]


def _is_apart(word: Sequence[Glyph]) -> bool:
    """Whether a word is as short as letters that are set apart leave it."""
    return 0 < len(word) < 3 and all(
        one.character.isalnum() and not is_cjk(one.character) for one in word
    )


def _inside_words(glyphs: Sequence[Glyph], blanks: Sequence[int]) -> Iterator[int]:
    """Those blanks that are no wider than most are; none where words stand as far apart."""
    gaps = [glyphs[n + 1].left - glyphs[n - 1].right for n in blanks]
    usual, size = statistics.median_low(gaps), glyphs[blanks[0] - 1].size
    if usual < _MOST_TRACKING * size:
        yield from (n for n, gap in zip(blanks, gaps, strict=True) if gap < 2 * usual)


def _size_beside(before: Glyph, behind: Glyph) -> float:
    """The larger type size of two neighbours, in points."""
    return max(before.size, behind.size)


def _has_ink(glyphs: Sequence[Glyph]) -> bool:
    return any(not one.character.isspace() and not one.generated for one in glyphs)


def _stripped(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    start, end = 0, len(glyphs)
    while glyphs[start].character.isspace():
        start += 1
    while glyphs[end - 1].character.isspace():
        end -= 1
    return glyphs[start:end]


def _line(glyphs: Sequence[Glyph]) -> Line:
    printed = [one for one in glyphs if not one.generated]
    size = max(Counter(one.size for one in printed).items(), key=lambda item: (item[1], item[0]))[0]
    bottom = statistics.median(one.bottom for one in printed)
    text = "".join(one.character for one in glyphs)
    hints = tuple(sorted(joined_hints(list(_hints(glyphs, size, bottom)), text)))
    marked = _NOTE_BEGINS.match(text) is not None or _is_raised(glyphs[0], size, bottom)
    return Line(
        text, min(one.left for one in printed), max(one.right for one in printed), bottom, size,
        marked, hints, tuple(_gaps(glyphs, size)),
    )  # fmt: skip


def _gaps(glyphs: Sequence[Glyph], size: float) -> Iterator[tuple[int, float, float]]:
    """Where ink stands farther apart than words do: (place behind, right before, left behind)."""
    right = None
    for place, glyph in enumerate(glyphs):
        if glyph.character.isspace() or glyph.generated:
            continue
        if right is not None and glyph.left - right > 0.9 * size:
            yield place, right, glyph.left
        right = glyph.right


def _hints(glyphs: Sequence[Glyph], size: float, bottom: float) -> Iterator[Hint]:
    for place, glyph in enumerate(glyphs):
        if glyph.generated or glyph.character.isspace():
            continue
        yield Hint(place, place + 1, HintKind.SIZE, f"{glyph.size:g}")
        if glyph.bold:
            yield Hint(place, place + 1, HintKind.BOLD)
        if _is_raised(glyph, size, bottom):
            yield Hint(place, place + 1, HintKind.SUPERSCRIPT)


def _is_raised(glyph: Glyph, size: float, bottom: float) -> bool:
    """Whether a figure or Latin letter is a superscript on a line of that size and lower edge."""
    is_figure = glyph.character.isascii() and glyph.character.isalnum()
    is_low = glyph.ink_top - glyph.ink_bottom < _LOW * size
    return is_figure and is_low and glyph.ink_bottom - bottom > _RAISED * size


def joined_lines(before: Line, behind: Line, blank: str) -> Line:
    """Two pieces of one line as one, with `blank` between."""
    shift = len(before.text) + len(blank)
    moved = [replace(one, start=one.start + shift, end=one.end + shift) for one in behind.hints]
    gaps = tuple((place + shift, right, left) for place, right, left in behind.gaps)
    longer = max(before, behind, key=lambda one: len(one.text))
    return Line(
        f"{before.text}{blank}{behind.text}", before.left, behind.right, longer.bottom,
        longer.size, before.marked, tuple(sorted((*before.hints, *moved))), before.gaps + gaps,
    )  # fmt: skip


def cut_line(line: Line, start: int, end: int, left: float, right: float) -> Line:
    """The piece of a line from `start` to `end` of its text; its ink is from `left` to `right`."""
    hints = tuple(
        replace(hint, start=max(hint.start, start) - start, end=min(hint.end, end) - start)
        for hint in line.hints
        if hint.start < end and hint.end > start
    )
    return replace(
        line, text=line.text[start:end].rstrip(), left=left, right=right, hints=hints,
        marked=line.marked and start == 0, gaps=(),
    )  # fmt: skip


def joined_hints(hints: Sequence[Hint], text: str) -> Iterator[Hint]:
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
