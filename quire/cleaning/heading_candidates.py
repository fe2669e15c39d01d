"""Places where a heading may begin: lines of their own, and labels inside glued runs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quire.cleaning.draft import Block, Draft, MarkKind
from quire.cleaning.known_titles import KnownTitles
from quire.cleaning.lines import width
from quire.cleaning.matter_names import named_length
from quire.cleaning.numbering import (
    CHAPTER_STYLES,
    PART_STYLES,
    Label,
    bare_label,
    heading_label,
    inner_label,
    lone_label,
)
from quire.cleaning.vocabulary import HAN, NOTES_HEADINGS, ends_sentence

__all__ = [
    "MOST_ABOVE", "NOT_HEADINGS", "STRONG", "Candidate", "inside_runs", "is_prose",
    "is_title_like", "line_blocks", "own_lines", "title_places",
]  # fmt: skip

NOT_HEADINGS = (
    MarkKind.NOTE, MarkKind.MATTER, MarkKind.FIGURE, MarkKind.DESCRIPTION, MarkKind.ITEM,
    MarkKind.QUOTE, MarkKind.VERSE, MarkKind.MARKDOWN, MarkKind.IMAGE,
)  # fmt: skip
# Styles whose labels say by themselves that a heading begins.
STRONG = PART_STYLES | CHAPTER_STYLES | {"section", "section-word"}
_WIDEST, _TITLE_WIDEST = 120, 80  # cells: of a heading with its label, of a title without
_SIGNATURE = 40  # cells of a line that needs no mark at its end
_PROSE = 80  # cells that a text has below its title, at the least
# A title without a number: a word begins it, in a capital where there are any; no clause in it.
_TITLE = re.compile(rf"(?=[^\W\d_])(?![a-z])[^\n\d，,;；：:]*[A-Za-z{HAN}]{{2}}[^\n\d，,;；：:]*\Z")
# Numbers that lines of verse and of tables can begin with.
_OF_VERSE = frozenset({"arabic", "arabic-bracket", "circle", "roman"})
MOST_ABOVE = 4  # lines that verse can have been given from above: a title, a label and its words
_MOST_WORDS = 60  # characters of a heading's words inside a run
_START = re.compile(
    r"(?<=[。！？!?”’\"\'：:）)①-⑳\]〕¹²³⁰⁴-⁹.」』…])(?=[一二三四五六七八九十壹(（第\d])"
)
_RUN_START = re.compile(rf"(?<=[。！？!?”\"」』…①-⑳\]〕¹²³⁰⁴-⁹])(?=[{HAN}A-Z])")
# A wide blank in a run ends what it stands behind; no sentence may end before it.
_WIDE_END = re.compile(r"[^\n。！!；;\u3000]{1,60}?(?=[ ]{0,3}\u3000|[ ]{2,}(?=\S))")
_FIRST_BELOW = re.compile(r"一[、.．]|[(（]一[)）]|第一节|1[.．]1(?![\d.])|1[、.．](?!\d)")
_SENTENCE_MARK = re.compile(r"[。；;！!]|\.\s")
_NO_END = re.compile(r"[。！!.；;，,：:…、”’」』\"]$")
_RUN_IN = re.compile(r"[.!?][)\]]?\s?(?:—|--)\s?\w")  # words that open a paragraph's first line
_LINE = 44  # cells of a line that is text when the next goes on in small letters
_GOES_ON = re.compile(r"[的里中和与是讲说以已就也都将所]")
_NO_MARKS = re.compile(rf"[{HAN}A-Za-z0-9·（）()《》]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a heading may begin.

    Attributes:
        start: of the label, or of the words when there is none.
        end: of the heading; 0 when it has to be found yet.
        label: its number; of the style ``title``, ``named``, ``notes``, ``entry`` or ``plain``
            when it has none.
        block: the number of the block that holds it.
        glued: whether text stands right before or behind it.
        level: the styles that it lies in, outermost first; its own is the last.
        evidence: 0 to 1, how well its end is known.
        vouched: whether it is an entry of the printed contents, label and all.
    """

    start: int
    end: int
    label: Label
    block: int
    glued: bool
    level: tuple[str, ...] = ()
    evidence: float = 1.0
    vouched: bool = False


def title_places(draft: Draft) -> frozenset[int]:
    """Where the works begin whose titles other rules have found."""
    return frozenset(mark.start for mark in draft.marked(MarkKind.HEADING) if mark.value == "title")


def line_blocks(draft: Draft) -> tuple[list[Block], frozenset[int]]:
    """Every line as a block, and the numbers of those with text of their block before them."""
    units: list[Block] = []
    inner: set[int] = set()
    for block in draft.blocks():
        if "\n" in block.text and block.has(MarkKind.VERSE):
            units += _headings_apart(block, bool(units) and _is_lone_label(units[-1]))
            continue
        if "\n" not in block.text or block.has(*NOT_HEADINGS):
            units.append(block)
            continue
        place = block.start
        for line in block.text.split("\n"):
            bare = line.strip()
            start = place + len(line) - len(line.lstrip())
            if bare:
                if place > block.start:
                    inner.add(len(units))
                units.append(Block(start, start + len(bare), bare, block.kinds))
            place += len(line) + 1
    return units, frozenset(inner)


