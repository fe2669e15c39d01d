"""What metadata.yaml may say: one pydantic model a table, unknown keys refused.

Names are pandoc's where pandoc has them. The JSON Schema that editors use is made from here.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

__all__ = [
    "AccessibilityMetadata", "CleaningSettings", "CleaningVerdicts", "Contributor",
    "CopyrightPage", "CoverSettings", "EndnoteSettings", "EpubSettings", "Identifiers", "Metadata",
    "PrintSettings", "RuleSetting", "Series",
]  # fmt: skip


class _Table(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        populate_by_name=True,
        alias_generator=lambda name: name.replace("_", "-"),
    )


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) or value is None else [value]


def _as_contributors(value: Any) -> Any:
    items = _as_list(value)
    if items is None:
        return []
    return [{"name": item} if isinstance(item, str) else item for item in items]


def _as_words(value: Any) -> Any:
    """Whole numbers as YAML reads them are words here: a book may be called 1984."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_number else value


Text = Annotated[str, BeforeValidator(_as_words)]
"""Words that may look like a number."""


class Contributor(_Table):
    """A person or body behind the book."""

    name: str
    role: str = Field(
        default="aut", pattern=r"^[a-z]{3}$", description="MARC relator code: aut, edt, trl …"
    )
    file_as: str | None = Field(default=None, description="The name as it is sorted.")
    biography: str | None = None


class Series(_Table):
    """The series that the book belongs to."""

    name: str
    number: str | int | None = None


class Identifiers(_Table):
    """ISBNs by edition, with or without hyphens."""

    epub: Text | None = None
    pdf: Text | None = None
    print: Text | None = None


class CopyrightPage(_Table):
    """What the copyright page (版权页) prints beyond the common fields. Nothing is invented."""

    holder: str | None = None
    year: int | None = None
    editor: str | None = Field(default=None, description="责任编辑: editor in charge.")
    designer: str | None = None
    proofreader: str | None = None
    distributor: str | None = None
    address: str | None = None
    printer: str | None = None
    sheets: str | None = Field(default=None, description="印张: printed sheets.")
    characters: str | None = Field(default=None, description="字数: counted when left out.")
    impression: str | None = Field(
        default=None, description="印次, such as 2026 年 11 月第 1 次印刷."
    )
    price: str | None = None
    cip: str | None = Field(
        default=None, description="The whole CIP record as the library gave it."
    )
    notice: str | None = Field(
        default=None, description="Words on copying, in place of the usual ones."
    )


Hazard = Literal[
    "none", "unknown", "flashing", "motionSimulation", "sound", "noFlashingHazard",
    "noMotionSimulationHazard", "noSoundHazard", "unknownFlashingHazard", "unknownSoundHazard",
]  # fmt: skip
"""Values of schema.org's accessibilityHazard."""


class AccessibilityMetadata(_Table):
    """Words that only a person can give; the rest is computed from the book."""

    summary: str | None = Field(
        default=None, description="In place of the sentences that are made from the book's content."
    )
    hazards: list[Hazard] = Field(
        default_factory=list,
        description="In place of `none`, or of `unknown` where pictures move by themselves.",
    )
    certified_by: str | None = Field(
        default=None,
        description="Who stands for the claim of conformance; the publisher when left out.",
    )
    conformance: bool = Field(
        default=True,
        description="Whether WCAG 2.2 Level AA is claimed when every check that a program can "
        "make passes and somebody stands for it.",
    )


class EndnoteSettings(_Table):
    """Where notes stand and how they are counted."""

    place: Literal["book", "chapter"] = "book"
    numbering: Literal["chapter", "book"] = "chapter"
    merge: bool = Field(default=True, description="Callouts of one note share its body.")


class CoverSettings(_Table):
    """Which cover; `design: auto` lets the title decide."""

    design: str = "auto"
    palette: str | None = None
    image: str | None = Field(default=None, description="A finished picture in covers/.")
    photograph: str | None = Field(
        default=None, description="A picture in covers/ for designs that show one, as duotone does."
    )
    title: str | None = Field(
        default=None, description="The title as the cover breaks it, if not by itself."
    )


class PrintSettings(_Table):
    """The print edition's page."""

    trim: str | None = Field(
        default=None, description="A trim size by name; by language when left out."
    )
    printer: str | None = Field(
        default=None, description="Who prints it (kdp, ingramspark, lulu): margins and checks."
    )
    bleed: float = Field(default=0.0, ge=0, le=10, description="Millimetres beyond the trim.")
    notes: Literal["endnotes", "footnotes"] = Field(
        default="endnotes",
        description="`footnotes`: each note stands at the foot of the page that calls it, in print "
        "alone; numbered as everywhere.",
    )
    paper: str | None = None
    binding: Literal["left", "right"] = "left"


