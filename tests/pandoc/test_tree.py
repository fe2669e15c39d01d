"""pandoc's tree: what may be done to it without changing what its writers say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quire.pandoc import plain_text, read_blocks, walk, with_words_joined, write_blocks

TRAPS = r"""
A plain paragraph of many words, and *some of them* with `code` and a [link](https://a.b) in it.

1\. Not a list, 12\. and nor is this

\- nor this; \+ nor this one

\= a - b -- c ... d // no comment \* star \# hash \$ \@ \~ \_ "quoted" 'words'\
\- after a break\
3\. after another

# A heading of three words

| what | how many |
|:-----|---------:|
| a few words | 12 |

> Quoted words, and a note.[^1]

[^1]: Its own words, in two

    paragraphs.

| verse in two
| lines of words
"""


def test_html_of_joined_words_is_the_same() -> None:
    blocks = read_blocks(TRAPS, "markdown")

    assert write_blocks(with_words_joined(blocks), "html5") == write_blocks(blocks, "html5")


def test_words_with_the_blanks_between_them_are_one() -> None:
    blocks = read_blocks("Some words *and more words* here.", "markdown")
    words = [node["c"] for node in walk(with_words_joined(blocks)) if node["t"] == "Str"]

    assert words == ["Some words", "and more words", "here."]


@given(
    st.lists(
        st.one_of(
            st.just({"t": "Space"}),
            st.just({"t": "SoftBreak"}),
            st.text(min_size=1).map(lambda text: {"t": "Str", "c": text}),
            st.just({"t": "Emph", "c": [{"t": "Str", "c": "a"}, {"t": "Space"}]}),
        )
    )
)
def test_joining_words_changes_no_text(inlines: list[dict[str, object]]) -> None:
    assert plain_text(with_words_joined(inlines)) == plain_text(inlines)
