"""Where a note's body ends, and where one that runs over to the next page goes on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from quire.cleaning.numbering import heading_label
from quire.cleaning.vocabulary import HAN, NOTES_HEADINGS, ends_sentence

__all__ = [
    "Allowed",
    "BodyPlace",
    "Extent",
    "breaks_off",
    "closing_bracket",
    "end_in_stops",
    "extent_of",
    "fits",
    "is_abbreviated",
    "is_cut",
]

Allowed = Callable[[int, int], bool]

_LINE = re.compile(r"[^\n]+")
_FOLIO = re.compile(r"([-–—·~])\s?\d{1,4}\s?\1")
_BRACKET = re.compile(r"[\[\]]")
_LONGEST = 20_000  # characters of a body
_MOST_IN_A_LIST = 4000  # characters between two bodies that are the first one's
_REST_OF_PAGE = 400  # characters below the last body of a page that are its second paragraph
_REACH = 6000  # characters, some pages, within which a body goes on
_MOST_RUN_OVER = 600  # characters of a body that stand on the next page
_LISTS = frozenset(":;：；")  # what stands before an item, and at its end
_SHORT = 80  # a paragraph of text is longer on the whole
_LONGEST_HEADING = 60
_WIDE_BLANK = re.compile(r"[ ]*\u3000|  ")
_CHAPTERS = frozenset({"chapter-han", "chapter", "chapter-korean"})
_WORDS = re.compile(r"[^\W\d_]\s?[^\W\d_]")
_BLANK_IN_HAN = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")
_REFERENCE_ENDS = re.compile(
    r"(?:页|期|版|日)[.。)）]?$|(?:年|\bpp?\.\s?\d+(?:[–—-]\d+)?|[(（]?\d{4}[)）]?)[.。)）]$"
)
_NUMERAL = "[\\d一二三四五六七八九十百]"
_CITES = re.compile(
    rf"[12]\d{{3}}|出版社|第\s?{_NUMERAL}+\s?[页卷章节条期版辑册]|卷{_NUMERAL}|\bpp?\.\s?\d|页[。.]$"
    r"|同上|ibid|^[^。]{0,12}《[^》]{1,20}》[。.]$",
    re.IGNORECASE,
)
# How laws and orders are cited.
_DECREED = re.compile(
    r"(?:通过|修订|修正|印发|施行|公布|发布)[.。]?$|(?:会议|届)[^。]{0,20}(?:通过|修订|修正)"
)
_VOLUME = re.compile(r"\b(?:vol|no|pp?|fol|ed)s?\.\s?\d|[:(] ?[^:]{0,60}[12]\d{3}")
_COUNTED = re.compile(r"\d[年月日页卷期版号]")  # a figure and its word of measure
_FEWEST = 5  # bodies that tell how the text's bodies end
_NEARLY_ALL = 0.8
_LINES_RUN_OVER = 4
_SENTENCES_RUN_OVER = 3
_FITS = 0.8
_SENTENCE = re.compile(r"[。！？!?.][”’」』）)]*")
_IS_HAN = re.compile(f"[{HAN}]")
_FOREIGN = re.compile(rf"(?<![^{HAN}。，；：！？]) ?[^{HAN}。，；：！？]{{8,}}$")
_OPENS = {"》": "《", "）": "（", ")": "(", "”": "“"}
_CLOSES = {opening: closing for closing, opening in _OPENS.items()}
_PAIRS = re.compile(r"《[^《》]*》|（[^（）]*）|\([^()]*\)|“[^“”]*”")
_UNCLOSED = re.compile(r"[《（(“]")
_ITEM = re.compile(r"\d{1,3}[.．、)）] ?[^\W\d]")
_FOREIGN_TAIL = 20  # characters of a body that show its script
_UNOPENED = re.compile(r"[》）)”]")
# Full stops that end no sentence: "vol. 2", "m. 3", initials.
_ABBREVIATED = re.compile(r"\b(?:[A-Za-z]|vols?|nos?|pp?|fols?|ed|eds|ch|trans|cf|see)\.$")


@dataclass(frozen=True, slots=True)
class BodyPlace:
    """Where a body stands.

    Attributes:
        start: behind its mark.
        stop: where the next body begins, or the text ends.
        is_last: whether it is the last one of its page or list.
        in_list: whether it stands in a list, and not at a page's foot.
        page_end: where its page ends; None when that isn't known.
        zone: where the notes of the next page begin, or that page ends; None when not known.
        text_goes_on: whether the text above the notes stops inside a sentence.
        stops: whether the text's bodies end in full stops.
    """

    start: int
    stop: int
    is_last: bool
    in_list: bool
    page_end: int | None
    zone: int | None
    text_goes_on: bool = False
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Extent:
    """A body's words: at `start` to `end`, and what else belongs to it, in order."""

    start: int
    end: int
    goes_on: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    behind_furniture: bool


