"""metadata.yaml → `Metadata`, with words and lines for everything that is wrong in it."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel, ValidationError

from quire.metadata.model import CleaningSettings, Metadata
from quire.problems import BookError, Problem, did_you_mean

__all__ = ["CleaningTable", "read_cleaning", "read_metadata"]

Place = tuple[str | int, ...]
"""The way to a value: keys and list positions from the top."""

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

# What a person is told to write, by pydantic's name for the kind of error.
_WANTED: Final[Mapping[str, str]] = {
    "string_type": "words",
    "string_too_short": "words",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "list_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "date_type": "a date such as 2026-11-24",
    "date_parsing": "a date such as 2026-11-24",
    "date_from_datetime_parsing": "a date such as 2026-11-24",
    "date_from_datetime_inexact": "a date such as 2026-11-24",
    "rule_setting": "off, ask, on or a table such as {threshold: 0.8}",
    "verdict_order": "a `sure` that isn't below `likely`",
}
# Names that people bring from elsewhere, and ours.
_OTHER_NAMES: Final[Mapping[str, str]] = {
    "language": "lang",
    "authors": "author",
    "creator": "author",
    "contributors": "contributor",
    "keywords": "subject",
    "subjects": "subject",
    "tags": "subject",
    "licence": "rights",
    "license": "rights",
    "abstract": "description",
    "uuid": "identifier",
}


def read_metadata(path: Path, name: str | None = None) -> Metadata:
    """Read a book's metadata.

    Args:
        path: the file.
        name: what the file is called in messages; its own name by default.

    Raises:
        BookError: with every problem found, each with file and line.
    """
    name = name or path.name
    root, lines, problems = _composed(_text_of(path, name), name)
    if not isinstance(root, dict):
        if problems:
            raise BookError(problems)
        message = f"{name} is empty." if root is None else f"{name} holds no keys."
        raise BookError(Problem("metadata-empty", message, "Write `title: …` into it.", name, 1))
    problems += _unknown_keys(root, Metadata, (), lines, name)
    try:
        metadata = Metadata.model_validate(root)
    except ValidationError as error:
        problems += _in_our_words(error, lines, name)
        raise BookError(_in_order(problems)) from error
    problems += _isbn_problems(metadata, lines, name)
    problems += _writing_problems(metadata, lines, name)
    if problems:
        raise BookError(_in_order(problems))
    return metadata


@dataclass(frozen=True)
class CleaningTable:
    """The table `cleaning` of a metadata.yaml.

    Attributes:
        settings: what it says.
        lines: where each rule that it names stands.
        file: what the file is called in messages.
    """

    settings: CleaningSettings = field(default_factory=CleaningSettings)
    lines: Mapping[str, int | None] = field(default_factory=dict)
    file: str = "metadata.yaml"


def read_cleaning(path: Path, name: str | None = None) -> CleaningTable:
    """Read what a metadata.yaml says about cleaning, and nothing else of it.

    A book that is still to be cleaned has no finished metadata: what else is wrong in the file,
    or missing, is no fault here. Whether the rules exist that it names, the cleaner knows.

    Args:
        path: the file.
        name: what the file is called in messages; its own name by default.

    Raises:
        BookError: the file can't be read, or its table `cleaning` is wrong.
    """
    name = name or path.name
    root, lines, problems = _composed(_text_of(path, name), name)
    if problems:
        raise BookError(problems)
    written = root.get("cleaning") if isinstance(root, dict) else None
    if written is None:
        return CleaningTable(file=name)
    place: Place = ("cleaning",)
    problems += _unknown_keys(written, CleaningSettings, place, lines, name)
    try:
        settings = CleaningSettings.model_validate(written)
    except ValidationError as error:
        problems += _in_our_words(error, lines, name, place)
        raise BookError(_in_order(problems)) from error
    rules = {rule: _line_of((*place, "rules", rule), lines) for rule in settings.rules}
    return CleaningTable(settings, rules, name)


def _text_of(path: Path, name: str) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise BookError(
            Problem("metadata-encoding", f"{name} isn't UTF-8.", "Save it as UTF-8.", name)
        ) from error
    except OSError as error:
        raise BookError(
            Problem("metadata-missing", f"{name} can't be read: {error.strerror}.", "", name)
        ) from error


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: problem.line or 0)


def _composed(text: str, name: str) -> tuple[Any, dict[Place, int], list[Problem]]:
    """The data, the line of every key and value by its place, and what YAML itself finds wrong."""
    loader = yaml.SafeLoader(text)
    problems: list[Problem] = []
    try:
        node = loader.get_single_node()
        lines: dict[Place, int] = {}
        if node is None:
            return None, lines, problems
        problems += _noted(node, (), lines, name)
        return (None if problems else loader.construct_document(node)), lines, problems
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        what = (error.problem or "it can't be read").rstrip(".")
        problems.append(
            Problem(
                "metadata-syntax",
                f"This isn't YAML: {what}.",
                "Check the indents, and put quotes around values that hold a colon.",
                name,
                line,
            )
        )
        return None, {}, problems
    except yaml.YAMLError as error:
        problems.append(Problem("metadata-syntax", f"This isn't YAML: {error}.", "", name))
        return None, {}, problems
    finally:
        loader.dispose()


def _noted(node: yaml.Node, place: Place, lines: dict[Place, int], name: str) -> list[Problem]:
    """Write down the lines of a node and all below it; doubled keys are problems."""
    lines.setdefault(place, node.start_mark.line + 1)
    problems: list[Problem] = []
    if isinstance(node, yaml.ScalarNode):
        # YAML's escapes, such as \x07, make characters that no edition can write: XML 1.0
        # section 2.2 allows none of them.
        problems += [
            Problem(
                "metadata-control-character",
                f"There is a control character (U+{ord(sign):04X}) in this value.",
                "Delete it.",
                name,
                node.start_mark.line + 1,
            )
            for sign in sorted(set(_CONTROL.findall(node.value)))
        ]
    elif isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            word, line = str(key.value), key.start_mark.line + 1
            if word in seen:
                problems.append(
                    Problem(
                        "metadata-key-doubled",
                        f"`{word}` stands here and on line {seen[word]}.",
                        "Keep one of the two.",
                        name,
                        line,
                    )
                )
            seen[word] = line
            lines[(*place, word)] = line
            problems += _noted(value, (*place, word), lines, name)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            problems += _noted(item, (*place, number), lines, name)
    return problems


def _unknown_keys(
    root: Any, model: type[BaseModel], top: Place, lines: Mapping[Place, int], name: str
) -> list[Problem]:
    return [
        Problem(
            "metadata-key-unknown",
            f"There is no key `{'.'.join(map(str, place))}`.",
            _nearest(str(place[-1]), known),
            name,
            lines.get(place),
        )
        for place, known in _strangers(root, model, top)
    ]


def _strangers(
    value: Any, model: type[BaseModel], place: Place
) -> Iterator[tuple[Place, list[str]]]:
    """The keys that a table of the metadata doesn't know, with those that it does."""
    if not isinstance(value, dict):
        return
    by_key = {field.alias or key: field for key, field in model.model_fields.items()}
    by_key |= dict(model.model_fields)
    known = sorted({field.alias or key for key, field in model.model_fields.items()})
    for key, below in value.items():
        if key not in by_key:
            yield (*place, key), known
            continue
        annotation = by_key[key].annotation
        for table in _tables(annotation):
            if typing.get_origin(annotation) is dict:
                # The keys are names that the book gives; tables stand below them.
                for word, item in below.items() if isinstance(below, dict) else ():
                    yield from _strangers(item, table, (*place, key, word))
            elif isinstance(below, list):
                for number, item in enumerate(below):
                    yield from _strangers(item, table, (*place, key, number))
            else:
                yield from _strangers(below, table, (*place, key))


