"""The table `cleaning` of metadata.yaml: what it may say, and what is told when it can't be."""

from __future__ import annotations

from pathlib import Path

import pytest

from quire.cleaning import Settings, Thresholds, rules, settings_of
from quire.metadata import RuleSetting, read_cleaning, read_metadata
from quire.problems import BookError


def settings_from(folder: Path, text: str) -> Settings:
    path = folder / "metadata.yaml"
    path.write_text(text, "utf-8")
    return settings_of(read_cleaning(path), rules())


def test_a_book_that_says_nothing_gets_the_usual_thresholds(tmp_path: Path) -> None:
    assert settings_from(tmp_path, "title: The Ferry") == Settings()
    assert Settings().thresholds == Thresholds(sure=0.9, likely=0.6)


def test_a_rule_may_be_off_or_ask_or_have_a_threshold(tmp_path: Path) -> None:
    text = """cleaning:
  rules:
    dashes: off
    ellipses: "off"
    tabs: ask
    headings: on
    page-joints: {threshold: 0.7}
  verdicts: {sure: 0.95, likely: 0.5}
"""
    settings = settings_from(tmp_path, text)
    off = RuleSetting(off=True)
    assert settings.rules == {
        "dashes": off,
        "ellipses": off,
        "tabs": RuleSetting(ask=True),
        "headings": RuleSetting(),
        "page-joints": RuleSetting(threshold=0.7),
    }
    assert settings.thresholds == Thresholds(0.95, 0.5)


def test_what_else_is_wrong_with_the_metadata_does_not_stop_cleaning(tmp_path: Path) -> None:
    assert settings_from(tmp_path, "titel: The Ferry\nlang: 3") == Settings()


FAULTS = {
    "page-joint: off": "Did you mean `page-joints`?",
    "zzz: off": "`quire rules` lists them.",
    "line-ends: off": "always runs",
    "heading-form: ask": "always runs",
    "dashes: of": "off, ask, on or a table",
    "dashes: 1": "off, ask, on or a table",
    "dashes: {threshold: 2}": "at most 1",
    "dashes: {treshold: 0.5}": "Did you mean `threshold`?",
}


@pytest.mark.parametrize("setting", FAULTS)
def test_a_setting_that_cannot_be_is_told_with_its_line(tmp_path: Path, setting: str) -> None:
    with pytest.raises(BookError) as refusal:
        settings_from(tmp_path, f"title: x\ncleaning:\n  rules:\n    {setting}\n")
    (problem,) = refusal.value.problems
    assert problem.place == "metadata.yaml:4"
    assert FAULTS[setting] in str(problem)


def test_sure_may_not_be_below_likely(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="isn't below `likely`"):
        settings_from(tmp_path, "cleaning: {verdicts: {sure: 0.5}}")


def test_the_whole_metadata_knows_the_table_too(tmp_path: Path) -> None:
    path = tmp_path / "metadata.yaml"
    path.write_text("title: x\ncleaning: {rules: {dashes: off}}", "utf-8")
    assert read_metadata(path).cleaning.rules == {"dashes": RuleSetting(off=True)}
