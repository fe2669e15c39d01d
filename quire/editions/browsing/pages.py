"""Whole pages: the text, and around it the way on, the contents, the search and the keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template
from typing import Final

from quire.language import Words, words_of
from quire.metadata.model import Metadata
from quire.version import VERSION

__all__ = ["Frame", "frame_words", "page_of", "script", "style"]

_HERE: Final = Path(__file__).parent
_SAID_BY_SCRIPT: Final = (
    "close", "contents", "contents-key", "found", "help", "keys", "keys-off", "next-key",
    "nothing-found", "previous-key", "search", "search-key", "searching", "theme", "theme-auto",
    "theme-dark", "theme-key", "theme-light",
)  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """What stands around the text of a page.

    Attributes:
        book: the book's title, which leads home.
        language: of the book.
        direction: ``ltr`` or ``rtl``.
        words: what the frame says.
        home: where the title leads.
        head: elements of the page's head, such as its style sheets and its script.
        contents: where the contents are; empty for none.
        search: whether there is something to search.
        before: address and title of the page before, if there is one.
        after: address and title of the page after, if there is one.
        end: HTML that stands where the text is over.
    """

    book: str
    language: str
    direction: str
    words: Words
    home: str
    head: str
    contents: str = ""
    search: bool = True
    before: tuple[str, str] | None = None
    after: tuple[str, str] | None = None
    end: str = ""


def frame_words(metadata: Metadata) -> Words:
    """The words of the book's language; English ones where that has none for a frame."""
    words = words_of(metadata.lang, metadata.words)
    return words if "web-search" in words.table else words_of("en", metadata.words)


def page_of(title: str, classes: str, content: str, frame: Frame) -> str:
    """A whole page.

    Args:
        title: of what is on it; may be empty.
        classes: of the body, as the EPUB has them.
        content: HTML.
        frame: what stands around it.
    """
    say = frame.words.say
    links = ""
    if frame.contents:
        links = (
            f'<a href="{escape(frame.contents)}" data-opens="contents">'
            f"{escape(say('contents'))}</a>\n"
        )
    named = title if not title or title == frame.book else f"{title} · {frame.book}"
    page = Template(_page()).substitute(
        language=escape(frame.language),
        direction=frame.direction,
        version=VERSION,
        title=escape(named or frame.book),
        head=frame.head + "".join(_relations(frame)),
        classes=escape(classes),
        skip=escape(say("web-skip")),
        home=escape(frame.home),
        book=escape(frame.book),
        tools=escape(say("web-tools")),
        tool_links=links,
        search=escape(say("web-search")),
        theme=escape(say("web-theme")),
        keys=escape(say("web-keys")),
        content=content,
        foot=_foot(frame),
    )
    if frame.search:
        return page
    begin = page.index('<button type="button" data-opens="search"')
    return page[:begin] + page[page.index("\n", begin) + 1 :]


def style() -> str:
    """The style sheet of the frame."""
    return (_HERE / "reading.css").read_text("utf-8")


def script(words: Words) -> str:
    """The script, with its words in the book's language; a classic one, in a file or a page."""
    said: Mapping[str, str] = {
        name: words.say("contents" if name == "contents" else f"web-{name}")
        for name in _SAID_BY_SCRIPT
    }
    told = json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")
    code = (_HERE / "reading.js").read_text("utf-8")
    return code.replace("/* words */ {}", told, 1)


@lru_cache(maxsize=1)
def _page() -> str:
    return (_HERE / "page.html").read_text("utf-8")


def _relations(frame: Frame) -> list[str]:
    return [
        f'<link rel="{name}" href="{escape(there[0])}">\n'
        for name, there in (("prev", frame.before), ("next", frame.after))
        if there
    ]


def _foot(frame: Frame) -> str:
    ways = "".join(
        f'<a rel="{name}" href="{escape(there[0])}"><span>{escape(frame.words.say(word))}</span> '
        f"{escape(there[1])}</a>\n"
        for name, word, there in (
            ("prev", "web-previous", frame.before),
            ("next", "web-next", frame.after),
        )
        if there
    )
    turned = (
        f'<nav class="turn" aria-label="{escape(frame.words.say("web-turn"))}">\n{ways}</nav>\n'
    )
    return frame.end + (turned if ways else "")
