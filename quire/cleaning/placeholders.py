"""A picture to stand where the source had none: it says so, and wants to be replaced."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from quire.cleaning.draft import Draft
from quire.cleaning.form import figure_labels, plain_words
from quire.language import is_cjk, words_of
from quire.sources.model import Medium

__all__ = ["placeholder_name", "placeholders"]

_WIDTH, _HEIGHT = 640, 360
_SIZE, _SMALL, _LEADING = 22, 17, 36
_FAMILY = "'Noto Serif SC', 'Source Han Serif SC', 'Noto Serif', serif"
_LINE = 24.0


def placeholder_name(label: str) -> str:
    """The file's name for a figure's identifier: ``fig-2`` → ``figure-2.svg``."""
    return f"figure-{label.removeprefix('fig-')}.svg"


def placeholders(draft: Draft, language: str) -> Iterator[tuple[Medium, str]]:
    """A placeholder, with its caption, for each figure of the finished draft that shows one."""
    labels = figure_labels(draft)
    for mark in labels.marks:
        name = placeholder_name(labels.of(mark))
        if f"figures/{name})" in draft.text:
            caption = plain_words(draft.text[mark.start : mark.end])
            yield Medium(name, _svg(caption, language).encode(), "image/svg+xml"), caption


def _svg(caption: str, language: str) -> str:
    words = words_of(language).say("no-picture")
    lines = [(line, _SIZE, "#1b1b1f") for line in _broken(caption)]
    lines.append((words, _SMALL, "#595959"))
    top = _HEIGHT / 2 - _LEADING * (len(lines) - 1) / 2
    text = "\n".join(
        f'  <text x="{_WIDTH // 2}" y="{top + _LEADING * number:g}" font-size="{size}" '
        f'text-anchor="middle" fill="{ink}" font-family="{_FAMILY}">{escape(line)}</text>'
        for number, (line, size, ink) in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" role="img" xml:lang="{language}" lang="{language}">\n'
        f"  <title>{escape(caption)}</title>\n"
        f"  <desc>{escape(words)}</desc>\n"
        f'  <rect x="1" y="1" width="{_WIDTH - 2}" height="{_HEIGHT - 2}" fill="#ffffff" '
        'stroke="#767676" stroke-width="2" stroke-dasharray="10 8"/>\n'
        f"{text}\n</svg>\n"
    )


def _broken(caption: str) -> list[str]:
    """The caption in lines of about 24 ems, four at most; the whole of it is in the title."""
    lines, width = [""], 0.0
    for character in caption:
        em = 1.0 if is_cjk(character) else 0.55
        if width + em > _LINE and (is_cjk(character) or character == " "):
            lines.append("")
            width = 0.0
        lines[-1] += character
        width += em
    lines = [line.strip() for line in lines]
    return lines if len(lines) <= 4 else [*lines[:3], lines[3] + "…"]
