"""The scan simulator: the same seed gives the same bytes, and no defect is there unasked."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.round_trip.characters import damaged
from benchmarks.round_trip.document import Document, Kind, read_folder
from benchmarks.round_trip.heading_numbers import han_number, numbered, roman
from benchmarks.round_trip.layouts import Messy
from benchmarks.round_trip.recipe import LAYOUTS, STRENGTHS, Rates, Recipe, chance, draw
from benchmarks.round_trip.runs import make_messy, round_trip
from benchmarks.round_trip.scores import METRICS
from benchmarks.round_trip.setting import set_pages, wrap
from benchmarks.round_trip.writers import WRITERS
from quire.sources import read_source

BOOK = Path(__file__).parent.parent.parent / "book"
BLANKS = re.compile(r"\s+")


@pytest.fixture(scope="module")
def document() -> Document:
    return read_folder(BOOK)


def recipe(kind: str = "txt", strength: str = "medium", seed: int = 1, **fields: object) -> Recipe:
    return replace(draw("a-book", "zh", kind, strength, seed), **fields)  # type: ignore[arg-type]


def plain(layout: str, notes: str) -> Recipe:
    return replace(
        draw("a-book", "zh", "txt", "medium", 1, layout, notes),
        rates=Rates(), furniture="none", contents=False, encoding="utf-8",
    )  # fmt: skip


def characters(text: str) -> Counter[str]:
    return Counter(BLANKS.sub("", text))


@pytest.mark.parametrize("kind", list(WRITERS))
def test_the_same_seed_gives_the_same_bytes(document: Document, kind: str) -> None:
    first, again = (make_messy(document, recipe(kind), "书", kind)[1] for _ in range(2))
    assert first == again


def test_another_seed_gives_another_source(document: Document) -> None:
    sources = {
        make_messy(document, recipe(seed=seed), "书", "txt")[1].content for seed in range(1, 9)
    }
    assert len(sources) == 8


@pytest.mark.parametrize("layout", LAYOUTS[:3])
@pytest.mark.parametrize("notes", ["feet", "chapter", "document"])
def test_without_defects_the_source_holds_just_the_truth(
    document: Document, layout: str, notes: str
) -> None:
    truth, messy = make_messy(document, plain(layout, notes), "", "txt")
    told = "".join(
        block.text + "".join(note.body for note in block.callouts) for block in truth.blocks
    )
    here, wanted = characters(messy.content.decode()), characters(told)
    assert wanted - here == Counter()
    # What is more than the truth: marks of notes, labels of figures, the word above the notes.
    assert set(here - wanted) <= set("图123456789注释[]〔〕0.⁰¹²³⁴⁵⁶⁷⁸⁹①②③④⑤⑥⑦⑧⑨⑩")


@pytest.mark.parametrize("strength", STRENGTHS)
@pytest.mark.parametrize("kind", list(WRITERS))
def test_every_format_at_every_strength_can_be_read(
    document: Document, strength: str, kind: str, tmp_path: Path
) -> None:
    few = replace(document, blocks=document.blocks[:40])
    _, messy = make_messy(few, recipe(kind, strength), "书", kind)
    path = tmp_path / f"source.{kind}"
    path.write_bytes(messy.content)
    assert len(read_source(path).text) > 1000


def furniture_left(messy: Messy) -> list[str]:
    text = messy.content.decode()
    return [one for one in messy.furniture if one not in text]


def test_all_furniture_is_written_down(document: Document) -> None:
    whole = recipe(layout="lines", furniture="book", encoding="utf-8", rates=Rates(), line_end="\n")
    _, messy = make_messy(document, whole, "书", "txt")
    assert messy.furniture
    assert furniture_left(messy) == []


def test_notes_stand_on_the_page_that_calls_them(document: Document) -> None:
    whole = plain("wrapped", "feet")
    setting = set_pages(numbered(document, whole), whole)
    for page in setting.pages:
        called = re.findall("[\U000f0000-\U000ffffd]", "".join(line.text for line in page.lines))
        assert called == [mark[0] for mark, _ in page.notes]


def test_a_note_that_runs_over_is_whole_on_two_pages(document: Document) -> None:
    often = replace(plain("wrapped", "feet"), rates=Rates(note_runs_over=1))
    setting = set_pages(numbered(document, often), often)
    told = "".join(body for page in setting.pages for _, body in page.notes)
    assert any(not mark for page in setting.pages for mark, _ in page.notes)
    assert characters(told) == characters("".join(note.body for note in setting.notes))


@settings(max_examples=100, deadline=None)
@given(
    st.text("abc defghijkl-mno，。（）渡船", max_size=300),
    st.integers(10, 60),
    st.booleans(),
    st.integers(),
)
def test_lines_joined_again_are_the_text(text: str, width: int, chinese: bool, seed: int) -> None:
    lines = list(wrap(text, width, chinese, 0.5, chance(seed)))
    joined = "".join(line[:-1] if cut else line + joint for line, joint, cut in lines)
    assert joined == text


def test_only_marks_beside_han_become_half_width() -> None:
    rates = Rates(half_width=1)
    text = "他说：“好，（真的）走吧！”Smith，John，第3—5页；Part II，见图。"
    told = damaged(text, "zh", rates, chance(1))
    assert told == "他说:“好,(真的)走吧!”Smith，John,第3—5页;Part II,见图。"


def test_a_headings_number_shows_its_level(document: Document) -> None:
    truth = numbered(document, recipe(numbering="chapter-han"))
    headings = [block for block in truth.blocks if block.kind is Kind.HEADING]
    of_body = [one for one in headings if one.matter == "body"]
    first = {level: next(one.text for one in of_body if one.level == level) for level in (1, 2, 3)}
    assert first[1].startswith("第一编 ")
    assert first[2].startswith("第一章 ")
    assert first[3].startswith("一、")


def test_numbers_in_words() -> None:
    assert [han_number(one) for one in (3, 10, 12, 20, 35)] == [
        "三",
        "十",
        "十二",
        "二十",
        "三十五",
    ]
    assert [roman(one) for one in (4, 9, 14, 40, 1999)] == ["IV", "IX", "XIV", "XL", "MCMXCIX"]


def test_a_round_trip_gives_every_figure(tmp_path: Path) -> None:
    folder = Path(__file__).parent.parent / "golden" / "books" / "almanac" / "book"
    trip = round_trip(folder, "almanac", "txt", "light", 1, tmp_path)
    assert set(trip.scores.figures) == set(METRICS)
    assert trip.source.is_file()
