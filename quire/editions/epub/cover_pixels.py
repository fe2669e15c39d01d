"""An EPUB whose cover has no more pixels than a store allows within the file."""

from __future__ import annotations

import io
from math import isqrt
from typing import Final

from lxml import etree
from PIL import Image

from quire.editions.epub.store import Files

__all__ = ["with_cover_of"]

_FOLDER: Final = "EPUB"
_OPF: Final = "{http://www.idpf.org/2007/opf}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_QUALITY: Final = 92


def with_cover_of(files: Files, most: int) -> Files:
    """The same files, the cover made smaller if it has more than `most` pixels."""
    package = etree.fromstring(files[f"{_FOLDER}/content.opf"], _PARSER)
    covers = [
        f"{_FOLDER}/{item.get('href')}"
        for item in package.iter(f"{_OPF}item")
        if "cover-image" in item.get("properties", "").split()
    ]
    return {**files, **{name: _smaller(files[name], most) for name in covers}}


def _smaller(content: bytes, most: int) -> bytes:
    """A picture of at most `most` pixels and the same shape; itself if it is that already."""
    with Image.open(io.BytesIO(content)) as picture:
        width, height = picture.size
        if width * height <= most:
            return content
        narrower = isqrt(most * width // height)
        size = (narrower, min(round(narrower * height / width), most // narrower))
        packed = io.BytesIO()
        profile = picture.info.get("icc_profile")
        smaller = picture.resize(size, Image.Resampling.LANCZOS)
        smaller.save(packed, picture.format, quality=_QUALITY, icc_profile=profile)
    return packed.getvalue()
