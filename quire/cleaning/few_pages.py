"""Furniture of texts with a few pages, in which nothing comes again often enough.

What stands beside a number that rises with the pages is a head when it says the work's title or
a chapter's, when another number has it beside it too, or when it is a vendor's line; and a sentence
must be cut in two at one of these joints, or a page's edge or a vendor's line stand there.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from quire.cleaning.folios import Numbered, missing_folios
from quire.cleaning.furniture import TIMES
from quire.cleaning.numbering import heading_label
from quire.cleaning.page_lines import PageLines
from quire.cleaning.short_lines import is_long_key, squashed
from quire.cleaning.vocabulary import HAN, ends_sentence

__all__ = [
    "CITES", "ISSUE", "find_dressed_folios", "find_few_pages", "find_folios_alike",
    "find_lines_said_twice",
]  # fmt: skip

_MOST_NUMBERS = 60  # in a text with more of them, sequences tell
_MOST_LOST = 4  # folios missing in a row
_FIRST_LINES = 3  # among which the title stands; a web page has a line above it
_LONG_TEXT = 15  # characters of a line that is no verse and no name
_GOES_ON = re.compile(rf"[a-z，。；：、,;）)]|[{HAN}]{{4}}")
_MOST_LINES = 4  # of furniture at a joint, to either side of its number
_DRESSED = re.compile(r"(?P<sign>[-–—·•~])\s?\d{1,4}\s?(?P=sign)")  # — 7 —, · 7 ·
_DASHED = re.compile(r"[-–—·•~]")
ISSUE = re.compile(r"\d{4}\s?年|第\s?\d+\s?[期卷]|\b(?:vol|no)\.\s?\d", re.IGNORECASE)
CITES = re.compile(
    r"\bvol\.\s?\d+, no\.|\bpp?\.\s?\d[\d–-]*[.;,]|[:,] [12]\d{3}\.$|出版社", re.IGNORECASE
)
_AROUND = 3  # pages before the first folio and behind the last that may have one of their own form
_FIRST_CHAPTERS = 3  # with one of these numbers chapters may begin, so dressed


def find_dressed_folios(page: PageLines) -> None:
    """Note the numbers between dashes or dots that count on, wherever they stand.

    Two are enough: chapters are numbered so too, but from one on, and not with a page's edge
    beside each.

    Args:
        page: the lines, none of them a folio yet; its folios are filled in.
    """
    dressed = [
        one for one in page.numbers
        if not page.told(one.line) and _DRESSED.fullmatch(page.lines[one.line].text)
    ]  # fmt: skip
    rising = _rising(dressed, page.page_length)
    late = bool(rising) and rising[0].number > _FIRST_CHAPTERS
    if len(rising) < 2 or not (late or all(one.line in page.edges for one in rising)):
        return
    page.folios.update((one.line, one.number) for one in rising)


def find_few_pages(page: PageLines) -> None:
    """Note folios and heads of a text in which no sequence and no repetition told of any.

    Args:
        page: the lines; its folios and heads are filled in.
    """
    numbers = [one for one in page.numbers if not _is_an_entry(page, one)]
    if not numbers or len(numbers) > _MOST_NUMBERS:
        return
    titles = _titles(page)
    _find_pairs(page, titles)
    numbers = [one for one in numbers if not _is_said_again(page, one, numbers)]
    joints = {
        one: heads for one in numbers
        if (heads := _heads(page, one, titles)) or one.line in page.folios
    }  # fmt: skip
    rising = _rising(list(joints), page.page_length)
    if 3 * len(rising) < 2 * len(joints):
        return
    furniture = {i for one in rising for i in (one.line, *joints[one])}
    between = furniture | {one.line for one in numbers if not one.beside_head}
    said = {page.keys[i] for i in furniture} - {""}
    titled = [one for one in rising if any(page.keys[i] in titles for i in joints[one])]
    # Where two joints say their chapters' titles and count on, nothing else is needed.
    sure = (
        bool(page.folios)
        or (len(titled) > 1 and any(one.beside_head for one in titled))
        or (titled and all(_is_dressed(page, one) for one in rising))
        or any(_ends_a_page(page, {one.line, *joints[one]}, between) for one in rising)
    )
    if not sure or (len(rising) == 1 and not said & titles.keys()):
        return
    for one in (*rising, *missing_folios(rising, list(joints))):
        if not one.beside_head:
            page.folios[one.line] = one.number
        for i in joints[one]:
            page.heads[i] = "foot" if i in page.vendors else "head"
    above = rising[0].line if rising else 0  # where a title may stand that heads say again
    for i, key in enumerate(page.keys):
        if key in said and key not in titles and not page.told(i) and page.apart(i):
            if i < min(above, _FIRST_LINES) and not ISSUE.search(page.lines[i].text):
                continue
            page.heads[i] = "head"


def find_folios_alike(page: PageLines) -> None:
    """Numbers that are printed as most folios are, or between dashes, where one is missing.

    Roman ones before all others need a head or a folio beside them.
    """
    forms = Counter(_form(page.lines[i].text) for i in page.folios)
    form, count = max(forms.items(), default=("", 0), key=lambda item: (item[1], item[0]))
    marked = form != "#" and 2 * count > len(page.folios)
    first = min(page.folios, default=0)
    said = {*page.folios.values(), *(page.said[i].beside for i in page.heads)} - {0}
    least, most = min(said, default=0) - _AROUND, max(said, default=0) + _AROUND
    numbers = [one for one in page.numbers if not one.beside_head and not page.told(one.line)]
    for one in numbers:
        text = page.lines[one.line].text
        alike = _form(text) == form
        if said and _DASHED.match(text) and least <= one.number <= most and one.number not in said:
            page.folios[one.line] = one.number
        near = any(i in page.heads or i in page.folios for i in (one.line - 1, one.line + 1))
        if alike and (marked or (one.roman and one.line < first and near)):
            page.folios[one.line] = one.number
        # A chapter's first page has its folio below, though all others have it above.
        next_to_them = one.number in {least + _AROUND - 1, most - _AROUND + 1}
        ends = one.line + 1 == len(page.lines)  # of a last page that may be short
        if (near or ends) and said and not one.roman and next_to_them:
            page.folios[one.line] = one.number


def find_lines_said_twice(page: PageLines) -> None:
    """Note vendors' lines that stand on two pages, and heads that do, one of them at a page's edge.

    The first line of all stays, since it is the title, unless it says what issue this is.

    Args:
        page: the lines; its heads are filled in.
    """
    vendors = _a_page_apart(
        page,
        (
            (squashed(page.lines[i].text), i)
            for i in sorted(page.vendors)
            if not CITES.search(page.lines[i].text)
        ),
        many=TIMES,
    )
    for members in vendors:
        page.heads.update((i, "foot") for i in members if not page.told(i))
    at_edge = {j for i in page.vendors | page.folios.keys() for j in (i - 1, i + 1)}
    at_edge |= page.edges
    alike = (
        (said.key, i) for i, said in enumerate(page.said)
        if said.may_repeat and is_long_key(said.key) and not said.numbered
        and i not in page.below_labels and not page.told(i)
        and not CITES.search(page.lines[i].text)
    )  # fmt: skip
    for members in _a_page_apart(page, alike):
        issue = ISSUE.search(page.lines[members[0]].text) is not None
        kept = members if issue else [i for i in members if i]
        if members[0] == 0:  # the title, which nothing but a head says again behind a page's notes
            at_edge |= {i for i in kept if page.is_note(i - 1)}
        if any(i in at_edge for i in kept) and all(i in at_edge or page.apart(i) for i in kept):
            page.heads.update((i, "head") for i in kept)
    if len(page.keys) > 1 and page.keys[0] and page.keys[0] == page.keys[1]:
        page.heads.setdefault(1, "head")  # a head right below the title
    for one in page.numbers:
        if _is_dressed(page, one) and any(i in page.heads for i in (one.line - 1, one.line + 1)):
            page.folios.setdefault(one.line, one.number)


def _a_page_apart(
    page: PageLines, alike: Iterable[tuple[str, int]], many: int = 0
) -> list[list[int]]:
    """Lines that say the same thing two times or more, each a page or more behind the last.

    So many of them may stand anywhere, if any number is given.
    """
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for key, i in alike:
        groups[key].append(i)
    starts = [line.start for line in page.lines]

    def far_apart(members: Sequence[int]) -> bool:
        return all(starts[b] - starts[a] >= page.page_length for a, b in pairwise(members))

    return [
        members for members in groups.values()
        if 0 < many <= len(members) or (len(members) > 1 and far_apart(sorted(members)))
    ]  # fmt: skip


def _is_beside_dressed(page: PageLines, i: int) -> bool:
    around = [one for one in page.numbers if abs(one.line - i) == 1]
    return any(_is_dressed(page, one) for one in around)


def _is_dressed(page: PageLines, one: Numbered) -> bool:
    """Whether a number is a folio between dashes or dots."""
    return _DRESSED.fullmatch(page.lines[one.line].text) is not None


def _find_pairs(page: PageLines, titles: Mapping[str, int]) -> None:
    """Note a page's folio with the next page's right below it, beside or above a title.

    A folio between dashes needs no title.
    """
    for one, below in pairwise(page.numbers):
        if one.beside_head or (one.line + 1, one.number + 1) != (below.line, below.number):
            continue
        title = below.line if below.beside_head else below.line + 1
        says_title = (
            title < len(page.keys) and page.keys[title] in titles and not page.said[title].numbered
        )
        if not says_title and (below.beside_head or not _is_dressed(page, one)):
            continue
        page.folios[one.line] = one.number
        if not below.beside_head:
            page.folios[below.line] = below.number
        if says_title:
            page.heads[title] = "head"


def _form(text: str) -> str:
    """How a folio is printed, whatever its number."""
    return re.sub(r"\d+|[ivxlcIVXLC]+", "#", text)


def _is_an_entry(page: PageLines, one: Numbered) -> bool:
    """Whether a number at a line's end is a page that printed contents point to."""
    near = page.said[max(0, one.line - 1) : one.line + 2]
    return one.beside_head and sum(said.beside > 0 or said.leaders for said in near) > 1


