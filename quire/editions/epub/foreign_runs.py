"""Passages in another language than the text around them, found by script and small words.

A screen reader must know when to change its voice (WCAG 2.2, success criterion 3.1.2; names and
words of no certain language are excepted there). What an author marked by ``lang`` stays; of the
rest, the script tells that a run is foreign, and often which language it is. Latin letters don't
tell that: small words do (*of the*, *und*, *les*), and a run without any stays as it is, for it is
a name as a rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby, takewhile
from typing import Final

from quire.editions.epub.xhtml import XHTML, Element, element, html_name, text_of
from quire.language import is_cjk

__all__ = ["tell_foreign_runs", "untold_runs"]

_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

_WRITTEN_IN: Final[Mapping[str, tuple[str, ...]]] = {
    "ar": ("ARABIC",),
    "be": ("CYRILLIC",),
    "bg": ("CYRILLIC",),
    "el": ("GREEK",),
    "fa": ("ARABIC",),
    "he": ("HEBREW",),
    "hi": ("DEVANAGARI",),
    "ja": ("CJK", "KANA"),
    "ko": ("HANGUL", "CJK"),
    "ru": ("CYRILLIC",),
    "sr": ("CYRILLIC",),
    "th": ("THAI",),
    "uk": ("CYRILLIC",),
    "ur": ("ARABIC",),
    "yi": ("HEBREW",),
    "zh": ("CJK",),
}
"""Language → scripts, by the first word of the characters' Unicode names; others are Latin."""

_SUBTAGS: Final[Mapping[str, str]] = {
    "Arab": "ARABIC", "Cyrl": "CYRILLIC", "Grek": "GREEK", "Hebr": "HEBREW", "Latn": "LATIN",
}  # fmt: skip
"""A tag's script subtag, which goes before its language."""

_SCRIPT_TELLS: Final[Mapping[str, str]] = {
    "CJK": "zh", "GREEK": "el", "HANGUL": "ko", "HEBREW": "he", "KANA": "ja", "THAI": "th",
}  # fmt: skip
"""Scripts that one language above all writes. Arabic and Cyrillic letters write many."""

_SMALL_WORDS: Final[Mapping[str, frozenset[str]]] = {
    language: frozenset(words.split())
    for language, words in {
        "de": "der die das und den dem des ein eine zur zum über für mit von im",
        "en": "the of and for in to with from on by at is how while its an or pp",
        "es": "el los las del por una para con en sobre al",
        "fr": "le les des du et une pour dans sur au aux chez",
        "it": "il gli della delle di per nel una dei sul lo",
    }.items()
}
"""Language → words that hold its sentences together."""

_LEAST_WORDS: Final = 3
"""Latin words that a run must have: fewer are a name or a term."""
_LEAST_LETTERS: Final = 2
"""Letters of another script: one alone is a sign, such as π."""

_INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "dfn", "em", "i", "mark", "q", "s", "small", "span",
     "strong", "sub", "sup", "u"}
)  # fmt: skip
"""Elements that a run goes through: a title in italics parts no sentence."""
_UNSPOKEN: Final = frozenset({"code", "kbd", "pre", "rp", "rt", "samp", "script", "style", "var"})
_BREAK: Final = "\u0000"
"""Stands for what no run goes over: an address, a full-width mark."""
_ADDRESS = re.compile(r"(?:https?://|www\.|doi:)\S+|\S+@\S+\.\S+")


@dataclass(frozen=True, slots=True)
class _Segment:
    """A text of the tree, within the text of its block.

    Attributes:
        holder: the element that it is the text of, or the tail.
        tail: which of the two.
        start: where it begins in the block's text.
        text: the text.
    """

    holder: Element
    tail: bool
    start: int
    text: str


