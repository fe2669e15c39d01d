"""HTML and XML parsed without harm: nothing is fetched, and no entity of the file's own unfolds."""

from __future__ import annotations

import re
from html.entities import html5
from typing import TypeAlias

from lxml import etree

from quire.sources.reader import SourceFile, refusal

__all__ = [
    "Element", "inner_text", "local_name", "one_line", "parse_html", "parse_xhtml", "parse_xml",
]  # fmt: skip

Element: TypeAlias = etree._Element

_DEEPEST = 2_000
_ENTITY_DECLARED = re.compile(rb"<!ENTITY", re.IGNORECASE)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_TOO_DEEP = re.compile("excessive depth", re.IGNORECASE)  # libxml2's words
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def parse_html(file: SourceFile, text: str) -> Element:
    """The root of an HTML page, mended as browsers mend it.

    Raises:
        BookError: it holds no element, or is nested beyond all reason.
    """
    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8"
    )
    clean = _NOT_IN_XML.sub("", _DECLARATION.sub("", text))
    try:
        root = etree.fromstring(clean.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, AssertionError):
        root = None
    if root is None:
        raise refusal(file, "source-empty", "The page is empty.", "Save it again from the browser.")
    return _not_too_deep(file, root)


def parse_xhtml(file: SourceFile, content: bytes, text: str) -> Element:
    """The root of an XHTML document, names of characters such as ``&nbsp;`` known.

    Raises:
        BookError: it declares entities, or is nested beyond all reason.
    """
    _refuse_entities(file, content)
    known = _NAMED.sub(_character, _DECLARATION.sub("", text))
    try:
        root = etree.fromstring(known.encode("utf-8", "replace"), _xml_parser())
    except etree.XMLSyntaxError:
        return parse_html(file, text)
    return _not_too_deep(file, root)


def parse_xml(file: SourceFile, content: bytes) -> Element:
    """The root of an XML part.

    Raises:
        BookError: it isn't well formed, is nested beyond all reason, or declares entities.
    """
    _refuse_entities(file, content)
    try:
        return etree.fromstring(content, _xml_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        if _TOO_DEEP.search(str(error)):
            raise refusal(
                file, "source-too-deep", "Its elements are nested beyond all reason.",
                "Don't trust this file; ask for another copy.",
            ) from None  # fmt: skip
        raise refusal(
            file, "source-damaged", "A part of it is broken XML.", "Save it again."
        ) from None


def inner_text(element: Element) -> str:
    """All text in an element."""
    return "".join(text for text in element.itertext() if isinstance(text, str))


def one_line(element: Element) -> str:
    """All text in an element with blanks collapsed."""
    return " ".join(inner_text(element).split())


def local_name(element: Element) -> str:
    """An element's name, small, without its namespace."""
    return str(element.tag).rpartition("}")[2].lower()


def _xml_parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        remove_comments=True, remove_pis=True, huge_tree=False,
    )  # fmt: skip


def _refuse_entities(file: SourceFile, content: bytes) -> None:
    """Refuse what unfolds (``billion laughs``) or fetches; no Word or EPUB file needs it."""
    if _ENTITY_DECLARED.search(content.replace(b"\0", b"")):
        raise refusal(
            file, "entities-declared", "It declares XML entities of its own, which may unfold "
            "without end or fetch other files.", "Don't trust this file; ask for another copy.",
        )  # fmt: skip


def _character(found: re.Match[str]) -> str:
    name = found[1]
    return found[0] if name in _OF_XML else html5.get(f"{name};", found[0])


def _not_too_deep(file: SourceFile, root: Element) -> Element:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise refusal(
                file, "source-too-deep", f"Its elements are nested more than {_DEEPEST} deep.",
                "Save the page as text, and give that.",
            )  # fmt: skip
    return root
