"""What must hold of a PDF: each assertion has a name, a reason and a remedy.

One entry of `ASSERTIONS` is one assertion, and nothing else to change.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final, Literal, TypeAlias

from quire.checks.preflight.sheets import Box, Printed
from quire.editions.typesetting.printers import Printer
from quire.language import words_of
from quire.problems import Severity

__all__ = ["ASSERTIONS", "Assertion", "Finding", "Kind"]

Kind: TypeAlias = Literal["print", "screen", "cover", "proof"]
"""What a PDF is for. Nobody prints from a proof: nothing is asserted of it."""

_MILLIMETRE: Final = 72 / 25.4
_HAIR: Final = 0.06  # points, by which sizes of a page may be off
_SAFE: Final = 5.0  # millimetres that words keep from the trim, unless a printer says otherwise
_HANGS: Final = 0.55  # of a line's height: how far a mark may hang beyond the type area
_FEWEST: Final = 12  # lines that end alike, and so tell where the type area ends
_RESOLUTION: Final = 300.0
_NUMERAL: Final = re.compile(r"\d{1,4}|[ivxlc]{1,7}")
_RANGE: Final = re.compile(r"\b(\d{1,4})\s?[–—-]\s?(\d{1,4})\b")


@dataclass(frozen=True, slots=True)
class Finding:
    """Where an assertion fails: the page's number, 0 for the whole file, and what is there."""

    page: int
    what: str


