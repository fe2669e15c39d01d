"""The edition ``web``: ``web/index.html`` and a page for each document of the book."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain
from pathlib import Path
from typing import Final
from urllib.parse import quote

from quire.assembly.model import Book
from quire.editions.browsing import (
    Document,
    Entry,
    Frame,
    Publication,
    first_chapter,
    frame_words,
    html_of,
    linked,
    numbered_blocks,
    opened,
    packed,
    page_of,
    script,
    style,
)
from quire.editions.model import Artifact, BuildContext
from quire.language import Words
from quire.toolchain import write_whole
from quire.toolchain.checksums import checksums

__all__ = ["EDITION", "Web"]

_FOLDER: Final = "web"
_FIRST: Final = "index.html"
_ON_FIRST_PAGE: Final = frozenset({"cover", "titlepage"})
_MADE_ANEW: Final = _ON_FIRST_PAGE | {"halftitle"}
"""Documents that have no page of their own."""
_CONTENTS: Final = "contents.js"
_TEXT: Final = "text.js"
_SCRIPT: Final = "reading.js"
_STYLE: Final = "reading.css"


@dataclass(frozen=True, slots=True)
class Web:
    """The EPUB's documents as pages, their notes with them."""

    name: str = "web"
    after: tuple[str, ...] = ()
    needs: tuple[str, ...] = ("epub",)

    def build(self, book: Book, out: Path, context: BuildContext) -> Artifact:
        """Write the pages, and what they need, into the folder ``web`` of the folder `out`."""
        publication = opened(book, context.earlier["epub"])
        words = frame_words(book.metadata)
        documents = [one for one in publication.documents if one.kind not in _MADE_ANEW]
        files = dict(_files(publication, documents, book, words))
        folder = out / _FOLDER
        written = [write_whole(folder / name, content) for name, content in files.items()]
        first, *parts = written
        return Artifact(
            self.name,
            first,
            "text/html",
            hashlib.sha256(checksums(written, out)).hexdigest(),
            details={"pages": str(sum(name.endswith(".html") for name in files))},
            parts=tuple(parts),
            sample=folder / f"{first_chapter(documents).name}.html",
        )


def _files(
    publication: Publication,
    documents: Sequence[Document],
    book: Book,
    words: Words,
) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file, the first page before all others."""
    known = {document.name for document in documents}
    titles = {document.name: document.title for document in documents}
    blocks = {document.name: numbered_blocks(document) for document in documents}
    sheets = [name for name in publication.files if name.endswith(".css")]
    head = "".join(f'<link rel="stylesheet" href="{quote(name)}">\n' for name in (*sheets, _STYLE))
    head += f'<script src="{_SCRIPT}" defer></script>\n'
    contents = "".join(_entries(publication.contents, known))

    def framed(before: Document | None, after: Document | None) -> Frame:
        def way(document: Document | None) -> tuple[str, str] | None:
            return (f"{quote(document.name)}.html", document.title) if document else None

        return Frame(
            book.metadata.title, publication.language, publication.direction, words, _FIRST, head,
            f"{_FIRST}#contents", True, way(before), way(after),
        )  # fmt: skip

    yield (
        _FIRST,
        _whole(
            book.metadata.title, "opening",
            _opening(publication, documents, contents, words), framed(None, documents[0]),
        ),
    )  # fmt: skip
    neighbours = zip(
        chain([None], documents), documents, chain(documents[1:], [None]), strict=False
    )
    for before, document, after in neighbours:
        body = linked(document.body, known, _FIRST)
        yield (
            f"{document.name}.html",
            _whole(document.title, document.classes, html_of(body), framed(before, after)),
        )
    yield _CONTENTS, f"quire.contents({json.dumps(contents, ensure_ascii=False)})\n".encode()
    pages = [(f"{quote(name)}.html", titles[name], found) for name, found in blocks.items()]
    yield _TEXT, f'quire.text("{packed(pages)}")\n'.encode()
    yield _SCRIPT, script(words).encode()
    yield _STYLE, style().encode()
    yield from publication.files.items()


def _whole(title: str, classes: str, content: str, frame: Frame) -> bytes:
    return page_of(title, classes, content, frame).encode("utf-8")


def _opening(
    publication: Publication,
    documents: Sequence[Document],
    contents: str,
    words: Words,
) -> str:
    """The first page: cover, title page, where to begin, contents."""
    pieces = [
        html_of(linked(document.body, (), _FIRST))
        for document in publication.documents
        if document.kind in _ON_FIRST_PAGE
    ]
    begin = next((one for one in documents if one.in_the_text), documents[0])
    said = escape(words.say("web-begin"))
    pieces.append(
        f'<p class="begin"><a href="{quote(begin.name)}.html" '
        f'data-begin="{escape(words.say("web-continue"))}">{said}</a></p>'
    )
    pieces.append(
        f'<nav class="contents-of-book" id="contents" aria-labelledby="contents-heading">\n'
        f'<h2 id="contents-heading">{escape(words.say("contents"))}</h2>\n{contents}</nav>'
    )
    return "\n".join(pieces)


def _entries(entries: Sequence[Entry], known: set[str]) -> Iterator[str]:
    """The contents as a list, without what has no page."""
    shown = [entry for entry in entries if entry.document in known]
    if not shown:
        return
    yield "<ol>\n"
    for entry in shown:
        fragment = f"#{quote(entry.fragment)}" if entry.fragment else ""
        kind = f' class="{escape(entry.kind)}"' if entry.kind else ""
        inside = "".join(_entries(entry.inside, known))
        yield (
            f'<li{kind}><a href="{quote(entry.document)}.html{fragment}">{escape(entry.title)}</a>'
            f"{inside}</li>\n"
        )
    yield "</ol>\n"


EDITION: Final = Web()
