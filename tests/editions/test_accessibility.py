"""Accessibility metadata of whole EPUBs: computed from the content, claimed when it is checked."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from sample import MEDIA, awkward_book, english_book, passage, sample_book, section

from quire.assembly.model import Book, Medium
from quire.checks.ace import run_ace
from quire.editions.epub import EDITION
from quire.editions.epub.conformance import STANDARD
from quire.editions.model import BuildContext
from quire.editions.print_pdf import EDITION as PRINT
from quire.metadata.model import Metadata
from quire.problems import ToolMissing

OPF = "{http://www.idpf.org/2007/opf}"


@dataclass(frozen=True)
class Built:
    """An EPUB's metadata, by property."""

    path: Path
    said: dict[str, list[str]]
    report: str

    def features(self) -> set[str]:
        return set(self.said["schema:accessibilityFeature"])

    @property
    def summary(self) -> str:
        return self.said["schema:accessibilitySummary"][0]


Build = Callable[..., Built]


@pytest.fixture
def build(tmp_path: Path, context: BuildContext) -> Build:
    def built(book: Book, printed: bool = False) -> Built:
        earlier = {"print-pdf": PRINT.build(book, tmp_path, context)} if printed else {}
        made = EDITION.build(book, tmp_path, replace(context, earlier=earlier))
        with zipfile.ZipFile(made.path) as archive:
            package = etree.fromstring(archive.read("EPUB/content.opf"))
        said: dict[str, list[str]] = {}
        for meta in package.iter(f"{OPF}meta"):
            said.setdefault(str(meta.get("property")), []).append(str(meta.text))
        return Built(made.path, said, made.details["accessibility"])

    return built


def book_of(markdown: str, *media: Medium, role: str = "chapter", **settings: Any) -> Book:
    """A book of one section."""
    given: dict[str, Any] = {"title": "Lamp", "lang": "en", "publisher": "Lantern Yard"} | settings
    text = section("x", role, "X", blocks=passage(markdown))
    return Book(Metadata.model_validate(given), (text,), media=media)


LEAF = Medium("media/leaf.png", MEDIA / "leaf.png", "image/png")


def test_a_book_of_text_alone_says_little(build: Build) -> None:
    made = build(book_of("A lamp."))
    assert made.said["schema:accessMode"] == ["textual"]
    assert made.said["schema:accessModeSufficient"] == ["textual"]
    assert made.features() == {
        "tableOfContents", "readingOrder", "displayTransformability", "ARIA", "unlocked",
    }  # fmt: skip
    assert made.summary == (
        "All text can be read aloud by a screen reader, and its size, typeface and colours can be "
        "changed. Contents and headings are linked. The checks of WCAG 2.2 level AA that a program "
        "can make found no fault."
    )


@pytest.mark.parametrize(
    ("markdown", "feature", "words"),
    [
        ("$a^2$", "MathML", "Formulae"),
        ("`<ruby>字<rt>zi</rt></ruby>`{=html}", "rubyAnnotations", "ruby"),
        ("## Below\n\nText.", "structuralNavigation", ""),
        ('![A leaf](media/leaf.png){alt="A leaf."}', "alternativeText", "All images"),
    ],
)
def test_what_the_text_holds_is_a_feature(
    markdown: str, feature: str, words: str, build: Build
) -> None:
    media = (LEAF,) if "leaf" in markdown else ()
    made = build(book_of(markdown, *media, lang="zh"))
    assert feature in made.features()
    assert words in build(book_of(markdown, *media)).summary
    assert feature not in build(book_of("A lamp.")).features()


def test_an_index_is_one_when_its_entries_lead_somewhere(build: Build) -> None:
    assert "index" in build(book_of("Lamp, [1](#x)", role="index")).features()
    assert "index" not in build(book_of("Lamp, 1", role="index")).features()


def test_headings_that_skip_a_level_are_no_way_to_find_ones_way(build: Build) -> None:
    made = build(book_of("### Two below\n\nText."))
    assert "structuralNavigation" not in made.features()
    assert made.report == (
        "conformance isn't claimed: heading-levels (1.3.1): x.xhtml, Two below"
    )  # fmt: skip
    assert "dcterms:conformsTo" not in made.said


