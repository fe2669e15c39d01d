"""Titles that other places of the document vouch for: its printed contents, its running heads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quire.cleaning.draft import Draft
from quire.cleaning.numbering import heading_label

__all__ = ["CONTENTS_FACT", "HEADS_FACT", "KnownTitles", "folded"]

# Facts of a draft: titles, one a line.
CONTENTS_FACT, HEADS_FACT = "printed-contents", "running-heads"
_MOST_ENTRIES = 300  # that are looked for in a text
_SHORTEST, _LONGEST = 2, 80  # characters of a title, folded
_NOT_SEEN = " \t\n\r\f\v\u00a0\u00ad\u200b\u2002\u2003\u2009\u202f\u3000\ufeff①②③④⑤⑥⑦⑧⑨⑩*"
_IS_PLAIN = re.compile("[a-z\u4e00-\u9fff]")  # what stays as it is when it is folded
_FOLD = str.maketrans(
    "".join(map(chr, range(0xFF01, 0xFF5F))) + "“”‘’。、—–―",
    "".join(map(chr, range(0x21, 0x7F))).lower() + "\"\"''.,---",
    _NOT_SEEN,
)


def folded(text: str) -> str:
    """A title as it is compared: no blanks, no callouts, small letters, marks of half width."""
    return text.lower().translate(_FOLD)


@dataclass(frozen=True)
class KnownTitles:
    """Titles by their folded words, each with its label (0: none) and without."""

    _titles: frozenset[str] = frozenset()
    _openings: frozenset[str] = frozenset()
    _firsts: frozenset[str] = frozenset()
    _contents: frozenset[str] = frozenset()
    _unlabelled: frozenset[str] = frozenset()
    entries: tuple[str, ...] = ()  # of the printed contents, as they were printed

    @classmethod
    def of(cls, draft: Draft) -> KnownTitles:
        """What the rules before found in a draft."""
        contents = draft.facts.get(CONTENTS_FACT, "").split("\n")
        heads = draft.facts.get(HEADS_FACT, "").split("\n")
        titles = frozenset(_forms([*contents, *heads]))
        entries = frozenset(folded(one) for one in contents if one)
        return cls(
            titles,
            frozenset(title[:_SHORTEST] for title in titles | entries),
            frozenset(title[:1] for title in titles | entries),
            entries,
            frozenset(folded(one) for one in contents if not heading_label(one)),
            tuple(one for one in contents if one),
        )

    def __bool__(self) -> bool:
        """Whether any title is known."""
        return bool(self._titles)

    def has(self, text: str) -> bool:
        """Whether a whole line is one of the titles."""
        return self._may_be(text) and folded(text) in self._titles

    def in_contents(self, text: str) -> bool:
        """Whether a line is an entry of the printed contents, label and all."""
        return self._may_be(text) and folded(text) in self._contents

    def _may_be(self, text: str) -> bool:
        """Whether a line is short enough, and begins as some title does: few lines do."""
        if len(text) > 2 * _LONGEST:
            return False
        first = text[:1].lower()[:1]  # İ is two characters in small letters
        if _IS_PLAIN.match(first) and first not in self._firsts:
            return False
        begins = folded(text[: 2 * _SHORTEST])[:_SHORTEST]
        return len(begins) < _SHORTEST or begins in self._openings

    def is_unlabelled(self, text: str) -> bool:
        """Whether words are an entry of the printed contents that has no label there."""
        return folded(text) in self._unlabelled

    def entry_places(self, text: str) -> list[int]:
        """Where entries of the contents that have labels stand in a text, if only once."""
        places = []
        for entry in self.entries[:_MOST_ENTRIES]:
            place = text.find(entry) if heading_label(entry) and len(entry) >= 4 else -1
            if place >= 0 and text.find(entry, place + 1) < 0:
                places.append(place)
        return sorted(places)

    def end_at(self, text: str, start: int, limit: int) -> int:
        """Where the longest title ends that begins at `start`; 0 when none does."""
        seen, found = "", 0
        if folded(text[start : start + 2 * _SHORTEST])[:_SHORTEST] not in self._openings:
            return 0
        for place in range(start, min(limit, start + 2 * _LONGEST)):
            seen += folded(text[place])
            if len(seen) > _LONGEST:
                break
            if seen in self._titles and not text[place].isspace():
                found = place + 1
        return found


def _forms(titles: Iterable[str]) -> Iterable[str]:
    """Each title folded, and again without its label."""
    for title in titles:
        label = heading_label(title.strip())
        bare = title.strip()[label.length :] if label else ""
        for form in (folded(title), folded(bare)):
            if _SHORTEST <= len(form) <= _LONGEST:
                yield form