def _headings_apart(block: Block, below_label: bool) -> list[Block]:
    """Verse, and before it the lines that are a heading by label or name, or below a label."""
    lines = block.text.split("\n")
    tops = 0  # lines that are above the verse
    for i, line in enumerate(lines[:MOST_ABOVE]):
        label = heading_label(line.strip())
        told = bool(named_length(line)) or (label is not None and label.style not in _OF_VERSE)
        if told or (below_label and i == tops):
            tops = i + 1
        below_label = label is not None and label.alone
    kinds = block.kinds - {MarkKind.VERSE}
    units: list[Block] = []
    start = block.start
    for line in lines[:tops]:
        bare = line.strip()
        left = start + len(line) - len(line.lstrip())
        units.append(Block(left, left + len(bare), bare, kinds))
        start += len(line) + 1
    rest = "\n".join(lines[tops:])
    if not rest.strip():
        return units
    start += len(rest) - len(rest.lstrip())
    return [*units, Block(start, block.end, rest.lstrip(), block.kinds)]


def _is_lone_label(block: Block) -> bool:
    label = heading_label(block.text) if len(block.text) <= _WIDEST else None
    return label is not None and label.alone


def own_lines(
    blocks: Sequence[Block],
    known: KnownTitles,
    titles: frozenset[int],
    inner: frozenset[int] = frozenset(),
) -> Iterator[Candidate]:
    """Blocks that are a label with or without words, a name of matter, or a known title.

    Args:
        blocks: of the draft, or its lines.
        known: titles that stand elsewhere.
        titles: where works begin, see `title_places`.
        inner: numbers of the blocks that are lines with text of their paragraph before them.
    """
    for i, block in enumerate(blocks):
        if block.has(*NOT_HEADINGS):
            continue
        if block.start in titles:
            label: Label | None = Label("title", 1, 0, False)
        elif "\n" in block.text or width(block.text[: _WIDEST + 1]) > _WIDEST or _is_run(block):
            continue
        else:
            label = _label_of(blocks, i, known)
            if label and i in inner and not _stands_out(blocks, i, label):
                label = None
            if label and i + 1 in inner and _runs_on(block.text, blocks[i + 1].text):
                label = None
        if label:
            vouched = known.in_contents(block.text)
            yield Candidate(block.start, block.end, label, i, False, vouched=vouched)


def _is_run(block: Block) -> bool:
    """Whether a block holds more than a heading's words, without line ends between."""
    text = block.text
    if "\u3000" in text and _SENTENCE_MARK.search(text):
        return True
    return len(text) > 60 and block.has(MarkKind.GLUED)


def _label_of(blocks: Sequence[Block], i: int, known: KnownTitles) -> Label | None:
    text = blocks[i].text
    if NOTES_HEADINGS.match(text) and not named_length(text):
        return Label("notes", 1, 0, False)
    named = named_length(text)
    if named and not _NO_END.search(text[named:].strip() or "x"):
        return Label("named", 1, named, named >= len(text))
    label = lone_label(text)
    if label and i + 1 < len(blocks) and is_title_like(blocks[i + 1]):
        return label
    label = heading_label(text) or bare_label(text)
    if label:
        return label if _is_heading_like(text, label) or known.has(text) else None
    if known.has(text) and not ends_sentence(text):
        return Label("plain", 1, 0, False)
    if blocks[i].has(MarkKind.APART) and _stands_as_title(blocks, i):
        return Label("apart", 1, 0, False)
    return None


def _stands_as_title(blocks: Sequence[Block], i: int) -> bool:
    """Whether a line that stands apart parts two texts: whole sentences before, prose behind."""
    text = blocks[i].text
    if i + 1 == len(blocks) or not _TITLE.match(text) or not is_title_like(blocks[i]):
        return False
    before, behind = blocks[i - 1] if i else None, blocks[i + 1]
    ended = before is None or ends_sentence(before.text) or before.has(MarkKind.HEADING)
    ended = ended or (before is not None and width(before.text) <= _SIGNATURE)
    return ended and is_prose(behind)


def is_prose(block: Block) -> bool:
    """Whether a block is long enough to be text below a title, and no item, verse or note."""
    return width(block.text[:_WIDEST]) >= _PROSE and not block.has(*NOT_HEADINGS)


def _is_heading_like(text: str, label: Label) -> bool:
    """Whether a line with a label is short and whole enough to be a heading."""
    words = text[label.length :].strip()
    if label.style in STRONG:
        if _GOES_ON.match(words) and text[: label.length].rstrip() == text[: label.length]:
            return False  # 第三章的… is said of a chapter
        if _RUN_IN.search(words):
            return False
        return width(words) <= 100 and not re.search(r"[。，,；;]$|\w\.$", words)
    if label.style.startswith("bare"):
        return True
    if words[:1].isascii() and words[:1].islower():
        return False  # an item of a list
    return width(words) <= _TITLE_WIDEST and not _SENTENCE_MARK.search(words[:-1])