def test_printed_pages_are_told_in_features_and_summary(build: Build) -> None:
    made = build(sample_book(), printed=True)
    pages = {"printPageNumbers", "pageBreakMarkers", "pageNavigation"}
    assert pages <= made.features()
    assert "页码与印刷版一致" in made.summary
    assert not pages & build(sample_book()).features()


def test_the_summary_names_notes_only_where_there_are_some(build: Build) -> None:
    assert "注释可往返" in build(sample_book()).summary
    assert "Notes" not in build(book_of("A lamp.")).summary


def test_what_moves_may_be_a_hazard_unless_a_person_says_otherwise(
    tmp_path: Path, build: Build
) -> None:
    moving = tmp_path / "moving.svg"
    moving.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        '<circle r="3"><animate/></circle></svg>'
    )
    medium = Medium("media/moving.svg", moving, "image/svg+xml")
    markdown = '![A](media/moving.svg){alt="A circle."}'
    made = build(book_of(markdown, medium))
    assert made.said["schema:accessibilityHazard"] == ["unknown"]
    assert "no-movement (2.2.2): x.xhtml, media/moving.svg" in made.report
    calm = {"hazards": ["noFlashingHazard", "noSoundHazard"]}
    stated = build(book_of(markdown, medium, accessibility=calm))
    assert stated.said["schema:accessibilityHazard"] == ["noFlashingHazard", "noSoundHazard"]


def test_a_picture_without_words_keeps_conformance_from_being_claimed(build: Build) -> None:
    made = build(book_of("![](media/leaf.png)", LEAF))
    assert "alternative-text (1.1.1): x.xhtml, media/leaf.png" in made.report
    assert "dcterms:conformsTo" not in made.said
    assert "Some images have no alternative text." in made.summary


def test_conformance_is_claimed_with_the_name_of_who_stands_for_it(build: Build) -> None:
    made = build(book_of("A lamp."))
    assert made.said["dcterms:conformsTo"] == [STANDARD]
    assert made.said["a11y:certifiedBy"] == ["Lantern Yard"]
    assert made.report == f"{STANDARD}, certified by Lantern Yard"
    other = build(book_of("A lamp.", accessibility={"certified-by": "The Auditors"}))
    assert other.said["a11y:certifiedBy"] == ["The Auditors"]


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"publisher": None}, "names neither accessibility.certified-by nor a publisher"),
        ({"accessibility": {"conformance": False}}, "as metadata.yaml wants it"),
    ],
)
def test_without_anybody_to_stand_for_it_nothing_is_claimed(
    settings: dict[str, Any], why: str, build: Build
) -> None:
    made = build(book_of("A lamp.", **settings))
    assert not {"dcterms:conformsTo", "a11y:certifiedBy"} & set(made.said)
    assert why in made.report


def test_the_summary_is_in_the_books_language_or_in_english(build: Build) -> None:
    assert build(book_of("Une lampe.", lang="fr")).summary.startswith("Tout le texte")
    made = build(book_of("Uma lâmpada.", lang="pt"))
    assert made.summary.startswith("All text")
    with zipfile.ZipFile(made.path) as archive:
        assert b'xml:lang="en">All text' in archive.read("EPUB/content.opf")


def test_a_persons_summary_goes_before_the_computed_one(build: Build) -> None:
    stated = build(book_of("A lamp.", accessibility={"summary": "Read it aloud."}))
    assert stated.summary == "Read it aloud."


@pytest.mark.parametrize("make", [sample_book, awkward_book, english_book])
def test_a_book_with_one_of_everything_passes_every_check(
    make: Callable[..., Book], build: Build
) -> None:
    made = build(make(publisher="折页社"), printed=True)
    assert made.report == f"{STANDARD}, certified by 折页社"


def test_ace_agrees_with_a_book_that_has_one_of_everything(build: Build) -> None:
    made = build(sample_book(), printed=True)
    try:
        assert run_ace(made.path) == []
    except ToolMissing as missing:
        pytest.skip(f"Ace can't run here: {missing}")
