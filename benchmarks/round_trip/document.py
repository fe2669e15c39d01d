"""What a manuscript says, free of its form: headings, paragraphs, notes and their callouts.

Truth and result go through the same reader, so that neither is favoured: pandoc's tree of a
manuscript folder, of the files that quire made, or of the Markdown that another tool wrote.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from quire.manuscript import DIALECT, read_chapter, read_manuscript
from quire.manuscript.model import Chapter
from quire.manuscript.reading import PART_FILE
from quire.manuscript.roles import ROLES
from quire.pandoc import Blocks, plain_text, read_blocks

__all__ = ["Block", "Callout", "Document", "Kind", "is_han", "read_files", "read_folder"]

_STYLES = frozenset(
    {"Emph", "SmallCaps", "Strikeout", "Strong", "Subscript", "Superscript", "Underline"}
)
_UNPRINTED = {"description", "long-description"}
_FILE_MARK = "QUIRE-FILE-"
_LABELLED = re.compile(r"\{#((fig|tbl)[-:][\w-]+)")
_REFERENCE = re.compile(r"\[?@((?:fig|tbl)[-:][\w-]+)\]?")
_NOTE = re.compile(r"\[\^")
_BREAK = re.compile(r"[*＊⁂※—–\-_·•◆◇○●☆★~～\s]+")
_BULLET = re.compile(r"^[•·▪‣◦●○■□–—*-]\s+")
_LABEL = re.compile(
    r"^(?:图|表|Fig(?:ure)?\.?|Plate|Table)\s*[0-9一二三四五六七八九十]+(?:[-.–][0-9]+)?[\s:：.．、—-]*",
    re.IGNORECASE,
)
_NUMBERED_TITLE = re.compile(
    r"^(第[0-9〇零一二三四五六七八九十百]{1,6}[章编部卷篇节回]分?"
    r"|(?:chapter|part|book|section|appendix)\s+[0-9a-z]+|附录[一二三四五六七八九十A-Z]?)"
    r"(?:\s*[:：.．—–-]\s*|\s+)",
    re.IGNORECASE,
)
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    VERSE = "verse"
    ITEM = "item"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Callout:
    """A note's place and its words.

    Attributes:
        offset: the place in its block's text, in characters.
        body: the note's words as one line.
    """

    offset: int
    body: str


@dataclass(frozen=True, slots=True)
class Block:
    """One block of text.

    Attributes:
        kind: what it is; a line of verse and an item of a list are blocks of their own.
        text: its words without notes and without emphasis.
        level: of a heading, from 1; a chapter inside a part has 2. Else 0.
        callouts: its notes, in order of place.
        matter: front, body or back.
        opens: whether it is the first block of a chapter's file.
    """

    kind: Kind
    text: str
    level: int = 0
    callouts: tuple[Callout, ...] = ()
    matter: str = "body"
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """All blocks in reading order. `language` is zh or en."""

    blocks: tuple[Block, ...]
    language: str

    @property
    def notes(self) -> int:
        """How many callouts there are."""
        return sum(len(block.callouts) for block in self.blocks)


def is_han(character: str) -> bool:
    """Whether a character is a Chinese ideograph."""
    return bool(_HAN.match(character))


def read_folder(folder: Path) -> Document:
    """The document of a folder of Markdown chapters.

    Raises:
        quire.problems.BookError: there is no manuscript, or it can't be read.
    """
    return _document(read_manuscript(folder, folder).chapters)


def read_files(files: Iterable[tuple[str, str]]) -> Document:
    """The document of files given as (path, content), in reading order."""
    return _document([read_chapter(content, path) for path, content in files])


def _document(chapters: Sequence[Chapter]) -> Document:
    blocks: list[Block] = []
    for chapter, tree in zip(chapters, _trees(chapters), strict=True):
        below = 1 if chapter.part and Path(chapter.file).stem != PART_FILE else 0
        role = ROLES.get(chapter.role)
        matter = role.matter if role else "body"
        found = [replace(one, matter=matter) for one in _blocks(tree, Kind.PARAGRAPH)]
        titled = role is None or role.in_contents
        if "title" in chapter.head and titled and not any(one.level == 1 for one in found):
            found.insert(0, Block(Kind.HEADING, chapter.title, 1, matter=matter))
        if found:
            found[0] = replace(found[0], opens=True)
        blocks += (replace(one, level=one.level + below) if one.level else one for one in found)
    han = sum(len(_HAN.findall(block.text)) for block in blocks)
    letters = sum(len(block.text) for block in blocks)
    return Document(tuple(blocks), "zh" if han * 5 > letters else "en")


def _trees(chapters: Sequence[Chapter]) -> list[Blocks]:
    """pandoc's blocks of every chapter, by one run of pandoc when that tells them apart."""
    labels = _labels(chapters)
    bodies = [_REFERENCE.sub(lambda found: labels[found[1]], one.body) for one in chapters]
    pieces = [
        f"{_NOTE.sub(f'[^f{number}-', body)}\n\n{_FILE_MARK}{number}\n\n"
        for number, body in enumerate(bodies)
    ]
    trees: list[Blocks] = [[]]
    for block in read_blocks("".join(pieces), DIALECT):
        if plain_text(block).startswith(_FILE_MARK) and block["t"] == "Para":
            trees.append([])
        else:
            trees[-1].append(block)
    if len(trees) == len(chapters) + 1:
        return trees[:-1]
    return [read_blocks(body, DIALECT) for body in bodies]


