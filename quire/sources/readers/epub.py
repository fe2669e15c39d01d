"""EPUB files: the documents of the spine in order, notes across files, pictures, metadata."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from functools import partial
from urllib.parse import unquote

from quire.sources.archives import Archive
from quire.sources.contents import Entry, entries_of, make_headings
from quire.sources.decoding import NotText, decode, unix_lines
from quire.sources.markup import Element, local_name, parse_xhtml, parse_xml
from quire.sources.model import Source
from quire.sources.page import Page, source_of_pages
from quire.sources.publication import is_made_anew, name_without_heading, role_of_document
from quire.sources.reader import Reader, SourceFile, refusal

__all__ = ["READER"]

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_SCRAMBLING = frozenset({
    "http://www.idpf.org/2008/embedding",
    "http://ns.adobe.com/pdf/enc#RC",
})  # fmt: skip
_DETAILS = {
    "title": "title",
    "creator": "author",
    "language": "lang",
    "publisher": "publisher",
    "date": "date",
    "description": "description",
    "rights": "rights",
    "subject": "keywords",
}
_XHTML = frozenset({"application/xhtml+xml", "text/html"})


def _read(file: SourceFile) -> Source:
    archive = Archive(file)
    _refuse_locked(file, archive)
    package_path = _package_path(file, archive)
    package = parse_xml(file, archive.read(package_path))
    pages = list(_pages(file, archive, package, posixpath.dirname(package_path)))

    def fetch(path: str, address: str) -> bytes | None:
        name = _resolve(path, address).partition("#")[0]
        return archive.read(name) if name in archive else None

    return source_of_pages(file, pages, fetch, _details(package), _resolve)


def _package_path(file: SourceFile, archive: Archive) -> str:
    container = parse_xml(file, archive.read(_CONTAINER))
    path = next((one.get("full-path") for one in container.iter("{*}rootfile")), None)
    if path is None or path not in archive:
        raise refusal(file, "source-damaged", "The EPUB names no package.", "Get another copy.")
    return path


def _refuse_locked(file: SourceFile, archive: Archive) -> None:
    if _ENCRYPTION not in archive:
        return
    methods = parse_xml(file, archive.read(_ENCRYPTION)).iter("{*}EncryptionMethod")
    if any(one.get("Algorithm") not in _FONT_SCRAMBLING for one in methods):
        raise refusal(
            file, "source-locked", "The EPUB is locked (DRM): its text is encrypted.",
            "Ask its publisher for a copy that isn't.",
        )  # fmt: skip


def _pages(file: SourceFile, archive: Archive, package: Element, folder: str) -> Iterator[Page]:
    """Documents of the spine, without those that every book makes anew."""
    items = {item.get("id"): item for item in package.iter("{*}item")}
    entries = _contents(file, archive, package, folder)
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _XHTML:
            continue
        path = _resolve(f"{folder}/" if folder else "", item.get("href", "")).partition("#")[0]
        if "nav" in (item.get("properties") or "").split() or path not in archive:
            continue
        content = archive.read(path)
        try:
            text = unix_lines(decode(content).text)
        except NotText:
            continue
        root = parse_xhtml(file, content, text)
        body = next(root.iter("{*}body"), root)
        if is_made_anew(body):
            continue
        make_headings(path, body, entries)
        _set_labels_off(body)
        name_without_heading(body)
        yield Page(path, body, role_of_document(body))


def _contents(file: SourceFile, archive: Archive, package: Element, folder: str) -> list[Entry]:
    """The entries of the navigation document, or of the NCX where there is none."""
    base = f"{folder}/" if folder else ""
    for item in sorted(package.iter("{*}item"), key=_is_ncx):
        path = _resolve(base, item.get("href", "")).partition("#")[0]
        is_nav = "nav" in (item.get("properties") or "").split()
        if (is_nav or _is_ncx(item)) and path in archive:
            content = archive.read(path)
            try:
                root = parse_xhtml(file, content, unix_lines(decode(content).text))
            except NotText:
                continue
            found = list(entries_of(root, partial(_resolve, path)))
            if found:
                return found
    return []


def _is_ncx(item: Element) -> bool:
    return item.get("media-type") == "application/x-dtbncx+xml"


def _set_labels_off(body: Element) -> None:
    """One blank between "第一编" and the title, where a heading marks both off.

    A line's end is no blank between Chinese characters: label and title would run together, and
    a label that runs into its title can't be told any more.
    """
    for heading in body.iter("{*}h1", "{*}h2"):
        parts = list(heading)
        if [one.get("class") for one in parts] == ["label", "title"]:
            parts[0].tail = (parts[0].tail or "").strip() or " "


def _resolve(path: str, address: str) -> str:
    """An address in a document as a path in the archive, with its fragment."""
    place, mark, fragment = address.partition("#")
    if ":" in place:
        return address
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(place)))
    return f"{target if place else path}{mark}{unquote(fragment)}"


def _details(package: Element) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    metadata = next(package.iter("{*}metadata"), None)
    for element in () if metadata is None else metadata.iter("{*}*"):
        words = " ".join((element.text or "").split())
        name = _DETAILS.get(local_name(element))
        if words and name and "dc/" in str(element.tag):
            found.setdefault(name, []).append(words)
    several = {"author", "keywords"}
    return {
        name: "; ".join(values) if name in several else values[0] for name, values in found.items()
    }


def _sniff(content: bytes) -> bool:
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _CONTAINER in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


READER = Reader("an EPUB", (".epub",), _sniff, _read, binary=True)
