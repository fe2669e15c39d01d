"""What a short line says by itself, whatever stands around it: all that furniture is told by."""

from __future__ import annotations

import re
from typing import NamedTuple

from quire.cleaning.folios import FOLIO_BESIDE, PAGES, folio_number
from quire.cleaning.furniture import HEAD_LENGTH
from quire.cleaning.numbering import CHAPTER_STYLES, HAN_NUMERAL, Label, bare_label, heading_label
from quire.cleaning.vocabulary import NOTES_HEADINGS

__all__ = ["NOTE_LINE", "SAYS_NOTHING", "Said", "is_long_key", "said_by", "squashed"]

# Notes may be alike on many pages (同上), and a running head doesn't end as a sentence does.
NOTE_LINE = re.compile(
    r"(?:[*＊†‡§‖¶①-⑳⑴-⒇㉑-㉟㊱-㊿¹²³⁴-⁹]|[\[〔(（]注?\d{1,3}[\]〕)）]|\d{1,3}[.、．]\s?\S)"
)
_QUOTES = str.maketrans("‘’“”", "''\"\"")
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|·{4,}")
# The last words of a paragraph may come again too; what begins small and ends a sentence is text.
_TEXT_THAT_ENDS = re.compile(r"[a-z].*[.!?][”’\"')]?$")
# A heading calls notes, the running heads that say it don't.
_CALLOUTS = re.compile(
    r"(?:[*＊†‡§‖¶①-⑳⑴-⒇㉑-㉟㊱-㊿¹²³⁴-⁹]|[\[〔(（]注?\d{1,3}[\]〕)）]|[(（]注[:：][^()（）]*[)）])+$"
)
_LETTER = re.compile(r"[^\W\d_]")
_LABEL_BEGINS = re.compile(
    rf"[第卷篇【\[［(（0-9０-９IVXLCPBp]|{HAN_NUMERAL}|chapter|volume", re.IGNORECASE
)
_LONG_LATIN, _LONG_HAN = 8, 4  # characters of a head that isn't said twice by chance
_LEAST_TITLE = 2
_LONGEST_NUMERAL = 12  # characters of a numeral and its dot: CCCLXXXVIII.


class Said(NamedTuple):
    """What a line says.

    Attributes:
        key: what it is alike by: its words without a folio; empty for long lines.
        whole: the same with the folio.
        words: what it says behind a heading's number; empty when it has none.
        number: the number that is the whole line, and `roman` how it is written; 0 for none.
        beside: the folio at one end of the line; 0 for none.
        numbered: whether its number is a heading's.
        is_label: whether it is the number of a heading, whose words follow.
        leaders: whether dots lead the eye over it, as in printed contents.
        may_repeat: whether it may be a running head if it comes again.
    """

    key: str = ""
    whole: str = ""
    words: str = ""
    number: int = 0
    roman: bool = False
    beside: int = 0
    numbered: bool = False
    is_label: bool = False
    leaders: bool = False
    may_repeat: bool = False


SAYS_NOTHING = Said()


def said_by(text: str) -> Said:
    """What a line says that isn't blank and has no blanks at its edges."""
    label = heading_label(text)
    if label and not label.alone:
        text = _CALLOUTS.sub("", text).strip() or text
    numbered = label is not None and not _is_folio_with_words(label, text)
    leaders = _has_leaders(text)
    key = whole = squashed(text)
    beside = 0
    # A head ends no sentence: “2003 年版。” is the last line of one.
    may_have_folio = (text[0].isdecimal() or text[-1].isdecimal()) and text[-1] not in "。！？"
    found = FOLIO_BESIDE.search(text) if may_have_folio else None
    if found and numbered and not _has_folio_behind(label, text, found):
        found = None
    if "页" in text or "pages" in text:
        key = squashed(PAGES.sub("#", text))
    if found:
        key = squashed(FOLIO_BESIDE.sub("", text))
        beside = 0 if leaders else int(found["left"] or found["right"])
    number, roman = folio_number(text)
    has_words = label is not None and not label.alone and _LABEL_BEGINS.match(text)
    return Said(
        key=key if len(key) <= HEAD_LENGTH else "",
        whole=whole,
        words=squashed(text[label.length :]) if label and has_words else "",
        number=number,
        roman=roman,
        beside=beside,
        numbered=numbered,
        is_label=label.alone if label else not number and _is_numeral(text),
        leaders=leaders,
        may_repeat=not leaders and _may_repeat(text),
    )


def _is_folio_with_words(label: Label, text: str) -> bool:
    """A number with a blank behind it is a folio here."""
    return label.style == "arabic" and re.match(r"\d+\s", text) is not None


def _has_folio_behind(label: Label | None, text: str, folio: re.Match[str]) -> bool:
    """Whether a number stands behind a chapter's label and title: Chapter 2: The Weir 17."""
    if label is None or label.style not in CHAPTER_STYLES or folio["right"] is None:
        return False
    return len(text[label.length : folio.start()].strip(" :：.")) >= _LEAST_TITLE


def _is_numeral(text: str) -> bool:
    return len(text) <= _LONGEST_NUMERAL and bare_label(text) is not None


def _has_leaders(text: str) -> bool:
    # Most lines are done with the first questions.
    few = text.count(".") < 4 and "……" not in text and "····" not in text
    return not few and _LEADERS.search(text) is not None


def _may_repeat(text: str) -> bool:
    if text[-1] in "。！？" or ("a" <= text[0] <= "z" and _TEXT_THAT_ENDS.match(text)):
        return False
    has_letters = text[0].isalpha() or _LETTER.search(text)
    return bool(has_letters) and not (NOTE_LINE.match(text) or NOTES_HEADINGS.match(text))


def squashed(text: str) -> str:
    """What a line is alike by: blanks, capitals and the form of quotes say nothing."""
    return "".join(text.split()).casefold().translate(_QUOTES)


def is_long_key(key: str) -> bool:
    """Whether what a line says is so long that it hardly stands twice by chance."""
    return len(key) >= (_LONG_LATIN if key.isascii() else _LONG_HAN)
