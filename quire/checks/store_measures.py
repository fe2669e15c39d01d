"""What can be measured of an EPUB for a store: each measure with its words, in one table."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import unquote

from lxml import etree
from PIL import Image, UnidentifiedImageError

__all__ = ["MEASURES", "Measure", "Offered", "Reading"]

_OPF: Final = "{http://www.idpf.org/2007/opf}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_XHTML: Final = "{http://www.w3.org/1999/xhtml}"
_TYPE: Final = "{http://www.idpf.org/2007/ops}type"
_CONTAINER: Final = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_COLOURS: Final = {"RGB": "RGB", "RGBA": "RGB", "P": "RGB", "L": "grey", "LA": "grey", "1": "grey"}
_IDENTIFIER_OF_BOOK = re.compile(r"urn:isbn:(.*)", re.IGNORECASE)
_METADATA = "metadata.yaml"

Reading: TypeAlias = tuple[str, float | str]
"""A place (a file in the container, or an empty string for the book) and what was found there."""


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture in pixels."""

    name: str
    format: str
    colour: str
    width: int
    height: int
    size: int


class Offered:
    """An EPUB as a store sees it.

    Raises:
        ValueError: it is no EPUB: no ZIP, no package document, or XML that can't be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = path.stat().st_size
        try:
            with zipfile.ZipFile(path) as archive:
                self.files = {name: archive.read(name) for name in archive.namelist()}
            container = self.tree("META-INF/container.xml")
            self.package_path = str(next(container.iter(f"{_CONTAINER}rootfile")).get("full-path"))
            self.package = self.tree(self.package_path)
        except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, StopIteration) as error:
            raise ValueError(str(error) or type(error).__name__) from error

    def tree(self, name: str) -> Any:
        """A file of the container as XML."""
        return etree.fromstring(self.files[name], _PARSER)

    def named(self, item: Any) -> str:
        """The path in the container of an item of the manifest."""
        href = unquote(str(item.get("href")))
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.package_path), href))

    @cached_property
    def items(self) -> list[Any]:
        """The manifest's items."""
        return list(self.package.iter(f"{_OPF}item"))

    def said(self, name: str) -> list[str]:
        """The values of one of Dublin Core's elements."""
        return [str(one.text or "").strip() for one in self.package.iter(f"{_DC}{name}")]

    @cached_property
    def documents(self) -> dict[str, Any]:
        """The content documents that are there, by path."""
        names = [
            self.named(i) for i in self.items if i.get("media-type") == "application/xhtml+xml"
        ]
        return {name: self.tree(name) for name in names if name in self.files}

    @cached_property
    def covers(self) -> list[_Picture]:
        """The picture that is the cover, if there is one (EPUB 3.3 section 5.6.2)."""
        return [one for one in map(self._picture, self._items_of_cover()) if one is not None]

    @cached_property
    def pictures(self) -> list[_Picture]:
        """The pictures in pixels, without the cover."""
        cover = self._items_of_cover()
        images = [
            item
            for item in self.items
            if str(item.get("media-type")).startswith("image/") and item not in cover
        ]
        return [one for one in map(self._picture, images) if one is not None]

    def _items_of_cover(self) -> list[Any]:
        return [i for i in self.items if "cover-image" in str(i.get("properties") or "").split()]

    def _picture(self, item: Any) -> _Picture | None:
        name = self.named(item)
        content = self.files.get(name, b"")
        try:
            # Only the head is read: a picture of any size costs nothing.
            with Image.open(io.BytesIO(content)) as image:
                colour = _COLOURS.get(image.mode, image.mode)
                return _Picture(name, str(image.format), colour, *image.size, len(content))
        except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
            return None  # SVG, or what EPUBCheck has something to say about


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that can be measured.

    Attributes:
        subject: what has been measured, at the beginning of a sentence.
        unit: of the number, as it follows it; may be empty.
        remedy: what to do if it doesn't pass.
        read: finds it in an EPUB.
        file: the file that the remedy is about, or an empty string for the EPUB itself.
    """

    subject: str
    unit: str
    remedy: str
    read: Callable[[Offered], Iterator[Reading]]
    file: str = ""


def _of_covers(number: Callable[[_Picture], float | str]) -> Callable[[Offered], Iterator[Reading]]:
    return lambda offered: ((one.name, number(one)) for one in offered.covers)


def _of_pictures(
    number: Callable[[_Picture], float | str],
) -> Callable[[Offered], Iterator[Reading]]:
    return lambda offered: ((one.name, number(one)) for one in offered.pictures)


def _count_of(name: str) -> Callable[[Offered], Iterator[Reading]]:
    return lambda offered: iter([("", len([one for one in offered.said(name) if one]))])


def _length_of(name: str) -> Callable[[Offered], Iterator[Reading]]:
    """Of all values of an element together, with a colon and a blank between them."""
    return lambda offered: iter([("", len(": ".join(offered.said(name))))])


def _wrong_isbns(offered: Offered) -> Iterator[Reading]:
    found = (_IDENTIFIER_OF_BOOK.fullmatch(one) for one in offered.said("identifier"))
    yield "", sum(one is not None and not _is_isbn(one[1]) for one in found)


def _is_isbn(text: str) -> bool:
    """Whether the check digit of an ISBN of 13 digits is right (ISO 2108)."""
    bare = text.replace("-", "").replace(" ", "")
    if len(bare) != 13 or not bare.isdecimal():
        return False
    digits = map(int, bare)
    return sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0


def _scripts(offered: Offered) -> Iterator[Reading]:
    scripted = [i for i in offered.items if "scripted" in str(i.get("properties") or "").split()]
    kinds = {"text/javascript", "application/javascript", "application/ecmascript"}
    scripted += [item for item in offered.items if item.get("media-type") in kinds]
    yield "", len(scripted)


def _sizes_of_documents(offered: Offered) -> Iterator[Reading]:
    """Bytes of each document with the pictures that it shows, each once."""
    for name, root in offered.documents.items():
        shown = {str(node.get("src")) for node in root.iter(f"{_XHTML}img")}
        paths = {posixpath.normpath(posixpath.join(posixpath.dirname(name), one)) for one in shown}
        yield name, sum(len(offered.files.get(path, b"")) for path in (name, *sorted(paths)))


def _columns(offered: Offered) -> Iterator[Reading]:
    for name, root in offered.documents.items():
        widths = [
            sum(int(cell.get("colspan") or 1) for cell in row) for row in root.iter(f"{_XHTML}tr")
        ]
        if widths:
            yield name, max(widths)


def _depth_of_contents(offered: Offered) -> Iterator[Reading]:
    for name, root in offered.documents.items():
        for nav in root.iter(f"{_XHTML}nav"):
            if nav.get(_TYPE) == "toc":
                yield name, max((_depth(one) for one in nav.iter(f"{_XHTML}ol")), default=0)


def _depth(listed: Any) -> int:
    return 1 + sum(1 for _ in listed.iterancestors(f"{_XHTML}ol"))


_COVER_REMEDY = "Choose another picture or design under `cover` in metadata.yaml."
_SMALLER = "Make the picture smaller in the book's folder, and build again."

MEASURES: Final[Mapping[str, Measure]] = {
    "covers": Measure(
        "The number of covers", "", "Let the book have a cover: see `cover` in metadata.yaml.",
        lambda offered: iter([("", len(offered.covers))]),
    ),
    "cover-format": Measure(
        "The cover's format", "", _COVER_REMEDY, _of_covers(lambda one: one.format)
    ),
    "cover-colour": Measure(
        "The cover's colour space", "", "Save the picture in sRGB.",
        _of_covers(lambda one: one.colour),
    ),
    "cover-short-side": Measure(
        "The cover's shorter side", "pixels", _COVER_REMEDY,
        _of_covers(lambda one: min(one.width, one.height)),
    ),
    "cover-long-side": Measure(
        "The cover's longer side", "pixels", _COVER_REMEDY,
        _of_covers(lambda one: max(one.width, one.height)),
    ),
    "cover-height": Measure(
        "The cover's height", "pixels", _COVER_REMEDY, _of_covers(lambda one: one.height)
    ),
    "cover-ratio": Measure(
        "The cover's height by its width", "", _COVER_REMEDY,
        _of_covers(lambda one: round(one.height / one.width, 3)),
    ),
    "cover-pixels": Measure(
        "The number of the cover's pixels", "",
        "Upload the EPUB that `build --store` makes, and the cover in full size beside it.",
        _of_covers(lambda one: one.width * one.height),
    ),
    "cover-bytes": Measure(
        "The cover's size", "bytes", _COVER_REMEDY, _of_covers(lambda one: one.size)
    ),
    "picture-pixels": Measure(
        "The number of the picture's pixels", "", _SMALLER,
        _of_pictures(lambda one: one.width * one.height),
    ),
    "picture-bytes": Measure(
        "The picture's size", "bytes", _SMALLER, _of_pictures(lambda one: one.size)
    ),
    "picture-colour": Measure(
        "The picture's colour space", "", "Save the picture in sRGB or in greys.",
        _of_pictures(lambda one: one.colour),
    ),
    "document-bytes": Measure(
        "The size of the document with its pictures", "bytes",
        "Make its pictures smaller, or part the chapter.", _sizes_of_documents,
    ),
    "file-bytes": Measure(
        "The EPUB's size", "bytes", "Make the book's pictures smaller.",
        lambda offered: iter([("", offered.size)]),
    ),
    "table-columns": Measure(
        "The number of the widest table's columns", "",
        "Part the table, or see it on the store's devices.", _columns,
    ),
    "contents-depth": Measure(
        "The depth of the contents", "levels",
        "Nothing is lost: deeper levels are shown on the page and not in the device's menu.",
        _depth_of_contents,
    ),
    "scripts": Measure("The number of scripts", "", "Take the scripts out.", _scripts),
    "title-length": Measure(
        "The length of title and subtitle", "characters", "Shorten `title` or `subtitle`.",
        _length_of("title"), _METADATA,
    ),
    "description-length": Measure(
        "The length of the description", "characters", "Write what the book is in `description`.",
        _length_of("description"), _METADATA,
    ),
    "authors": Measure(
        "The number of authors", "", "Name them under `author`.", _count_of("creator"), _METADATA
    ),
    "languages": Measure(
        "The number of languages", "", "State the book's language in `lang`.",
        _count_of("language"), _METADATA,
    ),
    "wrong-isbns": Measure(
        "The number of ISBNs with a wrong check digit", "", "Correct `isbn`, key `epub`.",
        _wrong_isbns, _METADATA,
    ),
}  # fmt: skip
"""Name → measure, for `quire.editions.epub.store.Limit.measure`."""
