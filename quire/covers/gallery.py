"""Every design for one book on one page, to choose from: as stores show it, small, and whole."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import quote

from PIL import Image

from quire.covers.designs import own_designs, standard_designs
from quire.covers.making import make_cover
from quire.covers.model import Cover, Extent
from quire.covers.painter import encode
from quire.metadata.model import Metadata
from quire.problems import BookError
from quire.toolchain.fonts import FontLibrary

__all__ = ["GALLERY", "make_gallery"]

GALLERY: Final = "cover-gallery"
"""The folder of the whole covers, beside the page."""
_SMALL: Final = 120
"""Pixels across, as a store lists books on a phone."""

_SAID_ALREADY: Final = 'alt=""'

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 80rem; padding: 0 1.5rem; }
section { margin: 2.5rem 0; }
cite { font-style: normal; }
h2 { margin: 0; font-size: 1.1rem; }
p { margin: .2rem 0 1rem; opacity: .75; }
.row { display: flex; flex-wrap: wrap; gap: 1.5rem; }
figure { margin: 0; width: 436px; }
.sizes { display: flex; gap: 16px; align-items: end; }
img { height: auto; display: block; box-shadow: 0 1px 6px rgb(0 0 0 / .3); }
@media (max-width: 30rem) {
  figure { width: 100%; }
  .sizes > a { flex: 1 1 0; }
  img { max-width: 100%; }
}
figcaption { margin-top: .5rem; font: .85rem ui-monospace, monospace; }
"""


def make_gallery(
    metadata: Metadata,
    fonts: FontLibrary,
    covers_folder: Path,
    extents: Callable[[], tuple[Extent, ...]] = tuple,
) -> tuple[str, dict[str, bytes]]:
    """A page with every design in every palette, with this book's words.

    Args:
        metadata: the book's.
        fonts: where type comes from.
        covers_folder: the book's ``covers/``, whose designs come first.
        extents: gives the extents of its chapters.

    Returns:
        The page, and the whole covers that it leads to, name → JPEG; they lie in the folder
        `GALLERY` beside it.

    Raises:
        BookError: the book's own design fails. A design that can't hold the title says so on
            the page.
    """
    own = own_designs(covers_folder)
    designs = {**own, **{name: one for name, one in standard_designs().items() if name not in own}}
    whole: dict[str, bytes] = {}
    sections: list[str] = []
    for name, design in designs.items():
        figures = []
        for palette in design.palettes:
            settings = metadata.cover.model_copy(
                update={"design": name, "palette": palette.name, "image": None}
            )
            wanted = metadata.model_copy(update={"cover": settings})
            try:
                cover = make_cover(wanted, fonts, covers_folder, extents)
            except BookError as error:
                shown = f"<p>{escape(str(error))}</p>"
            else:
                file = f"{name}-{palette.name}.jpg"
                whole[file] = cover.jpeg
                shown = _sizes(cover, file, metadata.lang)
            words = escape(f"cover: {{design: {name}, palette: {palette.name}}}")
            figures.append(f"<figure>{shown}<figcaption>{words}</figcaption></figure>\n")
        sections.append(
            f"<section>\n<h2>{escape(name)}</h2>\n<p>{escape(design.idea)}</p>\n"
            f'<div class="row">\n{"".join(figures)}</div>\n</section>\n'
        )
    language, title = escape(metadata.lang), escape(metadata.full_title)
    page = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>Covers</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<h1>Covers for <cite lang="{language}">{title}</cite></h1>\n{"".join(sections)}'
        f"</body>\n</html>\n"
    )
    return page, whole


def _sizes(cover: Cover, file: str, language: str) -> str:
    """The cover as stores show it, which leads to the whole one, and as they list it."""
    address, tag = quote(f"{GALLERY}/{file}"), escape(language)
    said = f'lang="{tag}" alt="{escape(cover.alt)}"'
    return (
        f'<div class="sizes"><a href="{address}">{_picture(cover.thumbnail, cover, said)}</a>'
        f"{_picture(_small(cover), cover, _SAID_ALREADY)}</div>"
    )


def _picture(content: bytes, cover: Cover, said: str) -> str:
    with Image.open(io.BytesIO(content)) as opened:
        width = opened.width
    height = round(width * cover.height / cover.width)
    data = base64.b64encode(content).decode("ascii")
    return f'<img src="data:image/jpeg;base64,{data}" width="{width}" height="{height}" {said}>'


def _small(cover: Cover) -> bytes:
    size = _SMALL, round(_SMALL * cover.height / cover.width)
    with Image.open(io.BytesIO(cover.jpeg)) as opened:
        return encode(opened.resize(size, Image.Resampling.LANCZOS))
