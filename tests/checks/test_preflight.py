"""Preflight: a sound PDF passes, and each assertion finds the fault that it is for.

The faults are made with Typst, or put into a sound PDF by hand.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pytest
import typst
from PIL import Image

from quire.checks.preflight import ASSERTIONS, Kind, kind_of, preflight
from quire.checks.preflight.running import run_verapdf
from quire.editions.typesetting.printers import PRINTERS, Printer, printer_named
from quire.problems import BookError, Severity, ToolMissing
from quire.toolchain.fonts import find_fonts

ROOT = Path(__file__).parents[2]
FONTS = typst.Fonts(
    include_system_fonts=False, font_paths=[str(one) for one in find_fonts(ROOT).folders("en")]
)
PAGE = """
#set page(width: 130mm, height: 184mm, margin: (inside: 20mm, outside: 16mm, y: 20mm),
  numbering: "1", number-align: center)
#set text(font: "Source Serif 4", size: 10pt, lang: "en", fill: cmyk(0%, 0%, 0%, 100%))
#set par(justify: true)
#set document(title: "The Lamp")
"""
WORDS = "The keeper trims the lamp before the tide turns, and nobody on the landing asks why. "
SOUND = PAGE + f"= The Lamp\n\n{WORDS * 45}\n#pagebreak()\n{WORDS * 40}\n"
PRINTER = replace(PRINTERS["kdp"], least=2)


def made(source: str, folder: Path, standards: tuple[str, ...] = ("1.7",)) -> bytes:
    (folder / "main.typ").write_text(source, "utf-8")
    content = typst.compile(
        str(folder / "main.typ"), root=str(folder), font_paths=FONTS, format="pdf",
        pdf_standards=list(standards),
    )  # fmt: skip
    assert isinstance(content, bytes)
    return content


def changed(content: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        done = io.BytesIO()
        pdf.save(done)
    return done.getvalue()


def codes(
    content: bytes, folder: Path, kind: Kind = "print", printer: Printer | None = None
) -> set[str]:
    path = folder / "book.pdf"
    path.write_bytes(content)
    return {one.code for one in preflight(path, kind, printer)}


def test_a_sound_book_passes_for_any_printer_of_its_size(tmp_path: Path) -> None:
    content = made(SOUND, tmp_path)
    assert codes(content, tmp_path) == set()
    assert codes(content, tmp_path, "print", PRINTER) == set()


@dataclass(frozen=True)
class Fault:
    """A fault: what is set, or what is done to the sound PDF, and for whom it is one."""

    name: str
    source: str = SOUND
    change: Callable[[pikepdf.Pdf], None] | None = None
    kind: Kind = "print"
    printer: Printer | None = None


def _script(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.Root.OpenAction = action


def _smaller_trim(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj["/TrimBox"] = pikepdf.Array([0, 0, 300, 400])


def _narrow_bleed(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        _, _, right, top = (float(one) for one in page.mediabox)
        page.obj["/TrimBox"] = pikepdf.Array([2, 2, right - 2, top - 2])
        page.obj["/BleedBox"] = pikepdf.Array([0, 0, right, top])


def _one_page_less(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[-1]


def _font_taken_out(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].obj["/Resources"]["/Font"].values():
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        for key in ("/FontFile2", "/FontFile3"):
            if key in descriptor:
                del descriptor[key]


def _nought(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    name = next(iter(page.obj["/Resources"]["/Font"].keys()))
    page.contents_add(f"BT {name} 10 Tf 100 100 Td <0000> Tj ET".encode())


def _other_labels(pdf: pikepdf.Pdf) -> None:
    first = pikepdf.Dictionary(S=pikepdf.Name.D, St=1)
    later = pikepdf.Dictionary(S=pikepdf.Name.D, St=7)
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, first, 1, later]))


def _no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


HEAD = "#set page(header: [Notes to pages 9–3])\n"
FAULTS = (
    Fault("pdf-opens-clean", change=_script),
    Fault("pdf-boxes", change=_smaller_trim),
    Fault("pdf-bleed", change=_narrow_bleed, printer=PRINTER),
    Fault("pdf-even", change=_one_page_less),
    Fault("pdf-pages", printer=PRINTERS["lulu"]),
    Fault("pdf-fonts", change=_font_taken_out),
    Fault(
        "pdf-inks", SOUND + '#place(dx: 20mm, rect(fill: rgb("#ff0000"), width: 9mm))',
        printer=replace(PRINTERS["ingramspark"], least=2, outer=5.0),
    ),
    Fault("pdf-pictures", SOUND + '#image("small.png", width: 60mm)\n'),
    Fault("pdf-blank-recto", SOUND + "#set page(numbering: none)\n#pagebreak()\n#pagebreak()\nOn."),
    Fault("pdf-safe", SOUND + "#place(bottom + left, dx: -15mm)[at the edge]"),
    Fault("pdf-gutter", SOUND.replace("inside: 20mm", "inside: 7mm"), printer=PRINTER),
    Fault("pdf-overfull", f"{SOUND}#text(hyphenate: false)[{'unbroken' * 9}]\n"),
    Fault("pdf-glyphs", change=_nought),
    Fault("pdf-folios", change=_other_labels),
    Fault("pdf-note-pages", PAGE + HEAD + SOUND.removeprefix(PAGE)),
    Fault("pdf-outline", PAGE + WORDS * 20, kind="screen"),
    Fault("pdf-tags", change=lambda pdf: pdf.Root.__delitem__("/MarkInfo"), kind="screen"),
    Fault("pdf-statements", change=_no_language),
    Fault("pdf-claims", kind="screen"),
)  # fmt: skip


def test_every_assertion_has_a_fault_here_a_reason_and_a_remedy() -> None:
    assert [fault.name for fault in FAULTS] == [one.name for one in ASSERTIONS]
    for one in ASSERTIONS:
        assert one.reason.endswith(".")
        assert one.remedy.endswith(".")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_each_assertion_finds_its_fault(fault: Fault, tmp_path: Path) -> None:
    Image.new("L", (120, 120), 90).save(tmp_path / "small.png")
    content = made(fault.source, tmp_path)
    if fault.change:
        content = changed(content, fault.change)
    assert fault.name in codes(content, tmp_path, fault.kind, fault.printer)


def test_a_screen_pdf_that_conforms_passes(tmp_path: Path) -> None:
    content = made(SOUND.replace("cmyk(0%, 0%, 0%, 100%)", "black"), tmp_path, ("ua-1",))
    assert codes(content, tmp_path, "screen") == {"pdf-claims"}  # it makes one claim of two


def test_a_problem_names_its_pages_once_and_is_a_sentence(tmp_path: Path) -> None:
    source = PAGE + f"{WORDS * 9}#place(left, dx: -15mm)[at the edge]\n#pagebreak()\n" * 4
    path = tmp_path / "book-print.pdf"
    path.write_bytes(made(source, tmp_path))
    (safe,) = [one for one in preflight(path) if one.code == "pdf-safe"]
    assert "pages 2, 4: words come within 5.0 mm of the trim." in safe.message
    assert safe.severity is Severity.ERROR
    assert safe.remedy


def test_years_at_the_top_of_a_page_are_no_pages_of_notes(tmp_path: Path) -> None:
    head = "#set page(header: [The war of 1914–1918, printed 2026-01])\n"
    content = PAGE + head + SOUND.removeprefix(PAGE)
    assert "pdf-note-pages" not in codes(made(content, tmp_path), tmp_path, "print")


def test_what_is_no_pdf_is_named(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(b"%PDF-1.7 and nothing")
    (problem,) = preflight(path)
    assert problem.code == "pdf-unreadable"


def test_the_kind_of_an_edition_is_told_by_its_name() -> None:
    assert kind_of(Path("dist/lamp-print.pdf")) == "print"
    assert kind_of(Path("dist/lamp.pdf")) == "screen"


def test_a_title_that_ends_in_such_a_word_is_no_proof(tmp_path: Path) -> None:
    for name in ("waiting-for-proof.pdf", "waiting-for-proof-print.pdf"):
        (tmp_path / name).touch()
    assert kind_of(tmp_path / "waiting-for-proof.pdf") == "screen"
    assert kind_of(tmp_path / "waiting-for-proof-print.pdf") == "print"
    assert kind_of(tmp_path / "lamp-proof.pdf") == "proof"


def test_printers_are_found_by_name_and_gutters_grow() -> None:
    for printer in PRINTERS.values():
        margins = [margin for _, margin in printer.inner]
        assert margins == sorted(margins)
        assert printer.source.startswith("https://")
    assert printer_named("KDP") is PRINTERS["kdp"]
    with pytest.raises(BookError, match=r"no printer 'kpd'. Did you mean `kdp`\?"):
        printer_named("kpd")


def test_verapdf_is_asked_only_where_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissing, match="verapdf"):
        run_verapdf(tmp_path / "book.pdf")
    program = tmp_path / "verapdf"
    rule = '{"report": {"jobs": [{"ruleStatus": "FAILED", "clause": "7.1", "description": "x"}]}}'
    program.write_text(f"#!/bin/sh\necho '{rule}'\n", "utf-8")
    program.chmod(0o755)
    found = run_verapdf(tmp_path / "book.pdf")
    assert [one.code for one in found] == ["verapdf-ua1", "verapdf-2a"]
    assert run_verapdf(tmp_path / "book-print.pdf") == []