class EpubSettings(_Table):
    """How the EPUB is set; what it doesn't say is for the reader to choose."""

    writing: Literal["horizontal", "vertical"] = Field(
        default="horizontal",
        description="`vertical`: in columns from right to left; Chinese, Japanese and Korean only.",
    )
    opening: Literal["plain", "drop-cap", "small-caps"] = Field(
        default="plain",
        description="How a chapter's first words are set: plainly, with a large first letter, or "
        "with a first line in small capitals.",
    )
    fonts: Literal["none", "embed"] = Field(
        default="none",
        description="`embed`: subsets of the typefaces that the text needs are put into the "
        "EPUB, if their licences allow it.",
    )


class CleaningVerdicts(_Table):
    """How confident a rule of the cleaner must be in a change."""

    sure: float = Field(
        default=0.9, ge=0, le=1, description="From here on a change is made without a word."
    )
    likely: float = Field(
        default=0.6, ge=0, le=1, description="From here on it is made and listed; below, asked."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.sure < self.likely:
            raise PydanticCustomError("verdict_order", "sure is below likely")
        return self


def _as_rule_setting(value: Any) -> Any:
    """``off`` (which YAML 1.1 reads as false), ``ask``, ``on`` (true), or a table."""
    if isinstance(value, dict | RuleSetting):
        return value
    # By type as well: to Python, 1 is a key equal to true.
    words = {"off": {"off": True}, "ask": {"ask": True}, "on": {}}
    if isinstance(value, bool):
        value = "on" if value else "off"
    if isinstance(value, str) and value in words:
        return words[value]
    raise PydanticCustomError("rule_setting", "no setting of a rule")


class RuleSetting(_Table):
    """What a book asks of one rule of the cleaner: ``off``, ``ask``, ``on`` or a threshold."""

    threshold: float | None = Field(
        default=None, ge=0, le=1, description="Changes less sure than this are asked, not made."
    )
    off: bool = Field(default=False, description="The rule doesn't run.")
    ask: bool = Field(default=False, description="Every change of the rule is asked.")


class CleaningSettings(_Table):
    """What the cleaner does by itself, and what it asks."""

    rules: dict[str, Annotated[RuleSetting, BeforeValidator(_as_rule_setting)]] = Field(
        default_factory=dict, description="By the rule's name; `quire rules` lists them."
    )
    verdicts: CleaningVerdicts = Field(default_factory=CleaningVerdicts)


class Metadata(_Table):
    """The whole of metadata.yaml."""

    title: Text = Field(min_length=1)
    subtitle: Text | None = None
    author: Annotated[list[Contributor], BeforeValidator(_as_contributors)] = Field(
        default_factory=list
    )
    contributor: Annotated[list[Contributor], BeforeValidator(_as_contributors)] = Field(
        default_factory=list
    )
    lang: str = Field(default="en", pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    date: datetime.date | None = None
    publisher: str | None = None
    place: str | None = Field(default=None, description="Where the publisher is.")
    rights: str | None = None
    description: str | None = None
    subject: Annotated[list[str], BeforeValidator(_as_list)] = Field(default_factory=list)
    identifier: str | None = Field(
        default=None, description="urn:uuid:… or another URN; made if left out."
    )
    isbn: Identifiers = Field(default_factory=Identifiers)
    edition: Text | None = None
    series: Series | None = None
    source: str | None = Field(default=None, description="What the text was taken from.")
    accessibility: AccessibilityMetadata = Field(default_factory=AccessibilityMetadata)
    copyright: CopyrightPage = Field(default_factory=CopyrightPage)
    endnotes: EndnoteSettings = Field(default_factory=EndnoteSettings)
    cover: CoverSettings = Field(default_factory=CoverSettings)
    print: PrintSettings = Field(default_factory=PrintSettings)
    epub: EpubSettings = Field(default_factory=EpubSettings)
    editions: list[str] = Field(default_factory=lambda: ["epub", "screen-pdf", "print-pdf"])
    manuscript: str = Field(default="book", description="The folder of the chapters.")
    cleaning: CleaningSettings = Field(default_factory=CleaningSettings)
    words: dict[str, str] = Field(
        default_factory=dict, description="The book's own words for Notes, Contents, Figure …"
    )

    @property
    def authors(self) -> tuple[str, ...]:
        """Names of the authors, in order."""
        return tuple(person.name for person in self.author)

    @property
    def full_title(self) -> str:
        """Title and subtitle with the language's own joint (：or a colon and a blank)."""
        if not self.subtitle:
            return self.title
        joint = "：" if self.lang.split("-")[0] in {"zh", "ja"} else ": "
        return f"{self.title}{joint}{self.subtitle}"
