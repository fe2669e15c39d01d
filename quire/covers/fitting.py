"""Words made to fit a place: broken well first, then sized from a scale, and never let out of it.

A size is not shrunk to please one long word: every number of lines is tried with its best
breaks, and the split that gives the largest type for the least ugliness wins. Sizes come from a
scale, so that the covers of a series look set and not stretched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Final

from quire.covers.lettering import Lettering
from quire.covers.model import Anchor, Colour, Request, TextRun
from quire.language.breaking import Piece, Split, names, pieces, shattered, splits
from quire.problems import BookError, Problem

__all__ = [
    "LONG_SIZES", "SMALL_SIZES", "TITLE_SIZES", "Setting", "Style", "fit", "fit_small", "fit_title",
    "stacked_up",
]  # fmt: skip

TITLE_SIZES: Final = (34.0, 30.0, 26.0, 23.0, 21.0, 19.0, 17.0, 15.4, 14.0, 12.8, 11.6, 10.4, 9.2)
"""Of a title, in hundredths of the width; at the least of them a Han character is 11 pixels
wide on a thumbnail of 120."""
LONG_SIZES: Final = (8.4, 7.6, 7.0, 6.4, 5.8, 5.3, 4.8, 4.3)
"""Of a title too long for those, to which a design gives more room."""
SMALL_SIZES: Final = (5.2, 4.7, 4.2, 3.8, 3.4, 3.0, 2.6)
"""Of the other words."""

_MOST_LINES: Final = 10
_MOST_CHARACTERS: Final = 400
"""No place holds more at the smallest size, so that longer words need no trying."""
_UGLINESS: Final = 0.9
"""How much of the size (as a logarithm) a cost of 1 is worth."""
_MANY_LINES: Final = 0.04


@dataclass(frozen=True, slots=True)
class Style:
    """How words are set.

    Attributes:
        font: a role of the font library.
        leading: from line to line (or column to column), in em.
        tracking: between characters, in em.
        vertical: in columns, right to left.
    """

    font: str
    leading: float = 1.3
    tracking: float = 0.0
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """Words broken, sized and measured.

    Attributes:
        lines: from the top; columns from the right.
        size: the em.
        pitch: from line to line or column to column.
        width: of the widest line, edge to edge; of all columns.
        height: from the top of the first line's ink to the bottom of the last's; of the longest
            column.
        ascent: from the top of the first line to its baseline.
    """

    lines: tuple[str, ...]
    style: Style
    size: float
    pitch: float
    width: float
    height: float
    ascent: float

    def runs(
        self, x: float, y: float, fill: Colour, part: str, anchor: Anchor = "left"
    ) -> list[TextRun]:
        """The runs, with the top of the block at `y` and its edge or middle at `x`."""
        style = self.style
        if style.vertical:
            right = {"left": x + self.width, "centre": x + self.width / 2, "right": x}[anchor]
            return [
                TextRun(
                    line, right - self.size / 2 - number * self.pitch, y, self.size, style.font,
                    fill, "centre", True, style.tracking, part,
                )
                for number, line in enumerate(self.lines)
            ]  # fmt: skip
        return [
            TextRun(
                line, x, y + self.ascent + number * self.pitch, self.size, style.font, fill,
                anchor, False, style.tracking, part,
            )
            for number, line in enumerate(self.lines)
        ]  # fmt: skip


def fit(
    text: str,
    letters: Lettering,
    style: Style,
    room: tuple[float, float],
    sizes: Sequence[float],
    most: int = _MOST_LINES,
    cut: Callable[[str], tuple[Piece, ...]] = pieces,
) -> Setting | None:
    """Set words as large as the scale and the room (width, height) allow.

    Line breaks in the text are kept, and no others made beside them; else `cut` says where lines
    may end.

    Returns:
        None if the smallest size is too large.
    """
    if len(text) > _MOST_CHARACTERS:
        return None
    best: tuple[float, Setting] | None = None
    for split in _candidates(text, letters, style, most, cut):
        setting = _largest(split, letters, style, room, sizes)
        if setting is None:
            continue
        lines = len(setting.lines)
        score = log(setting.size) - _UGLINESS * split.cost - _MANY_LINES * max(0, lines - 3)
        if best is None or score > best[0] + 1e-9:
            best = score, setting
    return best[1] if best else None


def fit_title(
    request: Request,
    style: Style,
    room: tuple[float, float],
    long_room: tuple[float, float] | None = None,
    largest: float = TITLE_SIZES[0],
    most: int = 4,
) -> Setting:
    """Set the title in its room, or a long one in more room, at the sizes for long ones.

    Raises:
        BookError: even so it doesn't fit.
    """
    sizes = tuple(size for size in TITLE_SIZES if size <= largest)
    found = fit(request.title, request.letters, style, room, sizes, most) or fit(
        request.title, request.letters, style, long_room or room, LONG_SIZES
    )
    if found is None:
        raise _too_long("title", request.title, "title: …")
    return found


def fit_small(
    request: Request,
    text: str,
    style: Style,
    room: tuple[float, float],
    largest: float = SMALL_SIZES[0],
) -> Setting:
    """Set a subtitle, the authors or the like in their room.

    Raises:
        BookError: the words don't fit at the smallest size.
    """
    sizes = tuple(size for size in SMALL_SIZES if size <= largest)
    cut = names if text == request.byline else pieces
    # Two lines a little smaller read better than three.
    found = fit(text, request.letters, style, room, sizes, 2, cut) or fit(
        text, request.letters, style, room, sizes, cut=cut
    )
    if found is None:
        raise _too_long(f"line “{text}”", text, "image: …")
    return found


def stacked_up(
    request: Request,
    style: Style,
    foot: float,
    measure: float,
    place: tuple[float, Anchor],
    stack: Sequence[tuple[str, float, float, float]],
) -> tuple[list[TextRun], float]:
    """Small words one above another, from the foot of the cover up.

    Args:
        request: whose words they are; those it lacks take no room.
        style: of all of them.
        foot: where the lowest ends.
        measure: how wide they may be.
        place: their edge or middle, and which of them it is.
        stack: from the lowest up, what is said (``author``, ``subtitle``, ``publisher``,
            ``series``), how high it may be, its largest size, and the space above it.

    Returns:
        The runs, and where what stands above them ends.

    Raises:
        BookError: some don't fit at the smallest size.
    """
    said = {
        "author": request.byline,
        "subtitle": request.subtitle,
        "publisher": request.publisher,
        "series": request.series,
    }
    runs: list[TextRun] = []
    for part, height, largest, space in stack:
        if said[part]:
            block = fit_small(request, said[part], style, (measure, height), largest)
            x, anchor = place
            runs += block.runs(x, foot - block.height, request.palette.quiet, part, anchor)
            foot -= block.height + space
    return runs, foot


def _too_long(what: str, text: str, key: str) -> BookError:
    shown = what if len(what) <= 24 else f"{what[:24]}…"
    return BookError(
        Problem(
            "words-too-long-for-cover",
            f"The {shown} has {len(text)} characters, more than this cover can hold.",
            "Choose another design, or give the cover a short form of the title or a finished "
            f"picture: `cover: {{{key}}}`.",
            file="metadata.yaml",
        )
    )


def _candidates(
    text: str,
    letters: Lettering,
    style: Style,
    most: int,
    cut: Callable[[str], tuple[Piece, ...]],
) -> Iterator[Split]:
    """Ways to break the text: as the author did, or between words, or anywhere at last."""
    if "\n" in text:
        yield Split(tuple(" ".join(line.split()) for line in text.split("\n") if line.strip()), 0)
        return
    whole = cut(text)

    def width_of(part: str) -> float:
        if style.vertical:
            return letters.ink(part, style.font, style.tracking, vertical=True).bottom
        return letters.advance(part, style.font, style.tracking)

    yield from splits(whole, width_of, most)
    if any(len(piece.text) > 8 for piece in whole):
        yield from (
            Split(split.lines, split.cost + 1) for split in splits(shattered(whole), width_of, most)
        )


def _largest(
    split: Split,
    letters: Lettering,
    style: Style,
    room: tuple[float, float],
    sizes: Sequence[float],
) -> Setting | None:
    """The split at the largest size that fits the room."""
    if style.vertical:
        longest = max(
            letters.ink(line, style.font, style.tracking, vertical=True).bottom
            for line in split.lines
        )
        unit = (1 + (len(split.lines) - 1) * style.leading, longest)
        pitch, ascent = style.leading, 0.0
    else:
        inks = [letters.ink(line, style.font, style.tracking) for line in split.lines]
        edges = [letters.edges(line, style.font, style.tracking) for line in split.lines]
        # Accents and tails of neighbouring lines never touch.
        pitch = max(
            style.leading,
            *(a.bottom - b.top + 0.05 for a, b in pairwise(inks)),
            0,
        )
        ascent = -inks[0].top
        height = ascent + inks[-1].bottom + (len(inks) - 1) * pitch
        unit = (max(right - left for left, right in edges), height)
    for size in sizes:
        if unit[0] * size <= room[0] + 1e-9 and unit[1] * size <= room[1] + 1e-9:
            return Setting(
                split.lines,
                style,
                size,
                pitch * size,
                unit[0] * size,
                unit[1] * size,
                ascent * size,
            )
    return None
