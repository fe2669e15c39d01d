"""PDFs with drawings, vertical lines, locks, and pages of several sizes."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
import typst
from PIL import Image

from quire.cleaning import run_rules
from quire.problems import BookError
from quire.sources import HintKind, Source, read_source

FONTS = Path(__file__).parents[2] / "build" / "fonts"
SMALL = '#set page(width: 120mm, height: 170mm, margin: 15mm)\n#set text(size: 10pt, lang: "en")\n'
TEXT = "The keeper counted the lanterns below the harbour wall, and said nothing of it."
LONG = " ".join([TEXT] * 4)
FAN = (
    "#let fan = box(width: 60mm, height: 40mm, {\n"
    "  for i in range(20) { place(line(start: (0mm, i * 2mm), end: (60mm, 40mm - i * 2mm))) }\n"
    "})\n"
)


def made(folder: Path, text: str, name: str = "p") -> Path:
    (folder / f"{name}.typ").write_text(SMALL + text, "utf-8")
    fonts = [FONTS] if FONTS.exists() else []
    typst.compile(
        folder / f"{name}.typ",
        output=folder / f"{name}.pdf",
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=fonts),
    )
    return folder / f"{name}.pdf"


def blocks(source: Source) -> list[str]:
    return [" ".join(one.split()) for one in source.text.split("\n\n")]


def asked(source: Source) -> list[str]:
    return [one.why for one in run_rules(source, until="told-by-the-file").suggestions]


def test_a_drawing_is_cut_out_above_its_caption_and_asked_about(tmp_path: Path) -> None:
    figure = "#figure(fan, caption: [The wall at low water.])"
    source = read_source(made(tmp_path, f"{FAN}{LONG}\n\n{figure}\n\n{LONG}"))
    assert blocks(source) == [LONG, "picture", "Figure 1: The wall at low water.", LONG]
    assert [h.value for h in source.hints if h.kind == HintKind.IMAGE] == ["picture.png"]
    (picture,) = source.media
    width, height = Image.open(io.BytesIO(picture.content)).size
    assert width / height == pytest.approx(60 / 40, rel=0.02)
    assert [why.endswith("pages 1: see that it is right") for why in asked(source)] == [True]


def test_the_rules_and_boxes_of_a_table_are_no_drawing(tmp_path: Path) -> None:
    cells = ", ".join(f"[{n}]" for n in range(24))
    table = f"#table(columns: 4, fill: gray, inset: 4mm, {cells})"
    assert read_source(made(tmp_path, f"{TEXT}\n\n{table}")).media == ()


def test_an_ornament_of_every_page_is_no_drawing(tmp_path: Path) -> None:
    pages = "\n#pagebreak()\n".join(f"#place(bottom, fan)\n{TEXT}" for _ in range(3))
    source = read_source(made(tmp_path, FAN + pages))
    assert source.media == ()
    assert "drawings-cut-out" not in source.details


def test_vertical_lines_are_read_from_the_right_and_asked_about(tmp_path: Path) -> None:
    lines = (
        "渡口的人等了一夜雾还没有散开",
        "摆渡的老人坐在船头一句话不说",
        "岸上有人点起了灯又把灯吹灭了",
    )
    columns = "".join(
        f"#place(dx: {60 - number * 8}mm, stack(spacing: 1.5mm, "
        f"{', '.join(f'[{one}]' for one in line)}))\n"
        for number, line in enumerate(lines)
    )
    font = '#set text(lang: "zh", font: ("Noto Serif SC", "LXGW WenKai"))\n'
    source = read_source(made(tmp_path, font + columns))
    assert source.text.replace("\n", "") == "".join(lines)
    assert asked(source) == [
        "pages in vertical lines, read in columns: 1: see that it is right"
    ]  # fmt: skip


def test_a_lock_that_lets_readers_in_is_no_lock_and_another_is_named(tmp_path: Path) -> None:
    path = made(tmp_path, TEXT)
    with pikepdf.open(path) as document:
        for name, user in (("owner", ""), ("user", "oar")):
            lock = pikepdf.Encryption(owner="harbour", user=user)
            document.save(tmp_path / f"{name}.pdf", encryption=lock)
    assert blocks(read_source(tmp_path / "owner.pdf")) == [TEXT]
    with pytest.raises(BookError, match=r"user\.pdf.*locked with a password"):
        read_source(tmp_path / "user.pdf")


def test_pages_of_unlike_sizes_are_read_alike(tmp_path: Path) -> None:
    wide = f"#page(width: 220mm, height: 120mm)[{TEXT} {TEXT}]\n"
    source = read_source(made(tmp_path, f"{TEXT}\n{wide}{TEXT}"))
    assert blocks(source) == [TEXT, f"{TEXT} {TEXT}", TEXT]
    assert len(source.pages) == 3


def test_ligatures_are_their_letters(tmp_path: Path) -> None:
    text = "The five flat waffles in the office were difficult to find."
    assert blocks(read_source(made(tmp_path, text))) == [text]


LABELLED = (
    "#let ladder = box(width: 70mm, height: 30mm, {\n"
    "  place(polygon(fill: luma(230), (0mm, 30mm), (30mm, 0mm), (60mm, 30mm)))\n"
    "  place(line(start: (0mm, 20mm), end: (60mm, 21mm)))\n"
    "  place(line(start: (5mm, 10mm), end: (55mm, 12mm)))\n"
    "  place(dx: 8mm, dy: 14mm)[What the keeper sees]\n"
    "  place(dx: 8mm, dy: 24mm)[What the boatman sees]\n"
    "})\n"
)


def test_a_diagram_full_of_words_is_told_by_its_caption_and_keeps_its_words(
    tmp_path: Path,
) -> None:
    figure = "#figure(ladder, caption: [What is seen.])"
    source = read_source(made(tmp_path, f"{LABELLED}{LONG}\n\n{figure}\n\n{LONG}"))
    words = "What the keeper sees What the boatman sees"
    assert blocks(source) == [LONG, words, "Figure 1: What is seen.", LONG]
    assert [h.value for h in source.hints if h.kind == HintKind.IMAGE] == ["picture.png"]


def test_words_among_lines_without_a_caption_stay_text(tmp_path: Path) -> None:
    source = read_source(made(tmp_path, f"{LABELLED}{LONG}\n\n#ladder\n\n{LONG}"))
    assert source.media == ()
    assert "What the keeper sees" in source.text


def test_entries_whose_later_lines_are_set_in_stay_whole(tmp_path: Path) -> None:
    entries = [f"Keeper, {name}. {TEXT} {TEXT}" for name in ("Anna", "Bert", "Clara", "Dora")]
    set_in = "#set text(hyphenate: false)\n" + "".join(
        f"#par(justify: true, hanging-indent: 8mm)[{one}]\n" for one in entries
    )
    assert blocks(read_source(made(tmp_path, set_in))) == entries
