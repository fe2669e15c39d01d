"""The characters of the messy document: every mark that is due is converted, and none besides.

The document is only ever an input. Without it these tests are skipped.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from quire.cleaning.engine import Run, run_rules
from quire.cleaning.ledger import apply
from quire.sources.model import Source

SEEDS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("*.txt"))

pytestmark = pytest.mark.skipif(not SEEDS, reason="the messy document is not here")


@pytest.fixture(scope="module")
def run() -> Run:
    text = SEEDS[0].read_text("utf-8")
    return run_rules(Source(SEEDS[0].name, text), below=900)


def changes(run: Run, rule: str) -> Counter[tuple[str, str]]:
    """How often a rule put what in the place of what."""
    counted: Counter[tuple[str, str]] = Counter()
    text = run.source.text
    for one in run.ledger.passes:
        if one.rule == rule:
            counted.update((text[edit.start : edit.end], edit.after) for edit in one.edits)
        text = apply(text, one.edits)
    return counted


@pytest.mark.parametrize(
    ("mark", "full", "due"),
    [(",", "，", 679), (":", "：", 42), (";", "；", 13), ("?", "？", 5), ("!", "！", 1)],
)
def test_every_mark_that_is_due_becomes_full_width(
    run: Run, mark: str, full: str, due: int
) -> None:
    assert changes(run, "full-width-marks")[mark, full] == due


def test_nothing_but_these_marks_changes_its_width(run: Run) -> None:
    assert sum(changes(run, "full-width-marks").values()) == 740


def test_nineteen_pairs_of_brackets_become_full_width_and_the_year_keeps_its_own(run: Run) -> None:
    assert changes(run, "full-width-brackets") == {("(", "（"): 19, (")", "）"): 19}
    assert "No. 1 (1994), pp." in run.draft.text


def test_the_english_reference_gets_its_blanks_back(run: Run) -> None:
    assert (
        "David Osborne and Ted Gaebler, “Reinventing Government: How the Entrepreneurial Spirits "
        "Transforming the Public Sector,” Journal of Policy Analysis and Management, "
        "Vol. 13, No. 1 (1994), pp. 187–192."
    ) in run.draft.text


def test_one_stray_apostrophe_and_one_doubled_particle_go(run: Run) -> None:
    assert changes(run, "stray-apostrophes") == {("'", ""): 1}
    assert changes(run, "doubled-marks") == {("了", ""): 1}
    assert "参加了开班典礼" in run.draft.text


def test_quotes_that_are_curly_already_stay(run: Run) -> None:
    assert changes(run, "curly-quotes") == {('"', "“"): 1, ('"', "”"): 1}
    assert run.draft.text.count("“") == run.draft.text.count("”") == 99


@pytest.mark.parametrize(
    "doubt", ["应势利导", "20日22日", "能相出", "唱到", "20xx", "的地"]
)  # fmt: skip
def test_a_doubtful_place_is_asked_about_and_stays(run: Run, doubt: str) -> None:
    assert doubt in {one.text for one in run.suggestions}
    assert doubt in run.draft.text


@pytest.mark.parametrize(
    "kept",
    [
        "“信源—信息—通道—接受者”", "低路转化——", "30—60天", "A.麦金太尔", "特里·L.库珀",
        "[古希腊]", "LTSI工具", "“Beruf”", "第43、43页", "勇者、勇者、勇者无惧", "更多更多",
        "“官念”", "20xx年度", "7月28日上午8点", "20个学员40只手", "（2020YQNQD0068）", "‘令人厌烦’",
        "一是要从解决问题", "“差异化+训战结合”", "制订的三类", "死磕", "变化中的差德观念",
    ],
)  # fmt: skip
def test_what_looks_like_a_defect_and_is_none_stays(run: Run, kept: str) -> None:
    assert kept in run.draft.text


def test_no_blank_comes_between_han_and_latin(run: Run) -> None:
    pattern = re.compile("[\u3400-\u9fff] [A-Za-z0-9]|[A-Za-z0-9] [\u3400-\u9fff]")
    assert len(pattern.findall(run.draft.text)) <= len(pattern.findall(run.source.text))


def test_no_indent_tab_or_trailing_blank_is_left(run: Run) -> None:
    assert not re.search(r"(?m)^\s+\S|[ \t\u3000]$|\t|\f", run.draft.text.replace("\n\n", "\n"))
    assert "\n\n\n" not in run.draft.text