@dataclass(slots=True)
class _Block:
    """A passage without inner blocks, as one text.

    Attributes:
        root: the element that is the passage.
        told: the language that holds in it.
        text: its words, with a `_BREAK` for each element that stands apart.
        segments: its texts in order.
        inner: it and its inline elements, with where each begins and ends.
        apart: elements inside that are passages of their own.
    """

    root: Element
    told: str
    text: str = ""
    segments: list[_Segment] = field(default_factory=list)
    inner: list[tuple[Element, int, int]] = field(default_factory=list)
    apart: list[Element] = field(default_factory=list)

    def gather(self, node: Element) -> None:
        """Take in an element's texts."""
        start = len(self.text)
        self._take(node, tail=False)
        for child in node:
            if html_name(child) in _INLINE and not child.get("lang") and not _labelled(child):
                self.gather(child)
            else:
                self.apart.append(child)
                # What has no words, such as a page's break, parts no sentence.
                self.text += _BREAK if text_of(child).strip() else ""
            self._take(child, tail=True)
        self.inner.append((node, start, len(self.text)))

    def _take(self, holder: Element, *, tail: bool) -> None:
        text = (holder.tail if tail else holder.text) or ""
        if text:
            self.segments.append(_Segment(holder, tail, len(self.text), text))
            self.text += text


def tell_foreign_runs(root: Element) -> None:
    """Mark the passages of a document whose language can be told, in place.

    What tells a language by ``lang`` alone tells it by ``xml:lang`` too: a reading system that
    takes the text for plain XML knows that one alone.
    """
    for block in list(_blocks(root)):
        if block.root.get("lang"):
            _tell(block.root, block.told)
        for start, end, language in _runs(block.text, block.told):
            if language is not None:
                _mark(block, start, end, language)


def untold_runs(root: Element) -> Iterator[str]:
    """Passages that are foreign to the language which their element tells, as far as can be seen.

    Latin runs without small words aren't: names and terms need no language.
    """
    for block in _blocks(root):
        for start, end, _ in _runs(block.text, block.told):
            yield block.text[start:end]


def _blocks(root: Element) -> Iterator[_Block]:
    """The passages of a document in order, each with the language that holds in it."""

    def below(node: Element, told: str) -> Iterator[_Block]:
        if html_name(node) in _UNSPOKEN or not html_name(node):
            return
        block = _Block(node, node.get("lang") or told)
        block.gather(node)
        yield block
        for child in block.apart:
            yield from below(child, block.told)

    body = root.find(f"{{{XHTML}}}body")
    if body is not None and not _all_in_one_script(body, root.get("lang", "")):
        yield from below(body, root.get("lang", ""))


def _all_in_one_script(body: Element, told: str) -> bool:
    """Whether a document has no passage that could be foreign, and tells none: most have none."""
    own = _scripts_of(told)
    signs = set("".join(map(str, body.itertext())))
    if not own or not {_script(sign) for sign in signs} <= {*own, _BREAK, ""}:
        return False
    return next((one for one in body.iter() if one.get("lang")), None) is None


def _labelled(node: Element) -> bool:
    """Whether an element has a name in words of the book's own."""
    return bool(node.get("aria-label") or node.get("alt"))


def _mark(block: _Block, start: int, end: int, language: str) -> None:
    """Tell a run's language: on elements that are all of it, else on spans around its texts."""
    whole: list[tuple[int, int]] = []

    def done(first: int, last: int) -> bool:
        return any(opened <= first and last <= closed for opened, closed in whole)

    for node, opened, closed in reversed(block.inner):  # the outer before the inner
        if not done(opened, closed) and _is_all_of(block, (opened, closed), (start, end), node):
            _tell(node, language)
            whole.append((opened, closed))
    for segment in reversed(block.segments):
        first = max(start - segment.start, 0)
        last = min(end - segment.start, len(segment.text))
        told = done(segment.start, segment.start + len(segment.text))
        if first < last and not told and segment.text[first:last].strip():
            _wrap(segment, first, last, language)


def _is_all_of(block: _Block, place: tuple[int, int], run: tuple[int, int], node: Element) -> bool:
    """Whether an element has no other words than a run's, nor a name in the book's own."""
    (opened, closed), (start, end) = place, run
    beside = block.text[opened:start] + block.text[max(end, opened) : closed]
    return (
        max(start, opened) < min(end, closed)
        and html_name(node) != "body"
        and not any(sign.isalnum() or sign == _BREAK for sign in beside)
        and not any(map(_labelled, node.iter()))
    )


