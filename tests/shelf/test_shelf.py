"""The shelf: whatever lies on it is listed, counted and checked, and the page finds it all."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from filled_shelf import fill, with_metadata
from lxml import html
from sample import english_book, passage, sample_book, section

from quire.assembly import assemble
from quire.pandoc import plain_text
from quire.production import proofread
from quire.shelf.counts import count
from quire.shelf.sizes import size_in_words


def page_of(shelf: Path) -> html.HtmlElement:
    return html.document_fromstring((shelf / "index.html").read_text("utf-8"))


def linked_data(page: html.HtmlElement) -> dict[str, object]:
    (script,) = page.xpath("//script")
    assert script.get("type") == "application/ld+json"
    data: dict[str, object] = json.loads(script.text)
    return data


def test_every_file_but_the_checksums_has_its_checksum(shelf: Path) -> None:
    lines = (shelf / "SHA256SUMS").read_text("utf-8").splitlines()
    stated = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in shelf.iterdir()}
    del found["SHA256SUMS"]
    assert stated == found
    assert list(stated) == sorted(stated)


def test_the_checksums_are_read_by_the_systems_own_program(shelf: Path) -> None:
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=shelf, check=True)


def test_the_report_lists_all_files_and_holds_no_path_of_the_machine(shelf: Path) -> None:
    text = (shelf / "build-report.json").read_text("utf-8")
    report = json.loads(text)
    assert report["files"] == sorted(path.name for path in shelf.iterdir())
    assert str(shelf) not in text
    assert str(Path.home()) + "/" not in text


def test_the_report_says_who_used_which_typeface(shelf: Path) -> None:
    report = json.loads((shelf / "build-report.json").read_text("utf-8"))
    used = {entry["family"]: entry["used-by"] for entry in report["fonts"]}
    assert used["Noto Serif SC"] == ["print-pdf", "screen-pdf"]


def test_two_shelves_of_one_book_are_the_same_to_the_byte(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = fill(tmp_path / "a", sample_book()), fill(tmp_path / "b", sample_book())
    for path in one.iterdir():
        assert path.read_bytes() == (other / path.name).read_bytes(), path.name


def test_the_page_asks_nothing_of_the_net(shelf: Path) -> None:
    page = page_of(shelf)
    style = page.findtext(".//style") or ""
    assert "url(" not in style
    assert "@import" not in style
    loaded = page.xpath("//img/@src | //link/@href | //script/@src | //iframe/@src")
    assert loaded
    for address in loaded:
        assert (shelf / address).is_file(), address


def test_every_link_of_the_page_leads_somewhere(shelf: Path) -> None:
    page = page_of(shelf)
    for address in page.xpath("//a/@href"):
        if address.startswith("#"):
            assert page.xpath(f"//*[@id='{address[1:]}']"), address
        elif not address.startswith("https://creativecommons.org/"):
            assert (shelf / unquote(address)).is_file(), address


def test_the_page_names_each_edition_with_pages_size_and_checksum(shelf: Path) -> None:
    cards = page_of(shelf).xpath("//ul[@class='editions']/li")
    assert [card.get("id") for card in cards] == ["epub", "screen-pdf", "print-pdf"]
    for card in cards:
        (link,) = card.xpath("./a[@download]")
        file = shelf / unquote(link.get("href"))
        assert hashlib.sha256(file.read_bytes()).hexdigest() in card.text_content()
        assert size_in_words(file.stat().st_size) in link.text_content()
    assert "31 页" in cards[1].text_content()
    assert "页" not in cards[0].xpath("./a")[0].text_content()


def test_the_page_offers_the_editions_in_the_order_of_the_metadata(tmp_path: Path) -> None:
    wanted = ["print-pdf", "epub"]
    page = page_of(fill(tmp_path, with_metadata(english_book(), editions=wanted)))
    offered = page.xpath("//ul[@class='editions']/li/@id")
    assert offered == [*wanted, "screen-pdf"], "one that was asked for by hand comes last"


def test_the_page_has_landmarks_headings_in_order_and_a_described_cover(shelf: Path) -> None:
    page = page_of(shelf)
    assert page.get("lang") == "zh-CN"
    assert len(page.xpath("//main")) == len(page.xpath("//h1")) == 1
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert page.xpath("//img/@alt") == ["一盏<灯>"]
    named = page.xpath("//section/@aria-labelledby")
    assert named
    assert all(page.xpath(f"//h2[@id='{name}']") for name in named)


def test_chapters_stand_inside_their_parts(shelf: Path) -> None:
    (contents,) = page_of(shelf).xpath("//ol[@class='contents']")
    parts = [item for item in contents if item.xpath("./ol")]
    assert len(parts) == 2
    assert [" ".join(item.text_content().split()) for item in parts[0].xpath("./ol/li")] == [
        "第一章 推刨",
        "第二章 三样工具",
    ]


def test_the_linked_data_describes_the_book_and_its_files(shelf: Path) -> None:
    data = linked_data(page_of(shelf))
    assert data["@type"] == "Book"
    assert data["numberOfPages"] == 40
    assert data["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    files = data["encoding"]
    assert isinstance(files, list)
    for file in files:
        path = shelf / unquote(file["contentUrl"])
        assert file["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert file["contentSize"] == str(path.stat().st_size)


def test_markup_in_the_metadata_stays_text(tmp_path: Path) -> None:
    wicked = "</script><script>alert(1)</script> & $title"
    book = with_metadata(
        english_book(), title=wicked, description=wicked, rights=wicked, publisher=wicked
    )
    page = page_of(fill(tmp_path, book))
    assert wicked in page.xpath("//h1")[0].text_content()
    assert linked_data(page)["name"] == wicked
    assert len(page.xpath("//script")) == 1


@pytest.mark.parametrize("language", ["fa", "xx"])
def test_in_a_language_without_words_the_page_is_english_and_says_what_is_not(
    language: str, tmp_path: Path
) -> None:
    page = page_of(fill(tmp_path, with_metadata(english_book(), lang=language)))
    assert page.get("lang") == "en"
    assert page.xpath("//h1/@lang") == [language]
    assert page.xpath("//h2")[0].text == "Downloads"


def test_a_book_without_a_cover_has_a_shelf_without_one(tmp_path: Path) -> None:
    shelf = fill(tmp_path, english_book(), cover=False)
    assert not (shelf / "cover.jpg").exists()
    assert not page_of(shelf).xpath("//img")
    assert json.loads((shelf / "build-report.json").read_text("utf-8"))["cover"] is None


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, section 1.4.3."""

    def luminance(colour: str) -> float:
        digits = colour.lstrip("#")
        digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
        parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_words_stand_out_from_their_ground_in_light_and_in_dark(shelf: Path) -> None:
    style = page_of(shelf).findtext(".//style") or ""
    schemes = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    assert len(schemes) == 2
    for scheme in schemes:
        colours = dict(re.findall(r"--([\w-]+): (#\w+);", scheme))
        for ink in ("ink", "quiet", "accent"):
            assert contrast(colours[ink], colours["paper"]) >= 4.5
            assert contrast(colours[ink], colours["sheet"]) >= 4.5
        assert contrast(colours["on-accent"], colours["accent"]) >= 4.5