def _labels(chapters: Sequence[Chapter]) -> defaultdict[str, str]:
    """What a reference to a figure or table says in print, by its key."""
    labels: defaultdict[str, str] = defaultdict(str)
    counts = Counter[str]()
    for chapter in chapters:
        words = ("图", "表") if _HAN.search(chapter.body) else ("Figure ", "Table ")
        for found in _LABELLED.finditer(chapter.body):
            counts[found[2]] += 1
            labels[found[1]] = f"{words[found[2] == 'tbl']}{counts[found[2]]}"
    return labels


def _blocks(tree: Blocks, kind: Kind) -> Iterator[Block]:
    """The blocks of a tree; `kind` is what its paragraphs are."""
    for block in tree:
        reading = _READINGS.get(block["t"])
        if reading:
            yield from reading(block.get("c"), kind)


def _paragraph(content: Any, kind: Kind) -> Iterator[Block]:
    return _lines(content, kind)


def _definitions(content: Any, kind: Kind) -> Iterator[Block]:
    """A list of terms and meanings as items."""
    del kind
    for term, meanings in content:
        yield from _lines(term, Kind.ITEM)
        for meaning in meanings:
            yield from _blocks(meaning, Kind.ITEM)


def _ordered(content: Any, kind: Kind) -> Iterator[Block]:
    """Items of an ordered list, each with the number that a reader sees."""
    del kind
    (start, _, delimiter), items = content
    closing = {"OneParen": ")", "TwoParens": ")"}.get(delimiter["t"], ".")
    for number, item in enumerate(items, start):
        mark = f"{'(' if delimiter['t'] == 'TwoParens' else ''}{number}{closing} "
        for place, block in enumerate(_blocks(item, Kind.ITEM)):
            if place:
                yield block
                continue
            moved = tuple(Callout(one.offset + len(mark), one.body) for one in block.callouts)
            yield replace(block, text=mark + block.text, callouts=moved)


def _rows(content: Any, kind: Kind) -> Iterator[Block]:
    """Each row of a table as a line."""
    del kind
    _, _, _, head, bodies, foot = content
    rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
    for row in rows:
        text = " ".join(plain_text(cell[4]) for cell in row[1]).strip()
        if text:
            yield Block(Kind.VERSE, text)


# How each of pandoc's blocks is read, by its name.
_READINGS: dict[str, Callable[[Any, Kind], Iterator[Block]]] = {
    "Header": lambda content, _: _lines(content[2], Kind.HEADING, content[0], heading=True),
    "Para": _paragraph,
    "Plain": _paragraph,
    "BlockQuote": lambda content, _: _blocks(content, Kind.QUOTE),
    "LineBlock": lambda content, _: (one for line in content for one in _lines(line, Kind.VERSE)),
    "BulletList": lambda content, _: (one for item in content for one in _blocks(item, Kind.ITEM)),
    "OrderedList": _ordered,
    "DefinitionList": _definitions,
    "Figure": lambda content, _: _blocks(content[1][1], Kind.CAPTION),
    # A figure's description is read aloud, not printed.
    "Div": lambda content, kind: (
        iter(()) if _UNPRINTED & {*content[0][1]} else _blocks(content[1], kind)
    ),
    "CodeBlock": lambda content, _: (
        Block(Kind.VERSE, line.strip()) for line in content[1].split("\n") if line.strip()
    ),
    "Table": _rows,
}


def _lines(inlines: Any, kind: Kind, level: int = 0, heading: bool = False) -> Iterator[Block]:
    """A paragraph's inlines as a block, or as one a line where lines are broken by hand."""
    pieces: list[str] = []
    callouts: list[Callout] = []
    verse = False

    def made() -> Iterator[Block]:
        text = "".join(pieces)
        start = len(text) - len(text.lstrip())
        text = text.strip()
        found = tuple(
            Callout(min(max(one.offset - start, 0), len(text)), one.body) for one in callouts
        )
        pieces.clear()
        callouts.clear()
        tidied = _tidied(text, kind)
        if len(tidied) != len(text):
            shift = len(text) - len(tidied)
            found = tuple(Callout(max(0, one.offset - shift), one.body) for one in found)
        if tidied and not _BREAK.fullmatch(tidied):
            yield Block(
                Kind.VERSE if verse and kind is Kind.PARAGRAPH else kind, tidied, level, found
            )

    for piece in _runs(inlines):
        if isinstance(piece, Callout):
            callouts.append(Callout(sum(map(len, pieces)), piece.body))
        elif piece == "\n" and not heading:
            verse = True
            yield from made()
        else:
            pieces.append(piece if piece != "\n" else " ")
    yield from made()


def _tidied(text: str, kind: Kind) -> str:
    """A block's words without what only its form adds: bullets, labels, a title's colon."""
    if kind is Kind.CAPTION or (_LABEL.match(text) and len(text) < 60):
        return _LABEL.sub("", text, count=1) or text
    if kind is Kind.HEADING:
        return _NUMBERED_TITLE.sub(r"\1 ", text, count=1)
    return _BULLET.sub("", text, count=1)


def _runs(inlines: Any) -> Iterator[str | Callout]:
    """Words, line ends and notes (their offset still 0) of inlines, in order."""
    for inline in inlines:
        name, content = inline["t"], inline.get("c")
        if name == "Note":
            body = " ".join(
                filter(None, (block.text for block in _blocks(content, Kind.PARAGRAPH)))
            )
            yield Callout(0, body)
        elif name == "LineBreak":
            yield "\n"
        elif name == "Quoted":
            opening, closing = ("“", "”") if content[0]["t"] == "DoubleQuote" else ("‘", "’")
            yield opening
            yield from _runs(content[1])
            yield closing
        elif name in _STYLES:
            yield from _runs(content)
        elif name in {"Span", "Link", "Cite"}:
            yield from _runs(content[1])
        elif name != "Image":
            yield plain_text(inline)
