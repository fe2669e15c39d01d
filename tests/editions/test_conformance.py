"""Each check of conformance fails on a fault of its kind, and a sound book passes all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from quire.editions.epub.conformance import CHECKS, STANDARD, Examined, contrast, examine, in_words
from quire.editions.epub.navigation import Entry, Navigation

SOUND = """
<section aria-labelledby="h"><h1 id="h">One</h1>
<p>Text<sup><a epub:type="noteref" role="doc-noteref" href="#n1" id="c1">1</a></sup>,
<span epub:type="pagebreak" role="doc-pagebreak" id="p2" aria-label="2"></span>
<a href="#t">a link</a>, <em lang="fr" xml:lang="fr">et la suite</em>.</p>
<h2 id="h2">Two</h2>
<p><img src="lamp.svg" alt="A lamp."/><img src="rule.svg" alt="" role="presentation"/></p>
<table id="t"><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td>1</td></tr></tbody>
</table>
<ol><li id="n1">A note. <a epub:type="backlink" href="#c1" aria-label="Back, note 1">↩</a></li></ol>
</section>"""
STYLE = "img.plate { color: #000; background: #fff } a { color: inherit } p { font-size: 0.9em }"


def examined(
    body: str = SOUND, lang: str = "en", style: str = STYLE, title: str = "One"
) -> Examined:
    """A book of one document."""
    root = etree.fromstring(
        f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'xmlns:svg="http://www.w3.org/2000/svg" lang="{lang}" xml:lang="{lang}">'
        f"<head><title>{title}</title></head><body>{body}</body></html>"
    )
    contents = (Entry("One", "one.xhtml#h", "", (Entry("Two", "one.xhtml#h2"),)),)
    navigation = Navigation("Contents", True, contents, (), pages=(Entry("2", "one.xhtml#p2"),))
    return Examined({"one.xhtml": root}, navigation, "Lamp", style)


def instead(old: str, new: str) -> Callable[[], Examined]:
    assert old in SOUND
    return lambda: examined(SOUND.replace(old, new))


FAULTS: list[tuple[str, str, Callable[[], Examined], str]] = [
    ("alternative-text", "1.1.1", instead('alt="A lamp."', 'alt=" "'), "one.xhtml, lamp.svg"),
    ("alternative-text", "1.1.1", instead("Text<", "<svg:svg/>Text<"),
     "one.xhtml, a drawing in the text"),
    ("captions", "1.2.2", instead("Text<", '<audio src="a.mp3"/>Text<'), "one.xhtml, <audio>"),
    ("descriptions-found", "1.3.1", instead('alt="A lamp."', 'alt="x" aria-details="d"'),
     "one.xhtml#d"),
    ("heading-levels", "1.3.1", instead('<h2 id="h2">Two</h2>', '<h3 id="h2">Two</h3>'),
     "one.xhtml, Two"),
    ("table-headers", "1.3.1", instead('<th scope="col">A</th>', "<td>A</td>"), "one.xhtml#t"),
    ("table-headers", "1.3.1", instead(' scope="col"', ""), "one.xhtml#t"),
    ("contents-in-order", "1.3.2", instead('id="h2"', 'id="other"'), "Two (one.xhtml#h2)"),
    ("contrast", "1.4.3", lambda: examined(style="p { color: #777; background: #fff }"),
     "p: #777 on #fff"),
    ("contrast", "1.4.3", lambda: examined(style="p { color: #000 }"), "p: letters alone"),
    ("contrast", "1.4.3",
     lambda: examined(style="@media (prefers-color-scheme: dark) { p { background: #fff } }"),
     "p: ground alone"),
    ("contrast", "1.4.3", lambda: examined(style="p { opacity: 0.4 }"), "p: opacity"),
    ("contrast", "1.4.3", lambda: examined(style="p { color: lab(1 2 3); background: #fff }"),
     "p: lab(1 2 3) on #fff"),
    ("contrast", "1.4.3", instead("<p>Text", '<p style="color: red">Text'),
     "one.xhtml, <p>: letters alone"),
    ("text-resizes", "1.4.4", lambda: examined(style="p { font-size: 12px }"), "p"),
    ("no-movement", "2.2.2", lambda: replace(examined(), moving=frozenset({"lamp.svg"})),
     "one.xhtml, lamp.svg"),
    ("titles", "2.4.2", lambda: examined(title=" "), "one.xhtml"),
    ("titles", "2.4.2", lambda: replace(examined(), title=""), "the book"),
    ("link-names", "2.4.4", instead(">a link<", "> <"), "one.xhtml, #t"),
    ("note-names", "2.4.4", instead(' aria-label="Back, note 1"', ""), "one.xhtml#n1"),
    ("note-names", "2.4.4", instead(
        "A note.", 'A note. <a epub:type="backlink" href="#c2" aria-label="Back, note 1">↩</a>'),
     "one.xhtml#n1"),
    ("heading-words", "2.4.6", instead(">Two<", "><"), "one.xhtml, <h2>"),
    ("language", "3.1.1", lambda: examined(lang="english tongue"), "one.xhtml"),
    ("language-of-parts", "3.1.2", instead("Text<", "Чайка<"), "one.xhtml, Чайка"),
    ("language-of-parts", "3.1.2", instead('<em lang="fr" ', '<em lang="le français" '),
     "one.xhtml, lang=le français"),
    ("unique-identifiers", "4.1.2", instead('id="n1"', 'id="c1"'), "one.xhtml#c1"),
    ("control-names", "4.1.2", instead("Text<", "<input/>Text<"), "one.xhtml, <input>"),
    ("page-breaks", "pages", instead(' aria-label="2"', ""), "one.xhtml#p2"),
    ("page-breaks", "pages", instead('id="p2"', 'id="p3"'), "one.xhtml#p3"),
]  # fmt: skip


def test_a_sound_book_fails_no_check() -> None:
    assert examine(examined()) == ()


def test_a_chapter_may_go_on_in_a_second_file_with_the_next_level() -> None:
    one, two = examined(), examined('<h3 id="h3">Below two</h3>')
    both = replace(one, documents={**one.documents, "two.xhtml": two.documents["one.xhtml"]})
    assert examine(both) == ()
    assert [failure.check.name for failure in examine(two)][:1] == ["heading-levels"]


@pytest.mark.parametrize(("name", "criterion", "faulty", "place"), FAULTS)
def test_a_fault_is_found_by_its_check_and_named_with_its_criterion(
    name: str, criterion: str, faulty: Callable[[], Examined], place: str
) -> None:
    failures = {one.check.name: one for one in examine(faulty())}
    assert failures[name].check.criterion == criterion
    assert place in failures[name].places


def test_every_check_has_a_fault_here_and_a_name_of_its_own() -> None:
    names = [one.name for one in CHECKS]
    assert {name for name, *_ in FAULTS} == set(names)
    assert len(set(names)) == len(names)
    assert STANDARD.endswith("WCAG 2.2 Level AA")


def test_the_documents_list_every_check_with_its_criterion() -> None:
    said = (Path(__file__).parents[2] / "docs" / "accessibility.md").read_text("utf-8")
    listed = re.findall(r"^\| ([a-z-]+) \| ([\d.]+|pages) \| (.+) \|$", said, re.MULTILINE)
    assert listed == [(one.name, one.criterion, one.holds) for one in CHECKS]


def test_the_report_names_check_criterion_first_place_and_how_many_more() -> None:
    body = SOUND.replace('alt="A lamp."', "").replace("Text<", '<img src="b.svg"/>Text<')
    assert in_words(examine(examined(body))) == (
        "alternative-text (1.1.1): one.xhtml, b.svg and 1 more"
    )


@pytest.mark.parametrize(
    ("letters", "ground", "ratio"),
    [
        ("#000", "#fff", 21.0),
        ("#fff", "#fff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("red", "#fff", 1),
    ],
)
def test_contrast_is_that_of_wcag(letters: str, ground: str, ratio: float) -> None:
    assert contrast(letters, ground) == pytest.approx(ratio, abs=0.005)
    assert contrast(ground, letters) == pytest.approx(ratio, abs=0.005)
