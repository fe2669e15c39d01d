"""Regain paragraphs inside glued runs, where the text itself marks them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from quire.cleaning.draft import Block, Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.numbering import number_of
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.cleaning.vocabulary import HAN

__all__ = ["RULE"]

_NAME = "paragraphs"
_APART = 100  # characters that a paragraph has at the least
_LONG_ITEM = 150  # a series counts when its members are as long as this on the average
_TOPIC = 40  # a sentence that names a paragraph's subject is short
_NOT = (
    MarkKind.HEADING, MarkKind.NOTE, MarkKind.MATTER, MarkKind.FIGURE, MarkKind.DESCRIPTION,
    MarkKind.ITEM, MarkKind.QUOTE, MarkKind.VERSE, MarkKind.MARKDOWN, MarkKind.IMAGE,
)  # fmt: skip
_SENTENCE = re.compile(
    r"[^。！？!?]*[。！？!?]+[”’」』）)]*(?:[①-⑳]|\[\d{1,3}\]|〔\d{1,3}〕)*|[^。！？!?]+$"
)
_ORDINALS = re.compile(
    r"^(?:第(?P<a>[一二三四五六七八九十])[,，是]|(?P<b>[一二三四五六七八九十])是|其(?P<c>[一二三四五六七八九十])[,，])"
)
_HEADING_LABEL = re.compile(rf"^(?:[(（]?[{HAN}]{{1,3}}[)）、]|\d+[.、])\s*")
_ADVERBS = ("首先", "其次", "再次", "最后")
_ADVERBS_BEGIN = frozenset(word[0] for word in _ADVERBS)
_MOST_TERMS = 1_000  # of a section that are looked for in all that is before them
_QUOTED = re.compile(rf"“([{HAN}]{{3,8}})”")


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading's words, and the sentences below it up to the next heading."""

    heading: str
    sentences: tuple[_Sentence, ...]
    starts: frozenset[int]  # where blocks begin


def _sections(draft: Draft, blocks: list[Block]) -> list[_Section]:
    sections, heading = [], ""
    sentences: list[_Sentence] = []
    starts: set[int] = set()
    for block in blocks:
        if block.has(MarkKind.HEADING):
            sections.append(_Section(heading, tuple(sentences), frozenset(starts)))
            heading, sentences, starts = block.text, [], set()
        elif block.has(MarkKind.GLUED) and not block.has(*_NOT):
            starts.add(block.start)
            for match in _SENTENCE.finditer(draft.text, block.start, block.end):
                sentences.append(_Sentence(match.start(), match[0]))
    return [*sections, _Section(heading, tuple(sentences), frozenset(starts))]


def _series(section: _Section) -> dict[int, str]:
    """Openings of 首先 … 其次 … 最后, 第一 … 第二, 一是 … 二是, when the members are long."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for sentence in section.sentences:
        match = _ORDINALS.match(sentence.text)
        if match:
            group = match.lastgroup or ""
            found[group].append((number_of(match[group]), sentence.start))
        may_be_adverb = sentence.text[0] in _ADVERBS_BEGIN
        for rank, word in enumerate(_ADVERBS if may_be_adverb else (), start=1):
            if sentence.text.startswith((word + ",", word + "，")):
                found["adverb"].append((rank, sentence.start))
    breaks = {}
    for members in found.values():
        chain = _chain(members)
        places = [place for _, place in chain]
        if len(chain) >= 2 and (places[-1] - places[0]) / (len(places) - 1) >= _LONG_ITEM:
            breaks.update(dict.fromkeys(places, "a member of a series in order"))
    return breaks


def _chain(members: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The members from 1 on, rising."""
    chain: list[tuple[int, int]] = []
    for rank, place in members:
        if (not chain and rank == 1) or (chain and rank > chain[-1][0]):
            chain.append((rank, place))
    return chain


