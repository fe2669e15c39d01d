"""Find author, abstract, keywords, affiliation, editor and other matter around an article."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, pairwise
from math import log

from quire.cleaning.draft import Draft, Mark, MarkKind, SpanSet
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome
from quire.cleaning.vocabulary import HAN, MATTER_LABELS, SENTENCE_END

__all__ = ["RULE"]

_NAME = "front-matter"
_FRONT_ORDER = ("abstract", "keywords", "funding", "affiliation", "publication")
_REACH = 4000
_MOST_LABELS = 40
# What a label ends in, and what may stand before that: a text has few places with both.
_LABEL_ENDS = re.compile(r"[:：/\]】］〕]")
_LAST_OF_LABELS = frozenset("要词目金介绍位辑编号码期TtDdSsIi]】］〕")
_LONGEST_LABEL = 20
_SEARCHED = 200_000  # characters in which a keyword must come again
_NAME_OF_PERSON = rf"[{HAN}·]{{2,12}}(?:[ 　、,，][{HAN}·]{{2,8}})*"
_ISSUE = re.compile(r"\d{4}\s*年\s*第\s*\d+\s*期|Vol\.?\s*\d+", re.IGNORECASE)

_Label = tuple[int, int, str]  # start, end of the label, class of matter


def _labels(draft: Draft) -> list[_Label]:
    """Where labels of matter stand: start, end of label, class."""
    out = draft.spans(MarkKind.NOTE, MarkKind.MATTER, MarkKind.MARKDOWN, MarkKind.FURNITURE)
    glued = draft.spans(MarkKind.GLUED)
    found: dict[tuple[int, str], int] = {}
    text = draft.text
    for last in _LABEL_ENDS.finditer(text):
        end = last.end()
        begin = max(0, end - _LONGEST_LABEL)
        if text[begin : end - 1].rstrip()[-1:] not in _LAST_OF_LABELS:
            continue
        for kind, pattern in MATTER_LABELS:
            for match in pattern.finditer(text, begin, end):
                if match.end() == end:  # a bracket, or the colon behind it
                    found[match.start(), kind] = end
    return sorted(
        (start, end, kind)
        for (start, kind), end in found.items()
        if not out.overlap(start, end) and _may_begin(text, start, glued)
    )


def _may_begin(text: str, place: int, glued: SpanSet) -> bool:
    """A label stands at a line's start, behind a sentence, or inside a glued run."""
    before = text[max(0, place - 20) : place].rstrip(" \t\u3000")[-1:]
    return before in {"", "\n", *SENTENCE_END} or place in glued


def _edges(draft: Draft) -> list[int]:
    """Places at which matter ends in any case: other marks, and ends of blocks."""
    kinds = (MarkKind.NOTE, MarkKind.MATTER, MarkKind.FURNITURE, MarkKind.HEADING)
    edges = {mark.start for mark in draft.marked(*kinds)}
    return sorted(edges | {block.end for block in draft.blocks()})


def _next(edges: list[int], place: int, text: str) -> int:
    index = bisect_right(edges, place)
    return edges[index] if index < len(edges) else len(text)


def _author(draft: Draft, front: list[_Label]) -> Mark | None:
    """What stands between the title and the first label, when it is as short as a name."""
    titles = [mark for mark in draft.marked(MarkKind.HEADING) if mark.value == "title"]
    if not titles or not front:
        return None
    start, end = titles[0].end, front[0][0]
    while start < end and draft.text[start].isspace():
        start += 1
    name = draft.text[start:end].rstrip()
    if re.fullmatch(_NAME_OF_PERSON, name):
        return Mark(start, start + len(name), MarkKind.MATTER, "author")
    return None


def _affiliation(draft: Draft, author: str, start: int, end: int) -> Mark | None:
    """The sentence on the author that stands glued behind the keywords."""
    found = re.compile(rf"作者(?:简介)?[:：]?\s*{re.escape(author)}[,，(（][^。]*。").search(
        draft.text, start, end
    )
    return Mark(found.start(), found.end(), MarkKind.MATTER, "affiliation") if found else None


def _front(draft: Draft, front: list[_Label], edges: list[int], author: str) -> list[Mark]:
    """Each label's matter: up to the next label, the note on the author, or an edge."""
    text = draft.text
    found: list[Mark] = []
    for (start, body, kind), following in pairwise([*front, (len(text), len(text), "")]):
        end = min(following[0], _next(edges, body, text))
        note = _affiliation(draft, author, body, end) if author else None
        if note:
            found.append(note)
            end = note.start
        stop = text.find("。", body, end)
        if kind == "affiliation" and stop >= 0:
            end = stop + 1
        found.append(Mark(start, body + len(text[body:end].rstrip()), MarkKind.MATTER, kind))
    return found


