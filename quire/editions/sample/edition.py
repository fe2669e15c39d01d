"""The edition ``sample``: ``<stem>-sample.html``, one file that needs no other."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from quire.assembly.model import Book
from quire.editions.browsing import (
    Frame,
    first_chapter,
    frame_words,
    html_of,
    linked,
    opened,
    page_of,
    script,
    style,
)
from quire.editions.model import Artifact, BuildContext
from quire.editions.naming import file_stem
from quire.toolchain import write_whole

__all__ = ["EDITION", "Sample"]

_WHOLE_BOOK: Final = "index.html"
"""The download page, which lies beside it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The first chapter with its notes and pictures."""

    name: str = "sample"
    after: tuple[str, ...] = ()
    needs: tuple[str, ...] = ("epub",)

    def build(self, book: Book, out: Path, context: BuildContext) -> Artifact:
        """Write one HTML file into the folder `out`."""
        publication = opened(book, context.earlier["epub"])
        words = frame_words(book.metadata)
        chapter = first_chapter(publication.documents)
        sheets = (
            content.decode("utf-8")
            for name, content in publication.files.items()
            if name.endswith(".css")
        )
        # What would lead to the rest of the book leads to where it is to be had.
        content = html_of(linked(chapter.body, (), _WHOLE_BOOK, _within(publication.files)))
        styles = "\n".join((*sheets, style())).replace("</", "<\\/")
        code = script(words).replace("</", "<\\/")
        over, whole = (escape(words.say(name)) for name in ("sample-over", "sample-whole-book"))
        frame = Frame(
            book.metadata.title,
            publication.language,
            publication.direction,
            words,
            _WHOLE_BOOK,
            f'<style>\n{styles}</style>\n<script type="module">\n{code}</script>\n',
            search=False,
            end=f'<aside class="more"><p>{over}</p>\n'
            f'<p class="begin"><a href="{_WHOLE_BOOK}">{whole}</a></p></aside>\n',
        )
        page = page_of(chapter.title, chapter.classes, content, frame).encode("utf-8")
        path = write_whole(out / f"{file_stem(book.metadata)}-sample.html", page)
        return Artifact(self.name, path, "text/html", hashlib.sha256(page).hexdigest(), sample=path)


def _within(files: Mapping[str, bytes]) -> Callable[[str], str]:
    """Gives the address of a file that carries all its bytes."""

    def address(name: str) -> str:
        content = files.get(name)
        if content is None:
            return name
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"

    return address


EDITION: Final = Sample()
