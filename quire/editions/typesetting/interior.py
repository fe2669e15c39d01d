"""A Book as one Typst source: sections in order, each opened by a function of the template."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final

from quire.assembly.model import Book, Endnote, Illustration, Section
from quire.editions.typesetting.lowering import Lowering, wrapped, wrapped_blocks
from quire.editions.typesetting.title_lines import title_lines
from quire.language import Words, is_cjk, words_of
from quire.manuscript.roles import ROLES
from quire.pandoc import (
    Block,
    Blocks,
    Inline,
    Inlines,
    para,
    raw_block,
    raw_inline,
    text_inlines,
    transform,
    write_blocks,
)
from quire.toolchain.quoting import Code, call, markup

__all__ = ["Interior", "interior"]

_UNENDED: Final = frozenset({"part", "colophon", "bibliography", "glossary", "index", "endnotes"})
"""Roles of sections of which no page is too short: lists may end where they end."""
_HERE: Final = "\ufdd0"  # a noncharacter: no text has it
_BLOCKS_A_RUN: Final = 500
"""A run of pandoc takes longer to begin than much fewer blocks take to write."""
# The width that a running head may have, in em.
_HEAD_WIDTH: Final = 24.0
# Characters up to here are about half as wide as those of Chinese and Japanese beyond.
_LAST_NARROW: Final = 0x2E7F


@dataclass(frozen=True)
class Interior:
    """A book's source for Typst.

    Attributes:
        front: the matter before the text, as Typst markup for the template's functions.
        stretches: the text and what follows it, cut where a right-hand page begins.
        openings: identifiers of the sections that open with a heading.
        parts: those of them that are parts.
        marks: names of the paragraphs whose pages can be asked for.
    """

    front: str
    stretches: tuple[str, ...]
    openings: tuple[str, ...]
    parts: tuple[str, ...]
    marks: tuple[str, ...]

    @property
    def markup(self) -> str:
        """All of it."""
        return self.front + "".join(self.stretches)


def interior(book: Book, lowering: Lowering) -> Interior:
    """Put the whole book into Typst markup. Runs of pandoc side by side do its blocks."""
    writer = _Writer(book, lowering, words_of(book.metadata.lang, book.metadata.words))
    pieces = _pieces(writer.all())
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        front, *stretches = "\n".join(pool.map(_written, pieces)).split(f"// {_HERE}\n")
    parts = tuple(section.identifier for section in book.sections if section.role == "part")
    return Interior(front, tuple(stretches), tuple(writer.openings), parts, tuple(lowering.marks))


def _written(blocks: Blocks) -> str:
    """Blocks in Typst. Words are put in here: pandoc takes nine tenths of its time for them."""
    return write_blocks(transform(blocks, _word), "typst")


def _word(node: dict[str, Any]) -> Inline | None:
    return raw_inline("typst", markup(node["c"])) if node["t"] == "Str" else None


def _pieces(blocks: Blocks) -> list[Blocks]:
    """Blocks in stretches that are worth a run of pandoc each; the same on every machine."""
    return [blocks[at : at + _BLOCKS_A_RUN] for at in range(0, len(blocks), _BLOCKS_A_RUN)] or [[]]


@dataclass
class _Writer:
    book: Book
    lowering: Lowering
    words: Words
    openings: list[str] = field(default_factory=list)
    within: Section | None = None

    @property
    def at_foot(self) -> bool:
        """Whether notes stand at the foot of the page: in print, if metadata.yaml wants it."""
        return not self.lowering.screen and self.book.metadata.print.notes == "footnotes"

    def all(self) -> Blocks:
        """Every block, with marks where the text begins and where it goes on to a recto."""
        blocks: Blocks = []
        if self.lowering.screen:
            blocks.append(raw_block("typst", "#cover-page()\n#counter(page).update(1)"))
        in_front = True
        contents = None
        for section in self._sections():
            if self.at_foot and section.role == "endnotes":
                continue
            role = ROLES.get(section.role)
            begins = in_front and (role is None or role.matter != "front")
            in_front = in_front and not begins
            if begins or (not in_front and role and role.recto):
                blocks.append(raw_block("typst", f"// {_HERE}"))
            if self.at_foot:
                blocks += self._notes_at_foot(section)
            told = not in_front and not self.lowering.screen and section.role not in _UNENDED
            if told:
                setting = call("set page", Code(f'..pages-of("{section.identifier}")'))
                blocks.append(raw_block("typst", setting))
            blocks += _SETTERS.get(section.role, _Writer.chapter)(self, section)
            if told:
                blocks.append(raw_block("typst", call("end-of", section.identifier)))
            if section.role == "contents":
                contents = len(blocks)
        if contents is not None and not self.lowering.screen:
            blocks[contents:contents] = self._lines_of_contents()
        return blocks

    def _lines_of_contents(self) -> Iterator[Block]:
        for identifier, label, title in self.lowering.listed:
            yield _titled(call("contents-entry", identifier, label)[:-1], title)

    def _sections(self) -> Iterator[Section]:
        """The book's sections, with one for notes or descriptions that have none."""
        added: list[Section] = []
        at_back = self.book.metadata.endnotes.place == "book"
        roles = {section.role for section in self.book.sections}
        if at_back and self.book.endnotes and "endnotes" not in roles:
            added.append(self._generated("endnotes", "notes", "quire-endnotes"))
        if self.lowering.screen:
            added.append(self._generated("descriptions", "long-description", "quire-descriptions"))
        for section in self.book.sections:
            if section.role == "colophon":
                yield from added
                added = []
            yield section
        yield from added

    def _generated(self, role: str, word: str, identifier: str) -> Section:
        title = self.words.say(word)
        return Section(identifier, role, text_inlines(title), title, "", 0, [])

    # Sections, by role

    def half_title(self, section: Section) -> Blocks:
        return [raw_block("typst", call("half-title", section.identifier))]

    def title_page(self, section: Section) -> Blocks:
        return [raw_block("typst", call("title-page", section.identifier))]

    def copyright(self, section: Section) -> Blocks:
        return self._page(section, "#copyright-page")

    def dedication(self, section: Section) -> Blocks:
        return self._page(section, "#dedication")

    def epigraph(self, section: Section) -> Blocks:
        return self._page(section, "#epigraph-page")

    def _page(self, section: Section, opening: str) -> Blocks:
        anchor = raw_block("typst", self.lowering.label(section.identifier))
        return wrapped_blocks(opening, [anchor, *self._text(section)])

    def contents(self, section: Section) -> Blocks:
        opening = self._opening(section, listed=False)
        # On paper its lines are put here when all that they list is known.
        return [opening, raw_block("typst", "#contents()")] if self.lowering.screen else [opening]

    def figures(self, section: Section) -> Blocks:
        return [self._opening(section, listed=False), *self._illustrations(self.book.figures)]

    def tables(self, section: Section) -> Blocks:
        return [self._opening(section, listed=False), *self._illustrations(self.book.tables)]

    def _illustrations(self, entries: tuple[Illustration, ...]) -> Iterator[Block]:
        for entry in entries:
            opening = call("illustration", entry.identifier, entry.label)
            yield wrapped(opening, self.lowering.plain(entry.caption))

    def part(self, section: Section) -> Blocks:
        self.within = section
        plain = self._open(section)
        title = self.lowering.inlines(section.title)
        named = self._named(section)
        text = self._text(section)
        head: Inlines = [
            raw_inline("typst", f"{call('part', section.identifier, **named)[:-1]}, plain: ["),
            *plain,
            raw_inline("typst", "]"),
        ]
        if not text:
            return [{"t": "Plain", "c": [*head, raw_inline("typst", ")["), *title, _END]}]
        return [
            {"t": "Plain", "c": [*head, raw_inline("typst", ", opening: [")]},
            *text,
            {"t": "Plain", "c": [raw_inline("typst", "])["), *title, _END]},
        ]

    def chapter(self, section: Section) -> Blocks:
        listed = section.role not in ROLES or ROLES[section.role].in_contents
        return [self._opening(section, listed=listed), *self._text(section)]

    def bibliography(self, section: Section) -> Blocks:
        blocks = self.lowering.blocks(_entries(section.blocks), section.depth, listed=False)
        body = wrapped_blocks("#bibliography", blocks)
        return [self._opening(section, listed=True), *body]

    def colophon(self, section: Section) -> Blocks:
        plain = self._open(section)
        title: Inlines = [
            raw_inline("typst", f"{call('colophon', section.identifier, 1)[:-1]}, ["),
            *plain,
            raw_inline("typst", "])["),
        ]
        return [{"t": "Plain", "c": title}, *self._text(section), raw_block("typst", "]")]

    def endnotes(self, section: Section) -> Iterator[Block]:
        yield self._opening(section, listed=True, kind="notes")
        if self.book.metadata.endnotes.place == "chapter":
            yield from self._text(section)
            return
        known = {item.identifier for item in self.book.sections}
        strays = tuple(note for note in self.book.endnotes if note.section not in known)
        for called in self.book.sections:
            notes = self.book.endnotes_of(called.identifier)
            if notes:
                identifier = f"quire-notes-{called.identifier}"
                title = self.lowering.plain(called.title)
                if called.label:
                    before, after = self.words.say("label-title").split("{title}")
                    name = before.replace("{label}", called.label)
                    title = [{"t": "Str", "c": name}, *title, {"t": "Str", "c": after}]
                opening = call("notes-of", identifier, section.depth + 2)[:-1]
                yield _titled(opening, title)
                yield from self._notes(notes)
        if strays:
            yield from self._notes(strays)

    def descriptions(self, section: Section) -> Iterator[Block]:
        if not self.lowering.descriptions:
            return
        yield self._opening(section, listed=True)
        for identifier, blocks in self.lowering.descriptions.items():
            figure, label = self.lowering.described_by.get(identifier, ("", ""))
            yield raw_block("typst", call("description-of", identifier, figure, label))
            yield from blocks

    # Pieces of sections

    def _opening(self, section: Section, *, listed: bool, kind: str = "text") -> Block:
        """The heading of a chapter, or of any matter that opens like one."""
        if not section.title and not section.label:
            return raw_block("typst", "#next-page" + self.lowering.label(section.identifier))
        plain = self._open(section, listed=listed)
        role = ROLES.get(section.role)
        if section.depth == 0:
            self.within = None
        named = self._named(section) | {
            "listed": listed,
            "recto": role.recto if role else False,
            "kind": kind,
        }
        opening = call("chapter", section.identifier, **named)
        return {
            "t": "Plain",
            "c": [
                raw_inline("typst", f"{opening[:-1]}, plain: ["),
                *plain,
                raw_inline("typst", "])["),
                *self.lowering.inlines(section.title),
                _END,
            ],
        }

    def _open(self, section: Section, *, listed: bool = True) -> Inlines:
        """Record a section that opens with a heading; its plain title."""
        self.openings.append(section.identifier)
        title = self.lowering.plain(section.title)
        if listed:
            self.lowering.put_in_contents(section.identifier, section.label, title)
        return title

    def _named(self, section: Section) -> dict[str, object]:
        """The named arguments of an opening: level, label, and what the running heads say."""
        verso = self.within if self.within is not None and section.depth else None
        named = self._head(verso) if verso else _headline(self.book.metadata.title)
        # Only words without emphasis or callouts can be cut into lines as plain text.
        plain = all(node["t"] in {"Str", "Space"} for node in section.title)
        return {
            "level": section.depth + 1,
            "label": section.label,
            "head": (named, self._head(section)),
            "turned": title_lines(section.text) if plain else (),
        }

    def _head(self, section: Section) -> str:
        """What a running head says of a section: its label, and as much title as there is room."""
        if not section.label:
            return _headline(section.text)
        label = self.words.say("label-title", label=section.label, title="")
        title = _headline(section.text, max(_HEAD_WIDTH / 2, _HEAD_WIDTH - _width(label)))
        return self.words.say("label-title", label=section.label, title=title)

    def _text(self, section: Section) -> Blocks:
        """A section's blocks, and its notes if they stand at its end."""
        name = section.identifier
        blocks = self.lowering.blocks(section.blocks, section.depth, within=name)
        if not self.at_foot and self.book.metadata.endnotes.place == "chapter":
            notes = self.book.endnotes_of(section.identifier)
            if notes:
                title = self.words.say("notes")
                identifier = f"quire-notes-{section.identifier}"
                opening = call("chapter-notes", identifier, section.depth + 2)[:-1]
                blocks = [*blocks, _titled(opening, text_inlines(title)), *self._notes(notes)]
        return blocks

    def _notes_at_foot(self, section: Section) -> Iterator[Block]:
        """The bodies of a section's notes by name, for its callouts to put at the foot of a page.

        The last comes first: a note that another calls comes after that one, and must be known.
        """
        for note in reversed(self.book.endnotes_of(section.identifier)):
            name = f"quire-note-{len(self.lowering.at_foot) + 1}"
            mark = raw_inline("typst", call("note-mark", note.identifier, note.number, ()))
            blocks = _after(mark, self.lowering.blocks(note.blocks))
            yield from wrapped_blocks(f"#let {name} = ", blocks)
            self.lowering.at_foot[note.identifier] = name

    def _notes(self, notes: tuple[Endnote, ...]) -> Blocks:
        inside: Blocks = []
        for note in notes:
            inside += wrapped_blocks("#note", self._note(note))
        return wrapped_blocks("#notes", inside)

    def _note(self, note: Endnote) -> Blocks:
        """A note's body with its number before the first words and the ways back after the last."""
        blocks = self.lowering.blocks(note.blocks)
        callouts = tuple(name for name in note.callouts if name in self.lowering.known)
        mark = raw_inline("typst", call("note-mark", note.identifier, note.number, callouts))
        end = raw_inline("typst", call("note-end", callouts))
        blocks = _after(mark, blocks)
        if blocks[-1]["t"] in {"Para", "Plain"}:
            return [*blocks[:-1], {**blocks[-1], "c": [*blocks[-1]["c"], end]}]
        return [*blocks, para([end])]


