"""Sets a document on pages: lines of a measure, notes at the foot, page joints where they fall."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from benchmarks.round_trip.characters import (
    CALLOUT,
    MARK_END,
    PRINTED_MARK,
    damaged,
    is_callout,
    without_blanks,
)
from benchmarks.round_trip.document import Block, Document, Kind
from benchmarks.round_trip.recipe import Recipe, chance

__all__ = [
    "Line",
    "NoteText",
    "Page",
    "Printed",
    "Setting",
    "ends_sentence",
    "printed",
    "set_pages",
    "wrap",
]

_NO_START = set("，。、；：？！）》”’」』〉】…—·,.;:?!)]}%％")
_NO_END = set("（《“‘「『〈【([{")
_SENTENCE_END = re.compile(r"[。！？!?.…][”’」』）)\"']*$")
_SYLLABLES = re.compile(r"(?<=[aeiouy][bcdfghjklmnpqrstvwxz])(?=[bcdfghjklmnpqrstvwxz][aeiouy])")
_WORD = re.compile(r"[a-z]{7,}")


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note as printed.

    Attributes:
        number: its place among all callouts of the document, from 0.
        body: its words, with the defects they have.
        lost: whether its callout has no mark in the text.
    """

    number: int
    body: str
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """A block as printed; in `text` a callout is one private character."""

    block: Block
    text: str
    chapter: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block on a page.

    Attributes:
        text: its words, without indent; a hyphen that only parts a word stands at its end.
        joint: what joins it to the next line of its block: a blank, or nothing.
        first: whether it begins its block.
        last: whether it ends its block.
        block: the place of its block in the document.
        hyphenated: whether its last character is a hyphen that the word doesn't have.
        kind: body; note, of a list of notes; or notes-title, the word above such a list.
    """

    text: str
    joint: str
    first: bool
    last: bool
    block: int
    hyphenated: bool = False
    kind: str = "body"


@dataclass(slots=True)
class Page:
    """One page as it is filled.

    Attributes:
        chapter: the chapter that its last line belongs to, from 0.
        opens: whether a chapter begins it.
        matter: front, body or back.
        lines: of its text, from top to bottom.
        notes: mark and body of each note at its foot; an empty mark for what runs over from the
            page before.
    """

    chapter: int
    opens: bool = False
    matter: str = "body"
    lines: list[Line] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Setting:
    """A document on pages.

    Attributes:
        pages: in order.
        blocks: what they hold, each whole.
        notes: in order of their callouts.
        lost: numbers of the notes whose callout was lost.
    """

    pages: tuple[Page, ...]
    blocks: tuple[Printed, ...]
    notes: tuple[NoteText, ...]
    lost: frozenset[int]


_SYMBOLS = ("*", "†", "‡", "§", "‖", "¶")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _circled(number: int) -> str:
    """A number in a circle; Unicode has them up to 50, print goes on with brackets."""
    if number > 50:
        return f"[{number}]"
    if number <= 20:
        return chr(0x2460 + number - 1)
    return chr(0x3251 + number - 21) if number <= 35 else chr(0x32B1 + number - 36)


def _mark(style: str, number: int) -> tuple[str, str]:
    """How the callout and the body of a note with this number are marked."""
    if style == "circled":
        return _circled(number), _circled(number)
    if style == "symbol":
        sign = _SYMBOLS[(number - 1) % 6] * ((number - 1) // 6 + 1)
        return sign, sign + " "
    forms = {
        "bracket": (f"[{number}]", f"[{number}] "),
        "tortoise": (f"〔{number}〕", f"〔{number}〕"),
        "labelled": (f"[注{number}]", f"[注{number}] "),
        "round": (f"({number})", f"({number}) "),
        "superscript": (str(number).translate(_SUPERSCRIPT), f"{number}. "),
        "glued": (str(number), f"{number}. "),
    }
    return forms[style]


def printed(document: Document, recipe: Recipe) -> tuple[tuple[Printed, ...], tuple[NoteText, ...]]:
    """The blocks and notes of a document with the defects of characters."""
    blocks: list[Printed] = []
    notes: list[NoteText] = []
    chapter = -1
    captions = 0
    top = min((block.level for block in document.blocks if block.level), default=1)
    for place, block in enumerate(document.blocks):
        dice = chance(recipe.seed, "block", place, recipe.strength)
        if (block.opens and (block.level or chapter < 0)) or block.level == top or chapter < 0:
            chapter += 1
        pieces: list[str] = []
        if block.kind is Kind.CAPTION:
            captions += 1
            pieces.append(f"图{captions} " if recipe.language == "zh" else f"Figure {captions}. ")
        done = 0
        for callout in block.callouts:
            pieces.append(block.text[done : callout.offset])
            done = callout.offset
            lost = dice.random() < recipe.rates.callout_lost and recipe.notes == "feet"
            body = damaged(callout.body, recipe.language, recipe.rates, dice)
            if dice.random() < recipe.rates.lost_blanks and recipe.language == "zh":
                body = without_blanks(body)
            # A lost callout keeps its character, so that its body comes to the right page.
            pieces.append(chr(CALLOUT + len(notes)))
            notes.append(NoteText(len(notes), body, lost))
        text = damaged("".join(pieces) + block.text[done:], recipe.language, recipe.rates, dice)
        if recipe.notes == "inline":
            # Remarks are part of what is wrapped.
            text = "".join(
                _remark(notes[ord(one) - CALLOUT].body, recipe.language) if is_callout(one) else one
                for one in text
            )
        blocks.append(Printed(block, text, chapter))
    return tuple(blocks), tuple(notes)


def _remark(body: str, language: str) -> str:
    """A note as it stands in running text."""
    return f"（注：{body}）" if language == "zh" else f" [Note: {body}]"


def ends_sentence(text: str) -> bool:
    """Whether a line ends where a sentence could."""
    bare = "".join(one for one in PRINTED_MARK.sub("", text).rstrip() if not is_callout(one))
    return bool(_SENTENCE_END.search(bare))


def _cells(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—" else 1


def _breaks(text: str, chinese: bool) -> list[bool]:
    """For each place, whether a line may end before it."""
    allowed = [False] * (len(text) + 1)
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        if after == " " or is_callout(after):
            continue
        if before == " ":
            allowed[place] = True
        elif before in _NO_END or after in _NO_START:
            continue
        elif before in "-—" and after.isalpha() and text[place - 2 : place - 1].isalpha():
            allowed[place] = True
        elif chinese:
            glued = before.isascii() and after.isascii()
            allowed[place] = not glued or before == " "
    return allowed


def wrap(
    text: str, width: int, chinese: bool, hyphenated: float, dice: random.Random
) -> Iterator[tuple[str, str, bool]]:
    """Lines of a text: the words, what joins them to the next line, whether a hyphen was added.

    Joining all lines again, without the added hyphens, gives the text.
    """
    allowed = _breaks(text, chinese)
    start, length = 0, len(text)
    while start < length:
        used, place, best = 0, start, start
        while place < length:
            cell = _cells(text[place]) if chinese else 1
            if used + cell > width and text[place] != " ":
                break
            used += cell
            place += 1
            if place < length and allowed[place]:
                best = place
        if place >= length:
            yield text[start:], "", False
            return
        end = best if best > start else place
        if not chinese and dice.random() < hyphenated:
            cut = _word_cut(text, end, start + width - 1)
            if cut:
                yield text[start:cut] + "-", "", True
                start = cut
                continue
        line = text[start:end]
        yield line.rstrip(" "), " " * (len(line) - len(line.rstrip(" "))), False
        start = end


def _word_cut(text: str, start: int, limit: int) -> int:
    """Where the word at `start` may be parted before `limit`; 0 when it can't."""
    word = _WORD.match(text, start)
    if not word or (word.end() < len(text) and text[word.end()] in "'’-"):
        return 0
    places = [start + found.start() for found in _SYLLABLES.finditer(word[0])]
    fitting = [one for one in places if start + 3 <= one <= min(limit, word.end() - 3)]
    return fitting[-1] if fitting else 0


