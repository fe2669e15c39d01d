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
from functools import lru_cache
from itertools import groupby
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

_UNSPOKEN: Final = frozenset({"code", "kbd", "pre", "samp", "script", "style", "var"})
_WHOLE: Final = frozenset(
    {"blockquote", "cite", "dd", "em", "i", "li", "p", "q", "span", "strong", "td", "th"}
)
"""Elements that tell the language themselves when all their words are of it."""
_BREAK: Final = "\u0000"
"""Stands for what no run goes over: an address, a full-width mark."""
_ADDRESS = re.compile(r"(?:https?://|www\.|doi:)\S+|\S+@\S+\.\S+")


def tell_foreign_runs(root: Element) -> None:
    """Mark the passages of a document whose language can be told, in place.

    What tells a language by ``lang`` alone tells it by ``xml:lang`` too: a reading system that
    takes the text for plain XML knows that one alone.
    """
    for node, told in _spoken(root):
        if node.get("lang"):
            _tell(node, node.get("lang", ""))
        if _as_a_whole(node, told):
            continue
        _mark(node, None, told)
        for child in list(node):
            if child.tail:
                _mark(node, child, told)


def untold_runs(root: Element) -> Iterator[str]:
    """Passages that are foreign to the language which their element tells, as far as can be seen.

    Latin runs without small words aren't: names and terms need no language.
    """
    for node, told in _spoken(root):
        for text in (node.text, *(child.tail for child in node)):
            yield from ((text or "")[start:end] for start, end, _ in _runs(text or "", told))


def _spoken(root: Element) -> Iterator[tuple[Element, str]]:
    """Elements of the text in order, each with the language that holds in it."""

    def below(node: Element, told: str) -> Iterator[tuple[Element, str]]:
        told = node.get("lang") or told
        if html_name(node) in _UNSPOKEN or not html_name(node):
            return
        yield node, told
        # Whoever was given the element may have told its language by now.
        told = node.get("lang") or told
        for child in node:
            yield from below(child, told)

    body = root.find(f"{{{XHTML}}}body")
    if body is not None:
        yield from below(body, root.get("lang", ""))


def _as_a_whole(node: Element, told: str) -> bool:
    """Whether an element tells a language for all its words, or has been made to."""
    if html_name(node) not in _WHOLE or node.get("lang"):
        return False
    if any(one.get("aria-label") or one.get("alt") for one in node.iter()):
        return False  # those words are the book's own
    text = text_of(node)
    runs = list(_runs(text, told))
    start, end, language = runs[0] if len(runs) == 1 else (0, 0, None)
    if language is None or any(sign.isalpha() for sign in text[:start] + text[end:]):
        return False
    _tell(node, language)
    return True


def _tell(node: Element, language: str) -> None:
    """HTML's attribute and XML's."""
    node.set("lang", language)
    node.set(_XML_LANG, language)


def _mark(node: Element, after: Element | None, told: str) -> None:
    """Put spans around the runs of the text before an element's first child, or after a child."""
    text = (node.text if after is None else after.tail) or ""
    runs = [run for run in _runs(text, told) if run[2] is not None]
    if not runs:
        return
    place = 0 if after is None else node.index(after) + 1
    if after is None:
        node.text = text[: runs[0][0]]
    else:
        after.tail = text[: runs[0][0]]
    ends = [*(start for start, _, _ in runs[1:]), len(text)]
    for number, ((start, end, language), following) in enumerate(zip(runs, ends, strict=True)):
        span = element("span", text[start:end])
        _tell(span, str(language))
        span.tail = text[end:following]
        node.insert(place + number, span)


def _runs(text: str, told: str) -> Iterator[tuple[int, int, str | None]]:
    """Foreign runs of a text: from where to where, and the language if it can be told."""
    own = _scripts_of(told)
    if not text or not own:
        return
    spoken = _ADDRESS.sub(lambda found: _BREAK * len(found[0]), text)
    letters = ((place, _script(sign)) for place, sign in enumerate(spoken))
    known = [(place, script) for place, script in letters if script]
    for script, group in groupby(known, key=lambda one: one[1]):
        places = [place for place, _ in group]
        if script in own or script == _BREAK:
            continue
        start, end = places[0], places[-1] + 1
        end += _closing(text[start:end], text[end:])
        run = text[start:end]
        if script == "LATIN":
            language = _by_small_words(run)
            if language and language != told.partition("-")[0]:
                yield start, end, language
        elif len(places) >= _LEAST_LETTERS:
            yield start, end, _SCRIPT_TELLS.get(script)


def _closing(run: str, following: str) -> int:
    """How many signs after a run close what is open in it: quotes of one pair stay together."""
    sign = following.lstrip(".,!?")[:1]
    opening = _PAIRS.get(sign)
    if opening is None or run.count(opening) <= run.count(sign):
        return 0
    return following.index(sign) + 1


_PAIRS: Final[Mapping[str, str]] = {"”": "“", "’": "‘", ")": "(", "»": "«"}


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
