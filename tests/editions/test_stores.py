"""Stores: their limits as data, what a book is told of them, and the copies that they get."""

from __future__ import annotations

import io
import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from epub_reading import OPF, Read, X, texts
from PIL import Image
from sample import english_book, sample_book

from quire.assembly.model import Medium
from quire.checks.store_measures import MEASURES
from quire.checks.stores import check_for_store
from quire.covers.model import Cover
from quire.editions.epub import EDITION
from quire.editions.epub.store import Store, store_named, stores
from quire.editions.epub.store_copies import copy_for
from quire.editions.model import Artifact, BuildContext
from quire.problems import Problem, Severity, UsageError
from quire.toolchain import epubcheck_jar, java_path

Offer = Callable[..., Artifact]


def _picture(width: int, height: int, mode: str = "RGB", kind: str = "JPEG") -> bytes:
    packed = io.BytesIO()
    Image.new(mode, (width, height)).save(packed, kind)
    return packed.getvalue()


def _cover(width: int = 1600, height: int = 2560, mode: str = "RGB") -> Cover:
    small = _picture(30, 48)
    return Cover("picture", _picture(width, height, mode), small, width, height, "封面")


@pytest.fixture
def offer(tmp_path: Path, context: BuildContext) -> Offer:
    """An EPUB with a cover, as it goes to a store."""

    def offered(cover: Cover | None = None, **settings: object) -> Artifact:
        book = sample_book(**settings)
        return EDITION.build(book, tmp_path, replace(context, cover=cover or _cover()))

    return offered


def _codes(problems: list[Problem], severity: Severity = Severity.ERROR) -> list[str]:
    return [one.code for one in problems if one.severity is severity]


@pytest.mark.parametrize("store", stores().values(), ids=lambda store: store.name)
class TestEveryStore:
    """What holds for a store by being there."""

    def test_each_limit_says_who_asks_it_and_is_one_that_can_be_measured(
        self, store: Store
    ) -> None:
        assert store.limits
        for limit in store.limits:
            assert limit.guide.title
            assert limit.guide.section
            assert limit.guide.address.startswith("https://")
            assert limit.measure in MEASURES
            assert limit.among or limit.least is not None or limit.most is not None

    def test_a_sound_book_is_taken(self, store: Store, offer: Offer) -> None:
        assert _codes(check_for_store(offer().path, store)) == []

    def test_a_book_without_a_cover_is_refused(
        self, store: Store, tmp_path: Path, context: BuildContext
    ) -> None:
        bare = EDITION.build(english_book(), tmp_path, context)
        assert f"{store.name}-covers" in _codes(check_for_store(bare.path, store))

    def test_what_is_no_epub_is_said_to_be_none(self, store: Store, tmp_path: Path) -> None:
        path = tmp_path / "no.epub"
        path.write_bytes(b"no ZIP")
        (problem,) = check_for_store(path, store)
        assert problem.code == "no-epub"


def test_nothing_is_measured_that_no_store_asks() -> None:
    asked = {limit.measure for store in stores().values() for limit in store.limits}
    assert asked == set(MEASURES)


@pytest.mark.parametrize(
    ("name", "cover", "code"),
    [
        ("apple", _cover(1200, 1920), "apple-cover-short-side"),
        ("apple", _cover(1600, 2560, "CMYK"), "apple-cover-colour"),
        ("google", _cover(600, 960), "google-cover-short-side"),
        ("google", _cover(700, 7300), "google-cover-long-side"),
        ("kindle", _cover(600, 960), "kindle-cover-long-side"),
        ("kindle", _cover(600, 960), "kindle-cover-short-side"),
        ("kobo", _cover(800, 1200, "CMYK"), "kobo-cover-colour"),
    ],
)  # fmt: skip
def test_a_cover_that_a_store_refuses_is_an_error(
    offer: Offer, name: str, cover: Cover, code: str
) -> None:
    assert code in _codes(check_for_store(offer(cover).path, store_named(name)))


def test_a_breach_says_what_is_asked_by_whom_and_what_to_do(offer: Offer) -> None:
    made = offer(_cover(1200, 1920))
    (problem,) = [one for one in check_for_store(made.path, store_named("apple"))
                  if one.severity is Severity.ERROR]  # fmt: skip
    assert problem.message == (
        "The cover's shorter side is 1,200 pixels; Apple Books asks for at least 1,400 "
        "(Apple Books Asset Guide, “Book Cover Art”)."
    )
    assert problem.file == f"{made.path}!/EPUB/media/cover.jpg"
    assert "`cover`" in problem.remedy


def test_metadata_are_held_to_a_stores_rules(offer: Offer) -> None:
    made = offer(title="灯" * 200, description=None, author=[], isbn={"epub": "978-0-306-40615-8"})
    kindle = check_for_store(made.path, store_named("kindle"))
    assert _codes(kindle) == ["kindle-title-length", "kindle-wrong-isbns"]
    assert {one.file for one in kindle if one.severity is Severity.ERROR} == {"metadata.yaml"}
    apple = check_for_store(made.path, store_named("apple"))
    assert {"apple-authors", "apple-description-length"} <= set(_codes(apple, Severity.WARNING))


def test_a_picture_that_is_too_large_is_told_by_its_place(
    tmp_path: Path, context: BuildContext
) -> None:
    large = tmp_path / "leaf.png"
    large.write_bytes(_picture(2100, 2000, kind="PNG"))
    book = english_book()
    book = replace(book, media=(Medium(book.media[0].name, large, "image/png"),))
    made = EDITION.build(book, tmp_path, replace(context, cover=_cover()))
    found = check_for_store(made.path, store_named("apple"))
    (problem,) = [one for one in found if one.code == "apple-picture-pixels"]
    assert problem.file == f"{made.path}!/EPUB/media/leaf.png"


