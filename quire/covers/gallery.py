"""Every design for one book on one page, to choose from."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from html import escape
from pathlib import Path

from quire.covers.designs import own_designs, standard_designs
from quire.covers.making import make_cover
from quire.covers.model import Design, Extent
from quire.metadata.model import Metadata
from quire.problems import BookError
from quire.toolchain.fonts import FontLibrary

__all__ = ["gallery_html"]

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 80rem; padding: 0 1.5rem; }
section { margin: 2.5rem 0; }
h2 { margin: 0; font-size: 1.1rem; }
p { margin: .2rem 0 1rem; opacity: .75; }
.row { display: flex; flex-wrap: wrap; gap: 1.5rem; }
figure { margin: 0; width: 220px; }
img { width: 100%; height: auto; display: block; box-shadow: 0 1px 6px rgb(0 0 0 / .3); }
figcaption { margin-top: .5rem; font: .85rem ui-monospace, monospace; }
"""


def gallery_html(
    metadata: Metadata,
    fonts: FontLibrary,
    covers_folder: Path,
    chapters: tuple[Extent, ...] = (),
) -> str:
    """A page with every design in every palette, with this book's words; it needs no other file.

    Args:
        metadata: the book's.
        fonts: where type comes from.
        covers_folder: the book's ``covers/``, whose designs come first.
        chapters: the extents of its chapters.

    Raises:
        BookError: the book's own design fails. A design that can't hold the title says so on
            the page.
    """
    own = own_designs(covers_folder)
    designs = {**own, **{name: one for name, one in standard_designs().items() if name not in own}}
    body = "\n".join(
        line
        for name, design in designs.items()
        for line in _section(name, design, metadata, fonts, covers_folder, chapters)
    )
    language, title = escape(metadata.lang), escape(metadata.full_title)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>Covers</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<h1>Covers for <cite lang="{language}">{title}</cite></h1>\n{body}\n</body>\n</html>\n'
    )


def _section(
    name: str,
    design: Design,
    metadata: Metadata,
    fonts: FontLibrary,
    folder: Path,
    chapters: tuple[Extent, ...],
) -> Iterator[str]:
    yield f"<section>\n<h2>{escape(name)}</h2>\n<p>{escape(design.idea)}</p>"
    yield '<div class="row">'
    for palette in design.palettes:
        settings = metadata.cover.model_copy(
            update={"design": name, "palette": palette.name, "image": None}
        )
        wanted = metadata.model_copy(update={"cover": settings})
        words = f"cover: {{design: {name}, palette: {palette.name}}}"
        try:
            cover = make_cover(wanted, fonts, folder, chapters)
        except BookError as error:
            shown = f"<p>{escape(str(error))}</p>"
        else:
            content = base64.b64encode(cover.thumbnail).decode("ascii")
            ratio = f'width="300" height="{round(300 * cover.height / cover.width)}"'
            alt = escape(cover.alt)
            shown = (
                f'<img src="data:image/jpeg;base64,{content}" {ratio} '
                f'lang="{escape(metadata.lang)}" alt="{alt}">'
            )
        yield f"<figure>{shown}<figcaption>{escape(words)}</figcaption></figure>"
    yield "</div>\n</section>"
