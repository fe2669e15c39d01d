"""Furniture on lines of its own: folios, running heads and feet, at the joints between pages.

Two things that agree make furniture: lines that come again, or numbers that count on, must stand
at joints, which is to say beside one another, around a sentence that is cut in two, at the edge
of a page that the format tells of, or at even distances. Once joints are known, what stands in the
same place at other joints is told by less: a head with a letter misread, a folio without a digit,
a head that says a chapter's title.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from quire.cleaning.few_pages import (
    CITES,
    ISSUE,
    find_dressed_folios,
    find_few_pages,
    find_folios_alike,
    find_lines_said_twice,
)
from quire.cleaning.folios import Numbered, chains, missing_folios
from quire.cleaning.front_folios import find_front_folios
from quire.cleaning.furniture import (
    HEAD_LENGTH,
    PAGE_LENGTH,
    TIMES,
    Furniture,
    Line,
    a_page_apart,
    evenly_apart,
    nearly_alike,
)
from quire.cleaning.matter_names import named_length
from quire.cleaning.numbering import CHAPTER_STYLES, heading_label
from quire.cleaning.page_lines import MOST_AT_A_JOINT, PageLines
from quire.cleaning.running_titles import find_running_titles
from quire.cleaning.short_lines import is_long_key
from quire.cleaning.vocabulary import ends_sentence

__all__ = ["line_furniture"]

_SURE = 0.12  # of a sequence's numbers that stand at joints for sure
_SURE_OF_PAGES = 0.03  # the same when the numbers count what is like pages
_MANY, _FULL_PAGE = 8, 1.3  # pages; how many times as long as most the longest are
_FIRST_NUMBERS = 3  # with one of these the numbers of chapters may begin
_ENDS_WITHIN = re.compile(r"[a-z]{3}[.!?] [A-Z]|[。！？]")
_NEARLY_EACH = 0.6  # of the chapters' labels that have a folio above them
_CHAPTERS = CHAPTER_STYLES - {"title", "named"}
_PAUSE = re.compile(r"[，。；！？,;]")
_CITED = 8  # times that a line with a citation must come again to be furniture
_DIGITS_MISREAD = re.compile(r"\W*(?:\d[\dOoIl]{0,3}|[OoIl]{1,2}\d{1,2})\W*")
_NOUGHT = re.compile(r"[-–—·•~\s]*0\d?[-–—·•~\s]*")  # what is left of 10, 20, 105; counts nothing
_TITLES_NEAR = 30  # before a line that may be one of them, misread
_LONG_KEY = 8  # characters of a line that isn't said twice by chance
_DUE = 0.6  # of a page, from the joints before and behind to a line that ends a page
_FULL_LINE = 0.7  # of the measure
_MOST_HEADS = 200  # kinds of heads that a misread one is compared with


def line_furniture(
    lines: Sequence[Line],
    edges: frozenset[int],
    vendors: frozenset[int] = frozenset(),
    page_length: int = PAGE_LENGTH,
) -> tuple[list[Furniture], tuple[int, int] | None]:
    """Bare folios and repeated short lines at joints, and the title that a head repeats.

    The text's first line is the title when it is like a head and nothing proves it to be one.

    Args:
        lines: its lines.
        edges: numbers of lines that are known to stand at a page's edge.
        vendors: numbers of lines such as a vendor puts at a page's foot.
        page_length: characters that a page has at the least, on the average.
    """
    page = PageLines(lines, edges, vendors, page_length)
    groups = _repeated(page)
    sequences = chains(page.numbers, page_length)
    candidates = {one.line for chain in sequences for one in chain}
    candidates |= {i for members in groups.values() for i in members}
    cut = _cut_sentences(page, candidates)
    counted = {one.line: one.number for chain in sequences for one in chain}
    _find_heads(page, groups, counted, cut)
    _find_folios(page, sequences, cut)
    if not page.folios:
        find_dressed_folios(page)
        if not page.heads:
            find_few_pages(page)
            find_folios_alike(page)
    find_lines_said_twice(page)
    if page.heads or page.folios:
        _find_in_the_same_places(page)
        find_running_titles(page)
    pieces = [Furniture(lines[i].start, lines[i].end, kind) for i, kind in page.heads.items()]
    pieces += [Furniture(lines[i].start, lines[i].end, "folio", n) for i, n in page.folios.items()]
    return pieces, _title(page, groups)


def _title(page: PageLines, groups: dict[str, list[int]]) -> tuple[int, int] | None:
    """The first line, when heads further on repeat it."""
    first = next((members for members in groups.values() if members[0] == 0), None)
    if first and 0 not in page.heads and first[1] in page.heads:
        return page.lines[0].start, page.lines[0].end
    return None


def _repeated(page: PageLines) -> dict[str, list[int]]:
    """Short lines that come again, a page apart, by what they are alike in."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for i, said in enumerate(page.said):
        if len(said.key) >= 2 and (said.beside or said.may_repeat):
            groups[said.key].append(i)
    again = {
        key: kept for key, members in groups.items()
        if len(members) > 1 and (kept := [i for i in members if not _may_be_heading(page, i)])
    }  # fmt: skip
    crowded = _crowded({i for members in again.values() if len(members) > 1 for i in members})
    apart = {key: [i for i in members if i not in crowded] for key, members in again.items()}
    return {key: members for key, members in apart.items() if _far_apart(page, members)}