def _tables(annotation: Any) -> list[type[BaseModel]]:
    """The models named in a type: ``list[Contributor]`` → ``[Contributor]``."""
    if not isinstance(annotation, types.GenericAlias) and isinstance(annotation, type):
        return [annotation] if issubclass(annotation, BaseModel) else []
    return [table for part in typing.get_args(annotation) for table in _tables(part)]


def _nearest(word: str, known: list[str]) -> str:
    other = _OTHER_NAMES.get(word.lower())
    if other in known:
        return f"Did you mean `{other}`?"
    return did_you_mean(word, known, f"The keys here are {', '.join(known)}.")


def _in_our_words(
    error: ValidationError, lines: Mapping[Place, int], name: str, top: Place = ()
) -> list[Problem]:
    problems: list[Problem] = []
    for one in error.errors():
        place: Place = (*top, *one["loc"])
        kind = str(one["type"])
        key = ".".join(str(part) for part in place if isinstance(part, str))
        line = _line_of(place, lines)
        if kind == "extra_forbidden":
            continue  # told by _unknown_keys, with the nearest key
        if kind == "missing" or (key == "title" and kind.startswith("string")):
            problems.append(
                Problem(
                    "metadata-key-missing",
                    f"{name} has no {key}.",
                    f"Write `{key}: …`.",
                    name,
                    1 if len(place) == 1 and place not in lines else line,
                )
            )
            continue
        wanted = _wanted(one)
        problems.append(
            Problem("metadata-value", f"`{key}` must be {wanted}.", "Correct it.", name, line)
        )
    return problems


