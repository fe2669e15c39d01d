"""What of a page is its text: menus, scripts and the like are left out, and it is told how much."""

from __future__ import annotations

import re

from quire.sources.markup import Element, local_name
from quire.sources.note_links import NoteLinks, is_note_body, words_of

__all__ = ["main_content", "prune"]

_NO_TEXT = frozenset({
    "head", "script", "style", "template", "noscript", "iframe", "object", "embed", "canvas",
    "audio", "video", "button", "select", "input", "textarea", "datalist", "dialog", "meta",
    "link", "map",
})  # fmt: skip
_SHELL = frozenset({"nav", "aside", "footer", "menu", "form"})
_SHELL_WORDS = frozenset({
    "navigation", "banner", "contentinfo", "complementary", "search", "toc", "doc-toc",
    "breadcrumb", "breadcrumbs", "cookie-banner", "share-buttons", "page-list", "doc-pagelist",
    "landmarks", "pagebreak", "doc-pagebreak", "mw-editsection", "noprint",
})  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def main_content(root: Element) -> Element:
    """The page's ``main`` or its one ``article``, when most of the text is there; else all."""
    body = next(root.iter("{*}body"), root)
    whole = _weight(body)
    for candidates in (
        [
            one
            for one in body.iter("{*}*")
            if local_name(one) == "main" or one.get("role") == "main"
        ],
        list(body.iter("{*}article")),
    ):
        if len(candidates) == 1 and _weight(candidates[0]) * 2 >= whole:
            return candidates[0]
    return body


def prune(content: Element, notes: NoteLinks) -> int:
    """Take what is no text out of `content`; how many characters of a page's shell went.

    What holds a note that is called stays, whatever it is called itself.
    """
    kept = {one for body in notes.bodies.values() for one in (body, *body.iterancestors())}
    doomed = []
    left_out = 0
    for element in content.iter("{*}*"):
        if element in kept or element is content:
            continue
        if local_name(element) in _NO_TEXT or _is_hidden(element):
            doomed.append(element)
        elif _is_shell(element):
            left_out += _weight(element)
            doomed.append(element)
    for element in doomed:
        _remove(element)
    return left_out


def _is_shell(element: Element) -> bool:
    if is_note_body(element):
        return False
    return local_name(element) in _SHELL or not words_of(element).isdisjoint(_SHELL_WORDS)


def _is_hidden(element: Element) -> bool:
    style = element.get("style")
    return "hidden" in element.attrib or bool(style and _HIDDEN.search(style))


def _weight(element: Element) -> int:
    """Characters of text in it, blanks and scripts aside."""
    return sum(
        len("".join(text.split()))
        for text in element.itertext()
        if isinstance(text, str) and not _in_no_text(text)
    )


def _in_no_text(text: str) -> bool:
    parent = getattr(text, "getparent", lambda: None)()
    return parent is not None and getattr(text, "is_text", False) and local_name(parent) in _NO_TEXT


def _remove(element: Element) -> None:
    """Take an element away and leave the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail:
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