def _may_be_heading(page: PageLines, i: int) -> bool:
    """Whether a line is the name of a chapter, which may come again as a heading."""
    return not page.said[i].beside and _is_a_name(page.lines[i].text)


# Asked of lines that come again.
@lru_cache(maxsize=4096)
def _is_a_name(text: str) -> bool:
    return named_length(text) == len(text)


def _far_apart(page: PageLines, members: Sequence[int]) -> bool:
    """Whether lines are often enough there, and pages apart."""
    places = [page.lines[i].start for i in members]
    # The same work is cited now and then; a journal's head has its volume on every page.
    least = _CITED if members and CITES.search(page.lines[members[0]].text) else TIMES
    return len(places) >= least and a_page_apart(places, page.page_length)


def _crowded(candidates: set[int]) -> set[int]:
    """Lines in a row of more than a joint has: text that repeats itself, no furniture."""
    runs: list[list[int]] = []
    for i in sorted(candidates):
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return {i for run in runs if len(run) > MOST_AT_A_JOINT for i in run}


def _cut_sentences(page: PageLines, candidates: set[int]) -> set[int]:
    """Candidates with a sentence cut in two around them.

    In wrapped text that is true of every line, so a candidate must stand apart by a blank line,
    or be much shorter than the lines around it, and be no part of a sentence itself.
    """
    cut = set()
    lines = page.lines
    for i in candidates:
        if _PAUSE.search(lines[i].text):
            continue
        above, last, right = page.text_around(i, candidates)
        if above < 0 or right >= len(lines):
            continue
        short = (
            page.measure
            and len(lines[i].text) <= 0.6 * page.measure
            and len(lines[last].text) >= 0.9 * page.measure
        )
        if not (short or page.said[i].number or page.apart_within(last, right)):
            continue
        unended = _is_unended(lines[last].text) or _is_unended(lines[above].text)
        if unended and heading_label(lines[right].text) is None:
            cut.add(i)
    return cut


def _is_unended(text: str) -> bool:
    return len(text) >= 8 and not ends_sentence(text)


