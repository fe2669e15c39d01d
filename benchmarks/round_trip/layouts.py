"""Pages as one messy text: wrapped lines, a line a paragraph, glued pages, or a site's page."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.round_trip.characters import spaced, unmarked
from benchmarks.round_trip.document import Kind
from benchmarks.round_trip.furniture import Around, Furnished, front_matter, furnish, shell
from benchmarks.round_trip.recipe import Recipe, chance
from benchmarks.round_trip.setting import Line, Setting, wrap

__all__ = ["Messy", "Piece", "bare_pieces", "messy_of", "pieces_of", "text_of"]

_HEADING_NUMBER = re.compile(
    r"^(第\S{1,4}[章编部卷篇回]|(?:chapter|part)\s+\w+)\s+(?=\S)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text on a page: all of a block that stands there, a note, a line of furniture.

    Attributes:
        kind: title, contents, shell, head, foot, body, heading, note, notes-title, page.
        lines: as printed.
        whole: the lines joined, as on the page.
        first: whether it begins its block or note.
        last: whether it ends it.
        block: the place of its block in the document; -1 for all else.
        verse: whether its lines are verse or a quotation, which stand in from the margin.
        level: of a heading.
    """

    kind: str
    lines: tuple[str, ...]
    whole: str
    first: bool = True
    last: bool = True
    block: int = -1
    verse: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class Messy:
    """A messy source.

    Attributes:
        content: the file.
        furniture: the strings in it that aren't the author's: heads, folios, contents, shell.
        neutral: strings that a cleaner may keep or put into the metadata: the title page.
        lost: notes whose callout has no mark.
        open_boundaries: blocks whose beginning nothing shows, so that nobody asks for it.
    """

    content: bytes
    furniture: tuple[str, ...]
    neutral: tuple[str, ...]
    lost: frozenset[int]
    open_boundaries: frozenset[int]

    def with_furniture(self, furniture: tuple[str, ...]) -> Messy:
        """The same with other furniture."""
        return replace(self, furniture=furniture)


def pieces_of(setting: Setting, recipe: Recipe, title: str) -> tuple[tuple[Piece, ...], ...]:
    """What stands on each page, from top to bottom; before and behind them what is around."""
    pages = furnish(setting, recipe, title)
    around = shell(recipe, title) if recipe.layout == "web" else Around()
    made: list[tuple[Piece, ...]] = []
    opening = [Piece("shell", (line,), line) for line in around.before]
    if not opening:
        opening.append(Piece("title", (title,), title))
    opening += [Piece("contents", (line,), line) for line in front_matter(pages, setting, recipe)]
    made.append(tuple(opening))
    made += (tuple(_page_pieces(page, setting, recipe)) for page in pages)
    made.append(tuple(Piece("shell", (line,), line) for line in around.behind))
    return tuple(page for page in made if page)


def _page_pieces(furnished: Furnished, setting: Setting, recipe: Recipe) -> Iterator[Piece]:
    for words in furnished.above:
        yield Piece("head", (words,), words)
    group: list[Line] = []
    for line in furnished.page.lines:
        group.append(line)
        if line.last:
            yield _body_piece(group, setting, recipe)
            group = []
    if group:
        yield _body_piece(group, setting, recipe)
    for mark, body in furnished.page.notes:
        lines = [
            text
            for text, _, _ in wrap(
                mark + body, recipe.width, recipe.language == "zh", 0, random.Random(0)
            )
        ]
        yield Piece("note", tuple(lines), mark + body, first=bool(mark))
    for words in furnished.below:
        yield Piece("foot", (words,), words)


def _body_piece(lines: Sequence[Line], setting: Setting, recipe: Recipe) -> Piece:
    dice = chance(recipe.seed, "spaced", recipe.strength, lines[0].text)
    rate = recipe.rates.spaced_han if recipe.language == "zh" else 0
    shown: list[str] = []
    whole = ""
    joined_rate = rate if recipe.layout != "wrapped" else 0
    in_whole = dice.random() < joined_rate
    for number, line in enumerate(lines):
        text = (
            spaced(line.text)
            if (not joined_rate and dice.random() < rate) or in_whole
            else line.text
        )
        shown.append(text)
        end = number == len(lines) - 1
        bare = text[:-1] if line.hyphenated and not end else text
        whole += bare + ("" if end else line.joint)
    first, last = lines[0].first, lines[-1].last
    if lines[0].kind != "body":
        return Piece(lines[0].kind, tuple(shown), whole, first, last)
    block = setting.blocks[lines[0].block].block
    kind = "heading" if block.kind is Kind.HEADING else "body"
    if kind == "heading":
        shown = _heading_lines(shown, whole, recipe, dice)
        whole = "\n".join(shown)
    stands_in = block.kind in {Kind.VERSE, Kind.QUOTE}
    return Piece(kind, tuple(shown), whole, first, last, lines[0].block, stands_in, block.level)


