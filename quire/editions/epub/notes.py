"""Endnotes: lists of bodies that know every way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from quire.assembly.model import Endnote, Section
from quire.editions.epub.xhtml import Element, add, content_of, element, html_name
from quire.language import Words

__all__ = ["notes_by_section", "notes_list"]

_BACK = "↩\ufe0e"
"""An arrow back, with the selector that keeps readers from drawing it as an emoji."""


def notes_by_section(
    endnotes: Sequence[Endnote],
    sections: Iterable[Section],
    bodies: Mapping[str, Element],
    words: Words,
    name: Callable[[str], str],
) -> list[Element]:
    """The lists of a book's endnotes, each under the title of the section that calls them.

    Args:
        endnotes: in order, those of a section together.
        sections: the book's.
        bodies: identifier → what stands in the note.
        words: what the book says by itself.
        name: gives an identifier that is free, like the one wanted.
    """
    titles = {section.identifier: heading_words(section, words) for section in sections}
    groups = [(home, list(notes)) for home, notes in groupby(endnotes, lambda note: note.section)]
    placed: list[Element] = []
    for home, notes in groups:
        listed = notes_list(notes, bodies, words)
        if len(groups) == 1 or not titles.get(home):
            placed.append(listed)
            continue
        identifier = name(f"notes-{home}")
        title = words.say("notes-of", title=titles[home])
        heading = element("h2", element("a", title, href=f"#{home}"), id=identifier)
        placed.append(
            element("section", "\n", heading, "\n", listed, "\n", aria_labelledby=identifier)
        )
    return placed


def heading_words(section: Section, words: Words) -> str:
    """Label and title of a section in one line: ``第一章　推刨``."""
    if section.label and section.text:
        return words.say("label-title", label=section.label, title=section.text)
    return section.label or section.text


def notes_list(notes: Sequence[Endnote], bodies: Mapping[str, Element], words: Words) -> Element:
    """One ordered list of notes.

    The list counts for itself as far as it can; a note whose number isn't the next one says so,
    and one that isn't counted in digits carries its sign in the text.
    """
    listed = element("ol", "\n", class_="notes")
    due = 1
    for note in notes:
        item = element("li", id=note.identifier, epub_type="endnote")
        if note.number.isdigit():
            if int(note.number) != due:
                item.set("value", note.number)
            due = int(note.number) + 1
        else:
            item.set("class", "signed")
            item.append(element("span", note.number, class_="sign"))
            item[-1].tail = " "
        add(item, content_of(bodies[note.identifier]))
        _add_ways_back(item, note, words)
        add(listed, [item, "\n"])
    return listed


def _add_ways_back(item: Element, note: Endnote, words: Words) -> None:
    """The arrows stand at the end of the last paragraph, or in one of their own."""
    last = item[-1] if len(item) else None
    if last is None or html_name(last) != "p" or (last.tail or "").strip():
        last = element("p")
        add(item, [last])
    several = len(note.callouts) > 1
    for place, callout in enumerate(note.callouts, start=1):
        name = "back-to-text-more" if several else "back-to-text"
        arrow = element(
            "a",
            _BACK,
            *([element("sup", str(place))] if several else []),
            class_="backlink",
            epub_type="backlink",
            role="doc-backlink",
            href=f"#{callout}",
            aria_label=words.say(name, n=note.number, k=place),
        )
        add(last, ["\u00a0", arrow])