def extent_of(text: str, place: BodyPlace, allowed: Allowed) -> Extent:
    """How far a body reaches.

    Args:
        text: all of it.
        place: what is known of the body's place.
        allowed: whether a stretch is text, and no furniture.
    """
    stop = min(place.stop, place.start + (_LONGEST if place.is_last else _MOST_IN_A_LIST))
    if place.page_end is not None and not place.in_list:
        stop = min(stop, place.page_end)
    blocks = list(_blocks(text, place.start, stop, allowed))
    if not blocks:
        return Extent(place.start, place.start)
    taken = (
        _last_one(text, blocks, place) if place.is_last else _before_the_next(text, blocks, place)
    )
    end, rest = taken[0].end, taken[1:]
    while rest and not rest[0].behind_furniture and not is_cut(text[place.start : end]):
        end, rest = rest[0].end, rest[1:]
    goes_on = [(one.start, one.end) for one in rest]
    if place.is_last and not goes_on:
        found = _on_the_next_page(text, place, taken[0].start, end, allowed)
        goes_on = [found] if found else []
    return Extent(taken[0].start, end, tuple(goes_on))


def _before_the_next(text: str, blocks: list[_Block], place: BodyPlace) -> list[_Block]:
    """The blocks between two bodies; a line without an end, such as a heading, is none's.

    Where no page is known and the bodies are no list, the text may go on between them.
    """
    taken = blocks[:1]
    apart = not place.in_list and place.page_end is None
    for one in blocks[1:]:
        has_ended = not is_cut(text[taken[-1].start : taken[-1].end])
        if has_ended and (apart or breaks_off(text[one.start : one.end])):
            break
        taken.append(one)
    return taken


def _last_one(text: str, blocks: list[_Block], place: BodyPlace) -> list[_Block]:
    """The blocks of the last body of a page or a list: what follows may be text again."""
    taken = blocks[:1]
    for one in blocks[1:]:
        words = text[one.start : one.end]
        if is_cut(text[taken[0].start : taken[-1].end], place.stops):
            belongs = _ends_the_cut(text, taken[0].start, taken[-1].end, one, place)
        else:
            # A line that ended early, or a second paragraph.
            below = 0 if place.page_end is None else place.page_end - one.start
            belongs = 0 < below < _REST_OF_PAGE and not (place.in_list or one.behind_furniture)
            belongs = belongs and not (place.text_goes_on and len(taken) == 1)
            belongs = belongs and ends_sentence(words)
            belongs = belongs or _ends_the_list(text, blocks, len(taken), place)
        if not belongs:
            break
        taken.append(one)
    return taken


def _ends_the_list(text: str, blocks: Sequence[_Block], number: int, place: BodyPlace) -> bool:
    """Whether a block is the second paragraph of a list's last body: a chapter begins below it."""
    if not place.in_list or number != 1 or len(blocks) < 3 or blocks[1].behind_furniture:
        return False
    if place.text_goes_on:
        return False  # the block below the notes goes on with the text above them
    words = text[blocks[1].start : blocks[1].end]
    below = text[blocks[2].start : blocks[2].end].partition("\n")[0]
    return ends_sentence(words) and not heading_label(words) and bool(heading_label(below))


