"""What of a page is its text: menus, scripts and the like are left out, and it is told how much."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from quire.sources.markup import Element, local_name, one_line
from quire.sources.note_links import NoteLinks, is_note_body, words_of

__all__ = ["main_content", "prune"]

_NO_TEXT = frozenset({
    "head", "script", "style", "template", "noscript", "iframe", "object", "embed", "canvas",
    "audio", "video", "button", "select", "input", "textarea", "datalist", "dialog", "meta",
    "link", "map",
})  # fmt: skip
_SHELL = frozenset({"nav", "aside", "footer", "menu", "form"})
_SHELL_WORDS = frozenset({
    "navigation", "banner", "contentinfo", "complementary", "search", "toc", "doc-toc",
    "breadcrumb", "breadcrumbs", "cookie-banner", "share-buttons", "page-list", "doc-pagelist",
    "landmarks", "pagebreak", "doc-pagebreak", "mw-editsection", "noprint",
})  # fmt: skip
# What sites call what stands around a text, as parts of classes and ids.
_SHELL_TOKENS = frozenset({
    "nav", "navbar", "navigation", "menu", "submenu", "topbar", "toolbar", "header", "footer",
    "foot", "bottom", "top", "sidebar", "aside", "breadcrumb", "breadcrumbs", "crumbs", "share",
    "sharing", "social", "related", "recommend", "recommended", "teaser", "teasers", "copyright",
    "ad", "ads", "advert", "banner", "pager", "pagination", "prevnext", "comment", "comments",
    "login", "search", "hot", "rank", "ranking", "tags", "widget", "promo", "newsletter",
    "subscribe", "cookie", "cookies", "qrcode",
})  # fmt: skip
# What converters call a printed page's number where it stands in the text.
_FOLIO_WORDS = frozenset({
    "pagenum", "page-num", "page_num", "pagenumber", "page-number", "page_number", "pageno",
    "page-no", "folio", "pb",
})  # fmt: skip
_FOLIO = re.compile(
    r"[\[({|]?\s*(?:pages?|pg\.?|pp?\.|第)?\s*(?:\d{1,5}|[ivxlc]{1,8})\s*页?\s*[\])}|]?",
    re.IGNORECASE,
)
_ABOVE_TITLES = frozenset({"header", "top", "banner"})
_BLOCKS_OF_LINKS = frozenset({"ul", "ol", "div", "p", "td", "table", "section", "dl"})
_TOKENS = re.compile(r"[\s_-]+")
_SENTENCE_END = re.compile(r"[。！？…]|[.!?](?=[\s\"'”’)]|$)")
_LONGEST_SHELL = 80  # characters outside links with which a named part may be text
_MOST_IN_FOLIO = 3  # elements inside a page's number
_LINKED = 0.8  # share of a block's text in links
_LONGEST_LINK = 30
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def main_content(root: Element) -> Element:
    """The page's ``main`` or its one ``article``, when most of the text is there; else all."""
    body = next(root.iter("{*}body"), root)
    whole = _weight(body)
    for candidates in (
        [
            one
            for one in body.iter("{*}*")
            if local_name(one) == "main" or one.get("role") == "main"
        ],
        list(body.iter("{*}article")),
    ):
        if len(candidates) == 1 and _weight(candidates[0]) * 2 >= whole:
            return candidates[0]
    return body


def prune(content: Element, notes: NoteLinks, is_site: bool) -> int:
    """Take what is no text out of `content`; how many characters of a page's shell went.

    What holds a note that is called stays, whatever it is called itself. A book's documents have
    no menus and the like around their text; `is_site` says that this may be a page that has.
    """
    kept = {one for body in notes.bodies.values() for one in (body, *body.iterancestors())}
    doomed = []
    left_out = 0
    measures = _measured(content)
    gone: set[Element] = set()
    for element in content.iter("{*}*"):
        if element.getparent() in gone:
            gone.add(element)
            continue
        if element in kept or element is content:
            continue
        measure = measures.get(element, _Measure())
        if _is_unseen(element, measure):
            doomed.append(element)
            gone.add(element)
        elif _is_shell(element, measure, is_site):
            left_out += measure.letters
            doomed.append(element)
            gone.add(element)
    for element in doomed:
        _remove(element)
    return left_out