def _runs_on(text: str, below: str) -> bool:
    """Whether two long lines are one sentence, or a bracket is closed on the second."""
    if text.count("(") > text.count(")") and ")" in below:
        return True
    return re.match("[a-z]", below) is not None and min(width(text), width(below)) >= _LINE


def _stands_out(blocks: Sequence[Block], i: int, label: Label) -> bool:
    """Whether a line inside a block of lines is a heading by more than its label."""
    if label.style in STRONG or label.style in {"plain", "notes", "apart"}:
        return True
    text = blocks[i].text
    return ends_sentence(blocks[i - 1].text) and width(text) <= 44 and not ends_sentence(text)


def is_title_like(block: Block) -> bool:
    """Whether a block can be the title below a label: a short line without an end."""
    return (
        "\n" not in block.text
        and not block.has(*NOT_HEADINGS)
        and width(block.text) <= _TITLE_WIDEST
        and not _NO_END.search(block.text)
        and not heading_label(block.text)
    )


def inside_runs(
    draft: Draft, blocks: Sequence[Block], known: KnownTitles, titles: frozenset[int]
) -> list[Candidate]:
    """Labels inside glued runs: at the start, behind a sentence, right behind another heading."""
    found: list[Candidate] = []
    plain: list[Candidate] = []
    entries = known.entry_places(draft.text)
    for i, block in enumerate(blocks):
        if block.has(*NOT_HEADINGS) or block.start in titles or not _is_run(block):
            continue
        told = entries[bisect_left(entries, block.start) : bisect_left(entries, block.end)]
        _look_through(draft.text, block, i, known, told, found, plain)
    # Wide blanks behind titles without labels count where they stand behind labels too.
    if sum(one.end > 0 and one.evidence == 1.0 for one in found) >= 2:
        found += plain
    return found


def _look_through(
    text: str, block: Block, i: int, known: KnownTitles, told: Sequence[int],
    found: list[Candidate], plain: list[Candidate],
) -> None:  # fmt: skip
    wide = "\u3000" in block.text or "  " in block.text
    labels = {m.start() for m in _START.finditer(text, block.start, block.end)}
    words = {m.start() for m in _RUN_START.finditer(text, block.start, block.end)}
    waiting = sorted({block.start, *told} | labels | (words if wide or known else set()))
    done = block.start
    index = 0
    following = -1  # right behind a heading
    while index < len(waiting) or following >= 0:
        if following >= 0:
            place, following = following, -1
        else:
            place = waiting[index]
            index += 1
        if place < done:
            continue
        one = _begins(text, place, block, i, known)
        if one is None:
            continue
        (plain if one.label.style == "plain" and one.evidence < 1 else found).append(one)
        if one.end:
            done = one.end
            while done < block.end and text[done].isspace():
                done += 1
            following = done if done < block.end else -1
        else:
            done = place + one.label.length  # a place is looked at once
            below = _FIRST_BELOW.search(
                text, place + one.label.length + 2, min(block.end, place + _MOST_WORDS)
            )
            between = text[place + one.label.length : below.start()] if below else "。"
            if below and not _SENTENCE_MARK.search(between) and "，" not in between:
                following = below.start()


def _begins(text: str, place: int, block: Block, i: int, known: KnownTitles) -> Candidate | None:
    """The heading that begins at a place of a run, with its end when a blank or a title tells."""
    label = inner_label(text, place)
    if label and label.style in STRONG and _GOES_ON.match(text, place + label.length):
        return None
    limit = min(block.end, place + 100)
    if label and place + label.length < block.end:
        behind = place + label.length
        end = known.end_at(text, place, limit) or known.end_at(text, behind, limit)
        wide = _WIDE_END.match(text, behind, min(block.end, behind + _MOST_WORDS + 4))
        end = end or (wide.end() if wide else 0)
        vouched = end > behind and known.in_contents(text[place:end])
        return Candidate(place, end, label, i, True, vouched=vouched)
    wide = _WIDE_END.match(text, place, min(block.end, place + _MOST_WORDS + 4))
    label = heading_label(wide[0]) if wide else None
    if wide and label and label.style in STRONG:
        return Candidate(place, wide.end(), label, i, True, vouched=known.in_contents(wide[0]))
    if wide and named_length(wide[0]) == len(wide[0]):
        return Candidate(place, wide.end(), Label("named", 1, 0, False), i, True)
    end = known.end_at(text, place, limit)
    apart = wide is not None and wide.end() == end
    if end and (apart or (end - place >= 4 and known.is_unlabelled(text[place:end]))):
        return Candidate(place, end, Label("plain", 1, 0, False), i, True)
    if wide and 2 <= len(wide[0]) <= 20 and _NO_MARKS.fullmatch(wide[0]):
        return Candidate(place, wide.end(), Label("plain", 1, 0, False), i, True, evidence=0.7)
    return None