def _find_heads(
    page: PageLines, groups: dict[str, list[int]], counted: dict[int, int], cut: set[int]
) -> None:
    """Groups of lines most of which something proves to stand at joints."""
    stood_before = _FirstLines(page)

    def near(i: int, others: Iterable[int]) -> bool:
        return i - 1 in others or i + 1 in others

    def proven(i: int) -> bool:
        beside = near(i, page.vendors) or near(i, counted)
        return beside or i in page.edges or i in cut or page.said[i].beside > 0

    for key, members in groups.items():
        proofs = [i for i in members if proven(i)]
        strong = [i for i in proofs if i not in cut or near(i, counted)]
        even = evenly_apart([page.lines[i].start for i in members], page.page_length)
        mostly = 2 * len(proofs) >= len(members) and (strong or 2 * len(proofs) > len(members))
        if not mostly and not (even and 5 * len(proofs) >= len(members)):
            continue
        kept = [i for i in members if i not in page.below_labels]
        first = members[0]
        if not (_is_head_already(page, first, cut) or stood_before(key, first)):
            kept = [i for i in kept if i != first]
        page.heads.update((i, "foot" if i in page.vendors else "head") for i in kept)


def _is_head_already(page: PageLines, i: int, cut: set[int]) -> bool:
    """Whether the first line of its kind is furniture for sure, and not the title itself."""
    text = page.lines[i].text
    joint = i in cut or i in page.vendors or i in page.edges
    return joint or page.said[i].beside > 0 or ISSUE.search(text) is not None


class _FirstLines:
    """Asks whether a line's words stood before on a line of their own, as a heading's do."""

    def __init__(self, page: PageLines) -> None:
        self._places: dict[str, int] = {}
        self._titles: list[str] = []
        self._at: list[int] = []
        self._first = [key for key in page.keys[:1] if is_long_key(key)]
        self.labelled: set[str] = set()
        places, below, told = self._places, page.below_labels, {*page.folios, *page.heads}
        for i, (line, said) in enumerate(zip(page.lines, page.said, strict=True)):
            if said.leaders or i in told or len(line.text) > HEAD_LENGTH:
                continue
            places.setdefault(said.whole, i)
            words = said.words
            if words:
                places.setdefault(words, i)
            elif i in below:
                words = said.whole
                # A head says in one line what the heading says in two.
                places.setdefault(page.said[i - 1].whole + words, i)
            if words:
                self.labelled.add(words)
                if len(words) >= 4:
                    self._titles.append(words)
                    self._at.append(i)

    def titles_near(self, i: int) -> list[str]:
        """The titles of the work, and of the chapters and sections around a line."""
        place = bisect_left(self._at, i)
        return [*self._first, *self._titles[max(0, place - _TITLES_NEAR) : place + 1]]

    def __call__(self, key: str, before: int) -> bool:
        place = self._places.get(key)
        return place is not None and place < before


def _find_folios(page: PageLines, sequences: Sequence[Sequence[Numbered]], cut: set[int]) -> None:
    """Sequences of numbers that stand at joints."""
    for chain in sequences:
        sure = sum(
            one.line in page.edges
            or one.line in cut
            or one.line + 1 == len(page.lines)  # a chapter's number has text behind it
            or _is_beside_the_title(page, one.line)
            or any(i in page.heads or i in page.vendors for i in range(one.line - 1, one.line + 2))
            for one in chain
        )
        # The number of a chapter never stands inside a sentence, so a few such places are enough;
        # chapters are counted from one on, and aren't all of a length.
        late = chain[0].number > _FIRST_NUMBERS and len(chain) > TIMES
        share = _SURE_OF_PAGES if late or _are_of_a_length(chain) else _SURE
        least = max(share * len(chain), 1 if late else 2)
        if sure < least and not _opens_above_chapters(page, chain):
            continue
        within = [one for one in page.numbers if chain[0].roman == one.roman]
        for one in (*chain, *missing_folios(chain, within)):
            if one.beside_head and _is_an_entry(page, one.line):
                continue
            if one.beside_head:
                page.heads[one.line] = "head"
            elif not page.told(one.line):
                page.folios[one.line] = one.number
    find_folios_alike(page)
    find_front_folios(page)


