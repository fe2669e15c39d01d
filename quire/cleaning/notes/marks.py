"""The marks that call notes and begin their bodies: one table entry a style."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from quire.cleaning.numbering import circled
from quire.cleaning.vocabulary import HAN

__all__ = [
    "BEFORE_DECIMALS",
    "COUNTER",
    "STYLES",
    "MarkStyle",
    "Openings",
    "Sign",
    "Token",
    "signs_of",
]

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LETTERS = "ᵃᵇᶜᵈᵉᶠᵍʰⁱ"
# The order in which signs are used on a page (The Chicago Manual of Style, 18th ed., 3.81).
_SYMBOLS = "*†‡§‖¶"
_MOST_IN_A_ROW = 8  # marks in a row before one body; more are an ornament
_EMPHASISED = 200  # characters that stars may emphasise
_RUN = 150  # characters before a mark without a line end: the text has lost its lines
_INDENT = 40  # blanks that a line may begin with


@dataclass(frozen=True, slots=True)
class Token:
    """The number that a mark at `start` to `end` says."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sign:
    """Marks in a row. One that `leads` stands at a line's start; `encloses`: its text is in it."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    leads: bool
    style: str
    is_body: bool = False
    encloses: bool = False


@dataclass(frozen=True, slots=True)
class MarkStyle:
    """A way to mark notes.

    Attributes:
        name: kebab-case.
        pattern: of a mark in running text, and of a body's mark when it is alike.
        numbers: the numbers that such a mark says.
        body: a mark that only a body has, at a line's start; group ``n`` is its number.
        encloses: whether the body's mark opens a bracket that the body's end closes.
        evident: whether the mark alone is evidence; a figure or a number in brackets is none.
        in_run: such a mark inside a run that has lost its line ends.
        first: what the pattern, and that in runs, can begin with: the places at which it is worth
            to look behind. Any place when left out.
    """

    name: str
    pattern: re.Pattern[str]
    numbers: Callable[[str], tuple[int, ...]]
    body: re.Pattern[str] | None = None
    encloses: bool = False
    evident: bool = True
    in_run: re.Pattern[str] | None = None
    first: re.Pattern[str] | None = None

    def marks(self, text: str) -> Iterator[re.Match[str]]:
        """The marks in running text."""
        if self.first is None:
            return self.pattern.finditer(text)
        return _matches(self.pattern, text, (one.start() for one in self.first.finditer(text)))


def _matches(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """What `finditer` finds of a pattern that can begin at these places alone."""
    done = 0
    for place in places:
        if place >= done and (found := pattern.match(text, place)):
            done = found.end()
            yield found


def _circled(mark: str) -> tuple[int, ...]:
    return (circled(mark),)


def _listed(mark: str) -> tuple[int, ...]:
    found = [int(n) for n in re.findall(r"\d+", mark)]
    if len(found) == 2 and re.search(r"[–-]", mark) and 0 < found[1] - found[0] < _MOST_IN_A_ROW:
        return tuple(range(found[0], found[1] + 1))
    return tuple(found)


def _superscript(mark: str) -> tuple[int, ...]:
    return (int(mark.translate(_SUPERSCRIPTS)),)


def _letter(mark: str) -> tuple[int, ...]:
    return ((_LETTERS if mark in _LETTERS else "abcdefghi").index(mark) + 1,)


def _symbol(mark: str) -> tuple[int, ...]:
    sign = mark[0].replace("＊", "*")
    return (len(_SYMBOLS) * (len(mark) - 1) + _SYMBOLS.index(sign) + 1,)


def _in_brackets(mark: str) -> tuple[int, ...]:
    inner = mark.strip("[]")
    return (int(inner) if inner.isdecimal() else 1000 + ord(inner),)


_OPENING = re.compile(r"[ \t\u3000]{0,40}(?=[\d\[注a-i])")
_NEXT_OPENING = re.compile(r"\n[ \t\u3000]{0,40}(?=[\d\[注a-i])")
_LONG_LINE = re.compile(rf"[^\n]{{{_RUN + 1},}}")
_LINE = r"^[ \t\u3000]{0,40}"
# A figure that begins a line, with a stop, a blank or a capital behind it; a body that begins
# with a number itself has both.
_FIGURE_LEADS = re.compile(
    # The stop may end its line, the body stand on the next.
    _LINE + r"(?P<n>\d{1,3})(?:(?:[.．、)）][ \t\u3000]*(?:\n[ \t\u3000]{0,40})?"
    r"|[ \t\u3000]+|(?=[A-Z《\[“\"]))(?=[^\s\d])|[.．、)）][ \t\u3000]+(?=\d))",
    re.MULTILINE,
)
_LABEL_LEADS = re.compile(
    _LINE + r"注释?\s?(?P<n>\d{1,3})[:：.、\s][ \t\u3000]*(?=\S)", re.MULTILINE
)
_LETTER_LEADS = re.compile(_LINE + r"(?P<n>[a-i])[.)、]?[ \t]+(?=\S)", re.MULTILINE)
_ENCLOSED = re.compile(
    _LINE + r"\[(?:Footnote|Endnote|Note|脚注|注)\s*(?P<n>\d{1,4}|[A-Z])\s*[:：]\s*(?=\S)",
    re.MULTILINE,
)
_A_WORD = r"[^\W\d_]"
_STOP = r"[.,;:!?”’\"'»。，；：！？、)）》】]"
COUNTER = "[年月日号个人次岁页章节元米里斤天时分秒块只条名位件本期卷届世级点度种项家所座艘篇]"
BEFORE_DECIMALS = re.compile(r"(?<!\d)\d{1,2}\.$")  # a year has none
# Not behind a unit or an abbreviation, not before a word of measure, not part of a number.
_GLUED = re.compile(
    # A page's last callout, and right behind it the mark of the first body.
    rf"(?<=[。！？”』）])[1-9]\d(?=[1-9]\d?[.．、][ \u3000]*[《“\"A-Z{HAN}])|"
    rf"(?<=(?:{_A_WORD}|{_STOP}))"
    # Where a sentence begins behind it, a figure behind a number's full stop may be no decimal.
    r"(?:(?<!\d[.,:])|(?<=\b[12]\d{3}\.)(?=\d{1,2}(?:\s[“\"A-Z]|[ \t]*(?:\n|$)))"
    r"|(?:(?<=[a-z] \d\.)|(?<=[a-z] \d\d\.))(?=\d{1,2}\s[“\"A-Z]))"
    r"(?<!\.\.)(?<!\b[Nn]o\.)(?<!\bp\.)(?<!\bpp\.)(?<!\b[Vv]ol\.)(?<!\b[Ff]ig\.)(?<!\b[Cc]h\.)"
    r"(?<![第图表约共近逾达至到仅])(?<!\bNo)(?<!\bm)(?<!\bkm)(?<!\bcm)"
    r"[1-9]\d{0,2}"
    rf"(?![\d%‰℃°])(?![.,:]\d)(?=[\s。，；、：！？,;.:!?)）”’“‘《（「\"'—…-]|[{HAN}]|$)"
    rf"(?:(?<=[。！？”』）][1-9])|(?<=[。！？”』）]\d\d)|(?!\s?{COUNTER})"
    # A book has volumes, and isn't counted as buildings and days are.
    r"|(?:(?<=》[1-9])|(?<=》\d\d))(?![卷册种本篇页期章回]))"
)
# A circle that lost its figure: it says no number, and counts only where one is due.
_DAMAGED_CIRCLE = (
    r"(?<![0-9A-Za-zＯ○◯])[OＯ○◯](?![0-9A-Za-zＯ○◯\s’'.])|(?<=[。！？”」])[OＯ○◯](?=\s|$)"
)
# Behind a stop that closes a year, a page or a word, or a page's last callout.
_FIGURE_IN_RUN = re.compile(
    r"(?:(?<=[^\d\s.])|(?<=[\dA-Za-z][\d)a-z]\.)|(?<=[。！？”』）][1-9]\d))"
    rf"(?P<n>[1-9]\d?)[.．、](?:[ \u3000]*(?=[《“\"A-Z{HAN}])"
    # A body that begins with a number itself.
    r"|(?:(?<=[。！？”』）][1-9][.．、])|(?<=[。！？”』）][1-9]\d[.．、]))[ \u3000]+(?=\d))"
)

_DIGIT = re.compile("[1-9]")
# A sign for a paragraph that calls a note, as no number follows.
_SECTION_CALLED = re.compile(r"(?<=[^\s§])§(?!§{0,2}\s?\d)")

STYLES = (
    MarkStyle(
        "circled", re.compile(f"[①-⑳㉑-㉟㊱-㊿]|{_DAMAGED_CIRCLE}"), _circled,
        first=re.compile("[①-⑳㉑-㉟㊱-㊿OＯ○◯]"),
    ),
    MarkStyle("circled-black", re.compile("[❶-❿]"), _circled),
    MarkStyle("bracketed", re.compile("[⑴-⒇]"), _circled),
    MarkStyle(
        "enclosed", re.compile(r"\[(?:\d{1,4}|[A-Z])\]"), _in_brackets, _ENCLOSED, encloses=True
    ),
    MarkStyle(
        "square",
        re.compile(r"\[\^?\d{1,3}(?:\s?[,，、–-]\s?\d{1,3}){0,7}\]|［\d{1,3}］|【\d{1,3}】"),
        _listed, _FIGURE_LEADS,
    ),
    MarkStyle("tortoise-shell", re.compile(r"〔\d{1,3}〕"), _listed),
    MarkStyle(
        "labelled",
        re.compile(r"[\[［〔【(（]\s?注释?\s?\d{1,3}\s?[\]］〕】)）]"),
        _listed,
        _LABEL_LEADS,
    ),
    MarkStyle(
        "superscript", re.compile(r"(?<![0-9])(?<!\bm)(?<!km)(?<!cm)[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]{0,2}"),
        _superscript, _FIGURE_LEADS, in_run=_FIGURE_IN_RUN, first=re.compile("[¹²³⁴⁵⁶⁷⁸⁹]"),
    ),
    MarkStyle("letter", re.compile(f"[{_LETTERS}]"), _letter, _LETTER_LEADS),
    MarkStyle("symbol", re.compile(r"([*＊†‡§‖¶])\1{0,2}"), _symbol),
    MarkStyle(
        "round", re.compile(r"[(（]\d{1,3}[)）]"), _listed, _FIGURE_LEADS, evident=False,
    ),
    MarkStyle(
        "figure", _GLUED, _listed, _FIGURE_LEADS, evident=False, in_run=_FIGURE_IN_RUN,
        first=_DIGIT,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Openings:
    """Where bodies' marks may begin, for every style.

    Attributes:
        lines: the beginnings of lines that begin with what such a mark begins with.
        in_runs: digits with no line's end for a while before them.
    """

    lines: tuple[int, ...]
    in_runs: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Openings:
        """Look through a text."""
        first = (0,) if _OPENING.match(text) else ()
        runs = (run.span() for run in _LONG_LINE.finditer(text))
        digits = (_DIGIT.finditer(text, start + _RUN, end) for start, end in runs)
        return cls(
            (*first, *(one.start() + 1 for one in _NEXT_OPENING.finditer(text))),
            tuple(found.start() for one in digits for found in one),
        )


def signs_of(
    text: str, style: MarkStyle, openings: Openings, allowed: Callable[[int, int], bool]
) -> list[Sign]:
    """All signs of a style in order of place; none when there is no mark in running text."""
    if next(style.marks(text), None) is None:
        return []
    bodies = list(_bodies(text, style, openings, allowed))
    # What is a body's mark inside a line counts a list's item at the most, and calls nothing.
    taken = {sign.start for sign in bodies if style.encloses or not sign.leads}
    runs: list[list[re.Match[str]]] = []
    sections = style.name == "symbol" and not _SECTION_CALLED.search(text)
    for found in style.marks(text):
        if found.start() in taken or not allowed(*found.span()):
            continue
        if style.name == "symbol" and not _is_symbol(text, *found.span(), sections):
            continue
        if runs and style.evident and _in_a_row(runs[-1][-1], found, style):
            runs[-1].append(found)
        else:
            runs.append([found])
    # An ornament is no note.
    signs = [_sign(text, run, style) for run in runs if len(run) <= _MOST_IN_A_ROW]
    if not style.encloses and style.evident and any(sign.leads for sign in signs):
        return signs  # bodies are marked as callouts are; a figure on a line is something else
    return sorted(signs + bodies, key=lambda sign: sign.start) if bodies else signs


def _in_a_row(one: re.Match[str], other: re.Match[str], style: MarkStyle) -> bool:
    """Whether a mark stands right behind another and counts on: one body may answer both."""
    if one.end() != other.start():
        return False
    before, behind = style.numbers(one[0]), style.numbers(other[0])
    # Numbers that fall: behind the page's last callout stands its first body.
    return style.name == "symbol" or not (before and behind and 0 < behind[0] <= before[-1])


def _sign(text: str, run: Sequence[re.Match[str]], style: MarkStyle) -> Sign:
    tokens = tuple(Token(n, *found.span()) for found in run for n in style.numbers(found[0]))
    start = run[0].start()
    return Sign(start, run[-1].end(), tokens, _leads(text, start), style.name)


def _bodies(
    text: str, style: MarkStyle, openings: Openings, allowed: Callable[[int, int], bool]
) -> Iterator[Sign]:
    on_lines = _matches(style.body, text, openings.lines) if style.body else ()
    in_runs = _matches(style.in_run, text, openings.in_runs) if style.in_run else ()
    for found in chain(on_lines, in_runs):
        numeral = found["n"]
        if numeral.isdecimal():
            number = int(numeral)
        else:
            number = 1000 + ord(numeral) if style.encloses else ord(numeral) - ord("a") + 1
        start = found.end() - len(found[0].lstrip(" \t\u3000"))
        if number and allowed(start, found.end()):
            token = Token(number, start, found.end())
            leads = found.re is style.body
            yield Sign(start, found.end(), (token,), leads, style.name, True, style.encloses)


def _leads(text: str, start: int) -> bool:
    """Whether a mark stands at a line's start. A line may be millions of characters long."""
    before = text[max(0, start - _INDENT) : start]
    return not before.rpartition("\n")[2].strip() and ("\n" in before or start <= _INDENT)


