"""The proof: spreads as in the bound book, and the measures where the print edition has them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
from sample import english_book, sample_book

from quire.editions.model import BuildContext
from quire.editions.print_pdf import EDITION as PRINT
from quire.editions.proof import EDITION
from quire.editions.proof.spreads import spreads_of


def test_the_first_recto_stands_alone_and_versos_face_rectos() -> None:
    assert list(spreads_of(4)) == [(None, 1), (2, 3), (4, None)]
    assert list(spreads_of(1)) == [(None, 1)]


def test_a_proof_shows_every_spread_and_is_the_same_bytes_each_time(
    tmp_path: Path, context: BuildContext
) -> None:
    book = sample_book()
    printed = PRINT.build(book, tmp_path, context)
    now = replace(context, earlier={"print-pdf": printed})
    proof = EDITION.build(book, tmp_path, now)
    assert proof.path.name == "灯下小工-proof.pdf"
    assert not proof.for_readers
    spreads = len(list(spreads_of(printed.pages or 0)))
    assert proof.pages == -(-spreads // 4)
    assert EDITION.build(book, tmp_path, now).sha256 == proof.sha256


def test_trim_safe_area_type_area_and_grid_are_drawn(tmp_path: Path, context: BuildContext) -> None:
    book = english_book()
    printed = PRINT.build(book, tmp_path, context)
    proof = EDITION.build(book, tmp_path, replace(context, earlier={"print-pdf": printed}))
    sheet = pypdfium2.PdfDocument(proof.path)[0].render(scale=2).to_pil().convert("RGB")
    colours = [colour for _, colour in sheet.getcolors(1 << 24) or []]
    for wanted in ((208, 32, 140), (31, 143, 181), (224, 138, 30)):
        near = [sum(abs(a - b) for a, b in zip(wanted, one, strict=True)) for one in colours]
        assert min(near) < 60, wanted
