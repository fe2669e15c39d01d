"""Pages found again in text that has lost them: running heads, feet, folios and the joints.

Nothing is left of the pages' geometry. What is left is repetition (the same head and foot on every
page), position (they stand side by side at a joint) and arithmetic (folios rise by one). A string
is furniture only when at least two of these agree.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from quire.cleaning.numbering import heading_label, number_of
from quire.cleaning.vocabulary import (
    MATTER_LABELS,
    NAMED_CHAPTERS,
    NOTES_HEADINGS,
    VENDOR,
    ends_sentence,
)

__all__ = ["Furniture", "Page", "Pages", "find_pages"]

_TIMES = 3  # a string that stands fewer times is no furniture
_PAGE_LENGTH = 150  # characters between two joints at the least, on the average
_HEAD_LENGTH = 60
_MOST_AT_A_JOINT = 4  # lines of furniture one behind the other
_LONG_LINE = 2000
_BARE_FOLIO = re.compile(
    r"[-–—·•~\[(（〔\s]*(?:第\s*|Page\s+|p\.\s*)?(?P<n>\d{1,4}|[ivxl]{1,7})"
    r"(?:\s*页)?(?:\s*(?:of|/|共)\s*\d{1,4}\s*页?)?[-–—·•~\])）〕\s]*",
    re.IGNORECASE,
)
_EDGE_DIGITS = re.compile(r"^\W*\d{1,4}\W+(?=\D)|(?<=\D)\W+\d{1,4}\W*$|^\d{1,4}(?=[^\d\s])")
# Notes may be alike on many pages (同上), and a running head doesn't end as a sentence does.
_NOTE_LINE = re.compile(r"^(?:[*＊†‡①-⑳⑴-⒇]|[\[〔]\d)|[。！？]$")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True, order=True)
class Furniture:
    """Characters `start` to `end` are furniture; `kind` is head, foot or folio."""

    start: int
    end: int
    kind: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page's text at `start` to `end`, without furniture; `folio` is 0 when it isn't known."""

    start: int
    end: int
    folio: int = 0


@dataclass(frozen=True, slots=True)
class Pages:
    """What was found. `title` is where the work's title stands that the running head repeats."""

    furniture: tuple[Furniture, ...] = ()
    pages: tuple[Page, ...] = ()
    glued: tuple[tuple[int, int], ...] = ()
    title: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def _lines(text: str) -> list[_Line]:
    """The lines that aren't blank, without blanks at their edges."""
    return [_Line(m.start(), m.end(), m[0]) for m in re.finditer(r"\S(?:[^\n]*\S)?", text)]


def _common_prefix(texts: Sequence[str]) -> str:
    """The longest string with which all of them begin."""
    first, last = min(texts), max(texts)
    length = 0
    while length < min(len(first), len(last)) and first[length] == last[length]:
        length += 1
    return first[:length]


