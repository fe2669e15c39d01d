"""metadata.yaml: everything wrong in it is told with its line, and what to write instead."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quire.metadata import Guess, Metadata, metadata_schema, metadata_text, read_metadata
from quire.metadata.schema import SCHEMA_FILE, schema_text
from quire.problems import BookError, Problem


def read(folder: Path, text: str) -> Metadata:
    path = folder / "metadata.yaml"
    path.write_text(text, "utf-8")
    return read_metadata(path)


def faults(folder: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(BookError) as raised:
        read(folder, text)
    return raised.value.problems


def test_one_author_a_list_and_tables_are_all_authors(tmp_path: Path) -> None:
    assert read(tmp_path, "title: T\nauthor: A\n").authors == ("A",)
    assert read(tmp_path, "title: T\nauthor: [A, B]\n").authors == ("A", "B")
    tables = "author:\n  - A\n  - name: B\n    file-as: B, C\n    role: edt\n"
    both = read(tmp_path, "title: T\n" + tables)
    assert [(one.name, one.role, one.file_as) for one in both.author] == [
        ("A", "aut", None),
        ("B", "edt", "B, C"),
    ]


def test_titles_and_isbns_that_look_like_numbers_are_words_all_the_same(tmp_path: Path) -> None:
    metadata = read(tmp_path, "title: 1984\nsubtitle: 7\nisbn: {print: 9780306406157}\n")
    assert (metadata.title, metadata.subtitle) == ("1984", "7")
    assert metadata.isbn.print == "9780306406157"


def test_the_full_title_is_joined_as_the_language_joins() -> None:
    for language, title in (("zh-Hans", "灯：水"), ("en", "灯: 水")):
        metadata = Metadata.model_validate({"title": "灯", "subtitle": "水", "lang": language})
        assert metadata.full_title == title


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("title: T\npublsher: X\n", 2, "Did you mean `publisher`?"),
        ("title: T\nlanguage: en\n", 2, "Did you mean `lang`?"),
        ("title: T\nkeywords: [a]\n", 2, "Did you mean `subject`?"),
        ("title: T\nprint:\n  trimm: A5\n", 3, "Did you mean `trim`?"),
        ("title: T\nauthor:\n  - name: A\n    rolle: aut\n", 4, "Did you mean `role`?"),
        ("title: T\nzzzz: 1\n", 2, "The keys here are "),
        ("author: A\n", 1, "has no title"),
        ("title:\n", 1, "has no title"),
        ("title: T\ndate: soon\n", 2, "a date such as"),
        ("title: T\nprint: {bleed: much}\n", 2, "a number"),
        ("title: T\nprint:\n  bleed: 99\n", 3, "at most 10"),
        ("title: T\nlang: Chinese!\n", 2, "a language tag"),
        ("title: T\nauthor:\n  - name: A\n    role: Author\n", 4, "MARC relator"),
        ("title: T\nendnotes:\n  place: page\n", 3, "one of 'book', 'chapter'"),
        ("title: T\nlang: en\nepub:\n  writing: vertical\n", 4, "`lang: en` is written in lines"),
        ("title: T\nepub: {opening: big}\n", 2, "one of 'plain', 'drop-cap', 'small-caps'"),
        ("title: T\nendnotes: none\n", 2, "keys with values"),
        ("title: T\ntitle: U\n", 2, "on line 1"),
        ("title: T\nprint:\n  trim: a\n  trim: b\n", 4, "on line 3"),
        ("title: a: b\n", 1, "isn't YAML"),
        ("- a\n", 1, "holds no keys"),
        ("# only words\n", 1, "is empty"),
        ("title: T\nisbn: {epub: 978-0-306-40615-8}\n", 2, "check digit is 7"),
        ("title: T\nisbn:\n  print: 12345\n", 3, "isn't an ISBN of 13 digits"),
        ("title: T\nisbn:\n  pdf: 977-0-306-40615-7\n", 3, "isn't an ISBN"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    (problem,) = faults(tmp_path, text)
    assert (problem.file, problem.line) == ("metadata.yaml", line)
    assert words in str(problem)


def test_all_faults_are_told_at_once_in_order(tmp_path: Path) -> None:
    text = "titel: T\nlang: '!'\ndate: soon\n"
    assert [one.line for one in faults(tmp_path, text)] == [1, 1, 2, 3]


def test_a_file_that_is_not_utf8_or_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "metadata.yaml"
    with pytest.raises(BookError, match="can't be read"):
        read_metadata(path)
    path.write_bytes("title: 灯\n".encode("gb18030"))
    with pytest.raises(BookError, match="isn't UTF-8"):
        read_metadata(path)


@settings(deadline=None, max_examples=20)
@given(st.text("0123456789", min_size=9, max_size=9))
def test_of_ten_last_digits_one_makes_an_isbn(middle: str) -> None:
    import tempfile

    accepted = []
    with tempfile.TemporaryDirectory() as folder:
        for last in "0123456789":
            try:
                read(Path(folder), f"title: T\nisbn: {{epub: '978{middle}{last}'}}\n")
            except BookError:
                continue
            accepted.append(last)
    assert len(accepted) == 1
    digits = [int(digit) for digit in f"978{middle}{accepted[0]}"]
    assert sum(digits[::2]) % 10 == -3 * sum(digits[1::2]) % 10


def test_the_published_schema_is_that_of_the_model() -> None:
    assert SCHEMA_FILE.read_text("utf-8") == schema_text(), "write schema_text() into the file"
    schema = json.loads(schema_text())
    assert schema == metadata_schema()
    assert set(schema["properties"]) >= {"title", "author", "lang", "endnotes", "print"}
    assert schema["additionalProperties"] is False


def test_a_new_books_metadata_reads_back_with_its_guesses_marked(tmp_path: Path) -> None:
    guesses = (
        Guess("title", "灯: 'x' #1", "the first heading"),
        Guess("author", ("甲", "乙"), "the line below it"),
        Guess("lang", "zh-Hans", "its characters"),
        Guess("date", "2026-01-02", "the date line"),
    )
    text = metadata_text(guesses)
    metadata = read(tmp_path, text)
    assert metadata.title == "灯: 'x' #1"
    assert metadata.authors == ("甲", "乙")
    assert metadata.date == date(2026, 1, 2)
    for guess in guesses:
        assert f"# guessed: {guess.why}\n{guess.key}:" in text


def test_a_guess_that_is_true_of_a_part_only_is_written_down_but_not_stated(tmp_path: Path) -> None:
    guesses = (
        Guess("title", "合集", "why"),
        Guess("author", ("甲",), "the first part", stands=False),
    )
    text = metadata_text(guesses)
    assert "# guessed: the first part\n# author:\n# - 甲\n" in text
    assert read(tmp_path, text).authors == ()


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
    st.text("甲b '\"#:-", min_size=1),
)
def test_any_guess_reads_back_as_it_was(title: str, author: str) -> None:
    import yaml

    text = metadata_text((Guess("title", title, "why"), Guess("author", (author,), "why")))
    assert yaml.safe_load(text) == {"title": title, "author": [author]}


def test_every_example_of_a_new_books_metadata_is_right(tmp_path: Path) -> None:
    text = metadata_text(())
    lines = [line.removeprefix("# ") for line in text.splitlines()[1:] if line]
    shown = (
        "\n".join(lines).replace("urn:uuid:…", "urn:uuid:1").replace("978-…", "978-0-306-40615-7")
    )
    assert read(tmp_path, shown).title == "The book's title"
