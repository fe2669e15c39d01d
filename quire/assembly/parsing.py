"""Chapters' Markdown to pandoc's tree, with callouts that know their note by its mark.

pandoc resolves notes itself, but tells neither which callouts share a note, nor anything of a note
that is called in another note. So each mark ``[^a]`` whose body the file holds is put, before
pandoc reads the file, as a sign from Unicode's private use, padded to the same width (tables
depend on it); and a list of all notes at the end gets their bodies back. Signs that turn up where
no mark can be (code, formulae, addresses) become what was written there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

from quire.language import is_cjk
from quire.manuscript.dialect import DIALECT
from quire.manuscript.markup import read_markup
from quire.manuscript.model import Chapter, Manuscript
from quire.pandoc import (
    Blocks,
    Inline,
    Inlines,
    PandocFailed,
    attributes,
    plain_text,
    read_blocks,
    span,
    transform,
)
from quire.problems import BookError, Problem
from quire.toolchain.cache import NOTHING_KEPT, Cache

__all__ = ["CALL", "ParsedChapter", "call_key", "parse_manuscript"]

CALL: Final = "quire-call"
"""Class of the spans that stand for callouts until notes are numbered."""

_LIST: Final = "quire-list-of-notes"
_FIRST_SIGN: Final = 0x100000  # plane 16, private use
_LAST_SIGN: Final = 0x10FFFD
_DEEPEST: Final = 150
"""Levels of pandoc's tree, two to a quotation and three to a list: each takes every walk through
the tree some calls deeper, and Python allows a thousand of them."""


@dataclass(frozen=True)
class ParsedChapter:
    """A file of the manuscript as a tree.

    Attributes:
        chapter: the file.
        place: what messages call it.
        blocks: its text. Callouts are spans of class `CALL`, with the pair ``key``.
        notes: key → body; callouts in bodies likewise. Keys of notes written in the text
            (``^[…]``) begin with a circumflex, which no mark can.
    """

    chapter: Chapter
    place: str
    blocks: Blocks
    notes: Mapping[str, Blocks]

    def line_of(self, words: str) -> int | None:
        """The line of the first occurrence of some words of the source, or None."""
        at = self.chapter.body.find(words)
        if at < 0 or not words:
            return None
        return self.chapter.body.count("\n", 0, at) + self.chapter.body_line

    def problem(self, code: str, message: str, remedy: str, words: str) -> Problem:
        """A problem at the place of some words of the source."""
        return Problem(code, message, remedy, self.place, self.line_of(words))


def parse_manuscript(
    manuscript: Manuscript, cache: Cache = NOTHING_KEPT
) -> tuple[ParsedChapter, ...]:
    """Parse all chapters, several at a time; those that `cache` has are not read again.

    Raises:
        BookError: with every mark that has no body, and every file that pandoc refuses.
    """

    def parse(chapter: Chapter) -> ParsedChapter | BookError:
        try:
            return _parse(chapter, manuscript.place(chapter), cache)
        except BookError as error:
            return error

    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        results = list(pool.map(parse, manuscript.chapters))
    failed = [result for result in results if isinstance(result, BookError)]
    if failed:
        raise BookError(problem for error in failed for problem in error.problems)
    return tuple(result for result in results if isinstance(result, ParsedChapter))


def call_key(node: Mapping[str, Any]) -> str | None:
    """The key of the note that a node calls, or None if it is no callout."""
    if node["t"] != "Span" or CALL not in node["c"][0][1]:
        return None
    return str(dict(node["c"][0][2])["key"])


def _parse(chapter: Chapter, place: str, cache: Cache) -> ParsedChapter:
    markup = read_markup(chapter.body)
    keys = tuple(dict.fromkeys(mark.name for mark in markup.bodies))
    signs = _Signs(chapter.body, keys)
    asked = "\n\n".join(f"[^{key}]" for key in keys)
    text = f"{signs.put()}\n\n::: {{.{_LIST}}}\n{asked}\n:::\n"
    try:
        blocks = read_blocks(text, DIALECT, cache=cache)
    except PandocFailed as error:
        message = f"pandoc can't read this file: {error}."
        raise BookError(Problem("chapter-unparsed", message, "", place)) from error
    if _too_deep(blocks):
        raise BookError(
            Problem(
                "chapter-too-deep",
                "Quotations, lists or divs lie in one another deeper than any page can show.",
                "Take some of them out of the others.",
                place,
                _deepest_line(chapter),
            )
        )
    blocks, listed = _without_list(blocks)
    bodies = dict(zip(keys, listed or [], strict=False))
    missing = [mark for mark in markup.calls if mark.name not in bodies]
    if listed is None or len(listed) != len(keys):
        raise BookError(
            Problem(
                "chapter-unclosed",
                "A div that opens in this file is never closed.",
                "Close it with a line of :::.",
                place,
                next((line + chapter.body_line - 1 for line in markup.open_divisions), None),
            )
        )
    if missing:
        raise BookError(
            Problem(
                "note-without-text",
                f"The note [^{mark.name}] has no text.",
                f'Write "[^{mark.name}]: …" below the paragraph, or delete the mark.',
                place,
                mark.line + chapter.body_line - 1,
            )
            for mark in missing
        )
    marks = _Marks(signs)
    notes = {key: marks.read(body) for key, body in bodies.items()}
    read = marks.read(blocks)
    return ParsedChapter(chapter, place, read, {**notes, **marks.written_in_text})


def _too_deep(blocks: Blocks) -> bool:
    """Whether a tree is deeper than `_DEEPEST`. Walked by a list: recursion is what it guards."""
    level: list[Any] = [blocks]
    for _ in range(_DEEPEST):
        level = [
            below
            for node in level
            for below in (node.values() if type(node) is dict else node)
            if type(below) is list or (type(below) is dict and type(below.get("c")) is list)
        ]
        if not level:
            return False
    return True


def _deepest_line(chapter: Chapter) -> int:
    """The line that begins with the most marks of quotations and the widest indent."""
    lines = chapter.body.split("\n")
    widths = [len(line) - len(line.lstrip("> \t")) for line in lines]
    return widths.index(max(widths)) + chapter.body_line


def _without_list(blocks: Blocks) -> tuple[Blocks, list[Blocks] | None]:
    """The blocks without the list of notes at their end, and the notes' bodies in its order."""
    last = blocks[-1] if blocks else None
    if last is None or last["t"] != "Div" or _LIST not in last["c"][0][1]:
        return blocks, None
    bodies = [node["c"] for block in last["c"][1] for node in block["c"] if node["t"] == "Note"]
    return blocks[:-1], bodies


