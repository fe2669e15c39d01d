"""Trim sizes: one entry of the table is one trim, and nothing else to change.

Chinese trims are counted in 字 (em of the body size) and lines, so that the type area is a whole
number of characters wide and no line needs stretching (CLREQ, page design). English trims have
their measure in picas. Inner margins of English trims grow with the number of pages.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from quire.editions.typesetting.printers import Printer
from quire.problems import BookError, Problem, did_you_mean

__all__ = ["TRIMS", "Page", "Trim", "page_of_trim", "trim_named"]

POINTS_A_MILLIMETRE: Final = 72 / 25.4
_INCH, _PICA, _WU_HAO = 72.0, 12.0, 10.5


@dataclass(frozen=True, slots=True)
class Trim:
    """One trim size. Lengths are in points unless they say otherwise.

    Attributes:
        name: as metadata's ``print.trim`` names it.
        width: of the cut page.
        height: of the cut page.
        body: size of the text.
        pitch: from baseline to baseline.
        measure: width of the text.
        lines: lines on a full page.
        inner: (pages up to and including, margin at the spine), by rising pages.
        outer: the least margin at the fore-edge.
        top: from the trim to the text.
        counted: whether the trim is a Chinese one, counted in 字.
    """

    name: str
    width: float
    height: float
    body: float
    pitch: float
    measure: float
    lines: int
    inner: tuple[tuple[float, float], ...]
    outer: float
    top: float
    counted: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page ready to be set, in points: a trim, for one script and one thickness of book."""

    trim: str
    width: float
    height: float
    body: float
    pitch: float
    measure: float
    lines: int
    inner: float
    outer: float
    top: float


def _chinese(
    name: str, millimetres: tuple[float, float], grid: tuple[int, int], pitch: float,
    inner: float, top: float,
) -> Trim:  # fmt: skip
    """A trim with 五号 text; `grid` is 字 by lines, margins in millimetres."""
    width, height = (side * POINTS_A_MILLIMETRE for side in millimetres)
    measure = grid[0] * _WU_HAO
    spine = inner * POINTS_A_MILLIMETRE
    return Trim(
        name, width, height, _WU_HAO, pitch, measure, grid[1], ((math.inf, spine),),
        width - measure - spine, top * POINTS_A_MILLIMETRE, counted=True,
    )  # fmt: skip


def _english(
    name: str, inches: tuple[float, float], body: float, pitch: float, picas: float, lines: int,
    inner: tuple[float, float, float, float], outer: float, top: float,
) -> Trim:  # fmt: skip
    """A trim with the measure in picas, margins in inches; `inner` to 150, 300, 500, more pages."""
    bounds = (150, 300, 500, math.inf)
    return Trim(
        name, inches[0] * _INCH, inches[1] * _INCH, body, pitch, picas * _PICA, lines,
        tuple((most, margin * _INCH) for most, margin in zip(bounds, inner, strict=True)),
        outer * _INCH, top * _INCH, counted=False,
    )  # fmt: skip


_ENTRIES = (
    _chinese("32开", (130, 184), (25, 24), 17, 19.8, 22.9),
    _chinese("大32开", (140, 203), (27, 26), 18, 21.2, 21.9),
    _chinese("A5", (148, 210), (28, 27), 18, 23.5, 22.2),
    _chinese("异16开", (170, 240), (33, 30), 18, 25.3, 28.2),
    _chinese("B5", (176, 250), (35, 31), 18, 24.8, 26.2),
    _chinese("16开", (185, 260), (37, 34), 18, 25.4, 25.2),
    _chinese("小16开", (185, 260), (37, 34), 18, 25.4, 25.2),
    _chinese("A4", (210, 297), (42, 38), 19, 28.8, 24.5),
    _english("5x8", (5, 8), 10.5, 14, 22, 32, (0.75, 0.8, 0.875, 1.0), 0.6, 0.7),
    _english("5.25x8", (5.25, 8), 10.5, 14, 23.5, 32, (0.75, 0.8, 0.875, 1.0), 0.6, 0.7),
    _english("5.5x8.5", (5.5, 8.5), 11, 14.5, 24.5, 34, (0.75, 0.85, 0.9, 1.0), 0.6, 0.75),
    _english("6x9", (6, 9), 11.5, 15, 27, 35, (0.8, 0.9, 1.0, 1.1), 0.65, 0.8),
    _english("7x10", (7, 10), 11, 15, 30, 40, (0.9, 1.0, 1.1, 1.2), 0.8, 0.85),
)

TRIMS: Final[Mapping[str, Trim]] = {trim.name: trim for trim in _ENTRIES}
"""Every trim by name."""

_USUAL: Final = {"zh": "大32开", "ja": "A5", "ko": "A5", "en": "5.5x8.5"}
_USUAL_ELSEWHERE: Final = "A5"


def trim_named(name: str | None, language: str) -> Trim:
    """The trim of that name, or the usual one of the language.

    Signs and blanks don't matter: ``5.5 × 8.5 in`` is ``5.5x8.5``.

    Raises:
        BookError: there is no such trim.
    """
    if name is None:
        return TRIMS[_USUAL.get(language.split("-", maxsplit=1)[0].lower(), _USUAL_ELSEWHERE)]
    known = {_plain(trim): trim for trim in TRIMS}
    found = known.get(_plain(name))
    if found is not None:
        return TRIMS[found]
    raise BookError(
        Problem(
            "unknown-trim",
            f"There is no trim size {name!r}.",
            did_you_mean(name, TRIMS, f"Write one of {', '.join(TRIMS)} at print.trim.", 0.3),
            file="metadata.yaml",
        )
    )


def page_of_trim(
    trim: Trim, pages: int, *, counted: bool, printer: Printer | None = None, bleed: bool = False
) -> Page:
    """The page of a book of so many pages.

    Args:
        trim: the trim size.
        pages: how many pages the book has.
        counted: whether the text is in 字 (Chinese, Japanese), set on the wider pitch.
        printer: asks for margins of its own, the inner one by the number of pages.
        bleed: whether anything is printed to the page's edge.
    """
    inner = next(margin for most, margin in trim.inner if pages <= most)
    least = 0.0
    if printer:
        inner = max(inner, printer.inner_of(pages) * POINTS_A_MILLIMETRE)
        least = printer.outer_with_bleed if bleed else printer.outer
        least *= POINTS_A_MILLIMETRE
    body, pitch, lines = trim.body, trim.pitch, trim.lines
    type_height = trim.lines * trim.pitch
    if counted != trim.counted:
        body = _WU_HAO if counted else trim.body
        pitch = round(body * (1.7 if counted else 1.35) * 2) / 2
        lines = math.floor(type_height / pitch)
    least_outer = max(trim.outer, least)
    measure = min(trim.measure, trim.width - inner - least_outer)
    if counted:
        measure = math.floor(measure / body + 1e-6) * body
    return Page(
        trim.name, trim.width, trim.height, body, pitch, measure, lines, inner,
        trim.width - inner - measure, trim.top,
    )  # fmt: skip


def _plain(name: str) -> str:
    folded = name.lower().replace("×", "x").replace("*", "x").replace("″", "")
    for blank in (" ", "inches", "in", '"'):
        folded = folded.replace(blank, "")
    return folded
