"""Web pages: a site's page with paragraphs, one with line breaks alone, or a PDF's dump.

Notes' marks are links in half of the pages of a site, bare characters elsewhere.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from benchmarks.round_trip.characters import CALLOUT, PRINTED_MARK, unmarked
from benchmarks.round_trip.layouts import Messy, Piece, bare_pieces, messy_of, pieces_of
from benchmarks.round_trip.recipe import Recipe, chance
from benchmarks.round_trip.setting import Setting

__all__ = ["write"]


def write(setting: Setting, recipe: Recipe, title: str) -> Messy:
    """The pages as one HTML file."""
    pages = pieces_of(setting, recipe, title)
    body = _dump(pages, recipe) if recipe.layout == "wrapped" else _site(pages, recipe)
    language = "zh-CN" if recipe.language == "zh" else "en"
    content = (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n'
        f'<meta charset="{recipe.encoding}">\n<title>{html.escape(title)}</title>\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )
    return messy_of(
        content.encode(recipe.encoding, "xmlcharrefreplace"),
        bare_pieces(pages), setting, recipe, title,
    )  # fmt: skip


def _site(pages: Sequence[Sequence[Piece]], recipe: Recipe) -> str:
    """A site's page: its shell in elements of their own, the text in one."""
    dice = chance(recipe.seed, "html")
    linked = dice.random() < 0.5
    bold_headings = dice.random() < 0.4
    breaks = recipe.layout == "lines"
    made: list[str] = []
    behind = False
    for page in pages:
        for piece in page:
            if piece.kind == "shell":
                made.append(_shell(piece.whole, behind))
            elif piece.kind == "heading":
                made.append(_heading(piece, bold_headings))
            else:
                words = _marks(piece, linked)
                made.append(f"{recipe.indent}{words}<br>" if breaks else f"<p>{words}</p>")
            behind = behind or piece.kind in {"body", "heading"}
    start, end = ('<div class="content">', "</div>")
    before = [one for one in made if one.startswith(("<nav", "<h1"))]
    rest = [one for one in made if one not in before]
    return "\n".join([*before, start, *rest, end])


def _shell(line: str, behind: bool) -> str:
    words = html.escape(line)
    if behind:
        return f'<div class="footer"><a href="/">{words}</a></div>'
    if ">" in line:
        return f"<nav><ul><li>{words}</li></ul></nav>"
    return f'<div class="info">{words}</div>'


def _heading(piece: Piece, bold: bool) -> str:
    words = "<br>".join(html.escape(unmarked(line)) for line in piece.lines)
    if bold:
        size = {1: 6, 2: 5}.get(piece.level, 4)
        return f'<p><font size="{size}"><b>{words}</b></font></p>'
    return f"<h{min(6, piece.level + 1)}>{words}</h{min(6, piece.level + 1)}>"


def _marks(piece: Piece, linked: bool) -> str:
    """A piece's words; marks as links there and back, or as they are printed."""
    words = html.escape(piece.whole, quote=False)
    if not linked:
        return unmarked(words)
    is_note = piece.kind == "note"

    def link(found: re.Match[str]) -> str:
        number = ord(found[1]) - CALLOUT + 1
        mark = found[2].strip()
        if is_note:
            return f'<a id="fn{number}" href="#ref{number}">{mark}</a> '
        return f'<sup><a id="ref{number}" href="#fn{number}">{mark}</a></sup>'

    return PRINTED_MARK.sub(link, words)


def _dump(pages: Sequence[Sequence[Piece]], recipe: Recipe) -> str:
    """What a converter of PDFs gives: an anchor a page, lines parted by breaks."""
    made: list[str] = []
    for number, page in enumerate(pages, 1):
        made.append(f'<a name="{number}"></a>')
        made += _dump_lines(page, recipe)
        made.append("<hr>")
    return "\n".join(made)


def _dump_lines(page: Sequence[Piece], recipe: Recipe) -> Iterator[str]:
    """A page's lines; verse and quotations stand in from the margin, as on the page."""
    indent = "&#12288;&#12288;" if recipe.language == "zh" else "&nbsp;&nbsp;&nbsp;"
    for piece in page:
        opens = piece.kind == "body" and piece.first
        if opens and recipe.gap:
            yield "<br>"
        for place, line in enumerate(piece.lines):
            words = html.escape(unmarked(line), quote=False)
            if piece.kind == "heading":
                words = f"<b>{words}</b>"
            first_stands_in = opens and not place and not recipe.gap
            stand = indent * 2 if piece.verse else indent if first_stands_in else ""
            yield f"{stand}{words}<br>"