def _titles(page: PageLines) -> dict[str, int]:
    """What the work's title, which is the first line, and those of numbered chapters say.

    With each its number, which may stand above it; 0 for none.
    """
    titles = {page.keys[0]: 0}
    for i, said in enumerate(page.said):
        words = said.words if said.numbered else ""
        label = heading_label(page.lines[i].text) if words or said.is_label else None
        if label and words:
            titles[words] = label.number
        elif label and i + 1 < len(page.said):
            titles[page.said[i + 1].whole] = label.number
    titles.pop("", None)
    return titles


def _is_said_again(page: PageLines, one: Numbered, numbers: Sequence[Numbered]) -> bool:
    """Whether a head's number is the same at other places: an issue's, and no page's."""
    same = (other for other in numbers if page.keys[other.line] == page.keys[one.line])
    return one.beside_head and sum(other.number == one.number for other in same) > 1


def _heads(page: PageLines, one: Numbered, titles: Mapping[str, int]) -> tuple[int, ...]:
    """What may be heads beside a number: a title, a vendor's line, or what stands again."""
    return tuple(
        i for i in _beside(page, one, titles)
        if i in page.vendors or page.keys[i] in titles or page.times[page.keys[i]] > 1
        # A chapter opens with its number and its title too.
        if titles.get(page.keys[i]) != one.number
    )  # fmt: skip