def test_a_store_that_isnt_known_is_named_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="apple, google, kindle, kobo"):
        store_named("bazaar")


@pytest.fixture(scope="module")
def copies(
    tmp_path_factory: pytest.TempPathFactory, context: BuildContext
) -> dict[str, tuple[Artifact, Artifact]]:
    """By store that wants one: the common EPUB and the store's copy."""
    out = tmp_path_factory.mktemp("copies")
    common = EDITION.build(sample_book(), out, replace(context, cover=_cover()))
    made = {name: copy_for(one, common, out, context.date) for name, one in stores().items()}
    return {name: (common, copy) for name, copy in made.items() if copy is not None}


class TestCopies:
    """EPUBs of a store's own."""

    def test_only_stores_that_want_something_else_get_one(
        self, copies: dict[str, tuple[Artifact, Artifact]]
    ) -> None:
        assert {name: copy.path.name for name, (_, copy) in copies.items()} == {
            "apple": "灯下小工-apple.epub",
            "kindle": "灯下小工-kindle.epub",
            "kobo": "灯下小工.kepub.epub",
        }

    def test_apples_has_the_whole_cover_in_the_pixels_that_are_allowed(
        self, copies: dict[str, tuple[Artifact, Artifact]]
    ) -> None:
        common, copy = copies["apple"]
        store = store_named("apple")
        assert "apple-cover-pixels" in _codes(check_for_store(common.path, store), Severity.WARNING)
        assert check_for_store(copy.path, store) == []
        read = Read(copy)
        with Image.open(io.BytesIO(read.files["EPUB/media/cover.jpg"])) as cover:
            assert cover.width * cover.height <= 4_000_000
            assert cover.height / cover.width == pytest.approx(1.6, abs=0.002)
        changed = {name for name in read.files if read.files[name] != Read(common).files[name]}
        assert changed == {"EPUB/media/cover.jpg"}

    def test_epubcheck_finds_nothing_in_them(
        self, copies: dict[str, tuple[Artifact, Artifact]], tmp_path: Path
    ) -> None:
        # Apple's is the common one but for a picture.
        for _, copy in (copies["kindle"], copies["kobo"]):
            report = tmp_path / "report.json"
            command = [java_path(), "-jar", epubcheck_jar(), copy.path, "--json", report]
            subprocess.run([str(part) for part in command], capture_output=True, check=False)
            assert json.loads(report.read_text("utf-8"))["messages"] == []

    def test_they_are_the_same_bytes_each_time(
        self,
        copies: dict[str, tuple[Artifact, Artifact]],
        tmp_path: Path,
        context: BuildContext,
    ) -> None:
        for name, (common, copy) in copies.items():
            again = copy_for(store_named(name), common, tmp_path, context.date)
            assert again is not None
            assert again.sha256 == copy.sha256

    def test_kobos_has_the_same_words_links_and_identifiers(
        self, copies: dict[str, tuple[Artifact, Artifact]]
    ) -> None:
        common, copy = (Read(one) for one in copies["kobo"])
        pages = dict(copy.pages())
        for name, page in common.pages():
            assert texts(pages[name]).split() == texts(page).split()
            known = {node.get("id") for node in pages[name].iter()}
            assert {node.get("id") for node in page.iter()} <= known
            kept = [(a.get("href"), texts(a)) for a in page.iter(f"{X}a")]
            assert [(a.get("href"), texts(a)) for a in pages[name].iter(f"{X}a")] == kept
        spans = [node.get("id", "") for node in pages["chapter-1.xhtml"].iter(f"{X}span")
                 if node.get("class") == "koboSpan"]  # fmt: skip
        assert len(spans) > 20
        assert len(set(spans)) == len(spans)
        assert all(re.fullmatch(r"kobo\.\d+\.\d+", one) for one in spans)

    def test_kindles_has_the_cover_once(self, copies: dict[str, tuple[Artifact, Artifact]]) -> None:
        common, copy = (Read(one) for one in copies["kindle"])
        assert "cover.xhtml" in common.reading_order()
        assert "cover.xhtml" not in copy.reading_order()
        assert not any("cover.xhtml" in content.decode() for name, content in copy.files.items()
                       if name.endswith((".opf", ".xhtml", ".ncx")))  # fmt: skip
        (cover,) = [one.get("href") for one in copy.package.iter(f"{OPF}item")
                    if one.get("properties") == "cover-image"]  # fmt: skip
        assert f"EPUB/{cover}" in copy.files

    def test_kindles_has_drawings_as_pixels(
        self, copies: dict[str, tuple[Artifact, Artifact]]
    ) -> None:
        common, copy = (Read(one) for one in copies["kindle"])
        assert "EPUB/media/ladder.svg" in common.files
        assert not any(name.endswith(".svg") for name in copy.files)
        with Image.open(io.BytesIO(copy.files["EPUB/media/ladder.png"])) as drawn:
            assert max(drawn.size) >= 400
            assert len(drawn.convert("L").getcolors() or []) > 1  # something is drawn
        types = {one.get("href"): one.get("media-type") for one in copy.package.iter(f"{OPF}item")}
        assert types["media/ladder.png"] == "image/png"

    def test_where_nothing_is_to_be_done_the_common_one_is_the_stores(
        self, tmp_path: Path, context: BuildContext
    ) -> None:
        (tmp_path / "bare").mkdir()
        bare = EDITION.build(english_book(), tmp_path / "bare", context)
        small = EDITION.build(english_book(), tmp_path, replace(context, cover=_cover(1400, 2240)))
        for name, common in (("kindle", bare), ("apple", bare), ("apple", small)):
            assert copy_for(store_named(name), common, tmp_path, context.date) is None
        assert len(list(tmp_path.rglob("*.epub"))) == 2
