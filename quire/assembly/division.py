"""Files into sections: titles, parts, numbers, depths."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

from quire.assembly.parsing import ParsedChapter
from quire.language import Words
from quire.manuscript.roles import ROLES
from quire.pandoc import Blocks, Inlines, plain_text, text_inlines, transform

__all__ = ["Piece", "divide"]

_NAMED_BY_WORDS: Final = frozenset(
    {
        "abstract", "acknowledgments", "afterword", "appendix", "bibliography", "colophon",
        "conclusion", "epilogue", "foreword", "glossary", "introduction", "preface", "prologue",
    }
)  # fmt: skip
"""Roles whose sections have a title of the language's own when the file gives none."""

_UNTITLED: Final = frozenset({"halftitle", "titlepage", "copyright", "dedication", "epigraph"})
"""Roles that are pages without a heading; one that the file has is kept out of the page."""

_BODY_CHAPTERS: Final = frozenset({"chapter", "interlude"})
_LETTERED: Final = "[〇零一二三四五六七八九十百0-9IVXLCDMivxlcdm]+"


@dataclass(frozen=True)
class Piece:
    """A section on its way.

    Attributes:
        role: a name from `quire.manuscript.roles.ROLES`.
        title: as inlines, without the number; callouts in it are kept.
        label: the number in words, or an empty string.
        depth: 0, or 1 inside a part.
        blocks: what stands under the title.
        source: the file it came from; None for a part that has only a folder.
        name: the identifier of its heading as pandoc read it; may be empty.
        stem: the identifier to give it when its heading has none: ``chapter-3``.
    """

    role: str
    title: Inlines
    label: str
    depth: int
    blocks: Blocks
    source: ParsedChapter | None
    name: str = ""
    stem: str = ""


@dataclass
class _Counting:
    """The numbers given so far."""

    words: Words
    several: frozenset[str]
    numbers: Counter[str] = field(default_factory=Counter)
    stems: Counter[str] = field(default_factory=Counter)

    def label(self, role: str, classes: Sequence[str]) -> str:
        """The next number of a role, in words; none for roles that aren't counted."""
        if "unnumbered" in classes:
            return ""
        if ROLES[role].numbered:
            self.numbers[role] += 1
            return self.words.number(role, self.numbers[role])
        if role == "appendix":
            self.numbers[role] += 1
            if role in self.several:
                return self.words.number(role, self.numbers[role])
            return self.words.say("appendix")
        return ""

    def stem(self, role: str) -> str:
        """``preface``, or with a number for roles that come more than once."""
        self.stems[role] += 1
        if role in {"chapter", "part"} or role in self.several:
            return f"{role}-{self.stems[role]}"
        return role


def divide(chapters: Sequence[ParsedChapter], words: Words) -> tuple[Piece, ...]:
    """The sections that a manuscript's files make, in its order.

    Each heading of level 1 begins a section; a file without one is a section all the same. The
    files of a folder lie inside a part: that of the folder's file of that role, else one with the
    folder's name.
    """
    roles = Counter(parsed.chapter.role for parsed in chapters)
    counting = _Counting(words, frozenset(role for role, count in roles.items() if count > 1))
    pieces: list[Piece] = []
    part, in_flat_part = "", False
    for parsed in chapters:
        chapter = parsed.chapter
        if chapter.part != part:
            part, in_flat_part = chapter.part, False
            if part and chapter.role != "part":
                pieces.append(_part_of_folder(part, counting))
        if not chapter.part and (chapter.role == "part" or chapter.role not in _BODY_CHAPTERS):
            in_flat_part = chapter.role == "part"
        inside = chapter.role != "part" and (bool(chapter.part) or in_flat_part)
        pieces += _pieces(parsed, int(inside), counting)
    return tuple(pieces)


def _part_of_folder(folder: str, counting: _Counting) -> Piece:
    """A part for a folder that has no opening of its own: ``01-inner-life`` is ``Inner life``."""
    name = re.sub(r"^[\d\s._-]+", "", PurePosixPath(folder).name)
    name = re.sub(r"[\s_-]+", " ", name).strip()
    title = text_inlines(name[:1].upper() + name[1:])
    label = counting.label("part", ())
    return Piece("part", title, label, 0, [], None, stem=counting.stem("part"))


