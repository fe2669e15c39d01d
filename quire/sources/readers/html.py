"""Web pages: the main text with its structure; menus, scripts and the like are left out."""

from __future__ import annotations

import re
from urllib.parse import unquote

from quire.sources.decoding import NotText, decode, unix_lines
from quire.sources.markup import Element, inner_text, one_line, parse_html
from quire.sources.model import Source
from quire.sources.page import Page, source_of_pages
from quire.sources.reader import Reader, SourceFile, not_text
from quire.sources.title_block import take_title

__all__ = ["READER"]

_BEGINNING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.-]+)", re.IGNORECASE)
_HEAD = 4096
_LARGEST_PICTURE = 64 * 1024 * 1024
_META = {
    "author": "author",
    "description": "description",
    "keywords": "keywords",
    "date": "date",
    "article:published_time": "date",
    "dc.creator": "author",
    "dc.publisher": "publisher",
}


def _read(file: SourceFile) -> Source:
    head = file.content[:_HEAD]
    declared = _XML_ENCODING.search(head) or _CHARSET.search(head)
    try:
        decoded = decode(file.content, declared[1].decode("ascii") if declared else None)
    except NotText:
        raise not_text(file) from None
    root = parse_html(file, unix_lines(decoded.text))
    details = {**decoded.details, **_details(root), **take_title(root)}

    def fetch(path: str, address: str) -> bytes | None:
        del path
        return _beside(file, address)

    return source_of_pages(file, [Page("", root)], fetch, details)


def _details(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    title = next(root.iter("{*}title"), None)
    if title is not None and inner_text(title).strip():
        found["title"] = one_line(title)
    if root.get("lang"):
        found["lang"] = root.get("lang", "")
    for meta in root.iter("{*}meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        words = " ".join((meta.get("content") or "").split())
        if name in _META and words:
            found.setdefault(_META[name], words)
    return found


def _beside(file: SourceFile, address: str) -> bytes | None:
    """A picture that lies below the page's own folder; nothing else is opened."""
    name = unquote(address.partition("?")[0].partition("#")[0])
    if not name or ":" in name or name.startswith(("/", "\\")) or "\0" in name:
        return None
    folder = file.path.resolve().parent
    try:
        path = (folder / name).resolve()
        if path.is_relative_to(folder) and path.is_file():
            is_small = path.stat().st_size <= _LARGEST_PICTURE
            return path.read_bytes() if is_small else None
    except OSError:
        pass
    return None


def _sniff(content: bytes) -> bool:
    return _BEGINNING.match(content[:_HEAD]) is not None


READER = Reader("a web page", (".html", ".htm", ".xhtml", ".xht"), _sniff, _read)
