"""The book's pictures: what they are, and that they are safe to hand to a reader.

An SVG file is a program that draws: it may hold scripts, fetch from the network, or unfold into
gigabytes. None of that belongs in a book (EPUB 3.3 sections 3.6 and 6.1.2), so a picture that does
any of it is refused by name.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from quire.assembly.model import Medium
from quire.editions.epub.xhtml import SVG, Element
from quire.problems import BookError, Problem

__all__ = ["MEDIA_TYPES", "Picture", "read_pictures"]

MEDIA_TYPES: Final = frozenset(
    {"image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"}
)
"""The core media types for pictures, EPUB 3.3 section 3.2."""

_MOVING: Final = frozenset({"animate", "animateMotion", "animateTransform", "set", "discard"})
_FOREIGN: Final = frozenset({"script", "foreignObject", "iframe", "audio", "video", "handler"})
_FETCHING = re.compile(r"url\(\s*['\"]?(?!['\"]?\s*(?:#|data:))|@import", re.IGNORECASE)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it goes into the file.

    Attributes:
        name: its place in the EPUB, such as ``media/ladder.svg``.
        media_type: one of `MEDIA_TYPES`.
        content: its bytes.
        opaque: whether it covers its ground; the others get a white plate, for a page may be
            black.
        moving: whether it is animated.
        size: width and height in CSS pixels, or None where the file doesn't tell. Readers keep
            room for a picture of known size, so that a link below it leads to the right place.
    """

    name: str
    media_type: str
    content: bytes
    opaque: bool
    moving: bool
    size: tuple[int, int] | None = None


def read_pictures(media: tuple[Medium, ...]) -> dict[str, Picture]:
    """The pictures of a book by name.

    Raises:
        BookError: with every picture that can't go into an EPUB, and why.
    """
    pictures: dict[str, Picture] = {}
    problems: list[Problem] = []
    for medium in media:
        try:
            pictures[medium.name] = _read(medium)
        except _Refused as refused:
            problems.append(
                Problem(
                    "picture-refused",
                    f"The picture {refused.args[0]}.",
                    refused.args[1],
                    file=str(medium.path),
                    line=refused.line,
                )
            )
    if problems:
        raise BookError(problems)
    return pictures


class _Refused(Exception):
    """A picture that isn't let in: what it is or does, what to do, and the line if it has any."""

    def __init__(self, what: str, remedy: str, line: int | None = None) -> None:
        super().__init__(what, remedy)
        self.line = line


def _read(medium: Medium) -> Picture:
    if medium.media_type not in MEDIA_TYPES:
        raise _Refused(
            f"is of a kind that EPUB readers need not show ({medium.media_type})",
            "Save it as SVG, PNG or JPEG.",
        )
    try:
        content = Path(medium.path).read_bytes()
    except OSError as error:
        raise _Refused(
            f"can't be read ({error.strerror})", "Put the file there, or correct its name."
        ) from error
    opaque, moving = medium.media_type == "image/jpeg", False
    if medium.media_type == "image/svg+xml":
        moving = _look_through_svg(content)
        return Picture(
            medium.name, medium.media_type, content, opaque, moving, _size_of_svg(content)
        )
    if medium.media_type == "image/png":
        opaque, moving = not _png_is_clear(content), b"acTL" in content[:4096]
    elif medium.media_type == "image/gif":
        moving = b"NETSCAPE2.0" in content
    elif medium.media_type == "image/webp":
        moving = content[12:16] == b"VP8X" and bool(content[20] & 0x02)
    size = _size_in_pixels(content)
    return Picture(medium.name, medium.media_type, content, opaque, moving, size)


def _size_in_pixels(content: bytes) -> tuple[int, int] | None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as image:
            return image.size
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return None


def _size_of_svg(content: bytes) -> tuple[int, int] | None:
    """The size of an SVG picture by its view box, the one thing that always has its proportions."""
    box = re.split(r"[\s,]+", (etree.fromstring(content, _PARSER).get("viewBox") or "").strip())
    try:
        width, height = (round(float(side)) for side in box[2:])
    except ValueError:
        return None
    return (width, height) if width > 0 and height > 0 else None


def _png_is_clear(content: bytes) -> bool:
    """Whether a PNG has transparency: colour type 4 or 6, or a tRNS chunk before its pixels."""
    return content[25:26] in {b"\x04", b"\x06"} or b"tRNS" in content.split(b"IDAT", 1)[0]


def _look_through_svg(content: bytes) -> bool:
    """Whether an SVG picture moves. Raises _Refused for what a picture has no right to do."""
    try:
        root = etree.fromstring(content, _PARSER)
    except etree.XMLSyntaxError as error:
        why = str(error.msg).partition(", line ")[0]
        raise _Refused(
            f"isn't well-formed SVG ({why})", "Export it again.", error.lineno
        ) from error
    if root.tag != f"{{{SVG}}}svg":
        raise _Refused(
            "isn't SVG", 'Its outermost element must be <svg xmlns="…2000/svg">.', _line(root)
        )
    if root.getroottree().docinfo.internalDTD is not None and b"<!ENTITY" in content:
        raise _Refused("declares entities", "Export it as plain SVG.")
    moving = False
    for node in root.iter():
        for wrong in _wrongs(node):
            raise _Refused(
                wrong, "Export it as plain SVG, with nothing but its own shapes.", _line(node)
            )
        if isinstance(node.tag, str):
            moving = moving or etree.QName(node).localname in _MOVING
    return moving


def _line(node: Element) -> int | None:
    """The line of the file that an element begins on."""
    line: object = node.sourceline
    return line if isinstance(line, int) else None


def _wrongs(node: Element) -> Iterator[str]:
    """What an SVG element does that it must not."""
    tag: object = node.tag
    if not isinstance(tag, str):
        if isinstance(node, etree._ProcessingInstruction):
            target = str(node.target)
            yield f"has a processing instruction (<?{target}?>)"
        return
    name = etree.QName(node).localname
    if name in _FOREIGN:
        yield f"holds a <{name}>"
    if name == "style" and _FETCHING.search("".join(map(str, node.itertext()))):
        yield "has styles that fetch something"
    for key, given in node.attrib.items():
        attribute, value = etree.QName(key).localname, str(given)
        if attribute.lower().startswith("on"):
            yield f"holds a script ({attribute})"
        fetched = attribute == "href" and name != "a"
        if fetched and not value.strip().startswith(("#", "data:image/")):
            yield f"fetches {value.strip()[:80]}"
        if attribute == "href" and value.strip().lower().startswith("javascript:"):
            yield "holds a script (href)"
        if attribute != "href" and _FETCHING.search(value):
            yield f"fetches something ({attribute})"
