"""Web pages: no paragraph of the text is lost, and little of the site around it is left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quire.sources import HintKind, Source, read_source

PARAGRAPHS = {
    "zh": (
        "渡口的人等了一夜，雾还没有散开，摆渡的老人坐在船头，一句话也不说。",
        "岸上有人点起了灯。",
        "又有人把灯吹灭，只听见水声一下一下地拍着木桩，像是在替谁数着时辰。",
        "“走不走？”",
        "船到江心，有人问起对岸的灯，没有人答话，灯自己灭了。",
    ),
    "en": (
        "The keeper had counted the boats twice and found one too many, which he kept to himself.",
        "Nobody asked him.",
        "In the morning the rope was found cut, and the boat lay on its side below the weir.",
        "“Well?” said the pilot.",
        "The widow said it had been the wind, and went in.",
    ),
}
WORDS = {
    "zh": ("渡口", "首页", "新闻", "关于", "上一篇", "下一篇", "相关阅读", "版权所有", "点击排行"),
    "en": ("The Weir", "Home", "News", "About", "Previous", "Next", "Related stories",
           "Copyright Example", "Most read"),
}  # fmt: skip


def shells(lang: str) -> Iterator[tuple[str, str]]:
    """Sites of several makes around one text."""
    title, home, news, about, before, behind, related, rights, most = WORDS[lang]
    items = "".join(f'<li><a href="/{n}">{w}</a></li>' for n, w in enumerate((home, news, about)))
    menu = f"<ul>{items}</ul>"
    head = f"<h1>{title}</h1>"
    text = head + "".join(f"<p>{one}</p>" for one in PARAGRAPHS[lang])
    blocks = head + "".join(f"<div>{one}</div>" for one in PARAGRAPHS[lang])
    lines = "<br><br>".join(PARAGRAPHS[lang])
    back, on = f'<a href="/p">{before}</a>', f'<a href="/n">{behind}</a>'
    yield "landmarks", f"<header>{menu}</header><main>{text}</main><footer>{rights}</footer>"
    side = f'<div class="right-sidebar"><h3>{most}</h3>{menu}</div>'
    foot = f'<div class="footer">{rights}</div>'
    yield (
        "classes",
        f'<div class="header">{menu}</div><div class="content">{text}</div>{side}{foot}',
    )
    more = f'<div class="related"><h3>{related}</h3>{menu}</div>'
    yield "article", f"<nav>{menu}</nav><article>{text}{more}</article><footer>{rights}</footer>"
    teaser = f'<article class="teaser"><h2>{related}</h2><p>{back}</p></article>'
    yield "two articles", f'<article class="post">{text}</article>{teaser}{foot}'
    yield "table", f"<table><tr><td>{menu}</td></tr><tr><td>{text}</td></tr></table>"
    copyright_line = f'<div id="copyright">{rights}</div>'
    yield "breaks", f'<div id="nav">{menu}</div><div>{lines}</div>{copyright_line}'
    yield "ids", f'<div id="top">{menu}</div><div>{blocks}<p>{back} {on}</p></div>{copyright_line}'


def page(folder: Path, body: str) -> Source:
    path = folder / "page.html"
    path.write_text(f'<!DOCTYPE html><meta charset="utf-8"><body>{body}</body>', "utf-8")
    return read_source(path)


@pytest.mark.parametrize("lang", PARAGRAPHS)
def test_every_paragraph_stays_and_the_site_around_it_goes(lang: str, tmp_path: Path) -> None:
    for name, body in shells(lang):
        blocks = page(tmp_path, body).text.split("\n\n")
        assert [one for one in blocks if one in PARAGRAPHS[lang]] == list(PARAGRAPHS[lang]), name
        assert not set(WORDS[lang][1:]) & set(" ".join(blocks).split()), name
        assert len(blocks) <= len(PARAGRAPHS[lang]) + 1, name


def test_how_much_of_the_site_went_is_told(tmp_path: Path) -> None:
    source = page(tmp_path, '<div class="menu"><a href="/">Home</a></div><p>The boat was late.</p>')
    assert source.details["left-out"] == "4"


def test_a_part_called_header_that_reads_as_text_stays(tmp_path: Path) -> None:
    long = " ".join(PARAGRAPHS["en"])
    assert long in page(tmp_path, f'<div class="header">{long}</div><p>And so on.</p>').text


def test_a_list_of_links_within_the_text_stays_when_it_says_something(tmp_path: Path) -> None:
    items = "".join(
        f'<li><a href="/{n}">{one} It is told again in the book of the harbour.</a></li>'
        for n, one in enumerate(PARAGRAPHS["en"])
    )
    text = page(tmp_path, f"<p>See these.</p><ul>{items}</ul>").text
    assert all(one in text for one in PARAGRAPHS["en"])


LONG = "The ferry had left before the lamp was lit, and nobody could say who had been aboard. " * 3


def test_lines_as_long_as_paragraphs_are_paragraphs(tmp_path: Path) -> None:
    lines = [f"{LONG}Number {n}." for n in range(4)]
    source = page(tmp_path, f"<div>{'<br>'.join(lines)}</div>")
    assert source.text.split("\n\n") == lines


def test_short_lines_parted_by_breaks_stay_lines(tmp_path: Path) -> None:
    source = page(tmp_path, "<p>One lamp<br>two boats<br>three crossings<br>and no wind</p>")
    assert source.text == "One lamp\ntwo boats\nthree crossings\nand no wind"


def test_notes_among_lines_have_bodies(tmp_path: Path) -> None:
    body = (
        f'{LONG}<sup><a id="r1" href="#f1">1</a></sup><br>{LONG}<sup><a id="r2" href="#f2">2</a>'
        f'</sup><br>{LONG}<br>Notes<br><a id="f1" href="#r1">1.</a> Leaf one.<br>'
        '<a id="f2" href="#r2">2.</a> Leaf two.<br>'
    )
    source = page(tmp_path, f"<div>{body}</div>")
    notes = [source.text[h.start : h.end] for h in source.hints if h.kind == HintKind.NOTE]
    assert notes == ["Leaf one.", "Leaf two."]


def test_the_rest_of_a_note_behind_a_pages_furniture_comes_home(tmp_path: Path) -> None:
    foot = "".join(f"<p>{LONG}</p><p>Harbour Press</p>" for _ in range(3))
    body = (
        f'{foot}<p>Text.<a id="r1" href="#f1">1</a> More.<a id="r2" href="#f2">2</a></p>'
        '<p><a id="f1" href="#r1">1.</a> See the book of</p><p>Harbour Press</p><p>— 31 —</p>'
        '<p>the harbour, leaf one.</p><p><a id="f2" href="#r2">2.</a> Leaf two.</p>'
    )
    source = page(tmp_path, body)
    notes = [source.text[h.start : h.end] for h in source.hints if h.kind == HintKind.NOTE]
    assert notes == ["See the book of the harbour, leaf one.", "Leaf two."]


def test_a_heading_in_two_lines_is_one_heading(tmp_path: Path) -> None:
    source = page(tmp_path, "<h2>Chapter 2<br>Low Water</h2><p>It fell.</p>")
    (heading,) = (h for h in source.hints if h.kind == HintKind.HEADING)
    assert source.text[heading.start : heading.end] == "Chapter 2 Low Water"


def test_a_deep_and_wide_page_of_links_is_read_in_linear_time(tmp_path: Path) -> None:
    deep = "<div class='nav'>" * 900 + "<a href='/x'>a</a> " * 10_000 + "</div>" * 900
    assert page(tmp_path, f"<p>The end.</p>{deep}").text == "The end."
