"""Furniture at the ends of lines that hold a whole page each, as a page copied from a PDF does.

A folio stands at such a line's beginning or end, or behind a head there; the numbers count the
lines. A head is what lines begin with again and again, a foot what they end in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from quire.cleaning.folios import Numbered, chains, missing_folios
from quire.cleaning.furniture import (
    HEAD_LENGTH,
    PAGE_LENGTH,
    TIMES,
    Furniture,
    Line,
    common_prefix,
    majority_prefix,
    nearly_alike,
)
from quire.cleaning.numbering import HAN_NUMERAL, number_of
from quire.cleaning.vocabulary import ends_sentence

__all__ = ["page_runs"]

_SHARE = 0.6  # of a text that such lines hold at the least
_MARKS = r"[-–—·•~*|\[(（〔\s]{0,4}"
_END_MARKS = r"[-–—·•~*|\])）〕\s]{0,4}"
_NUMBER = r"\d{1,4}|[ivxl]{1,6}"
_FIRST = re.compile(rf"{_MARKS}(?P<n>{_NUMBER})(?![\d.,、．年月日章节])(?:{_END_MARKS}|$)")
_HEAD_FIRST = re.compile(
    r"(?P<head>[^\s。，；！？,;][^\n。，；！？,;]{0,38}?)[ \u3000]{1,3}"
    rf"(?P<n>{_NUMBER})(?![\d.a-z])"
)
_LAST = re.compile(rf"{_MARKS}(?<![\da-z])(?P<n>{_NUMBER}){_END_MARKS}$")
_SHORTEST = 30  # characters of a page that holds little
_CHAPTER = re.compile(rf"第\s?(?:{HAN_NUMERAL}|\d{{1,3}})\s?[章回篇编部卷]\s?")
_MOST_TITLES = 500
_MOST_NAMES = 200  # kinds of heads that lines are compared with
_OPENING = re.compile(r"(?P<title>[^\s。，；！？]{2,30})\u3000")
_CONTENTS = re.compile(r"(?P<title>[^\n.…·]{2,40}?)\s*(?:(?:\.\s?){4,}|…{2,}|·{4,})")
_NOTE_MARK = re.compile(r"[①¹]|\[注?1\]|〔1〕|(?<!\d)1\. ")
_BRACKETED = re.compile(r"\[\d{1,3}\]|[(（]\d{1,3}[)）]|〔\d{1,3}〕")
_FOOT = 600  # characters of a line's end that may be notes
_LATIN_HEAD = 10  # letters of a head that are no common words
_FEW = 10  # pages: of so few one is enough that ends inside a sentence
_SHORTEST_TITLE = 3  # characters of a title that are no accident at a page's top
_TITLE_AT = 3  # lines among which a work's title is
_NEARLY_ALL = 0.8  # of a title's places, which are pages' beginnings
_TAIL = 16  # characters of a line in which a folio at its end lies


@dataclass(frozen=True, slots=True)
class _Spot:
    """A number at a line's edge: the folio lies at `start` to `end`, a head before it or not."""

    number: Numbered
    start: int
    end: int
    head: tuple[int, int] | None = None


def page_runs(lines: Sequence[Line], told: Sequence[Furniture] = ()) -> list[Furniture]:
    """The furniture of lines that are pages; none when a text has no such lines.

    Args:
        lines: all lines of a text.
        told: furniture that is known already.
    """
    full = [line for line in lines if len(line.text) >= PAGE_LENGTH]
    held = sum(len(line.text) for line in full)
    if len(full) <= TIMES or held < _SHARE * sum(len(line.text) for line in lines):
        return []
    long = [line for line in lines if len(line.text) >= _SHORTEST]
    spots: dict[Numbered, _Spot] = {}
    for i, line in enumerate(long):
        for spot in _spots(i, line):
            spots.setdefault(spot.number, spot)
    numbers = sorted(spots, key=lambda one: (one.line, one.number))
    pieces: list[Furniture] = []
    called = _called(lines)
    for chain in chains(numbers):
        if _often(chain, len(long)) and not _are_notes(long, [spots[one] for one in chain], called):
            alike = [one for one in numbers if one.roman == chain[0].roman]
            counted = [spots[one] for one in (*chain, *missing_folios(chain, alike))]
            found = [Furniture(one.start, one.end, "folio", one.number.number) for one in counted]
            found += [Furniture(one.head[0], one.head[1], "head") for one in counted if one.head]
            found += _on_short_pages(lines, chain, long)
            headed = 2 * len(_heads(lines, long, found)) >= len(chain)
            if headed or _are_pages(long, [spots[one] for one in chain]):
                pieces += found
    known = [*_inside(full, told), *pieces]
    return pieces + _heads(lines, long, known) if known else []


