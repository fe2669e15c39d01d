"""Printers on demand: what each asks of a book's inside, as data with its source.

One entry is one printer. What they ask changes: each says where it was read, and when.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from quire.problems import BookError, Problem, did_you_mean

__all__ = ["PRINTERS", "Printer", "printer_named"]

_INCH: Final = 25.4


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer's demands. Lengths are in millimetres.

    Attributes:
        name: as metadata's ``print.printer`` names it.
        title: what people call it.
        source: address of the page that says so.
        read: when it was read, ``YYYY-MM``.
        least: pages that a book must have.
        most: pages that it may have.
        inner: (pages up to and including, least margin at the spine), by rising pages.
        outer: the least margin at the other edges of a page without bleed.
        outer_with_bleed: likewise, of one with bleed.
        bleed: width of the bleed where there is any.
        inks: ``grey`` where black text must be black ink alone and pictures grey or CMYK;
            ``any`` where RGB is taken too.
        resolution: pixels an inch that a picture must have at its size.
    """

    name: str
    title: str
    source: str
    read: str
    least: int
    most: int
    inner: tuple[tuple[float, float], ...]
    outer: float
    outer_with_bleed: float
    bleed: float
    inks: Literal["grey", "any"]
    resolution: int = 300

    def inner_of(self, pages: int) -> float:
        """The least margin at the spine, in millimetres, of a book of so many pages."""
        return next(margin for most, margin in self.inner if pages <= most)


def _inches(*steps: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    return tuple((most, margin * _INCH) for most, margin in steps)


_ENTRIES = (
    Printer(
        "kdp", "Amazon KDP", "https://kdp.amazon.com/help/topic/GVBQ3CMEQW3W2VL6", "2026-11",
        24, 828,
        _inches((150, 0.375), (300, 0.5), (500, 0.625), (700, 0.75), (math.inf, 0.875)),
        0.25 * _INCH, 0.375 * _INCH, 0.125 * _INCH, "any",
    ),
    Printer(
        "ingramspark", "IngramSpark",
        "https://www.ingramspark.com/hubfs/downloads/file-creation-guide.pdf", "2026-11",
        18, 1200,
        _inches((150, 0.5), (300, 0.625), (500, 0.75), (700, 0.875), (math.inf, 1.0)),
        0.5 * _INCH, 0.5 * _INCH, 0.125 * _INCH, "grey",
    ),
    Printer(
        "lulu", "Lulu", "https://assets.lulu.com/media/guides/en/lulu-book-creation-guide.pdf",
        "2026-11",
        32, 800,
        _inches((60, 0.5), (150, 0.625), (400, 1.0), (600, 1.125), (math.inf, 1.25)),
        0.5 * _INCH, 0.5 * _INCH, 0.125 * _INCH, "any",
    ),
)  # fmt: skip

PRINTERS: Final[Mapping[str, Printer]] = {one.name: one for one in _ENTRIES}
"""Every printer by name."""


def printer_named(name: str) -> Printer:
    """The printer of that name; capitals and blanks don't matter.

    Raises:
        BookError: there is none.
    """
    plain = "".join(name.lower().split())
    if plain in PRINTERS:
        return PRINTERS[plain]
    raise BookError(
        Problem(
            "unknown-printer",
            f"There is no printer {name!r}.",
            did_you_mean(
                plain, PRINTERS, f"Write one of {', '.join(PRINTERS)} at print.printer, or none."
            ),
            file="metadata.yaml",
        )
    )
