"""What a machine can check of WCAG 2.2 Level AA, before conformance with it is claimed.

Each check is an entry of `CHECKS` with the success criterion that it speaks for. Passing all of
them doesn't prove conformance, for a machine can't tell whether a description is a good one; but
failing one disproves it, and then no claim goes into the book (EPUB Accessibility 1.1, conformance
reporting).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from quire.editions.epub.foreign_runs import untold_runs
from quire.editions.epub.navigation import Entry, Navigation
from quire.editions.epub.xhtml import EPUB, SVG, XHTML, Element, element, html_name, text_of

__all__ = ["CHECKS", "STANDARD", "Check", "Examined", "Failure", "examine", "in_words"]

STANDARD: Final = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
"""The value of ``dcterms:conformsTo``, as EPUB Accessibility 1.1 spells it."""

_TYPE: Final = f"{{{EPUB}}}type"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")


@dataclass(frozen=True)
class Examined:
    """What the checks look at.

    Attributes:
        documents: file → its ``html`` element, in reading order, without the contents.
        navigation: what the navigation document lists.
        title: the book's title.
        style: the style sheet.
        moving: addresses of pictures that move by themselves.
    """

    documents: Mapping[str, Element]
    navigation: Navigation
    title: str
    style: str
    moving: frozenset[str] = frozenset()

    def elements(self, *names: str) -> Iterator[tuple[str, Element]]:
        """File and element, of all elements of these names in XHTML; of all, without a name."""
        tags = [element(name).tag for name in names] or [f"{{{XHTML}}}*"]
        for file, root in self.documents.items():
            for node in root.iter(*tags):
                yield file, node


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that can be checked.

    Attributes:
        name: stable kebab-case name.
        criterion: what it speaks for: a success criterion of WCAG 2.2 by number, or ``pages``
            for the page navigation of EPUB Accessibility 1.1.
        holds: what must hold, as a sentence without its stop.
        wrongs: places where it doesn't.
    """

    name: str
    criterion: str
    holds: str
    wrongs: Callable[[Examined], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Failure:
    """A check that failed, and where."""

    check: Check
    places: tuple[str, ...]


def examine(examined: Examined) -> tuple[Failure, ...]:
    """The checks that fail, in the order of the table; none is what a claim needs."""
    found = ((check, tuple(check.wrongs(examined))) for check in CHECKS)
    return tuple(Failure(check, places) for check, places in found if places)


def in_words(failures: Sequence[Failure]) -> str:
    """The failures for a report: name, criterion, how many places, and the first of them."""
    return "; ".join(
        f"{one.check.name} ({one.check.criterion}): {one.places[0]}"
        + (f" and {len(one.places) - 1} more" if len(one.places) > 1 else "")
        for one in failures
    )


def _named(node: Element) -> str:
    """The accessible name of a link or a figure, as far as its markup tells it."""
    described = "".join(one.get("alt", "") for one in node.iter(element("img").tag))
    return (node.get("aria-label") or text_of(node) + described).strip()


def _pictures(examined: Examined) -> Iterator[str]:
    for file, node in examined.elements("img"):
        decorative = node.get("role") in {"presentation", "none"}
        if not decorative and not node.get("alt", "").strip():
            yield f"{file}, {node.get('src')}"
    for file, root in examined.documents.items():
        for drawing in root.iter(f"{{{SVG}}}svg"):
            titled = drawing.find(f"{{{SVG}}}title") is not None
            if not (titled or drawing.get("aria-label") or drawing.get("aria-hidden") == "true"):
                yield f"{file}, a drawing in the text"


def _films(examined: Examined) -> Iterator[str]:
    for file, node in examined.elements("audio", "video"):
        if node.find(element("track").tag) is None:
            yield f"{file}, <{html_name(node)}>"


def _descriptions(examined: Examined) -> Iterator[str]:
    for file, root in examined.documents.items():
        known = {node.get("id") for node in root.iter("*")}
        for node in root.iter("*"):
            for key in ("aria-details", "aria-describedby", "aria-labelledby"):
                yield from (
                    f"{file}#{one}" for one in node.get(key, "").split() if one not in known
                )


def _headings(examined: Examined) -> Iterator[str]:
    before = 0
    for file, root in examined.documents.items():  # a chapter may go on in a second file
        for node in root.iter(*(element(f"h{level}").tag for level in range(1, 7))):
            level = int(html_name(node)[1])
            if level > before + 1:
                yield f"{file}, {_named(node)[:40]}"
            before = level


def _empty_headings(examined: Examined) -> Iterator[str]:
    for file, node in examined.elements(*(f"h{level}" for level in range(1, 7))):
        if not _named(node):
            yield f"{file}, <{html_name(node)}>"


def _tables(examined: Examined) -> Iterator[str]:
    for file, table in examined.elements("table"):
        heads = list(table.iter(element("th").tag))
        if not heads or not all(one.get("scope") or one.get("headers") for one in heads):
            yield f"{file}#{table.get('id', '')}".rstrip("#")


def _contents(examined: Examined) -> Iterator[str]:
    """Where the contents step back in the text, or name no place."""
    places: dict[str, int] = {}
    for file, root in examined.documents.items():
        places[file] = len(places)
        for node in root.iter(f"{{{XHTML}}}*"):
            if node.get("id"):
                places[f"{file}#{node.get('id')}"] = len(places)
    last = -1
    for entry in _all_entries(examined.navigation.contents):
        place = places.get(entry.address, -1)
        if place < last:
            yield f"{entry.title} ({entry.address})"
        last = max(last, place)


def _all_entries(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _all_entries(entry.children)


_COLOUR = re.compile(r"(?<![-\w])(color|background(?:-color)?)\s*:\s*([^;!]+)")
_OURS_NOT: Final = frozenset(
    {"inherit", "initial", "unset", "currentcolor", "transparent", "none", "canvas", "canvastext"}
)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_FIXED_SIZE = re.compile(r"(?<![-\w])(?:font-size|line-height)\s*:\s*[\d.]+(?:px|pt|pc|mm|cm|in)\b")
_FADED = re.compile(r"(?<![-\w])opacity\s*:\s*(0?\.\d+|0)\b")
_LEAST_CONTRAST: Final = 4.5
_NAMED_COLOURS: Final[Mapping[str, str]] = {"black": "#000", "white": "#fff"}


def _rules(examined: Examined) -> Iterator[tuple[str, str]]:
    """Selector and declarations of the style sheet and of every ``style`` in the text."""
    style = re.sub(r"/\*.*?\*/", "", examined.style, flags=re.DOTALL)
    for selector, declarations in _RULE.findall(style):
        yield " ".join(selector.split()), declarations
    for file, node in examined.elements():
        if node.get("style"):
            yield f"{file}, <{html_name(node)}>", node.get("style", "")


def _contrasts(examined: Examined) -> Iterator[str]:
    """Colours that the book sets by itself.

    Letters and ground must be set together: a rule with one of the two meets whatever the reader
    has chosen for the other, and fails in the light or in the dark.
    """
    for selector, declarations in _rules(examined):
        given: dict[str, str] = {}
        for key, value in _COLOUR.findall(declarations):
            if value.strip().lower() not in _OURS_NOT:
                given["letters" if key == "color" else "ground"] = value.strip().lower()
        if given and len(given) < 2:
            yield f"{selector}: {next(iter(given))} alone"
        elif given and contrast(given["letters"], given["ground"]) < _LEAST_CONTRAST:
            yield f"{selector}: {given['letters']} on {given['ground']}"
        if _FADED.search(declarations) and selector != "hr":
            yield f"{selector}: opacity"


def contrast(letters: str, ground: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio).

    Args:
        letters: ``#rgb`` or ``#rrggbb``; anything else has no known contrast, which is 1.
        ground: likewise.
    """
    lights = [_luminance(_NAMED_COLOURS.get(colour, colour)) for colour in (letters, ground)]
    if None in lights:
        return 1.0
    darker, lighter = sorted(light for light in lights if light is not None)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float | None:
    """Relative luminance, 0 to 1; None for what isn't a hexadecimal colour."""
    digits = colour.removeprefix("#")
    if not re.fullmatch(r"#([0-9a-f]{3}|[0-9a-f]{6})", colour):
        return None
    pairs = [one * 2 for one in digits] if len(digits) == 3 else re.findall("..", digits)
    parts = [int(pair, 16) / 255 for pair in pairs]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _fixed_sizes(examined: Examined) -> Iterator[str]:
    for selector, declarations in _rules(examined):
        if _FIXED_SIZE.search(declarations):
            yield selector


def _movements(examined: Examined) -> Iterator[str]:
    for file, node in examined.elements("img"):
        if node.get("src") in examined.moving:
            yield f"{file}, {node.get('src')}"


def _titles(examined: Examined) -> Iterator[str]:
    if not examined.title.strip():
        yield "the book"
    for file, root in examined.documents.items():
        title = root.find(f"{element('head').tag}/{element('title').tag}")
        if title is None or not text_of(title).strip():
            yield file


def _links(examined: Examined) -> Iterator[str]:
    for file, node in examined.elements("a"):
        if node.get("href") and not _named(node):
            yield f"{file}, {node.get('href')}"


def _notes(examined: Examined) -> Iterator[str]:
    """Callouts without a name, and ways back from one note that share theirs."""
    for file, root in examined.documents.items():
        for node in root.iter(element("a").tag):
            kinds = node.get(_TYPE, "").split()
            if "noteref" in kinds and not _named(node):
                yield f"{file}, {node.get('href')}"
        for item in root.iter(element("li").tag):
            back = [one for one in item.iter(element("a").tag) if one.get(_TYPE) == "backlink"]
            names = [one.get("aria-label", "") for one in back]
            if not all(names) or len(set(names)) < len(names):
                yield f"{file}#{item.get('id', '')}"


def _languages(examined: Examined) -> Iterator[str]:
    for file, root in examined.documents.items():
        told = root.get("lang", "")
        if not _TAG.match(told) or root.get(_XML_LANG) != told:
            yield file


def _languages_of_parts(examined: Examined) -> Iterator[str]:
    for file, root in examined.documents.items():
        for node in root.iter():
            told = node.get("lang")
            if told is not None and not _TAG.match(told):
                yield f"{file}, lang={told}"
        for run in untold_runs(root):
            yield f"{file}, {run[:40]}"


def _identifiers(examined: Examined) -> Iterator[str]:
    for file, root in examined.documents.items():
        counted = Counter(node.get("id", "") for node in root.iter("*") if node.get("id"))
        yield from (f"{file}#{one}" for one, times in counted.items() if times > 1)


def _controls(examined: Examined) -> Iterator[str]:
    for file, node in examined.elements("input", "select", "textarea", "button"):
        if not _named(node):
            yield f"{file}, <{html_name(node)}>"


def _page_breaks(examined: Examined) -> Iterator[str]:
    """Breaks that the list of pages lacks, entries without a break, and breaks without a folio."""
    listed = {entry.address for entry in examined.navigation.pages}
    marked: set[str] = set()
    for file, node in examined.elements():
        if node.get("role") == "doc-pagebreak" or "pagebreak" in node.get(_TYPE, "").split():
            address = f"{file}#{node.get('id', '')}"
            marked.add(address)
            if not node.get("aria-label") or address not in listed:
                yield address
    yield from sorted(listed - marked)


CHECKS: Final = (
    Check("alternative-text", "1.1.1", "Every picture has an alternative text", _pictures),
    Check("captions", "1.2.2", "Sound and film have captions", _films),
    Check("descriptions-found", "1.3.1", "What a description or label points to is there",
          _descriptions),
    Check("heading-levels", "1.3.1", "No heading skips a level", _headings),
    Check("table-headers", "1.3.1", "Tables have heads that say what they head", _tables),
    Check("contents-in-order", "1.3.2", "The contents are in the order of the text", _contents),
    Check("contrast", "1.4.3", "The book's own colours contrast 4.5 : 1, light and dark",
          _contrasts),
    Check("text-resizes", "1.4.4", "Type has no fixed size", _fixed_sizes),
    Check("no-movement", "2.2.2", "No picture moves by itself", _movements),
    Check("titles", "2.4.2", "The book and every document have a title", _titles),
    Check("link-names", "2.4.4", "Every link has words", _links),
    Check("note-names", "2.4.4", "Callouts have names, and ways back from a note differ in theirs",
          _notes),
    Check("heading-words", "2.4.6", "Every heading has words", _empty_headings),
    Check("language", "3.1.1", "Every document tells its language", _languages),
    Check("language-of-parts", "3.1.2", "Passages in another language tell it",
          _languages_of_parts),
    Check("unique-identifiers", "4.1.2", "No identifier is used twice", _identifiers),
    Check("control-names", "4.1.2", "Every control has a name", _controls),
    Check("page-breaks", "pages", "The list of pages and the page breaks are the same",
          _page_breaks),
)  # fmt: skip
"""All checks, in the order of the criteria."""