def _is_an_entry(page: PageLines, i: int) -> bool:
    """Whether a line with a number at one end is text, as an entry of a diary or a citation is.

    A head comes again with other numbers; a work that is cited, with its own.
    """
    text = page.lines[i].text
    if page.times[page.keys[i]] > 1:
        return page.times_whole[page.said[i].whole] > 1 and _ends_what_is_above(page, i)
    if ends_sentence(text) or _ENDS_WITHIN.search(text) or CITES.search(text):
        return True
    return _is_amid_lines(page, i)


def _opens_above_chapters(page: PageLines, chain: Sequence[Numbered]) -> bool:
    """Whether numbers stand above the labels of chapters, of nearly each of them.

    So they stand where each chapter is a page; a chapter's own number doesn't stand above another.
    """
    labels = [
        i for i in range(chain[0].line + 1, min(chain[-1].line + 2, len(page.lines)))
        if (page.said[i].is_label or page.said[i].words)
        and (label := heading_label(page.lines[i].text)) and label.style in _CHAPTERS
    ]  # fmt: skip
    lines = {one.line + 1 for one in chain if not one.beside_head}
    above = sum(i in lines for i in labels)
    return above >= TIMES and above >= _NEARLY_EACH * len(labels)


def _is_beside_the_title(page: PageLines, i: int) -> bool:
    """Whether a line before or behind says what the first line says: the work's title."""
    title = page.keys[0]
    around = (place for place in (i - 1, i + 1) if 0 < place < len(page.keys))
    return is_long_key(title) and any(page.keys[place] == title for place in around)


