"""What the words on both sides of a blank line tell in English: one sentence, or two blocks."""

from __future__ import annotations

import re

from quire.cleaning.numbering import heading_label

__all__ = ["goes_on", "is_new_sentence", "stands_apart"]

_SHORT = 44  # characters: a line of verse, of a table or of a letter
_PARAGRAPH = 80  # characters: more than any of these
_CLAUSE = 100  # characters of a paragraph that is no item of a list
_LAST_WORD = 20  # characters of a text's end in which its last word is, if it is one of these
# Words that have a capital only where a sentence or a line of verse begins.
_BEGINS_ANEW = re.compile(
    r"[\"“‘']?(?:A|An|And|As|At|But|By|Each|For|From|He|Her|His|How|If|In|It|Its|No|Nor|Not|Of|On|Or|"
    r"Our|She|So|Some|Than|That|The|Their|Then|There|These|They|This|Those|Though|Till|To|Upon|We|"
    r"What|When|Where|Which|While|Who|Why|With|Yet|You|Your)\b"
)
# Words that no sentence ends in.
_HANGS = re.compile(
    r"\b(?:a|an|and|as|at|but|by|for|from|her|his|if|in|into|its|my|no|of|on|or|our|than|that|the|"
    r"their|these|this|to|upon|was|were|which|who|with|your)$"
)
_CLOSES_A_LETTER = re.compile(
    r"\b(?:affectionately|faithfully|friend|love|obediently|regards|respectfully|servant|sincerely|"
    r"truly|wishes|yours),$",
    re.IGNORECASE,
)
_CRY = re.compile('[!?]["”’]?$')  # a sentence may go on behind it in small letters
_QUOTE = re.compile(r"[\"“]")
_QUOTES_A_CLAUSE = re.compile(r"[\"“‘][a-z]")
_NEW_SPEECH = re.compile(r"\"[A-Z]")


def goes_on(before: str, after: str, above: str) -> bool:
    """Whether words, or small letters behind a pause or a quote, show a long sentence to go on.

    Args:
        before: a block, without callouts at its end.
        after: the next.
        above: the block above `before`; one that ends in a pause is an item of a list.
    """
    if len(before) <= _SHORT:
        return False
    label = heading_label(after)
    if label and not after[: label.length].rstrip().isdecimal():
        return False
    if _HANGS.search(before[-_LAST_WORD:]):
        return re.match(r"[\"“‘]?\w", after) is not None
    if len(before) <= _PARAGRAPH:
        return False
    if _CRY.search(before[-3:]):
        return re.match("[a-z]{2}", after) is not None
    if before.endswith(","):
        return _QUOTE.match(after) is not None
    if _QUOTES_A_CLAUSE.match(after):
        return before[-1].islower()
    is_item = after.endswith((";", ":", ",")) or above.endswith((";", ":"))
    return (
        len(before) > _CLAUSE
        and before.endswith(";")
        and re.match("[a-z]", after) is not None
        and not is_item
    )


def stands_apart(before: str, after: str) -> bool:
    """Whether `after` begins anew though `before` has no end.

    That is so in verse, in rows of a table, at a letter's close, and where another one speaks.
    """
    if _NEW_SPEECH.match(after):
        return before.count('"') % 2 == 0
    last = before[before.rfind("\n") + 1 :]
    if len(last) <= _SHORT and _CLOSES_A_LETTER.search(before[-_LAST_WORD:]):
        return True
    capital = after[:1].isascii() and after[:1].isupper()
    if capital and len(before) <= _SHORT and len(after) <= _SHORT:
        return True
    return before.endswith(",") and len(before) <= _PARAGRAPH and bool(_BEGINS_ANEW.match(after))


def is_new_sentence(before: str, after: str) -> bool:
    """Whether a capital begins a sentence for all that is known: by its word, or behind a mark."""
    return before[-1:] in ')]"”' or _BEGINS_ANEW.match(after) is not None
