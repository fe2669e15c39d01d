"""Where a heading ends that is glued to its body: the cut with the best evidence.

Nothing separates the two. What tells them apart is the document's own use of words: headings of
one kind end alike, a lead names them, a body takes up a phrase of its heading or opens as other
sentences of the document do, and no collocation of the document lies over the cut.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import add

from quire.cleaning.vocabulary import HAN
from quire.cleaning.words import tagged

__all__ = ["Cut", "Usage", "best_cuts"]

_LONGEST = 44
_SHORTEST = 4
_PAIRS = (("“", "”"), ("‘", "’"), ("（", "）"), ("(", ")"), ("《", "》"), ("「", "」"))
_OF_PAIRS = re.compile(f"[{''.join(opening + closing for opening, closing in _PAIRS)}]")
# Parts of speech (jieba's letters) in which a heading may end, and a sentence may begin.
_HEAD_ENDS = {
    "n": 1.0,
    "v": -0.5,
    "j": 0.5,
    "l": 0.5,
    "i": 0.5,
    "s": 0.5,
    "t": 0.5,
    "x": 0.5,
    "a": -0.5,
    "f": 0.3,
}
_BODY_OPENS = {
    "n": 1.0, "r": 1.0, "t": 1.0, "m": 0.5, "p": 0.5, "c": 0.5, "d": 0.5, "s": 0.5, "j": 0.5,
    "l": 0.5, "i": 0.5, "a": 0.5, "v": -1.0, "f": -0.5, "x": 0.5,
}  # fmt: skip
_PARTICLE = -6.0
# Marks and words that call for more: no heading ends in them; and what opens no sentence.
_NO_END = re.compile(r"[，,、；;：:“‘(（《「。是有在为把被让使归与和的了着而或及对从向将]$")
_NO_OPENING = re.compile(r"[，,。、；;：:！!？?”’)）》」]")
# A few words and a comma: so sentences open.
_CLAUSE = re.compile(rf"[{HAN}]{{2,4}}[，,]")
_STOPS = "，,。；;、"
_STOP = re.compile(f"[{_STOPS}]")
_OPENING = re.compile(rf"(?:^|[。！？!?\n”]|[①-⑳])([{HAN}]{{2,8}})")
_PHRASE = 5  # characters that a phrase has at the least
_SAMPLE = 50  # places that are looked at
_BESIDE = 6  # headings on either side that one is compared with
_MUCH_WORSE = 4.0  # behind its window's best, a cut isn't compared with those of other headings


@dataclass(frozen=True, slots=True)
class Cut:
    """The heading is the first `length` characters; `margin` is the lead over the next best."""

    length: int
    margin: float


class Usage:
    """How a document uses its words: what sentences open with, what stands beside what.

    Only what the windows hold is counted: a document is long, and few of its words are asked for.
    """

    def __init__(self, document: str, windows: Sequence[str]) -> None:
        """Count the openings of sentences, and the windows' pairs and fours of characters.

        Args:
            document: the text around the windows, and they in it.
            windows: what will be asked about.
        """
        self.document = document
        pairs = list(map(add, document, document[1:]))
        self._pairs = _surplus(pairs, [_grams(window, 2) for window in windows])
        self._openings: set[str] = set()
        for words in _OPENING.findall(document):
            if words[:2] in self._pairs:
                self._openings.update(words[:length] for length in range(2, len(words) + 1))
        fours = map(add, pairs, pairs[2:])
        self._fours = _surplus(fours, [_grams(window, 4) for window in windows])
        wanted = {gram for window in windows for gram in _grams(window, _PHRASE)}
        self._stopped: dict[str, list[int]] = {}
        for found in _STOP.finditer(document):
            end = found.start()
            key = document[max(0, end - _PHRASE) : end]
            if key in wanted:
                self._stopped.setdefault(key, []).append(end)

    def opens(self, text: str) -> int:
        """How long a beginning of `text` also opens another sentence."""
        length = 0
        for n in range(2, min(8, len(text)) + 1):
            if text[:n] in self._openings:
                length = n
        return length

    def over(self, text: str, place: int) -> float:
        """How much of the document's use lies over a cut at `place`: below 0 when it does.

        What stands in the windows alone says nothing: two headings may meet the same word.
        """
        cost = 0.0
        if self._fours[text[place - 2 : place + 2]] > 0:
            cost -= 4.0
        if self._pairs[text[place - 1 : place + 1]] > 1:
            cost -= 0.75
        return cost

    def named(self, text: str, place: int) -> int:
        """The length of the phrase before `place` that stands elsewhere before a stop.

        It counts only when that phrase stands before a stop more often than not.
        """
        key = text[place - _PHRASE : place]
        length = max(
            (self._shared(end, text, place) for end in self._stopped.get(key, ())[:_SAMPLE]),
            default=0,
        )
        if not length:
            return 0
        phrase = text[place - length : place]
        stopped = sum(self.document.count(phrase + stop) for stop in _STOPS)
        return length if 2 * stopped > self.document.count(phrase) - 1 else 0

    def _shared(self, end: int, text: str, place: int) -> int:
        length = _PHRASE
        most = min(place, end, 16)
        while length < most and self.document[end - length - 1] == text[place - length - 1]:
            length += 1
        return length


def _grams(text: str, length: int) -> list[str]:
    return [text[i : i + length] for i in range(len(text) - length + 1)]


def _surplus(grams: Iterable[str], windows: Sequence[Sequence[str]]) -> Counter[str]:
    """How often each gram of the windows stands in the document outside of them."""
    inside = Counter(gram for window in windows for gram in window)
    found = Counter(filter(inside.__contains__, grams))
    found.subtract(inside)
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """A word's end in a window, and the parts of speech on either side of it."""

    end: int
    flag: str
    following: str
    length: int  # of the word that ends here