def _parted(start: int, words: list[str]) -> list[Edit]:
    """Edits that put a mark between keywords which have lost it."""
    why = "the keywords have lost what stood between"
    places = [start + end for end in accumulate(len(word) for word in words[:-1])]
    return [Edit(_NAME, place, place, "；", why, 0.8) for place in places]


def _apply(draft: Draft) -> RuleOutcome:
    text = draft.text
    labels = _labels(draft)
    front = [one for one in labels if one[2] in _FRONT_ORDER]
    front = [one for one in front if one[0] - front[0][0] <= _REACH][:_MOST_LABELS]
    edges = _edges(draft)
    facts: dict[str, str] = {}
    author = _author(draft, front)
    if author:
        facts["author"] = text[author.start : author.end]
    add = [author] if author else []
    add += _front(draft, front, edges, facts.get("author", ""))
    edits: list[Edit] = []
    questions: list[Question] = []
    bodies = {start: body for start, body, kind in front if kind == "keywords"}
    for mark in [one for one in add if one.start in bodies]:
        start = bodies[mark.start]
        words, asked = _keywords(text, start, mark.end)
        facts["keywords"] = "；".join(words)
        if asked:
            why = "The keywords have lost what stood between them."
            questions.append(Question(start, mark.end, text[start : mark.end], why, 0.3))
        elif not _separated(text[start : mark.end]):
            edits += _parted(start, words)
    for start, body, kind in labels:
        if kind == "editor":
            add.append(_editor(text, start, body, _next(edges, body, text)))
            facts["editor"] = text[body : add[-1].end].strip(" )）】]")
    if front:
        facts |= _publication(draft)
    return RuleOutcome(tuple(edits), tuple(sorted(add)), facts=facts, questions=tuple(questions))


def _editor(text: str, start: int, body: int, end: int) -> Mark:
    if end - body > 16:
        name = re.compile(rf"\s*[{HAN}]{{2,4}}").match(text, body)
        end = name.end() if name else body
    return Mark(start, body + len(text[body:end].rstrip()), MarkKind.MATTER, "editor")


def _publication(draft: Draft) -> dict[str, str]:
    """The journal's name and issue from a running head, pages from folios."""
    heads = {
        draft.text[m.start : m.end] for m in draft.marked(MarkKind.FURNITURE) if m.value == "head"
    }
    issue = next((head for head in sorted(heads) if _ISSUE.search(head)), "")
    if not issue:
        return {}
    folios = [int(mark.value) for mark in draft.marked(MarkKind.PAGE) if mark.value]
    pages = f"，{folios[0]}–{folios[-1]}" if len(folios) > 1 else ""
    year = re.search(r"\d{4}", issue)
    return {"publication": issue + pages, **({"date": year[0]} if year else {})}


def _separated(text: str) -> bool:
    return bool(re.search(r"\S[；;，,、\s]+\S", text))


def _keywords(text: str, start: int, end: int) -> tuple[list[str], bool]:
    """The keywords, and whether it had to be asked where one ends."""
    said = text[start:end]
    if _separated(said) or len(said.strip()) <= 6:
        return [word.strip() for word in re.split(r"[；;，,、\s]+", said) if word.strip()], False
    rest = text[max(0, start - _SEARCHED) : start] + text[end : end + _SEARCHED]
    best: list[tuple[float, list[str]] | None] = [(0.0, [])] + [None] * len(said)
    for stop in range(1, len(said) + 1):
        for length in range(2, min(10, stop) + 1):
            before = best[stop - length]
            word = said[stop - length : stop]
            count = rest.count(word) if before else 0
            if before is None or count < 2:
                continue
            cost = before[0] + 3.0 - 0.2 * log(count)
            known = best[stop]
            if known is None or cost < known[0]:
                best[stop] = (cost, [*before[1], word])
    found = best[-1]
    if found is None:
        return [said.strip()], True
    return [part for word in found[1] for part in _loose(word, rest)], False


def _loose(word: str, text: str) -> list[str]:
    """A word in two, when each half is far more at home in the text than the whole."""
    whole = text.count(word)
    for place in range(3, len(word) - 2):
        left, right = word[:place], word[place:]
        if whole < 0.25 * min(text.count(left), text.count(right)):
            return [left, right]
    return [word]


_TEXT = "河灯考\n\n摘要：河灯在渡口点了很多年。\n\n关键词：河灯；渡口\n\n灯在水边亮着。"

RULE = Rule(
    name=_NAME,
    order=550,
    summary="Finds author, abstract, keywords, affiliation, editor and the like.",
    why="Each is announced by its label; keywords are split only into words of the text.",
    apply=_apply,
    examples=(Example(_TEXT, _TEXT),),
)