def _ends_the_cut(text: str, start: int, end: int, block: _Block, place: BodyPlace) -> bool:
    """Whether a block below a body that stops inside a sentence is its end."""
    said, rest = text[start:end], text[block.start : block.end]
    if place.in_list:
        return _goes_on(said[-200:], rest, in_list=True)
    if place.page_end is None:
        return False
    ends_page = not block.behind_furniture and not text[block.end : place.page_end].strip()
    return (ends_page and _goes_on(said[-200:], rest, in_list=False)) or fits(
        said, rest, not block.behind_furniture
    ) >= _FITS


def closing_bracket(text: str, start: int) -> tuple[int, int]:
    """Where the bracket that opens at `start` closes: before and behind it, blanks left out."""
    depth = 0
    for found in _BRACKET.finditer(text, start, start + _LONGEST):
        depth += 1 if found[0] == "[" else -1
        if not depth:
            inner = text[start : found.start()].rstrip()
            return start + len(inner), found.end()
    end = text.find("\n\n", start)
    end = len(text) if end < 0 else end
    return end, end


def _is_apart(line: str) -> bool:
    """Whether a line is a heading of notes or a folio, and so part of no body."""
    return bool(NOTES_HEADINGS.match(line) or _FOLIO.fullmatch(line))


def _is_chapter_below(line: str, above: str) -> bool:
    """Whether a line is a chapter's number, with its title or without, below an ended sentence.

    Where paragraphs have lost their line ends, its text may stand behind a wide blank.
    """
    line = _WIDE_BLANK.split(line, maxsplit=1)[0]
    if len(line) > _LONGEST_HEADING or ends_sentence(line):
        return False
    label = heading_label(line)
    return label is not None and label.style in _CHAPTERS and ends_sentence(above)


def _blocks(text: str, start: int, stop: int, allowed: Allowed) -> Iterator[_Block]:
    """Lines that follow one another, between two places; blank lines and furniture part them."""
    block: _Block | None = None
    behind = False
    next_line = start
    for line in _LINE.finditer(text, start, stop):
        bare = line[0].strip()
        begin = line.start() + len(line[0]) - len(line[0].lstrip())
        end = begin + len(bare)
        # A heading of the notes that comes again on each of their pages is furniture.
        is_text = bool(bare) and allowed(begin, end) and not _is_apart(bare)
        goes_on = is_text and line.start() == next_line
        if block and goes_on and not _is_chapter_below(bare, text[block.start : block.end]):
            block = replace(block, end=end)
        else:
            if block:
                yield block
            block = _Block(begin, end, behind) if is_text else None
        behind = not is_text and (behind or bool(bare))
        next_line = line.end() + 1
    if block:
        yield block


def _on_the_next_page(
    text: str, place: BodyPlace, start: int, end: int, allowed: Allowed
) -> tuple[int, int] | None:
    """The rest of a page's last body: it stands above the notes of the next page."""
    said = text[start:end]
    if not is_cut(said, place.stops) or place.in_list:
        return None
    zone = min(len(text), end + _REACH) if place.zone is None else place.zone
    above = list(_blocks(text, max(end, zone - _REACH), zone, allowed))
    if not above:
        return None
    found = above[-1]
    apart = len(above) > 1  # the page's text stands before it, and a blank line between
    if (begin := _beginning(text, found, said, apart)) is not None:
        return begin, found.end
    # Where the next page ends isn't known: the rest is a block between two of its text's.
    near = list(_blocks(text, end, min(zone, end + _REACH), allowed))
    if inside := _between_paragraphs(text, near, said, place.text_goes_on):
        return inside
    rest = text[found.start : found.end]
    if not apart or place.zone is None or breaks_off(rest):
        return None
    return (found.start, found.end) if _goes_on(said[-200:], rest, in_list=False) else None