def _are_of_a_length(chain: Sequence[Numbered]) -> bool:
    """Whether the text between numbers is hardly ever longer than usual, as pages are."""
    gaps = sorted(b.at - a.at for a, b in pairwise(chain) if b.number - a.number == 1)
    if len(gaps) < _MANY:
        return False
    return gaps[len(gaps) * 9 // 10] <= _FULL_PAGE * gaps[len(gaps) // 2]


def _find_in_the_same_places(page: PageLines) -> None:
    """What stands where other joints have furniture, and is told by less there."""
    keys = Counter(page.keys[i] for i in page.heads if len(page.keys[i]) >= 4)
    known = [key for key, _ in keys.most_common(_MOST_HEADS)]
    stood_before = _FirstLines(page)
    lone_folios = 2 * len(page.folios) >= len(page.heads)
    again: set[int] = set()

    def is_head(i: int) -> bool:
        if _ends_what_is_above(page, i):
            return False
        return _says_a_title_again(page, i, stood_before) or (
            not page.said[i].numbered
            and _is_nearly_one_of(page.keys[i], (*known, *stood_before.titles_near(i)))
        )

    beside = _beside_furniture(page)
    twice = _twice_beside_folios(page, beside)
    for i in beside:
        text, key = page.lines[i].text, page.keys[i]
        at_edge = i in page.edges or page.told(i - 1)
        if page.told(i) or len(text) > HEAD_LENGTH or not (at_edge or page.apart(i)):
            continue
        if i in page.below_labels:
            continue
        at_joint = _joint_of(page, i)
        if _DIGITS_MISREAD.fullmatch(text):
            if lone_folios and "head" in at_joint and "folio" not in at_joint:
                page.folios[i] = 0
        elif "head" in at_joint or not key or not page.said[i].may_repeat:
            continue
        elif key in twice or is_head(i):
            again.add(i)
    # One title alone may be a section's that has the name of another.
    if page.heads or len(again) > 1:
        page.heads.update((i, "head") for i in again)
    told = {*page.folios, *page.heads}
    elsewhere = {
        i for i, said in enumerate(page.said)
        if said.may_repeat and said.key and i not in told
        and i not in page.below_labels and is_head(i)
    }  # fmt: skip
    noughts = {
        i for i, line in enumerate(page.lines)
        if lone_folios and "0" in line.text and i not in told and _NOUGHT.fullmatch(line.text)
    }  # fmt: skip
    candidates = elsewhere | noughts
    cut = _cut_sentences(page, candidates | set(page.folios) | set(page.heads))
    proven = cut | _due(page, candidates)
    # A chapter's title right behind the notes of a page is no heading: its chapter has begun.
    labelled = stood_before.labelled
    proven |= {i for i in elsewhere if page.keys[i] in labelled and page.is_note(i - 1)}
    page.heads.update((i, "head") for i in elsewhere & proven)
    page.folios.update((i, 0) for i in noughts & proven)


def _ends_what_is_above(page: PageLines, i: int) -> bool:
    """Whether a line ends the sentence that the full line right above it leaves open."""
    return page.lines[i].text[-1] in ".。" and _goes_on_from_above(page, i)


def _is_amid_lines(page: PageLines, i: int) -> bool:
    """Whether a line is as full as the one right above it, which leaves a sentence open."""
    return _is_full(page, i) and _goes_on_from_above(page, i) and not page.apart(i)


def _is_full(page: PageLines, i: int) -> bool:
    return 0 < _FULL_LINE * page.measure <= len(page.lines[i].text)


def _goes_on_from_above(page: PageLines, i: int) -> bool:
    if not i or not _is_full(page, i - 1) or page.apart_within(i - 1, i):
        return False
    return _is_unended(page.lines[i - 1].text)


def _twice_beside_folios(page: PageLines, beside: Iterable[int]) -> set[str]:
    """What lines say that stand beside folios more than once, but for a letter misread."""
    keys = [
        page.keys[i] for i in beside
        if len(page.keys[i]) >= _LONG_KEY and not ends_sentence(page.lines[i].text)
        and not page.said[i].numbered
        and (i - 1 in page.folios or i + 1 in page.folios)
    ]  # fmt: skip
    times = Counter(keys)
    known = [key for key, count in times.most_common(_MOST_HEADS) if count > 1]
    return {key for key in times if key in known or _is_nearly_one_of(key, known)}


def _is_nearly_one_of(key: str, known: Sequence[str]) -> bool:
    near = process.extract(key, known, scorer=Levenshtein.distance, score_cutoff=2, limit=None)
    return any(nearly_alike(key, one) for one, _, _ in near)


def _due(page: PageLines, candidates: Iterable[int]) -> set[int]:
    """Lines that stand where a page must end: far from the joints before and behind."""
    lines = page.lines
    joints = [i for i in sorted({*page.folios, *page.heads}) if not page.told(i - 1)]
    gaps = sorted(lines[b].start - lines[a].start for a, b in pairwise(joints))
    if len(gaps) < TIMES:
        return set()
    least = _DUE * gaps[len(gaps) // 2]
    due = set()
    for i in candidates:
        text = lines[i].text
        within = bool(page.measure) and not page.apart(i)
        if within or _PAUSE.search(text) or ends_sentence(text):
            continue  # a line of text that was said before
        behind = bisect_left(joints, i)
        if behind < len(joints):
            before = lines[joints[behind - 1]].start if behind else 0
            after = lines[joints[behind]].start
            if min(lines[i].start - before, after - lines[i].start) >= least:
                due.add(i)
    return due


def _says_a_title_again(page: PageLines, i: int, stood_before: _FirstLines) -> bool:
    """Whether a line says a chapter's title again, and isn't that title below its number."""
    said = page.said[i]
    if len(said.key) < 2 or said.numbered or i in page.below_labels:
        return False
    return said.key in stood_before.labelled or stood_before(said.key, i)


def _beside_furniture(page: PageLines) -> list[int]:
    """Lines that touch furniture or a page's edge, in order."""
    told = {*page.folios, *page.heads}
    beside = {j for i in told for j in (i - 1, i + 1) if 0 <= j < len(page.lines)}
    return sorted((beside | page.edges) - told)


def _joint_of(page: PageLines, i: int) -> set[str]:
    """What kinds of furniture stand at a line's joint."""
    kinds: set[str] = set()
    for step in (-1, 1):
        place = i + step
        while page.told(place) and abs(place - i) <= 2 * MOST_AT_A_JOINT:
            kinds.add("folio" if place in page.folios else page.heads[place])
            place += step
    return kinds
