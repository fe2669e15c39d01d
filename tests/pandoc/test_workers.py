"""A worker reads what the command reads, one document after another, and outlives a bad one."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from quire.manuscript.dialect import DIALECT
from quire.pandoc import PandocFailed, convert, read_blocks, with_words_joined
from quire.pandoc.process import _joined
from quire.pandoc.workers import read_as_json
from quire.toolchain.tools import pandoc_path

ROOT = Path(__file__).parents[2]
BOOKS = sorted((ROOT / "book").rglob("*.md")) + sorted((ROOT / "tests" / "golden").rglob("*.md"))
AWKWARD = {
    "blanks before marks": "a *b c* d\n\n`x`  y\\\nz\n",
    "quotes and backslashes": 'He said "so\\\\" and "},{" and \\" then\n',
    "json in the text": '`"},{"t":"Space"},{"t":"Str","c":"` and "},{"t":"Space"},{"t":"Str"\n',
    "a blank after a break": "one  \n\\ two\n\n\\ three \\  four\n",
    "maths and raw": "$a b$ and <b>c d</b> and ```{=html}\n<i>x y</i>\n```\n",
    "a wide table": "| a | b |\n|---|---|\n| " + "long words " * 12 + "| c |\n",
    "nothing": "",
    "no line end": "# Lamp",
    "other signs": "灯 塔\u3000下\u2028行 \U0001f3ee\n",
}


def by_command(text: str) -> object:
    return with_words_joined(json.loads(convert(text, DIALECT, "json"))["blocks"])


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_a_chapter_is_read_as_the_command_reads_it(path: Path) -> None:
    text = path.read_text("utf-8")
    assert read_blocks(text, DIALECT) == by_command(text)


@pytest.mark.parametrize("case", AWKWARD)
def test_awkward_text_is_read_as_the_command_reads_it(case: str) -> None:
    assert read_blocks(AWKWARD[case], DIALECT) == by_command(AWKWARD[case])


def test_words_are_joined_in_text_as_in_the_tree() -> None:
    document = (
        b'{"blocks":[{"t":"Para","c":[{"t":"Str","c":"a"},{"t":"Space"},{"t":"Str","c":"b\\\\"},'
        b'{"t":"Space"},{"t":"Str","c":"\\"c"},{"t":"SoftBreak"},{"t":"Str","c":"d"}]}]}'
    )
    blocks, plain = json.loads(_joined(document))["blocks"], json.loads(document)["blocks"]
    assert len(blocks[0]["c"]) == 3
    assert with_words_joined(blocks) == with_words_joined(plain)


def test_a_blank_after_a_node_without_content_is_left_to_the_tree() -> None:
    document = (
        b'{"blocks":[{"t":"Para","c":[{"t":"LineBreak"},{"t":"Space"},{"t":"Str","c":"a"},'
        b'{"t":"Space"},{"t":"Str","c":"b"}]}]}'
    )
    assert _joined(document) == document


def test_what_pandoc_refuses_is_told_and_the_next_is_read() -> None:
    with pytest.raises(PandocFailed, match="nonsense"):
        read_blocks("a", "nonsense")
    assert read_blocks("a", DIALECT) == [{"t": "Para", "c": [{"t": "Str", "c": "a"}]}]


def test_a_worker_that_ended_is_told_and_another_begins() -> None:
    from quire.pandoc import workers

    program = str(pandoc_path())
    read_as_json(program, b"a", DIALECT)
    worker = workers._idle.get_nowait()
    worker.process.kill()
    worker.process.wait()
    workers._idle.put(worker)
    assert read_blocks("a *b*", DIALECT) == by_command("a *b*")
    assert json.loads(read_as_json(program, b"c", DIALECT))["blocks"]


def test_many_threads_each_get_their_own_answer() -> None:
    with ThreadPoolExecutor(4) as pool:
        texts = [f"Word {number} *and* more.\n\n" * (number % 5 + 1) for number in range(40)]
        found = list(pool.map(lambda text: read_blocks(text, DIALECT), texts))
    assert found == [by_command(text) for text in texts]
