"""The pages of HTML that a converter made of a printed document."""

from __future__ import annotations

from pathlib import Path

from quire.sources import read_source


def pages_of(folder: Path, body: str) -> list[str]:
    path = folder / "dump.html"
    path.write_text(f"<!DOCTYPE html><html><body>{body}</body></html>", "utf-8")
    source = read_source(path)
    return [source.text[page.start : page.end] for page in source.pages]


def test_an_empty_anchor_behind_a_rule_begins_a_page(tmp_path: Path) -> None:
    body = (
        '<a name="1"></a>The Weir<br>It was a dry<br>summer.<br>7<hr>\n'
        '<a name="2"></a>8<br>Nobody swam.<br><hr>\n<a name="3"></a>The End<hr>'
    )
    assert pages_of(tmp_path, body) == [
        "The Weir\nIt was a dry\nsummer.\n7", "8\nNobody swam.", "The End",
    ]  # fmt: skip


def test_a_numbered_div_is_a_page(tmp_path: Path) -> None:
    body = '<div id="page1-div"><p>The Weir</p></div><div id="page2-div"><p>The Mill</p></div>'
    assert pages_of(tmp_path, body) == ["The Weir", "The Mill"]


def test_what_stands_before_the_first_anchor_is_on_a_page_too(tmp_path: Path) -> None:
    body = '<p>A cover.</p><hr><a name="1"></a><p>One.</p><hr><a name="2"></a><p>Two.</p>'
    assert pages_of(tmp_path, body) == ["A cover.", "One.", "Two."]


def test_anchors_of_notes_begin_no_page(tmp_path: Path) -> None:
    body = (
        '<p>The mill <a href="#1">1</a> stood <a href="#2">2</a>.</p><hr>'
        '<p><a name="1"></a>1. By the river.</p><p><a name="2"></a>2. Until spring.</p>'
    )
    assert pages_of(tmp_path, body) == []


def test_anchors_with_a_gap_in_their_count_begin_no_page(tmp_path: Path) -> None:
    body = '<a name="1"></a><p>One.</p><hr><a name="4"></a><p>Four.</p>'
    assert pages_of(tmp_path, body) == []
