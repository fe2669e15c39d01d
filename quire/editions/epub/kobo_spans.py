"""Kobo's spans: each sentence in ``<span class="koboSpan" id="kobo.2.1">``.

Kobo's reader keeps places, highlights and reading statistics by these spans; the first number
counts the paragraphs of a document, the second the sentences of a paragraph. The numbers come
from the text's own order, so that the same text has the same ones in every build.

A span holds whole elements where a reader acts on them or they can't be cut: links, callouts,
ruby, formulas. A callout belongs to the sentence that it stands behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from quire.editions.epub.documents import NAV_NAME
from quire.editions.epub.store import Files
from quire.editions.epub.xhtml import XHTML, Element, add, content_of, element, html_name, write

__all__ = ["sentences", "span_sentences", "with_kobo_spans"]

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)

_WHOLE: Final = frozenset(
    {"a", "audio", "code", "iframe", "img", "kbd", "math", "object", "ruby", "samp", "sub", "sup",
     "svg", "video"}
)  # fmt: skip
"""Elements that no span goes into."""
_WHOLE_CLASSES: Final = frozenset({"tied"})
"""Likewise: what must not be parted at a line's end."""
_INLINE: Final = frozenset(
    {"abbr", "b", "bdi", "bdo", "cite", "del", "dfn", "em", "i", "ins", "mark", "q", "s", "small",
     "span", "strong", "time", "u"}
)  # fmt: skip
"""Elements within a paragraph: spans go into them and the paragraph's count goes on."""
_NO_SPANS: Final = frozenset({"br", "hr", "script", "style", "template"})

_CLOSING: Final = "”’」』）》〉】〕\"')\\]»"
_OPENING: Final = "“‘「『（《〈【〔\"'(\\[«¿¡"
_END = re.compile(
    rf"(?:[。！？]+[{_CLOSING}]*|[.!?…]+[{_CLOSING}]*(?=\s+[{_OPENING}]*[^\W_a-z])|[!?]+[{_CLOSING}]*$)\s*"
)
_ENDED = re.compile(rf"[.!?。！？][{_CLOSING}]*\s*$")
_BEFORE_POINT = re.compile(r"([^\W\d_]+)\.$")
_ABBREVIATIONS: Final = frozenset(
    {"al", "ca", "capt", "cf", "col", "dr", "ed", "eds", "esp", "fig", "figs", "gen", "gov", "hon",
     "jr", "lt", "mme", "mr", "mrs", "ms", "nos", "op", "pp", "prof", "rev", "sen", "sr", "st",
     "trans", "viz", "vol", "vols", "vs"}
)  # fmt: skip
"""Words that a point shortens; a single letter before a point is shortened too."""


def with_kobo_spans(files: Files) -> Files:
    """The same files with spans in every document but the navigation, whose form is fixed."""
    made = dict(files)
    for name, content in files.items():
        if name.endswith(".xhtml") and not name.endswith(f"/{NAV_NAME}"):
            root = etree.fromstring(content, _PARSER)
            span_sentences(root)
            made[name] = write(root)
    return made


def span_sentences(root: Element) -> None:
    """Put each sentence of a document's body into a span, and the body into Kobo's two boxes."""
    body = root.find(f"{{{XHTML}}}body")
    if body is None:
        return
    _span(body, _Count())
    inner = element("div", *content_of(body), id="book-inner")
    add(body, [element("div", inner, id="book-columns")])


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, each with the blanks behind it; together they are the text."""
    begin = 0
    for end in _END.finditer(text):
        if not _shortened(text[begin : end.start() + 1]):
            yield text[begin : end.end()]
            begin = end.end()
    if begin < len(text):
        yield text[begin:]


def _shortened(text: str) -> bool:
    """Whether the point at a text's end belongs to its last word."""
    word = _BEFORE_POINT.search(text)
    return word is not None and (len(word[1]) == 1 or word[1].lower() in _ABBREVIATIONS)


@dataclass
class _Count:
    """Where the numbers are."""

    paragraph: int = 0
    sentence: int = 0
    fresh: bool = True

    def next(self) -> str:
        """The next sentence's identifier."""
        if self.fresh:
            self.paragraph, self.sentence, self.fresh = self.paragraph + 1, 0, False
        self.sentence += 1
        return f"kobo.{self.paragraph}.{self.sentence}"


@dataclass
class _Line:
    """What stands in a paragraph, put together anew."""

    count: _Count
    done: list[str | Element] = field(default_factory=list)
    sentence: list[str | Element] = field(default_factory=list)
    ended: bool = False

    def close(self) -> None:
        """Put the sentence so far into its span; blanks and bare pictures need none."""
        if any(_words(part) for part in self.sentence):
            self.done.append(
                element("span", *self.sentence, class_="koboSpan", id=self.count.next())
            )
        else:
            self.done += self.sentence
        self.sentence, self.ended = [], False

    def say(self, text: str) -> None:
        """Go on with text."""
        for piece in sentences(text):
            if self.ended and piece.strip():
                self.close()
            self.sentence.append(piece)
            self.ended = self.ended or _ENDED.search(piece) is not None

    def hold(self, whole: Element) -> None:
        """Go on with an element that stays whole."""
        if self.ended and not _is_callout(whole):
            self.close()
        self.sentence.append(whole)
        # What is tied to a callout is the end of the sentence, its mark and the callout.
        self.ended = self.ended or _ENDED.search(whole.text or "") is not None


def _span(parent: Element, count: _Count) -> None:
    line = _Line(count)
    for child in list(content_of(parent)):
        if isinstance(child, str):
            line.say(child)
        elif _stays_whole(child):
            line.hold(child)
        else:
            line.close()
            _span_below(child, count)
            line.done.append(child)
    line.close()
    add(parent, line.done)


def _span_below(child: Element, count: _Count) -> None:
    name = html_name(child)
    if name in _NO_SPANS:
        return
    begins_anew = name not in _INLINE
    count.fresh = count.fresh or begins_anew
    _span(child, count)
    count.fresh = count.fresh or begins_anew


def _stays_whole(node: Element) -> bool:
    name = html_name(node)
    classes = set(node.get("class", "").split())
    empty = name in _INLINE and not _words(node)
    return empty or name in _WHOLE or _is_foreign(node) or bool(classes & _WHOLE_CLASSES)


def _is_foreign(node: Element) -> bool:
    """Whether it is MathML's or SVG's, or a comment."""
    return not html_name(node)


def _is_callout(node: Element) -> bool:
    return html_name(node) == "sup" or "noteref" in node.get("class", "").split()


def _words(part: str | Element) -> str:
    text = part if isinstance(part, str) else "".join(map(str, part.itertext()))
    return text.strip()