class _Signs:
    """Marks of notes as signs of private use, and back."""

    def __init__(self, text: str, keys: Sequence[str]) -> None:
        self._text = text
        self._keys = keys
        first = max(_FIRST_SIGN, ord(max(text, default=" ")) + 1)
        self._padding = chr(first)
        self._sign = {key: chr(first + 1 + number) for number, key in enumerate(keys)}
        self._key = {sign: key for key, sign in self._sign.items()}
        last = chr(min(first + len(keys), _LAST_SIGN))
        self.pattern = re.compile(f"([{chr(first + 1)}-{last}]){self._padding}*") if keys else None

    def put(self) -> str:
        """The text with signs for all marks that have a body."""
        pieces, done = [], 0
        for mark in read_markup(self._text).calls:
            if mark.name in self._sign:
                width = len(mark.name) + 3
                pieces += [self._text[done : mark.start], self._sign[mark.name]]
                pieces.append(self._padding * (width - 1))
                done = mark.start + width
        return "".join([*pieces, self._text[done:]])

    def key(self, sign: str) -> str:
        """The mark that a sign stands for."""
        return self._key[sign]

    def written(self, text: str) -> str:
        """A text with its marks as they were written."""
        if self.pattern is None:
            return text
        return self.pattern.sub(lambda match: f"[^{self.key(match[1])}]", text)

    def dropped(self, text: str) -> str:
        """A text without marks."""
        return text if self.pattern is None else self.pattern.sub("", text)


class _Marks:
    """Turns signs, and notes written in the text, into callouts."""

    def __init__(self, signs: _Signs) -> None:
        self._signs = signs
        self.written_in_text: dict[str, Blocks] = {}

    def read(self, blocks: Blocks) -> Blocks:
        changed: Blocks = transform(blocks, self._change)
        return changed

    def _change(self, node: dict[str, Any]) -> Any:
        kind = node["t"]
        if kind == "Str":
            return self._split(node["c"])
        if kind == "Note":
            key = f"^{len(self.written_in_text) + 1}"
            self.written_in_text[key] = node["c"]
            return _callout(key)
        if kind in {"Code", "CodeBlock", "Math", "RawInline", "RawBlock"}:
            return {"t": kind, "c": [node["c"][0], self._signs.written(node["c"][1])]}
        restore = _RESTORED.get(kind)
        if restore is not None:
            node = restore(node, self._signs)
        if kind in {"Para", "Plain"}:
            return {"t": kind, "c": _joined(node["c"])}
        return node

    def _split(self, text: str) -> list[Inline] | None:
        pattern = self._signs.pattern
        if pattern is None or not pattern.search(text):
            return None
        inlines: Inlines = []
        done = 0
        for match in pattern.finditer(text):
            if match.start() > done:
                inlines.append({"t": "Str", "c": text[done : match.start()]})
            inlines.append(_callout(self._signs.key(match[1])))
            done = match.end()
        if done < len(text):
            inlines.append({"t": "Str", "c": text[done:]})
        return inlines


def _image(node: dict[str, Any], signs: _Signs) -> dict[str, Any]:
    """A picture's words stand in for it where it can't be seen: no place for callouts."""
    attribute, inlines, target = node["c"]
    words = [item for item in inlines if call_key(item) is None]
    return {"t": "Image", "c": [attribute, words, [signs.written(part) for part in target]]}


def _link(node: dict[str, Any], signs: _Signs) -> dict[str, Any]:
    attribute, inlines, target = node["c"]
    return {"t": "Link", "c": [attribute, inlines, [signs.written(part) for part in target]]}


def _header(node: dict[str, Any], signs: _Signs) -> dict[str, Any]:
    level, (identifier, classes, pairs), inlines = node["c"]
    return {"t": "Header", "c": [level, [signs.dropped(identifier), classes, pairs], inlines]}


_RESTORED: Final[Mapping[str, Callable[[dict[str, Any], _Signs], dict[str, Any]]]] = {
    "Image": _image,
    "Link": _link,
    "Header": _header,
}


def _callout(key: str) -> Inline:
    return span([], attributes("", [CALL], {"key": key}))


def _joined(inlines: Inlines) -> Inlines:
    """Without line breaks of the source between two Chinese characters with a callout between.

    pandoc takes out those with nothing between (east_asian_line_breaks).
    """
    kept: Inlines = []
    for number, inline in enumerate(inlines):
        if inline["t"] == "SoftBreak" and number and call_key(inlines[number - 1]) is not None:
            before = _last_sign(inlines[:number])
            after = plain_text(inlines[number + 1 : number + 2])[:1]
            if before and after and is_cjk(before) and is_cjk(after):
                continue
        kept.append(inline)
    return kept


def _last_sign(inlines: Inlines) -> str:
    for inline in reversed(inlines):
        if call_key(inline) is None:
            return plain_text([inline])[-1:]
    return ""
