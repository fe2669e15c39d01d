"""Find the running heads, feet and folios of pages that the format tells of."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.folios import FOLIO, FOLIO_BESIDE, PAGES
from quire.cleaning.geometry import TypeSizes, printed_pages
from quire.cleaning.numbering import heading_label, number_of
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.sources.model import Hint, HintKind

__all__ = ["RULE"]

_DEPTH = 3  # lines of furniture at one edge of a page at the most
_LONGEST = 80
_TIMES = 3  # a line that stands at fewer edges is furniture only among other furniture
_FEW_PAGES = 6
_NEAR_SMALL = 6  # pages between two heads in small type
_LARGE = 1.1  # type above this share of the text's size is a heading's
_SMALL = 0.95  # type below this share of the text's size is small type
_CALLOUT = re.compile(r"(?:[*†‡§\u2460-\u24ff]|[\[〔]注?\d{1,3}[\]〕])$")
_ENDS_AS_TEXT = re.compile(r"[。！？!?，,；;：:、]$|[a-z]-$")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    apart: bool  # by a blank line, or by its type size, from the text that is nearer the middle
    large: bool = False  # its type is a heading's
    small: bool = False  # its type is smaller than the text's
    labels: bool = False  # it is a chapter's label right above a heading's type

    @property
    def key(self) -> str:
        """What is the same on every page: its letters without a folio beside them.

        A heading that says what running heads say is another line.
        """
        words = _letters(FOLIO_BESIDE.sub("", PAGES.sub("#", self.text)))
        return f"\n{words}" if self.large else words

    @property
    def number(self) -> int:
        """The folio that the line is, or has at one of its ends; 0 for none."""
        whole = FOLIO.fullmatch(self.text)
        if whole:
            return number_of(whole["n"])
        beside = FOLIO_BESIDE.search(self.text)
        return int(beside["left"] or beside["right"]) if beside else 0


@dataclass
class _Page:
    """Lines not yet told, from the top down, and the furniture peeled off its edges.

    `folio` is what its number is by the count of pages; `said` the one beside a head, or alone,
    which is its folio when other pages agree.
    """

    lines: list[_Line]
    furniture: list[Mark] = field(default_factory=list)
    folio: int = 0
    said: int = 0

    def edge(self, side: str) -> _Line | None:
        """Its outermost line that isn't told yet."""
        if not self.lines:
            return None
        return self.lines[0 if side == "head" else -1]


def _lines(draft: Draft, page: Mark, sizes: TypeSizes) -> list[_Line]:
    """A page's lines; those that are text for sure don't count as being apart."""
    places = [
        (found.start() + page.start, found.end() + page.start, found[0])
        for found in re.finditer(r"\S(?:[^\n]*\S)?", draft.text[page.start : page.end])
    ]
    types = [sizes.at(start, end) for start, end, _ in places]
    lines = []
    for i, (start, end, text) in enumerate(places):
        inner = i + 1 if 2 * i < len(places) else i - 1
        apart = True
        if 0 <= inner < len(places):
            low, high = sorted((i, inner))
            gap = draft.text[places[low][1] : places[high][0]]
            apart = "\n\n" in gap or abs(types[i] - types[inner]) > 0.5
        large = types[i] > _LARGE * sizes.body
        small = 0 < types[i] < _SMALL * sizes.body
        lines.append(_Line(start, end, text, apart, large, small, _is_label(text)))
    for i, (line, below) in enumerate(pairwise(lines)):
        lines[i] = replace(line, labels=line.labels and below.large)
    return lines


def _is_label(text: str) -> bool:
    """Whether a line is a chapter's label without words, such as Chapter 3."""
    label = None if FOLIO.fullmatch(text) else heading_label(text)
    return label is not None and label.alone


def _labels(pages: Sequence[_Page]) -> frozenset[int]:
    """Where chapters' labels stand: each for the first time; a running head says it later."""
    first: dict[str, int] = {}
    for page in pages:
        for line in page.lines:
            if line.labels:
                first.setdefault(line.text, line.start)
    return frozenset(first.values())


def _titles(draft: Draft, sizes: TypeSizes) -> frozenset[str]:
    """What headings say: a running head says it again, and the label above it as well."""
    said: set[str] = set()
    above = ""
    raised = draft.spans(MarkKind.SUPERSCRIPT)
    for block in draft.blocks():
        text = block.text
        large = sizes.at(block.start, block.end) > _LARGE * sizes.body
        if large or block.has(MarkKind.HEADING):
            # A running head calls no note.
            text = _CALLOUT.sub("", text)
            if raised.overlap(block.end - 1, block.end):
                text = text.rstrip("0123456789")
            said |= {_letters(text), _letters(above + text)}
        above = text if _is_label(text) else ""
    return frozenset(said)


def _letters(text: str) -> str:
    """A text without what damage and a narrow measure change: blanks, marks, hyphens, case."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _offsets(pages: Sequence[_Page]) -> frozenset[int]:
    """How far folios run ahead of the pages' count: what the lines at the edges agree on."""
    votes = Counter(page.said - i for i, page in enumerate(pages) if page.said)
    for i, page in enumerate(pages):
        edges = [one for one in (page.edge("head"), page.edge("foot")) if one and one.apart]
        votes.update({one.number - i for one in edges if one.number})
    least = min(_TIMES, max(2, len(pages)))
    return frozenset(offset for offset, count in votes.items() if count >= least)


