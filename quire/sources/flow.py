"""The text of HTML trees, block by block, with what the elements say of it as hints.

Word and EPUB files come here too: pandoc or their own packing gives HTML. Notes stand right after
the block in which they are called first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from quire.sources.composition import BlockText, LineWriter, compose
from quire.sources.markup import Element, inner_text, local_name, one_line
from quire.sources.maths import is_set
from quire.sources.model import Hint, HintKind
from quire.sources.note_links import NoteLinks
from quire.sources.passages import (
    is_description,
    is_epigraph,
    is_verse,
    language_of_code,
    number_of_figure,
)
from quire.sources.tables import is_table_name
from quire.sources.word_parts import TYPE_STYLE

__all__ = ["Flow", "flow_blocks"]

_HEADINGS: Final = {f"h{level}": str(level) for level in range(1, 7)}
_BLOCKS: Final = frozenset({
    *_HEADINGS, "p", "div", "section", "article", "main", "body", "header", "footer", "aside",
    "nav", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "table",
    "caption", "tr", "thead", "tbody", "tfoot", "td", "th", "address", "hr", "center", "details",
    "summary", "fieldset", "legend", "hgroup", "form", "html", "document",
})  # fmt: skip
_INLINE_HINTS: Final = {
    "em": HintKind.EMPHASIS,
    "i": HintKind.EMPHASIS,
    "cite": HintKind.EMPHASIS,
    "dfn": HintKind.EMPHASIS,
    "strong": HintKind.STRONG,
    "b": HintKind.STRONG,
}
_GOES_OUT = re.compile(r"(?:https?|ftp|mailto):", re.IGNORECASE)
_FIGURE = re.compile(r"\d{1,3}", re.ASCII)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Behind a figure or a unit, a raised figure is a power.
_MEASURE = re.compile(r"(?:\d|(?<![A-Za-z])(?:[kcdmµμ]?m|s|x|y|R))$")
_NOTES_HEADING = re.compile(
    r"(?:注\s*释|注\s*解|尾\s*注|脚\s*注|附\s*注|notes?|endnotes|footnotes)\s*[:：]?", re.IGNORECASE
)
_TICKS = re.compile(r"`+")
_MATHS = re.compile(r"\\[\(\[](.*)\\[\)\]]", re.DOTALL)


@dataclass
class Flow:
    """What the writing of a tree needs to know beside the tree.

    Attributes:
        notes: callouts and bodies.
        picture: (document's path, address) → name of the picture on the shelf, or None.
        markdown: tables and the like, already as Markdown.
        page_tops: elements that begin a printed page.
        maths: equations, already as Markdown.
        roles: what trees say they are: their first heading opens it.
    """

    notes: NoteLinks
    picture: Callable[[str, str], str | None]
    markdown: Mapping[Element, str] = field(default_factory=dict)
    page_tops: frozenset[Element] = frozenset()
    maths: Mapping[Element, str] = field(default_factory=dict)
    roles: Mapping[Element, str] = field(default_factory=dict)

    def table_of(self, link: Element) -> str:
        """The name of the table that a link leads to; empty for other links."""
        name = link.get("href", "").rpartition("#")[2]
        is_name = is_table_name(name) and any(one.get("id") == name for one in self.markdown)
        return name if is_name else ""


def flow_blocks(roots: Sequence[tuple[Element, str]], flow: Flow) -> list[BlockText]:
    """All blocks of trees in order, each note after the block that first calls it.

    Args:
        roots: each tree, and the path of the document that it comes from.
        flow: what is known beside the trees.
    """
    written: set[str] = set()
    blocks: list[BlockText] = []
    for root, path in roots:
        # A stack, for a note may call a note.
        waiting = _blocks_of(root, flow, path)[::-1]
        while waiting:
            block = waiting.pop()
            blocks.append(block)
            fresh = [key for key in dict.fromkeys(block.notes) if key not in written]
            written.update(fresh)
            for key in reversed(fresh):
                waiting += _note(key, flow, path)
    return blocks


def _note(key: str, flow: Flow, path: str) -> list[BlockText]:
    """A note's body as one block, however many paragraphs it has."""
    blocks = _blocks_of(flow.notes.bodies[key], flow, path)
    if not blocks:
        return []
    text, hints = compose(blocks)
    # What a note's body is in the page (an item, a quotation) it isn't in the book.
    kept = [one for one in hints if one.kind not in {HintKind.ITEM, HintKind.QUOTE}]
    called = tuple(other for block in blocks for other in block.notes)
    return [BlockText(text, (Hint(0, len(text), HintKind.NOTE, key), *kept), called)]


def _blocks_of(root: Element, flow: Flow, path: str) -> list[BlockText]:
    writing = _Writing(flow, root, path)
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if writing.open(element):
                walk.skip_subtree()
        else:
            writing.close(element)
    writing.end_block()
    return writing.blocks


class _Writing:
    """Blocks as they come while a tree is walked."""

    def __init__(self, flow: Flow, root: Element, path: str) -> None:
        self.blocks: list[BlockText] = []
        self._flow = flow
        self._root = root
        self._path = path
        self._line = LineWriter()
        self._open: list[int] = []  # where each element that is open began, innermost last
        self._skipped: set[Element] = set()
        self._heading = ""
        self._role = flow.roles.get(root, "")  # until its heading has come
        self._quotes = 0
        self._epigraphs = 0
        self._verses = 0
        self._described = ""  # the number of the figure that is being described
        self._lists: list[int | None] = []  # the next number of each list that is open
        self._item = ""  # the mark of an item whose first block hasn't come yet
        self._holds_notes: list[bool] = []  # whether each of them is a list of notes
        self._label = ""  # the number of a note whose first block hasn't come yet
        self._breaks = 0
        self._opens_page = False  # whether a page begins with the next block
        self._type: re.Match[str] | None = None  # what a Word file says of a paragraph's type

    def open(self, element: Element) -> bool:
        """Begin an element. Whether what is in it was dealt with."""
        if element in self._flow.page_tops:
            self.end_block()
            self._opens_page = True
        self._open.append(self._line.place())
        if self._is_dealt_with(element):
            self._skipped.add(element)
            return True
        name = local_name(element)
        if name in _BLOCKS:
            self.end_block()
            self._type = TYPE_STYLE.fullmatch(element.get("data-custom-style", "")) or self._type
            self._open[-1] = 0
            self._open_block(name, element)
        elif name != "br":
            self._breaks = 0
        if name == "q":
            self._line.exactly("“")
        elif name == "rt" and not _has_brackets(element):
            self._line.exactly("（")
        self._text(element.text)
        return False

    def close(self, element: Element) -> None:
        """End an element, and write the text after it."""
        start = self._open.pop()
        name = local_name(element)
        if element in self._skipped:
            self._skipped.discard(element)
        elif name in _BLOCKS:
            self.end_block()
            if element.get("data-custom-style"):
                self._type = None
            self._close_block(name, element)
        elif name in _INLINE_HINTS:
            self._line.hint(start, _INLINE_HINTS[name])
        elif name == "a" and _GOES_OUT.match(element.get("href", "")):
            self._line.hint(start, HintKind.LINK, element.get("href", "").strip())
        elif name == "q":
            self._line.exactly("”")
        elif name == "rt" and not _has_brackets(element):
            self._line.exactly("）")
        if element is not self._root:
            self._text(element.tail)

    def end_block(self) -> None:
        """What was written since the last block is one."""
        self._breaks = 0
        block = self._line.take()
        if block is None:
            return
        if self._label:
            block, self._label = _labelled(block, self._label), ""
        hints = list(block.hints)
        whole = (0, len(block.text))
        if self._heading:
            # A heading is strong already.
            hints = [hint for hint in hints if hint.kind != HintKind.STRONG]
            role, self._role = self._role, ""
            level = "part" if role == "part" else self._heading
            hints.append(Hint(*whole, HintKind.HEADING, level))
            hints += [Hint(*whole, HintKind.ROLE, role)] if role and role != "part" else []
        elif self._verses:
            hints.append(Hint(*whole, HintKind.VERSE))
        elif self._described:
            hints.append(Hint(*whole, HintKind.DESCRIPTION, self._described))
        elif self._epigraphs:
            hints.append(Hint(*whole, HintKind.QUOTE, "epigraph"))
        elif self._quotes:
            hints.append(Hint(*whole, HintKind.QUOTE))
        if self._type:
            hints.append(Hint(*whole, HintKind.SIZE, f"{int(self._type['half_points']) / 2:g}"))
            hints += [Hint(*whole, HintKind.BOLD)] if self._type["bold"] else []
        if self._item:
            hints.append(Hint(*whole, HintKind.ITEM, self._item))
            self._item = ""
        opens_page, self._opens_page = self._opens_page, False
        self.blocks.append(replace(block, hints=tuple(sorted(hints)), opens_page=opens_page))

    def _text(self, text: str | None) -> None:
        if text:
            if text.strip():
                self._breaks = 0
            self._line.write(text)

    def _open_block(self, name: str, element: Element) -> None:
        if name in _HEADINGS:
            self._heading = _HEADINGS[name]
        elif is_verse(element):
            self._verses += 1
        elif is_description(element):
            self._described = number_of_figure(element)
        elif self._opens_epigraph(element):
            self._epigraphs += 1
        elif name == "blockquote":
            self._quotes += 1
        elif name == "ul":
            self._lists.append(None)
            self._holds_notes.append(False)
        elif name == "ol":
            start = element.get("start", "1")
            self._lists.append(int(start) if start.isdecimal() and len(start) < 10 else 1)
            self._holds_notes.append(self._is_below_notes_heading())
        elif name == "li" and self._lists:
            number = self._lists[-1]
            self._item = "bullet" if number is None else f"{number}"
            if self._holds_notes[-1]:
                self._item, self._label = "", f"{number}. "
            if number is not None:
                self._lists[-1] = number + 1

    def _close_block(self, name: str, element: Element) -> None:
        if name in _HEADINGS:
            self._heading = ""
        elif is_verse(element):
            self._verses -= 1
        elif is_description(element):
            self._described = ""
        elif self._opens_epigraph(element):
            self._epigraphs -= 1
        elif name == "blockquote":
            self._quotes -= 1
        elif name in {"ul", "ol"} and self._lists:
            self._lists.pop()
            self._holds_notes.pop()
        elif name == "li":
            self._item = self._label = ""

    def _opens_epigraph(self, element: Element) -> bool:
        """Whether it holds a motto. A document that is one has that for its role."""
        return is_epigraph(element) and element is not self._root

    def _is_below_notes_heading(self) -> bool:
        """Whether a list here is one of notes: then its numbers are marks, part of the text."""
        return bool(self.blocks) and _NOTES_HEADING.fullmatch(self.blocks[-1].text) is not None

    def _is_left_out(self, element: Element) -> bool:
        """Whether it is a way back, a note's body, or the button that opens a description."""
        notes = self._flow.notes
        if element in notes.furniture or (local_name(element) == "summary" and self._described):
            return True
        return element in notes.keys and element is not self._root

    def _is_dealt_with(self, element: Element) -> bool:
        notes, name = self._flow.notes, local_name(element)
        if element in notes.callouts:
            self._write_callout(element, notes.callouts[element])
        elif name == "a" and (table := self._flow.table_of(element)):
            self._exactly(f"[@{table}]", HintKind.MARKDOWN)
        elif self._is_left_out(element):
            pass
        elif element in self._flow.markdown:
            self._write_markdown_block(element)
        elif name == "img":
            self._write_picture(element)
        elif name == "br":
            self._write_break()
        elif name in {"sub", "sup"} and not _holds_links(element, notes):
            self._write_raised(element, "^" if name == "sup" else "~")
        elif name in {"code", "kbd", "samp", "tt"}:
            self._write_code(inner_text(element))
        elif "math" in element.get("class", "").split() and _MATHS.fullmatch(
            inner_text(element).strip()
        ):
            self._write_maths(inner_text(element))
        elif element in self._flow.maths:
            words = self._flow.maths[element]
            self._exactly(words, HintKind.MARKDOWN if is_set(words) else None)
        elif name == "pre":
            self._write_listing(element)
        else:
            return False
        return True

    def _write_callout(self, link: Element, key: str) -> None:
        words = one_line(link)
        self._exactly(words or f"[{key[1:]}]", HintKind.NOTEREF, key)
        self._line.note(key)

    def _write_picture(self, element: Element) -> None:
        address = element.get("src", "").strip()
        words = " ".join(element.get("alt", "").split()) or _caption_of(element)
        name = self._flow.picture(self._path, address)
        if name is not None:
            self._exactly(words or name.rpartition(".")[0], HintKind.IMAGE, name)
        elif _GOES_OUT.match(address):
            # It isn't fetched: in its place there is a link to it.
            self._exactly(words or address, HintKind.LINK, address)
        else:
            self._exactly(words)

    def _write_break(self) -> None:
        self._breaks += 1
        if self._heading:
            self._line.write(" ")  # a heading in two lines is one heading
        elif self._breaks > 1:
            self.end_block()
        else:
            self._line.line_end()

    def _write_raised(self, element: Element, mark: str) -> None:
        words = inner_text(element).strip()
        if not words:
            return
        if re.fullmatch(
            r"[\u2460-\u24ff\u2776-\u2793¹²³⁰⁴-⁹*†‡§‖¶]+|[\[〔（(【]注?\s?\d+[\]〕）)】]", words
        ):
            # A note's mark by itself: what it is will be found out later.
            self._exactly(words, HintKind.SUPERSCRIPT)
        elif mark == "^" and _FIGURE.fullmatch(words) and not self._line.ends_in(_MEASURE):
            # So may a raised figure be. As a character it is what it is in print, note or not.
            self._exactly(words.translate(_RAISED), HintKind.SUPERSCRIPT)
        else:
            safe = re.sub(r"([\\^~*_`\s])", r"\\\1", words)
            self._exactly(f"{mark}{safe}{mark}", HintKind.MARKDOWN)

    def _write_code(self, words: str) -> None:
        words = " ".join(words.split())
        if words:
            self._exactly(f"{_fence(words, 1)}{words}{_fence(words, 1)}", HintKind.MARKDOWN)

    def _write_maths(self, words: str) -> None:
        found = _MATHS.fullmatch(words.strip())
        mark = "$$" if words.strip().startswith("\\[") else "$"
        self._exactly(f"{mark}{(found[1] if found else words).strip()}{mark}", HintKind.MARKDOWN)

    def _write_listing(self, element: Element) -> None:
        lines = inner_text(element).replace("\r\n", "\n").strip("\n")
        if lines.strip():
            fence = _fence(lines, 3)
            self._markdown_block(f"{fence}{language_of_code(element)}\n{lines}\n{fence}")

    def _write_markdown_block(self, element: Element) -> None:
        self._markdown_block(self._flow.markdown.get(element, ""))

    def _markdown_block(self, text: str) -> None:
        self.end_block()
        if text.strip():
            hints = [Hint(0, len(text), HintKind.MARKDOWN)]
            keys = []
            for found in re.finditer(r"\[\^(n\d+)\]", text):
                if found[1] in self._flow.notes.bodies:
                    hints.append(Hint(found.start(), found.end(), HintKind.NOTEREF, found[1]))
                    keys.append(found[1])
            self.blocks.append(BlockText(text, tuple(hints), tuple(keys)))
        self._open[-1] = 0

    def _exactly(self, words: str, kind: HintKind | None = None, value: str = "") -> None:
        if not words:
            return
        self._breaks = 0
        # A blank that waits is written first, so that the hint begins after it.
        self._line.settle(words[0])
        start = self._line.place()
        self._line.exactly(words)
        if kind:
            self._line.hint(start, kind, value)


def _labelled(block: BlockText, label: str) -> BlockText:
    shifted = (
        replace(hint, start=hint.start + len(label), end=hint.end + len(label))
        for hint in block.hints
    )
    return replace(block, text=label + block.text, hints=tuple(shifted))


def _fence(text: str, least: int) -> str:
    longest = max((len(found) for found in _TICKS.findall(text)), default=0)
    return "`" * max(least, longest + 1)


def _has_brackets(element: Element) -> bool:
    """Whether a reading (``rt``) has brackets of the page's own around it (``rp``)."""
    parent = element.getparent()
    return parent is not None and next(parent.iter("{*}rp"), None) is not None


def _holds_links(element: Element, notes: NoteLinks) -> bool:
    return any(
        one in notes.callouts or one in notes.furniture or local_name(one) == "img"
        for one in element.iter("{*}*")
    )


def _caption_of(element: Element) -> str:
    """The caption of a figure whose picture has no words of its own."""
    for around in element.iterancestors("{*}figure"):
        caption = next(around.iter("{*}figcaption"), None)
        if caption is not None:
            return one_line(caption)
    return ""
