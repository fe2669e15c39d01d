"""What the template is told of the book and the edition, as the data of ``setting.json``."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from quire.assembly.model import Book
from quire.editions.credits import credits_of
from quire.editions.model import BuildContext
from quire.editions.typesetting.interior import Interior
from quire.editions.typesetting.title_lines import title_lines
from quire.editions.typesetting.trims import POINTS_A_MILLIMETRE, Page
from quire.language import is_right_to_left, words_of
from quire.metadata.model import Metadata

if TYPE_CHECKING:
    from typst import PDFStandard  # a name of its stubs alone

__all__ = ["Style", "settings_of"]

_SMALL: Final = {True: (9.0, 14.0), False: (9.0, 12.0)}
_MATHS: Final = "New Computer Modern Math"
_COUNTED: Final = frozenset({"zh", "ja", "yue", "cmn"})
_REGIONS: Final = {"zh-hant": "tw", "zh": "cn", "yue": "hk"}


@dataclass(frozen=True, slots=True)
class Style:
    """What tells one PDF edition from another.

    Attributes:
        name: the edition's.
        screen: cover, links, colour, tags and equal margins; else rectos, blank versos, black.
        standards: the PDF standards to hold, by Typst's names.
    """

    name: str
    screen: bool
    standards: tuple[PDFStandard, ...]

    @staticmethod
    def counted(book: Book) -> bool:
        """Whether the book's lines are counted in 字."""
        return book.metadata.lang.split("-")[0].lower() in _COUNTED

    @staticmethod
    def small(page: Page) -> float:
        """The size of notes and captions, in points."""
        return min(_SMALL[True][0], page.body - 1.5)


def settings_of(
    book: Book,
    context: BuildContext,
    style: Style,
    page: Page,
    text: Interior,
    others: tuple[str, ...] = (),
) -> dict[str, Any]:
    """The settings, all lengths in points.

    Args:
        book: what is set.
        context: where fonts and the cover come from.
        style: for print or for the screen.
        page: the page's measures.
        text: the book as Typst's source.
        others: families for words in scripts that the book's own lack.
    """
    metadata = book.metadata
    counted = style.counted(book)
    language, region = _language(metadata.lang)
    inner, outer = page.inner, page.outer
    if style.screen:
        inner = outer = (page.width - page.measure) / 2
    small, small_pitch = _SMALL[counted]
    words = words_of(metadata.lang, metadata.words)
    return {
        "screen": style.screen,
        "cjk": counted,
        "language": language,
        "region": region,
        "direction": "rtl" if is_right_to_left(metadata.lang) else "ltr",
        "fonts": _fonts(book, context, others),
        "width": page.width,
        "height": page.height,
        "size": page.body,
        "pitch": page.pitch,
        "measure": page.measure,
        "lines": page.lines,
        "inner": inner,
        "outer": outer,
        "top": page.top,
        "small": min(small, style.small(page)),
        "small-pitch": small_pitch,
        "bleed": 0 if style.screen else metadata.print.bleed * POINTS_A_MILLIMETRE,
        "binding": "right" if is_right_to_left(metadata.lang) else metadata.print.binding,
        "words": {**words.table, **words.own},
        "title": metadata.title,
        "title-turned": title_lines(metadata.title),
        "subtitle": metadata.subtitle or "",
        "full-title": metadata.full_title,
        "authors": list(metadata.authors),
        "credits": [(one.names, one.words) for one in credits_of(metadata, words)],
        "publisher": metadata.publisher or "",
        "place": metadata.place or "",
        "edition": metadata.edition or "",
        "series": _series(metadata),
        "keywords": metadata.subject,
        "description": metadata.description,
        "date": {
            "year": context.date.year,
            "month": context.date.month,
            "day": context.date.day,
        },
        "cover": _cover(context) if style.screen else None,
        "openings": list(text.openings),
        "parts": list(text.parts),
        "apart": [
            after.identifier
            for before, after in itertools.pairwise(book.sections)
            if before.depth > after.depth
        ],
        "short": [],
        "places": {},
        "sheets-before": 0,
        "identifiers": [*_located(book), *text.marks],
    }


def _language(tag: str) -> tuple[str, str | None]:
    """Typst's language and region of a tag (``zh-Hant`` is ``zh`` of ``tw``)."""
    parts = tag.lower().split("-")
    region = next((part for part in parts[1:] if len(part) == 2 and part.isalpha()), None)
    usual = _REGIONS.get("-".join(parts[:2]), _REGIONS.get(parts[0]))
    return parts[0], region or usual


def _fonts(book: Book, context: BuildContext, others: tuple[str, ...]) -> dict[str, Any]:
    """Typst font lists by use. In Chinese, Latin letters come from the Latin typeface, but the
    marks that both have (“ ” … ——) from the Chinese one.
    """  # noqa: D205
    families = context.fonts.families(book.metadata.lang)
    if not Style.counted(book):
        serif = list(dict.fromkeys((families.latin, families.serif, *others)))
        sans = list(dict.fromkeys((families.latin_sans, families.sans, *others)))
        mono = [families.mono, *others]
        return {
            "serif": serif, "sans": sans, "kai": serif, "latin": serif, "mono": mono,
            "math": [_MATHS, families.latin],
        }  # fmt: skip
    latin = {"name": families.latin, "covers": "latin-in-cjk"}
    latin_sans = {"name": families.latin_sans, "covers": "latin-in-cjk"}
    return {
        "serif": [latin, families.serif, *others],
        "sans": [latin_sans, families.sans, *others],
        "kai": [latin, families.kai, families.serif, *others],
        "latin": [families.latin, families.serif, *others],
        "mono": [families.mono, families.sans, *others],
        "math": [_MATHS, families.serif],
    }


def _series(metadata: Metadata) -> str:
    if metadata.series is None:
        return ""
    number = metadata.series.number
    return metadata.series.name if number is None else f"{metadata.series.name} {number}"


def _cover(context: BuildContext) -> dict[str, Any] | None:
    if context.cover is None:
        return None
    cover = context.cover
    return {"path": "media/cover.jpg", "ratio": cover.height / cover.width, "alt": cover.alt}


def _located(book: Book) -> list[str]:
    """Identifiers whose folios an edition tells."""
    found = []
    for section in book.sections:
        found.append(section.identifier)
        found += [heading.identifier for heading in section.headings]
    for note in book.endnotes:
        found += [note.identifier, *note.callouts]
    found += [entry.identifier for entry in (*book.figures, *book.tables)]
    return list(dict.fromkeys(found))
