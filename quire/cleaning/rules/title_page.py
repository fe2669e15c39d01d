"""Takes away the title and the author's name above the first chapter: the book sets its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from quire.cleaning.chapters import openings
from quire.cleaning.draft import Draft
from quire.cleaning.form import FormBlock, form_blocks
from quire.cleaning.ledger import Edit
from quire.cleaning.lines import width
from quire.cleaning.numbering import CHAPTER_STYLES, PART_STYLES, heading_label
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "title-page"
_LONGEST, _MOST = 80, 5
_TITLE_WIDEST = 60  # cells
_TITLE = re.compile(r"(?=.*[^\W\d_]{2}).*[^著撰编译]", re.DOTALL)
_NUMBERED = (CHAPTER_STYLES | PART_STYLES) - {"title", "named"}
_SENTENCE = re.compile(r"[。！？；.!?;]\s*$")
_AUTHOR = re.compile(
    r"(?:by\s+|(?:作者|著者|文)\s*[:：]\s*)(?P<after>\S.*)|(?P<before>\S.*?)\s+(?:著|撰|编著)",
    re.IGNORECASE,
)


def _apply(draft: Draft) -> RuleOutcome:
    opened = openings(draft)
    if not opened:
        return RuleOutcome()
    title = draft.facts.get("title", "")
    blocks = tuple(islice(form_blocks(draft), _MOST + 1))
    # The title itself may stand as a heading, with another right behind the lines under it.
    for opening in opened[: 2 if _is(opened[0].title, title) else 1]:
        end = opening.mark.start
        page = [block for block in blocks if block.end <= end]
        told = _told(page, title, above_chapters=len(opened) > 1 or _is_numbered(opening.title))
        if told:
            break
    if not told:
        return RuleOutcome()
    ends = [*(block.start for block in page[1:]), end]
    why = "the book's title page is made from its metadata"
    edits = tuple(
        Edit(_NAME, block.start, end, "", why, 0.9) for block, end in zip(page, ends, strict=True)
    )
    known = {key: value for key, value in told.items() if not draft.facts.get(key)}
    return RuleOutcome(edits, facts=known)


def _told(blocks: Sequence[FormBlock], title: str, above_chapters: bool) -> dict[str, str]:
    """What the blocks say as a title page; nothing when a block says something else."""
    if not 1 <= len(blocks) <= _MOST or blocks[0].markdown:
        return {}
    texts = [" ".join(block.text.split()) for block in blocks]
    if any(len(text) > _LONGEST or _SENTENCE.search(text) for text in texts):
        return {}
    told: dict[str, str] = {}
    for text in texts:
        author = _AUTHOR.fullmatch(text)
        if author and "author" not in told:
            told["author"] = author["after"] or author["before"]
        elif "title" not in told:
            told["title"] = text
        elif "subtitle" not in told and "author" not in told:
            told["subtitle"] = text
        else:
            return {}
    # Two lines may be anything; a title with its author, one known from the pages, or one alone
    # right above the first of several chapters, or above one with a number, is not.
    is_known = _is(told.get("title", ""), title)
    is_above_all = (
        above_chapters
        and len(texts) == 1
        and width(texts[0]) <= _TITLE_WIDEST
        and _TITLE.fullmatch(texts[0])
    )
    return told if "title" in told and ("author" in told or is_known or is_above_all) else {}


def _is_numbered(heading: str) -> bool:
    label = heading_label(heading)
    return label is not None and label.style in _NUMBERED


def _is(text: str, title: str) -> bool:
    return bool(title) and text.casefold() == title.casefold()


RULE = Rule(
    name=_NAME,
    order=901,
    summary="Takes away the lines of a title page (title, subtitle, author) above the first "
    "heading, and keeps them as guesses at the metadata.",
    why="Only when every line there is one of these and an author is named, the title is known "
    "from running heads, or it is the only line above several chapters or a numbered one; "
    "editions set a title page of their own from metadata.yaml.",
    apply=_apply,
    examples=(
        Example(
            "海边的账\n\n某某 著\n\n第一章 潮\n\n潮水退了。\n\n第二章 岸\n\n岸还在。",
            "第一章 潮\n\n潮水退了。\n\n第二章 岸\n\n岸还在。",
        ),
        Example(
            "题在渡口\n\n给等船的人\n\n第一章 潮\n\n潮水退了。\n\n第二章 岸\n\n岸还在。",
            "题在渡口\n\n给等船的人\n\n第一章 潮\n\n潮水退了。\n\n第二章 岸\n\n岸还在。",
        ),
        Example(
            "The Lock at Fenny Weir\n\nChapter 1 The Gates\n\nThe gates were shut at noon.",
            "Chapter 1 The Gates\n\nThe gates were shut at noon.",
        ),
    ),
)
