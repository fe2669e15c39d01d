"""Manuscript and metadata → `Book`, in the order in which one thing needs another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from quire.assembly.division import Piece, divide
from quire.assembly.endnotes import Endnotes
from quire.assembly.identifiers import named
from quire.assembly.illustrations import Illustrations
from quire.assembly.matter import colophon, copyright_page, count_text
from quire.assembly.media import Media
from quire.assembly.model import Book, Heading, Section
from quire.assembly.parsing import ParsedChapter, call_key, parse_manuscript
from quire.assembly.raw import without_raw
from quire.assembly.references import References
from quire.language import Words, words_of
from quire.manuscript.model import Manuscript
from quire.manuscript.roles import ROLES
from quire.metadata.model import Metadata
from quire.pandoc import Blocks, Inlines, plain_text, text_inlines, transform, walk
from quire.problems import BookError, Problem, Severity

__all__ = ["assemble"]

_MADE: Final = (
    "halftitle", "titlepage", "copyright", "contents", "figures", "tables", "endnotes", "colophon",
)  # fmt: skip
"""Roles of sections that a book gets when its manuscript has none of them."""

_FIRST: Final = frozenset({"halftitle", "titlepage", "copyright", "dedication", "epigraph"})
_AFTER_NOTES: Final = frozenset({"glossary", "bibliography", "index", "colophon"})
_FEWEST_LISTED: Final = 2
"""So many figures (or tables) make a list of them worth its page."""


def assemble(
    manuscript: Manuscript, metadata: Metadata, read: Sequence[ParsedChapter] | None = None
) -> Book:
    """The whole book, ready to be set.

    Args:
        manuscript: the chapters.
        metadata: what the book says of itself.
        read: the chapters as `parse_manuscript` gives them; they are parsed here if left out.

    Raises:
        BookError: with everything found that can't be in a book: notes without text, references
            and links to nothing, pictures that are missing, remote or outside the folder.
        quire.problems.ToolMissing: pandoc isn't installed.
    """
    words = words_of(metadata.lang, metadata.words)
    problems: list[Problem] = []
    chapters: list[ParsedChapter] = []
    for parsed in parse_manuscript(manuscript) if read is None else read:
        cleaned, found = without_raw(parsed)
        chapters.append(cleaned)
        problems += found
    pieces, bodies, names = named(divide(chapters, words), chapters, _MADE)
    by_file = {parsed.chapter.file: parsed for parsed in bodies}
    media = Media(manuscript)
    illustrations = Illustrations(words, names, media)
    pieces = tuple(_illustrated(piece, illustrations) for piece in pieces)
    for file, parsed in by_file.items():
        notes = {
            key: illustrations.number(body, names.files[file], parsed)
            for key, body in parsed.notes.items()
        }
        by_file[file] = replace(parsed, notes=notes)
    references = References(
        words, names, {**_labels(pieces), **illustrations.labels}, _titles(pieces)
    )
    pieces = tuple(_resolved(piece, references) for piece in pieces)
    for file, parsed in by_file.items():
        notes = {key: references.resolve(body, parsed) for key, body in parsed.notes.items()}
        by_file[file] = replace(parsed, notes=notes)
    problems += [*media.problems, *references.problems]
    if any(found.severity is Severity.ERROR for found in problems):
        raise BookError(dict.fromkeys(problems))
    endnotes = Endnotes(metadata.endnotes, names)
    sections = [_section(piece, endnotes, by_file, manuscript) for piece in pieces]
    book = Book(
        metadata=metadata,
        sections=tuple(sections),
        endnotes=tuple(endnotes.numbered),
        figures=tuple(illustrations.figures),
        tables=tuple(illustrations.tables),
        media=media.collected,
        problems=tuple(dict.fromkeys(problems)),
    )
    return replace(book, sections=_with_made_matter(book, words))


def _labels(pieces: Sequence[Piece]) -> dict[str, tuple[str, str]]:
    return {piece.stem: (piece.label, piece.label) for piece in pieces if piece.label}


def _titles(pieces: Sequence[Piece]) -> dict[str, Inlines]:
    """Titles of sections and headings, without callouts, as cross-references say them."""
    titles = {piece.stem: piece.title for piece in pieces}
    for piece in pieces:
        for node in walk(piece.blocks):
            if node["t"] == "Header":
                titles[node["c"][1][0]] = node["c"][2]
    return {name: transform(title, _without_call) for name, title in titles.items()}


def _without_call(node: dict[str, Any]) -> list[Any] | None:
    return [] if call_key(node) is not None else None


def _illustrated(piece: Piece, illustrations: Illustrations) -> Piece:
    if piece.source is None:
        return piece
    blocks = illustrations.number(piece.blocks, piece.stem, piece.source)
    return replace(piece, blocks=blocks)


def _resolved(piece: Piece, references: References) -> Piece:
    if piece.source is None:
        return piece
    return replace(
        piece,
        title=references.resolve(piece.title, piece.source),
        blocks=references.resolve(piece.blocks, piece.source),
    )


def _section(
    piece: Piece,
    endnotes: Endnotes,
    by_file: dict[str, ParsedChapter],
    manuscript: Manuscript,
) -> Section:
    title, blocks = piece.title, piece.blocks
    if piece.source:
        notes = by_file[piece.source.chapter.file].notes
        title, blocks = endnotes.number((title, blocks), piece.stem, notes)
    headings = tuple(
        Heading(node["c"][1][0], node["c"][0], node["c"][2], plain_text(node["c"][2]).strip())
        for node in walk(blocks)
        if node["t"] == "Header"
    )
    file = manuscript.place(piece.source.chapter) if piece.source else None
    text = plain_text(title).strip()
    return Section(
        piece.stem, piece.role, title, text, piece.label, piece.depth, blocks, headings, file
    )


def _with_made_matter(book: Book, words: Words) -> tuple[Section, ...]:
    """The sections with those that every book has, each in its place."""
    sections = list(book.sections)
    have = {section.role for section in sections}
    length = _length(book, words)

    def made(role: str, word: str = "", blocks: Blocks | None = None) -> list[Section]:
        if role in have:
            return []
        title = words.say(word) if word else ""
        return [Section(role, role, text_inlines(title), title, "", 0, blocks or [])]

    opening = [
        *made("halftitle"),
        *made("titlepage"),
        *made("copyright", blocks=copyright_page(book.metadata, words, length)),
    ]
    lists = made("contents", "contents")
    if len(book.figures) >= _FEWEST_LISTED:
        lists += made("figures", "list-of-figures")
    if len(book.tables) >= _FEWEST_LISTED:
        lists += made("tables", "list-of-tables")
    notes = []
    if book.endnotes and book.metadata.endnotes.place == "book":
        notes = made("endnotes", "notes")
    at_lists = _place_of_lists(sections, words)
    at_notes = _place_of_notes(sections, words)
    closing = made("colophon", "colophon", colophon(words, length, len(book.endnotes)))
    return (
        *opening,
        *sections[:at_lists],
        *lists,
        *sections[at_lists:at_notes],
        *notes,
        *sections[at_notes:],
        *closing,
    )


def _place_of_lists(sections: Sequence[Section], words: Words) -> int:
    """Where the contents go: in Chinese behind the prefaces (GB/T 12450), else before them."""
    behind_prefaces = words.tag.startswith("zh")
    for number, section in enumerate(sections):
        if ROLES[section.role].matter != "front":
            return number
        if not behind_prefaces and section.role not in _FIRST:
            return number
    return len(sections)


def _place_of_notes(sections: Sequence[Section], words: Words) -> int:
    """Where the notes go: behind the last chapter, before books and words that are listed.

    In Chinese, the afterword follows them.
    """
    later = _AFTER_NOTES | ({"afterword"} if words.tag.startswith("zh") else set())
    place = len(sections)
    while place and ROLES[sections[place - 1].role].matter == "back":
        place -= 1
    while place < len(sections) and sections[place].role not in later:
        place += 1
    return place


def _length(book: Book, words: Words) -> int:
    """How long the text is, notes with it."""
    trees = [(section.title, section.blocks) for section in book.sections]
    bodies = [note.blocks for note in book.endnotes]
    pieces = [part for tree in trees for part in tree]
    return sum(
        count_text("\n".join(plain_text(block) for block in piece), words)
        for piece in (*pieces, *bodies)
    )