def _between_paragraphs(
    text: str, blocks: Sequence[_Block], said: str, text_goes_on: bool
) -> tuple[int, int] | None:
    """The block that goes on with a body, and with nothing else that stands around it."""
    best, found = _NONE, None
    for number, (one, below) in enumerate(pairwise(blocks)):
        before = text[blocks[number - 1].start : blocks[number - 1].end] if number else ""
        if not number and text_goes_on:
            continue  # it goes on with the text above the notes
        evidence = _evidence(said, text[one.start : one.end], before, text[below.start])
        if evidence > best:
            best, found = evidence, (one.start, one.end)
    return found


# What speaks for a block being a body's rest: nothing, how it goes on, what it closes that the
# body opened, or that it begins where nothing else could.
_NONE, _MAY_GO_ON, _CLOSES_IT, _NOTHING_ELSE = range(4)


def _evidence(said: str, words: str, before: str, behind: str) -> int:
    """What speaks for a block being a body's rest.

    Args:
        said: of the body; it breaks off.
        words: the block.
        before: the block above it; nothing below the notes.
        behind: the first character of the block below it.
    """
    how_well = fits(said, words, True)
    if not how_well or words[-1] in _LISTS or before[-1:] in _LISTS:
        return _NONE
    closes = _CLOSES_IT if how_well == 1.0 else _NONE
    if before and breaks_off(before):
        # A page ends there: its text goes on in this block, or in the one behind it.
        return _NOTHING_ELSE if behind.islower() else closes if not behind.isascii() else _NONE
    if _begins_inside(words):
        return _NOTHING_ELSE
    return closes or (_MAY_GO_ON if how_well >= _FITS and len(words) < _SHORT else _NONE)


def _begins_inside(words: str) -> bool:
    """Whether no paragraph begins so."""
    return words[0].islower() or (words[0] in "(，、；,;).:" and not heading_label(words))


def _beginning(text: str, block: _Block, said: str, apart: bool) -> int | None:
    """Where in a block the rest of a body begins: as late as it can, with all that cites above."""
    whole = text[block.start : block.end]
    if apart and whole[0].isascii() and not whole[0].isupper() and fits(said, whole, True) >= _FITS:
        return block.start  # nothing that begins a paragraph
    begins = [one for one in _beginnings(text, block, said) if one > block.start or apart]
    for number, begin in enumerate(begins):
        if fits(said, text[begin : block.end]) < _FITS:
            continue
        first = begin
        for above in begins[number + 1 :]:
            line = text[above:first]
            if "\n" not in line or not _is_of_note(line, said, apart):
                break
            if fits(said, text[above : block.end]) < _FITS:
                break
            first = above
        return first
    return None


def _is_of_note(line: str, said: str, apart: bool) -> bool:
    """Whether a line above one that ends a body belongs to it too."""
    if breaks_off(line) and said[-1:].isascii() and not _IS_HAN.search(line):
        return bool(_IS_HAN.search(said)) or bool(_CITES.search(line))
    return breaks_off(line) and bool(_CITES.search(line) or (apart and "《" in line))


def _beginnings(text: str, block: _Block, said: str) -> Iterator[int]:
    """Where the rest of a body may begin that no blank line parts from its page's text.

    The last lines, the fewest first; in a run that has lost its line ends, the last sentences, or
    all that is foreign.
    """
    floor = max(block.start, block.end - _MOST_RUN_OVER)
    begin = block.end
    for _ in range(_LINES_RUN_OVER):
        begin = text.rfind("\n", floor, begin)
        if begin < 0:
            yield block.start
            break
        blanks = len(text[begin + 1 : block.end]) - len(text[begin + 1 : block.end].lstrip())
        yield begin + 1 + blanks
    if "\n" in text[floor : block.end]:
        return
    tail = text[floor : block.end]
    if said[-1:].isascii() and (foreign := _FOREIGN.search(tail)):
        yield floor + foreign.start()
    ends = [found.end() for found in _SENTENCE.finditer(tail) if found.end() < len(tail)]
    yield from (floor + at for at in ends[: -_SENTENCES_RUN_OVER - 1 : -1])