class _Press:
    """Fills pages; keeps the count of notes."""

    def __init__(self, recipe: Recipe, notes: Sequence[NoteText]) -> None:
        self.recipe = recipe
        self.notes = notes
        self.pages: list[Page] = []
        self.page = Page(0, opens=True)
        self.used = 0
        self.number = 0
        self.waiting: list[tuple[str, str]] = []
        self.dice = chance(recipe.seed, "press", recipe.strength)

    def turn(self, chapter: int, matter: str, opens: bool = False) -> None:
        """Begin a page, unless this one is empty."""
        left = self.page
        if left.lines:
            self.pages.append(left)
            self.page = Page(chapter)
            self.used = 0
            if self.recipe.restart and self.recipe.notes == "feet":
                self.number = 0
            if not opens:
                self._run_over(left)
        self.page.chapter, self.page.opens, self.page.matter = chapter, opens, matter

    def _run_over(self, left: Page) -> None:
        """Let the last note of the page before end on this one."""
        if not left.notes or self.dice.random() >= self.recipe.rates.note_runs_over:
            return
        mark, body = left.notes[-1]
        chinese = self.recipe.language == "zh"
        cuts = [
            place
            for place, fits in enumerate(_breaks(body, chinese))
            if fits
            and len(body) * 0.3 < place < len(body) * 0.8
            and not ends_sentence(body[:place])
        ]
        if len(body) > 24 and mark and cuts:
            cut = self.dice.choice(cuts)
            left.notes[-1] = (mark, body[:cut].rstrip())
            self.page.notes.append(("", body[cut:].lstrip()))
            self.used += len(body[cut:]) * (2 if chinese else 1) // self.recipe.width + 1

    def weight(self, text: str) -> int:
        """How many lines the notes called in a line take."""
        if self.recipe.notes != "feet":
            return 0
        cells = 2 if self.recipe.language == "zh" else 1
        called = (self.notes[ord(one) - CALLOUT] for one in text if is_callout(one))
        return sum((len(note.body) * cells + 4) // self.recipe.width + 1 for note in called)

    def room(self, lines: int) -> bool:
        """Whether so many lines fit."""
        return self.used + lines <= self.recipe.height

    def add(self, line: Line, blanks: int) -> None:
        """Put a line on the page, its notes at the foot."""
        weight = self.weight(line.text)
        self._put(replace(line, text=self._marked(line.text)), blanks + weight)

    def list_notes(self) -> None:
        """Set the notes that wait for their list."""
        waiting, self.waiting = self.waiting, []
        if not waiting:
            return
        chinese = self.recipe.language == "zh"
        self.turn_if_full(4)
        title = "注释" if chinese else "Notes"
        self._put(Line(title, "", True, True, -1, kind="notes-title"), 2)
        for mark, body in waiting:
            made = list(wrap(mark + body, self.recipe.width, chinese, 0, self.dice))
            for number, (text, joint, _) in enumerate(made):
                first, last = number == 0, number == len(made) - 1
                if first or self.recipe.indent or not ends_sentence(self.page.lines[-1].text):
                    self.turn_if_full(1)
                self._put(
                    Line(text, joint, first, last, -1, kind="note"), int(self.recipe.gap and first)
                )

    def turn_if_full(self, lines: int) -> None:
        """Begin a page when so many lines don't fit."""
        if self.page.lines and not self.room(lines):
            self.turn(self.page.chapter, self.page.matter)

    def _put(self, line: Line, blanks: int) -> None:
        self.used += 1 + blanks
        self.page.lines.append(line)

    def _marked(self, text: str) -> str:
        """A line with printed marks; its notes are numbered and put where they belong."""
        made: list[str] = []
        for character in text:
            if not is_callout(character):
                made.append(character)
                continue
            note = self.notes[ord(character) - CALLOUT]
            self.number += 1
            mark, body_mark = _mark(self.recipe.mark, self.number)
            if not note.lost:
                made.append(f"{character}{self._read(mark)}{MARK_END}")
            body_mark = f"{character}{body_mark}{MARK_END}"
            if self.recipe.notes == "feet":
                self.page.notes.append((body_mark, note.body))
            else:
                self.waiting.append((body_mark, note.body))
        return "".join(made)

    def _read(self, mark: str) -> str:
        """A mark as it was recognised."""
        if self.recipe.mark != "circled" or self.dice.random() >= self.recipe.rates.mark_damaged:
            return mark
        return {"①": "O", "⑦": "⑨", "⑥": "⑧", "⑨": "⑦"}.get(mark, "O")


def set_pages(document: Document, recipe: Recipe) -> Setting:
    """The pages of a document."""
    blocks, notes = printed(document, recipe)
    press = _Press(recipe, notes)
    chinese = recipe.language == "zh"
    chapter = 0
    for place, one in enumerate(blocks):
        heading = one.block.kind is Kind.HEADING
        dice = chance(recipe.seed, "lines", place, recipe.strength)
        lines = list(_block_lines(one, place, recipe, dice))
        blanks = 2 if heading else int(recipe.gap)
        if one.chapter != chapter:
            chapter = one.chapter
            if recipe.notes == "chapter":
                press.list_notes()
                press.number = 0
            if recipe.chapters_open_pages:
                press.turn(chapter, one.block.matter, opens=True)
        if heading and press.page.lines and not press.room(blanks + len(lines) + 3):
            press.turn(chapter, one.block.matter)
        for number, line in enumerate(lines):
            wanted = 1 + press.weight(line.text) + (0 if number else blanks)
            if (
                press.page.lines
                and not press.room(wanted)
                and _may_turn(press, line, recipe, chinese)
            ):
                press.turn(chapter, one.block.matter)
            if not press.page.lines:
                press.page.chapter, press.page.matter = chapter, one.block.matter
            press.add(line, 0 if number else blanks)
    press.list_notes()
    # The last page keeps its notes whole: nothing follows for them to run over to.
    press.turn(chapter, "body", opens=True)
    lost = frozenset(note.number for note in notes if note.lost)
    return Setting(tuple(press.pages), blocks, notes, lost)


def _may_turn(press: _Press, line: Line, recipe: Recipe, chinese: bool) -> bool:
    """Whether the page may end here.

    Where nothing else shows that a paragraph goes on, a page that ends with a sentence would be
    read as its end.
    """
    before = press.page.lines[-1]
    if line.first or recipe.indent or press.used > recipe.height + 4:
        return True
    return not ends_sentence(before.text) and (chinese or not line.text[:1].isupper())


def _block_lines(one: Printed, place: int, recipe: Recipe, dice: random.Random) -> Iterator[Line]:
    """A block as lines of the measure."""
    chinese = recipe.language == "zh"
    width = recipe.width - (4 if one.block.kind is Kind.QUOTE else 0)
    made = list(wrap(one.text, width, chinese, recipe.rates.hyphenated, dice))
    for number, (text, joint, cut) in enumerate(made):
        yield Line(text, joint, number == 0, number == len(made) - 1, place, cut)