@dataclass(slots=True)
class _Measure:
    """What is in an element: letters, those in links out, such links, sentences' ends, titles."""

    letters: int = 0
    linked: int = 0
    links: int = 0
    ends: int = 0
    titles: int = 0


def _measured(content: Element) -> dict[Element, _Measure]:
    """Every element's measure, in one walk."""
    measures: dict[Element, _Measure] = {}
    open_elements: list[Element] = []
    inside_link = 0

    def count(text: str | None) -> None:
        if text and open_elements:
            measure = measures[open_elements[-1]]
            letters = len("".join(text.split()))
            measure.letters += letters
            if inside_link:
                measure.linked += letters
            elif _SENTENCE_END.search(text):
                measure.ends += 1

    walk = etree.iterwalk(content, events=("start", "end"))
    for event, element in walk:
        is_link = local_name(element) == "a" and "#" not in element.get("href", "#")
        if event == "start":
            measures[element] = _Measure(titles=int(local_name(element) in {"h1", "h2"}))
            measures[element].links = int(is_link)
            open_elements.append(element)
            inside_link += is_link
            if local_name(element) in _NO_TEXT:
                walk.skip_subtree()
            else:
                count(element.text)
            continue
        open_elements.pop()
        inside_link -= is_link
        if open_elements:
            around, own = measures[open_elements[-1]], measures[element]
            around.letters += own.letters
            around.linked += own.linked
            around.links += own.links
            around.ends += own.ends
            around.titles += own.titles
            count(element.tail)
    return measures


def _is_shell(element: Element, measure: _Measure, is_site: bool) -> bool:
    if is_note_body(element):
        return False
    if local_name(element) in _SHELL or not words_of(element).isdisjoint(_SHELL_WORDS):
        return True
    return (
        is_site
        and local_name(element) not in {"html", "body", "main"}
        and (_is_named_as_shell(element, measure) or _is_way_out(element, measure))
    )


def _is_named_as_shell(element: Element, measure: _Measure) -> bool:
    """Whether a part's class or id says that it is no text, and it doesn't read as one."""
    said = f"{element.get('class', '')} {element.get('id', '')}".lower()
    tokens = _SHELL_TOKENS.intersection(_TOKENS.split(said))
    if not tokens or (measure.titles and tokens & _ABOVE_TITLES):
        return False
    return measure.letters - measure.linked < _LONGEST_SHELL or not measure.ends


def _is_way_out(element: Element, measure: _Measure) -> bool:
    """Whether a block is short links to other pages and nothing else: a menu, a pager."""
    return (
        local_name(element) in _BLOCKS_OF_LINKS
        and measure.links > 1
        and measure.linked >= _LINKED * measure.letters
        and measure.linked <= _LONGEST_LINK * measure.links
    )


def _is_unseen(element: Element, measure: _Measure) -> bool:
    """Whether an element is no part of the text whatever page it stands on."""
    return local_name(element) in _NO_TEXT or _is_folio(element) or _is_hidden(element, measure)


def _is_folio(element: Element) -> bool:
    """Whether an element is the number of a printed page that began there, and says so."""
    if words_of(element).isdisjoint(_FOLIO_WORDS) or len(element) > _MOST_IN_FOLIO:
        return False
    return _FOLIO.fullmatch(one_line(element)) is not None


def _is_hidden(element: Element, measure: _Measure) -> bool:
    """Whether it isn't shown, or is there for the eye alone, such as a second form of an equation.

    Equations are hidden where a picture is shown for them: they are the better text. A page saved
    while a window lay over it hides all its text from screen readers: sentences stay.
    """
    if element.get("aria-hidden") == "true":
        return measure.letters < _LONGEST_SHELL or not measure.ends
    style = element.get("style")
    is_hidden = "hidden" in element.attrib or bool(style and _HIDDEN.search(style))
    return is_hidden and next(element.iter("{*}math"), None) is None


def _weight(element: Element) -> int:
    """Characters of text in it, blanks and scripts aside."""
    return sum(
        len("".join(text.split()))
        for text in element.itertext()
        if isinstance(text, str) and not _in_no_text(text)
    )


def _in_no_text(text: str) -> bool:
    parent = getattr(text, "getparent", lambda: None)()
    return parent is not None and getattr(text, "is_text", False) and local_name(parent) in _NO_TEXT


def _remove(element: Element) -> None:
    """Take an element away and leave the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail:
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