def _pieces(parsed: ParsedChapter, depth: int, counting: _Counting) -> Iterator[Piece]:
    """One piece for each heading of level 1, in a file whose head gives no title."""
    chapter = parsed.chapter
    blocks = parsed.blocks
    stated = chapter.head.get("title")
    if stated is not None and any(_is_title(block) for block in blocks):
        # The head names the chapter: its headings of level 1 are its sections.
        blocks = transform(blocks, _one_level_down)
    starts = [number for number, block in enumerate(blocks) if _is_title(block)]
    edges = [*starts[1:], len(blocks)]
    if not starts:
        title = text_inlines(str(stated)) if stated is not None else []
        classes = str(chapter.head.get("class", "")).split()
        yield _piece(parsed, depth, counting, blocks, (title, "", classes))
        return
    for index, (start, end) in enumerate(zip(starts, edges, strict=True)):
        _, (name, classes, _), title = blocks[start]["c"]
        # What stands above the first heading (an epigraph) belongs to the chapter.
        above = blocks[:start] if index == 0 else []
        text = [*above, *blocks[start + 1 : end]]
        yield _piece(parsed, depth, counting, text, (title, name, classes))


def _piece(
    parsed: ParsedChapter,
    depth: int,
    counting: _Counting,
    blocks: Blocks,
    heading: tuple[Inlines, str, Sequence[str]],
) -> Piece:
    title, name, classes = heading
    role = parsed.chapter.role
    label = counting.label(role, classes)
    if role in _UNTITLED:
        title = []
    elif not title and role in _NAMED_BY_WORDS and role != "appendix":
        title = text_inlines(counting.words.say(role))
    if label:
        label, title = _label_as_written(label, title, role, counting.words)
    blocks = transform(blocks, _below_title)
    return Piece(role, title, label, depth, blocks, parsed, name, counting.stem(role))


def _label_as_written(label: str, title: Inlines, role: str, words: Words) -> tuple[str, Inlines]:
    """The number that the author wrote into the title himself, and the rest of the title.

    ``# 第三章　潮`` and ``# Chapter 3: Tides`` would otherwise have two numbers.
    """
    pattern = words.table.get(f"{role}-label", "")
    if "{n}" not in pattern:
        return label, title
    before, after = (re.escape(part.strip()) for part in pattern.split("{n}", 1))
    text = plain_text(title)
    found = re.match(rf"{before}\s*{_LETTERED}{after}(?=[\s:：.．、，—-]|$)", text, re.IGNORECASE)
    if found is None and role == "appendix":
        found = re.match(rf"{re.escape(words.say('appendix'))}(?=[\s:：.．、，—-]|$)", text)
    if found is None:
        return label, title
    rest = re.compile(r"[\s:：.．、，—-]*").match(text, found.end())
    cut = rest.end() if rest else found.end()
    return found[0], _without_start(title, cut)


def _without_start(inlines: Inlines, count: int) -> Inlines:
    """Inlines without their first characters; as they are if those aren't plain words."""
    rest = list(inlines)
    while count and rest:
        first = rest[0]
        if first["t"] in {"Space", "SoftBreak"}:
            count -= 1
            rest.pop(0)
        elif first["t"] == "Str":
            text = first["c"]
            rest.pop(0)
            if len(text) > count:
                return [{"t": "Str", "c": text[count:]}, *rest]
            count -= len(text)
        else:
            return rest
    return rest


def _is_title(block: Mapping[str, Any]) -> bool:
    return bool(block["t"] == "Header" and block["c"][0] == 1)


def _one_level_down(node: dict[str, Any]) -> Any:
    if node["t"] != "Header":
        return None
    return {"t": "Header", "c": [min(6, node["c"][0] + 1), *node["c"][1:]]}


def _below_title(node: dict[str, Any]) -> Any:
    """Headings inside a section are of level 2 at most, even in a quotation."""
    if node["t"] != "Header" or node["c"][0] > 1:
        return None
    return {"t": "Header", "c": [2, *node["c"][1:]]}
