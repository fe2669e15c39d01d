"""Ask about what a reader of a format left out, accepted or couldn't keep."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from quire.cleaning.draft import Draft
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "told-by-the-file"
_CONFIDENCE = 0.3


def _counted(one: str, many: str) -> Callable[[str], str]:
    """What is said of a number of things, for one and for more."""
    return lambda value: one if value == "1" else many.format(value)


_SAID: Final[dict[str, Callable[[str], str]]] = {
    "insertions-accepted": _counted(
        "one tracked insertion was kept", "{} tracked insertions were kept"
    ),
    "deletions-accepted": _counted(
        "one tracked deletion was made", "{} tracked deletions were made"
    ),
    "comments-left-out": _counted("one comment was left out", "{} comments were left out"),
    "text-boxes-kept": _counted(
        "one text box stands behind its paragraph", "{} text boxes stand behind their paragraphs"
    ),
    "page-references": _counted(
        "one reference names a page of the old setting",
        "{} references name pages of the old setting",
    ),
    "nested-tables": lambda value: f"tables inside tables were kept as paragraphs: {value}",
    "maths-as-words": _counted(
        "one equation couldn't be read, and is kept as its letters",
        "{} equations couldn't be read, and are kept as their letters",
    ),
    "pages-without-text": lambda value: f"pages without text, pictures alone: {value}",
    "vertical-pages": lambda value: f"pages in vertical lines, read in columns: {value}",
    "drawings-cut-out": lambda value: (
        f"drawings were cut out as pictures, the words in them are said of them: pages {value}"
    ),
}
"""What is asked, by the name of the detail."""


def _apply(draft: Draft) -> RuleOutcome:
    details = draft.source.details
    if not details or not draft.text:
        return RuleOutcome()
    first = draft.text[0]
    return RuleOutcome(
        questions=tuple(
            Question(0, 1, first, f"{said(details[name])}: see that it is right", _CONFIDENCE)
            for name, said in _SAID.items()
            if details.get(name)
        )
    )


_TEXT = "The keeper counted the lanterns."

RULE = Rule(
    name=_NAME,
    order=104,
    summary="Asks about what the file's reader left out, accepted or couldn't keep.",
    why="The text isn't touched; each thing is named once, with its number or its place.",
    apply=_apply,
    examples=(Example(_TEXT, _TEXT),),
)