def _wanted(error: Any) -> str:
    kind, context = str(error["type"]), error.get("ctx") or {}
    if kind in _WANTED:
        return _WANTED[kind]
    if kind == "literal_error":
        return f"one of {str(context.get('expected', '')).replace(' or ', ', ')}"
    if kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern", ""))
        if "{3}" in pattern:
            return "a MARC relator code of three small letters, such as aut, edt or trl"
        return "a language tag, such as zh-Hans or en"
    bounds = {"greater_than_equal": ("ge", "at least"), "less_than_equal": ("le", "at most")}
    if kind in bounds:
        field, words = bounds[kind]
        return f"{words} {context.get(field)}"
    return "something else"


def _line_of(place: Place, lines: Mapping[Place, int]) -> int | None:
    """The line of a value, or of the nearest thing around it that the file has."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place)


def _isbn_problems(metadata: Metadata, lines: Mapping[Place, int], name: str) -> list[Problem]:
    problems: list[Problem] = []
    for edition in type(metadata.isbn).model_fields:
        written = getattr(metadata.isbn, edition)
        if written is None:
            continue
        digits = written.replace("-", "").replace(" ", "")
        line = _line_of(("isbn", edition), lines)
        if len(digits) != 13 or not digits.isdigit() or digits[:3] not in {"978", "979"}:
            message = f"`isbn.{edition}` is {written}, which isn't an ISBN of 13 digits."
            problems.append(Problem("isbn-form", message, "Correct it.", name, line))
            continue
        # ISO 2108:2017: weights 1 and 3 by turns; the sum is a multiple of ten.
        total = sum(int(digit) * (3 if n % 2 else 1) for n, digit in enumerate(digits[:12]))
        right = str(-total % 10)
        if digits[12] != right:
            message = f"`isbn.{edition}` ends in {digits[12]}, but its check digit is {right}."
            problems.append(Problem("isbn-check-digit", message, "Compare all digits.", name, line))
    return problems


_WRITTEN_IN_COLUMNS = ("zh", "ja", "ko")


def _writing_problems(metadata: Metadata, lines: Mapping[Place, int], name: str) -> list[Problem]:
    if metadata.epub.writing == "horizontal" or metadata.lang.startswith(_WRITTEN_IN_COLUMNS):
        return []
    return [
        Problem(
            "vertical-writing",
            f"`epub.writing` is vertical, but `lang: {metadata.lang}` is written in lines.",
            "Leave `epub.writing` out; it is for Chinese, Japanese and Korean.",
            name,
            _line_of(("epub", "writing"), lines),
        )
    ]
