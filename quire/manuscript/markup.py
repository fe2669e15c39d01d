"""A chapter's marks with their places: headings, notes, pictures, links, identifiers, raw HTML.

This isn't a parser of Markdown: pandoc is. It finds, quickly and with places, what lints and
messages speak about. Code, comments and formulae are blanked out first (`masked`), so that what
looks like a mark in there isn't taken for one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

__all__ = [
    "Attributes", "Heading", "Link", "Mark", "Markup", "automatic_identifier", "heading_text",
    "read_markup",
]  # fmt: skip

_FENCE: Final = re.compile(r"^[ \t>]*(?P<marks>`{3,}|~{3,})(?P<rest>[^\n]*)$", re.MULTILINE)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_TICKS: Final = re.compile(r"`+")
_DISPLAY: Final = re.compile(r"(?<!\\)\$\$.+?\$\$", re.DOTALL)
_FORMULA: Final = re.compile(
    r"(?<![\\$])\$(?![\s$])[^$\n]*(?:\n(?!\s*\n)[^$\n]*)*(?<![\s\\])\$(?!\d)"
)
_EQUATION: Final = re.compile(
    r"\\begin\{(equation|align|gather|multline)(\*?)\}.*?\\end\{\1\2\}", re.DOTALL
)
_ESCAPED: Final = re.compile(r"\\[!-/:-@\[-`{-~]")
_PARAGRAPH_END: Final = re.compile(r"\n[ \t]*\n")

_ATX: Final = re.compile(r"^(#{1,6})[ \t]+(\S[^\n]*?)[ \t]*(?:#+[ \t]*)?$", re.MULTILINE)
_SETEXT: Final = re.compile(r"^(?![ \t>|+:-])([^\n]*\S)[ \t]*\n(=+|-{3,})[ \t]*$", re.MULTILINE)
_BRACES: Final = re.compile(r"\{([^{}\n]*)\}")
_ATTRIBUTE: Final = re.compile(
    r"#(?P<id>[^\s#}]+)|\.(?P<class>[^\s}]+)|(?P<unnumbered>-)(?=\s|$)"
    r"|(?P<key>[\w:-]+)=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"']+))"
)
_CALL: Final = re.compile(r"\[\^([^\]\[\s^]+)\]")
_BODY: Final = re.compile(r"^[ \t>]*\[\^([^\]\[\s^]+)\]:", re.MULTILINE)
_WORDS: Final = r"\[(?P<words>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
_TARGET: Final = r"\((?P<target>[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)(?P<braces>\{[^{}\n]*\})?"
_LINK: Final = re.compile(rf"(?P<image>!?)(?<!\\){_WORDS}{_TARGET}")
_TARGET_TITLE: Final = re.compile(r"\s+(?:\"[^\"]*\"|'[^']*')\s*$")
_CITATION: Final = re.compile(
    r"(?<![\w@\\./])@(?:\{([^{}\s]+)\}|(\w(?:[\w]|[:.#$%&+?<>~/-](?=\w))*))"
)
_TAG: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?:\s[^<>]*)?/?>")
_COMMAND: Final = re.compile(r"\\(?!end\{)([A-Za-z@]+(?:\{\w+\*?\})?)")
_DIVISION: Final = re.compile(r"^[ \t>]*(:{3,})[ \t]*([^\n]*?)[ \t]*:*[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Attributes:
    """What stands in braces: ``{#fig-x .wide alt="…"}``."""

    identifier: str = ""
    classes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    def get(self, key: str) -> str | None:
        """The value of a pair, or None."""
        return next((value for name, value in self.pairs if name == key), None)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something named, and where: `start` is its offset in the text, `line` counts from 1."""

    name: str
    line: int
    start: int


@dataclass(frozen=True)
class Heading:
    """A heading: its words as written (attributes taken off), level 1 to 6, and its line."""

    text: str
    level: int
    line: int
    attributes: Attributes


@dataclass(frozen=True)
class Link:
    """A link or a picture: `words` is what stands in its brackets."""

    target: str
    words: str
    line: int
    attributes: Attributes


class Markup:
    """The marks of one text; each kind is looked for when it is first asked for."""

    def __init__(self, text: str) -> None:
        """Keep the text.

        Args:
            text: a file's text after its YAML head, or all of it.
        """
        self.text = text
        self._breaks = [match.start() for match in re.finditer("\n", text)]

    def line_at(self, place: int) -> int:
        """The line of a place, counted from 1."""
        return bisect_right(self._breaks, place - 1) + 1

    @cached_property
    def _blanked(self) -> tuple[str, tuple[int, ...]]:
        return _without_code(self.text)

    @cached_property
    def masked(self) -> str:
        """The text with code, comments, formulae and escaped characters as blanks, as long."""
        text = _without_inline_code(_blank_all(_COMMENT, self._blanked[0]))
        for pattern in (_ESCAPED, _EQUATION, _DISPLAY, _FORMULA):
            text = _blank_all(pattern, text)
        return text

    @property
    def open_fences(self) -> tuple[int, ...]:
        """Lines of code fences that nothing closes."""
        return tuple(self.line_at(place) for place in self._blanked[1])

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """All headings, in order."""
        found = [
            (match.start(), self._heading(match.span(2), len(match[1])))
            for match in _ATX.finditer(self.masked)
        ]
        for match in _SETEXT.finditer(self.masked):
            if not match[1].startswith("#"):
                level = 1 if match[2].startswith("=") else 2
                found.append((match.start(), self._heading(match.span(1), level)))
        return tuple(heading for _, heading in sorted(found, key=lambda one: one[0]))

    def _heading(self, span: tuple[int, int], level: int) -> Heading:
        text = self.text[slice(*span)]
        braces = re.search(r"[ \t]*(\{[^{}]*\})[ \t]*$", text)
        attributes = Attributes()
        if braces:
            attributes = read_attributes(braces[1])
            text = text[: braces.start()]
        return Heading(text, level, self.line_at(span[0]), attributes)

    @cached_property
    def calls(self) -> tuple[Mark, ...]:
        """The marks of notes in the text (``[^a]``)."""
        bodies = {match.start(1) for match in _BODY.finditer(self.masked)}
        return tuple(
            Mark(match[1], self.line_at(match.start()), match.start())
            for match in _CALL.finditer(self.masked)
            if match.start(1) not in bodies
        )

    @cached_property
    def bodies(self) -> tuple[Mark, ...]:
        """The bodies of notes (``[^a]: …``)."""
        return tuple(
            Mark(match[1], self.line_at(match.start(1)), match.start(1))
            for match in _BODY.finditer(self.masked)
        )

    @cached_property
    def images(self) -> tuple[Link, ...]:
        """Pictures."""
        return tuple(link for is_image, link in self._links if is_image)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Links with a target in parentheses."""
        return tuple(link for is_image, link in self._links if not is_image)

    @cached_property
    def _links(self) -> tuple[tuple[bool, Link], ...]:
        return tuple(self._links_in(0, len(self.text)))

    def _links_in(self, start: int, end: int) -> Iterator[tuple[bool, Link]]:
        for match in _LINK.finditer(self.masked, start, end):
            target = _TARGET_TITLE.sub("", self.text[slice(*match.span("target"))]).strip()
            target = target.removeprefix("<").removesuffix(">")
            words = self.text[slice(*match.span("words"))]
            attributes = read_attributes(self.text[slice(*match.span("braces"))])
            line = self.line_at(match.start())
            yield bool(match["image"]), Link(target, words, line, attributes)
            # A picture may be the words of a link, and a link stand in a caption.
            yield from self._links_in(*match.span("words"))

    @cached_property
    def citations(self) -> tuple[Mark, ...]:
        """Keys of citations and cross-references (``@fig-x``)."""
        return tuple(
            Mark(match[1] or match[2], self.line_at(match.start()), match.start())
            for match in _CITATION.finditer(self.masked)
        )

    @cached_property
    def identifiers(self) -> tuple[Mark, ...]:
        """Identifiers given in braces."""
        found = []
        for match in _BRACES.finditer(self.masked):
            identifier = read_attributes(self.text[slice(*match.span())]).identifier
            if identifier:
                found.append(Mark(identifier, self.line_at(match.start()), match.start()))
        return tuple(found)

    @cached_property
    def tags(self) -> tuple[Mark, ...]:
        """HTML tags, by name in small letters; each pair counts twice."""
        return tuple(
            Mark(match[1].lower(), self.line_at(match.start()), match.start())
            for match in _TAG.finditer(self.masked)
        )

    @cached_property
    def commands(self) -> tuple[Mark, ...]:
        """Commands of TeX outside formulae, without their backslash."""
        return tuple(
            Mark(match[1], self.line_at(match.start()), match.start())
            for match in _COMMAND.finditer(self.masked)
        )

    @cached_property
    def divisions(self) -> tuple[Mark, ...]:
        """Fences of divs: what stands behind the colons, empty for one that closes."""
        return tuple(
            Mark(match[2], self.line_at(match.start(1)), match.start(1))
            for match in _DIVISION.finditer(self.masked)
        )

    @property
    def open_divisions(self) -> tuple[int, ...]:
        """Lines of divs that nothing closes."""
        opened: list[int] = []
        for fence in self.divisions:
            if fence.name:
                opened.append(fence.line)
            elif opened:
                opened.pop()
        return tuple(opened)


@lru_cache(maxsize=4096)
def read_markup(text: str) -> Markup:
    """The markup of a text; asked again for the same text, it isn't looked for again."""
    return Markup(text)


@lru_cache(maxsize=1024)
def read_attributes(braces: str) -> Attributes:
    """The attributes in a pair of braces."""
    identifier, classes, pairs = "", [], []
    for match in _ATTRIBUTE.finditer(braces.strip("{}")):
        if match["id"]:
            identifier = match["id"]
        elif match["class"]:
            classes.append(match["class"])
        elif match["unnumbered"]:
            classes.append("unnumbered")
        else:
            value = next(
                (match[name] for name in ("double", "single", "bare") if match[name] is not None),
                "",
            )
            pairs.append((match["key"], value))
    return Attributes(identifier, tuple(classes), tuple(pairs))


def heading_text(words: str) -> str:
    """A heading's words without marks: notes, emphasis, links, code ticks."""
    text = re.sub(r"\^?\[\^[^\]]*\]|\^\[[^\]]*\]", "", words)
    text = re.sub(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\{[^{}]*\})?", r"\1", text)
    text = re.sub(r"(?<!\\)(\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|`+)", "", text)
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text).strip()