def _wrap(segment: _Segment, first: int, last: int, language: str) -> None:
    """Put a span around a part of a text, of which the end may be wrapped already."""
    holder = segment.holder
    present = (holder.tail if segment.tail else holder.text) or ""
    span = element("span", present[first:last])
    _tell(span, language)
    span.tail = present[last:]
    if segment.tail:
        parent = holder.getparent()
        if parent is None:
            return
        holder.tail = present[:first]
        parent.insert(parent.index(holder) + 1, span)
    else:
        holder.text = present[:first]
        holder.insert(0, span)


def _tell(node: Element, language: str) -> None:
    """HTML's attribute and XML's."""
    node.set("lang", language)
    node.set(_XML_LANG, language)


@lru_cache(maxsize=16_384)
def _runs(text: str, told: str) -> tuple[tuple[int, int, str | None], ...]:
    """Foreign runs of a text, the last first: from where to where, and the language if known.

    They are asked twice, to tell them and to check that all are told; and again when a book is
    made again.
    """
    return tuple(_found_runs(text, told))


def _found_runs(text: str, told: str) -> Iterator[tuple[int, int, str | None]]:
    own = _scripts_of(told)
    if not own or {_script(sign) for sign in set(text)} <= {*own, _BREAK, ""}:
        return
    spoken = _ADDRESS.sub(lambda found: _BREAK * len(found[0]), text)
    letters = ((place, _script(sign)) for place, sign in enumerate(spoken))
    known = [(place, script) for place, script in letters if script]
    found: list[tuple[int, int, str | None]] = []
    for script, group in groupby(known, key=lambda one: one[1]):
        places = [place for place, _ in group]
        if script in own or script == _BREAK:
            continue
        start, end = places[0], places[-1] + 1
        if script == "LATIN":
            language = _by_small_words(text[start:end])
            if language:
                found.append((start, end + _tail(text[start:end], spoken[end:]), language))
        elif len(places) >= _LEAST_LETTERS:
            found.append((start, end, _SCRIPT_TELLS.get(script)))
    yield from reversed(found)


def _tail(run: str, following: str) -> int:
    """How many signs after a run go with it.

    Figures and marks do when nothing else follows; when the text goes on with a letter, those up
    to the end of the run's sentence, or of a quotation that is open in it.
    """
    signs = "".join(takewhile(lambda sign: not _script(sign), following))
    if len(signs) == len(following) or _script(following[len(signs)]) == _BREAK:
        return len(signs.rstrip())
    end = 0
    for place, sign in enumerate(signs, start=1):
        opening, before = _PAIRS.get(sign), run + signs[: place - 1]
        if sign in ".!?" or (opening and before.count(opening) > before.count(sign)):
            end = place
    return end


_PAIRS: Final[Mapping[str, str]] = {"”": "“", "’": "‘", ")": "(", "»": "«"}
"""A sign that closes → the one that it closes."""


def _scripts_of(language: str) -> tuple[str, ...]:
    """The scripts that a language is written in; none for a tag that tells no language."""
    parts = language.split("-")
    for part in parts[1:]:
        if part in _SUBTAGS:
            return (_SUBTAGS[part],)
    return _WRITTEN_IN.get(parts[0].lower(), ("LATIN",)) if parts[0] else ()


@lru_cache(maxsize=4096)
def _script(sign: str) -> str:
    """The script of a letter; nothing for other signs, which belong to any."""
    if sign == _BREAK or (is_cjk(sign) and not sign.isalpha()):
        return _BREAK
    word = unicodedata.name(sign, "").split(" ")[0] if sign.isalpha() else ""
    return _OTHER_NAMES.get(word, word)


_OTHER_NAMES: Final[Mapping[str, str]] = {
    "FULLWIDTH": "", "HIRAGANA": "KANA", "KATAKANA": "KANA", "MATHEMATICAL": "", "MODIFIER": "",
}  # fmt: skip
"""First words of characters' names that aren't a script, or are one of two that go together."""


def _by_small_words(run: str) -> str | None:
    """The language that most small words of a Latin run are of; None where two have as many."""
    words = re.findall(r"[^\W\d_]+(?:[’'][^\W\d_]+)?", run)
    if len(words) < _LEAST_WORDS:
        return None
    found = Counter(
        {language: sum(word.lower() in small for word in words if not word.isupper())
         for language, small in _SMALL_WORDS.items()}
    ).most_common(2)  # fmt: skip
    (language, count), (_, next_best) = found
    return language if count > next_best else None