def _on_short_pages(
    lines: Sequence[Line], chain: Sequence[Numbered], long: Sequence[Line]
) -> Iterator[Furniture]:
    """Folios on lines that are short for a page, between those before and behind."""
    places = {one.number: long[one.line].start for one in chain}
    for line in lines:
        for spot in _spots(0, line) if len(line.text) < PAGE_LENGTH else ():
            number = spot.number.number
            before, behind = places.get(number - 1), places.get(number + 1)
            lies = (before is None or before < line.start) and (
                behind is None or line.start < behind
            )
            known = number in places or (before is None and behind is None)
            if lies and not known and spot.start > line.start and not spot.head:
                yield Furniture(spot.start, spot.end, "folio", number)


def _inside(lines: Sequence[Line], told: Sequence[Furniture]) -> list[Furniture]:
    """Furniture that shares its line with text."""
    starts = [line.start for line in lines]
    inside = []
    for piece in told:
        at = bisect_right(starts, piece.start) - 1
        if at >= 0 and piece.end <= lines[at].end and piece.end - piece.start < HEAD_LENGTH * 2:
            inside.append(piece)
    return inside


def _called(lines: Sequence[Line]) -> set[str]:
    """The numbers in brackets that stand inside lines, with their brackets."""
    return {found[0] for line in lines for found in _BRACKETED.finditer(line.text, 1)}


def _are_notes(lines: Sequence[Line], chain: Sequence[_Spot], called: AbstractSet[str]) -> bool:
    """Whether numbers in brackets begin notes: most of them stand inside other lines too."""
    if not called:
        return False
    marks = (
        lines[one.number.line].text[: one.end - one.start].strip()
        for one in chain
        if one.start == lines[one.number.line].start
    )
    return 2 * sum(mark in called for mark in marks) >= len(chain)


def _are_pages(lines: Sequence[Line], chain: Sequence[_Spot]) -> bool:
    """Whether numbers count pages: those of paragraphs and verses stand bare at their beginning.

    Where these do too, some lines must end inside a sentence, as pages do. Notes at a page's foot
    are left out of that question.
    """
    bare = cut = 0
    for one in chain:
        line = lines[one.number.line]
        bare += one.start == line.start and line.text[0].isalnum()
        text = line.text[-_FOOT:]
        notes = [found.start() for found in _NOTE_MARK.finditer(text)]
        body = text[: notes[-1]] if notes else text
        cut += bool(body) and not ends_sentence(body)
    few = len(chain) < _FEW
    return 2 * bare < len(chain) or cut >= max(1 if few else 2, 0.1 * len(chain))


def _often(chain: Sequence[Numbered], pages: int) -> bool:
    """Whether a sequence numbers most of the lines from its first to its last."""
    among = chain[-1].line - chain[0].line + 1
    return len(chain) >= max(TIMES, 0.4 * among) and (chain[0].roman or len(chain) >= 0.25 * pages)


def _spots(i: int, line: Line) -> Iterator[_Spot]:
    """What could be a folio at a line's beginning and end."""
    for pattern, base in ((_FIRST, 0), (_HEAD_FIRST, 0), (_LAST, max(0, len(line.text) - _TAIL))):
        found = pattern.search(line.text, base) if base else pattern.match(line.text)
        number = number_of(found["n"]) if found else 0
        if not found or not number:
            continue
        numbered = Numbered(i, line.start, number, not found["n"].isdecimal())
        head = None
        start, end = line.start + found.start(), line.start + found.end()
        if "head" in found.re.groupindex:
            head = (start, line.start + found.end("head"))
            start = head[1]
        yield _Spot(numbered, start, end, head)