def automatic_identifier(words: str) -> str:
    """The identifier that pandoc gives a heading of these words (its manual, auto_identifiers)."""
    text = heading_text(words).lower()
    kept = "".join(sign for sign in text if sign.isalnum() or sign in "_-." or sign.isspace())
    joined = "-".join(kept.split())
    return re.sub(r"^[^\w]*[\d_]*[^\w]*", "", joined) if joined[:1].isdigit() else joined


def _blank(text: str) -> str:
    """As long, with its line ends, and nothing else."""
    return re.sub(r"[^\n]", " ", text)


def _blank_all(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: _blank(match[0]), text)


def _without_code(text: str) -> tuple[str, tuple[int, ...]]:
    """Blocks of code between fences blanked; and the places of fences that nothing closes.

    The opening fence itself stays: it may hold an identifier.
    """
    pieces, done, unclosed = [], 0, []
    opened: re.Match[str] | None = None
    for match in _FENCE.finditer(text):
        marks = match["marks"]
        if opened is None:
            # Ticks in the rest make it code in a line, such as ```a``` in a paragraph.
            if "`" not in match["rest"]:
                opened = match
        elif (
            marks[0] == opened["marks"][0]
            and len(marks) >= len(opened["marks"])
            and not match["rest"].strip()
        ):
            pieces += [text[done : opened.start("marks")], " " * len(opened["marks"])]
            pieces += [opened["rest"], _blank(text[opened.end() : match.end()])]
            done, opened = match.end(), None
    if opened is not None:
        unclosed.append(opened.start("marks"))
        pieces += [text[done : opened.start()], _blank(text[opened.start() :])]
        done = len(text)
    return "".join([*pieces, text[done:]]), tuple(unclosed)


def _without_inline_code(text: str) -> str:
    """Code in lines blanked: a run of ticks to the next run as long, within a paragraph."""
    if "`" not in text:
        return text
    ends = [match.start() for match in _PARAGRAPH_END.finditer(text)]
    pieces, done = [], 0
    runs = [(match.start(), match.end()) for match in _TICKS.finditer(text)]
    latest: dict[int, list[int]] = {}
    for number, (start, end) in enumerate(runs):
        latest.setdefault(end - start, []).append(number)
    position = dict.fromkeys(latest, 0)
    for start, end in runs:
        if start < done or text[start - 1 : start] == "\\":
            continue
        same, index = latest[end - start], position[end - start]
        while index < len(same) and runs[same[index]][0] <= start:
            index += 1
        position[end - start] = index
        if index == len(same):
            continue
        close = runs[same[index]]
        if bisect_right(ends, start) != bisect_right(ends, close[0]):
            continue
        pieces += [text[done:start], _blank(text[start : close[1]])]
        done = close[1]
    return "".join([*pieces, text[done:]])
