"""What the documents of an EPUB say they are: a part, a preface, a page that every book makes anew.

They say so by ``epub:type`` (EPUB 3 Structural Semantics Vocabulary 1.1) or ``role`` (DPUB-ARIA
1.1), on their body or on its one section.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from quire.manuscript.roles import ROLES
from quire.sources.markup import Element, local_name
from quire.sources.note_links import words_of

__all__ = ["holds_notes_alone", "is_made_anew", "name_without_heading", "role_of_document"]

_MADE: Final = frozenset(
    {"cover", "titlepage", "halftitlepage", "copyright-page", "imprint", "toc", "landmarks",
     "page-list", "loi", "lot", "colophon", "doc-colophon"}
)  # fmt: skip
_NOTES: Final = frozenset({"endnotes", "doc-endnotes", "rearnotes", "footnotes"})
_HEADINGS: Final = frozenset(f"h{level}" for level in range(1, 7))
_ROLES: Final = {
    said: role.name
    for role in ROLES.values()
    if role.name not in {"chapter", "interlude", "endnotes"}
    for said in (role.epub_type, role.aria)
    if said and said not in _MADE
}


def _around(body: Element) -> list[Element]:
    return [body, *(list(body) if len(body) == 1 else [])]


def is_made_anew(body: Element) -> bool:
    """Whether a document is a cover, a title page or the like: the next book has its own."""
    has_title = any(one.get("class") == "title" for one in body.iter("{*}h1"))
    return has_title or any(not words_of(one).isdisjoint(_MADE) for one in _around(body))


def role_of_document(body: Element) -> str:
    """The role that quire has for a document (``part``, ``preface`` …); empty for a chapter."""
    for element in _around(body):
        for said in sorted(words_of(element)):
            if said in _ROLES:
                return _ROLES[said]
    return ""


def holds_notes_alone(body: Element, bodies: Container[Element]) -> bool:
    """Whether a document has nothing but headings and notes that are told elsewhere.

    Args:
        body: the document's.
        bodies: elements that hold a note each.
    """
    if all(words_of(one).isdisjoint(_NOTES) for one in _around(body)):
        return False

    def is_spent(element: Element) -> bool:
        if element in bodies or local_name(element) in _HEADINGS:
            return True
        own = (element.text or "") + "".join(one.tail or "" for one in element)
        return not own.strip() and all(is_spent(one) for one in element)

    return is_spent(body)


def name_without_heading(body: Element) -> None:
    """Give a document that shows no heading, such as a dedication, the name it is read out by."""
    for element in _around(body):
        name = " ".join(element.get("aria-label", "").split())
        if name and not any(local_name(one) in _HEADINGS for one in body.iter("{*}*")):
            space = str(body.tag).rpartition("}")[0]
            heading = body.makeelement(f"{space}}}h1" if space else "h1")
            heading.text = name
            element.insert(0, heading)
            return