def _heading_lines(
    lines: Sequence[str], whole: str, recipe: Recipe, dice: random.Random
) -> list[str]:
    """A heading in its lines as printed; or its number on one and its words on the next."""
    if recipe.layout == "glued":
        return [whole]
    shown = list(lines) if recipe.layout == "wrapped" else [whole]
    if dice.random() < recipe.rates.heading_split:
        shown[:1] = _HEADING_NUMBER.sub(r"\1\n", shown[0]).split("\n")
    return shown


def bare_pieces(pages: Sequence[Sequence[Piece]]) -> tuple[tuple[Piece, ...], ...]:
    """Pieces with their notes' marks as plain characters."""
    return tuple(
        tuple(
            replace(one, lines=tuple(map(unmarked, one.lines)), whole=unmarked(one.whole))
            for one in page
        )
        for page in pages
    )


def text_of(pages: Sequence[Sequence[Piece]], recipe: Recipe) -> str:
    """The pages as one messy text."""
    writer = {"wrapped": _wrapped, "lines": _in_lines, "glued": _glued, "web": _in_lines}
    told = [writer[recipe.layout](page, recipe) for page in pages]
    opening = told.pop(0) + "\n\n" if pages[0][0].kind in {"title", "shell"} else ""
    return _as_file(opening + recipe.page_break.join(told), recipe)


def messy_of(
    content: bytes,
    pages: Sequence[Sequence[Piece]],
    setting: Setting,
    recipe: Recipe,
    title: str,
) -> Messy:
    """A file with what the scores must know of it."""
    return Messy(
        content=content,
        furniture=_furniture(piece for page in pages for piece in page),
        neutral=(title,),
        lost=setting.lost,
        open_boundaries=_glued_blocks(pages) if recipe.layout == "glued" else frozenset(),
    )


def _furniture(pieces: Iterable[Piece]) -> tuple[str, ...]:
    """What isn't the author's, each string once."""
    unwanted = {"head", "foot", "contents", "shell", "notes-title"}
    return tuple(dict.fromkeys(one.whole for one in pieces if one.kind in unwanted))


def _as_file(text: str, recipe: Recipe) -> str:
    """The text with the defects of a file: blanks at line ends, the file's own line ends."""
    dice = chance(recipe.seed, "file", recipe.strength)
    lines = [
        line + " " * dice.choice((1, 2)) if line and dice.random() < recipe.rates.trailing else line
        for line in text.split("\n")
    ]
    return recipe.line_end.join(lines) + recipe.line_end


def _wrapped(page: Sequence[Piece], recipe: Recipe) -> str:
    """A page as its printed lines."""
    lines: list[str] = []
    for number, piece in enumerate(page):
        before = page[number - 1].kind if number else ""
        if before and _parted(before, piece, recipe) and lines[-1]:
            lines.append("")
        stand = ("\u3000" * 4 if recipe.language == "zh" else " " * 8) if piece.verse else ""
        start = recipe.indent if piece.first and piece.kind == "body" and not piece.verse else ""
        for place, line in enumerate(piece.lines):
            lines.append((start if place == 0 else "") + stand + line)
        if piece.kind == "heading":
            lines.append("")
    return "\n".join(lines)


def _parted(before: str, piece: Piece, recipe: Recipe) -> bool:
    """Whether a blank line stands before a piece on a page."""
    if piece.kind in {"heading", "notes-title"} or before in {"head", "title", "notes-title"}:
        return True
    if piece.kind == "foot":
        return before != "foot"
    if piece.kind != before:
        return True
    return recipe.gap and piece.kind == "body" and piece.first


def _in_lines(page: Sequence[Piece], recipe: Recipe) -> str:
    """A page with each piece on a line of its own."""
    apart = "\n\n" if recipe.gap else "\n"
    made: list[str] = []
    for piece in page:
        start = recipe.indent if piece.first and piece.kind == "body" else ""
        made.append(start + piece.whole)
    return apart.join(made)


def _glued(page: Sequence[Piece], recipe: Recipe) -> str:
    """A page in one run, as it comes out of a reader of PDFs that knows no lines."""
    if page[0].kind in {"title", "contents", "shell"}:
        return "\n".join(piece.whole for piece in page)
    after = "" if recipe.strength == "heavy" else "\u3000"
    return "".join(piece.whole + (after if piece.kind == "heading" else "") for piece in page)


def _glued_blocks(pages: Sequence[Sequence[Piece]]) -> frozenset[int]:
    """Blocks that begin in the middle of a run, with no heading before: nothing shows it."""
    found: set[int] = set()
    before: Piece | None = None
    for page in pages:
        for piece in page:
            if piece.kind in {"body", "heading"}:
                if (
                    piece.kind == "body"
                    and piece.first
                    and (before is None or before.kind == "body")
                ):
                    found.add(piece.block)
                before = piece
    return frozenset(found)