def _is_symbol(text: str, start: int, end: int, sections: bool) -> bool:
    """Whether a sign is a note's mark, and not a break of scenes, emphasis or a bullet.

    Args:
        text: all of it.
        start: of the sign.
        end: of the sign.
        sections: whether § calls nothing in the text, so that all before numbers are paragraphs'.
    """
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    if behind in {"*", "＊"} or before in {"*", "＊"}:
        return False
    if text[start] == "§" and text[end : end + 2].strip()[:1].isdigit():
        # A paragraph's number, or a body that begins with one.
        return not sections and _leads(text, start)
    if _leads(text, start):
        return bool(behind.strip()) or bool(text[end : end + 2].strip(" *＊\n"))
    if not before.strip() or (text[start] in "*＊" and before.isascii() and before.isdigit()):
        return False
    # Between two words a sign multiplies, or is part of a name.
    return not (_is_word(before) and _is_word(behind)) and not _closes_emphasis(text, start)


def _closes_emphasis(text: str, start: int) -> bool:
    """Whether a star has its like before it in the line, right before a word."""
    opening = text.rfind(text[start], max(0, start - _EMPHASISED), start)
    if opening <= 0 or "\n" in text[opening:start]:
        return False
    return not text[opening - 1].strip() and bool(text[opening + 1].strip())


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()