Find: TypeAlias = Callable[[Printed, Printer | None], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Assertion:
    """One thing that must hold.

    Attributes:
        name: kebab-case; the code of its problems.
        reason: why it must, in one sentence.
        remedy: what to do, in the imperative.
        kinds: the editions that it is for.
        find: where it doesn't hold.
        severity: an error where a printer or a reader refuses the file.
    """

    name: str
    reason: str
    remedy: str
    kinds: tuple[Kind, ...]
    find: Find
    severity: Severity = Severity.ERROR


def _opens_clean(pdf: Printed, _: Printer | None) -> Iterator[Finding]:
    yield from (Finding(0, what) for what in pdf.forbidden)


def _boxes(pdf: Printed, _: Printer | None) -> Iterator[Finding]:
    first = pdf.sheets[0].trim
    for sheet in pdf.sheets:
        trim = sheet.trim
        if abs(trim.width - first.width) > _HAIR or abs(trim.height - first.height) > _HAIR:
            yield Finding(sheet.number, f"its trim is {_size(trim)}, the first's {_size(first)}")
        if not trim.within(sheet.media, _HAIR):
            yield Finding(sheet.number, "the trim lies outside the sheet")
        if sheet.bleed is not None and not (
            trim.within(sheet.bleed, _HAIR) and sheet.bleed.within(sheet.media, _HAIR)
        ):
            yield Finding(sheet.number, "the bleed doesn't lie between trim and sheet")


def _bleed(pdf: Printed, printer: Printer | None) -> Iterator[Finding]:
    if printer is None:
        return
    for sheet in pdf.sheets:
        if sheet.bleed is None:
            continue
        outer = (
            sheet.trim.bottom - sheet.bleed.bottom,
            sheet.bleed.top - sheet.trim.top,
            max(sheet.trim.left - sheet.bleed.left, sheet.bleed.right - sheet.trim.right),
        )
        if any(abs(one / _MILLIMETRE - printer.bleed) > 0.1 for one in outer):
            wide = ", ".join(f"{one / _MILLIMETRE:.2f}" for one in outer)
            yield Finding(sheet.number, f"the bleed is {wide} mm, {printer.bleed:.2f} is asked for")
            return


def _even(pdf: Printed, _: Printer | None) -> Iterator[Finding]:
    if len(pdf.sheets) % 2:
        yield Finding(0, f"it has {len(pdf.sheets)} pages, an odd number")


def _range_of_pages(pdf: Printed, printer: Printer | None) -> Iterator[Finding]:
    if printer and not printer.least <= len(pdf.sheets) <= printer.most:
        yield Finding(
            0, f"it has {len(pdf.sheets)} pages; {printer.title} binds {printer.least} to "
            f"{printer.most}",
        )  # fmt: skip


def _fonts(pdf: Printed, _: Printer | None) -> Iterator[Finding]:
    for face in pdf.faces:
        if not face.embedded:
            yield Finding(0, f"the font {face.name} isn't in the file")
        elif not face.subset:
            yield Finding(0, f"the font {face.name} is there whole")
        if face.drawn:
            yield Finding(0, f"the font {face.name or 'without a name'} is of type 3")
        if not face.readable:
            yield Finding(0, f"the font {face.name} doesn't tell its characters")


def _inks(pdf: Printed, printer: Printer | None) -> Iterator[Finding]:
    if printer and printer.inks == "grey":
        for sheet in pdf.sheets:
            if "rgb" in sheet.inks:
                yield Finding(sheet.number, "there is RGB on it")


def _pictures(pdf: Printed, printer: Printer | None) -> Iterator[Finding]:
    least = printer.resolution if printer else _RESOLUTION
    for sheet in pdf.sheets:
        for picture in sheet.pictures:
            if picture.resolution < least - 1:
                yield Finding(
                    sheet.number,
                    f"a picture has {picture.resolution:.0f} pixels an inch at its size, "
                    f"{least:g} are wanted",
                )


def _blank_rectos(pdf: Printed, _: Printer | None) -> Iterator[Finding]:
    last = max((one.number for one in pdf.sheets if not one.is_blank), default=0)
    for sheet in pdf.sheets:
        if sheet.is_recto and sheet.is_blank and sheet.number < last:
            yield Finding(sheet.number, "nothing is on it")


def _safe(pdf: Printed, printer: Printer | None) -> Iterator[Finding]:
    for sheet in pdf.sheets:
        margin = _SAFE
        if printer:
            margin = printer.outer_with_bleed if sheet.bleed else printer.outer
        inner = min(margin, printer.inner_of(len(pdf.sheets))) if printer else margin
        side, edge = margin * _MILLIMETRE, inner * _MILLIMETRE
        at_left = sheet.is_recto != pdf.right_to_left  # where the spine is
        left, right = (edge, side) if at_left else (side, edge)
        safe = sheet.trim.inset(left, side, right, side)
        out = [one for one in sheet.words if not one.within(safe, _HAIR)]
        if out:
            yield Finding(sheet.number, f"words come within {margin:.1f} mm of the trim")


def _gutter(pdf: Printed, printer: Printer | None) -> Iterator[Finding]:
    if printer is None:
        return
    asked = printer.inner_of(len(pdf.sheets))
    for sheet in pdf.sheets:
        if not sheet.words:
            continue
        at_left = sheet.is_recto != pdf.right_to_left
        margin = (
            min(one.left for one in sheet.words) - sheet.trim.left
            if at_left
            else sheet.trim.right - max(one.right for one in sheet.words)
        )
        if margin / _MILLIMETRE < asked - 0.1:
            yield Finding(
                sheet.number,
                f"words come within {margin / _MILLIMETRE:.1f} mm of the spine; a book of "
                f"{len(pdf.sheets)} pages needs {asked:.1f}",
            )


def _overfull(pdf: Printed, _: Printer | None) -> Iterator[Finding]:
    for recto in (True, False):
        sheets = [one for one in pdf.sheets if one.is_recto == recto]
        heights = [box.height for one in sheets for box in one.words]
        if not heights:
            continue
        slack = _HANGS * median(heights)
        edge = _common([box.right for one in sheets for box in one.words])
        start = _common([box.left for one in sheets for box in one.words])
        for sheet in sheets:
            if edge is not None and any(box.right > edge + slack for box in sheet.words):
                beyond = max(box.right for box in sheet.words) - edge
                yield Finding(sheet.number, f"a line runs {beyond:.1f} pt beyond the type area")
            elif start is not None and any(box.left < start - slack for box in sheet.words):
                beyond = start - min(box.left for box in sheet.words)
                yield Finding(sheet.number, f"a line begins {beyond:.1f} pt before the type area")


def _common(edges: list[float]) -> float | None:
    """Where most lines begin or end, if so many do that it is a type area's edge."""
    places = Counter(round(edge) for edge in edges)
    place, count = max(places.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
    return place + 0.5 if count >= _FEWEST else None


def _missing_glyphs(pdf: Printed, _: Printer | None) -> Iterator[Finding]:
    for sheet in pdf.sheets:
        if sheet.unset:
            yield Finding(sheet.number, f"{sheet.unset} characters have no glyph")


def _folios(pdf: Printed, _: Printer | None) -> Iterator[Finding]:
    for one, other in pairwise(pdf.sheets):
        counted = one.label.isdecimal() and other.label.isdecimal()
        if counted and int(other.label) != int(one.label) + 1:
            yield Finding(other.number, f"page {other.label} follows page {one.label}")
    for sheet in pdf.sheets:
        for line in sheet.lines[:1] + sheet.lines[-1:]:
            if _NUMERAL.fullmatch(line) and line != sheet.label and len(sheet.lines) > 1:
                yield Finding(sheet.number, f"it says {line}, and is called {sheet.label}")


def _ranges_of_notes(pdf: Printed, _: Printer | None) -> Iterator[Finding]:
    labels = {one.label for one in pdf.sheets}
    # A head has no other words than the language's for it: years and dates have none, or others.
    pattern = words_of(pdf.language or "en").table["notes-to-pages"]
    words = sorted(filter(str.isalpha, pattern.format(first="", last="")))
    before = 0
    for sheet in pdf.sheets:
        heads = [
            line
            for line in sheet.lines[:2]
            if _RANGE.search(line) and sorted(filter(str.isalpha, line)) == words
        ]
        found = _RANGE.search(heads[0]) if heads else None
        if found is None:
            before = 0
            continue
        first, last = int(found[1]), int(found[2])
        if first > last:
            yield Finding(sheet.number, f"its notes are said to belong to pages {found[0]}")
        elif not {found[1], found[2]} <= labels:
            yield Finding(sheet.number, f"it speaks of pages {found[0]}, which the book hasn't")
        elif first < before:
            yield Finding(sheet.number, f"pages {found[0]} come behind page {before}")
        before = first


def _outline(pdf: Printed, _: Printer | None) -> Iterator[Finding]:
    if not pdf.outline:
        yield Finding(0, "it has no bookmarks")
    for title, page in pdf.outline:
        words = _letters(title)
        said = _letters("".join(pdf.sheets[page - 1].lines)) if page else ""
        if not page:
            yield Finding(0, f"the bookmark {title!r} leads nowhere")
        elif page > 1 and said and not set(words) <= set(said):
            yield Finding(page, f"the bookmark {title!r} leads here, where that isn't said")


def _tags(pdf: Printed, _: Printer | None) -> Iterator[Finding]:
    if not pdf.tagged:
        yield Finding(0, "its structure isn't marked")
    if pdf.described < pdf.figures:
        yield Finding(0, f"{pdf.figures - pdf.described} figures have no words in their place")


def _statements(pdf: Printed, _: Printer | None) -> Iterator[Finding]:
    if not pdf.language:
        yield Finding(0, "it doesn't say its language")
    if not pdf.title:
        yield Finding(0, "it has no title")


def _claims(pdf: Printed, _: Printer | None) -> Iterator[Finding]:
    for claim in ("PDF/UA-1", "PDF/A-2a"):
        if claim not in pdf.claims:
            yield Finding(0, f"it doesn't claim to be {claim}")
    if not pdf.shows_title:
        yield Finding(0, "a window shows the file's name and not the title")


def _size(box: Box) -> str:
    return f"{box.width / _MILLIMETRE:.1f} × {box.height / _MILLIMETRE:.1f} mm"


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


_BOTH: Final[tuple[Kind, ...]] = ("print", "screen")
_PAPER: Final[tuple[Kind, ...]] = ("print", "cover")
_ALL: Final[tuple[Kind, ...]] = ("print", "screen", "cover")
_AGAIN: Final = "Build it anew with quire; if it is so again, that is a defect of quire: report it."

ASSERTIONS: Final = (
    Assertion(
        "pdf-opens-clean", "A printer takes no lock, no script and no attachment.",
        "Take it out of the file.", _ALL, _opens_clean,
    ),
    Assertion(
        "pdf-boxes", "Sheet, bleed and trim must be the same on every page, one in the other.",
        _AGAIN, _PAPER, _boxes,
    ),
    Assertion(
        "pdf-bleed", "A printer cuts through the bleed that it asked for.",
        "Write it at print.bleed, or take print.bleed away if nothing reaches the edge.",
        _PAPER, _bleed,
    ),
    Assertion("pdf-even", "A leaf has two pages.", _AGAIN, ("print",), _even),
    Assertion(
        "pdf-pages", "A book too thin can't be bound, one too thick doesn't hold.",
        "Choose another trim at print.trim, or another printer.", ("print",), _range_of_pages,
    ),
    Assertion(
        "pdf-fonts", "A font that isn't in the file is replaced by any other.", _AGAIN, _ALL,
        _fonts,
    ),
    Assertion(
        "pdf-inks", "Colours of the screen are converted without anybody looking.",
        "Save the pictures of these pages as grey, or choose a printer that takes RGB.",
        ("print",), _inks,
    ),
    Assertion(
        "pdf-pictures", "A picture of fewer pixels prints blurred or in steps.",
        "Give a larger picture, or set it smaller with width=.", _PAPER, _pictures,
        Severity.WARNING,
    ),
    Assertion(
        "pdf-blank-recto", "A right-hand page is blank only by accident.",
        "See what stands on the pages around it.", ("print",), _blank_rectos, Severity.WARNING,
    ),
    Assertion(
        "pdf-safe", "Cutting is off by a millimetre or two, and takes what is too near.",
        "Choose a larger trim at print.trim, or see what is so wide on these pages.",
        ("print",), _safe,
    ),
    Assertion(
        "pdf-gutter", "Words too near to the spine vanish in a thick book.",
        "Name the printer at print.printer, and quire sets the margin by the number of pages.",
        ("print",), _gutter,
    ),
    Assertion(
        "pdf-overfull", "A line that runs out of the type area is one that could not be broken.",
        "Break the long word or address in the manuscript, or allow a hyphen in it.",
        ("print",), _overfull, Severity.WARNING,
    ),
    Assertion(
        "pdf-glyphs", "A character without a glyph prints as a box.",
        "Put a typeface that has it into the book's folder `fonts`.", _ALL, _missing_glyphs,
    ),
    Assertion(
        "pdf-folios", "Folios count without a gap, and are what the pages are called.", _AGAIN,
        _BOTH, _folios,
    ),
    Assertion(
        "pdf-note-pages", "The head over notes tells a reader where he was.", _AGAIN, ("print",),
        _ranges_of_notes,
    ),
    Assertion(
        "pdf-outline", "Bookmarks are the contents of a PDF on a screen.", _AGAIN, ("screen",),
        _outline,
    ),
    Assertion(
        "pdf-tags", "A screen reader reads the structure, and words in the place of figures.",
        "Give every figure alt text.", ("screen",), _tags,
    ),
    Assertion(
        "pdf-statements", "Without them it is read out in another tongue, under a file's name.",
        "Write title and lang into metadata.yaml.", _BOTH, _statements,
    ),
    Assertion(
        "pdf-claims", "A PDF that conforms must say so (ISO 14289-1, 5; ISO 19005-2, 6.6.4).",
        _AGAIN, ("screen",), _claims,
    ),
)  # fmt: skip
"""Every assertion, in the order in which they are put to a file."""
