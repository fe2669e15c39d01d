"""Words put into Typst say themselves, whatever signs they are made of and wherever they stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from quire.toolchain.quoting import markup

# Collects the words of a content; what isn't text, a blank or a sequence of them is told by name.
READER = """\
#set smartquote(enabled: false)
#let said(it) = {
  if type(it) == str { it }
  else if it.has("children") { it.children.map(said).join() }
  else if it.has("text") { it.text }
  else if it == [ ] { " " }
  else if it.func() == smartquote { if it.double { "\\"" } else { "'" } }
  else if it.func() == metadata { "" }
  else { "<" + repr(it.func()) + ">" }
}
#let call(name) = metadata(name)
"""
TRAPS = [
    "1. First", "12. Twelfth", "- item", "+ item", "= Heading", "/ term: words", "; then", "(so)",
    ".Next", "a -- b --- c", "wait...", "soft-?hyphen", "-5 degrees", "https://a.b/c//d", "/* x */",
    "*a* _b_ `c` $d$ #e @f <g> ~h [i] \\j", '"quoted" it\'s', "a\u00a0b", "（说）……《书》——",
]  # fmt: skip


def said(words: str, before: str, tmp: Path) -> str:
    """What Typst understands of words that were put in after some markup."""
    file = tmp / "main.typ"
    file.write_text(
        f"{READER}\n#let given = [{before}{markup(words)}]\n#metadata(said(given))<said>\n", "utf-8"
    )
    found: list[str] = json.loads(typst.query(str(file), "<said>", field="value"))
    return found[0]


@pytest.mark.parametrize("before", ["", '#call("x")'], ids=["at the start", "after a call"])
@pytest.mark.parametrize("words", TRAPS)
def test_signs_that_are_code_elsewhere_are_said(words: str, before: str, tmp_path: Path) -> None:
    assert said(words, before, tmp_path) == words


@given(st.text(alphabet="ab 1.-/*#$_`<>@~[](){}=+;:?!'\"\\\u00a0，“—", min_size=1, max_size=12))
def test_any_signs_are_said(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    folder = tmp_path_factory.mktemp("words")

    assert said(words, '#call("x")', folder).split() == words.split()