def _repeated(pages: Sequence[_Page], side: str, told: bool) -> frozenset[str]:
    """Keys of lines that stand at this edge on page after page, or on every other one.

    Small type may leave pages out: chapters open without heads.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    small: set[str] = set()
    for i, page in enumerate(pages):
        line = page.edge(side)
        if line and line.apart and line.key and not _ENDS_AS_TEXT.search(line.text):
            places[line.key].append(i)
            small.update({line.key} if line.small else ())
    kept = set()
    for key, numbers in places.items():
        near = [b - a <= (_NEAR_SMALL if key in small else 2) for a, b in pairwise(numbers)]
        if len(numbers) >= (2 if told else _TIMES) and 2 * sum(near) >= len(near):
            kept.add(key)
    return frozenset(kept)


def _parts(pages: Sequence[_Page], side: str) -> frozenset[str]:
    """What lines at this edge begin or end with on page after page, before or behind a blank.

    A head may say the work's title, and behind it the chapter's, which changes.
    """
    edges = (page.edge(side) for page in pages)
    lines = [one.text for one in edges if one and one.apart and len(one.text) <= _LONGEST]
    times = Counter(
        part for text in lines for halves in _halves(text) for part in {*map(_letters, halves)}
    )
    return frozenset(part for part, count in times.items() if part and count >= _TIMES)


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """A line cut in two at each of its blanks."""
    for blank in re.finditer(r"\s+", text):
        yield text[: blank.start()], text[blank.end() :]


def _says_part_and_title(text: str, parts: frozenset[str], titles: frozenset[str]) -> bool:
    """Whether a line says what comes again at its edge, and beside it a title, or pages."""
    for left, right in _halves(FOLIO_BESIDE.sub("", PAGES.sub("#", text))):
        for part, rest in ((left, right), (right, left)):
            if _letters(part) in parts and (_letters(rest) in titles or "#" in rest):
                return True
    return False


def _say_titles_again(pages: Sequence[_Page], side: str, titles: frozenset[str]) -> bool:
    """Whether small type at this edge says headings again: of few pages one may have a head."""
    lines = (page.edge(side) for page in pages)
    again = sum(1 for one in lines if one and one.apart and one.small and one.key in titles)
    return again >= (2 if len(pages) > _FEW_PAGES else 1)


def _peel(pages: Sequence[_Page], side: str, titles: frozenset[str], fixed: frozenset[int]) -> bool:
    """Take the outermost furniture off one edge of every page; whether there was any."""
    offsets = _offsets(pages)
    told = (
        any(page.furniture for page in pages)
        or bool(offsets)
        or _say_titles_again(pages, side, titles)
    )
    repeated = _repeated(pages, side, told)
    parts = _parts(pages, side)
    found = False
    for i, page in enumerate(pages):
        line = page.edge(side)
        if line is None or not line.apart or line.start in fixed or len(line.text) > _LONGEST:
            continue
        counted = line.number != 0 and line.number - i in offsets
        bare = FOLIO.fullmatch(line.text) is not None
        counted = counted or (side == "head" and _is_small_head(page))
        again = told and (line.key in titles or _says_part_and_title(line.text, parts, titles))
        if not (counted and not page.folio) and (bare or not (line.key in repeated or again)):
            continue
        page.folio = line.number if counted and not page.folio else page.folio
        page.said = page.said or line.number
        page.furniture.append(Mark(line.start, line.end, MarkKind.FURNITURE, _kind(side, bare)))
        page.lines.remove(line)
        found = True
    return found


def _is_small_head(page: _Page) -> bool:
    """Whether a page begins with a line in small type that has a folio beside its words.

    Nothing else does where the text's own type follows: notes stand at the foot.
    """
    line, below = page.lines[0], page.lines[1:2]
    beside = line.number != 0 and FOLIO.fullmatch(line.text) is None
    return beside and line.small and bool(below) and not below[0].small


def _kind(side: str, bare: bool) -> str:
    return "folio" if bare else side


def _read(draft: Draft, sizes: TypeSizes) -> Iterator[_Page]:
    for page in printed_pages(draft):
        yield _Page(_lines(draft, page.mark, sizes))


def _apply(draft: Draft) -> RuleOutcome:
    sizes = TypeSizes(draft)
    pages = list(_read(draft, sizes))
    if len(pages) < 2:
        return RuleOutcome()
    titles = _titles(draft, sizes)
    fixed = frozenset(mark.start for mark in draft.marked(MarkKind.HEADING, MarkKind.MARKDOWN))
    fixed |= _labels(pages)
    for _ in range(_DEPTH):
        peeled = [_peel(pages, side, titles, fixed) for side in ("foot", "head")]
        if not any(peeled):
            break
    furniture = [mark for page in pages for mark in page.furniture]
    if not furniture:
        return RuleOutcome()
    offsets = _offsets(pages)
    for i, page in enumerate(pages):
        page.folio = page.folio or (page.said if page.said - i in offsets else 0)
    given = draft.marked(MarkKind.PAGE)
    numbered = [
        mark._replace(value=str(page.folio or ""))
        for mark, page in zip(given, pages, strict=True)
    ]  # fmt: skip
    return RuleOutcome(add=tuple(sorted(furniture + numbered)), drop=frozenset(given))


_TEXT = "灯塔丛书\n\n守灯人把油添满。\n\n灯塔丛书"

RULE = Rule(
    name="printed-furniture",
    order=290,
    summary="Finds running heads, feet and folios at the edges of pages that the format tells of.",
    why="Only outermost lines count that come again at this edge on page after page, say a heading "
    "again among such lines, or are numbers that rise with the pages.",
    apply=_apply,
    examples=(
        Example(_TEXT, _TEXT, (Hint(0, len(_TEXT), HintKind.SIZE, "10.5"),)),
    ),
)  # fmt: skip
