"""First, do no harm: what is clean already comes out as it went in."""

from __future__ import annotations

from pathlib import Path

import pytest

from quire.cleaning import clean
from quire.cleaning.draft import MarkKind
from quire.cleaning.engine import FORM_BAND, rules, run_rules
from quire.manuscript.dialect import DIALECT
from quire.pandoc import convert
from quire.sources import read_source
from quire.sources.model import Source

ROOT = Path(__file__).parent.parent.parent
CHAPTERS = sorted((ROOT / "book").rglob("*.md"))
ENGLISH = (
    "The ferry had not run since March.",
    (
        "“Who told you that?” she asked, and went on mending the net, as if the answer were a knot "
        "that would come loose by itself."
    ),
    (
        "It’s a matter of patience, of weather, and – now and then – of rope: thirty-two fathoms, "
        "no less, at 7:30 in the morning, for £4.50."
    ),
    "I. K. Brunel had been here, they said; so had Mr. Pell, who wrote it down (badly).",
)
CHINESE = (
    "渡口从三月起就停了。",
    "“谁告诉你的？”她问，手里的网没有停，好像答案是一个结，自己会松开。",
    (
        "事情要看天气，看耐心，有时候——也只是有时候——要看绳子：三十二寻，一寻不能少，早上7:30出发，"
        "票价4.5元，见《渡船章程》（1998年版）第3—5页……"
    ),
    "一是守时，二是守信，三是不怕水；第一条最难。他在笔记本上写了“①”，又划掉了。",
)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.name)
def test_a_markdown_chapter_comes_out_as_it_went_in(path: Path) -> None:
    made = clean(read_source(path))
    assert [content for _, content in made.files] == [path.read_text("utf-8")]


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.name)
def test_a_chapters_plain_words_lose_and_gain_nothing_but_form(path: Path) -> None:
    text = convert(path.read_text("utf-8"), DIALECT, "plain", ["--reference-location=document"])
    paragraphs = [block for block in text.split("\n\n") if block.strip() and "\n" not in block]
    prose = "\n\n".join(one.strip() for one in paragraphs if not one.startswith((" ", "[", "-")))
    run = run_rules(Source("chapter.txt", prose), below=FORM_BAND)
    changed = [(one.rule, one.edits[0]) for one in run.ledger.passes]
    assert changed == []
    assert run.draft.text == prose


@pytest.mark.parametrize("paragraphs", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_clean_prose_is_left_alone(paragraphs: tuple[str, ...]) -> None:
    text = "\n\n".join(paragraphs)
    run = run_rules(Source("prose.txt", text), below=FORM_BAND)
    assert run.draft.text == text
    assert run.suggestions == ()


MESSY = sorted((Path(__file__).parent / "messy").glob("*.txt"))


@pytest.mark.parametrize("path", MESSY, ids=lambda path: path.name)
def test_cleaning_what_was_cleaned_changes_nothing(path: Path, tmp_path: Path) -> None:
    first = clean(read_source(path))
    for name, content in first.files:
        chapter = tmp_path / Path(name).name
        chapter.write_text(content, "utf-8")
        again = clean(read_source(chapter))
        assert "".join(text for _, text in again.files) == content, name


@pytest.mark.parametrize("path", MESSY, ids=lambda path: path.name)
def test_text_that_was_cleaned_gives_no_rule_anything_to_do(path: Path) -> None:
    # What was printed in figures stays as it was printed, and only its mark says so.
    first = run_rules(read_source(path), below=FORM_BAND).draft
    prose = "\n\n".join(
        block.text for block in first.blocks() if not block.has(MarkKind.DESCRIPTION)
    )
    # Rules between those bands put things where a first reading has put them already.
    cleaning = [rule.name for rule in rules().values() if rule.order < 600 or rule.order >= 800]
    again = run_rules(Source("again.txt", prose), below=FORM_BAND)
    assert [one.rule for one in again.ledger.passes if one.rule in cleaning] == []
