"""The pages that a book has without anyone writing them: copyright page and colophon."""

from __future__ import annotations

import re
from collections.abc import Iterable

from quire.language import Words, is_cjk
from quire.metadata.model import Metadata
from quire.pandoc import Blocks, Inlines, para, text_inlines
from quire.version import VERSION

__all__ = ["colophon", "copyright_page", "count_text"]

_WORD = re.compile(r"[^\W_]\S*")
"""A word from its first letter or digit on."""
_RECORDED_ROLES = ("aut", "edt", "trl", "ill", "com", "aui")

_FEWEST_COUNTED = 1000
"""Characters of text; the record of an edition counts in thousands."""


def count_text(text: str, words: Words) -> int:
    """How long a text is: in characters for Chinese, Japanese and Korean, else in words."""
    if words.tag.split("-")[0] in {"zh", "ja", "ko"}:
        return len("".join(text.split()))
    return len(_WORD.findall(text))


def copyright_page(metadata: Metadata, words: Words, length: int) -> Blocks:
    """The copyright page: rights, the CIP record, then the record of the edition.

    The order is that of GB/T 12450-2001 (图书书名页). Only what metadata.yaml says is printed, but
    for the length (字数), which is counted. Books that aren't Chinese have neither length nor
    the record's line for the title.

    Args:
        metadata: the book's.
        words: the language's.
        length: of the text, in characters or words.
    """
    stated = metadata.copyright
    groups = [
        [*_rights(metadata, words)],
        [words.say("cip-heading"), *stated.cip.splitlines()] if stated.cip else [],
        [*_record(metadata, words, length)],
        [*_isbns_and_price(metadata, words)],
    ]
    return [_lines(group) for group in groups if group]


def _rights(metadata: Metadata, words: Words) -> Iterable[str]:
    stated = metadata.copyright
    holder = stated.holder or words.say("joint").join(metadata.authors)
    year = stated.year or (metadata.date.year if metadata.date else None)
    if holder and year:
        yield words.say("copyright-line", year=year, holder=holder)
    elif holder:
        yield words.say("copyright-line-undated", holder=holder)
    if metadata.rights:
        yield metadata.rights
    if stated.notice:
        yield from stated.notice.splitlines()
    if metadata.source:
        yield words.say("source-line", source=metadata.source)


def _record(metadata: Metadata, words: Words, length: int) -> Iterable[str]:
    """The record of the edition (版本记录), one field a line."""
    stated = metadata.copyright
    chinese = words.tag.startswith("zh")
    people: dict[str, list[str]] = {role: [] for role in _RECORDED_ROLES}
    for person in (*metadata.author, *metadata.contributor):
        people.setdefault(person.role, []).append(person.name)
    publisher = metadata.publisher or ""
    if metadata.place and publisher:
        publisher = f"{metadata.place}{'：' if chinese else ': '}{publisher}"
    series = (metadata.series.name, metadata.series.number) if metadata.series else ()
    counted = None
    if chinese and length >= _FEWEST_COUNTED:
        counted = words.say("length", count=length, thousands=round(length / 1000))
    day = metadata.date
    fields: list[tuple[str, str | None]] = [
        ("record-title", metadata.full_title if chinese else None),
        *((f"record-{role}", words.say("joint").join(people[role])) for role in _RECORDED_ROLES),
        ("record-series", " ".join(str(one) for one in series if one)),
        ("record-editor", stated.editor),
        ("record-proofreader", stated.proofreader),
        ("record-designer", stated.designer),
        ("record-publisher", publisher),
        ("record-distributor", stated.distributor),
        ("record-address", stated.address),
        ("record-printer", stated.printer),
        ("record-format", metadata.print.trim),
        ("record-sheets", stated.sheets),
        ("record-characters", stated.characters or counted),
        ("record-edition", metadata.edition),
        ("record-impression", stated.impression),
        (
            "record-date",
            words.say("date-long", year=day.year, month=day.month, day=day.day) if day else None,
        ),
    ]
    for name, value in fields:
        if value:
            yield words.say("record-line", name=words.say(name), value=value)


def _isbns_and_price(metadata: Metadata, words: Words) -> Iterable[str]:
    for edition in ("print", "epub", "pdf"):
        number = getattr(metadata.isbn, edition)
        if number:
            yield words.say("record-line", name=words.say(f"isbn-{edition}"), value=number)
    if metadata.copyright.price:
        price = metadata.copyright.price
        yield words.say("record-line", name=words.say("record-price"), value=price)


def colophon(words: Words, length: int, notes: int) -> Blocks:
    """How the book was made: programs, typefaces, and that it can be made again."""
    name = "colophon-made" if notes else "colophon-made-without-notes"
    made = words.say(name, version=VERSION, characters=length, notes=notes)
    sentences = [
        made,
        *(words.say(f"colophon-{one}") for one in ("programs", "typefaces", "reproducible")),
    ]
    joint = "" if is_cjk(made[-1]) else " "
    return [para(text_inlines(joint.join(sentences)))]


def _lines(lines: Iterable[str]) -> dict[str, object]:
    inlines: Inlines = []
    for line in lines:
        inlines += [{"t": "LineBreak"}] if inlines else []
        inlines += text_inlines(line)
    return para(inlines)
