"""Markdown: kept as it is, to the character, with headings and notes pointed out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from quire.sources.decoding import NotText, decode, unix_lines
from quire.sources.model import Hint, HintKind, Source
from quire.sources.reader import Reader, SourceFile, not_text

__all__ = ["READER"]

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+\S")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_BODY = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")
_CALLOUT = re.compile(r"(?<!\\)\[\^([^\]\s]+)\](?!:)")
_HEAD = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_OF_THE_BOOK = frozenset({
    "title", "subtitle", "author", "date", "lang", "publisher", "rights", "description",
    "keywords", "subject",
})  # fmt: skip


def _read(file: SourceFile) -> Source:
    try:
        decoded = decode(file.content)
    except NotText:
        raise not_text(file) from None
    facts, text = _without_head(unix_lines(decoded.text))
    hints = (Hint(0, len(text), HintKind.MARKDOWN), *_hints(text)) if text.strip() else ()
    return Source(file.name, text, hints=tuple(sorted(hints)), details={**decoded.details, **facts})


def _without_head(text: str) -> tuple[dict[str, str], str]:
    """The facts of a YAML head that is the book's, and the text without it.

    A head that tells a chapter's role belongs to the manuscript, and stays.
    """
    head = _HEAD.match(text)
    if head is None:
        return {}, text
    try:
        told = yaml.safe_load(head[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, text
    if not isinstance(told, dict) or "role" in told or _OF_THE_BOOK.isdisjoint(map(str, told)):
        return {}, text
    facts = {str(key): words for key, value in told.items() if (words := _words(value))}
    return facts, text[head.end() :].lstrip("\n")


def _words(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(filter(None, map(_words, value)))
    if isinstance(value, dict):
        return _words(value.get("name", value.get("text", "")))
    return "" if value is None else f"{value}".strip()


def _hints(text: str) -> Iterator[Hint]:
    """Headings (with their hashes), callouts and bodies of notes, outside listings."""
    body: Hint | None = None
    before = ""
    for place, line in _lines_outside_listings(text):
        end = place + len(line)
        begins = _BODY.match(line)
        # A body goes on while lines are indented or follow without a blank line.
        ends_body = line.strip() and not line.startswith((" ", "\t")) and not before.strip()
        if body and (begins or ends_body):
            yield body
            body = None
        if begins:
            body = Hint(place, end, HintKind.NOTE, begins[1])
        elif body and line.strip():
            body = Hint(body.start, end, HintKind.NOTE, body.value)
        elif found := _HEADING.match(line):
            yield Hint(place, end, HintKind.HEADING, f"{len(found[1])}")
        elif _is_underlined(line, before):
            level = "1" if "=" in line else "2"
            yield Hint(place - len(before) - 1, end, HintKind.HEADING, level)
        for callout in _CALLOUT.finditer(line):
            yield Hint(place + callout.start(), place + callout.end(), HintKind.NOTEREF, callout[1])
        before = line
    if body:
        yield body


def _lines_outside_listings(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its place; fences and what is between them as empty lines."""
    place, fence = 0, ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            yield place, ""
        elif mark:
            fence = mark[1]
            yield place, ""
        else:
            yield place, line
        place += len(line) + 1


def _is_underlined(line: str, before: str) -> bool:
    """Whether the line makes a heading of the one before (setext)."""
    is_words = bool(before.strip()) and before.lstrip()[:1] not in {"#", "|", ">", "-", "+", "*"}
    return is_words and _UNDERLINE.fullmatch(line) is not None


def _sniff(content: bytes) -> bool:
    # Markdown is text; only its name tells.
    del content
    return False


READER = Reader("Markdown", (".md", ".markdown", ".mdown", ".qmd"), _sniff, _read)
