"""Files that would do harm, or hold nothing: each is refused by name, or tamed."""

from __future__ import annotations

import base64
import io
import time
import zipfile
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quire.problems import BookError, UsageError
from quire.sources import HintKind, Source, read_source

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="b.opf"/></rootfiles></container>'
)
BOMB = (
    '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>&b;</p></body></html>'
)
FETCH = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><x>&f;</x>'
PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" '
    'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
)
LOCK = (
    '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
    '<e:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>'
    "</e:EncryptedData></encryption>"
)


def packed(parts: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def empty_pdf(**options: object) -> bytes:
    held = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(held, **options)  # type: ignore[arg-type]  # passed on as they are
    return held.getvalue()


EPUB = {"META-INF/container.xml": CONTAINER, "b.opf": PACKAGE}
LOCKED = empty_pdf(encryption=pikepdf.Encryption(owner="o", user="u"))
REFUSED = {
    "an empty file": ("a.txt", b"", "is empty"),
    "blanks alone": ("a.txt", b" \n\t\n", "is empty"),
    "ideographic blanks alone": ("a.md", "\u3000\n".encode(), "is empty"),
    "a picture called txt": ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(99), "PNG picture"),
    "an old Word file": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old Word"),
    "text called docx": ("a.docx", b"just words", "isn't a Word document"),
    "text called pdf": ("a.pdf", b"just words", "isn't a PDF"),
    "half an archive": ("a.docx", packed({"word/document.xml": "<x/>"})[:40], "ZIP archive"),
    "an archive of other things": ("a.epub", packed({"a": "b"}), "neither a Word"),
    "a path that leads outside": (
        "a.docx", packed({"word/document.xml": "<x/>", "../../evil": "x"}), "leads outside",
    ),
    "a zip bomb": (
        "a.docx",
        packed({"word/document.xml": "<x/>"} | {f"{n}.xml": bytes(60_000_000) for n in range(9)}),
        "unpacks to",
    ),
    "entities that unfold in EPUB": ("a.epub", packed(EPUB | {"a.xhtml": BOMB}), "entities"),
    "an entity that fetches in Word": (
        "a.docx", packed({"word/document.xml": FETCH}), "entities",
    ),
    "a Word document nested without end": (
        "a.docx", packed({"word/document.xml": "<x>" * 5_000 + "</x>" * 5_000}), "nested",
    ),
    "an e-book nested without end": (
        "a.epub", packed(EPUB | {"a.xhtml": "<div>" * 5_000 + "Boat" + "</div>" * 5_000}), "nested",
    ),
    "a web page nested without end": (
        "a.html", b"<!doctype html>" + b"<div>" * 5_000 + b"Boat", "nested",
    ),
    "a Word document cut short within a part": (
        "a.docx", packed({"word/document.xml": "<x><y>"}), "broken XML",
    ),
    "an EPUB under lock": (
        "a.epub", packed(EPUB | {"META-INF/encryption.xml": LOCK}), "DRM",
    ),
    "a locked PDF": ("a.pdf", LOCKED, "locked with a password"),
    "a scan": ("a.pdf", empty_pdf(), "pictures of pages"),
    "a broken PDF": ("a.pdf", b"%PDF-1.7\nnothing", "damaged"),
    "a page of scripts": ("a.html", b"<html><script>x()</script></html>", "is empty"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_by_name(case: str, tmp_path: Path) -> None:
    name, content, words = REFUSED[case]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BookError) as refused:
        read_source(path)
    assert not isinstance(refused.value, UsageError)
    assert words in str(refused.value)
    assert name in str(refused.value)
    assert all(problem.remedy for problem in refused.value.problems)


def test_a_file_that_is_not_there_and_a_folder_are_wrong_usage(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(UsageError, match=path.name):
            read_source(path)


def page(tmp_path: Path, body: str, name: str = "page.html") -> Source:
    path = tmp_path / name
    path.write_text(f"<!doctype html><html><body>{body}</body></html>", "utf-8")
    return read_source(path)


def hints(source: Source, kind: HintKind) -> list[tuple[str, str]]:
    return [(h.value, source.text[h.start : h.end]) for h in source.hints if h.kind == kind]


def test_the_shell_of_a_page_and_its_scripts_are_left_out_and_counted(tmp_path: Path) -> None:
    source = page(
        tmp_path,
        "<nav>Home</nav><script>evil()</script><h1>潮</h1><p>水<b>退</b>了</p>"
        "<p hidden>不见</p><footer>Imprint</footer>",
    )
    assert source.text == "潮\n\n水退了"
    assert source.details["left-out"] == str(len("HomeImprint"))


def test_a_remote_picture_is_not_fetched_but_linked(tmp_path: Path) -> None:
    source = page(tmp_path, '<p>见<img src="https://example.org/a.png" alt="船">图</p>')
    assert source.text == "见船图"
    assert hints(source, HintKind.LINK) == [("https://example.org/a.png", "船")]
    assert source.media == ()


def test_a_picture_outside_the_pages_folder_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "inner").mkdir()
    source = page(tmp_path, '<p>词<img src="../secret.png"></p>', "inner/page.html")
    assert source.media == ()


def test_a_picture_inside_the_page_is_kept_and_an_svg_loses_its_script(tmp_path: Path) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script><path d="M0 0"/></svg>'
    uri = "data:image/svg+xml;base64," + base64.b64encode(svg).decode()
    source = page(tmp_path, f'<p><img src="{uri}" alt="船"></p>')
    (picture,) = source.media
    assert b"script" not in picture.content
    assert b"<path" in picture.content.replace(b"ns0:", b"")


SHAPES = {
    "Word": (
        '<p>话<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a>。</p><div id="ftn1">'
        '<p><a href="#_ftnref1" name="_ftn1">[1]</a> 注文</p></div>'
    ),
    "MediaWiki": (
        '<p>话<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup>。</p><ol>'
        '<li id="cite_note-1"><a href="#cite_ref-1">↑</a> <span>注文</span></li></ol>'
    ),
    "LibreOffice": (
        '<p>话<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym">[1]</a>。</p>'
        '<div id="sdfootnote1"><p><a name="sdfootnote1sym" href="#sdfootnote1anc">[1]</a>'
        "注文</p></div>"
    ),
    "DPUB-ARIA": (
        '<p>话<a role="doc-noteref" href="#x">[1]</a>。</p>'
        '<aside role="doc-footnote" id="x">注文</aside>'
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_notes_are_tied_in_the_shape_of(shape: str, tmp_path: Path) -> None:
    source = page(tmp_path, SHAPES[shape] + "<p>末段。</p>")
    assert source.text == "话[1]。\n\n注文\n\n末段。"
    assert hints(source, HintKind.NOTEREF) == [("n1", "[1]")]
    assert hints(source, HintKind.NOTE) == [("n1", "注文")]


def test_two_callouts_share_a_body(tmp_path: Path) -> None:
    source = page(
        tmp_path,
        '<p>甲<a href="#fn1">1</a>乙<a href="#fn1">1</a></p><ol><li id="fn1">注文</li></ol>',
    )
    assert [key for key, _ in hints(source, HintKind.NOTEREF)] == ["n1", "n1"]
    assert source.text.count("注文") == 1


def test_a_page_says_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "gb.html"
    path.write_bytes("<html><meta charset=gb2312><p>灯</p></html>".encode("gbk"))
    assert read_source(path).text == "灯"


@pytest.mark.parametrize("name", ["long.txt", "long.md", "long.html"])
def test_ten_megabytes_on_one_line_are_read_in_seconds(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("潮水退去以后，沙上只剩下一行脚印。" * 200_000, "utf-8")
    begun = time.perf_counter()
    source = read_source(path)
    assert time.perf_counter() - begun < 20
    assert source.text.count("脚印") == 200_000


def test_a_page_of_many_notes_is_read_in_linear_time(tmp_path: Path) -> None:
    calls = "".join(f'<p>词<a href="#fn{n}" id="r{n}">{n}</a></p>' for n in range(3000))
    bodies = "".join(f'<li id="fn{n}">文<a href="#r{n}">↩</a></li>' for n in range(3000))
    begun = time.perf_counter()
    source = page(tmp_path, f"{calls}<ol>{bodies}</ol>")
    assert time.perf_counter() - begun < 20
    assert len(hints(source, HintKind.NOTE)) == 3000


PIECES = st.lists(
    st.tuples(
        st.sampled_from(["p", "h1", "h3", "li", "blockquote", "em", "b", "sup", "a", "td", "br"]),
        st.text("潮 水a1*[\n", max_size=8),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(PIECES)
def test_hints_lie_inside_the_text_and_cover_words(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[tuple[str, str]]
) -> None:
    body = "".join(f"<{name}>{words}</{name}>" for name, words in pieces)
    source = page(tmp_path_factory.mktemp("page"), body + "<p>末</p>")
    assert list(source.hints) == sorted(source.hints)
    for hint in source.hints:
        assert 0 <= hint.start < hint.end <= len(source.text)
        covered = source.text[hint.start : hint.end]
        assert covered == covered.strip()
    letters = [char for char in "".join(words for _, words in pieces) if not char.isspace()]
    for char in set("潮水a"):
        assert source.text.count(char) == letters.count(char), "no character is lost"