def fits(said: str, rest: str, apart: bool = False) -> float:
    """How well a text goes on with what a body said, 0 to 1.

    Args:
        said: of the body; it breaks off.
        rest: what may be its end, whole.
        apart: whether a blank line stands before it, and text before that.
    """
    rest = _BLANK_IN_HAN.sub("", rest)
    if not _WORDS.search(rest) or len(rest) > _MOST_RUN_OVER or breaks_off(rest):
        return 0.0
    if _IS_HAN.match(rest) and said[-_FOREIGN_TAIL:].isascii() and len(said) > _FOREIGN_TAIL:
        return 0.0  # a foreign work isn't cited on in Chinese
    if _ITEM.match(rest) or _UNCLOSED.search(_without_pairs(rest)):
        return 0.0  # it counts a list, or what it opens goes on elsewhere
    if rest.count('"') % 2:
        return 1.0 if said.count('"') % 2 else 0.0
    if first := _UNOPENED.search(_without_pairs(rest)):
        return 1.0 if _is_open(said, _OPENS[first[0]]) else 0.0
    if _is_unclosed(said):
        return 0.0
    if rest[0].isascii() and rest[0].isupper() and said[-1:].islower():
        return 0.8 if _VOLUME.search(rest) else 0.3  # a year may stand in any sentence
    if _CITES.search(rest) or _DECREED.search(rest) or _COUNTED.search(said[-1:] + rest[:1]):
        return 0.8
    # No paragraph begins so, but any line may.
    opens = "a" <= rest[0] <= "z" or (rest[0].isdigit() and rest[0].isascii())
    return 0.8 if opens and apart else 0.3


def _without_pairs(rest: str) -> str:
    return _PAIRS.sub("", rest)


def _is_open(said: str, opening: str) -> bool:
    closing = _CLOSES[opening]
    return said.rfind(opening) > said.rfind(closing)


def _is_unclosed(said: str) -> bool:
    return any(_is_open(said, opening) for opening in "《（(“") or said.count('"') % 2 == 1


def breaks_off(said: str) -> bool:
    """Whether a text stops inside a sentence."""
    tail = said[-60:].rstrip()
    if is_abbreviated(tail):
        return True
    return not ends_sentence(tail) and not _REFERENCE_ENDS.search(tail)


def is_cut(said: str, stops: bool = False) -> bool:
    """Whether a body stops inside its last sentence; it never ends in a colon, as text may.

    Args:
        said: the body.
        stops: whether the text's bodies end in full stops, so that one without hasn't ended.
    """
    if said.rstrip()[-1:] in ":：" or breaks_off(said):
        return True
    return stops and not ends_sentence(said)


def end_in_stops(bodies: Iterable[str]) -> bool:
    """Whether nearly all bodies end in full stops."""
    ends = [ends_sentence(said) for said in bodies]
    return len(ends) >= _FEWEST and sum(ends) >= _NEARLY_ALL * len(ends)


def is_abbreviated(said: str) -> bool:
    """Whether the full stop at a text's end is that of an abbreviation."""
    return bool(_ABBREVIATED.search(said))


def _goes_on(said: str, rest: str, in_list: bool) -> bool:
    """Whether a block is what a body that breaks off goes on with."""
    if not _WORDS.search(rest):
        return False
    if in_list:
        return ends_sentence(rest) or bool(_CITES.search(rest))
    if len(rest) > _MOST_RUN_OVER:
        return False
    first = rest[0]
    cites = bool(_CITES.search(rest))
    if first.isascii() and first.isupper() and said[-1] not in ",-":
        return cites and len(rest) < _MOST_RUN_OVER // 3
    if first.isascii():
        return first.isalnum() or cites
    is_open = any(said.rfind(a) > said.rfind(b) for a, b in ("《》", "“”", "（）", "()"))
    return is_open or cites or len(rest) < _SHORT
