"""Paragraphs that open a chapter, for books that set their first words in a special way."""

from __future__ import annotations

from typing import Final

from quire.editions.epub.documents import Document
from quire.editions.epub.xhtml import element, text_of
from quire.language import width_in_em

__all__ = ["mark_opening"]

_OPENED: Final = frozenset(
    {"chapter", "conclusion", "epilogue", "foreword", "interlude", "introduction", "preface",
     "prologue"}
)  # fmt: skip
"""Roles of sections that are opened so."""

_LEAST_EM: Final = 60.0
"""Three lines of a small page: a shorter paragraph would end beside its large letter."""


def mark_opening(one: Document) -> None:
    """Give a chapter's first paragraph the class ``opening``, if there is room for it, in place."""
    if one.role not in _OPENED:
        return
    section = one.root.find(f"{element('body').tag}/{element('section').tag}")
    if section is None or not section.get("id"):
        return  # a document in which a long chapter goes on
    first = section.find(element("p").tag)
    if first is not None and width_in_em(text_of(first)) >= _LEAST_EM:
        first.set("class", "opening")
