"""A recipe: how the pages of a messy source look, and which defects it has, drawn by a seed.

Rates are shares of what could have the defect (paragraphs, lines, pages, callouts). No defect
takes away what an editor needs to put it right; each says how an editor could tell.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, replace

__all__ = ["LAYOUTS", "NOTE_KINDS", "STRENGTHS", "Rates", "Recipe", "chance", "draw"]

LAYOUTS = ("wrapped", "lines", "glued", "web")
NOTE_KINDS = ("feet", "chapter", "document", "inline")
STRENGTHS = ("clean", "light", "medium", "heavy")


@dataclass(frozen=True, slots=True)
class Rates:
    """How often each defect happens, 0 to 1.

    Attributes:
        half_width: paragraphs of Chinese whose marks are ASCII. The Han beside them tells.
        straight_quotes: paragraphs whose quotes are straight. Their order tells.
        ascii_dots: ellipses and dashes as ASCII. Their place between words tells.
        spaced_han: lines with a blank after each ideograph. Chinese has none.
        invisible: characters followed by a soft hyphen or a blank without width. None means
            anything.
        hyphenated: lines of English that end inside a word. The word is a word without the hyphen.
        ligatures: paragraphs with ligatures. They are code points.
        lost_blanks: notes whose foreign words have lost their blanks. Capitals and words tell.
        trailing: lines that end in blanks.
        folio_lost: pages without a folio. Those before and behind it count on.
        folio_damaged: folios with a digit lost or wrong. So.
        head_damaged: running heads with a wrong character. The others tell.
        callout_lost: callouts without a mark. The body waits at the foot of its page; only its
            words are asked for, as nobody can know its place.
        mark_damaged: callouts whose circled mark was read as another character. The body's mark
            and the order of the others tell.
        note_runs_over: pages whose last note ends on the next page. It has no mark there.
        heading_split: headings whose number and words stand on two lines. The number tells.
        page_doubled: pages that were scanned twice. They say the same.
    """

    half_width: float = 0
    straight_quotes: float = 0
    ascii_dots: float = 0
    spaced_han: float = 0
    invisible: float = 0
    hyphenated: float = 0
    ligatures: float = 0
    lost_blanks: float = 0
    trailing: float = 0
    folio_lost: float = 0
    folio_damaged: float = 0
    head_damaged: float = 0
    callout_lost: float = 0
    mark_damaged: float = 0
    note_runs_over: float = 0
    heading_split: float = 0
    page_doubled: float = 0


# Of an HTML file: a site's page, one with breaks alone, a PDF's dump. Of a Word file: one with
# styles and true notes ("web"), one into which pages were pasted. A PDF has Typst's own pages.
_OTHER_LAYOUTS = {
    "html": ("web", "web", "lines", "wrapped"),
    "docx": ("web", "lines"),
    "pdf": ("lines",),
}

# How notes are marked at the foot of pages, and in lists at the end; drawn with equal chance.
_FOOT_MARKS = {
    "zh": (
        "circled", "circled", "circled", "circled", "bracket", "tortoise", "labelled",
        "superscript", "glued",
    ),
    "en": ("glued", "glued", "bracket", "superscript", "symbol"),
}  # fmt: skip
_LIST_MARKS = {
    "zh": ("bracket", "bracket", "tortoise", "labelled", "superscript", "glued"),
    "en": ("bracket", "superscript", "glued", "round"),
}
_INDENTS = {
    "zh": ("\u3000\u3000", "\u3000\u3000", "\u3000\u3000", "    ", "\t"),
    "en": ("    ", "  ", "   ", "\t"),
}

_RATES = {
    "clean": Rates(),
    "light": Rates(straight_quotes=0.1, half_width=0.1, hyphenated=0.03, trailing=0.02),
    "medium": Rates(
        half_width=0.6, straight_quotes=0.5, ascii_dots=0.5, spaced_han=0.03, invisible=0.0005,
        hyphenated=0.08, ligatures=0.3, lost_blanks=0.1, trailing=0.05, folio_lost=0.03,
        head_damaged=0.02, note_runs_over=0.05, heading_split=0.15,
    ),
    "heavy": Rates(
        half_width=1, straight_quotes=1, ascii_dots=1, spaced_han=0.1, invisible=0.002,
        hyphenated=0.15, ligatures=1, lost_blanks=0.3, trailing=0.1, folio_lost=0.15,
        folio_damaged=0.05, head_damaged=0.1, callout_lost=0.03, mark_damaged=0.03,
        note_runs_over=0.1, heading_split=0.3, page_doubled=0.02,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recipe:
    """One messy source, wholly determined.

    Attributes:
        seed: of every later draw.
        language: zh or en.
        strength: a name from `STRENGTHS`.
        layout: wrapped (lines as printed), lines (one line a paragraph, cut at page joints),
            glued (a page in one run), web (paragraphs of a site, cut at page joints).
        notes: feet (of pages), chapter (a list at each chapter's end), document (one list at the
            end), inline (in running text).
        mark: circled ①, bracket [1], tortoise 〔1〕, labelled [注1], round (1), superscript ¹,
            glued (a digit alone), symbol (* † ‡), or remark (the note itself, in brackets).
        restart: whether marks begin anew on each page (feet) or chapter.
        furniture: book (verso and recto heads, folios), journal (one head, a vendor's footer),
            folios (alone), none.
        folio: foot, head, in-head.
        indent: what a paragraph's first line begins with.
        gap: whether a blank line parts paragraphs.
        page_break: what parts two pages.
        width: cells in a line; an ideograph has two.
        height: lines on a page.
        contents: whether a printed list of contents stands in front.
        line_end: of the file.
        encoding: of the file.
        chapters_open_pages: whether a chapter begins a page.
        numbering: how headings that have no number are given one.
        rates: of the defects.
        columns: on a PDF's page.
    """

    seed: int
    language: str
    strength: str
    layout: str
    notes: str
    mark: str
    restart: bool
    furniture: str
    folio: str
    indent: str
    gap: bool
    page_break: str
    width: int
    height: int
    contents: bool
    line_end: str
    encoding: str
    chapters_open_pages: bool
    numbering: str
    rates: Rates
    columns: int = 1


def chance(*names: object) -> random.Random:
    """A source of chance that is the same for the same names, on every machine."""
    told = "\x1f".join(map(str, names)).encode("utf-8", "surrogatepass")
    return random.Random(int.from_bytes(hashlib.sha256(told).digest()[:8], "big"))


def draw(
    text: str,
    language: str,
    kind: str,
    strength: str,
    seed: int,
    layout: str | None = None,
    notes: str | None = None,
) -> Recipe:
    """A recipe for a text of that name.

    Args:
        text: the text's name.
        language: zh or en.
        kind: txt, html, docx or pdf.
        strength: a name from `STRENGTHS`.
        seed: another seed, another source.
        layout: a name from `LAYOUTS` instead of one that is drawn.
        notes: a name from `NOTE_KINDS` instead of one that is drawn.

    Raises:
        KeyError: there is no such strength.
    """
    rates = _RATES[strength]
    dice = chance(text, kind, strength, seed)
    chinese = language == "zh"
    drawn_layout = dice.choice(
        ("wrapped", "lines", "web") if strength == "light" else (*LAYOUTS, "wrapped", "lines")
    )
    if kind != "txt":
        drawn_layout = dice.choice(_OTHER_LAYOUTS[kind])
    layout = layout or drawn_layout
    if layout == "glued" and not chinese:
        layout = "lines"  # English that lost its line ends lost its blanks too, and nobody reads it
    drawn_notes = dice.choice(("feet", "feet", "feet", "chapter", "document", "inline"))
    if layout == "glued" or kind == "pdf":
        drawn_notes = "feet"
    elif layout == "web":
        drawn_notes = dice.choice(("chapter", "document", "inline", "feet"))
    notes = notes or drawn_notes
    if notes == "inline":
        mark = "remark"
    elif notes == "feet":
        mark = dice.choice(_FOOT_MARKS[language])
    else:
        mark = dice.choice(_LIST_MARKS[language])
    restart = mark in {"circled", "symbol"} or (notes == "chapter") or dice.random() < 0.3
    furniture = dice.choice(("book", "book", "journal", "folios"))
    if layout == "web":
        furniture = dice.choice(("book", "none", "none"))
    gap = dice.random() < (0.2 if chinese else 0.5) or layout == "web"
    indent = dice.choice(_INDENTS[language])
    if (layout != "wrapped" and dice.random() < 0.4) or layout in {"glued", "web"}:
        indent = ""
    if layout == "wrapped" and gap and dice.random() < 0.5:
        indent = ""
    page_break = dice.choice(("\n", "\n\n", "\n\f", "\n\n\n"))
    if layout == "glued":
        page_break = dice.choice(("\n\n  ", "\n", "\n\n"))
    elif layout == "web":
        page_break = "\n\n"
    # Glued to its text, a heading's end shows only where the heading is printed once more.
    no_heading_ends = layout == "glued" and strength == "heavy"
    chapters = ("chapter-han", "chapter-digit") if chinese else ("chapter-roman", "chapter-digit")
    encodings = ["utf-8", "utf-8", "utf-8", "gb18030" if chinese else "utf-8"]
    encodings.append("utf-8-sig" if kind == "txt" else "utf-8")
    two_columns = chance(text, strength, seed, "columns").random() < 0.25
    recipe = Recipe(
        seed=seed, language=language, strength=strength, layout=layout, notes=notes, mark=mark,
        restart=restart, furniture=furniture,
        folio=dice.choice(("foot", "foot", "head", "in-head")),
        indent=indent, gap=gap, page_break=page_break,
        width=2 * dice.randint(25, 38) if chinese else dice.randint(60, 72),
        height=dice.randint(26, 32) if chinese else dice.randint(34, 40),
        contents=(dice.random() < 0.4 and layout != "web") or no_heading_ends,
        line_end=dice.choice(("\n", "\n", "\r\n")),
        encoding=dice.choice(encodings),
        chapters_open_pages=dice.random() < 0.7,
        numbering=dice.choice(chapters),
        rates=rates,
        columns=2 if kind == "pdf" and two_columns else 1,
    )  # fmt: skip
    return _tidy(recipe) if strength == "clean" and kind != "pdf" else recipe


def _tidy(recipe: Recipe) -> Recipe:
    """The recipe of a source that nobody scanned: no furniture, and no page but one."""
    tidy = replace(recipe, furniture="none", contents=False, height=10**6)
    if recipe.notes == "feet":
        tidy = replace(tidy, notes="chapter", mark="bracket", restart=True)
    return tidy