def _spread(places: Sequence[int]) -> bool:
    """Whether places are a page's distance apart on the whole."""
    if len(places) < 2:
        return False
    gaps = sorted(b - a for a, b in pairwise(places))
    return gaps[len(gaps) // 2] >= _PAGE_LENGTH


# --- Feet: a vendor's line, the same on every page -------------------------------------------


def _vendor_feet(text: str) -> list[Furniture]:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for found in VENDOR.finditer(text):
        groups[text[found.start() : found.start() + 10].casefold()].append(found.start())
    feet: list[Furniture] = []
    taken: list[tuple[int, int]] = []
    for places in sorted(groups.values()):
        if len(places) < _TIMES or not _spread(places):
            continue
        start, end = _widened(text, places)
        for place in places:
            span = (place - start, place + end)
            if not any(a <= span[0] < b for a, b in taken[-2:]):
                taken.append(span)
                feet.append(Furniture(*span, "foot"))
        taken.sort()
    return _without_overlap(feet)


def _widened(text: str, places: Sequence[int]) -> tuple[int, int]:
    """How far to the left and right all these places are alike, within a line and up to digits."""

    def alike(offset: int) -> bool:
        characters = {text[place + offset : place + offset + 1] for place in places}
        one = next(iter(characters))
        return len(characters) == 1 and one not in {"", "\n"} and not one.isdigit()

    left = 0
    while left < 200 and places[0] - left > 0 and alike(-left - 1):
        left += 1
    right = 0
    while right < 300 and alike(right):
        right += 1
    return left, right


def _without_overlap(pieces: Iterable[Furniture]) -> list[Furniture]:
    kept: list[Furniture] = []
    for piece in sorted(pieces):
        if kept and piece.start < kept[-1].end:
            if piece.end > kept[-1].end and piece.kind == kept[-1].kind:
                kept[-1] = replace(kept[-1], end=piece.end)
            continue
        kept.append(piece)
    return kept


# --- Folios beside a foot ----------------------------------------------------------------------


def _folios_beside(text: str, feet: Sequence[Furniture]) -> list[Furniture]:
    """The digits that touch a foot and fit the sequence; one lost digit is put up with."""
    beside: list[tuple[re.Match[str] | None, re.Match[str] | None]] = []
    votes: Counter[int] = Counter()
    for i, foot in enumerate(feet):
        left = re.compile(r"\d{1,8}[ \t]*$").search(text, max(0, foot.start - 12), foot.start)
        right = re.compile(r"[ \t]*\d{1,8}").match(text, foot.end)
        beside.append((left, right))
        numbers = {int(d) for d in _ends_of(left, -1) + _ends_of(right, 1)}
        votes.update(sorted(number - i for number in numbers))
    if not votes:
        return []
    base, count = max(votes.items(), key=lambda item: (item[1], item[0]))
    if count < max(2, len(feet) * 0.3):
        return []
    folios = []
    for i, (left, right) in enumerate(beside):
        folio = _fitting(left, right, base + i)
        if folio:
            folios.append(folio)
    return folios


def _ends_of(found: re.Match[str] | None, side: int) -> list[str]:
    digits = found[0].strip() if found else ""
    lengths = range(1, min(4, len(digits)) + 1)
    return [digits[-n:] if side < 0 else digits[:n] for n in lengths]


def _fitting(
    left: re.Match[str] | None, right: re.Match[str] | None, number: int
) -> Furniture | None:
    """The folio `number` among the digits before and behind a foot."""
    said = str(number)
    if left and left[0].strip().endswith(said):
        end = left.start() + len(left[0].rstrip())
        return Furniture(end - len(said), end, "folio", number)
    if right and right[0].strip().startswith(said):
        start = right.end() - len(right[0].lstrip())
        return Furniture(start, start + len(said), "folio", number)
    for found in (right, left):
        digits = found[0].strip() if found else ""
        if found and len(digits) == len(said) - 1 and _is_without_a_digit(digits, said):
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            return Furniture(start, start + len(digits), "folio", number)
    return None


def _is_without_a_digit(digits: str, said: str) -> bool:
    return any(digits == said[:i] + said[i + 1 :] for i in range(len(said)))


# --- Heads behind a foot, glued to the text ----------------------------------------------------


def _behind(text: str, pieces: Sequence[Furniture]) -> list[int]:
    """The first character of text behind each cluster of pieces."""
    places = []
    for i, piece in enumerate(pieces):
        place = piece.end
        while place < len(text) and text[place].isspace():
            place += 1
        if i + 1 < len(pieces) and pieces[i + 1].start <= place:
            continue
        places.append(place)
    return places


def _shared_beginnings(text: str, places: Sequence[int]) -> list[str]:
    """Strings that the text begins with at two or more of these places, longest common form."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for place in places:
        line = text[place : place + _HEAD_LENGTH].split("\n", 1)[0]
        if len(line) >= 4:
            groups[line[:4]].append(line)
    shared = []
    for lines in groups.values():
        if len(lines) >= 2:
            prefix = _common_prefix(lines).rstrip()
            if len(prefix) >= 4 and len(prefix) < _HEAD_LENGTH:
                shared.append(prefix)
    return shared


def _occurrences(text: str, wanted: str) -> list[int]:
    places, place = [], text.find(wanted)
    while place >= 0:
        places.append(place)
        place = text.find(wanted, place + len(wanted))
    return places


def _glued_heads(
    text: str, pieces: Sequence[Furniture]
) -> tuple[list[Furniture], tuple[int, int] | None]:
    """Heads at joints and at the first page's start, and the title that one of them repeats."""
    joints = set(_behind(text, pieces))
    strings = [
        head for head in _shared_beginnings(text, sorted(joints))
        if len(_occurrences(text, head)) >= _TIMES
    ]  # fmt: skip
    heads: list[Furniture] = []
    first: list[tuple[int, str]] = []
    for head in strings:
        for place in _occurrences(text, head):
            if place in joints:
                heads.append(Furniture(place, place + len(head), "head"))
            elif not first or place < min(joints):
                first.append((place, head))
    opening, title = _first_page(text, sorted(first), min(joints, default=0))
    return heads + opening, title


def _first_page(
    text: str, found: Sequence[tuple[int, str]], joint: int
) -> tuple[list[Furniture], tuple[int, int] | None]:
    """Before the first joint, heads in a row at a line's start: the last of them is the title."""
    row: list[tuple[int, str]] = []
    for place, head in found:
        if place >= joint:
            break
        at_start = place == 0 or text[:place].rstrip(" \t\u3000")[-1:] in {"", "\n"}
        follows = bool(row) and row[-1][0] + len(row[-1][1]) == place
        if (not row and at_start) or follows:
            row.append((place, head))
    if not row:
        return [], None
    place, head = row[-1]
    end = place + len(head)
    *before, _ = row
    ahead = text[end : end + 80]
    announced = any(pattern.search(ahead) for _, pattern in MATTER_LABELS)
    if before or announced or text[end : end + 1] in {"\n", ""}:
        return [Furniture(p, p + len(h), "head") for p, h in before], (place, end)
    return [Furniture(place, end, "head")], None


# --- Folios and heads glued without any foot ---------------------------------------------------


def _heads_beside_folios(text: str) -> list[Furniture]:
    """Strings that follow or precede numbers in sequence, three times and a page apart."""
    after: defaultdict[str, list[re.Match[str]]] = defaultdict(list)
    before: defaultdict[str, list[re.Match[str]]] = defaultdict(list)
    for found in _numbers_in_long_lines(text):
        for groups, key in (
            (after, text[found.end() : found.end() + 6]),
            (before, text[max(0, found.start() - 6) : found.start()]),
        ):
            if len(key) == 6 and not re.search(r"[\d\n，。,.;；:：]", key):
                groups[key].append(found)
    pieces: list[Furniture] = []
    for groups, side in ((after, 1), (before, -1)):
        for matches in groups.values():
            rising = len(matches) >= _TIMES and _is_arithmetic([int(m[0]) for m in matches])
            if rising and _spread([m.start() for m in matches]):
                pieces += _with_folios(text, matches, side)
    return _without_overlap(pieces)


def _numbers_in_long_lines(text: str) -> Iterator[re.Match[str]]:
    """Numbers inside runs of text; what stands on a line of its own is told elsewhere."""
    pattern = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
    for line in _lines(text):
        if line.end - line.start >= _PAGE_LENGTH:
            yield from pattern.finditer(text, line.start, line.end)


def _is_arithmetic(numbers: Sequence[int]) -> bool:
    """Whether most steps are the same small one: 1, or 2 for pages of one side."""
    steps = Counter(b - a for a, b in pairwise(numbers))
    step, count = max(steps.items(), key=lambda item: (item[1], -item[0]))
    return step in {1, 2} and count >= 0.6 * (len(numbers) - 1)


def _with_folios(text: str, matches: Sequence[re.Match[str]], side: int) -> list[Furniture]:
    pieces = []
    if side > 0:
        tails = [text[m.end() : m.end() + _HEAD_LENGTH].split("\n", 1)[0] for m in matches]
        length = len(_common_prefix(tails))
        spans = [(m.end(), m.end() + length) for m in matches]
    else:
        tails = [text[max(0, m.start() - _HEAD_LENGTH) : m.start()][::-1] for m in matches]
        length = len(_common_prefix([tail.split("\n", 1)[0] for tail in tails]))
        spans = [(m.start() - length, m.start()) for m in matches]
    for found, (start, end) in zip(matches, spans, strict=True):
        pieces.append(Furniture(found.start(), found.end(), "folio", int(found[0])))
        pieces.append(Furniture(start, end, "head"))
    return pieces


# --- Furniture on lines of its own -------------------------------------------------------------


def _line_furniture(
    lines: Sequence[_Line], edges: frozenset[int]
) -> tuple[list[Furniture], tuple[int, int] | None]:
    """Bare folios and repeated short lines at joints, and the title that a head repeats.

    The text's first line is the title when it is like a head and nothing proves it to be one.

    Args:
        lines: its lines.
        edges: numbers of lines that are known to stand at a page's edge.
    """
    folios = _folio_lines(lines)
    groups = _repeated_lines(lines)
    candidates = set(folios) | {i for members in groups.values() for i in members}
    cut = _cut_sentences(lines, candidates)
    vendors = {
        i for i, line in enumerate(lines) if len(line.text) < 200 and VENDOR.search(line.text)
    }

    def proof(i: int) -> bool:
        near = {i - 1, i + 1}
        return bool(near & (vendors | set(folios))) or i in edges or i in cut

    heads: dict[int, str] = {}
    for members in groups.values():
        proven = [i for i in members if proof(i) or _edge_number(lines[i].text)]
        strong = [i for i in proven if i not in cut]
        if 2 * len(proven) >= len(members) and (strong or 2 * len(proven) > len(members)):
            kept = members if members[0] in proven else members[1:]
            heads.update((i, "foot" if i in vendors else "head") for i in kept)
    bound = {i for i in folios if {i - 1, i + 1} & (set(heads) | vendors) or i in edges}
    sure = len(bound) + len([i for i in folios if i in cut and i not in bound])
    if len(folios) < _TIMES or sure < 0.4 * len(folios):
        folios = {}
    pieces = [Furniture(lines[i].start, lines[i].end, kind) for i, kind in heads.items()]
    pieces += [Furniture(lines[i].start, lines[i].end, "folio", n) for i, n in folios.items()]
    title = None
    if 0 not in heads and any(
        members[0] == 0 and members[1] in heads for members in groups.values()
    ):
        title = (lines[0].start, lines[0].end)
    return pieces, title


def _folio_lines(lines: Sequence[_Line]) -> dict[int, int]:
    """Lines that are a number, in the longest rising sequence, a page apart."""
    found = []
    for i, line in enumerate(lines):
        match = _BARE_FOLIO.fullmatch(line.text) if len(line.text) < 24 else None
        number = number_of(match["n"]) if match else 0
        if number:
            found.append((i, number))
    chain = _rising(found)
    steps = [b - a for (_, a), (_, b) in pairwise(chain)]
    regular = sum(step <= 2 for step in steps) >= 0.6 * len(steps)
    if len(chain) < _TIMES or not regular or not _spread([lines[i].start for i, _ in chain]):
        return {}
    return dict(chain)


def _rising(found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest strictly rising subsequence by the second member."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for i, (_, number) in enumerate(found):
        place = bisect_left(tails, number)
        before.append(at[place - 1] if place else -1)
        if place == len(tails):
            tails.append(number)
            at.append(i)
        else:
            tails[place], at[place] = number, i
    chain, i = [], at[-1] if at else -1
    while i >= 0:
        chain.append(found[i])
        i = before[i]
    return chain[::-1]


def _repeated_lines(lines: Sequence[_Line]) -> dict[str, list[int]]:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if 2 <= len(line.text) <= _HEAD_LENGTH and _LETTER.search(line.text):
            if _NOTE_LINE.search(line.text):
                continue
            if not NOTES_HEADINGS.match(line.text) and not NAMED_CHAPTERS.match(line.text):
                groups[_key(line.text)].append(i)
    crowded = _crowded({i for members in groups.values() if len(members) > 1 for i in members})
    groups_apart = {
        key: [i for i in members if i not in crowded] for key, members in groups.items()
    }
    return {
        key: members for key, members in groups_apart.items()
        if len(members) >= _TIMES and _spread([lines[i].start for i in members])
    }  # fmt: skip


def _crowded(candidates: set[int]) -> set[int]:
    """Lines in a row of more than a joint has: text that repeats itself, no furniture."""
    crowded: set[int] = set()
    run: list[int] = []
    for i in sorted(candidates):
        run = [*run, i] if run and run[-1] == i - 1 else [i]
        if len(run) > _MOST_AT_A_JOINT:
            crowded |= set(run)
    return crowded


def _is_numbered(text: str) -> bool:
    """Whether a line's number is a heading's; a number with a blank behind it is a folio here."""
    label = heading_label(text)
    return label is not None and not (label.style == "arabic" and re.match(r"\d+\s", text))


def _key(text: str) -> str:
    bare = text if _is_numbered(text) else _EDGE_DIGITS.sub("", text)
    return re.sub(r"\s+", " ", bare).strip().casefold()


def _edge_number(text: str) -> bool:
    return not _is_numbered(text) and bool(_EDGE_DIGITS.search(text))


def _cut_sentences(lines: Sequence[_Line], candidates: set[int]) -> set[int]:
    """Candidates with a sentence cut in two around them.

    In wrapped text that is true of every line, so a candidate must stand apart by a blank line
    and be no part of a sentence itself.
    """
    cut = set()
    for i in candidates:
        left, right = i - 1, i + 1
        while left in candidates:
            left -= 1
        while right in candidates:
            right += 1
        if left < 0 or right >= len(lines) or re.search(r"[，。；！？,;]", lines[i].text):
            continue
        gaps = [b.start - a.end for a, b in pairwise(lines[left : right + 1])]
        if max(gaps) < 2:
            continue
        before, behind = lines[left].text, lines[right].text
        if len(before) >= 8 and not ends_sentence(before) and not heading_label(behind):
            cut.add(i)
    return cut


# --- All together ------------------------------------------------------------------------------


def find_pages(
    text: str,
    given: Sequence[tuple[int, int]] = (),
    allowed: Callable[[int, int], bool] = lambda start, end: True,
) -> Pages:
    """Find pages and their furniture.

    Args:
        text: all of it.
        given: where pages lie, when the format says so.
        allowed: whether a stretch may be furniture at all.
    """
    lines = _lines(text)
    feet = [foot for foot in _vendor_feet(text) if allowed(foot.start, foot.end)]
    glued = feet + _folios_beside(text, feet)
    title = None
    if glued:
        heads, title = _glued_heads(text, sorted(glued))
        glued += heads
    own, first_line = _line_furniture(lines, _edge_lines(lines, given))
    title = title or first_line
    pieces = glued + own
    if not pieces:
        pieces = _heads_beside_folios(text)
    pieces = [one for one in _without_overlap(pieces) if allowed(one.start, one.end)]
    if not pieces:
        return Pages(glued=_long_lines(lines))
    clusters = _clusters(text, pieces)
    pages = _pages_between(text, clusters)
    if given:
        pages = [_numbered(text, span, clusters) for span in given]
    return Pages(tuple(pieces), tuple(pages), _glued_lines(lines, pieces), title)


def _edge_lines(lines: Sequence[_Line], given: Sequence[tuple[int, int]]) -> frozenset[int]:
    starts = [line.start for line in lines]
    edges: set[int] = set()
    for start, end in given:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if last - first >= 3:
            edges |= {first, first + 1, last - 2, last - 1}
    return frozenset(edges)


def _clusters(text: str, pieces: Sequence[Furniture]) -> list[list[Furniture]]:
    clusters: list[list[Furniture]] = []
    for piece in pieces:
        if clusters and not text[clusters[-1][-1].end : piece.start].strip():
            clusters[-1].append(piece)
        else:
            clusters.append([piece])
    return clusters


def _folio_of_page_before(cluster: Sequence[Furniture]) -> int:
    """A folio at a page's end: before, or right behind, a foot; or with no head before it."""
    number = 0
    for piece in cluster:
        if piece.kind == "folio":
            number = piece.number
        if piece.kind == "head" and not number:
            return 0
    return number


def _pages_between(text: str, clusters: Sequence[Sequence[Furniture]]) -> list[Page]:
    pages = []
    first = clusters[0]
    if first[0].kind != "head":
        start = text.rfind("\n\n", 0, first[0].start) + 2 if len(clusters) < 2 else 0
        pages.append(_page(text, max(start, 0), first[0].start, _folio_of_page_before(first)))
    for left, right in pairwise(clusters):
        folio = _folio_of_page_before(right)
        if not folio and not _folio_of_page_before(left):
            folio = next((piece.number for piece in left if piece.number), 0)
        pages.append(_page(text, left[-1].end, right[0].start, folio))
    last = clusters[-1]
    if last[-1].kind == "head":
        on_its_line = text[last[-1].end : last[-1].end + 1] == "\n"
        end = -1 if on_its_line else text.find("\n\n", last[-1].end)
        folio = next((piece.number for piece in last if piece.number), 0)
        pages.append(_page(text, last[-1].end, len(text) if end < 0 else end, folio))
    return [page for page in pages if page.start < page.end]


def _page(text: str, start: int, end: int, folio: int) -> Page:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Page(start, end, folio)


def _numbered(text: str, span: tuple[int, int], clusters: Sequence[Sequence[Furniture]]) -> Page:
    """A page that the format told of, with the folio that stands on it."""
    start, end = span
    numbers = [p.number for c in clusters for p in c if start <= p.start < end and p.number]
    return _page(text, start, end, numbers[0] if numbers else 0)


def _glued_lines(
    lines: Sequence[_Line], pieces: Sequence[Furniture]
) -> tuple[tuple[int, int], ...]:
    """Lines that hold furniture and text beside it, and lines too long to be a paragraph."""
    starts = [piece.start for piece in pieces]
    glued = []
    for line in lines:
        inside = pieces[bisect_left(starts, line.start) : bisect_right(starts, line.end)]
        covered = sum(piece.end - piece.start for piece in inside)
        room = line.end - line.start - covered
        if (inside and room > len(inside) * 4) or line.end - line.start >= _LONG_LINE:
            glued.append((line.start, line.end))
    return tuple(glued)


def _long_lines(lines: Sequence[_Line]) -> tuple[tuple[int, int], ...]:
    return tuple((one.start, one.end) for one in lines if one.end - one.start >= _LONG_LINE)
