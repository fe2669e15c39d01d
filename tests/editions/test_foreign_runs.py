"""Passages in another language are told by script and small words; names are left alone."""

from __future__ import annotations

import pytest
from lxml import etree

from quire.editions.epub.foreign_runs import tell_foreign_runs, untold_runs
from quire.editions.epub.xhtml import text_of

X = "{http://www.w3.org/1999/xhtml}"


def document(body: str, lang: str) -> etree._Element:
    return etree.fromstring(
        f'<html xmlns="http://www.w3.org/1999/xhtml" lang="{lang}"><body>{body}</body></html>'
    )


def told(body: str, lang: str = "zh-Hans") -> list[tuple[str, str, str]]:
    """Element, language and words of every element that tells one after the pass."""
    root = document(body, lang)
    words = text_of(root)
    tell_foreign_runs(root)
    assert text_of(root) == words, "no word is lost or moved"
    found = [node for node in root.iter() if node is not root and node.get("lang")]
    xml_lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert all(node.get(xml_lang) == node.get("lang") for node in found)
    return [(str(node.tag).removeprefix(X), node.get("lang", ""), text_of(node)) for node in found]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>他说：the light of the lamp，又说灯。</p>", ("span", "en", "the light of the lamp")),
        ("<p>见“Die Lehre von der Hand”一文。</p>", ("span", "de", "Die Lehre von der Hand")),
        ("<p>见<em>L’art et la manière des lampes</em>。</p>",
         ("em", "fr", "L’art et la manière des lampes")),
        ("<ul><li>Moore, Ida. <em>The Lamp of the Shop</em>. London, 1931.</li></ul>",
         ("li", "en", "Moore, Ida. The Lamp of the Shop. London, 1931.")),
        ("<p>Ida Moore, “A Light in the Shop,” 第 3 页。</p>",
         ("span", "en", "Ida Moore, “A Light in the Shop,”")),
        ("<p>见 A Light in the Shop, pp. 2–3；又见别处。</p>",
         ("span", "en", "A Light in the Shop, pp. 2–3")),
        ("<p>其名ソクラテスと言う。</p>", ("span", "ja", "ソクラテスと")),
    ],
)  # fmt: skip
def test_a_passage_tells_its_language(body: str, found: tuple[str, str, str]) -> None:
    assert told(body)[0] == found


def test_a_script_that_one_language_writes_tells_it_in_a_latin_book() -> None:
    body = "<p>He wrote 千里之行 and λόγος, and said π.</p>"
    assert told(body, "en") == [("span", "zh", "千里之行"), ("span", "el", "λόγος")]


@pytest.mark.parametrize(
    "body",
    [
        "<p>埃德加·沙因（Edgar H. Schein）著有此书。</p>",
        "<p>依 CC BY-SA 4.0 发布，见 https://example.org/of/the/lamp and。</p>",
        "<p><code>for the sake of it</code>是代码。</p>",
        "<p>甲、ABC，乙、DEF and，丙、GHI。</p>",
        '<p><span lang="fr">the end of the lamp</span>照旧。</p>',
    ],
)
def test_names_terms_addresses_code_and_what_is_told_already_stay(body: str) -> None:
    assert [one for one in told(body) if one[1] != "fr"] == []


def test_an_element_with_words_of_the_book_in_its_labels_keeps_the_books_language() -> None:
    body = '<li>The Lamp of the Shop, 1931. <a href="#c" aria-label="返回正文">↩</a></li>'
    assert told(body) == [("span", "en", "The Lamp of the Shop, 1931.")]


def test_a_run_goes_through_italics_and_ends_with_its_sentence() -> None:
    body = "<p>Ida Moore, <em>Lamps</em>, a history of light, vol. 1 (1931). 另见第 3 页。</p>"
    assert told(body) == [
        ("span", "en", "Ida Moore, "),
        ("em", "en", "Lamps"),
        ("span", "en", ", a history of light, vol. 1 (1931)."),
    ]


def test_a_printed_page_that_begins_in_a_run_parts_it_not() -> None:
    page = '<span role="doc-pagebreak" aria-label="7"></span>'
    assert told(f"<p>灯：The lamp {page}of the shop。</p>") == [
        ("span", "en", "The lamp "),
        ("span", "en", "of the shop"),
    ]


def test_what_no_script_tells_is_left_and_can_be_asked_for() -> None:
    root = document("<p>She said: Чайка летит, and left.</p>", "en")
    tell_foreign_runs(root)
    assert list(untold_runs(root)) == ["Чайка летит"]
    marked = document('<p>She said: <i lang="ru">Чайка летит</i>.</p>', "en")
    assert list(untold_runs(marked)) == []


@pytest.mark.parametrize("lang", ["sr-Latn", "zh-Latn-pinyin"])
def test_a_tags_script_goes_before_its_languages(lang: str) -> None:
    assert told("<p>Dugačka rečenica o svetlosti.</p>", lang) == []
