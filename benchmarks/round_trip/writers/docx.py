"""Word documents: one with styles and true notes, or one into which pages were pasted.

Headings of the second are bold and large, but of no style; its notes stand where pages ended.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.round_trip.characters import CALLOUT, PRINTED_MARK, is_callout, unmarked
from benchmarks.round_trip.document import Kind
from benchmarks.round_trip.layouts import Messy, Piece, bare_pieces, messy_of, pieces_of
from benchmarks.round_trip.recipe import Recipe, chance
from benchmarks.round_trip.setting import Printed, Setting
from quire.pandoc import Block, Inline, Inlines, attributes, para, raw_inline, text_inlines
from quire.pandoc.tree import API_VERSION
from quire.toolchain.tools import pandoc_path

__all__ = ["write"]


def write(setting: Setting, recipe: Recipe, title: str) -> Messy:
    """The document as a Word file."""
    if recipe.layout == "web":
        blocks = [_styled(one, setting) for one in setting.blocks]
        return messy_of(_word(blocks), (), setting, recipe, title)
    pages = pieces_of(setting, recipe, title)
    raised = chance(recipe.seed, "docx").random() < 0.5
    blocks = [_pasted(piece, raised) for page in pages for piece in page]
    return messy_of(_word(blocks), bare_pieces(pages), setting, recipe, title)


def _word(blocks: list[Block]) -> bytes:
    document = {"pandoc-api-version": API_VERSION, "meta": {}, "blocks": blocks}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "source.docx"
        subprocess.run(
            [str(pandoc_path()), "--from", "json", "--to", "docx", "--output", str(path)],
            input=json.dumps(document).encode(), check=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1600000000"},
        )  # fmt: skip
        return path.read_bytes()


def _styled(one: Printed, setting: Setting) -> Block:
    """A block with Word's own styles and notes."""
    inlines: Inlines = []
    run = ""
    for character in one.text:
        if is_callout(character):
            inlines += text_inlines(run)
            body = setting.notes[ord(character) - CALLOUT].body
            inlines.append({"t": "Note", "c": [para(text_inlines(body))]})
            run = ""
        else:
            run += character
    inlines += text_inlines(run)
    if one.block.kind is Kind.HEADING:
        return {"t": "Header", "c": [min(6, one.block.level), attributes(), inlines]}
    if one.block.kind is Kind.QUOTE:
        return {"t": "BlockQuote", "c": [para(inlines)]}
    return para(inlines)


def _pasted(piece: Piece, raised: bool) -> Block:
    """A piece of a page as a paragraph without style."""
    if piece.kind == "heading":
        size = {1: 36, 2: 32, 3: 28}.get(piece.level, 26)
        return para([_large(unmarked(piece.whole).replace("\n", " "), size)])
    if not raised or piece.kind == "note":
        return para(text_inlines(unmarked(piece.whole)))
    inlines: Inlines = []
    done = 0
    for found in PRINTED_MARK.finditer(piece.whole):
        inlines += text_inlines(piece.whole[done : found.start()])
        inlines.append({"t": "Superscript", "c": text_inlines(found[2].strip())})
        done = found.end()
    return para([*inlines, *text_inlines(piece.whole[done:])])


def _large(words: str, size: int) -> Inline:
    """Words in bold of a size in half points."""
    return raw_inline(
        "openxml",
        f'<w:r><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(words)}</w:t></w:r>',
    )
