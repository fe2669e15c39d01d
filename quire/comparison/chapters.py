"""Which chapter became which, and what changed in each: paragraph by paragraph, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal, TypeAlias

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import ratio

from quire.language import EVERY_HAN
from quire.manuscript.markup import read_markup
from quire.manuscript.model import Chapter, Manuscript

__all__ = ["Change", "ChapterChange", "Passage", "compare", "words_of_text"]

Change: TypeAlias = Literal["same", "gone", "new"]

_WORD: Final = re.compile(rf"[{EVERY_HAN}]|[^\W{EVERY_HAN}]+|\s+|[^\w\s]")
"""A Han character, a word of another script, blanks, or a mark."""
_COUNTED: Final = re.compile(rf"[{EVERY_HAN}]|[^\W_{EVERY_HAN}]+")
_ALIKE: Final = 55.0
"""Per cent of likeness from which a chapter of another file is taken for the same."""
_REWRITTEN: Final = 35.0
"""Per cent of likeness below which a paragraph is shown as gone and another as new."""


@dataclass(frozen=True)
class Passage:
    """A paragraph as it was and is.

    Attributes:
        pieces: words in order, each with what became of it.
        unchanged: how many paragraphs before it are the same and not shown.
    """

    pieces: tuple[tuple[Change, str], ...]
    unchanged: int = 0


@dataclass(frozen=True)
class ChapterChange:
    """A chapter in two versions.

    Attributes:
        title: as it is; as it was, for one that is gone.
        before: its file in the old version; empty for a new one.
        after: its file in the new version; empty for one that is gone.
        words_before: how many words (Han characters are one each) it had.
        words_after: how many it has.
        added: words that are new.
        removed: words that are gone.
        notes_before: how many notes it had.
        notes_after: how many it has.
        passages: the paragraphs that changed, in order.
    """

    title: str
    before: str
    after: str
    words_before: int
    words_after: int
    added: int
    removed: int
    notes_before: int
    notes_after: int
    passages: tuple[Passage, ...]

    @property
    def changed(self) -> bool:
        """Whether anything in it, or its file's name, is another."""
        return bool(self.passages) or self.before != self.after


def compare(before: Manuscript, after: Manuscript) -> tuple[ChapterChange, ...]:
    """Every chapter in the new order; those that are gone stand where they stood."""
    pairs = _paired(before.chapters, after.chapters)
    return tuple(_compared(old, new) for old, new in pairs)


def words_of_text(text: str) -> int:
    """How many words a text has, each Han character one."""
    return len(_COUNTED.findall(text))


def _paired(
    before: Sequence[Chapter], after: Sequence[Chapter]
) -> list[tuple[Chapter | None, Chapter | None]]:
    """Chapters of one file together; then those whose texts are alike; then each alone."""
    old = {chapter.file: chapter for chapter in before}
    new = {chapter.file: chapter for chapter in after}
    partner = {file: file for file in new if file in old}
    lone = [chapter for chapter in before if chapter.file not in new]
    for chapter in after:
        if chapter.file in partner or not lone:
            continue
        near = max(lone, key=lambda one: ratio(one.body, chapter.body))
        if near.title == chapter.title or ratio(near.body, chapter.body) >= _ALIKE:
            partner[chapter.file] = near.file
            lone.remove(near)
    pairs: list[tuple[Chapter | None, Chapter | None]] = [
        (old[partner[chapter.file]] if chapter.file in partner else None, chapter)
        for chapter in after
    ]
    for chapter in lone:
        follows = [one.file for one in before][: before.index(chapter)]
        place = 0
        for number, (was, _) in enumerate(pairs, start=1):
            if was is not None and was.file in follows:
                place = number
        pairs.insert(place, (chapter, None))
    return pairs


def _compared(old: Chapter | None, new: Chapter | None) -> ChapterChange:
    was, now = (old.body if old else ""), (new.body if new else "")
    passages = tuple(_passages(_paragraphs(was), _paragraphs(now)))
    pieces = [piece for passage in passages for piece in passage.pieces]
    shown = new or old
    return ChapterChange(
        shown.title or shown.file if shown else "",
        old.file if old else "",
        new.file if new else "",
        words_of_text(was),
        words_of_text(now),
        sum(words_of_text(words) for change, words in pieces if change == "new"),
        sum(words_of_text(words) for change, words in pieces if change == "gone"),
        len(read_markup(was).bodies),
        len(read_markup(now).bodies),
        passages,
    )


def _paragraphs(text: str) -> list[str]:
    return [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text) if part.strip()]


def _passages(old: list[str], new: list[str]) -> Iterator[Passage]:
    same = 0
    for tag, begin, end, first, last in SequenceMatcher(None, old, new, False).get_opcodes():
        if tag == "equal":
            same += end - begin
            continue
        for pieces in _changed(old[begin:end], new[first:last]):
            yield Passage(tuple(pieces), same)
            same = 0


def _changed(old: list[str], new: list[str]) -> Iterator[list[tuple[Change, str]]]:
    """Paragraphs that stand for each other, word by word, as long as they are alike."""
    old = list(old)
    for paragraph in new:
        near = max(range(len(old)), key=lambda n: ratio(old[n], paragraph), default=None)
        if near is None or ratio(old[near], paragraph) < _REWRITTEN:
            yield [("new", paragraph)]
            continue
        for gone in old[:near]:
            yield [("gone", gone)]
        yield _by_words(old[near], paragraph)
        del old[: near + 1]
    for gone in old:
        yield [("gone", gone)]


def _by_words(old: str, new: str) -> list[tuple[Change, str]]:
    """The words of both in order; where they part, first those that are gone."""
    one, other = _WORD.findall(old), _WORD.findall(new)
    pieces: list[tuple[Change, str]] = []
    gone, come = "", ""
    for step in LCSseq.opcodes(one, other):
        if step.tag != "equal":
            gone += "".join(one[step.src_start : step.src_end])
            come += "".join(other[step.dest_start : step.dest_end])
            continue
        pieces += [("gone", gone), ("new", come)]
        gone, come = "", ""
        pieces.append(("same", "".join(one[step.src_start : step.src_end])))
    pieces += [("gone", gone), ("new", come)]
    return [(change, words) for change, words in pieces if words]