def _parallel(section: _Section) -> dict[int, str]:
    """Sentences that open alike.

    Nine characters are enough by themselves, seven when the section's first sentence opens so
    too, and four when they are the heading's first words and the sentences short and plain.
    """
    if not section.sentences:
        return {}
    topic = _HEADING_LABEL.sub("", section.heading)
    breaks = {}
    for length, least in ((9, 2), (7, 2), (4, 3)):
        groups: defaultdict[str, list[_Sentence]] = defaultdict(list)
        for sentence in section.sentences:
            groups[sentence.text[:length]].append(sentence)
        for opening, members in groups.items():
            alike = members
            if length == 7 and section.sentences[0] not in members:
                continue
            if length == 4:
                if not topic.startswith(opening):
                    continue
                alike = [one for one in members if _is_plain(one.text)]
            if len(alike) >= least and re.fullmatch(f"[“{HAN}”]+", opening):
                breaks.update({one.start: f"paragraphs that open with {opening}" for one in alike})
    return breaks


def _is_plain(sentence: str) -> bool:
    return len(sentence) <= _TOPIC and len(re.findall(r"[,，]", sentence)) <= 1


def _terms(section: _Section) -> dict[int, str]:
    """The first sentence that opens with one of the things which the heading lists."""
    words = [w for w in re.split(r"[+＋、“”]", section.heading) if len(w) >= 3]
    if not re.search(r"[+＋]", section.heading):
        return {}
    breaks = {}
    for word in words:
        for sentence in section.sentences:
            if word in sentence.text:
                clause = re.split(r"[,，]", sentence.text, maxsplit=1)[0]
                if word in clause and sentence.text.index(word) <= 30:
                    breaks[sentence.start] = f"takes up {word} of the heading"
                break
    return breaks


def _introduced(section: _Section) -> dict[int, str]:
    """A sentence that brings in a term in quotes which those behind it go on to use."""
    breaks = {}
    whole = section.heading + "".join([sentence.text for sentence in section.sentences])
    end = len(section.heading)
    asked = 0
    for i, sentence in enumerate(section.sentences):
        start, end = end, end + len(sentence.text)
        if "“" not in sentence.text:
            continue
        clause = re.split(r"[,，]", sentence.text, maxsplit=1)[0]
        terms = _QUOTED.findall(clause) if asked < _MOST_TERMS else ()
        asked += len(terms)
        behind = "".join([one.text for one in section.sentences[i + 1 : i + 8]]) if terms else ""
        for term in terms:
            if behind.count(term) >= 2 and whole.find(term, 0, start) < 0:
                breaks[sentence.start] = f"brings in {term}"
    return breaks


# What marks a paragraph, and how far it must be from the one before.
_SIGNS = ((_series, 0), (_terms, 0), (_parallel, _APART), (_introduced, _APART))


def _chosen(section: _Section) -> dict[int, str]:
    """Breaks far enough from each other; a block's start is one already."""
    wanted: dict[int, tuple[str, int]] = {}
    for sign, apart in _SIGNS:
        for place, why in sign(section).items():
            wanted.setdefault(place, (why, apart))
    chosen: dict[int, str] = {}
    last = -_APART
    for place in sorted({*wanted, *section.starts}):
        if place in section.starts:
            last = place
        elif place - last >= wanted[place][1]:
            chosen[place] = wanted[place][0]
            last = place
    return chosen


def _apply(draft: Draft) -> RuleOutcome:
    if not draft.marked(MarkKind.GLUED):
        return RuleOutcome()
    breaks: dict[int, str] = {}
    for section in _sections(draft, draft.blocks()):
        breaks |= _chosen(section)
    return RuleOutcome(
        tuple(Edit(_NAME, place, place, "\n\n", why, 0.7) for place, why in sorted(breaks.items()))
    )


_TEXT = "首先，船要修好。其次，水要涨起来。最后，人要到齐。"

RULE = Rule(
    name=_NAME,
    order=700,
    summary="Regains paragraphs inside glued runs, where the text itself marks them.",
    why="Only series in order, parallel openings and taken-up terms count; other text stays whole.",
    apply=_apply,
    examples=(Example(_TEXT, _TEXT),),
)
