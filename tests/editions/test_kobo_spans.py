"""Kobo's spans: by sentence, and nothing of the book is lost, cut or renamed by them."""

from __future__ import annotations

import pytest
from epub_reading import X, texts
from lxml import etree

from quire.editions.epub.kobo_spans import sentences, span_sentences


def _spanned(markup: str) -> etree._Element:
    root = etree.fromstring(
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>A. B.</title></head><body>{markup}</body></html>"
    )
    span_sentences(root)
    return root


def _spans(root: etree._Element) -> list[tuple[str, str]]:
    found = (node for node in root.iter(f"{X}span") if node.get("class") == "koboSpan")
    return [(node.get("id", ""), texts(node)) for node in found]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("天亮了。他起身！“走吗？”她问。", ["天亮了。", "他起身！", "“走吗？”", "她问。"]),
        ("It rained. “Go!” he said. She went.", ["It rained. ", "“Go!” he said. ", "She went."]),
        ("Mr. Hale saw J. Moore. See pp. 12–15.", ["Mr. Hale saw J. Moore. ", "See pp. 12–15."]),
        ("Pi is 3.14 and v2.0 is out", ["Pi is 3.14 and v2.0 is out"]),
        ("等等……好吧。\n下一句", ["等等……好吧。\n", "下一句"]),
        ("", []),
    ],
)
def test_sentences_end_where_chinese_and_english_end_them(text: str, parts: list[str]) -> None:
    assert list(sentences(text)) == parts
    assert "".join(parts) == text


def test_paragraphs_and_their_sentences_are_counted() -> None:
    root = _spanned("<h1>头</h1><p>一。二。</p><ul><li>三<ul><li>四</li></ul>五</li></ul>")
    assert _spans(root) == [
        ("kobo.1.1", "头"), ("kobo.2.1", "一。"), ("kobo.2.2", "二。"),
        ("kobo.3.1", "三"), ("kobo.4.1", "四"), ("kobo.5.1", "五"),
    ]  # fmt: skip


def test_the_body_stands_in_kobos_two_boxes() -> None:
    root = _spanned("<p>一。</p>")
    box = root.find(f"{X}body/{X}div[@id='book-columns']/{X}div[@id='book-inner']/{X}p")
    assert box is not None


def test_a_callout_stays_whole_and_with_its_sentence() -> None:
    callout = '<sup><a class="noteref" id="c1" epub:type="noteref" href="n.xhtml#n1">1</a></sup>'
    root = _spanned(f"<p>一句。{callout}另一句。</p>")
    assert [text for _, text in _spans(root)] == ["一句。1", "另一句。"]
    (link,) = root.iter(f"{X}a")
    assert (link.get("id"), link.text, len(link)) == ("c1", "1", 0)


def test_links_ruby_and_formulas_are_never_cut() -> None:
    markup = (
        '<p>见<a href="x.xhtml">甲。乙。</a>和<ruby>丙。<rt>bǐng</rt></ruby>，'
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>止。</p>'
    )
    root = _spanned(markup)
    for name in (f"{X}a", f"{X}ruby", "{http://www.w3.org/1998/Math/MathML}math"):
        (whole,) = root.iter(name)
        assert not list(whole.iter(f"{X}span"))


def test_spans_go_into_emphasis_and_its_paragraph_counts_on() -> None:
    root = _spanned("<p>One <em>two. Three</em> four.</p>")
    assert _spans(root) == [
        ("kobo.1.1", "One "), ("kobo.1.2", "two. "), ("kobo.1.3", "Three"), ("kobo.1.4", " four."),
    ]  # fmt: skip


def test_no_letter_and_no_blank_is_lost() -> None:
    markup = "<p>一。 <b>二</b>\n三<br/>四</p>\n<pre>a.b\n  C. D</pre><p> </p><hr/><img alt=''/>"
    root = _spanned(markup)
    assert texts(root) == "A. B." + texts(etree.fromstring(f"<body>{markup}</body>"))