def _heads(
    all_lines: Sequence[Line], lines: Sequence[Line], told: Sequence[Furniture]
) -> list[Furniture]:
    """What is left at the lines' beginnings and comes again."""
    folio_at = {piece.start: piece.end for piece in told}
    with_head = {piece.end for piece in told if piece.kind == "head"}
    line_at = {line.start: line.text for line in lines}
    known = {
        line_at[piece.start][: piece.end - piece.start] for piece in told
        if piece.kind == "head" and piece.start in line_at
    }  # fmt: skip
    starts = []
    for line in lines:
        start = folio_at.get(line.start, line.start)
        if start not in with_head:
            starts.append((start, line.text[start - line.start : start - line.start + HEAD_LENGTH]))
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for _, text in starts:
        groups[text[:4]].append(text)
    repeated = {
        prefix for texts in groups.values() if len(texts) >= TIMES
        if _may_be_a_head(prefix := majority_prefix(texts).rstrip(), lines, len(texts))
    }  # fmt: skip
    alone = {line.text for line in all_lines if _stands_alone(line.text)}
    if len(alone) > _MOST_NAMES:
        alone = set()
    alone |= {
        line.text for line in all_lines[:_TITLE_AT]
        if 2 <= len(line.text) < 4 and _often_begins(line.text, starts, lines)
    }  # fmt: skip
    names = sorted(known | repeated | alone, key=lambda name: (-len(name), name))[:_MOST_NAMES]
    titles = _titles(all_lines)
    seen = set(alone)
    pieces = []
    behind_folios = set(folio_at.values())
    for start, text in starts:
        name = _begins(text, names)
        # A head with a letter misread may begin with the title that stands alone somewhere.
        longer = [one for one in names if one != name and one.startswith(name)]
        # What a line begins with for the first time, without a folio, may be a title.
        first = name not in seen and start not in behind_folios and name not in repeated
        seen.add(name)
        length = _nearly_begins(text, longer)
        if not length and name:
            length = 0 if first else len(name)
        elif not length:
            length = _says_a_title(text, start, titles)
        if length:
            pieces.append(Furniture(start, start + length, "head"))
    return pieces


def _stands_alone(text: str) -> bool:
    """Whether a short line may be a title that heads repeat."""
    short = 4 <= len(text) < _SHORTEST and not text.isascii()
    return short and not ends_sentence(text) and not text[-1].isdigit()


def _often_begins(title: str, starts: Sequence[tuple[int, str]], lines: Sequence[Line]) -> bool:
    """Whether a title of a word is one that pages begin with, and hardly anything else has it."""
    begun = sum(text.startswith(title) for _, text in starts)
    everywhere = sum(line.text.count(title) for line in lines)
    return begun >= TIMES and begun >= _NEARLY_ALL * everywhere


def _may_be_a_head(text: str, lines: Sequence[Line], times: int) -> bool:
    """Whether what lines begin with is more than a common word: it stands nowhere else."""
    if not (_LATIN_HEAD if text.isascii() else 4) <= len(text) < HEAD_LENGTH - 1:
        return False
    return 2 * times >= sum(line.text.count(text) for line in lines)


def _titles(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """Chapters' titles and where they stand.

    They stand behind their labels, in the contents, or at a page's top before a wide blank.
    """
    found: list[tuple[int, str]] = []
    for line in lines:
        text = line.text[:HEAD_LENGTH]
        opening = _OPENING.match(text) or _CONTENTS.match(line.text)
        if opening:
            title = _CHAPTER.sub("", opening["title"].strip(), count=1)
            found.append((line.start, title + "\n"))
        for label in _CHAPTER.finditer(line.text):
            title = line.text[label.end() : label.end() + HEAD_LENGTH]
            found.append((line.start + label.start(), title))
    return found[:_MOST_TITLES]


def _says_a_title(text: str, start: int, titles: Sequence[tuple[int, str]]) -> int:
    """How long a chapter's title is that a line begins with again; 0 for none."""
    alike = (len(common_prefix((text, title))) for place, title in titles if place < start)
    longest = max(alike, default=0)
    length = len(text[:longest].rstrip())
    return length if length >= _SHORTEST_TITLE else 0


def _begins(text: str, names: Iterable[str]) -> str:
    return next((name for name in names if text.startswith(name)), "")


def _nearly_begins(text: str, names: Iterable[str]) -> int:
    """How long a head is that a line begins with, but for a letter; 0 for none."""
    for name in names:
        if len(name) < (_LATIN_HEAD if name.isascii() else 4):
            continue
        for length in (len(name), len(name) - 1, len(name) + 1):
            if text[length - 1 : length] == name[-1:] and nearly_alike(text[:length], name):
                return length
    return 0