def _after(mark: Inline, blocks: Blocks) -> Blocks:
    """Blocks with a mark before their first words."""
    if not blocks or blocks[0]["t"] not in {"Para", "Plain"}:
        return [para([mark]), *blocks]
    return [{**blocks[0], "c": [mark, *blocks[0]["c"]]}, *blocks[1:]]


_END: Final = raw_inline("typst", "]")

_SETTERS: Final[Mapping[str, Callable[[_Writer, Section], Blocks | Iterator[Block]]]] = {
    "halftitle": _Writer.half_title,
    "titlepage": _Writer.title_page,
    "copyright": _Writer.copyright,
    "dedication": _Writer.dedication,
    "epigraph": _Writer.epigraph,
    "contents": _Writer.contents,
    "figures": _Writer.figures,
    "tables": _Writer.tables,
    "part": _Writer.part,
    "endnotes": _Writer.endnotes,
    "bibliography": _Writer.bibliography,
    "colophon": _Writer.colophon,
    "descriptions": _Writer.descriptions,
}


def _entries(blocks: Blocks) -> Blocks:
    """A bibliography's lists as paragraphs, one an entry: they hang, and have no bullets."""
    result: Blocks = []
    for block in blocks:
        if block["t"] not in {"BulletList", "OrderedList"}:
            result.append(block)
            continue
        items = block["c"] if block["t"] == "BulletList" else block["c"][1]
        for item in items:
            result += [{**one, "t": "Para"} if one["t"] == "Plain" else one for one in item]
    return result


def _titled(opening: str, title: Inlines) -> Block:
    """A call whose last argument is a title in content."""
    return {
        "t": "Plain",
        "c": [raw_inline("typst", f"{opening}, ["), *title, raw_inline("typst", "])")],
    }


def _headline(text: str, most: float = _HEAD_WIDTH) -> str:
    """A title short enough for a running head: cut at its colon or dash, else at a word.

    Args:
        text: the title.
        most: the width that there is, in em.
    """
    if _width(text) <= most:
        return text
    for joint in ("：", "——", ": ", " — ", "。", "，", "; ", ", "):
        first = text.split(joint, maxsplit=1)[0]
        if first != text and len(first) > 1:
            return _headline(first, most)
    widths = itertools.accumulate(_width(sign) for sign in text)
    kept = text[: sum(1 for width in widths if width <= most - 1)]
    if " " in kept and not is_cjk(text[len(kept)]):
        kept = kept.rsplit(maxsplit=1)[0]
    return kept.rstrip() + "…"


def _width(text: str) -> float:
    """The width of a text in em, roughly."""
    return sum(1.0 if ord(sign) > _LAST_NARROW else 0.5 for sign in text)
