"""Guesses at a book's metadata from what the rules and the source's format say, each with why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from quire.cleaning.chapters import openings
from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.language_guess import guess_language
from quire.metadata import Guess
from quire.sources.model import Source

__all__ = ["guess_metadata"]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def guess_metadata(draft: Draft, source: Source) -> tuple[Guess, ...]:
    """Title, author, language and what else can be guessed, in the order of metadata.yaml."""
    return tuple(_guesses(draft, source))


def _guesses(draft: Draft, source: Source) -> Iterator[Guess]:
    yield _title(draft, source)
    subtitle = _first(draft, source, "subtitle")
    if subtitle:
        yield Guess("subtitle", *subtitle)
    author = _author(draft, source)
    if author:
        yield author
    yield _language(draft, source)
    date = _first(draft, source, "date")
    if date and _DATE.fullmatch(date[0]):
        yield Guess("date", *date)
    for key in ("publisher", "rights", "description", "identifier"):
        value = _first(draft, source, key)
        if value:
            yield Guess(key, *value)
    keywords = _words(draft.facts.get("keywords", ""))
    if keywords:
        yield Guess("subject", keywords, "the source's keywords")
    publication = draft.facts.get("publication")
    if publication:
        yield Guess("source", publication, "the running heads")


def _first(draft: Draft, source: Source, key: str) -> tuple[str, str] | None:
    """The value of that name and where it stood: the file's own properties, or the text."""
    for table, why in ((source.details, "the file's own properties"), (draft.facts, "the text")):
        value = " ".join(table.get(key, "").split())
        if value:
            return value, why
    return None


def _title(draft: Draft, source: Source) -> Guess:
    own = source.details.get("title", "").strip()
    if own:
        return Guess("title", own, "the file's own properties")
    working, title = draft.facts.get("working-title", ""), draft.facts.get("title", "")
    chapters = [one for one in openings(draft) if one.role in {"chapter", "part"}]
    if working and (len(chapters) > 1 or not title):
        rest = f"; its first text is called {title}" if title else ""
        return Guess("title", working, f"the title above the whole source{rest}")
    if title:
        return Guess("title", title, "the title that the text gives itself")
    if len(chapters) == 1:
        return Guess("title", chapters[0].title, "the text's only chapter")
    stem = PurePath(source.name).stem
    return Guess("title", stem or "Untitled", "the file's name: the text gives no title")


def _author(draft: Draft, source: Source) -> Guess | None:
    found = _first(draft, source, "author")
    if not found:
        return None
    author, why = found
    # Several parts may be by several hands: the name stands in one of them.
    parts = [one for one in openings(draft) if one.role == "part"]
    named = {
        _part_of(draft, mark.start)
        for mark in draft.marked(MarkKind.MATTER)
        if mark.value in {"author", "affiliation"}
    }
    names = _words(author, r"[、,，;；]|\s+and\s+") or author
    if why == "the text" and len(parts) > len(named - {0}) > 0:
        where = "、".join(parts[number - 1].title for number in sorted(named - {0}))
        why = f"named in {where} only; the other parts are by unknown hands: say who wrote the book"
        return Guess("author", names, why, stands=False)
    return Guess("author", names, why)


def _part_of(draft: Draft, place: int) -> int:
    """The number of the part that holds a place, counted from 1; 0 before the first."""
    parts = [one for one in openings(draft) if one.role == "part"]
    return sum(one.mark.start <= place for one in parts)


def _language(draft: Draft, source: Source) -> Guess:
    known = _first(draft, source, "lang")
    if known and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", known[0]):
        return Guess("lang", *known)
    return Guess("lang", *guess_language(draft.text))


def _words(text: str, joint: str = r"[;；、,，]|\s{2,}|　") -> tuple[str, ...]:
    return tuple(word for word in (piece.strip() for piece in re.split(joint, text)) if word)