def _places(window: str, usage: Usage) -> list[_Place]:
    """The ends of words, by the dictionary and where the document's own words begin.

    The dictionary doesn't know every word of the document: a place counts too when what follows
    opens other sentences and stands in the text before it.
    """
    end, found = 0, {}
    for (word, flag), (_, following) in pairwise(tagged(window)):
        end += len(word)
        found[end] = _Place(end, flag, following, len(word))
    for end in range(_SHORTEST, len(window) - 2):
        if end not in found and window[end : end + 2] in window[:end] and usage.opens(window[end:]):
            found[end] = _Place(end, "x", "x", 2)
    return [found[end] for end in sorted(found)]


def _may_part(head: str, body: str) -> bool:
    """Whether marks and words allow a cut here at all."""
    return (
        _SHORTEST <= len(head) <= _LONGEST
        and len(body) >= 4
        and not _NO_OPENING.match(body)
        and not _NO_END.search(head)
        and not re.search(r"[。！!]", head)
        and (not _OF_PAIRS.search(head) or _is_paired(head))
    )


def _is_paired(head: str) -> bool:
    return all(head.count(opening) == head.count(closing) for opening, closing in _PAIRS)


def _syntax(head: str, body: str, place: _Place) -> float:
    """Whether a heading may end with this word, and a sentence may open with the next."""
    score = _HEAD_ENDS.get(place.flag[:1], _PARTICLE)
    score += _BODY_OPENS.get(place.following[:1], _PARTICLE)
    if place.length == 1 and place.flag[:1] != "f":
        score -= 1.0
    if place.flag[:1] == "a" and place.following[:1] == "n":
        score -= 1.0  # an adjective and its noun
    if _CLAUSE.match(body):
        score += 2.0
    return score - 2.0 * len(re.findall(r"[是了]", head)) - 0.15 * max(0, len(head) - 30)


def _use(head: str, body: str, usage: Usage) -> float:
    """Whether the document names the heading elsewhere, and opens sentences as the body opens."""
    opened, named = usage.opens(body), usage.named(head, len(head))
    score = 0.0 if opened < 2 else 1.5 if opened == 2 else 2.5
    score += 5.0 if named >= 8 else 2.0 if named >= 5 else 0.0
    score -= len(re.findall(r"[，,]", head)) * (0.5 if named else 2.5)
    if body.startswith(head[-4:]) and len(head) > 6:
        score += 3.0  # the same phrase twice in a row: one for each
    return score + _taken_up(head, body)


def _candidates(window: str, usage: Usage) -> dict[int, float]:
    """Every cut of a window and what speaks for it, apart from the other headings."""
    scores: dict[int, float] = {}
    for place in _places(window[: _LONGEST + 16], usage):
        head, body = window[: place.end], window[place.end :]
        if not _may_part(head, body):
            continue
        if head[-1] in "？?":
            commas = len(re.findall(r"[，,]", head))
            scores[place.end] = 3.0 - 1.5 * commas - 0.1 * max(0, len(head) - 20)
            continue
        scores[place.end] = (
            _syntax(head, body, place) + _use(head, body, usage) + usage.over(window, place.end)
        )
    return scores


def _taken_up(head: str, body: str) -> float:
    """Whether the body opens with a phrase of the heading."""
    for length in (6, 5, 4, 3, 2):
        if body[:length] in head and re.fullmatch(f"[{HAN}]+", body[:length]):
            return {2: 1.5, 3: 2.5}.get(length, 3.0)
    return 0.0


def _alike(window: str, place: int, other: str, end: int) -> int:
    """How many last characters two headings share; none when the texts behind go on alike."""
    if window[place : place + 2] == other[end : end + 2]:
        return 0
    length = 0
    while length < min(place, end) and window[place - length - 1] == other[end - length - 1]:
        length += 1
    return length


def _by_last(window: str, scores: Mapping[int, float]) -> dict[str, list[int]]:
    """The better cuts of a window, by the character before the cut."""
    least = max(scores.values(), default=0.0) - _MUCH_WORSE
    found: dict[str, list[int]] = {}
    for place, score in scores.items():
        if score >= least:
            found.setdefault(window[place - 1], []).append(place)
    return found


def best_cuts(windows: Sequence[str], usage: Usage) -> list[Cut | None]:
    """Where each heading ends.

    Args:
        windows: for each heading, the text from the end of its label on. Headings of one series
            stand beside each other.
        usage: of the whole document.
    """
    found = [_candidates(window, usage) for window in windows]
    likely = [_by_last(window, scores) for window, scores in zip(windows, found, strict=True)]
    cuts: list[Cut | None] = []
    for i, scores in enumerate(found):
        window = windows[i]
        around = [j for j in range(max(0, i - _BESIDE), min(len(found), i + _BESIDE + 1)) if j != i]
        total = {}
        for place, score in scores.items():
            last = window[place - 1]
            alike = (
                _alike(window, place, windows[j], end)
                for j in around
                for end in likely[j].get(last, ())
            )
            shared = max(alike, default=0)
            total[place] = score + (min(shared, 8) * 0.7 if shared >= 2 else 0.0)
        ranked = sorted(total.items(), key=lambda item: (-item[1], item[0]))
        if not ranked:
            cuts.append(None)
            continue
        second = ranked[1][1] if len(ranked) > 1 else ranked[0][1] - 10
        cuts.append(Cut(ranked[0][0], ranked[0][1] - second))
    return cuts
