"""Word documents: pandoc makes HTML of them, with true notes; changes tracked are accepted."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from quire.pandoc import PandocFailed, convert
from quire.sources.archives import Archive
from quire.sources.markup import local_name, parse_html, parse_xml
from quire.sources.model import Source
from quire.sources.page import Page, source_of_pages
from quire.sources.reader import Reader, SourceFile, refusal
from quire.sources.title_block import take_title
from quire.sources.word_parts import prepare

__all__ = ["READER"]

# What pandoc takes for a document's title and the like are paragraphs of the text in Word.
_TEMPLATE = """<html><head></head><body>
$if(title)$<h1 class="title">$title$</h1>$endif$
$if(subtitle)$<p class="subtitle">$subtitle$</p>$endif$
$for(author)$<p class="author">$author$</p>$endfor$
$if(date)$<p class="date">$date$</p>$endif$
$if(abstract)$<div class="abstract">$abstract$</div>$endif$
$body$
</body></html>
"""
_CORE = {
    "title": "title",
    "creator": "author",
    "subject": "subject",
    "description": "description",
    "keywords": "keywords",
    "language": "lang",
}
_BROKEN = "Open it in a word processor and save it again as .docx."


def _read(file: SourceFile) -> Source:
    archive = Archive(file)
    if "word/document.xml" not in archive:
        raise refusal(
            file, "source-damaged", "It isn't a Word document: no text is in it.", _BROKEN
        )
    document, styles, comments = (
        archive.read(name) if name in archive else b""
        for name in ("word/document.xml", "word/styles.xml", "word/comments.xml")
    )
    prepared = prepare(file, document, styles, comments)
    reads = "docx+styles" if prepared.has_types else "docx"
    root = parse_html(file, _html(file, _checked(file, archive, prepared.parts), reads))
    details = {**_core_properties(file, archive), **prepared.details, **take_title(root)}

    def fetch(path: str, address: str) -> bytes | None:
        del path
        name = f"word/{address}"
        return archive.read(name) if name in archive else None

    return source_of_pages(file, [Page("", root)], fetch, details)


def _checked(file: SourceFile, archive: Archive, parts: Mapping[str, bytes]) -> bytes:
    """The document packed anew: only parts that were looked at, and pictures as empty files.

    `parts` go in place of the archive's own.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as fresh:
        for name in archive:
            content = b""
            if name.endswith((".xml", ".rels")):
                content = parts.get(name) or archive.read(name)
                # Packing forbids document types in every part (ECMA-376 part 2).
                if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
                    parse_xml(file, content)
                    raise refusal(file, "source-damaged", "It holds a document type.", _BROKEN)
            elif not name.startswith("word/media/"):
                continue
            fresh.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


def _html(file: SourceFile, content: bytes, reads: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "page.html"
        template.write_text(_TEMPLATE, "utf-8")
        arguments = ("--sandbox", "--standalone", f"--template={template}", "--mathjax",
                     "--track-changes=accept")  # fmt: skip
        try:
            return convert(content, reads, "html", arguments)
        except PandocFailed as failed:
            raise refusal(
                file, "source-damaged", f"The Word document can't be read: {failed}.", _BROKEN
            ) from None


def _core_properties(file: SourceFile, archive: Archive) -> dict[str, str]:
    """Title, author and so on from the document's own properties (ECMA-376 part 2)."""
    if "docProps/core.xml" not in archive:
        return {}
    root = parse_xml(file, archive.read("docProps/core.xml"))
    found = {}
    for element in root:
        words = " ".join((element.text or "").split())
        if words and local_name(element) in _CORE:
            found[_CORE[local_name(element)]] = words
    return found


def _sniff(content: bytes) -> bool:
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


READER = Reader("a Word document", (".docx", ".docm", ".dotx"), _sniff, _read, binary=True)