@pytest.mark.parametrize(
    ("count_of_bytes", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 KB"),
        (9_940, "9.9 KB"),
        (9_960, "10 KB"),
        (999_400, "999 KB"),
        (999_600, "1.0 MB"),
        (1_434_567, "1.4 MB"),
        (5_000_000_000_000, "5000 GB"),
    ],
)
def test_a_size_is_said_in_the_unit_that_suits_it(count_of_bytes: int, words: str) -> None:
    assert size_in_words(count_of_bytes) == words


def test_characters_are_all_signs_and_words_are_han_signs_and_others_words() -> None:
    book = english_book()
    alone = section("one", "chapter", "", blocks=[], label="")
    text = passage("灯下读 Don’t look-up，第 3 页。")
    written = replace(alone, blocks=text, file="book/01.md")
    added = replace(alone, identifier="two", role="colophon", blocks=text)
    counted = count(replace(book, sections=(written, added), endnotes=()))
    assert counted.characters == len("灯下读Don’tlook-up，第3页。")
    assert counted.words == len("灯下读") + len(["Don’t", "look-up"]) + len("第3页")
    assert counted.chapters == 1


def test_the_length_is_the_one_that_the_default_book_states_of_itself() -> None:
    metadata, manuscript = proofread(Path(__file__).parents[2]).sound()
    book = assemble(manuscript, metadata)
    (colophon,) = [section for section in book.sections if section.role == "colophon"]
    assert f"{count(book).characters} 字" in plain_text(colophon.blocks)
