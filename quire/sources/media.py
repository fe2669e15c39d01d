"""Pictures that come inside a source: what they are by their bytes, and a safe name for each."""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, unquote_to_bytes

from quire.sources.model import Medium

__all__ = ["MediaShelf", "data_uri_content", "media_type_of"]

_SIGNATURES: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\xd7\xcd\xc6\x9a", "image/wmf"),
    (b"\x01\0\0\0", "image/emf"),
)
_SUFFIXES: Final = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
    "image/tiff": ".tif",
    "image/wmf": ".wmf",
    "image/emf": ".emf",
    "image/webp": ".webp",
    "image/svg+xml": ".svg",
}
_UNSAFE = re.compile(r"[^\w-]+")
_SVG = re.compile(rb"<svg[\s>]")


def media_type_of(content: bytes) -> str | None:
    """The media type of a picture by its first bytes; None when it is no picture known here."""
    for signature, media_type in _SIGNATURES:
        if content.startswith(signature):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "image/svg+xml" if _SVG.search(content[:2048]) else None


def data_uri_content(uri: str) -> bytes | None:
    """The bytes that a ``data:`` URI holds (RFC 2397); None when they can't be read."""
    head, comma, body = uri.partition(",")
    if not comma:
        return None
    if head.rstrip().endswith(";base64"):
        try:
            return base64.b64decode(unquote(body), validate=False)
        except (binascii.Error, ValueError):
            return None
    return unquote_to_bytes(body)


class MediaShelf:
    """Gathers a source's pictures; the same bytes lie there once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._by_content: dict[bytes, Medium] = {}
        self._names: set[str] = set()

    def add(self, name: str, content: bytes) -> str | None:
        """Put a picture there; its name on the shelf, or None when it is no picture.

        Bytes pass untouched, but for scripts in an SVG file.
        """
        media_type = media_type_of(content)
        if media_type is None:
            return None
        if media_type == "image/svg+xml":
            safe = _without_scripts(content)
            if safe is None:
                return None
            content = safe
        if content not in self._by_content:
            free = self._free_name(name, _SUFFIXES[media_type])
            self._by_content[content] = Medium(free, content, media_type)
        return self._by_content[content].name

    def all(self) -> tuple[Medium, ...]:
        """The pictures, in the order they came."""
        return tuple(self._by_content.values())

    def _free_name(self, name: str, suffix: str) -> str:
        stem = _UNSAFE.sub("-", PurePosixPath(name.replace("\\", "/")).stem).strip("-_")[:60]
        stem = stem or "picture"
        free, number = stem, 2
        while free.lower() in self._names:
            free, number = f"{stem}-{number}", number + 1
        self._names.add(free.lower())
        return free + suffix


def _without_scripts(content: bytes) -> bytes | None:
    """An SVG file without scripts; None when it can't be parsed safely."""
    from lxml import etree

    if b"<!ENTITY" in content:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    scripts = [one for one in root.iter("{*}script") if one.getparent() is not None]
    handlers = [
        (one, name) for one in root.iter("{*}*") for name in one.attrib if str(name)[:2] == "on"
    ]
    if not scripts and not handlers:
        return content
    for script in scripts:
        parent = script.getparent()
        if parent is not None:
            parent.remove(script)
    for element, name in handlers:
        del element.attrib[name]
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)
