"""The roles that matter of a book can have: one entry a role, and nothing else to change.

EPUB types are those of EPUB Structural Semantics Vocabulary 1.1; roles those of DPUB-ARIA 1.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["ROLES", "Matter", "Role"]

Matter = Literal["front", "body", "back"]


@dataclass(frozen=True, slots=True)
class Role:
    """What the editions need to know of a kind of matter.

    Attributes:
        name: the word used in a chapter's YAML head (``role: preface``).
        matter: front, body or back.
        epub_type: the value of ``epub:type``.
        aria: the DPUB-ARIA role, or an empty string.
        numbered: whether it is counted as a chapter (or a part).
        in_contents: whether the contents list it.
        recto: whether it opens on a right-hand page in print.
    """

    name: str
    matter: Matter
    epub_type: str
    aria: str = ""
    numbered: bool = False
    in_contents: bool = True
    recto: bool = True


_ENTRIES = (
    Role("halftitle", "front", "halftitlepage", in_contents=False),
    Role("titlepage", "front", "titlepage", in_contents=False),
    Role("copyright", "front", "copyright-page", in_contents=False, recto=False),
    Role("dedication", "front", "dedication", "doc-dedication", in_contents=False),
    Role("epigraph", "front", "epigraph", "doc-epigraph", in_contents=False),
    Role("contents", "front", "toc", "doc-toc", in_contents=False),
    Role("figures", "front", "loi", in_contents=False),
    Role("tables", "front", "lot", in_contents=False, recto=False),
    Role("abstract", "front", "abstract", "doc-abstract"),
    Role("foreword", "front", "foreword", "doc-foreword"),
    Role("preface", "front", "preface", "doc-preface"),
    Role("acknowledgments", "front", "acknowledgments", "doc-acknowledgments"),
    Role("introduction", "front", "introduction", "doc-introduction"),
    Role("prologue", "body", "prologue", "doc-prologue"),
    Role("part", "body", "part", "doc-part", numbered=True),
    Role("chapter", "body", "chapter", "doc-chapter", numbered=True),
    Role("interlude", "body", "chapter", "doc-chapter"),
    Role("conclusion", "body", "conclusion", "doc-conclusion"),
    Role("epilogue", "body", "epilogue", "doc-epilogue"),
    Role("appendix", "back", "appendix", "doc-appendix"),
    Role("afterword", "back", "afterword", "doc-afterword"),
    Role("endnotes", "back", "endnotes", "doc-endnotes"),
    Role("glossary", "back", "glossary", "doc-glossary"),
    Role("bibliography", "back", "bibliography", "doc-bibliography"),
    Role("index", "back", "index", "doc-index"),
    Role("errata", "back", "errata", "doc-errata", recto=False),
    Role("colophon", "back", "colophon", "doc-colophon", recto=False),
)

ROLES: dict[str, Role] = {role.name: role for role in _ENTRIES}
