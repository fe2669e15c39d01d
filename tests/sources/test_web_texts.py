"""Web pages and e-books: equations, hidden words, page numbers, captions, readings, encodings."""

from __future__ import annotations

from pathlib import Path

import pytest

from quire.cleaning import run_rules
from quire.sources import HintKind, Source, read_source

MATHML = 'xmlns="http://www.w3.org/1998/Math/MathML"'
FERRY = "渡口的人等了一夜，雾还没有散开，摆渡的老人坐在船头。"


def page(folder: Path, body: str, encoding: str = "utf-8", declared: str = "utf-8") -> Source:
    path = folder / "page.html"
    text = f'<!DOCTYPE html><meta charset="{declared}"><body>{body}</body>'
    path.write_bytes(text.encode(encoding))
    return read_source(path)


def covered(source: Source, kind: HintKind) -> list[str]:
    return [source.text[h.start : h.end] for h in source.hints if h.kind == kind]


def test_equations_are_maths(tmp_path: Path) -> None:
    inner = "<mfrac><mi>a</mi><mi>b</mi></mfrac>"
    source = page(tmp_path, f"<p>So <math {MATHML}>{inner}</math> it is.</p>")
    assert source.text == r"So $\frac{a}{b}$ it is."
    assert covered(source, HintKind.MARKDOWN) == [r"$\frac{a}{b}$"]


def test_an_equation_that_says_its_tex_is_taken_at_its_word(tmp_path: Path) -> None:
    tex = r'<annotation encoding="application/x-tex">\sqrt{y}</annotation>'
    inner = f"<semantics><msqrt><mi>y</mi></msqrt>{tex}</semantics>"
    source = page(tmp_path, f'<p>It is</p><p><math display="block">{inner}</math></p>')
    assert source.text == "It is\n\n$$\\sqrt{y}$$"


def test_tex_that_would_end_its_own_marks_is_not_taken(tmp_path: Path) -> None:
    tex = '<annotation encoding="application/x-tex">y$ and so on</annotation>'
    inner = f"<semantics><mi>y</mi>{tex}</semantics>"
    assert page(tmp_path, f"<p>So <math>{inner}</math>.</p>").text == "So $y$."


def test_an_equation_shown_as_a_picture_and_for_the_eye_stands_once(tmp_path: Path) -> None:
    maths = '<span style="display: none"><math><mi>y</mi></math></span>'
    shown = '<img src="y.png" alt="y" aria-hidden="true"><span aria-hidden="true">y</span>'
    assert page(tmp_path, f"<p>So {maths}{shown} is.</p>").text == "So $y$ is."


@pytest.mark.parametrize("how", ["hidden", 'aria-hidden="true"', 'style="display:none"'])
def test_what_is_hidden_is_no_text(tmp_path: Path, how: str) -> None:
    assert page(tmp_path, f"<p>One <span {how}>ghost </span>boat.</p>").text == "One boat."


def test_a_text_under_a_window_stays(tmp_path: Path) -> None:
    text = "The keeper counted the lanterns twice. " * 5
    source = page(tmp_path, f'<div aria-hidden="true"><p>{text}</p></div><p>Close</p>')
    assert text.strip() in source.text


@pytest.mark.parametrize(
    "marker",
    [
        '<span epub:type="pagebreak" title="5">5</span>',
        '<span role="doc-pagebreak" aria-label="5">5</span>',
        '<a id="page_5" class="pagebreak">5</a>',
        '<span class="pagenum">[Pg 5]</span>',
        '<span class="page-number"><a id="p5">xii</a></span>',
        '<a id="Page_5"></a>',
    ],
)
def test_the_number_of_a_page_is_no_text(tmp_path: Path, marker: str) -> None:
    assert page(tmp_path, f"<p>The ferry {marker}left.</p>").text == "The ferry left."


def test_words_called_folio_that_are_no_number_stay(tmp_path: Path) -> None:
    text = page(tmp_path, '<p>The <span class="folio">First Folio</span> was sold.</p>').text
    assert text == "The First Folio was sold."


def test_a_pictures_words_and_its_caption_stand_in_place(tmp_path: Path) -> None:
    figure = '<figure><img src="b.png" alt="A boat"><figcaption>The boat.</figcaption></figure>'
    source = page(tmp_path, f"<p>Before.</p>{figure}<p>After.</p>")
    assert source.text.split("\n\n") == ["Before.", "A boat", "The boat.", "After."]


def test_readings_stand_in_brackets_once(tmp_path: Path) -> None:
    own = "<ruby>船<rp>（</rp><rt>chuán</rt><rp>）</rp></ruby>"
    source = page(tmp_path, f"<p><ruby>渡口<rt>dùkǒu</rt></ruby>有{own}。</p>")
    assert source.text == "渡口（dùkǒu）有船（chuán）。"


def test_lists_in_lists_and_lists_of_words_keep_their_shape(tmp_path: Path) -> None:
    lists = "<ol><li>Row<ul><li>Oar</li></ul></li><li>Sail</li></ol>"
    words = "<dl><dt>Weir</dt><dd>A wall in water.</dd></dl>"
    source = page(tmp_path, lists + words)
    assert source.text == "1.  Row\n    - Oar\n2.  Sail\n\nWeir\n:   A wall in water."


def test_merged_cells_stay_merged(tmp_path: Path) -> None:
    rows = "<tr><th colspan=2>Wide</th></tr><tr><td>a</td><td>b</td></tr>"
    source = page(tmp_path, f"<table>{rows}</table>")
    assert source.text.count("Wide") == 1
    assert "| a  | b  |" in source.text


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("gb18030", "utf-8"), ("utf-8", "gb2312"), ("utf-8", "iso-8859-1"), ("big5", "utf-8")],
)
def test_an_encoding_declared_wrongly_is_found_out(
    tmp_path: Path, encoding: str, declared: str
) -> None:
    text = (
        "渡口的人等了一夜，船還沒有來，老人坐在船頭，一句話也不說。"
        if encoding == "big5"
        else FERRY
    )
    assert page(tmp_path, f"<p>{text}</p>", encoding, declared).text == text


def test_an_equation_that_cannot_be_read_is_asked_about(tmp_path: Path) -> None:
    source = page(tmp_path, "<p>So <math><mfrac><mi>a</mi></mfrac></math> it is.</p>")
    assert source.text == "So a it is."
    (asked,) = run_rules(source, until="told-by-the-file").suggestions
    assert asked.why.startswith("one equation couldn't be read")
