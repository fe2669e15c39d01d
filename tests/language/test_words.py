"""The words a book says by itself: one table a language, all with the same keys and fields."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from quire.language import languages, words_of

TABLES = Path(__file__).parents[2] / "quire" / "language" / "tables"
EXPECTED = {"ar", "de", "en", "es", "fr", "he", "ja", "ko", "ru", "zh-Hans", "zh-Hant"}
# What a book's length is told in is the language's own choice: words, characters, thousands.
FREE_FIELDS = {"length"}


def table(tag: str) -> dict[str, str]:
    found = yaml.safe_load((TABLES / f"{tag}.yaml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def fields(pattern: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", pattern))


def test_the_promised_languages_have_a_table() -> None:
    assert set(languages()) >= EXPECTED


@pytest.mark.parametrize("tag", languages())
def test_every_table_has_the_same_keys_and_fields(tag: str) -> None:
    mine, model = table(tag), table("zh-Hans")
    assert mine.keys() == model.keys()
    assert all(isinstance(pattern, str) for pattern in mine.values())
    for key in mine.keys() - FREE_FIELDS:
        if not key.startswith("role-") or mine[key]:
            assert fields(mine[key]) == fields(model[key]), key


@pytest.mark.parametrize(
    ("tag", "contents"),
    [
        ("zh", "目录"),
        ("zh-CN", "目录"),
        ("zh-TW", "目錄"),
        ("zh-Hant-HK", "目錄"),
        ("en-GB", "Contents"),
        ("de-AT", "Inhalt"),
        ("pt", "Contents"),
    ],
)
def test_a_tag_finds_the_nearest_table_and_english_when_there_is_none(
    tag: str, contents: str
) -> None:
    assert words_of(tag).say("contents") == contents


def test_a_books_own_words_come_first() -> None:
    words = words_of("en", {"notes": "Annotations"})
    assert words.say("notes") == "Annotations"
    assert words.say("contents") == "Contents"


@pytest.mark.parametrize(
    ("tag", "kind", "count", "label"),
    [
        ("zh-Hans", "chapter", 1, "第一章"),
        ("zh-Hans", "chapter", 10, "第十章"),
        ("zh-Hans", "chapter", 21, "第二十一章"),
        ("zh-Hans", "chapter", 120, "第120章"),
        ("zh-Hant", "part", 2, "第二編"),
        ("en", "part", 4, "Part IV"),
        ("fr", "part", 9, "Partie IX"),
        ("ja", "chapter", 3, "第三章"),
        ("ko", "chapter", 3, "제3장"),
        ("de", "figure", 12, "Abbildung 12"),
        ("es", "table", 1, "Tabla 1"),
    ],
)
def test_numbers_are_written_as_the_language_counts(
    tag: str, kind: str, count: int, label: str
) -> None:
    assert words_of(tag).number(kind, count) == label


def test_french_keeps_its_tall_marks_beside_their_words() -> None:
    for pattern in table("fr").values():
        assert not re.search(r" [:;!?»]", pattern)