def _beside(page: PageLines, one: Numbered, titles: Mapping[str, int]) -> Iterator[int]:
    """The lines at a number's joint that may be heads; its own when it has words beside it."""
    if one.beside_head:
        if _may_be_a_head(page, one.line, titles):
            yield one.line
        return
    for step in (-1, 1):
        place = one.line + step
        while 0 <= place < len(page.lines) and abs(place - one.line) <= _MOST_LINES:
            if not (place in page.vendors or _may_be_a_head(page, place, titles)):
                break
            yield place
            place += step


def _may_be_a_head(page: PageLines, i: int, titles: Mapping[str, int]) -> bool:
    said = page.said[i]
    says = is_long_key(said.key) or said.key in titles
    says = says or (said.key != "" and page.times[said.key] > 1 and _is_beside_dressed(page, i))
    alike = says and said.may_repeat and not said.numbered
    return alike and not ends_sentence(page.lines[i].text)


def _rising(numbers: Sequence[Numbered], least: int) -> list[Numbered]:
    """The longest row of numbers that rise by little, a page or more apart."""
    rows: list[list[Numbered]] = []
    for one in numbers:
        before = (
            row for row in rows
            if 0 < one.number - row[-1].number <= _MOST_LOST and one.at - row[-1].at >= least
        )  # fmt: skip
        rows.append([*max(before, key=len, default=[]), one])
    return max(rows, key=len, default=[])


def _ends_a_page(page: PageLines, lines: AbstractSet[int], furniture: AbstractSet[int]) -> bool:
    """Whether a page ends for sure at the lines of a joint."""
    if lines & page.vendors or lines & page.edges:
        return True
    above, last, right = page.text_around(min(lines), furniture)
    if above < 0 or right >= len(page.lines) or not _GOES_ON.match(page.lines[right].text):
        return False
    before = (page.lines[last].text, page.lines[above].text)
    return any(len(text) >= _LONG_TEXT and not ends_sentence(text) for text in before)
