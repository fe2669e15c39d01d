"""`--store`: a store's own EPUB is made on demand, and its limits are asked on demand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quire.checks import editions as checked
from quire.cli import main


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small book, built with Kobo's EPUB."""
    root = tmp_path_factory.mktemp("shop")
    (root / "book").mkdir()
    (root / "metadata.yaml").write_text("title: 小书\nlang: zh-CN\n", "utf-8")
    (root / "book" / "01.md").write_text("# 一\n\n第一句。第二句。\n", "utf-8")
    assert main(["build", "--quiet", "--book", str(root), "--edition", "epub",
                 "--store", "kobo", "--store", "google"]) == 0  # fmt: skip
    return root


def test_build_puts_a_stores_own_epub_beside_the_common_one_and_into_the_report(
    book: Path,
) -> None:
    assert {path.name for path in (book / "dist").glob("*.epub")} == {
        "小书.epub", "小书.kepub.epub",
    }  # fmt: skip
    report = json.loads((book / "dist" / "build-report.json").read_text("utf-8"))
    told = {one["edition"]: one["details"] for one in report["editions"]}
    assert told["epub-kobo"]["store"] == "Rakuten Kobo, with spans by sentence"
    assert "小书.kepub.epub" in (book / "dist" / "SHA256SUMS").read_text("utf-8")


def test_check_asks_the_stores_that_are_named_and_no_other(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # What EPUBCheck and Ace say is tested elsewhere, and takes half a minute.
    monkeypatch.setattr(checked, "VALIDATORS", {".epub": ()})

    def asked(*words: str) -> list[tuple[str, str]]:
        main(["check", "--json", "--book", str(book), *words])
        answer = json.loads(capsys.readouterr().out)
        return [(one["code"], Path(one["file"] or "").name) for one in answer["problems"]]

    assert not any(code.startswith(("apple-", "kobo-")) for code, _ in asked())
    apple = asked("--store", "apple")
    assert ("apple-authors", "metadata.yaml") in apple
    assert not any(code.startswith("kobo-") for code, _ in apple)


def test_a_store_is_shown_its_own_epub_and_the_others_the_common_one(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checked, "VALIDATORS", {".epub": ()})
    said = checked.check_editions(book / "dist", ["google", "kobo"]).lines
    assert [Path(line).name.partition(" found")[0] for line in said] == [
        "小书.epub: Google Play Books", "小书.kepub.epub: Rakuten Kobo",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [["build", "--store", "bazaar"], ["check", "--store", "bazaar"],
     ["build", "--store", "kobo", "--edition", "screen-pdf"]],
)  # fmt: skip
def test_a_store_that_cant_be_served_ends_with_2(
    book: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--book", str(book)]) == 2
    assert "store" in capsys.readouterr().err.lower()
